/**
 * What goes wrong on purpose, seen by the client alone: each fault does what it says, and the client does with it what our
 * adapter is there to keep from everybody else.
 */
import { execFile } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import {
  AccessDeniedError,
  type EventStoreDBClient,
  NotLeaderError,
  streamNameFilter,
} from '@eventstore/db-client';
import { compiled } from '../../drills/compiled';
import {
  all,
  client as connected,
  event,
  events,
  freshStream,
  pendingAfter,
  soon,
  taken,
  UNARY,
} from './reading-in-specs';
import { type EventStoreEngine, type EventStoreOptions, startOwnEventStore } from './start';

interface Asking {
  readonly capabilities: Promise<{ serverVersion: string }>;
}

let engine: EventStoreEngine;
let client: EventStoreDBClient;
const clients: EventStoreDBClient[] = [];
const engines: EventStoreEngine[] = [];

async function started(options: EventStoreOptions = {}): Promise<EventStoreEngine> {
  const server = await startOwnEventStore(options);
  engines.push(server);
  return server;
}
function connect(url: string, more?: string): EventStoreDBClient {
  const one = connected(url, more);
  clients.push(one);
  return one;
}

// Its own server for each: a client of this version shares its pending appends with every other in the process.
beforeEach(async () => {
  engine = await started();
  client = connect(engine.url);
});

afterEach(async () => {
  for (const one of engines.splice(0)) await one.dispose();
  // A client that has a call the server half closed never gets done with it.
  await Promise.race([Promise.all(clients.splice(0).map((one) => one.dispose())), delay(1000)]);
});

const written = async (stream: string, from = client): Promise<number> =>
  (await all(from.readStream(stream))).length;

const failure = (promise: Promise<unknown>): Promise<Error & { type?: string; code?: number }> =>
  soon(
    promise.then(
      () => {
        throw new Error('it succeeded');
      },
      (error: unknown) => error as Error,
    ),
    'a failure',
  );

jest.setTimeout(30_000);

describe('an append', () => {
  test.each([
    ['append-lost', 0],
    ['append-unanswered', 1],
  ] as const)('%s: pending whatever its deadline, and %i written', async (fault, count) => {
    await client.appendToStream('s', event());
    await engine.fault({ fault, times: 1 });
    const short = connect(engine.url, '&defaultDeadline=500');
    const appending = short.appendToStream('s', event());
    expect(await pendingAfter(appending, 1500)).toBe(true);
    expect(await written('s')).toBe(1 + count);
  });

  test.each([
    ['append-cut-before', {}, 0],
    ['append-cut', {}, 1],
    ['append-cut', UNARY, 1],
  ] as const)(
    '%s %j: fails, and repeated with the same ids and revision is written once',
    async (fault, options, count) => {
      await client.appendToStream('s', event());
      await engine.fault({ fault, times: 1 });
      const given = events(2);
      const appending = (): Promise<unknown> =>
        client.appendToStream('s', given, { ...options, expectedRevision: 0n });
      expect((await failure(appending())).message).toMatch(/UNAVAILABLE|CANCELLED|dropped/i);
      expect(await written('s')).toBe(1 + 2 * count);
      expect(await soon(appending())).toMatchObject({ success: true, nextExpectedRevision: 2n });
      expect(await written('s')).toBe(3);
    },
  );

  test.each([true, false])('half-close, written: %s: pending for ever', async (isWritten) => {
    await client.appendToStream('s', event());
    await engine.fault({ fault: 'append-half-close', written: isWritten, times: 1 });
    expect(await pendingAfter(client.appendToStream('s', event()), 1500)).toBe(true);
    expect(await written('s')).toBe(isWritten ? 2 : 1);
    // And so is every other on this client, which writes on into a call that is over: only another client helps.
    expect(await pendingAfter(client.appendToStream('s', event()), 500)).toBe(true);
    expect((await soon(connect(engine.url).appendToStream('s', event()))).success).toBe(true);
  });

  test.each([
    ['in batches', {}],
    ['one call each', UNARY],
  ])('on a full disk fails and is not written (%s)', async (_how, options) => {
    await client.appendToStream('s', event());
    await engine.fault({ fault: 'append-error', times: 1 });
    const error = await failure(client.appendToStream('s', event(), options));
    expect(error.message).toMatch(/not enough space on the disk/);
    expect(await written('s')).toBe(1);
  });

  test('is slow', async () => {
    await engine.fault({ fault: 'append-slow', ms: 300, times: 1 });
    const begun = performance.now();
    await client.appendToStream('s', event());
    expect(performance.now() - begun).toBeGreaterThan(290);
  });

  test('only a fault of these streams, after so many, so many times', async () => {
    await engine.fault({ fault: 'append-error', streams: 'a-', after: 1, times: 1 });
    await client.appendToStream('b-1', events(2));
    await client.appendToStream('a-1', event());
    await failure(client.appendToStream('a-1', event()));
    expect((await client.appendToStream('a-1', event())).success).toBe(true);
  });

  test('that is refused, where the client does not throw, names revision 1 whatever it is', async () => {
    await client.appendToStream('s', events(42));
    const silent = connect(engine.url, '&throwOnAppendFailure=false');
    const refused = await silent.appendToStream('s', event(), { expectedRevision: 3n });
    expect(refused).toMatchObject({ success: false, nextExpectedRevision: 1n });
  });
});

