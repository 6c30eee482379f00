import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { START, StoreError } from '#kernel';
import type {
  EventStore,
  ExpectedRevision,
  LogFilter,
  NewEvent,
  Position,
  RecordedEvent,
} from '#kernel';

/** A store made for one test, with whatever it takes to remove it again. */
export interface StoreUnderTest {
  readonly store: EventStore;
  dispose(): Promise<void>;
}

/** A new event with an id of its own. */
export const anEvent = (data: NewEvent['data'] = {}, type = 'SomethingHappened'): NewEvent => ({
  id: randomUUID(),
  type,
  data,
  metadata: { actor: 'adviser-1' },
});

const someEvents = (count: number): NewEvent[] =>
  Array.from({ length: count }, (_, i) => anEvent({ i }));

/** What the writer gave, without what the store added. */
const given = ({ id, type, data, metadata }: RecordedEvent): NewEvent => ({
  id,
  type,
  data,
  metadata,
});

const refusal = (code: StoreError['code']) => ({ name: 'StoreError', code });

/**
 * What every event store promises, whatever it is made of. The log may hold other people's events already: each test
 * keeps to stream names of its own, and to the log behind the end it found.
 */
export function eventStoreContract(name: string, makeStore: () => Promise<StoreUnderTest>): void {
  describe(`${name}, as an event store,`, () => {
    let made: StoreUnderTest;
    let store: EventStore;
    let start: Position;
    /** A prefix no other test uses. */
    let own: string;

    beforeEach(async () => {
      made = await makeStore();
      store = made.store;
      start = await store.end();
      own = `contract-${randomUUID()}-`;
    });
    afterEach(() => made.dispose());

    const appended = async (
      stream: string,
      expected: ExpectedRevision,
      events: readonly NewEvent[],
    ) => {
      const answer = await store.append(stream, expected, events);
      if (!answer.appended) throw new Error(`refused: ${JSON.stringify(answer)}`);
      return answer;
    };

    /** The log behind `start`, read page by page. */
    const log = async (filter: LogFilter = { streamPrefixes: [own] }, limit = 100) => {
      const events: RecordedEvent[] = [];
      let after = start;
      for (;;) {
        const page = await store.readLog(after, { filter, limit });
        expect(page.events.length).toBeLessThanOrEqual(limit);
        events.push(...page.events);
        if (page.atEnd) return events;
        expect(page.scannedTo).toBeGreaterThan(after);
        after = page.scannedTo;
      }
    };

    describe('appending', () => {
      it('gives events revisions from 0 in their stream and ascending positions in the log', async () => {
        const first = await appended(`${own}a`, 'none', someEvents(2));
        const second = await appended(`${own}b`, 'none', someEvents(1));
        const third = await appended(`${own}a`, 1, someEvents(3));
        const fourth = await appended(`${own}a`, 'any', someEvents(1));

        expect([first, second, third, fourth].map((answer) => answer.revision)).toEqual([
          1, 0, 4, 5,
        ]);
        expect([first, second, third, fourth].every((answer) => !answer.repeated)).toBe(true);
        const events = await log();
        expect(events.map((event) => [event.stream.slice(own.length), event.revision])).toEqual([
          ['a', 0],
          ['a', 1],
          ['b', 0],
          ['a', 2],
          ['a', 3],
          ['a', 4],
          ['a', 5],
        ]);
        const positions = events.map((event) => event.position);
        expect(positions).toEqual(positions.toSorted((a, b) => a - b));
        expect(new Set(positions).size).toBe(positions.length);
        expect([first, second, third, fourth].map((answer) => answer.position)).toEqual([
          positions[1],
          positions[2],
          positions[5],
          positions[6],
        ]);
        expect(await store.end()).toBe(fourth.position);
      });

      it.each<[string, ExpectedRevision, number, number]>([
        ['none, on a stream with events', 'none', 2, 1],
        ['a revision the stream has passed', 0, 2, 1],
        ['a revision the stream has not reached', 2, 2, 1],
        ['a revision of a stream without events', 0, 0, -1],
      ])('answers a conflict with the last revision: %s', async (_, expected, before, actual) => {
        if (before > 0) await appended(`${own}a`, 'none', someEvents(before));
        expect(await store.append(`${own}a`, expected, someEvents(1))).toEqual({
          appended: false,
          reason: 'conflict',
          actual,
        });
        expect(await store.readStream(`${own}a`)).toHaveLength(before);
      });

      it('answers a repeated append as the first time, also when the stream has moved on', async () => {
        const [one, two, three, four] = [
          someEvents(1),
          someEvents(2),
          someEvents(1),
          someEvents(2),
        ];
        const answers = [
          await appended(`${own}a`, 'none', one),
          await appended(`${own}a`, 0, two),
          await appended(`${own}a`, 'any', three),
          await appended(`${own}a`, 3, four),
        ];
        const again = [
          await appended(`${own}a`, 'none', one),
          await appended(`${own}a`, 0, two),
          await appended(`${own}a`, 'any', three),
          await appended(`${own}a`, 3, four),
        ];
        expect(again).toEqual(answers.map((answer) => ({ ...answer, repeated: true })));
        expect(await appended(`${own}a`, 'any', two)).toEqual({ ...answers[1], repeated: true });
        expect(await store.readStream(`${own}a`)).toHaveLength(6);
      });

      it('refuses an id that is in the log already but not as this append, and writes nothing', async () => {
        const [a, b, c] = [anEvent(), anEvent(), anEvent()];
        await appended(`${own}a`, 'none', [a, b]);
        await appended(`${own}a`, 1, [c]);
        const taken = (event: NewEvent, revision: number) => ({
          appended: false,
          reason: 'id-taken',
          id: event.id,
          stream: `${own}a`,
          revision,
        });

        // Another stream; another revision; other neighbours; another order.
        expect(await store.append(`${own}b`, 'none', [anEvent(), b])).toEqual(taken(b, 1));
        expect(await store.append(`${own}b`, 'any', [a])).toEqual(taken(a, 0));
        expect(await store.append(`${own}a`, 2, [a])).toEqual(taken(a, 0));
        expect(await store.append(`${own}a`, 'none', [b])).toEqual(taken(b, 1));
        expect(await store.append(`${own}a`, 'none', [a, anEvent()])).toEqual(taken(a, 0));
        expect(await store.append(`${own}a`, 'any', [a, c])).toEqual(taken(a, 0));
        expect(await store.append(`${own}a`, 'any', [b, a])).toEqual(taken(b, 1));
        expect((await log()).map(given)).toEqual([a, b, c]);
      });

      it('takes concurrent appends to many streams, each once and each whole', async () => {
        const asked = Array.from({ length: 50 }, (_, i) => ({
          stream: `${own}${i}`,
          events: someEvents(1 + (i % 3)),
        }));
        await Promise.all(asked.map(({ stream, events }) => appended(stream, 'none', events)));
        for (const { stream, events } of asked) {
          expect((await store.readStream(stream)).map(given)).toEqual(events);
        }
        expect(await log()).toHaveLength(asked.reduce((sum, { events }) => sum + events.length, 0));
      });

      it('lets one of several concurrent writers of a stream win, and tells the others', async () => {
        const answers = await Promise.all(
          Array.from({ length: 10 }, () => store.append(`${own}a`, 'none', someEvents(2))),
        );
        expect(answers.filter((answer) => answer.appended)).toHaveLength(1);
        expect(answers.filter((answer) => !answer.appended)).toEqual(
          Array.from({ length: 9 }, () => ({ appended: false, reason: 'conflict', actual: 1 })),
        );
        expect(await store.readStream(`${own}a`)).toHaveLength(2);
      });

      it('stores one append asked for twice at once only once', async () => {
        const events = someEvents(3);
        const answers = await Promise.all([
          appended(`${own}a`, 'none', events),
          appended(`${own}a`, 'none', events),
        ]);
        expect(answers.filter((answer) => answer.repeated)).toHaveLength(1);
        expect(new Set(answers.map((answer) => answer.position)).size).toBe(1);
        expect(await store.readStream(`${own}a`)).toHaveLength(3);
      });

      it('gives back any JSON as it was given', async () => {
        const data = fc.dictionary(
          fc.string({ unit: 'binary' }),
          fc.jsonValue({ stringUnit: 'binary' }),
        );
        // JSON text has no negative zero.
        const asJson = data.map((value) => JSON.parse(JSON.stringify(value)) as NewEvent['data']);
        let n = 0;
        await fc.assert(
          fc.asyncProperty(asJson, asJson, async (data, metadata) => {
            const stream = `${own}${n++}`;
            const event: NewEvent = { ...anEvent(data), metadata };
            await appended(stream, 'none', [event]);
            expect((await store.readStream(stream)).map(given)).toEqual([event]);
          }),
          { numRuns: 50 },
        );
      });

      it('takes a copy: what the caller changes afterwards is not stored', async () => {
        const data = { status: 'proposed' };
        const answer = appended(`${own}a`, 'none', [anEvent(data)]);
        data.status = 'confirmed';
        await answer;
        expect((await store.readStream(`${own}a`))[0]?.data).toEqual({ status: 'proposed' });
      });

      class NotPlain {
        readonly field = 1;
      }
      const cyclic: Record<string, unknown> = {};
      cyclic['itself'] = cyclic;
      // What the types forbid and a careless caller brings all the same.
      const bad = (part: object): NewEvent => ({ ...anEvent(), ...part });

      it.each<[string, string, ExpectedRevision, readonly NewEvent[], RegExp]>([
        ['no stream name', '', 'none', [anEvent()], /stream/],
        ['a stream name over 200 characters', 'x'.repeat(201), 'none', [anEvent()], /200/],
        ['a stream name with a control character', 'a\nb', 'none', [anEvent()], /control/],
        ['a revision that is none', 'x', -1, [anEvent()], /revision/],
        ['half a revision', 'x', 0.5, [anEvent()], /revision/],
        ['no events', 'x', 'none', [], /at least one/],
        ['an id that is no UUID', 'x', 'none', [bad({ id: 'abc' })], /Event 0.*UUID/],
        [
          'an id in upper case',
          'x',
          'none',
          [bad({ id: randomUUID().toUpperCase() })],
          /lower case/,
        ],
        ['no type', 'x', 'none', [anEvent(), anEvent({}, '')], /Event 1.*type/],
        [
          'undefined in data',
          'x',
          'none',
          [bad({ data: { a: [{ b: undefined }] } })],
          /data\/a\/0\/b/,
        ],
        ['a date in data', 'x', 'none', [bad({ data: { at: new Date(0) } })], /data\/at is a Date/],
        ['NaN in data', 'x', 'none', [bad({ data: { a: NaN } })], /NaN/],
        [
          'a bigint in metadata',
          'x',
          'none',
          [bad({ metadata: { a: 1n } })],
          /metadata\/a is bigint/,
        ],
        ['a function in data', 'x', 'none', [bad({ data: { a: () => 1 } })], /data\/a is function/],
        ['an instance of a class', 'x', 'none', [bad({ data: { a: new NotPlain() } })], /NotPlain/],
        ['a list as data', 'x', 'none', [bad({ data: [] })], /object/],
        ['no metadata', 'x', 'none', [bad({ metadata: undefined })], /metadata/],
        ['data that contains itself', 'x', 'none', [bad({ data: cyclic })], /itself/],
      ])(
        'refuses %s, and its neighbours of the same moment go in',
        async (_, stream, expected, events, reason) => {
          const named = stream === 'x' ? `${own}bad` : stream;
          const [before, answer, after] = await Promise.allSettled([
            appended(`${own}before`, 'none', someEvents(1)),
            store.append(named, expected, events),
            appended(`${own}after`, 'none', someEvents(1)),
          ]);
          expect(answer).toMatchObject({
            status: 'rejected',
            reason: { ...refusal('invalid'), message: expect.stringMatching(reason) as unknown },
          });
          expect([before.status, after.status]).toEqual(['fulfilled', 'fulfilled']);
          expect((await log()).map((event) => event.stream)).toEqual([
            `${own}before`,
            `${own}after`,
          ]);
        },
      );

      it('refuses the same id twice in one append', async () => {
        const event = anEvent();
        await expect(store.append(`${own}a`, 'none', [event, event])).rejects.toMatchObject(
          refusal('invalid'),
        );
        expect(await log()).toEqual([]);
      });

      it('lets a conflict in the same moment hurt nobody else', async () => {
        await appended(`${own}a`, 'none', someEvents(1));
        const [taken] = await store.readStream(`${own}a`);
        const answers = await Promise.all([
          store.append(`${own}b`, 'none', someEvents(1)),
          store.append(`${own}a`, 'none', someEvents(1)),
          store.append(`${own}c`, 'none', [anEvent(), { ...anEvent(), id: taken?.id ?? '' }]),
          store.append(`${own}b`, 0, someEvents(1)),
        ]);
        expect(
          answers.map((answer) => (answer.appended ? answer.revision : answer.reason)),
        ).toEqual([0, 'conflict', 'id-taken', 1]);
        expect((await log()).map((event) => event.stream.slice(own.length))).toEqual([
          'a',
          'b',
          'b',
        ]);
      });
    });

    describe('reading a stream', () => {
      it('answers as slicing a list would: any start, direction and limit', async () => {
        await appended(`${own}a`, 'none', someEvents(6));
        await appended(`${own}other`, 'none', someEvents(1));
        await appended(`${own}a`, 5, someEvents(6));
        const all = await store.readStream(`${own}a`);
        expect(all.map((event) => event.revision)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
        expect(all.every((event) => event.stream === `${own}a`)).toBe(true);

        const optional = (max: number) => fc.option(fc.nat({ max }), { nil: undefined });
        await fc.assert(
          fc.asyncProperty(
            fc.boolean(),
            optional(14),
            optional(14),
            async (backwards, from, limit) => {
              const read = await store.readStream(`${own}a`, {
                direction: backwards ? 'backwards' : 'forwards',
                ...(from === undefined ? {} : { from }),
                ...(limit === undefined ? {} : { limit }),
              });
              const expected = backwards
                ? all.slice(0, (from ?? 11) + 1).toReversed()
                : all.slice(from ?? 0);
              expect(read).toEqual(expected.slice(0, limit ?? 12));
            },
          ),
          { numRuns: 100 },
        );
      });

      it('answers an unknown stream with nothing', async () => {
        expect(await store.readStream(`${own}nobody`)).toEqual([]);
        expect(
          await store.readStream(`${own}nobody`, { direction: 'backwards', limit: 1 }),
        ).toEqual([]);
      });

      it.each([{ from: -1 }, { from: 0.5 }, { limit: -1 }, { limit: NaN }])(
        'refuses %j',
        async (options) => {
          await expect(store.readStream(`${own}a`, options)).rejects.toMatchObject(
            refusal('invalid'),
          );
        },
      );
    });

    describe('reading the log', () => {
      const types = ['SchoolRegistered', 'IndicatorRead', 'CategoryConfirmed'];
      const streams = ['school-1', 'school-2', 'risk-1', 'category-%_1', 'sch'];

      it('gives each event that passes the filter once and in order, whatever the size of a page', async () => {
        const all: NewEvent[] = [];
        const streamOf = new Map<string, string>();
        for (let i = 0; i < 40; i++) {
          const event = anEvent({ i }, types[i % types.length]);
          const stream = own + (streams[(i * 7) % streams.length] ?? '');
          all.push(event);
          streamOf.set(event.id, stream);
          await appended(stream, 'any', [event]);
        }
        const prefixes = ['school-', 'sch', 'risk-1', 'category-%', 'none', ''].map(
          (prefix) => own + prefix,
        );
        await fc.assert(
          fc.asyncProperty(
            fc.subarray(prefixes, { minLength: 1 }),
            fc.option(fc.subarray([...types, 'Unheard']), { nil: undefined }),
            fc.integer({ min: 1, max: 50 }),
            async (streamPrefixes, wanted, limit) => {
              const filter = { streamPrefixes, ...(wanted === undefined ? {} : { types: wanted }) };
              const expected = all.filter(
                (event) =>
                  streamPrefixes.some((prefix) => streamOf.get(event.id)?.startsWith(prefix)) &&
                  (wanted?.includes(event.type) ?? true),
              );
              expect((await log(filter, limit)).map(given)).toEqual(expected);
            },
          ),
          { numRuns: 50 },
        );
      });

      it('is exclusive of where it starts', async () => {
        await appended(`${own}a`, 'none', someEvents(3));
        const [first, second, third] = await log();
        const page = await store.readLog(first?.position ?? start, {
          filter: { streamPrefixes: [own] },
        });
        expect(page.events.map((event) => event.position)).toEqual([
          second?.position,
          third?.position,
        ]);
      });

      it('has looked past what the filter left out, and says so', async () => {
        const { position } = await appended(`${own}a`, 'none', someEvents(3));
        const page = await store.readLog(start, { filter: { streamPrefixes: [`${own}b`] } });
        expect(page.events).toEqual([]);
        expect(page.scannedTo).toBeGreaterThanOrEqual(position);
        expect(page.atEnd).toBe(true);
      });

      it('an empty list lets nothing through, a missing one everything', async () => {
        await appended(`${own}a`, 'none', someEvents(2));
        expect(await log({ streamPrefixes: [] })).toEqual([]);
        expect(await log({ types: [] })).toEqual([]);
        expect((await log({})).filter((event) => event.stream.startsWith(own))).toHaveLength(2);
      });

      it('stands still at the end', async () => {
        const { position } = await appended(`${own}a`, 'none', someEvents(1));
        expect(await store.readLog(position)).toEqual({
          events: [],
          scannedTo: position,
          atEnd: true,
        });
      });

      it('refuses a page of no events', async () => {
        await expect(store.readLog(start, { limit: 0 })).rejects.toMatchObject(refusal('invalid'));
      });
    });

    describe('subscribing', () => {
      it('first gives what is there, then what comes, page after page', async () => {
        await appended(`${own}a`, 'none', someEvents(5));
        const pages = store.subscribe({
          after: start,
          filter: { streamPrefixes: [own] },
          pageSize: 2,
        });
        const seen: number[] = [];
        let appends = 5;
        for await (const page of pages) {
          expect(page.events.length).toBeLessThanOrEqual(2);
          seen.push(...page.events.map((event) => event.revision));
          if (seen.length >= 8) break;
          if (page.atEnd && appends < 8) void store.append(`${own}a`, appends++ - 1, someEvents(1));
        }
        expect(seen).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
      });

      it('says that it has caught up even when there is nothing', async () => {
        for await (const page of store.subscribe({
          after: start,
          filter: { streamPrefixes: [own] },
        })) {
          expect(page.events).toEqual([]);
          if (page.atEnd) break;
        }
      });

      it('misses nothing and doubles nothing while many append', async () => {
        const total = 300;
        const filter = { streamPrefixes: [own] };
        const follow = async (after: Position, pageSize: number, until: number) => {
          const seen: RecordedEvent[] = [];
          let last = after;
          for await (const page of store.subscribe({ after, filter, pageSize })) {
            expect(page.scannedTo).toBeGreaterThanOrEqual(last);
            last = page.scannedTo;
            seen.push(...page.events);
            if (seen.length >= until) break;
            // A slow reader now and then: the log grows under it.
            if (seen.length % 7 === 0) await new Promise(setImmediate);
          }
          return seen;
        };
        const followers = [1, 3, 50, 500].map((pageSize) => follow(start, pageSize, total));
        const write = async (writer: number) => {
          for (let i = 0; i < total / 10; i++)
            await appended(`${own}${writer}`, i === 0 ? 'none' : i - 1, [anEvent({ i })]);
        };
        await Promise.all(Array.from({ length: 10 }, (_, writer) => write(writer)));
        const all = await log();
        expect(all).toHaveLength(total);
        for (const seen of await Promise.all(followers)) expect(seen).toEqual(all);
        const middle = all[total / 2]?.position ?? start;
        expect(await follow(middle, 10, total / 2 - 1)).toEqual(all.slice(total / 2 + 1));
      });

      it('reads the next page only when the last one has been consumed', async () => {
        await appended(`${own}a`, 'none', someEvents(1));
        const pages = store
          .subscribe({ after: start, filter: { streamPrefixes: [own] } })
          [Symbol.asyncIterator]();
        let first = await pages.next();
        while (first.done !== true && first.value.events.length === 0) first = await pages.next();
        // These come while the first page is in hand; had the second been read ahead, it could not hold both.
        await appended(`${own}a`, 0, someEvents(1));
        await appended(`${own}a`, 1, someEvents(1));
        const second = await pages.next();
        expect(
          second.done === true ? [] : second.value.events.map((event) => event.revision),
        ).toEqual([1, 2]);
        await pages.return?.();
      });

      it.each(['before it begins', 'with a page in hand', 'while it waits'])(
        'ends normally when aborted %s',
        async (when) => {
          await appended(`${own}a`, 'none', someEvents(2));
          const stop = new AbortController();
          if (when === 'before it begins') stop.abort();
          let pages = 0;
          const filter = { streamPrefixes: [own] };
          for await (const page of store.subscribe({ after: start, filter, signal: stop.signal })) {
            pages++;
            if (when === 'with a page in hand') stop.abort();
            if (when === 'while it waits' && page.atEnd) {
              setTimeout(() => {
                stop.abort();
              }, 20);
            }
            if (stop.signal.aborted) void store.append(`${own}a`, 'any', someEvents(1));
          }
          expect(stop.signal.aborted).toBe(true);
          if (when === 'before it begins') expect(pages).toBe(0);
          if (when === 'with a page in hand') expect(pages).toBe(1);
        },
      );

      it('throws when the store closes under it: it never just stops', async () => {
        const caughtUp = Promise.withResolvers<undefined>();
        const following = (async () => {
          for await (const page of store.subscribe({ after: start })) {
            if (page.atEnd) caughtUp.resolve(undefined);
          }
        })();
        await caughtUp.promise;
        const ended = expect(following).rejects.toMatchObject(refusal('closed'));
        await store.close();
        await ended;
      });
    });

    describe('time', () => {
      it('is recorded by the store in UTC with milliseconds, and never goes backwards', async () => {
        for (let i = 0; i < 20; i++)
          await appended(`${own}${i % 3}`, 'any', someEvents(1 + (i % 2)));
        const times = (await log()).map((event) => event.recordedAt);
        for (const time of times) expect(time).toBe(new Date(time).toISOString());
        expect(times).toEqual(times.toSorted());
      });

      it('finds the last event recorded at or before an instant', async () => {
        for (let i = 0; i < 10; i++) await appended(`${own}a`, 'any', someEvents(1));
        const all = await log({});
        for (const { recordedAt } of all) {
          const last = all.findLast((event) => event.recordedAt <= recordedAt);
          expect(await store.positionAt(recordedAt)).toBe(last?.position);
        }
        expect(await store.positionAt('1970-01-01T00:00:00.000Z')).toBe(START);
        expect(await store.positionAt('9999-12-31T23:59:59.999Z')).toBe(await store.end());
      });

      it.each(['yesterday', '2026-11-23', '2026-11-23T18:20:00.000+01:00'])(
        'refuses %s as an instant',
        async (instant) => {
          await expect(store.positionAt(instant)).rejects.toMatchObject(refusal('invalid'));
        },
      );
    });

    describe('closing', () => {
      it('first stores what has been asked for, then answers everything with "closed"', async () => {
        const asked = appended(`${own}a`, 'none', someEvents(1));
        await store.close();
        await expect(asked).resolves.toMatchObject({ appended: true, revision: 0 });
        const afterwards: (() => Promise<unknown>)[] = [
          () => store.append(`${own}a`, 'any', someEvents(1)),
          () => store.readStream(`${own}a`),
          () => store.readLog(start),
          () => store.subscribe({ after: start })[Symbol.asyncIterator]().next(),
          () => store.end(),
          () => store.positionAt('2026-11-23T18:20:00.000Z'),
        ];
        for (const call of afterwards)
          await expect(call()).rejects.toMatchObject(refusal('closed'));
        await expect(store.close()).resolves.toBeUndefined();
      });
    });
  });
}
