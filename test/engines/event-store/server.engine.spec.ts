/**
 * What our adapter relies on an event store for, asked through the client alone. It passes on a real EventStoreDB (point
 * EVENTSTORE_URL at one) and on the server of this folder: that is the proof that one stands for the other.
 */
import { randomUUID } from 'node:crypto';
import type { EventStoreDBClient } from '@eventstore/db-client';
import {
  BACKWARDS,
  END,
  type EventData,
  eventTypeFilter,
  excludeSystemEvents,
  FORWARDS,
  type Position,
  type ReadStreamOptions,
  type ResolvedEvent,
  StreamDeletedError,
  StreamNotFoundError,
  streamNameFilter,
  WrongExpectedVersionError,
} from '@eventstore/db-client';
import {
  all,
  client as connected,
  event,
  events,
  freshStream,
  run,
  soon,
  taken,
  UNARY,
} from './reading-in-specs';
import { type EventStoreEngine, startEventStore } from './start';

let engine: EventStoreEngine;
let client: EventStoreDBClient;

beforeAll(async () => {
  engine = await startEventStore({ chatter: 20 });
  client = connected(engine.url);
});

afterAll(async () => {
  await client.dispose();
  await engine.dispose();
});

const positionOf = async (stream: string, revision: bigint): Promise<Position | undefined> =>
  (await all(client.readStream(stream, { fromRevision: revision, maxCount: 1 })))[0]?.position;

describe.each([
  ['in batches', {}],
  ['one call each', UNARY],
])('appending %s', (_how, options) => {
  test('goes on from the revision that is expected', async () => {
    const stream = freshStream();
    const first = await client.appendToStream(stream, events(2), {
      ...options,
      expectedRevision: 'no_stream',
    });
    expect(first).toMatchObject({ success: true, nextExpectedRevision: 1n });
    const second = await client.appendToStream(stream, event(), {
      ...options,
      expectedRevision: 1n,
    });
    expect(second.nextExpectedRevision).toBe(2n);
    const third = await client.appendToStream(stream, event(), {
      ...options,
      expectedRevision: 'stream_exists',
    });
    expect(third.nextExpectedRevision).toBe(3n);
    const fourth = await client.appendToStream(stream, event(), options);
    expect(fourth.nextExpectedRevision).toBe(4n);
  });

  test.each([
    ['no_stream', 1n],
    [0n, 1n],
    [5n, 1n],
  ] as const)('is refused where %s is expected of a stream at 1', async (expected, actual) => {
    const stream = freshStream();
    await client.appendToStream(stream, events(2), options);
    const appending = client.appendToStream(stream, event(), {
      ...options,
      expectedRevision: expected,
    });
    const error = (await appending.catch((caught: unknown) => caught)) as WrongExpectedVersionError;
    expect(error).toBeInstanceOf(WrongExpectedVersionError);
    expect(error).toMatchObject({ actualVersion: actual, expectedVersion: expected });
    // This error says nothing at all: it has to be told by its type.
    expect(error.message).toBe('');
    expect(await all(client.readStream(stream))).toHaveLength(2);
  });

  test.each(['stream_exists', 0n] as const)(
    'is refused where %s is expected of no stream',
    async (expectedRevision) => {
      const appending = client.appendToStream(freshStream(), event(), {
        ...options,
        expectedRevision,
      });
      await expect(appending).rejects.toMatchObject({ actualVersion: 'no_stream' });
    },
  );

  test('answers the position of its last event', async () => {
    const stream = freshStream();
    const { position } = await client.appendToStream(stream, events(5), options);
    expect(position).toEqual(await positionOf(stream, 4n));
    expect(position?.commit).toBe(position?.prepare);
    expect(position?.commit).toBeGreaterThan((await positionOf(stream, 3n))!.commit);
  });

  test('of nothing succeeds, at revision 0 though there is none', async () => {
    const stream = freshStream();
    const { success, nextExpectedRevision } = await client.appendToStream(stream, [], options);
    expect([success, nextExpectedRevision]).toEqual([true, 0n]);
    await expect(all(client.readStream(stream))).rejects.toBeInstanceOf(StreamNotFoundError);
  });

  test('of more than a mebibyte is refused', async () => {
    const large = { text: 'x'.repeat(300_000) };
    const appending = client.appendToStream(
      freshStream(),
      [event(large), event(large), event(large), event(large)],
      options,
    );
    await expect(appending).rejects.toMatchObject({
      type: 'maximum-append-size-exceeded',
      maxAppendSize: 1024 * 1024,
    });
  });

  describe('the same ids again', () => {
    const again = async (
      expectedRevision: 'any' | 'no_stream' | bigint,
      change: (given: EventData[]) => EventData[],
    ): Promise<unknown> => {
      const stream = freshStream();
      await client.appendToStream(stream, event({ index: 'before' }), options);
      const given = events(3);
      const first = await client.appendToStream(stream, given, {
        ...options,
        expectedRevision: 0n,
      });
      const second = await client
        .appendToStream(stream, change(given), { ...options, expectedRevision })
        .catch((error: unknown) => (error as Error).constructor.name);
      const data = (await all(client.readStream(stream))).map((one) => one.data);
      return {
        sameAnswer: JSON.stringify(second, text) === JSON.stringify(first, text),
        second,
        data,
      };
    };
    const text = (_name: string, value: unknown): unknown =>
      typeof value === 'bigint' ? String(value) : value;
    const written = [{ index: 'before' }, { index: 0 }, { index: 1 }, { index: 2 }];

    test('at the same revision answer as they did at first, and are not written again', async () => {
      const { sameAnswer, data } = (await again(0n, (given) => given)) as never;
      expect([sameAnswer, data]).toEqual([true, written]);
    });

    test('with other data are swallowed without a word', async () => {
      const other = (given: EventData[]): EventData[] =>
        given.map(({ id }) => event({ index: 'other' }, 'SpecHappened', id));
      const { sameAnswer, data } = (await again(0n, other)) as never;
      expect([sameAnswer, data]).toEqual([true, written]);
    });

    test('where any revision will do, too', async () => {
      const { sameAnswer, data } = (await again('any', (given) => given)) as never;
      expect([sameAnswer, data]).toEqual([true, written]);
    });

    test('at a later revision that is right are written again', async () => {
      const { data } = (await again(3n, (given) => given)) as { data: unknown };
      expect(data).toEqual([...written, ...written.slice(1)]);
    });

    test('in part: the first of them is as good as all', async () => {
      const { second, data } = (await again(0n, (given) => given.slice(0, 2))) as never;
      expect([second, data]).toMatchObject([{ success: true, nextExpectedRevision: 2n }, written]);
    });

    test('with others behind them are refused', async () => {
      const { second, data } = (await again(0n, (given) => [...given, event()])) as never;
      expect([second, data]).toEqual(['WrongExpectedVersionError', written]);
    });

    test('with others behind them are refused where any revision will do', async () => {
      const { second, data } = (await again('any', (given) => [...given, event()])) as never;
      expect([second, data]).toEqual(['WrongExpectedVersionError', written]);
    });
  });
});