describe('a server', () => {
  test.each([true, false])('like a black hole, written: %s', async (isWritten) => {
    await client.appendToStream('s', event());
    await engine.fault({ fault: 'black-hole', written: isWritten });
    const pending = [client.appendToStream('s', event()), all(client.readStream('s'))];
    for (const one of pending) expect(await pendingAfter(one, 500)).toBe(true);
    await engine.lift();
    expect(await written('s')).toBe(isWritten ? 2 : 1);
  });

  test('that is not ready yet says so on every path, and is ready then', async () => {
    await engine.kill();
    await engine.restart([{ fault: 'not-ready', forMs: 1500 }]);
    const fresh = connect(engine.url);
    for (const options of [{}, UNARY]) {
      const error = await failure(fresh.appendToStream('s', event(), options));
      expect(error.message).toMatch(/Server Is Not Ready/);
    }
    expect((await failure(all(fresh.readStream('s')))).message).toMatch(/Server Is Not Ready/);
    for (;;) {
      if (await fresh.appendToStream('s', event()).catch(() => undefined)) break;
    }
  });

  test('that no longer leads names the leader, and the client goes there', async () => {
    const other = await started();
    const port = Number(/:(\d+)\?/.exec(other.url)?.[1]);
    await client.appendToStream('s', event());
    await engine.fault({ fault: 'not-leader', host: '127.0.0.1', port });
    const error = await failure(client.appendToStream('s', event()));
    expect(error).toBeInstanceOf(NotLeaderError);
    expect(error).toMatchObject({ leader: { address: '127.0.0.1', port } });
    await client.appendToStream('s', event());
    expect(await written('s', connect(other.url))).toBe(1);
  });

  test('of three nodes: a client finds the leader, and the next one', async () => {
    const cluster = await started({ nodes: 3 });
    const one = connect(cluster.url, '&nodePreference=leader');
    expect(cluster.url).toMatch(/^esdb:\/\/[^,]+,[^,]+,[^,]+\?tls=false$/);
    await one.appendToStream('s', event());
    const subscription = one.subscribeToStream('s');
    const found = taken(subscription, (seen) => seen.length === 2);
    await cluster.lead(2);
    const error = await failure(one.appendToStream('s', event()));
    expect(error).toBeInstanceOf(NotLeaderError);
    await one.appendToStream('s', event());
    expect(await written('s', connect(cluster.url))).toBe(2);
    // What was read from the old leader is read on.
    expect(await found).toHaveLength(2);
  });

  test('whose clock jumps stamps what comes by it', async () => {
    await engine.fault({ fault: 'clock', ms: -3_600_000 });
    await client.appendToStream('s', event());
    const [one] = await all(client.readStream('s'));
    expect(Date.now() - one!.created.getTime()).toBeGreaterThan(3_590_000);
  });

  test('that is older than batches is written to by calls, and says no version', async () => {
    const old = await started({ version: '20.10.4' });
    const one = connect(old.url);
    expect((await one.appendToStream('s', event())).nextExpectedRevision).toBe(0n);
    const versions = [];
    for (const asked of [one, client]) {
      // What it has been told is the client's own business; there is no other way to ask.
      const { serverVersion } = await (asked as never as Asking).capabilities;
      versions.push(serverVersion);
    }
    expect(versions).toEqual(['unknown', '24.10.6']);
  });

  test('that compresses is understood', async () => {
    const compressing = await started({ compress: true });
    const one = connect(compressing.url);
    await one.appendToStream('s', events(50));
    expect(await written('s', one)).toBe(50);
  });

  test('with TLS knows who it is speaking to, and what they may', async () => {
    const users = { app: { password: 'secret' } };
    const secure = await started({ tls: true, users });
    const admin = connect(secure.url);
    await admin.appendToStream('s', event());
    const app = connect(secure.url.replace('admin:changeit', 'app:secret'));
    expect(await written('s', app)).toBe(1);
    expect(await failure(all(app.readAll()))).toBeInstanceOf(AccessDeniedError);
    const subscription = app.subscribeToAll();
    expect(await failure(taken(subscription, () => true))).toBeInstanceOf(AccessDeniedError);
    await admin.setStreamMetadata('$all', { acl: { readRoles: ['app'] } } as never);
    expect((await all(app.readAll())).length).toBeGreaterThan(1);

    const wrong = connect(secure.url.replace('admin:changeit', 'admin:wrong'));
    expect(await failure(wrong.appendToStream('s', event()))).toBeInstanceOf(AccessDeniedError);
    const plain = connect(secure.url.replace(/admin.*@/, '').replace(/\?.*/, '?tls=false'));
    expect((await failure(plain.appendToStream('s', event()))).message).toMatch(/UNAVAILABLE/);
    const trustless = connect(secure.url.replace(/&tlsCAFile.*/, ''));
    expect((await failure(trustless.appendToStream('s', event()))).message).toMatch(/self-signed/);
  });
});

