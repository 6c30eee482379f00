import { exampleGuide, guidePages } from '#domain';
import type { Test } from 'supertest';
import request from 'supertest';
import { County, problemIn } from './county';

/* The public guide, as somebody without a session reads it, and what they can say of it. */
const paths = guidePages.map((page) => `/side-by-side${page === 'overview' ? '' : `/${page}`}`);

describe('the pages of the public guide', () => {
  let county: County;
  const get = (path: string): Test => county.nobody().get(path);
  const read = async (path: string): Promise<string> => {
    const { text, status } = await get(path);
    expect({ path, status }).toEqual({ path, status: 200 });
    return text;
  };
  const wordsOf = (html: string): string => html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
  /** The hidden fields of the form under a page, as a browser would send them. */
  const formOn = async (path: string): Promise<Record<string, string>> =>
    Object.fromEntries(
      [...(await read(path)).matchAll(/type="hidden" name="(\w+)" value="([^"]*)"/g)].map(
        ([, name = '', value = '']) => [name, value],
      ),
    );
  const send = (fields: object, token?: string): Test => {
    const post = request(county.url).post('/side-by-side/helpful').type('form').send(fields);
    return token === undefined ? post : post.set('Cookie', `side-by-side=${token}`);
  };
  const given = async () =>
    (await county.recorded()).filter(({ type }) => type === 'PageHelpfulnessGiven');

  // Each journey in a minute of its own: how many answers are taken goes by the clock.
  let now = Date.parse('2026-11-25T09:00:00.000Z');
  const later = (seconds: number): void => {
    now += seconds * 1000;
    county.at(new Date(now).toISOString());
  };
  beforeEach(() => {
    later(60);
  });

  beforeAll(async () => {
    county = await County.start();
    await county.given(
      ...[
        ...exampleGuide.sections.map((data) => ['publish-guide-section', data] as const),
        ...exampleGuide.documents.map((data) => ['publish-guide-document', data] as const),
        ...exampleGuide.directory.map((data) => ['enter-responsibility', data] as const),
      ].map(([command, data]) => ['team-leader', `guide/${command}`, { ...data }] as const),
    );
  });
  afterAll(() => county.stop());

  it.each([...paths, '/side-by-side/print', '/side-by-side/thanks'])(
    '%s is a whole page, in order of its headings, for whoever comes',
    async (path) => {
      const html = await read(path);
      expect(html.match(/<h1/g)).toHaveLength(1);
      const levels = [...html.matchAll(/<h([1-6])/g)].map(([, level]) => Number(level));
      levels.forEach((level, i) => {
        expect(level).toBeLessThanOrEqual((levels[i - 1] ?? 0) + 1);
      });
      const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
      expect(ids).toEqual([...new Set(ids)]);
      for (const [, id] of html.matchAll(/aria-(?:labelledby|describedby)="([^"]+)"/g))
        expect(ids).toContain(id);
      expect(wordsOf(html)).not.toMatch(/undefined|\[object|NaN/);
      expect(html).toContain('href="/side-by-side"');
      expect(html).not.toMatch(/<script(?![^>]*nonce)/);
    },
  );

  it('says every section in force, with its days, in order of the steps', async () => {
    const text = wordsOf(await read('/side-by-side/process'));
    const places = ['1. Assess', '2. Broker', '3. Work together', '4. Assure'].map((step) =>
      text.indexOf(step),
    );
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places[0]).toBeGreaterThan(0);
    expect(text).toContain('In force since 1 September 2022, version 2022. Example text');
    const costs = wordsOf(await read('/side-by-side/categories'));
    expect(costs).toContain('In force since 1 April 2023, version 2023-04.');
    expect(costs).not.toContain('Academies pay half');
    expect(costs).toContain('No offer is published for the school year of 25 November 2026.');
  });

  it('prints as a whole, without what is of use on a screen only', async () => {
    const html = await read('/side-by-side/print');
    for (const { title } of exampleGuide.sections) expect(wordsOf(html)).toContain(title);
    expect(wordsOf(html)).toContain('Support and intervention in schools');
    expect(html).toContain('mailto:side-by-side@council.example');
    expect(html).not.toContain('Was this page helpful?');
  });

  it('shows a day gone by, and says when a date cannot be used', async () => {
    const then = await read('/side-by-side?asOf-day=22&asOf-month=11&asOf-year=2026');
    expect(wordsOf(then)).toContain('This is the guide as it was in force on 22 November 2026');
    expect(wordsOf(then)).toContain('The council has not published this section yet.');
    expect(then).toContain('href="/side-by-side/process?asOf=2026-11-22"');
    expect(then).not.toContain('Was this page helpful?');
    const wrong = await get('/side-by-side/roles?asOf-day=31&asOf-month=2&asOf-year=2026');
    expect([wrong.status, wordsOf(wrong.text)]).toEqual([
      400,
      expect.stringContaining('There is a problem The date must be a real date'),
    ]);
  });

  it('takes what somebody found, once a form, and does not know who', async () => {
    const before = (await given()).length;
    const form = await formOn('/side-by-side/roles');
    const { token } = await county.as('adviser');
    const sent = await send({ ...form, points: '4', comment: 'Clear.\r\nAnd short.' }, token);
    expect([sent.status, sent.get('Location')]).toEqual([303, '/side-by-side/thanks?page=roles']);
    expect((await send({ ...form, points: '4', comment: 'Clear.\r\nAnd short.' })).status).toBe(
      303,
    );
    const other = await send({ ...form, points: '1' });
    expect([other.status, wordsOf(other.text)]).toEqual([
      400,
      expect.stringContaining('An answer from this form is on record'),
    ]);
    const events = (await given()).slice(before);
    expect(events.map(({ data, metadata }) => [data, metadata['actor']])).toEqual([
      [
        { answerId: form['answer'], page: 'roles', points: 4, comment: 'Clear.\nAnd short.' },
        { id: 'public', role: 'public' },
      ],
    ]);
  });

  it('says what is wrong with an answer, and keeps what was written', async () => {
    const before = (await given()).length;
    const none = await send({ ...(await formOn('/side-by-side/process')), comment: 'Long.' });
    expect(none.status).toBe(400);
    expect(none.text).toMatch(/<title>Error: /);
    expect(none.text).toContain('<a href="#points">Choose how helpful this page was</a>');
    expect(none.text).toMatch(/<input[^>]*id="points"/);
    expect(none.text).toMatch(/<textarea[^>]*>Long\.<\/textarea>/);
    const long = await send({
      ...(await formOn('/side-by-side/process')),
      points: '2',
      comment: 'x'.repeat(1001),
    });
    expect([long.status, long.text]).toEqual([
      400,
      expect.stringContaining('must be 1,000 characters or fewer; it has 1,001'),
    ]);
    expect(long.text).toMatch(/value="2" checked/);
    const forms = [
      {},
      { page: 'roles', points: '4' },
      { ...(await formOn('/side-by-side')), page: 'print', points: '4' },
      { ...(await formOn('/side-by-side')), mark: 'mine', points: '4' },
      {
        ...(await formOn('/side-by-side')),
        answer: '00000000-0000-4000-8000-000000000001',
        points: '4',
      },
    ];
    for (const form of forms) {
      const answer = await send(form);
      expect([answer.status, wordsOf(answer.text)]).toEqual([
        400,
        expect.stringContaining('This form is not one of ours'),
      ]);
    }
    for (const points of ['0', '6', '4.5', 'many'])
      expect((await send({ ...(await formOn('/side-by-side')), points })).status).toBe(400);
    expect((await given()).length).toBe(before);
  });

  it('takes no more in a minute than it can, from all the world', async () => {
    const statuses: number[] = [];
    for (let i = 0; i < 31; i += 1)
      statuses.push((await send({ ...(await formOn('/side-by-side')), points: '5' })).status);
    expect(statuses).toEqual([...Array.from({ length: 30 }, () => 303), 429]);
    later(60);
    expect((await send({ ...(await formOn('/side-by-side')), points: '5' })).status).toBe(303);
  });

  it('is counted for the team and the Board; what was written is for those who see single schools', async () => {
    await send({ ...(await formOn('/side-by-side')), points: '4', comment: 'Before it.' });
    const form = await formOn('/side-by-side/directory');
    await send({ ...form, points: '2', comment: 'Nobody answers <b>here</b>.' });
    const last = (await county.recorded()).at(-1)?.position ?? 0;
    const [leader, board] = [await county.as('team-leader'), await county.as('board')];
    const counts = await board.get(`/api/v1/model-guide/helpfulness?atLeast=${last}`);
    const { pages } = counts.body as { pages: { page: string }[] };
    expect(pages.map(({ page }) => page)).toEqual([...guidePages]);
    expect(pages.find(({ page }) => page === 'directory')).toEqual({
      ...{ page: 'directory', answers: 1, points: [0, 1, 0, 0, 0], median: 2 },
      months: [{ month: '2026-11', answers: 1, points: [0, 1, 0, 0, 0], median: 2 }],
    });
    problemIn(await board.get('/api/v1/model-guide/comments'), 403, 'NotForYou');
    const comments = await leader.get('/api/v1/model-guide/comments?limit=2');
    expect(comments.body).toMatchObject({
      comments: [
        { page: 'directory', points: 2, comment: 'Nobody answers <b>here</b>.' },
        { page: 'overview', points: 4, comment: 'Before it.' },
      ],
    });
    const page = await leader.get('/side-by-side/helpfulness');
    expect(page.text).toContain('Nobody answers &lt;b&gt;here&lt;/b&gt;.');
    expect((await board.get('/side-by-side/helpfulness')).text).not.toContain('Nobody answers');
    expect((await get('/side-by-side/helpfulness')).status).toBe(302);
  });
});
