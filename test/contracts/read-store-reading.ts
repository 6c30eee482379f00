import fc from 'fast-check';
import { NotThereYet } from '#kernel';
import type { DocumentVersion, ListOptions, ReadStore } from '#kernel';
import type { ReadStoreUnderTest } from './read-store-ground';
import { at, note, notes, refusal, rows, textsIn } from './read-store-ground';
import { aHistory, expectedList, filters, sorts } from './read-store-histories';

/** Part of the read stores’ contract: what is read, and at which position. */
export function reading(subject: () => ReadStoreUnderTest): void {
  describe('reading', () => {
    let made: ReadStoreUnderTest;
    let store: ReadStore;
    beforeEach(() => {
      made = subject();
      store = made.store;
    });
    const everything = async () => (await store.snapshot()).list(notes);

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
        expect(textsIn(await snapshot.list(notes))).toEqual(['a1', 'b2']);
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
        expect(textsIn(await snapshot.list(notes))).toEqual(['a1', 'b2']);
        expect(textsIn(await everything())).toEqual(['z1']);
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
        expect(await (await store.snapshot()).list(rows)).toEqual([]);
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

      it('goes on behind a key, whether that is there or not', async () => {
        expect(await keysOf({ after: 'r58' })).toEqual(['r59', 'r60']);
        expect(await keysOf({ after: 'r10x', limit: 2 })).toEqual(['r11', 'r12']);
        expect(await keysOf({ after: 'r57', filter: { kind: 'even' } })).toEqual(['r59']);
        expect(await keysOf({ after: 'r5', filter: { school: 's0' }, limit: 1 })).toEqual(['r51']);
        expect(await keysOf({ after: 'r60' })).toEqual([]);
        const early = await store.snapshot({ at: at(12) });
        expect((await early.list(rows, { after: 'r10' })).map(({ key }) => key)).toEqual([
          'r11',
          'r12',
        ]);
        const texts = ['🏫', '\uff21', 'b', 'a'];
        await store.writePage(
          'v1',
          texts.map((text) => note(text, 61, {})),
          at(61),
        );
        expect(await keysOf({ after: 'b' }, notes)).toEqual(['\uff21', '🏫']);
        await store.writePage('v1', [note('b', 62, { text: 'moved' })], at(62));
        expect(await keysOf({ after: 'a', limit: 1 }, notes)).toEqual(['b']);
        const sorted = keysOf({ after: 'a', sort: { kind: 1 } });
        await expect(sorted).rejects.toEqual(refusal('invalid', /order of the keys/));
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
            const options = { filter: filter.filter, sort, skip, limit };
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
  });
}
