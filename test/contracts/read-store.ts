import fc from 'fast-check';
import { NotThereYet, START, StoreError } from '#kernel';
import type {
  CollectionSpec,
  DocumentVersion,
  Filter,
  Found,
  JsonObject,
  ListOptions,
  Position,
  ReadStore,
} from '#kernel';
import { aHistory, expectedList, filters, sorts } from './read-store-histories';

/** An empty store made for one test, with whatever it takes to remove it again. */
export interface ReadStoreUnderTest {
  readonly store: ReadStore;
  /** The same documents through a connection of its own, as another process has them. Closed by the test. */
  another(): Promise<ReadStore>;
  dispose(): Promise<void>;
}

/** Small documents of which many versions are written. */
export const notes: CollectionSpec = { name: 'notes', fixed: ['school', 'place'] };
/** Rows that never change. */
export const rows: CollectionSpec = { name: 'journey-rows', fixed: ['school', 'position'] };
/** Found by key alone. */
export const counters: CollectionSpec = { name: 'counters', fixed: [] };
export const collections = [notes, rows, counters];

export const at = (position: number): Position => position as Position;

export const note = (key: string, knownFrom: number, body: JsonObject | null): DocumentVersion => ({
  collection: notes.name,
  key,
  knownFrom: at(knownFrom),
  body: body && { school: 's1', place: 1, ...body },
});
const counter = (key: string, knownFrom: number, value: number): DocumentVersion => ({
  collection: counters.name,
  key,
  knownFrom: at(knownFrom),
  body: { value },
});

const refusal = (code: StoreError['code'], says: RegExp) =>
  expect.objectContaining({
    name: 'StoreError',
    code,
    message: expect.stringMatching(says) as string,
  });

