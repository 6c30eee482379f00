import { START } from '#kernel';
import type { DocumentVersion, ReadStore } from '#kernel';
import type { ReadStoreUnderTest } from './read-store-ground';
import {
  at,
  counter,
  counters,
  note,
  notes,
  pageOfCounters,
  refusal,
  textsIn,
} from './read-store-ground';

/** Part of the read stores’ contract: what becomes of the pages that are written. */
export function writing(subject: () => ReadStoreUnderTest): void {
  describe('writing a page', () => {
    let made: ReadStoreUnderTest;
    let store: ReadStore;
    beforeEach(() => {
      made = subject();
      store = made.store;
    });
    const everything = async (position?: number) =>
      (await store.snapshot(position === undefined ? {} : { at: at(position) })).list(notes);

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
      expect(textsIn(await everything(1))).toEqual(['at 1']);
      expect(textsIn(await everything(2))).toEqual(['at 2']);
      expect(textsIn(await everything())).toEqual(['at 3']);
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
      expect(before.map(textsIn)).toEqual([['a1'], ['a2', 'b2'], ['a3', 'b2'], ['a3', 'c4']]);
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

    it('keeps the version that was written first under a key', async () => {
      await store.writePage('v1', [note('a', 1, { text: 'first' })], at(1));
      await store.writePage('v1', [note('a', 1, { text: 'other' })], at(1));
      expect(textsIn(await everything())).toEqual(['first']);
      await store.writePage('v1', [note('a', 2, { text: 'next' })], at(2));
      await store.writePage('v1', [note('a', 1, { text: 'other' })], at(1));
      expect(textsIn(await everything(1))).toEqual(['first']);
    });

    it('takes a document’s end that is written before its beginning', async () => {
      await store.writePage('v1', [note('a', 2, null)], at(2));
      expect(await everything()).toEqual([]);
      await store.writePage('v1', [note('a', 1, { text: 'a1' })], at(1));
      expect(await everything()).toEqual([]);
      const early = await store.snapshot({ at: at(1) });
      expect(textsIn(await early.list(notes, { filter: { school: 's1' } }))).toEqual(['a1']);
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
      expect(await Promise.all([1, 2, 3].map(async (p) => textsIn(await everything(p))))).toEqual([
        ['first'],
        [],
        ['again'],
      ]);
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
      expect(textsIn(await everything())).toEqual(['a1']);
      expect(await store.checkpoint()).toBe(1);
      // Had any of it stayed, it would stand in the way of this or come to light by it.
      await store.writePage('v1', [note('a', 2, { text: 'right' })], at(2));
      expect(textsIn(await everything())).toEqual(['right']);
    });

    it('shows all of a page or nothing of it, however reads and writes fall', async () => {
      const other = await made.another();
      const seen: number[] = [];
      const read = async (from: ReadStore) => {
        const snapshot = await from.snapshot();
        const values = (await snapshot.list<{ value: number }>(counters)).map((d) => d.body.value);
        expect(new Set(values)).toEqual(
          new Set(snapshot.position === START ? [] : [snapshot.position]),
        );
        expect(values).toHaveLength(snapshot.position === START ? 0 : 40);
        seen.push(snapshot.position);
      };
      let writing = true;
      const write = async () => {
        for (let p = 1; p <= 30; p += 1) await store.writePage('v1', pageOfCounters(p), at(p));
      };
      const readOn = async () => {
        while (writing) await Promise.all([read(store), read(other)]);
      };
      await Promise.all([write().finally(() => (writing = false)), readOn()]);
      await read(other);
      await other.close();
      expect(seen.at(-1)).toBe(30);
    });
  });
}