describe('a reading', () => {
  beforeEach(async () => {
    await client.appendToStream('s', events(10));
  });

  test('that the server ends early looks like one that is complete', async () => {
    await engine.fault({ fault: 'read-end', after: 3, times: 1 });
    expect(await written('s')).toBe(3);
    expect(await written('s')).toBe(10);
  });

  test('fails half-way', async () => {
    await engine.fault({ fault: 'read-error', after: 3, times: 1 });
    expect((await failure(written('s'))).type).toBe('unavailable');
  });

  test('hangs', async () => {
    await engine.fault({ fault: 'read-hang', times: 1 });
    expect(await pendingAfter(written('s'), 500)).toBe(true);
  });

  test.each(['data-malformed', 'data-redacted'] as const)('%s: data are text', async (fault) => {
    await engine.fault({ fault, after: 1, times: 1 });
    const kinds = (await all(client.readStream('s', { maxCount: 3 }))).map(
      (one) => typeof one.data,
    );
    expect(kinds).toEqual(['object', 'string', 'object']);
  });
});

describe('a subscription', () => {
  const told = async (fault: Parameters<EventStoreEngine['fault']>[0]): Promise<string[]> => {
    const happened: string[] = [];
    const subscription = client.subscribeToAll();
    const over = new Promise<void>((resolve) => {
      for (const name of ['error', 'end', 'close']) {
        subscription.on(name, () => {
          happened.push(name);
          resolve();
        });
      }
    });
    subscription.on('data', () => undefined);
    await soon(new Promise((resolve) => subscription.once('caughtUp', resolve)));
    await engine.fault(fault);
    await soon(over);
    await client.appendToStream('s', event());
    return happened;
  };

  test('that the server ends is over, and a loop over it just goes on behind the loop', async () => {
    const looped = (async () => {
      let count = 0;
      for await (const _one of client.subscribeToAll()) count += 1;
      return count;
    })();
    await client.appendToStream('s', event());
    await engine.fault({ fault: 'subscription-end', times: 1 });
    expect(await soon(looped)).toBeGreaterThan(0);
    expect(await told({ fault: 'subscription-end', times: 1 })).toContain('end');
  });

  test('that is cut off says so once and does not come back', async () => {
    expect(await told({ fault: 'subscription-error', times: 1 })).toContain('error');
    expect(await told({ fault: 'cut' })).toEqual(['error']);
  });

  test('can be silent: nothing comes, nothing is said', async () => {
    await engine.fault({ fault: 'subscription-silent' });
    let said = 0;
    const subscription = client.subscribeToStream('s');
    for (const name of ['data', 'error', 'end', 'close']) subscription.on(name, () => (said += 1));
    await client.appendToStream('s', event());
    expect(await pendingAfter(new Promise(() => undefined), 500)).toBe(true);
    expect(said).toBe(0);
    const found = taken(subscription, (seen) => seen.length === 1);
    await engine.lift();
    expect(await found).toHaveLength(1);
  });

  test('can deliver an event twice', async () => {
    await client.appendToStream('s', events(3));
    await engine.fault({ fault: 'subscription-duplicate', after: 1, times: 1 });
    const found = await taken(client.subscribeToStream('s'), (seen) => seen.length === 4);
    expect(found.map(({ revision }) => revision)).toEqual([0n, 1n, 1n, 2n]);
  });

  test('may be told of a place just before the next event, and must come back to that place', async () => {
    // Exactly as many as are read at a time: the checkpoint is behind the last of them.
    const filter = (checkpointReached?: (commit: bigint, prepare: bigint) => void) =>
      streamNameFilter({
        prefixes: ['f-'],
        checkpointReached: (_subscription, { commit, prepare }) => {
          checkpointReached?.(commit, prepare);
          return Promise.resolve();
        },
      });
    const first = await client.appendToStream('other', event());
    await client.appendToStream('f-1', events(32));
    const reached = await soon(
      new Promise<{ commit: bigint; prepare: bigint }>((resolve) => {
        const keep = (commit: bigint, prepare: bigint): void => {
          if (prepare !== commit) resolve({ commit, prepare });
        };
        const subscription = client.subscribeToAll({
          fromPosition: first.position!,
          filter: filter(keep),
        });
        subscription.on('data', () => undefined).on('error', () => undefined);
      }),
    );
    const next = await client.appendToStream('f-2', event());
    expect(reached).toEqual({ commit: next.position!.commit, prepare: 0n });
    const exact = client.subscribeToAll({ fromPosition: reached, filter: filter() });
    expect((await taken(exact, (seen) => seen.length > 0))[0]?.streamId).toBe('f-2');
    // As if it were the place of an event that was seen: the event that is there is never delivered.
    const rounded = { commit: reached.commit, prepare: reached.commit };
    await client.appendToStream('f-3', event());
    const lossy = client.subscribeToAll({ fromPosition: rounded, filter: filter() });
    expect((await taken(lossy, (seen) => seen.length > 0))[0]?.streamId).toBe('f-3');
  });
});