describe('reading a stream', () => {
  const stream = freshStream();
  const indexes = async (reading: AsyncIterable<ResolvedEvent>): Promise<unknown[]> =>
    (await all(reading)).map((one) => (one.data as { index: number }).index);

  beforeAll(async () => {
    await client.appendToStream(stream, events(70));
  });

  const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

  test.each<[string, ReadStreamOptions, number[]]>([
    ['forwards', {}, upTo(70)],
    ['forwards from a revision, which is there', { fromRevision: 65n }, [65, 66, 67, 68, 69]],
    ['forwards, some', { fromRevision: 5n, maxCount: 2 }, [5, 6]],
    ['forwards from behind the end', { fromRevision: 70n }, []],
    ['backwards from the end', { direction: BACKWARDS, fromRevision: END }, upTo(70).reverse()],
    ['backwards from a revision', { direction: BACKWARDS, fromRevision: 2n }, [2, 1, 0]],
    ['backwards, the last', { direction: BACKWARDS, fromRevision: END, maxCount: 1 }, [69]],
  ])('%s', async (_what, options, expected) => {
    expect(await indexes(client.readStream(stream, options))).toEqual(expected);
  });

  test('that is not there is an error', async () => {
    await expect(all(client.readStream(freshStream()))).rejects.toBeInstanceOf(StreamNotFoundError);
  });

  test('gives back what was written, and when', async () => {
    const id = randomUUID();
    const before = Date.now();
    const name = freshStream();
    const data = { name: 'Ærøskøbing', list: [1, 2.5, null] };
    await client.appendToStream(name, {
      ...event(data, 'Told', id),
      metadata: { given: { who: 'a' } },
    });
    const [one] = await all(client.readStream(name));
    expect(one).toMatchObject({
      id,
      data,
      type: 'Told',
      isJson: true,
      metadata: { given: { who: 'a' } },
    });
    expect(Math.abs(one!.created.getTime() - before)).toBeLessThan(60_000);
  });
});

