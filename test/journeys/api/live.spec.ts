import { County, newSchool } from '../county';
import type { Person } from '../county';

interface Told {
  readonly id: number;
  readonly event: string;
}

/** Listens until it has heard enough, then hangs up. */
async function heard(
  county: County,
  person: Person,
  headers: Readonly<Record<string, string>>,
  path: string,
  enough: (told: readonly Told[]) => boolean,
): Promise<Told[]> {
  const gone = new AbortController();
  const response = await fetch(county.url + path, {
    headers: { authorization: `Bearer ${person.token}`, ...headers },
    signal: gone.signal,
  });
  expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/);
  const told: Told[] = [];
  let rest = '';
  const decoder = new TextDecoder();
  for await (const bytes of response.body!) {
    const blocks = (rest + decoder.decode(bytes as Uint8Array, { stream: true })).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const id = /^id: (\d+)$/m.exec(block)?.[1];
      const event = /^event: (.+)$/m.exec(block)?.[1];
      if (id !== undefined && event !== undefined) told.push({ id: Number(id), event });
    }
    if (enough(told)) break;
  }
  gone.abort();
  return told;
}

/** All that is said until it has caught up. */
async function said(county: County, person: Person, path: string): Promise<string> {
  const gone = new AbortController();
  const response = await fetch(county.url + path, {
    headers: { authorization: `Bearer ${person.token}` },
    signal: gone.signal,
  });
  let text = '';
  for await (const bytes of response.body!) {
    text += new TextDecoder().decode(bytes as Uint8Array);
    if (text.includes('caught-up')) break;
  }
  gone.abort();
  return text;
}

const caughtUp = (told: readonly Told[]): boolean =>
  told.some(({ event }) => event === 'caught-up');
const changes = (told: readonly Told[]): number[] =>
  told.filter(({ event }) => event !== 'caught-up').map(({ id }) => id);

// Sixty commands and as many connections, while the machine may be busy.
jest.setTimeout(30_000);

describe('listening to changes as they happen', () => {
  let county: County;
  let adviser: Person;
  beforeAll(async () => {
    county = await County.start();
    adviser = await county.as('adviser');
    await county.given(
      ...Array.from(
        { length: 30 },
        (_, i) => ['team-leader', 'schools/register-school', newSchool(i + 1)] as const,
      ),
    );
  });
  afterAll(() => county.stop());

  it('tells everything from the beginning, once and in order, then that it has caught up', async () => {
    const told = await heard(county, adviser, {}, '/api/v1/live?after=0', caughtUp);
    const recorded = (await county.recorded()).map(({ position }) => position);
    expect(changes(told)).toEqual(recorded);
    expect(told.at(-1)).toEqual({ id: recorded.at(-1), event: 'caught-up' });
  });

  it('tells the Board that something changed, and not of which school', async () => {
    const board = await county.as('board');
    const events = async (who: Person) =>
      new Set(
        (await heard(county, who, {}, '/api/v1/live?after=0', caughtUp)).map(({ event }) => event),
      );
    expect(await events(board)).toEqual(new Set(['county.changed.v1', 'caught-up']));
    expect(await events(adviser)).toContain('school.changed.v1');
  });

  it('begins now where nothing is asked, and tells what comes', async () => {
    const end = (await county.recorded()).at(-1)!.position;
    const writing = { begun: false };
    const told = await heard(county, adviser, {}, '/api/v1/live', (so) => {
      if (caughtUp(so) && !writing.begun) {
        writing.begun = true;
        void county.given(['team-leader', 'schools/register-school', newSchool(500)]);
      }
      return changes(so).length > 0;
    });
    expect(told[0]).toEqual({ id: end, event: 'caught-up' });
    expect(changes(told)[0]).toBe((await county.recorded(end))[0]?.position);
  });

  it('goes on without loss or doubling for a listener who is cut off again and again while others write', async () => {
    const before = (await county.recorded()).at(-1)!.position;
    const leader = await county.as('team-leader');
    const writing = (async () => {
      for (let n = 600; n < 660; n++)
        await leader.post('/api/v1/schools/register-school', newSchool(n));
    })();
    const all: number[] = [];
    while (all.length < 60) {
      const last = String(all.at(-1) ?? before);
      const want = Math.min(1 + (all.length % 7), 60 - all.length);
      all.push(
        ...changes(
          await heard(
            county,
            adviser,
            { 'Last-Event-ID': last },
            '/api/v1/live',
            (told) => changes(told).length >= want,
          ),
        ),
      );
    }
    await writing;
    const recorded = (await county.recorded(before)).map(({ position }) => position);
    expect(all).toEqual(recorded);
  });

  it('tells of an event once for each school it concerns, the last with its place', async () => {
    const after = (await county.recorded()).at(-1)!.position;
    const schoolIds = [1, 2, 3].map((n) => newSchool(n).schoolId);
    await county.happened('collaboration-together', [
      {
        type: 'CollaborationEnded',
        data: {
          ...{ collaborationId: newSchool(99).schoolId, schoolIds, endedOn: '2026-11-20' },
          reason: 'Done.',
        },
      },
    ]);
    const text = await said(county, adviser, `/api/v1/live?after=${after}`);
    const notices = text.split('\n\n').filter((block) => block.includes('school.changed.v1'));
    expect(notices.map((block) => /"schoolId":"([^"]+)"/.exec(block)?.[1])).toEqual(schoolIds);
    expect(notices.map((block) => block.startsWith('id: '))).toEqual([false, false, true]);
  });

  it('says nothing of what changed beyond that it did', async () => {
    const text = await said(county, adviser, '/api/v1/live?after=0');
    expect(text).not.toContain('Invented Oak');
  });

  it.each(['abc', '-1', '1.5', '99999999'])('refuses to go on from %s', async (id) => {
    const answer = await adviser.get('/api/v1/live').set('Last-Event-ID', id);
    expect(answer.status).toBe(400);
    expect(answer.get('Content-Type')).toMatch(/^application\/problem\+json/);
  });
});