describe.each(['stop', 'kill'] as const)('after a %s and a restart', (how) => {
  test('appends work again, and a subscription has failed and does not come back', async () => {
    const happened: string[] = [];
    let seen = 0;
    await client.appendToStream('s', event());
    const subscription = client.subscribeToStream('s');
    for (const name of ['error', 'end', 'close']) subscription.on(name, () => happened.push(name));
    subscription.on('data', () => (seen += 1));
    await soon(new Promise((resolve) => subscription.once('caughtUp', resolve)));
    await engine[how]();
    await engine.restart();
    const again = async (): Promise<void> => {
      while ((await client.appendToStream('s', event()).catch(() => undefined)) === undefined);
    };
    await soon(again());
    expect(await written('s')).toBe(2);
    expect({ happened, seen }).toEqual({ happened: ['error'], seen: 1 });
  });
});

test('a frozen server answers nothing until it thaws', async () => {
  await client.appendToStream('s', event());
  engine.freeze();
  const appending = client.appendToStream('s', event());
  expect(await pendingAfter(appending, 1000)).toBe(true);
  engine.thaw();
  expect((await soon(appending)).nextExpectedRevision).toBe(1n);
});

describe('what is on the disk', () => {
  test('is all there after kill -9, in its place, and nothing twice', async () => {
    const lanes = Array.from({ length: 8 }, () => freshStream('lane'));
    let stop = false;
    const acknowledged = new Map<string, { id: string; position: bigint }[]>();
    const lane = async (stream: string): Promise<void> => {
      const mine: { id: string; position: bigint }[] = [];
      acknowledged.set(stream, mine);
      while (!stop) {
        const next = event({ index: mine.length });
        const revision = mine.length === 0 ? 'no_stream' : BigInt(mine.length - 1);
        for (;;) {
          const appending = client.appendToStream(stream, next, { expectedRevision: revision });
          const answer = await soon(appending, 'an append', 1000).catch(() => undefined);
          if (answer?.success !== true) continue;
          mine.push({ id: next.id, position: answer.position!.commit });
          break;
        }
      }
    };
    const running = lanes.map(lane);
    const count = (): number => [...acknowledged.values()].flat().length;
    for (let round = 1; round <= 3; round += 1) {
      const before = count();
      for (; count() < before + 100;) await new Promise((resolve) => setImmediate(resolve));
      await engine.kill();
      await engine.restart();
    }
    stop = true;
    await soon(Promise.all(running));
    for (const [stream, mine] of acknowledged) {
      const found = await all(client.readStream(stream));
      expect(found.map(({ id, position }) => ({ id, position: position!.commit }))).toEqual(mine);
    }
  });

  test('ends where the last whole append does', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'event-store-torn-'));
    const server = await started({ folder });
    const one = connect(server.url);
    const { position } = await one.appendToStream('s', events(3));
    await server.stop();
    const log = join(folder, 'events.log');
    appendFileSync(log, Buffer.from([200, 0, 0, 0, 1, 2, 3, 4, 1, 1, 9, 9, 9]));
    const { size } = statSync(log);
    await server.restart();
    expect(statSync(log).size).not.toBe(size);
    expect(await written('s', connect(server.url))).toBe(3);
    const again = await connect(server.url).appendToStream('s', event());
    expect(again.position!.commit).toBeGreaterThan(position!.commit);
    rmSync(folder, { recursive: true });
  });

  test('is less after a scavenge: what metadata hid is gone from everything', async () => {
    await client.appendToStream('s', events(5));
    await client.appendToStream('t', events(2));
    await client.setStreamMetadata('s', { truncateBefore: 100 });
    await client.tombstoneStream('t');
    const before = await all(client.readAll());
    expect(await engine.scavenge()).toBe(6);
    const seen = async (): Promise<string[]> =>
      (await all(connect(engine.url).readAll())).map((one) => `${one.streamId}@${one.revision}`);
    const expected = before
      .filter(({ streamId, revision }) => streamId !== 's' || revision === 4n)
      .filter(({ streamId, type }) => streamId !== 't' || type === '$streamDeleted')
      .map((one) => `${one.streamId}@${one.revision}`);
    expect(await seen()).toEqual(expected);
    await engine.kill();
    await engine.restart();
    expect(await seen()).toEqual(expected);
    expect((await connect(engine.url).appendToStream('s', event())).nextExpectedRevision).toBe(5n);
  });
});

