import { START } from '#kernel';
import type { ChainEnd, Publisher } from '#kernel';
import type { PublisherUnderTest } from './publisher-ground';
import { at, Chains, publishAll, refusal, relay, round, verdictOn } from './publisher-ground';

const inOrder = (ends: readonly ChainEnd[]): readonly ChainEnd[] =>
  ends.toSorted((a, b) => a.position - b.position);

/** What every publisher promises, wherever it tells it. */
export function publisherContract(
  name: string,
  makePublisher: () => Promise<PublisherUnderTest>,
): void {
  describe(`${name}, as a publisher,`, () => {
    let made: PublisherUnderTest;
    let publisher: Publisher;
    let opened: Publisher[];

    beforeEach(async () => {
      made = await makePublisher();
      publisher = made.publisher;
      opened = [];
    });
    afterEach(async () => {
      for (const one of opened) await one.close();
      await publisher.close();
      await made.dispose();
    });

    const another = async (): Promise<Publisher> => {
      const one = await made.another();
      opened.push(one);
      return one;
    };

    it('begins at the start where nothing was published', async () => {
      expect(await publisher.resume()).toEqual({ after: START, ends: [] });
      expect(await made.heard()).toEqual([]);
    });

    it('says everything once, per key in the order of the log', async () => {
      await publisher.resume();
      const tell = round(1, 40);
      await publishAll(publisher, new Chains(), tell);
      expect(verdictOn(await made.heard(), tell)).toEqual({ missing: 0, repeated: 0, wrong: [] });
    });

    it('goes on where it was left, from outside alone', async () => {
      const tell = round(1, 500);
      await publisher.resume();
      const chains = new Chains();
      await publishAll(publisher, chains, tell.slice(0, 80));
      await publishAll(publisher, chains, tell.slice(80, 120));
      const second = await another();
      const found = await second.resume();
      // It may have to look at the last batch again, never at more, and its chains have come further in any case.
      expect(found.after).toBeGreaterThanOrEqual(80);
      expect(found.after).toBeLessThanOrEqual(120);
      const whole = new Chains();
      whole.messages(tell.slice(0, 120));
      expect(inOrder(found.ends)).toEqual(inOrder(whole.taken()));
      await relay(second, tell);
      expect(verdictOn(await made.heard(), tell)).toEqual({ missing: 0, repeated: 0, wrong: [] });
    });

    it('asked again where it is, answers the same', async () => {
      await relay(publisher, round(1, 160), { batch: 10 });
      const found = await publisher.resume();
      expect(found.after).toBeGreaterThanOrEqual(150);
      const again = await publisher.resume();
      expect(again.after).toBe(found.after);
      expect(inOrder(again.ends)).toEqual(inOrder(found.ends));
    });

    it('goes back to the last ends where some messages came after them, and says none of those again', async () => {
      await publisher.resume();
      const tell = round(1, 90);
      const chains = new Chains();
      await publishAll(publisher, chains, tell.slice(0, 30));
      const messages = chains.messages(tell.slice(30, 60));
      await publisher.publish({ messages, upTo: at(60) });
      const second = await another();
      const found = await second.resume();
      expect(found.after).toBeLessThanOrEqual(30);
      expect(Math.max(...found.ends.map(({ position }) => position))).toBe(30);
      await relay(second, tell);
      expect(verdictOn(await made.heard(), tell)).toEqual({ missing: 0, repeated: 0, wrong: [] });
      expect((await (await another()).resume()).after).toBeGreaterThanOrEqual(30);
    });

    it('keeps what is confidential apart, with chains of its own', async () => {
      await publisher.resume();
      const tell = [
        { key: 'a', position: 1 },
        { key: 'a', position: 1, audience: 'confidential' as const },
        { key: 'a', position: 2, audience: 'confidential' as const },
        { key: 'b', position: 3, audience: 'confidential' as const },
      ];
      await publishAll(publisher, new Chains(), tell);
      const heard = await made.heard();
      expect(verdictOn(heard, tell)).toEqual({ missing: 0, repeated: 0, wrong: [] });
      expect(heard.filter(({ audience }) => audience === 'public')).toHaveLength(1);
      const found = await (await another()).resume();
      expect(
        found.ends.map(({ audience, key, sequence }) => `${audience} ${key} ${sequence}`).sort(),
      ).toEqual(['confidential a 2', 'confidential b 1', 'public a 1']);
    });

    it('keeps what is known of each key beside the messages, the newest', async () => {
      await publisher.resume();
      const chains = new Chains();
      await publishAll(publisher, chains, round(1, 20, 3));
      await publishAll(publisher, chains, round(21, 20, 3));
      const snapshots = await made.snapshots();
      expect(snapshots.size).toBe(3);
      for (const [key, text] of snapshots) {
        const { position } = JSON.parse(text!) as { position: number };
        expect(`public school-${position % 3}`).toBe(key);
        expect(position).toBeGreaterThan(37);
      }
    });

    it('takes away what is known of a key that ends, and begins its chain anew', async () => {
      await publisher.resume();
      const tell = [
        { key: 'a', position: 1 },
        { key: 'b', position: 2 },
        { key: 'a', position: 3, endsKey: true },
      ];
      await publishAll(publisher, new Chains(), tell);
      const snapshots = await made.snapshots();
      expect(snapshots.get('public a') ?? null).toBeNull();
      expect(snapshots.get('public b')).toBeDefined();
      const second = await another();
      const { ends } = await second.resume();
      expect(ends.find(({ key }) => key === 'a')).toMatchObject({
        ...{ sequence: 0, hash: '', position: 3, snapshot: null },
      });
      const more = [...tell, { key: 'a', position: 4 }];
      await relay(second, more);
      const last = (await made.heard()).findLast(({ key }) => key === 'a');
      expect(JSON.parse(last!.text)).toMatchObject({ sequence: 1, previousHash: '' });
      expect(verdictOn(await made.heard(), more)).toEqual({ missing: 0, repeated: 0, wrong: [] });
    });

    it('moves on over events that nobody is told of', async () => {
      await publisher.resume();
      const chains = new Chains();
      await publishAll(publisher, chains, round(1, 10));
      await publisher.publish({ messages: [], upTo: at(500), ends: [] });
      const last = round(501, 10);
      await publishAll(publisher, chains, last);
      expect((await publisher.resume()).after).toBeGreaterThanOrEqual(500);
      const tell = [...round(1, 10), ...last];
      expect(verdictOn(await made.heard(), tell)).toEqual({ missing: 0, repeated: 0, wrong: [] });
    });

    it('takes large batches, and large messages in them', async () => {
      const tell = [...round(1, 3_000, 50, 1_000), ...round(3_001, 20, 2, 200_000)];
      await relay(publisher, tell, { batch: 3_000 });
      expect(verdictOn(await made.heard(), tell)).toEqual({ missing: 0, repeated: 0, wrong: [] });
    });

    it('asks to find its place first', async () => {
      const messages = new Chains().messages(round(1, 1));
      await expect(publisher.publish({ messages, upTo: at(1) })).rejects.toEqual(
        refusal('invalid', /resume/),
      );
      expect(await made.heard()).toEqual([]);
    });

    it('where two tell the same at once, says nothing wrong, and what is said twice in the same words', async () => {
      const tell = round(1, 400);
      const second = await another();
      const settled = await Promise.allSettled([
        relay(publisher, tell, { batch: 20 }),
        relay(second, tell, { batch: 30 }),
      ]);
      for (const one of settled) {
        if (one.status === 'rejected') expect(one.reason).toEqual(refusal('unavailable', /else/));
      }
      const third = await another();
      await relay(third, tell);
      expect(verdictOn(await made.heard(), tell)).toMatchObject({ missing: 0, wrong: [] });
      const { ends } = await third.resume();
      expect(Math.max(...ends.map(({ position }) => position))).toBe(400);
    });

    it('refuses everything after it was closed, but to be closed again', async () => {
      await publisher.resume();
      await publisher.close();
      await publisher.close();
      await expect(publisher.resume()).rejects.toEqual(refusal('closed', /closed/));
      await expect(publisher.publish({ messages: [], upTo: at(1) })).rejects.toEqual(
        refusal('closed', /closed/),
      );
    });
  });
}
