import type { Response } from 'supertest';
import { County, newSchool, problemIn } from '../county';
import type { Person } from '../county';

const REGISTER = 'schools/register-school';

const totalIn = ({ body }: Response): number => (body as { total: number }).total;
const entriesIn = ({ body }: Response): readonly unknown[] =>
  (body as { entries: unknown[] }).entries;

describe('asking over HTTP', () => {
  let county: County;
  let adviser: Person;
  let leader: Person;
  const closed = newSchool(40);
  beforeAll(async () => {
    county = await County.start();
    county.at('2026-09-01T08:00:00.000Z');
    await county.given(
      ...Array.from({ length: 12 }, (_, i) => ['team-leader', REGISTER, newSchool(i + 1)] as const),
    );
    county.at('2026-10-01T08:00:00.000Z');
    await county.given(['team-leader', REGISTER, closed]);
    county.at('2026-11-01T08:00:00.000Z');
    await county.given([
      'team-leader',
      'schools/close-school',
      { schoolId: closed.schoolId, closedOn: '2026-10-31', successorIds: [] },
    ]);
    county.at('2026-11-23T09:00:00.000Z');
    [adviser, leader] = await Promise.all([county.as('adviser'), county.as('team-leader')]);
  });
  afterAll(() => county.stop());

  it('reads back what was just written, by the position of its answer', async () => {
    for (let n = 200; n < 220; n++) {
      const { schoolId, urn } = newSchool(n);
      const written = await leader.post(`/api/v1/${REGISTER}`, newSchool(n));
      const read = await adviser.get(`/api/v1/schools/${urn}?atLeast=${written.get('Position')}`);
      expect(read.body).toMatchObject({ schoolId, urn });
      expect(Number(read.get('Position'))).toBeGreaterThanOrEqual(Number(written.get('Position')));
    }
  });

  it('finds a school by its id or its URN, and says when nobody knows it', async () => {
    const { schoolId, urn, name } = newSchool(1);
    expect((await adviser.get(`/api/v1/schools/${urn}`)).body).toMatchObject({ schoolId, name });
    expect((await adviser.get(`/api/v1/schools/${schoolId}`)).body).toMatchObject({ urn, name });
    problemIn(await adviser.get('/api/v1/schools/999999'), 404, 'NoSuchSchool');
    problemIn(await adviser.get('/api/v1/schools/__proto__'), 404, 'NoSuchSchool');
  });

  it('refuses a position that has not come yet', async () => {
    const { detail, errors } = problemIn(
      await adviser.get('/api/v1/schools?atLeast=99999999'),
      400,
      'NotComeYet',
    );
    expect(errors[0]?.pointer).toBe('/atLeast');
    expect(detail).toContain('99999999');
    problemIn(await adviser.get('/api/v1/schools?asOf=99999999'), 400, 'NotComeYet');
  });

  describe('as of a moment', () => {
    const answer = (asOf: string) =>
      adviser.get(`/api/v1/schools/${closed.urn}?asOf=${encodeURIComponent(asOf)}`);

    it.each([
      ['a day before it was known', '2026-09-15', 404, undefined],
      ['the day it was registered', '2026-10-01', 200, true],
      ['an instant before it closed', '2026-11-01T07:59:59.999Z', 200, true],
      ['the instant it was recorded as closed', '2026-11-01T08:00:00.000Z', 200, false],
      ['the same instant, in another zone', '2026-11-01T09:00:00+01:00', 200, false],
      ['today', '2026-11-23', 200, false],
      ['a position before the first event', '0', 404, undefined],
    ])('%s (%s)', async (_, asOf, status, open) => {
      const found = await answer(asOf);
      expect(found.status).toBe(status);
      expect((found.body as { open?: boolean }).open).toBe(open);
    });

    it.each([
      'yesterday',
      '2026-02-31',
      '2026-13-01',
      '-1',
      '1e3',
      '2026-11-23T25:00:00Z',
      '2026-11-23T10:00:00',
      '0x10',
      '٣',
      'null',
    ])('refuses %s, which is no moment', async (asOf) => {
      const { errors } = problemIn(await answer(asOf), 400, 'NotAMoment');
      expect(errors[0]?.pointer).toBe('/asOf');
    });

    it.each(['2026-11-24', '2027-01-01T00:00:00Z'])(
      'refuses %s, which has not come yet',
      async (asOf) => {
        problemIn(await answer(asOf), 400, 'NotComeYet');
      },
    );

    it.each([
      'asOf=2026-10-01&asOf=2026-11-01',
      'asOf[$gt]=1',
      'asOf=',
      `asOf=${'1'.repeat(5000)}`,
      'asof=2026-10-01',
    ])('refuses %.60s, which is no parameter', async (query) => {
      problemIn(await adviser.get(`/api/v1/schools?${query}`), 400, 'Malformed');
    });
  });

  // Tried again, it has other newcomers: those of before are there already.
  let n = 300;
  it('pages through a list that stands still while it is read', async () => {
    const names: string[] = [];
    const newcomers: string[] = [];
    let next: string | undefined = '/api/v1/schools?limit=3';
    let first: string | undefined;
    while (next !== undefined) {
      const page = await adviser.get(next);
      expect(page.status).toBe(200);
      first ??= page.get('Position');
      expect(page.get('Position')).toBe(first);
      const { total, schools } = page.body as { total: number; schools: { name: string }[] };
      names.push(...schools.map(({ name }) => name));
      next = /<([^>]+)>; rel="next"/.exec(page.get('Link') ?? '')?.[1];
      // Between two pages a school comes in that would stand before the rest, and is seen by new readers.
      const newcomer = { ...newSchool(n), name: `A Newcomer ${n++}` };
      newcomers.push(newcomer.name);
      const written = await leader.post(`/api/v1/${REGISTER}`, newcomer);
      const fresh = await adviser.get(`/api/v1/schools?limit=1&atLeast=${written.get('Position')}`);
      expect(totalIn(fresh)).toBeGreaterThan(total);
    }
    expect(names).toEqual(names.toSorted());
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => newcomers.includes(name))).toEqual([]);
    expect(names).toHaveLength(totalIn(await adviser.get(`/api/v1/schools?asOf=${first}`)));
  });

  it.each([
    'limit=0',
    'limit=201',
    'limit=-1',
    'limit=1.5',
    'skip=-1',
    'skip=x',
    'category=Enhanced',
    'closed=yes',
    'q=',
  ])('refuses ?%s with a pointer to it', async (query) => {
    const { errors } = problemIn(await adviser.get(`/api/v1/schools?${query}`), 400, 'Malformed');
    expect(errors[0]?.pointer).toBe(`/${query.split('=')[0]}`);
  });

  it('takes a search text for what it says, not as a pattern', async () => {
    expect((await adviser.get('/api/v1/schools?q=.*')).body).toMatchObject({ total: 0 });
    expect((await adviser.get(`/api/v1/schools?q=${encodeURIComponent('(a+)+$')}`)).status).toBe(
      200,
    );
    expect((await adviser.get('/api/v1/schools?q=oak%20001')).body).toMatchObject({ total: 1 });
  });

  it('shows a head their own school and no other', async () => {
    const { schoolId, urn } = newSchool(1);
    const head = await county.as('headteacher', schoolId);
    expect((await head.get(`/api/v1/schools/${urn}`)).status).toBe(200);
    expect((await head.get(`/api/v1/schools/${urn}/journey`)).status).toBe(200);
    problemIn(await head.get(`/api/v1/schools/${newSchool(2).urn}`), 403, 'NotYourSchool');
    // Not even whether there is one.
    problemIn(await head.get('/api/v1/schools/999999'), 403, 'NotYourSchool');
  });

  it('tells the journey of a school, newest first, page by page', async () => {
    const page = await adviser.get(`/api/v1/schools/${closed.urn}/journey?limit=1`);
    expect(page.body).toMatchObject({ total: 2 });
    expect(entriesIn(page)[0]).toMatchObject({
      type: 'SchoolClosed',
      effectiveOn: '2026-10-31',
      by: { role: 'team-leader' },
    });
    const next = /<([^>]+)>/.exec(page.get('Link') ?? '')![1]!;
    expect(entriesIn(await adviser.get(next))[0]).toMatchObject({ type: 'SchoolRegistered' });
  });

  it('gives the log in order, a page at a time, to those who may read it', async () => {
    const auditor = await county.as('auditor');
    const seen: number[] = [];
    let next: string | undefined = '/api/v1/events?after=0&limit=7';
    while (next !== undefined) {
      const page = await auditor.get(next);
      seen.push(
        ...(page.body as { events: { position: number }[] }).events.map(({ position }) => position),
      );
      next = /<([^>]+)>/.exec(page.get('Link') ?? '')?.[1];
    }
    expect(seen).toEqual((await county.recorded()).map(({ position }) => position));
    problemIn(await auditor.get('/api/v1/events?after=99999999'), 400, 'NotComeYet');
    problemIn(await auditor.get('/api/v1/events?limit=1001'), 400, 'Malformed');
  });
});
