import { randomBytes } from 'node:crypto';
import { SESSION_COOKIE } from '#application';
import { tokensFrom } from '#platform';
import type { Engine } from '../engines/engine';
import type { EventStoreEngine } from '../engines/event-store/start';
import { startEventStore } from '../engines/event-store/start';
import { startMongo } from '../engines/mongodb';
import type { Settings } from '../support/processes';
import { healthOf, ops, Process } from '../support/processes';
import { newSchool } from './county';

/*
 * The product as several processes over shared engines: two api, one web, two workers. They know nothing of one another
 * but what stands in the stores.
 */
jest.setTimeout(120_000);

const KEY = randomBytes(32).toString('base64');
/** What a process gives itself for its end, in ms. */
const BOUND = 10_000;
/** Health must have answered by then, whatever the stores do, in ms. */
const HEALTH = 3_500;

const headers = (token: string): Record<string, string> => ({
  authorization: `Bearer ${token}`,
  'content-type': 'application/json',
});

interface Given {
  readonly status: number;
  readonly position: number;
  readonly repeated: boolean;
}

async function register(url: string, token: string, n: number, key?: string): Promise<Given> {
  const response = await fetch(`${url}/api/v1/schools/register-school`, {
    method: 'POST',
    headers: { ...headers(token), ...(key === undefined ? {} : { 'idempotency-key': key }) },
    body: JSON.stringify(newSchool(n)),
  });
  return { status: response.status, ...((await response.json()) as Omit<Given, 'status'>) };
}

/** A list that has seen a position; asked again, as the answer says, while the read models have not come so far. */
async function seen(url: string, token: string, position: number): Promise<{ total: number }> {
  for (const end = Date.now() + 30_000; ;) {
    const path = `/api/v1/schools?limit=1&atLeast=${position}`;
    const response = await fetch(url + path, { headers: headers(token) });
    const body = (await response.json()) as { total: number; detail?: string };
    if (response.status === 200) return body;
    expect({ status: response.status, detail: body.detail }).toEqual({
      status: 503,
      detail: expect.stringContaining('ask again in a moment') as unknown,
    });
    if (Date.now() > end) throw new Error(`Nobody has done the work: ${body.detail ?? ''}`);
  }
}

/** The events of the log behind a position, as an auditor pages through them. */
async function recorded(
  url: string,
  token: string,
  after = 0,
  wanted = (_type: string) => true,
): Promise<number[]> {
  const positions: number[] = [];
  for (let at = after, atEnd = false; !atEnd;) {
    const response = await fetch(`${url}/api/v1/events?after=${at}&limit=1000`, {
      headers: headers(token),
    });
    const page = (await response.json()) as {
      events: { position: number; type: string }[];
      next: number;
      atEnd: boolean;
    };
    const those = page.events.filter(({ type }) => wanted(type));
    positions.push(...those.map(({ position }) => position));
    ({ next: at, atEnd } = page);
  }
  return positions;
}

/** Listens behind a position until it has heard of `enough` events, then hangs up. */
async function heard(url: string, token: string, after: number, enough: number): Promise<number[]> {
  const gone = new AbortController();
  const response = await fetch(`${url}/api/v1/live`, {
    headers: { ...headers(token), 'last-event-id': String(after) },
    signal: gone.signal,
  });
  const told: number[] = [];
  let rest = '';
  const decoder = new TextDecoder();
  for await (const bytes of response.body!) {
    const blocks = (rest + decoder.decode(bytes as Uint8Array, { stream: true })).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const id = /^id: (\d+)$/m.exec(block)?.[1];
      if (id !== undefined && !block.includes('event: caught-up')) told.push(Number(id));
    }
    if (told.length >= enough) break;
  }
  gone.abort();
  return told.slice(0, enough);
}