describe('reading everything', () => {
  const streams = [freshStream('alpha'), freshStream('beta')];
  let places: Position[];

  beforeAll(async () => {
    places = [];
    for (const stream of [...streams, ...streams]) {
      const { position } = await client.appendToStream(stream, event());
      places.push(position!);
    }
  });

  const mine = async (options: object): Promise<unknown[]> =>
    (await all(client.readAll(options)))
      .filter((one) => streams.includes(one.streamId))
      .map((one) => places.findIndex(({ commit }) => commit === one.position?.commit));

  test('forwards from a position begins with the event that is there', async () => {
    expect(await mine({ fromPosition: places[1], direction: FORWARDS })).toEqual([1, 2, 3]);
  });

  test('backwards from a position begins with the event before it', async () => {
    const found = await mine({ fromPosition: places[2], direction: BACKWARDS, maxCount: 500 });
    expect(found).toEqual([1, 0]);
  });

  test('backwards from the end begins with the last event', async () => {
    const found = await mine({ fromPosition: END, direction: BACKWARDS, maxCount: 500 });
    expect(found).toEqual([3, 2, 1, 0]);
  });

  test('has the system in it, which the log of ours has to leave out', async () => {
    const found = await all(client.readAll({ maxCount: 50 }));
    expect(found.some(({ type }) => type.startsWith('$'))).toBe(true);
    const positions = found.map(({ position }) => position!.commit);
    expect(positions).toEqual(positions.toSorted((a, b) => (a < b ? -1 : 1)));
  });

  test('from a place between two events is an error', async () => {
    const between = { commit: places[1]!.commit + 1n, prepare: places[1]!.commit + 1n };
    await expect(all(client.readAll({ fromPosition: between, maxCount: 10 }))).rejects.toThrow();
    const subscription = client.subscribeToAll({ fromPosition: between });
    await expect(taken(subscription, () => true)).rejects.toThrow(/invalid position/);
  });

  test('from beyond the end finds nothing, and says nothing', async () => {
    const beyond = { commit: places[3]!.commit + 100_000_000n, prepare: places[3]!.commit };
    expect(await all(client.readAll({ fromPosition: beyond }))).toEqual([]);
  });
});

describe('subscribing', () => {
  test('to a stream: what was there behind a revision, then what comes', async () => {
    const stream = freshStream();
    await client.appendToStream(stream, events(3));
    const subscription = client.subscribeToStream(stream, { fromRevision: 0n });
    const found = taken(subscription, (seen) => seen.length === 4);
    await client.appendToStream(stream, events(2));
    expect((await found).map(({ revision }) => revision)).toEqual([1n, 2n, 3n, 4n]);
  });

  test('to a stream that is not there yet', async () => {
    const stream = freshStream();
    const found = taken(client.subscribeToStream(stream), (seen) => seen.length === 2);
    await client.appendToStream(stream, events(2));
    expect(await found).toHaveLength(2);
  });

  test('to everything: what is behind a position, then what comes', async () => {
    const stream = freshStream();
    const { position } = await client.appendToStream(stream, event());
    await client.appendToStream(stream, event());
    const subscription = client.subscribeToAll({ fromPosition: position! });
    const found = taken(subscription, (seen) => mineOf(seen, stream).length === 2);
    await client.appendToStream(stream, event());
    expect(mineOf(await found, stream)).toEqual([1n, 2n]);
  });

  test('to everything from its end, and it says when it has caught up', async () => {
    const stream = freshStream();
    await client.appendToStream(stream, event());
    const subscription = client.subscribeToAll({ fromPosition: END });
    const caughtUp = new Promise((resolve) => subscription.once('caughtUp', resolve));
    const found = taken(subscription, (seen) => mineOf(seen, stream).length === 1);
    await soon(caughtUp, 'caught up');
    await client.appendToStream(stream, event());
    expect(mineOf(await found, stream)).toEqual([1n]);
  });

  const mineOf = (
    found: readonly { streamId: string; revision: bigint }[],
    stream: string,
  ): bigint[] =>
    found.filter(({ streamId }) => streamId === stream).map(({ revision }) => revision);

  test.each([
    ['streams that begin so', () => streamNameFilter({ prefixes: [`one${run}`, `two${run}`] })],
    ['streams that match', () => streamNameFilter({ regex: `^(one|two)${run}` })],
    ['types that begin so', () => eventTypeFilter({ prefixes: [`One${run}`, `Two${run}`] })],
    ['types that match', () => eventTypeFilter({ regex: `^(One|Two)${run}` })],
  ])('to %s', async (_what, filter) => {
    const { position } = await client.appendToStream(freshStream(), event());
    const names = ['one', 'not', 'two'].map((prefix) => freshStream(prefix));
    for (const [index, type] of [`One${run}`, 'Not', `Two${run}`].entries()) {
      await client.appendToStream(names[index]!, event({}, type));
    }
    const subscription = client.subscribeToAll({ fromPosition: position!, filter: filter() });
    const found = await taken(subscription, (seen) => seen.length === 2);
    expect(found.map(({ streamId }) => streamId)).toEqual([names[0], names[2]]);
  });

  test('without the system', async () => {
    const stream = freshStream();
    const { position } = await client.appendToStream(stream, event());
    await client.setStreamMetadata(stream, { maxCount: 10 });
    await client.appendToStream(stream, event());
    const filter = excludeSystemEvents();
    const found = await taken(client.subscribeToAll({ fromPosition: position!, filter }), (seen) =>
      seen.some(({ streamId }) => streamId === stream),
    );
    expect(found.some(({ type }) => type.startsWith('$'))).toBe(false);
  });

  test('tells how far it has looked where nothing matches', async () => {
    const { position } = await client.appendToStream(freshStream(), event());
    const reached: bigint[] = [];
    const enough = Promise.withResolvers<undefined>();
    const subscription = client.subscribeToAll({
      fromPosition: position!,
      filter: streamNameFilter({
        prefixes: [`none${run}`],
        checkpointInterval: 1,
        checkpointReached: (_subscription, place) => {
          reached.push(place.commit);
          if (reached.length === 3) enough.resolve(undefined);
          return Promise.resolve();
        },
      }),
    });
    subscription.on('error', enough.reject);
    const stream = freshStream();
    for (let round = 0; round < 4; round += 1) await client.appendToStream(stream, events(40));
    await soon(enough.promise, 'a third checkpoint');
    await subscription.unsubscribe();
    expect(reached).toEqual(reached.toSorted((a, b) => (a < b ? -1 : 1)));
    expect(reached.at(-1)).toBeGreaterThan(position!.commit);
  });
});

