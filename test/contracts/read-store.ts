import { NotThereYet, START } from '#kernel';
import type { ReadStore } from '#kernel';
import type { ReadStoreUnderTest } from './read-store-ground';
import { at, note, notes, refusal, textsIn } from './read-store-ground';
import { leasing } from './read-store-leases';
import { reading } from './read-store-reading';
import { writing } from './read-store-writing';

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

    const everything = async () => (await store.snapshot()).list(notes);

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

    writing(() => made);
    reading(() => made);
    leasing(() => made);

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
        expect(textsIn(await everything())).toEqual(['old']);
        const next = await store.snapshot({ generation: 'v2' });
        expect(textsIn(await next.list(notes))).toEqual(['new']);
        expect(await store.checkpoint('v2')).toBe(3);
      });

      it('are switched by one act, and back', async () => {
        await store.activate('v2');
        expect(textsIn(await everything())).toEqual(['new']);
        expect((await store.generations()).filter(({ active }) => active)).toHaveLength(1);
        await store.activate('v1');
        expect(textsIn(await everything())).toEqual(['old']);
      });

      it('are not switched to one that is behind, where that is asked', async () => {
        await store.activate('v2', { notBehind: true });
        const back = store.activate('v1', { notBehind: true });
        await expect(back).rejects.toBeInstanceOf(NotThereYet);
        await expect(back).rejects.toMatchObject({ asked: 3, reached: 1 });
        expect(textsIn(await everything())).toEqual(['new']);
        await store.writePage('v1', [], at(3));
        await store.activate('v1', { notBehind: true });
        expect(textsIn(await everything())).toEqual(['old']);
        await store.activate('v1', { notBehind: true });
      });

      it('never take a reader back, however writes and switches fall', async () => {
        const other = await made.another();
        let position = 3;
        let switching = true;
        const turnOfOthers = () => new Promise((resolve) => setImmediate(resolve));
        // Each misses a turn now and then, so that sometimes the one is ahead and sometimes the other.
        const write = async (generation: string, missing: number) => {
          for (let turns = 1; switching; turns += 1, await turnOfOthers())
            if (turns % missing !== 0) await store.writePage(generation, [], at((position += 1)));
        };
        const read = async () => {
          for (let last = 0; switching; await turnOfOthers()) {
            const { position: reached } = await other.snapshot();
            expect(reached).toBeGreaterThanOrEqual(last);
            last = reached;
          }
        };
        const turn = async () => {
          let switched = 0;
          for (let tries = 0; switched < 20 && tries < 5000; tries += 1) {
            await turnOfOthers();
            const next = switched % 2 === 0 ? 'v2' : 'v1';
            try {
              await store.activate(next, { notBehind: true });
              switched += 1;
            } catch (error) {
              if (!(error instanceof NotThereYet)) throw error;
            }
          }
          switching = false;
          expect(switched).toBe(20);
        };
        await Promise.all([write('v1', 3), write('v2', 2), read(), turn()]);
        await other.close();
      });

      it('that are unknown are not made active, and the active one stays', async () => {
        await expect(store.activate('v9')).rejects.toEqual(refusal('invalid', /v9/));
        expect(textsIn(await everything())).toEqual(['old']);
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
        expect(textsIn(await everything())).toEqual(['anew']);
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
      expect(textsIn(await (await other.snapshot()).list(notes))).toEqual(['a1']);
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
        () => store.lease('worker', 'a', 1000),
        () => store.release('worker', 'a'),
        () => snapshot.get(notes, 'a'),
        () => snapshot.list(notes),
        () => snapshot.count(notes),
      ];
      for (const call of calls) await expect(call()).rejects.toEqual(refusal('closed', /closed/));
    });
  });
}
