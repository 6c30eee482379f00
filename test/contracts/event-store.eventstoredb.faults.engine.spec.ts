import { setTimeout as delay } from 'node:timers/promises';
import { EventStoreDBClient } from '@eventstore/db-client';
import { START } from '#kernel';
import type { EventStore, Position } from '#kernel';
import type { Fault } from '../engines/event-store/start';
import {
  appended,
  FaultyGround,
  Follower,
  underLoad,
  until,
} from './event-store-eventstoredb-ground';
import { anEvent, refusal, someEvents } from './event-store-ground';

/*
 * EventStoreDB behind our adapter when things go wrong: no promise hangs, nothing is lost or doubled. A promise that fails
 * without anybody listening fails the test it happens in: jest sees to that. Always on a server of our own, because a real
 * one cannot be asked to misbehave.
 */

jest.setTimeout(60_000);

const t = new FaultyGround();
beforeEach(() => t.begin());
afterEach(async () => {
  jest.restoreAllMocks();
  await t.end();
});

const idsOf = async (store: EventStore, stream: string): Promise<string[]> =>
  (await store.readStream(stream)).map(({ id }) => id);

/** What it was refused with, and after how many ms. */
async function failing(work: () => Promise<unknown>): Promise<{ error: unknown; ms: number }> {
  const begun = performance.now();
  const error: unknown = await work().then(
    () => 'it succeeded',
    (reason: unknown) => reason,
  );
  return { error, ms: performance.now() - begun };
}

describe('An append of which the answer is lost', () => {
  const once = (fault: Partial<Fault>): Fault => ({ times: 1, streams: 's-', ...fault }) as Fault;

  it.each<[string, Fault]>([
    ['it was never taken', once({ fault: 'append-lost' })],
    ['it was written and not answered', once({ fault: 'append-unanswered' })],
    ['the connection was cut before', once({ fault: 'append-cut-before' })],
    ['the connection was cut after', once({ fault: 'append-cut' })],
    [
      'the stream of appends was half closed before',
      once({ fault: 'append-half-close', written: false }),
    ],
    [
      'the stream of appends was half closed after',
      once({ fault: 'append-half-close', written: true }),
    ],
    ['the answer came too late', once({ fault: 'append-slow', ms: 1_500 })],
    ['the disk was full for a moment', once({ fault: 'append-error' })],
    ['the server was not ready', once({ fault: 'not-ready' })],
    ['the server took everything and said nothing', { fault: 'black-hole', forMs: 900 }],
    [
      'the server wrote everything and said nothing',
      { fault: 'black-hole', forMs: 900, written: true },
    ],
  ])('is settled by asking again: %s', async (_, fault) => {
    const store = await t.open();
    const [first, second, third] = [someEvents(2), someEvents(3), someEvents(1)];
    await appended(store, 's-1', 'none', first);
    await t.engine.fault(fault);
    const answer = await appended(store, 's-1', 1, second);
    expect(answer.revision).toBe(4);
    const last = await appended(store, 's-1', 'any', third);
    expect(last.position).toBeGreaterThan(answer.position);
    const stored = await store.readStream('s-1');
    expect(stored.map(({ id }) => id)).toEqual([...first, ...second, ...third].map(({ id }) => id));
    expect(stored[4]?.position).toBe(answer.position);
  });

  it('and others have gone on behind it: it is known for what it is', async () => {
    const [one, other] = [await t.open({ deadline: 1_500 }), await t.open()];
    await appended(one, 's-1', 'none', someEvents(1));
    await t.engine.fault({ fault: 'append-unanswered', times: 1, streams: 's-' });
    const events = someEvents(2);
    const asked = appended(one, 's-1', 0, events);
    for (let revision = 0; revision < 2;) {
      revision = (await other.readStream('s-1')).at(-1)?.revision ?? 0;
    }
    await appended(other, 's-1', 2, someEvents(3));
    const there = (await other.readStream('s-1'))[2];
    expect(await asked).toMatchObject({ revision: 2, position: there?.position });
    expect(await idsOf(other, 's-1')).toHaveLength(6);
  });

  it('is given up within a bound, in a sentence that says it may be asked for again; and then it may', async () => {
    const store = await t.open({ patience: 1_500 });
    await appended(store, 's-1', 'none', someEvents(1));
    await t.engine.fault({ fault: 'black-hole', written: true });
    const events = someEvents(2);
    const appending = await failing(() => store.append('s-1', 0, events));
    expect(appending.error).toEqual(refusal('unavailable', /not known.*same again/));
    expect(appending.ms).toBeLessThan(3_500);
    const reading = await failing(() => store.readStream('s-1'));
    expect(reading.error).toEqual(refusal('unavailable'));
    expect(reading.ms).toBeLessThan(3_500);
    await t.engine.lift();
    expect(await appended(store, 's-1', 0, events)).toMatchObject({ revision: 2 });
    expect(await idsOf(store, 's-1')).toHaveLength(3);
  });

  it('after a restart of ours, too, is a repeat', async () => {
    const events = someEvents(2);
    const before = await appended(await t.open(), 's-1', 'none', events);
    await appended(await t.open(), 's-1', 1, someEvents(1));
    const again = await t.open();
    expect(await again.append('s-1', 'none', events)).toEqual({ ...before, repeated: true });
    expect(await idsOf(again, 's-1')).toHaveLength(3);
  });
});