describe('several processes over shared engines', () => {
  let events: EventStoreEngine;
  let documents: Engine;
  let settings: Settings;
  let operator: string;
  let leader: string;
  const all: Process[] = [];
  let [a, b, web] = ['', '', ''];
  const workers: Process[] = [];
  let next = 1;

  const started = (app: 'api' | 'web' | 'worker'): Process => {
    const one = new Process(app, settings);
    all.push(one);
    return one;
  };

  beforeAll(async () => {
    [events, documents] = await Promise.all([startEventStore(), startMongo()]);
    settings = {
      EVENTSTORE_URL: events.url,
      MONGODB_URL: documents.url,
      MONGODB_DATABASE: `processes-${randomBytes(6).toString('hex')}`,
      SIGNING_KEY: KEY,
      SIGN_IN: 'token',
    };
    const tokens = tokensFrom(KEY);
    operator = await tokens.issue({ id: 'operator-1', role: 'operator' }, 3600);
    leader = await tokens.issue({ id: 'leader-1', role: 'team-leader' }, 3600);
    expect(await ops(settings, 'migrate')).toMatchObject({ code: 0 });
    workers.push(started('worker'), started('worker'));
    const [apiA, apiB, pages] = [started('api'), started('api'), started('web')];
    await Promise.all(workers.map((worker) => worker.ready()));
    [a, b, web] = await Promise.all([apiA.ready(), apiB.ready(), pages.ready()]);
  });
  afterAll(async () => {
    await Promise.all(all.map((one) => one.kill()));
    await Promise.all([events, documents].map((engine) => engine.dispose()));
  });

  it('takes a command at one and shows what came of it at another, and on a page', async () => {
    const n = next++;
    const given = await register(a, leader, n);
    expect(given).toMatchObject({ status: 200, repeated: false });
    const school = `${b}/api/v1/schools/${newSchool(n).urn}?atLeast=${given.position}`;
    const read = await fetch(school, { headers: headers(leader) });
    expect({ status: read.status, body: await read.json() }).toMatchObject({
      status: 200,
      body: { name: newSchool(n).name },
    });
    const page = await fetch(`${web}/schools/${newSchool(n).schoolId}`, {
      headers: { cookie: `${SESSION_COOKIE}=${leader}` },
    });
    expect({ status: page.status, text: await page.text() }).toMatchObject({
      status: 200,
      text: expect.stringContaining(newSchool(n).name) as unknown,
    });
  });

  it('answers a request that is repeated elsewhere as it was answered the first time', async () => {
    const n = next++;
    const key = `once ${n}`;
    const first = await register(a, leader, n, key);
    expect(await register(b, leader, n, key)).toEqual({ ...first, repeated: true });
    // At both in the same moment: one of them does it, the other says that it was done.
    const m = next++;
    const both = await Promise.all([a, b].map((url) => register(url, leader, m, `both ${m}`)));
    expect(new Set(both.map(({ position }) => position)).size).toBe(1);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
  });

  it('goes on telling a listener who is cut off, at the other process, while commands come in at both', async () => {
    const before = (await recorded(a, operator)).at(-1) ?? 0;
    const writing = Promise.all(
      Array.from({ length: 40 }, (_, i) => register(i % 2 === 0 ? a : b, leader, next++)),
    );
    const told: number[] = [];
    for (let turn = 0; told.length < 40; turn++) {
      const url = turn % 2 === 0 ? b : a;
      const want = Math.min(1 + (turn % 5) * 3, 40 - told.length);
      told.push(...(await heard(url, leader, told.at(-1) ?? before, want)));
    }
    await writing;
    expect(told).toEqual(await recorded(a, operator, before));
  });

  it('loses no work when a worker is killed: another does it', async () => {
    const [killed, other] = workers as [Process, Process];
    await killed.kill();
    const { position } = await register(a, leader, next++);
    await seen(b, leader, position);
    const again = started('worker');
    workers.splice(0, 2, other, again);
    await again.ready();
  });

  it('ends an api in order while commands pour in: what was acknowledged is on record', async () => {
    const ending = started('api');
    const url = await ending.ready();
    const acknowledged: number[] = [];
    const wrong: unknown[] = [];
    const begun = Promise.withResolvers<undefined>();
    const sender = async (): Promise<void> => {
      for (;;) {
        const given = await register(url, leader, next++).catch(() => undefined);
        if (given === undefined) return;
        if (given.status !== 200) wrong.push(given);
        acknowledged.push(given.position);
        if (acknowledged.length === 50) begun.resolve(undefined);
      }
    };
    const sending = Promise.all(Array.from({ length: 8 }, sender));
    await begun.promise;
    const at = performance.now();
    ending.signal('SIGTERM');
    const { code } = await ending.ended();
    const took = performance.now() - at;
    await sending;
    expect({ code, wrong }).toEqual({ code: 0, wrong: [] });
    expect(took).toBeLessThan(BOUND);
    const positions = new Set(await recorded(a, operator));
    expect(acknowledged.filter((position) => !positions.has(position))).toEqual([]);
  });

  it('ends a worker in order while it has work; the other goes on from what is on record', async () => {
    const [ending, other] = workers as [Process, Process];
    const writing = Promise.all(Array.from({ length: 60 }, () => register(a, leader, next++)));
    const at = performance.now();
    ending.signal('SIGTERM');
    const { code } = await ending.ended();
    expect(code).toBe(0);
    expect(performance.now() - at).toBeLessThan(BOUND);
    const last = Math.max(...(await writing).map(({ position }) => position));
    const { total } = await seen(b, leader, last);
    // Every registration is one event, and every one is in the list once. Days come by themselves.
    const registered = await recorded(a, operator, 0, (type) => type === 'SchoolRegistered');
    expect(total).toBe(registered.length);
    workers.splice(0, 2, other, started('worker'));
    await workers[1]!.ready();
  });

  it('says that it is not ready while a store does not answer, in time, and is ready again by itself', async () => {
    for (const engine of [events, documents].filter(({ kind }) => kind !== 'real')) {
      engine.freeze();
      try {
        for (const url of [a, web]) {
          const at = performance.now();
          const health = await healthOf(url);
          expect(performance.now() - at).toBeLessThan(HEALTH);
          expect(health.ready).toBe(false);
          expect(health.faults.join()).toMatch(/did not say within|did not answer/);
          expect((await fetch(`${url}/health/live`)).status).toBe(200);
        }
      } finally {
        engine.thaw();
      }
      await readyAgain(a, web);
    }
    const { position, status } = await register(a, leader, next++);
    expect(status).toBe(200);
    await seen(b, leader, position);
  });

  it('is worked by the command line, through a service that is named or one of its own', async () => {
    const n = next++;
    await seen(b, leader, (await register(a, leader, n)).position);
    const through = { SERVICE_URL: a, SERVICE_TOKEN: operator };
    const named = await ops({ ...settings, ...through }, 'status', '--json');
    expect(named).toMatchObject({ code: 0, err: '' });
    const own = await ops(settings, 'schools', '--q', newSchool(n).urn, '--json');
    expect({ code: own.code, err: own.err }).toMatchObject({
      code: 0,
      err: expect.stringContaining('over the shared stores') as unknown,
    });
    expect(JSON.parse(own.out)).toMatchObject({ report: { total: 1 } });
    const issued = await ops(settings, 'token', '--role', 'adviser', '--id', 'x-1', '--days', '1');
    const list = await fetch(`${b}/api/v1/schools`, { headers: headers(issued.out.trim()) });
    expect(list.status).toBe(200);
    const seed = await ops(settings, 'seed', '--json');
    expect({ code: seed.code, told: JSON.parse(seed.out) as unknown }).toMatchObject({
      code: 1,
      told: { problem: { title: 'Not empty' } },
    });
  });

  it('is found in order by the doctor', async () => {
    const { code, out } = await ops(settings, 'doctor');
    expect(out).not.toMatch(/NOT IN ORDER/);
    expect(out).toMatch(/in order {2}EventStoreDB/);
    expect(out).toMatch(/in order {2}MongoDB/);
    expect(code).toBe(0);
  });

  async function readyAgain(...urls: readonly string[]): Promise<void> {
    for (const url of urls) {
      for (const end = Date.now() + 60_000; !(await healthOf(url)).ready;) {
        if (Date.now() > end) throw new Error(JSON.stringify(await healthOf(url)));
      }
    }
  }
});
