import fc from 'fast-check';
import { START } from '#kernel';
import type { NewEvent, Position, RecordedEvent } from '#kernel';
import { appendingContract } from './event-store-appending';
import { anEvent, given, Ground, refusal, someEvents } from './event-store-ground';
import type { StoreUnderTest } from './event-store-ground';
import { movingContract } from './event-store-moving';
import type { EmptyStore } from './event-store-moving';

/**
 * What every event store promises, whatever it is made of. The log may hold other people's events already: each test
 * keeps to stream names of its own, and to the log behind the end it found. Only a history that moves needs a store that
 * holds nothing: `makeEmpty` is left out where none can be had.
 */
export function eventStoreContract(
  name: string,
  makeStore: () => Promise<StoreUnderTest>,
  makeEmpty?: () => Promise<EmptyStore>,
): void {
  describe(`${name}, as an event store,`, () => {
    const t = new Ground();
    beforeEach(() => t.begin(makeStore));
    afterEach(() => t.end());

    appendingContract(t);
    movingContract(t, makeEmpty);

    describe('reading a stream', () => {
      it('answers as slicing a list would: any start, direction and limit', async () => {
        await t.appended('a', 'none', someEvents(6));
        await t.appended('other', 'none', someEvents(1));
        await t.appended('a', 5, someEvents(6));
        const all = await t.store.readStream(`${t.own}a`);
        expect(all.map((event) => event.revision)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
        expect(all.every((event) => event.stream === `${t.own}a`)).toBe(true);

        const optional = (max: number) => fc.option(fc.nat({ max }), { nil: undefined });
        await fc.assert(
          fc.asyncProperty(
            fc.boolean(),
            optional(14),
            optional(14),
            async (backwards, from, limit) => {
              const read = await t.store.readStream(`${t.own}a`, {
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
        expect(await t.store.readStream(`${t.own}nobody`)).toEqual([]);
        expect(
          await t.store.readStream(`${t.own}nobody`, { direction: 'backwards', limit: 1 }),
        ).toEqual([]);
      });

      it.each([{ from: -1 }, { from: 0.5 }, { limit: -1 }, { limit: NaN }])(
        'refuses %j',
        async (options) => {
          await expect(t.store.readStream(`${t.own}a`, options)).rejects.toThrow(
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
          const name = streams[(i * 7) % streams.length] ?? '';
          all.push(event);
          streamOf.set(event.id, t.own + name);
          await t.appended(name, 'any', [event]);
        }
        const prefixes = ['school-', 'sch', 'risk-1', 'category-%', 'none', ''].map(
          (prefix) => t.own + prefix,
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
              expect((await t.log(filter, limit)).map(given)).toEqual(expected);
            },
          ),
          { numRuns: 50 },
        );
      });

      it('is exclusive of where it starts', async () => {
        await t.appended('a', 'none', someEvents(3));
        const [first, second, third] = await t.log();
        const page = await t.store.readLog(first?.position ?? t.start, {
          filter: { streamPrefixes: [t.own] },
        });
        expect(page.events.map((event) => event.position)).toEqual([
          second?.position,
          third?.position,
        ]);
      });

      it('has looked past what the filter left out, and says so', async () => {
        const { position } = await t.appended('a', 'none', someEvents(3));
        const page = await t.store.readLog(t.start, { filter: { streamPrefixes: [`${t.own}b`] } });
        expect(page.events).toEqual([]);
        expect(page.scannedTo).toBeGreaterThanOrEqual(position);
        expect(page.atEnd).toBe(true);
      });

      it('an empty list lets nothing through, a missing one everything', async () => {
        await t.appended('a', 'none', someEvents(2));
        expect(await t.log({ streamPrefixes: [] })).toEqual([]);
        expect(await t.log({ types: [] })).toEqual([]);
        expect((await t.log({})).filter((event) => event.stream.startsWith(t.own))).toHaveLength(2);
      });

      it('stands still at the end', async () => {
        const { position } = await t.appended('a', 'none', someEvents(1));
        expect(await t.store.readLog(position)).toEqual({
          events: [],
          scannedTo: position,
          atEnd: true,
        });
      });

      it('refuses a page of no events', async () => {
        await expect(t.store.readLog(t.start, { limit: 0 })).rejects.toThrow(refusal('invalid'));
      });
    });

    describe('subscribing', () => {
      it('first gives what is there, then what comes, page after page', async () => {
        await t.appended('a', 'none', someEvents(5));
        const pages = t.store.subscribe({
          after: t.start,
          filter: { streamPrefixes: [t.own] },
          pageSize: 2,
        });
        const seen: number[] = [];
        let appends = 5;
        for await (const page of pages) {
          expect(page.events.length).toBeLessThanOrEqual(2);
          seen.push(...page.events.map((event) => event.revision));
          if (seen.length >= 8) break;
          if (page.atEnd && appends < 8)
            void t.store.append(`${t.own}a`, appends++ - 1, someEvents(1));
        }
        expect(seen).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
      });

      it('says that it has caught up even when there is nothing', async () => {
        for await (const page of t.store.subscribe({
          after: t.start,
          filter: { streamPrefixes: [t.own] },
        })) {
          expect(page.events).toEqual([]);
          if (page.atEnd) break;
        }
      });

      it('misses nothing and doubles nothing while many append', async () => {
        const total = 300;
        const filter = { streamPrefixes: [t.own] };
        const follow = async (after: Position, pageSize: number, until: number) => {
          const seen: RecordedEvent[] = [];
          let last = after;
          for await (const page of t.store.subscribe({ after, filter, pageSize })) {
            expect(page.scannedTo).toBeGreaterThanOrEqual(last);
            last = page.scannedTo;
            seen.push(...page.events);
            if (seen.length >= until) break;
            // A slow reader now and then: the log grows under it.
            if (seen.length % 7 === 0) await new Promise(setImmediate);
          }
          return seen;
        };
        const followers = [1, 3, 50, 500].map((pageSize) => follow(t.start, pageSize, total));
        const write = async (writer: number) => {
          for (let i = 0; i < total / 10; i++)
            await t.appended(`${writer}`, i === 0 ? 'none' : i - 1, [anEvent({ i })]);
        };
        await Promise.all(Array.from({ length: 10 }, (_, writer) => write(writer)));
        const all = await t.log();
        expect(all).toHaveLength(total);
        for (const seen of await Promise.all(followers)) expect(seen).toEqual(all);
        const middle = all[total / 2]?.position ?? t.start;
        expect(await follow(middle, 10, total / 2 - 1)).toEqual(all.slice(total / 2 + 1));
      });

      it('reads the next page only when the last one has been consumed', async () => {
        await t.appended('a', 'none', someEvents(1));
        const pages = t.store
          .subscribe({ after: t.start, filter: { streamPrefixes: [t.own] } })
          [Symbol.asyncIterator]();
        let first = await pages.next();
        while (first.done !== true && first.value.events.length === 0) first = await pages.next();
        // These come while the first page is in hand; had the second been read ahead, it could not hold both.
        await t.appended('a', 0, someEvents(1));
        await t.appended('a', 1, someEvents(1));
        const second = await pages.next();
        expect(
          second.done === true ? [] : second.value.events.map((event) => event.revision),
        ).toEqual([1, 2]);
        await pages.return?.();
      });

      it.each(['before it begins', 'with a page in hand', 'while it waits'])(
        'ends normally when aborted %s',
        async (when) => {
          await t.appended('a', 'none', someEvents(2));
          const stop = new AbortController();
          if (when === 'before it begins') stop.abort();
          let pages = 0;
          const filter = { streamPrefixes: [t.own] };
          for await (const page of t.store.subscribe({
            after: t.start,
            filter,
            signal: stop.signal,
          })) {
            pages++;
            if (when === 'with a page in hand') stop.abort();
            if (when === 'while it waits' && page.atEnd) {
              setTimeout(() => {
                stop.abort();
              }, 20);
            }
            if (stop.signal.aborted) void t.store.append(`${t.own}a`, 'any', someEvents(1));
          }
          expect(stop.signal.aborted).toBe(true);
          if (when === 'before it begins') expect(pages).toBe(0);
          if (when === 'with a page in hand') expect(pages).toBe(1);
        },
      );

      it('throws when the store closes under it: it never just stops', async () => {
        const caughtUp = Promise.withResolvers<undefined>();
        const following = (async () => {
          for await (const page of t.store.subscribe({ after: t.start })) {
            if (page.atEnd) caughtUp.resolve(undefined);
          }
        })();
        await caughtUp.promise;
        const ended = expect(following).rejects.toThrow(refusal('closed'));
        await t.store.close();
        await ended;
      });
    });

    describe('time', () => {
      it('is recorded by the store in UTC with milliseconds, and never goes backwards', async () => {
        for (let i = 0; i < 20; i++) await t.appended(`${i % 3}`, 'any', someEvents(1 + (i % 2)));
        const times = (await t.log()).map((event) => event.recordedAt);
        for (const time of times) expect(time).toBe(new Date(time).toISOString());
        expect(times).toEqual(times.toSorted());
      });

      it('finds the last event recorded at or before an instant', async () => {
        for (let i = 0; i < 10; i++) await t.appended('a', 'any', someEvents(1));
        const all = await t.log({});
        for (const { recordedAt } of all) {
          const last = all.findLast((event) => event.recordedAt <= recordedAt);
          expect(await t.store.positionAt(recordedAt)).toBe(last?.position);
        }
        expect(await t.store.positionAt('1970-01-01T00:00:00.000Z')).toBe(START);
        expect(await t.store.positionAt('9999-12-31T23:59:59.999Z')).toBe(await t.store.end());
      });

      it.each(['yesterday', '2026-11-23', '2026-11-23T18:20:00.000+01:00'])(
        'refuses %s as an instant',
        async (instant) => {
          await expect(t.store.positionAt(instant)).rejects.toThrow(refusal('invalid'));
        },
      );
    });

    describe('closing', () => {
      it('first stores what has been asked for, then answers everything with "closed"', async () => {
        const asked = t.appended('a', 'none', someEvents(1));
        await t.store.close();
        await expect(asked).resolves.toMatchObject({ appended: true, revision: 0 });
        const afterwards: (() => Promise<unknown>)[] = [
          () => t.store.append(`${t.own}a`, 'any', someEvents(1)),
          () => t.store.readStream(`${t.own}a`),
          () => t.store.readLog(t.start),
          () => t.store.subscribe({ after: t.start })[Symbol.asyncIterator]().next(),
          () => t.store.end(),
          () => t.store.positionAt('2026-11-23T18:20:00.000Z'),
        ];
        for (const call of afterwards) await expect(call()).rejects.toThrow(refusal('closed'));
        await expect(t.store.close()).resolves.toBeUndefined();
      });
    });
  });
}