describe('Two stores in one process', () => {
  it('have nothing to do with each other: the trouble of one does not reach the other', async () => {
    const elsewhere = await t.another();
    const [one, other] = [await t.open(), await t.open({ url: elsewhere.url })];
    await appended(one, 's-1', 'none', someEvents(1));
    await appended(other, 's-1', 'none', someEvents(1));
    await elsewhere.fault({ fault: 'append-slow', ms: 300, times: 1, streams: 's-' });
    await t.engine.fault({ fault: 'append-cut', times: 1, streams: 's-' });
    const slow = appended(other, 's-1', 0, someEvents(1));
    const cut = appended(one, 's-1', 0, someEvents(1));
    expect(await slow).toMatchObject({ revision: 1, repeated: false });
    expect(await cut).toMatchObject({ revision: 1 });
    expect(await idsOf(other, 's-1')).toHaveLength(2);
    expect(await idsOf(one, 's-1')).toHaveLength(2);
  });

  it('a conflict is answered with where the stream is', async () => {
    const [one, other] = [await t.open(), await t.open()];
    await appended(one, 's-1', 'none', someEvents(42));
    expect(await other.append('s-1', 3, someEvents(1))).toEqual({
      appended: false,
      reason: 'conflict',
      actual: 41,
    });
  });
});