describe('what metadata and deletion leave of a stream', () => {
  const revisions = async (stream: string): Promise<bigint[]> =>
    (await all(client.readStream(stream))).map(({ revision }) => revision);

  test.each([
    ['maxCount', { maxCount: 2 }, [3n, 4n]],
    ['truncateBefore', { truncateBefore: 3 }, [3n, 4n]],
    ['maxAge of a day', { maxAge: 86_400 }, [0n, 1n, 2n, 3n, 4n]],
  ])('%s', async (_what, metadata, left) => {
    const stream = freshStream();
    const { position } = await client.appendToStream(stream, events(5));
    await client.setStreamMetadata(stream, metadata);
    expect(await revisions(stream)).toEqual(left);
    expect((await client.getStreamMetadata(stream)).metadata).toMatchObject(metadata);
    // Everything still has them, until somebody scavenges.
    const everything = await all(
      client.readAll({ fromPosition: position!, direction: BACKWARDS, maxCount: 20 }),
    );
    expect(everything.filter(({ streamId }) => streamId === stream)).toHaveLength(4);
    expect((await client.appendToStream(stream, event())).nextExpectedRevision).toBe(5n);
  });

  test('a repeated append of what is cut off succeeds without a position', async () => {
    const stream = freshStream();
    const given = events(2);
    await client.appendToStream(stream, given, { expectedRevision: 'no_stream' });
    await client.setStreamMetadata(stream, { truncateBefore: 2 });
    const again = await client.appendToStream(stream, given, { expectedRevision: 'no_stream' });
    expect(again).toEqual({ success: true, nextExpectedRevision: 1n, position: undefined });
  });

  test('a deleted stream is not found, and goes on behind what was', async () => {
    const stream = freshStream();
    await client.appendToStream(stream, events(2));
    await client.deleteStream(stream, { expectedRevision: 1n });
    await expect(revisions(stream)).rejects.toBeInstanceOf(StreamNotFoundError);
    const next = await client.appendToStream(stream, event(), { expectedRevision: 'no_stream' });
    expect(next.nextExpectedRevision).toBe(2n);
    expect(await revisions(stream)).toEqual([2n]);
  });

  test('a tombstone closes a stream for good', async () => {
    const stream = freshStream();
    await client.appendToStream(stream, events(2));
    await client.tombstoneStream(stream);
    await expect(revisions(stream)).rejects.toBeInstanceOf(StreamDeletedError);
    for (const options of [{}, UNARY]) {
      const appending = client.appendToStream(stream, event(), options);
      await expect(appending).rejects.toBeInstanceOf(StreamDeletedError);
    }
  });
});
