import type { ReadStore } from '#kernel';
import type { ReadStoreUnderTest } from './read-store-ground';

/** Part of the read stores’ contract: who does a piece of work that one is enough for. */
export function leasing(subject: () => ReadStoreUnderTest): void {
  describe('a lease', () => {
    let store: ReadStore;
    beforeEach(() => {
      store = subject().store;
    });
    const LONG = 60_000;
    /** Resolves when the lease is had; the test's own time limit ends a vain wait. */
    const had = async (name: string, holder: string): Promise<void> => {
      while (!(await store.lease(name, holder, LONG)));
    };

    it('goes to whoever asks first, and stays with them as often as they ask again', async () => {
      expect(await store.lease('worker', 'worker-1', LONG)).toBe(true);
      expect(await store.lease('worker', 'worker-2', LONG)).toBe(false);
      expect(await store.lease('worker', 'worker-1', LONG)).toBe(true);
      expect(await store.lease('worker', 'worker-2', LONG)).toBe(false);
    });

    it('is one for each name', async () => {
      expect(await store.lease('projector', 'a', LONG)).toBe(true);
      expect(await store.lease('publisher', 'b', LONG)).toBe(true);
      expect(await store.lease('publisher', 'a', LONG)).toBe(false);
    });

    it('goes to exactly one of many who ask at once', async () => {
      const holders = Array.from({ length: 16 }, (_, i) => `holder-${i}`);
      const answers = await Promise.all(holders.map((holder) => store.lease('w', holder, LONG)));
      expect(answers.filter((won) => won)).toHaveLength(1);
      const winner = holders[answers.indexOf(true)] as string;
      expect(await store.lease('w', winner, LONG)).toBe(true);
    });

    it('is free when its time is over, not before, and then not the first one’s any more', async () => {
      const asked = performance.now();
      expect(await store.lease('w', 'a', 250)).toBe(true);
      await had('w', 'b');
      // The clocks of the store and of this test need not tick together; a tenth is more than they may differ.
      expect(performance.now() - asked).toBeGreaterThan(225);
      expect(await store.lease('w', 'a', LONG)).toBe(false);
    });

    it('is prolonged by asking again', async () => {
      expect(await store.lease('w', 'a', 100)).toBe(true);
      expect(await store.lease('w', 'a', LONG)).toBe(true);
      const until = performance.now() + 200;
      while (performance.now() < until) expect(await store.lease('w', 'b', LONG)).toBe(false);
    });

    it('is given up by its holder, and by nobody else', async () => {
      await store.lease('w', '$a', LONG);
      await store.release('w', 'b');
      expect(await store.lease('w', 'b', LONG)).toBe(false);
      await store.release('w', '$a');
      await store.release('w', '$a');
      expect(await store.lease('w', 'b', LONG)).toBe(true);
    });
  });
}