describe('A subscriber', () => {
  it.each<[string, Fault]>([
    ['ended in good order', { fault: 'subscription-end', times: 1 }],
    ['ended with an error', { fault: 'subscription-error', times: 1 }],
    [
      'ended because the server shuts down',
      { fault: 'subscription-error', cancelled: true, times: 1 },
    ],
    ['silent', { fault: 'subscription-silent', forMs: 1_500 }],
    ['given an event twice', { fault: 'subscription-duplicate', times: 3 }],
    ['cut off', { fault: 'cut' }],
  ])('goes on when the subscription is %s', async (_, fault) => {
    const store = await t.open();
    await appended(store, 's-1', 'none', someEvents(3));
    const follower = new Follower(store, START);
    await follower.caughtUp();
    await t.engine.fault(fault);
    for (let i = 0; i < 10; i++) {
      await appended(store, 's-1', 2 + i, someEvents(1));
      await delay(20);
    }
    await follower.has(13);
    expect(follower.events.map(({ revision }) => revision)).toEqual([...Array(13).keys()]);
    await follower.stop();
    expect(follower.ended).toBe('stopped');
  });

  it('hears of what another process writes after each of these', async () => {
    const [store, other] = [await t.open(), await t.open()];
    const follower = new Follower(store, START, ['s-']);
    await follower.caughtUp();
    const faults: Fault[] = [
      { fault: 'subscription-end', times: 2 },
      { fault: 'subscription-error', times: 2 },
      { fault: 'cut' },
    ];
    for (const [i, fault] of faults.entries()) {
      await t.engine.fault(fault);
      await appended(other, `s-${i}`, 'none', someEvents(2));
      await follower.has(2 * (i + 1));
    }
    expect(follower.events).toHaveLength(6);
    await follower.stop();
  });

  it('that throws in its loop is alone in that', async () => {
    const store = await t.open();
    const steady = new Follower(store, START);
    const failed = (async () => {
      for await (const page of store.subscribe({ after: START })) {
        if (page.events.length > 0) throw new Error('It could not be kept.');
      }
    })();
    const refused = expect(failed).rejects.toThrow('It could not be kept.');
    await appended(store, 's-1', 'none', someEvents(40));
    await refused;
    await appended(store, 's-1', 39, someEvents(40));
    await steady.has(80);
    await steady.stop();
    expect(steady.ended).toBe('stopped');
  });

  it.each([0, 300, 600, 900])(
    'a silence that begins %i ms after a heartbeat is noticed in under two heartbeats',
    async (phase) => {
      const heartbeat = 1_000;
      const store = await t.open({ heartbeat });
      await delay(heartbeat + phase);
      expect(t.warnings).toEqual([]);
      await t.engine.fault({ fault: 'subscription-silent' });
      const begun = performance.now();
      await until('noticed', () => t.warnings.length > 0);
      expect(performance.now() - begun).toBeLessThan(2 * heartbeat);
      await t.engine.lift();
      const follower = new Follower(store, START);
      await appended(store, 's-1', 'none', someEvents(1));
      await follower.has(1);
      await follower.stop();
    },
  );

  it('is not disturbed when nothing is wrong', async () => {
    const store = await t.open();
    await underLoad(store, () => delay(1_500));
    expect(t.warnings).toEqual([]);
  });
});