describe('the client alone, in a process of its own', () => {
  const work = mkdtempSync(join(tmpdir(), 'bare-client-'));
  const program = join(work, 'test/engines/event-store/bare-client.js');
  beforeAll(() => compiled(work, ['test/engines/event-store']));
  afterAll(() => rmSync(work, { recursive: true, force: true }));

  const told = async (...args: string[]): Promise<Record<string, unknown>> => {
    const { stdout } = await promisify(execFile)(process.execPath, [program, ...args]);
    const lines = stdout.trim().split('\n');
    return Object.assign({}, ...lines.map((line) => JSON.parse(line) as object)) as never;
  };

  test('an error of one client rejects what another has in flight, whose answer then kills the process', async () => {
    const other = await started({
      faults: [{ fault: 'append-slow', ms: 1000, streams: 'healthy' }],
    });
    await engine.fault({ fault: 'append-cut', streams: 'cut' });
    const facts = await told('foreign-error', engine.url, other.url);
    expect(facts).toMatchObject({ writtenByB: 1 });
    expect(facts['b']).toMatch(/^failed/);
    expect(facts['fatal']).toMatch(/undefined is not iterable/);
  });

  test('a checkpoint callback that rejects stops the subscription for good, without an error', async () => {
    const facts = await told('bad-checkpoint', engine.url);
    expect(facts['fatal']).toMatch(/could not be kept/);
    expect(facts).toMatchObject({ written: 400, destroyed: false });
    expect(facts['seen']).toBeLessThan(400);
    expect(facts['error']).toBeUndefined();
  });

  test('a bad event id is answered twice, which kills the process; survived, later appends hang', async () => {
    const facts = await told('bad-id', engine.url);
    expect(facts['first']).toMatch(/Could not recognize BadRequest/);
    expect(facts['fatal']).toMatch(/undefined is not iterable/);
    expect(facts['next']).toBe('pending');
  });

  test('a dropped subscription that nobody listens to kills the process', async () => {
    await engine.fault({ fault: 'subscription-error', after: 2 });
    const facts = await told('drop', engine.url);
    expect(facts['fatal']).toMatch(/dropped/);
  });
});