/** What every read store promises, whatever it is made of. */
export function readStoreContract(
  name: string,
  makeStore: () => Promise<ReadStoreUnderTest>,
): void {
  describe(`${name}, as a read store,`, () => {
    let made: ReadStoreUnderTest;
    let store: ReadStore;

    beforeEach(async () => {
      made = await makeStore();
      store = made.store;
    });
    afterEach(() => made.dispose());

    const everything = async (position?: number, collection = notes) =>
      (await store.snapshot(position === undefined ? {} : { at: at(position) })).list(collection);
    const textsOf = (found: readonly Found<JsonObject>[]) => found.map(({ body }) => body['text']);

    describe('before anything is written', () => {
      it('reads an empty generation at the start', async () => {
        const snapshot = await store.snapshot();
        expect(snapshot.position).toBe(START);
        expect(await snapshot.list(notes)).toEqual([]);
        expect(await snapshot.get(notes, 'a')).toBeUndefined();
        expect(await snapshot.count(notes)).toBe(0);
        expect(await store.checkpoint()).toBe(START);
        expect(await store.checkpoint('v1')).toBe(START);
        expect(await store.latest('v1', notes.name, ['a'], START)).toEqual([undefined]);
        expect(await store.generations()).toEqual([]);
      });

      it('still reads empty when a generation was written and none made active', async () => {
        await store.writePage('v1', [note('a', 1, { text: 'one' })], at(1));
        expect((await store.snapshot()).position).toBe(START);
        expect(await everything()).toEqual([]);
      });
    });

    describe('writing a page', () => {
      beforeEach(async () => {
        await store.writePage('v1', [], START);
        await store.activate('v1');
      });

      it('gives back what was written, with the position it is known from', async () => {
        const body = {
          school: 's1',
          place: 1,
          text: 'Ünï\u0000cödé 🏫',
          list: [1, null, { a: true }],
        };
        await store.writePage('v1', [{ ...note('a', 3, {}), body }], at(5));
        const found = { key: 'a', knownFrom: 3, body };
        expect(await (await store.snapshot()).get(notes, 'a')).toEqual(found);
        expect(await everything()).toEqual([found]);
        expect(await store.latest('v1', notes.name, ['b', 'a'], at(5))).toEqual([
          undefined,
          { collection: notes.name, ...found },
        ]);
        expect(await store.checkpoint()).toBe(5);
      });

      it('keeps several versions of one document within a page', async () => {
        const versions = [1, 2, 3].map((p) => note('a', p, { text: `at ${p}` }));
        await store.writePage('v1', versions, at(3));
        expect(textsOf(await everything(1))).toEqual(['at 1']);
        expect(textsOf(await everything(2))).toEqual(['at 2']);
        expect(textsOf(await everything())).toEqual(['at 3']);
      });

      it('changes nothing when the same page comes twice, or an older one after a newer', async () => {
        const first = [
          note('a', 1, { text: 'a1' }),
          note('b', 2, { text: 'b2' }),
          note('a', 2, { text: 'a2' }),
        ];
        const second = [
          note('a', 3, { text: 'a3' }),
          note('b', 4, null),
          note('c', 4, { text: 'c4' }),
        ];
        await store.writePage('v1', first, at(2));
        await store.writePage('v1', second, at(4));
        const before = await Promise.all([1, 2, 3, 4].map((p) => everything(p)));
        expect(before.map(textsOf)).toEqual([['a1'], ['a2', 'b2'], ['a3', 'b2'], ['a3', 'c4']]);
        for (const [page, checkpoint] of [
          [second, 4],
          [first, 2],
          [first, 2],
          [second, 4],
        ] as const) {
          await store.writePage('v1', page, at(checkpoint));
          expect(await Promise.all([1, 2, 3, 4].map((p) => everything(p)))).toEqual(before);
          expect(await store.checkpoint()).toBe(4);
        }
      });

      it('takes a document’s end that is written before its beginning', async () => {
        await store.writePage('v1', [note('a', 2, null)], at(2));
        expect(await everything()).toEqual([]);
        await store.writePage('v1', [note('a', 1, { text: 'a1' })], at(1));
        expect(await everything()).toEqual([]);
        const early = await store.snapshot({ at: at(1) });
        expect(textsOf(await early.list(notes, { filter: { school: 's1' } }))).toEqual(['a1']);
      });

      it('never moves the checkpoint back', async () => {
        await store.writePage('v1', [], at(9));
        await store.writePage('v1', [], at(4));
        expect(await store.checkpoint()).toBe(9);
      });

      it('ends a document by a version without a body, and may begin it again', async () => {
        await store.writePage('v1', [note('a', 1, { text: 'first' })], at(1));
        await store.writePage('v1', [note('a', 2, null)], at(2));
        const snapshot = await store.snapshot();
        expect(await snapshot.get(notes, 'a')).toBeUndefined();
        expect(await snapshot.count(notes)).toBe(0);
        expect(await store.latest('v1', notes.name, ['a'], at(2))).toEqual([undefined]);
        await store.writePage('v1', [note('a', 3, { text: 'again' })], at(3));
        expect(await Promise.all([1, 2, 3].map(async (p) => textsOf(await everything(p))))).toEqual(
          [['first'], [], ['again']],
        );
      });

      it('answers latest as of a position, before the checkpoint and behind it', async () => {
        const versions = [
          note('a', 1, { text: 'a1' }),
          note('a', 3, { text: 'a3' }),
          note('a', 5, null),
        ];
        await store.writePage('v1', versions, at(6));
        const latest = async (position: number) => {
          const [found] = await store.latest('v1', notes.name, ['a'], at(position));
          return found?.body?.['text'];
        };
        expect(await Promise.all([0, 1, 2, 3, 4, 5, 9].map(latest))).toEqual([
          undefined,
          'a1',
          'a1',
          'a3',
          'a3',
          undefined,
          undefined,
        ]);
      });

      it('answers latest for a thousand keys in the order asked', async () => {
        const keys = Array.from({ length: 1000 }, (_, i) => `counter-${(i * 7919) % 1000}`);
        const versions = keys.map((key, i) => counter(key, 1, i));
        await store.writePage('v1', versions, at(1));
        expect(await store.latest('v1', counters.name, keys, at(1))).toEqual(versions);
      });

      it.each<[string, DocumentVersion, RegExp]>([
        ['an unknown collection', { ...note('b', 2, {}), collection: 'rumours' }, /rumours/],
        [
          'a missing fixed field',
          { ...note('b', 2, {}), body: { school: 's1' } },
          /notes\/b.*place is missing/,
        ],
        [
          'a fixed field that is a list',
          { ...note('b', 2, {}), body: { school: ['s1'], place: 1 } },
          /school is neither/,
        ],
        ['a fixed field that changes', note('a', 2, { place: 2 }), /notes\/a.*place/],
        ['an empty key', note('', 2, {}), /empty/],
        ['a key that is no Unicode text', note('\ud800', 2, {}), /key/],
        ['a version from behind the page', note('b', 3, {}), /notes\/b is known from 3/],
        ['a version from the start of the log', note('b', 0, {}), /notes\/b is known from 0/],
      ])('refuses %s and writes nothing of its page', async (_, bad, says) => {
        await store.writePage('v1', [note('a', 1, { text: 'a1' })], at(1));
        const page = [note('a', 2, { text: 'a2' }), note('good', 2, {}), bad];
        await expect(store.writePage('v1', page, at(2))).rejects.toEqual(refusal('invalid', says));
        expect(textsOf(await everything())).toEqual(['a1']);
        expect(await store.checkpoint()).toBe(1);
      });

      it('shows all of a page or nothing of it, however reads and writes fall', async () => {
        const other = await made.another();
        const seen: number[] = [];
        const read = async (from: ReadStore) => {
          const snapshot = await from.snapshot();
          const values = (await snapshot.list<{ value: number }>(counters)).map(
            (d) => d.body.value,
          );
          expect(new Set(values)).toEqual(
            new Set(snapshot.position === START ? [] : [snapshot.position]),
          );
          expect(values).toHaveLength(snapshot.position === START ? 0 : 40);
          seen.push(snapshot.position);
        };
        const pages = Array.from({ length: 30 }, (_, i) => i + 1);
        await Promise.all([
          (async () => {
            for (const p of pages) {
              const page = Array.from({ length: 40 }, (_, i) => counter(`c${i}`, p, p));
              await store.writePage('v1', page, at(p));
            }
          })(),
          (async () => {
            while (seen.at(-1) !== 30) await Promise.all([read(store), read(other)]);
          })(),
        ]);
        await other.close();
        expect(seen.at(-1)).toBe(30);
      });
    });

    describe('a snapshot', () => {
      beforeEach(async () => {
        await store.writePage(
          'v1',
          [note('a', 1, { text: 'a1' }), note('b', 2, { text: 'b2' })],
          at(2),
        );
        await store.activate('v1');
      });

      it('stays as it was taken, whatever is written afterwards', async () => {
        const snapshot = await store.snapshot();
        await store.writePage(
          'v1',
          [note('a', 3, { text: 'a3' }), note('b', 4, null), note('c', 4, {})],
          at(4),
        );
        expect(snapshot.position).toBe(2);
        expect(textsOf(await snapshot.list(notes))).toEqual(['a1', 'b2']);
        expect(await snapshot.count(notes)).toBe(2);
        expect((await snapshot.get(notes, 'b'))?.body['text']).toBe('b2');
        expect(await snapshot.get(notes, 'c')).toBeUndefined();
        expect((await store.snapshot()).position).toBe(4);
      });

      it('is refused beyond the checkpoint', async () => {
        const refused = store.snapshot({ at: at(3) });
        await expect(refused).rejects.toBeInstanceOf(NotThereYet);
        await expect(refused).rejects.toMatchObject({ asked: 3, reached: 2 });
      });

      it('keeps to its generation when another is made active', async () => {
        const snapshot = await store.snapshot();
        await store.writePage('v2', [note('z', 1, { text: 'z1' })], at(7));
        await store.activate('v2');
        expect(textsOf(await snapshot.list(notes))).toEqual(['a1', 'b2']);
        expect(textsOf(await everything())).toEqual(['z1']);
        expect((await store.snapshot({ generation: 'v1' })).position).toBe(2);
      });

      it('refuses an unknown collection and names it', async () => {
        const snapshot = await store.snapshot();
        const rumours = { name: 'rumours', fixed: [] };
        await expect(snapshot.list(rumours)).rejects.toEqual(refusal('invalid', /rumours/));
        await expect(snapshot.get(rumours, 'a')).rejects.toEqual(refusal('invalid', /rumours/));
        await expect(snapshot.count(rumours)).rejects.toEqual(refusal('invalid', /rumours/));
        await expect(store.latest('v1', 'rumours', ['a'], at(2))).rejects.toEqual(
          refusal('invalid', /rumours/),
        );
      });

      it('finds nothing in a collection nothing was written to', async () => {
        expect(await everything(undefined, rows)).toEqual([]);
      });

      it.each<[string, ListOptions]>([
        ['an operator that is not there', { filter: { text: { $sounds: 'like' } } }],
        ['code', { filter: { $where: 'this.text' } }],
        ['a limit below nothing', { limit: -1 }],
        ['half a document to skip', { skip: 0.5 }],
        ['an order by a list', { sort: { tags: 1 } }],
      ])('refuses %s', async (_, options) => {
        await store.writePage(
          'v1',
          [note('c', 3, { tags: ['x'] }), note('d', 3, { tags: ['y'] })],
          at(3),
        );
        const snapshot = await store.snapshot();
        await expect(snapshot.list(notes, options)).rejects.toEqual(refusal('invalid', /./));
      });
    });

    describe('a list', () => {
      const keysOf = async (options: ListOptions, collection = rows) =>
        (await (await store.snapshot()).list(collection, options)).map(({ key }) => key);

      beforeEach(async () => {
        const journey = Array.from({ length: 60 }, (_, i): DocumentVersion => {
          const position = i + 1;
          const body = { school: `s${position % 3}`, position, kind: i % 2 === 0 ? 'even' : 'odd' };
          return {
            collection: rows.name,
            key: `r${String(position).padStart(2, '0')}`,
            knownFrom: at(position),
            body,
          };
        });
        await store.writePage('v1', journey, at(60));
        await store.activate('v1');
      });

      it('is paged by skip and limit in a total order', async () => {
        const newest = { filter: { school: 's0' }, sort: { position: -1 } } as const;
        expect(await keysOf({ ...newest, limit: 3 })).toEqual(['r60', 'r57', 'r54']);
        expect(await keysOf({ ...newest, skip: 3, limit: 2 })).toEqual(['r51', 'r48']);
        expect(await keysOf({ ...newest, skip: 19 })).toEqual(['r03']);
        expect(await keysOf({ ...newest, skip: 20, limit: 5 })).toEqual([]);
        expect(await keysOf({ limit: 0 })).toEqual([]);
      });

      it('breaks ties by key, also when the order goes down', async () => {
        expect(await keysOf({ sort: { school: -1 }, limit: 3 })).toEqual(['r02', 'r05', 'r08']);
        expect(await keysOf({ sort: { kind: -1 }, limit: 3 })).toEqual(['r02', 'r04', 'r06']);
      });

      it('joins fixed and other fields in one filter', async () => {
        const filter = { school: 's0', position: { $gt: 10, $lte: 30 }, kind: 'odd' };
        expect(await keysOf({ filter, sort: { position: 1 } })).toEqual([
          'r12',
          'r18',
          'r24',
          'r30',
        ]);
        expect(await keysOf({ filter, sort: { position: 1 }, skip: 1, limit: 2 })).toEqual([
          'r18',
          'r24',
        ]);
        expect(await keysOf({ filter: { ...filter, position: { $in: [12, 13] } } })).toEqual([
          'r12',
        ]);
        expect(await (await store.snapshot()).count(rows, filter)).toBe(4);
      });

      it('orders texts by code point, in fixed fields, other fields and keys alike', async () => {
        // In UTF-16 units 🏫 (U+1F3EB) would come before U+FF21; by code point it comes after.
        const texts = ['🏫', '\uff21', 'b', 'a'];
        const versions = texts.map((text) => note(text, 61, { school: text, text }));
        await store.writePage('v1', versions, at(61));
        const byCodePoint = ['a', 'b', '\uff21', '🏫'];
        expect(await keysOf({ sort: { school: 1 } }, notes)).toEqual(byCodePoint);
        expect(await keysOf({ sort: { text: 1 } }, notes)).toEqual(byCodePoint);
        expect(await keysOf({}, notes)).toEqual(byCodePoint);
        expect(await keysOf({ filter: { nothing: null } }, notes)).toEqual(byCodePoint);
        expect(await keysOf({ sort: { nothing: 1 } }, notes)).toEqual(byCodePoint);
      });
    });

    it('equals a brute-force fold of the versions, at every position and for every filter', async () => {
      let runs = 0;
      await fc.assert(
        fc.asyncProperty(aHistory(notes), async ({ pages, reads }) => {
          const generation = `run-${runs++}`;
          for (const { versions, checkpoint } of pages) {
            await store.writePage(generation, versions, checkpoint);
          }
          const versions = pages.flatMap((page) => page.versions);
          for (const read of reads) {
            const end = await store.checkpoint(generation);
            const position = at(Math.floor(read.share * end));
            const snapshot = await store.snapshot({ at: position, generation });
            const filter = filters[read.filter] as (typeof filters)[number];
            const sort = sorts[read.sort] as (typeof sorts)[number];
            const { skip, limit } = read;
            const whole = expectedList(versions, position, filter.holds, sort);
            const options = { filter: filter.filter as Filter, sort, skip, limit };
            expect(await snapshot.list(notes, options)).toEqual(whole.slice(skip, skip + limit));
            expect(await snapshot.count(notes, filter.filter)).toBe(whole.length);
            for (const { key } of versions.slice(0, 5)) {
              const expected = expectedList(versions, position, () => true, {}).find(
                (d) => d.key === key,
              );
              expect(await snapshot.get(notes, key)).toEqual(expected);
            }
          }
        }),
        { numRuns: 60 },
      );
    });

    describe('generations', () => {
      beforeEach(async () => {
        await store.writePage('v1', [note('a', 1, { text: 'old' })], at(1));
        await store.activate('v1');
        await store.writePage('v2', [note('a', 1, { text: 'new' })], at(3));
      });

      it('stand side by side, each with its checkpoint', async () => {
        expect(await store.generations()).toEqual([
          { name: 'v1', checkpoint: 1, active: true },
          { name: 'v2', checkpoint: 3, active: false },
        ]);
        expect(textsOf(await everything())).toEqual(['old']);
        const next = await store.snapshot({ generation: 'v2' });
        expect(textsOf(await next.list(notes))).toEqual(['new']);
        expect(await store.checkpoint('v2')).toBe(3);
      });

      it('are switched by one act, and back', async () => {
        await store.activate('v2');
        expect(textsOf(await everything())).toEqual(['new']);
        expect((await store.generations()).filter(({ active }) => active)).toHaveLength(1);
        await store.activate('v1');
        expect(textsOf(await everything())).toEqual(['old']);
      });

      it('that are unknown are not made active, and the active one stays', async () => {
        await expect(store.activate('v9')).rejects.toEqual(refusal('invalid', /v9/));
        expect(textsOf(await everything())).toEqual(['old']);
      });

      it('are dropped with all they hold, the active one never', async () => {
        const snapshot = await store.snapshot({ generation: 'v2' });
        await expect(store.drop('v1')).rejects.toEqual(refusal('invalid', /v1/));
        await store.drop('v2');
        await store.drop('v2');
        expect((await store.generations()).map((g) => g.name)).toEqual(['v1']);
        expect(await store.checkpoint('v2')).toBe(START);
        await expect(snapshot.list(notes)).rejects.toEqual(refusal('invalid', /dropped/));
        await store.writePage('v2', [note('b', 1, { text: 'anew' })], at(1));
        await store.activate('v2');
        expect(textsOf(await everything())).toEqual(['anew']);
      });
    });

    it('remembers marks by name, outside the generations', async () => {
      expect(await store.mark('reactor')).toBe(START);
      await store.setMark('reactor', at(7));
      await store.setMark('publisher', at(2));
      await store.setMark('reactor', at(9));
      const other = await made.another();
      expect(await other.mark('reactor')).toBe(9);
      expect(await other.mark('publisher')).toBe(2);
      await other.close();
    });

    describe('waiting for a position', () => {
      beforeEach(async () => {
        await store.writePage('v1', [], at(5));
        await store.activate('v1');
      });

      it('answers at once when it is there, and false when the time runs out', async () => {
        expect(await store.waitFor(at(5), 0)).toBe(true);
        expect(await store.waitFor(at(6), 0)).toBe(false);
        expect(await store.waitFor(at(6), 30)).toBe(false);
      });

      it('ends with the page that brings it, and not before', async () => {
        const settled: string[] = [];
        const six = store.waitFor(at(6), 10_000).then((reached) => settled.push(`6 ${reached}`));
        const nine = store.waitFor(at(9), 10_000).then((reached) => settled.push(`9 ${reached}`));
        await store.writePage('v1', [], at(7));
        await six;
        expect(settled).toEqual(['6 true']);
        await store.writePage('v1', [], at(9));
        await nine;
        expect(settled).toEqual(['6 true', '9 true']);
      });

      it('ends when a generation that has it is made active', async () => {
        await store.writePage('v2', [], at(20));
        const waiting = store.waitFor(at(20), 10_000);
        await store.activate('v2');
        expect(await waiting).toBe(true);
      });

      it('ends when another process writes it', async () => {
        const other = await made.another();
        const waiting = other.waitFor(at(8), 10_000);
        await store.writePage('v1', [], at(8));
        expect(await waiting).toBe(true);
        await other.close();
      });

      it('ends with false when the store is closed', async () => {
        const waiting = store.waitFor(at(6), 10_000);
        await store.close();
        expect(await waiting).toBe(false);
      });
    });

    it('shows another process what is written, while it is being written', async () => {
      const other = await made.another();
      expect((await other.snapshot()).position).toBe(START);
      await store.writePage('v1', [note('a', 1, { text: 'a1' })], at(1));
      await store.activate('v1');
      expect(textsOf(await (await other.snapshot()).list(notes))).toEqual(['a1']);
      await other.close();
    });

    it('refuses everything after it was closed, but to be closed again', async () => {
      await store.writePage('v1', [], at(1));
      await store.activate('v1');
      const snapshot = await store.snapshot();
      await store.close();
      await store.close();
      const calls: readonly (() => Promise<unknown>)[] = [
        () => store.writePage('v1', [], at(2)),
        () => store.latest('v1', notes.name, [], START),
        () => store.snapshot(),
        () => store.checkpoint(),
        () => store.waitFor(at(1), 0),
        () => store.generations(),
        () => store.activate('v1'),
        () => store.drop('v1'),
        () => store.mark('reactor'),
        () => store.setMark('reactor', at(1)),
        () => snapshot.get(notes, 'a'),
        () => snapshot.list(notes),
        () => snapshot.count(notes),
      ];
      for (const call of calls) await expect(call()).rejects.toEqual(refusal('closed', /closed/));
    });
  });
}