describe('Under load nothing is lost and nothing is there twice', () => {
  const clockAt = (hours: number): void => {
    const real = Date.now.bind(Date);
    jest.spyOn(Date, 'now').mockImplementation(() => real() + hours * 3_600_000);
  };
  const troubles: Record<string, () => Promise<void>> = {
    'the server is killed and starts again': async () => {
      await t.engine.kill();
      await t.engine.restart();
    },
    'the server is killed three times': async () => {
      for (let i = 0; i < 3; i++) {
        await t.engine.kill();
        await t.engine.restart([{ fault: 'not-ready', forMs: 200 }]);
        await delay(200);
      }
    },
    'the server is stopped and starts again': async () => {
      await t.engine.stop();
      await t.engine.restart();
    },
    'the server freezes for a while': async () => {
      t.engine.freeze();
      await delay(1_500);
      t.engine.thaw();
    },
    'connections are cut again and again': async () => {
      for (let i = 0; i < 8; i++) {
        await t.engine.fault({ fault: 'cut' });
        await delay(50);
      }
    },
    'answers are lost again and again': async () => {
      await t.engine.fault({ fault: 'append-unanswered', times: 5, streams: 'load-' });
      await t.engine.fault({ fault: 'append-cut', times: 5, after: 20, streams: 'load-' });
      await t.engine.fault({
        ...{ fault: 'append-half-close', written: true },
        ...{ times: 3, after: 40, streams: 'load-' },
      });
      await delay(1_500);
      await t.engine.lift();
    },
    'the server is a black hole for a while': () =>
      t.engine.fault({ fault: 'black-hole', forMs: 1_500, written: true }).then(() => delay(1_600)),
    'the server is slow': async () => {
      await t.engine.fault({ fault: 'append-slow', ms: 150 });
      await t.engine.fault({ fault: 'read-slow', ms: 20 });
      await delay(1_000);
      await t.engine.lift();
    },
    'events come twice': () =>
      t.engine.fault({ fault: 'subscription-duplicate', times: 50 }).then(() => delay(500)),
    "the server's clock goes back an hour": () =>
      t.engine.fault({ fault: 'clock', ms: -3_600_000 }).then(() => delay(300)),
    "this machine's clock goes back an hour": async () => {
      clockAt(-1);
      await t.engine.fault({ fault: 'append-unanswered', times: 3, streams: 'load-' });
      await delay(1_000);
    },
    "this machine's clock goes on an hour": async () => {
      clockAt(1);
      await t.engine.fault({ fault: 'append-unanswered', times: 3, streams: 'load-' });
      await delay(1_000);
    },
  };

  const isWhole = async (
    written: ReadonlyMap<string, readonly string[]>,
    store: EventStore,
    follower: Follower,
  ): Promise<void> => {
    const total = [...written.values()].reduce((sum, ids) => sum + ids.length, 0);
    await follower.has(total);
    await follower.stop();
    expect(follower.ended).toBe('stopped');
    const positions = follower.events.map(({ position }) => position);
    expect(positions).toEqual([...new Set(positions)].toSorted((a, b) => a - b));
    for (const [stream, ids] of written) {
      const seen = follower.events.filter((event) => event.stream === stream);
      expect(seen.map(({ id }) => id)).toEqual(ids);
      expect(await idsOf(store, stream)).toEqual(ids);
    }
    expect(follower.events).toHaveLength(total);
    expect(await store.end()).toBe(positions.at(-1));
  };
  const isInTime = ({ events }: Follower): void => {
    const times = events.map(({ recordedAt }) => recordedAt);
    expect(times).toEqual(times.toSorted());
  };

  it.each(Object.keys(troubles))('while %s', async (name) => {
    const store = await t.open();
    const follower = new Follower(store, START);
    const written = await underLoad(store, troubles[name]!, name.includes('killed') ? 32 : 6);
    await isWhole(written, store, follower);
    // What a frozen server was sent before it froze and what it was sent again come in any order when it thaws.
    if (!name.includes('freezes')) isInTime(follower);
  });

  it('while the leaders of a cluster change, and all of it is killed', async () => {
    const cluster = await t.another({ nodes: 3 });
    const store = await t.open({ url: cluster.url });
    const follower = new Follower(store, START);
    const written = await underLoad(store, async () => {
      for (const node of [1, 2, 0]) {
        await cluster.lead(node);
        await delay(300);
      }
      await cluster.kill();
      await delay(500);
      await cluster.restart();
      await cluster.lead(1);
    });
    await isWhole(written, store, follower);
  });

  it('a silence is noticed and a wait has an end even when the clock was set back', async () => {
    const store = await t.open({ patience: 1_500 });
    await appended(store, 's-1', 'none', someEvents(1));
    await delay(500);
    clockAt(-1);
    await t.engine.fault({ fault: 'subscription-silent' });
    await until('noticed', () => t.warnings.length > 0, 3_000);
    await t.engine.fault({ fault: 'black-hole' });
    const { error, ms } = await failing(() => store.append('s-1', 0, someEvents(1)));
    expect(error).toEqual(refusal('unavailable'));
    expect(ms).toBeLessThan(4_000);
  });
});

describe('A reading', () => {
  it.each<[string, Fault]>([
    ['hangs', { fault: 'read-hang', times: 1 }],
    ['breaks off half-way', { fault: 'read-error', after: 3, times: 1 }],
    ['is slow, yet in time', { fault: 'read-slow', ms: 5, times: 10 }],
    [
      'is ended by the server half-way, as if it were all',
      { fault: 'read-end', after: 3, times: 1 },
    ],
  ])('that %s is whole all the same', async (_, fault) => {
    const store = await t.open();
    const events = someEvents(10);
    await appended(store, 's-1', 'none', events);
    const ids = events.map(({ id }) => id);
    await t.engine.fault({ ...fault, streams: 's-' });
    expect(await idsOf(await t.open(), 's-1')).toEqual(ids);
    await t.engine.lift();
    await t.engine.fault(fault);
    const page = await store.readLog(START, { filter: { streamPrefixes: ['s-'] } });
    expect(page.events.map(({ id }) => id)).toEqual(ids);
  });

  it.each(['data-malformed', 'data-redacted'] as const)(
    '%s is said, with the position, and never given to a fold',
    async (fault) => {
      const store = await t.open();
      for (let i = 0; i < 3; i++) await appended(store, 's-1', 'any', someEvents(1));
      const [, second] = await store.readStream('s-1');
      const says = new RegExp(`position ${second?.position ?? -1}`);
      await t.engine.fault({ fault, streams: 's-', after: 1, times: 1 });
      await expect(store.readStream('s-1')).rejects.toThrow(refusal('damaged', says));
      await t.engine.fault({ fault, streams: 's-', after: 1, times: 1 });
      await expect(store.readLog(START)).rejects.toThrow(refusal('damaged', says));
    },
  );
});

describe('History that was thrown away on the server is said', () => {
  const withClient = async (work: (client: EventStoreDBClient) => Promise<unknown>) => {
    const client = EventStoreDBClient.connectionString(t.engine.url);
    await work(client);
    await client.dispose();
  };
  const damaged = refusal('damaged', /truncated|scavenged|deleted|missing/);

  it('when a stream was truncated, and when that was scavenged from the log', async () => {
    const store = await t.open();
    await appended(store, 's-1', 'none', someEvents(6));
    await withClient((client) => client.setStreamMetadata('s-1', { truncateBefore: 3 }));
    await expect(store.readStream('s-1')).rejects.toThrow(damaged);
    await expect(store.readStream('s-1', { direction: 'backwards' })).rejects.toThrow(damaged);
    expect(await store.readStream('s-1', { from: 3 })).toHaveLength(3);
    expect(await t.engine.scavenge()).toBeGreaterThan(0);
    await expect(store.readLog(START)).rejects.toThrow(damaged);
  });

  it.each(['deleteStream', 'tombstoneStream'] as const)(
    'when a stream was deleted (%s): it is not begun anew',
    async (how) => {
      await appended(await t.open(), 's-1', 'none', someEvents(6));
      await withClient((client) => client[how]('s-1'));
      const store = await t.open();
      await expect(store.append('s-1', 'none', [anEvent()])).rejects.toThrow(damaged);
    },
  );
});

describe('What others write on the same server', () => {
  it('is nothing to us: other programs, the server itself, and our own bookkeeping', async () => {
    await t.engine.dispose();
    await t.begin({ chatter: 5 });
    const store = await t.open({ heartbeat: 50 });
    const client = EventStoreDBClient.connectionString(t.engine.url);
    const foreign = (id: number, metadata?: Record<string, unknown>) => ({
      ...{ id: anEvent().id, contentType: 'application/json' as const },
      ...{ type: 'SomethingHappened', data: { id }, metadata },
    });
    await client.appendToStream('theirs-1', foreign(1));
    const mine = await appended(store, 's-1', 'none', someEvents(2));
    await client.appendToStream('theirs-1', foreign(2, { user: 'x' }));
    await delay(300);
    await client.dispose();
    const page = await store.readLog(START);
    expect(page.events.map(({ stream }) => stream)).toEqual(['s-1', 's-1']);
    expect(page.events.at(-1)?.position).toBe(mine.position);
    expect(await store.positionAt('9999-12-31T23:59:59.999Z')).toBe(mine.position);
    const behind = page.scannedTo + 1;
    await expect(store.readLog(behind as Position)).resolves.toMatchObject({ events: [] });
  });
});
