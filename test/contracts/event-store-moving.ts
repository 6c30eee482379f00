import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { LAST_VOLUME, positionIn, START, volumeOf } from '#kernel';
import type { EventStore, LogIdentity, Position, RecordedEvent } from '#kernel';
import { anEvent, refusal, someEvents } from './event-store-ground';
import type { Ground, StoreUnderTest } from './event-store-ground';

/** A store that held nothing when it was made, with a way to break off and go on. */
export interface EmptyStore extends StoreUnderTest {
  /** Lets go of the store and opens the same data again; the first is not used any more. */
  reopen(): Promise<EventStore>;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const MORNING = Date.parse('2026-11-23T08:00:00.000Z');

/** A log of before, as its store would have given it out: made up here, so that no second store is needed. */
export interface History {
  readonly from: LogIdentity;
  readonly events: readonly RecordedEvent[];
}

/** What a history is made of: for each event its stream, and how far it lies behind the one before in places and in ms. */
export type Steps = readonly {
  readonly stream: number;
  readonly gap: number;
  readonly ms: number;
}[];

/** `gap` 1 makes a log that counts its events, more one that counts bytes. */
export function historyOf(steps: Steps, volume = 0): History {
  const from = { id: randomUUID(), volume };
  const revisions = new Map<string, number>();
  let place = 0;
  let time = MORNING;
  const events = steps.map(({ stream, gap, ms }, i): RecordedEvent => {
    const name = `school-${stream}`;
    const revision = (revisions.get(name) ?? -1) + 1;
    revisions.set(name, revision);
    place += gap;
    time += ms;
    return {
      ...anEvent(
        { i, words: ['“', '\u0000', i / 7] },
        i % 2 === 0 ? 'SchoolVisited' : 'LetterSent',
      ),
      metadata: { actor: 'adviser-1', nested: { i: [null, i] } },
      stream: name,
      revision,
      position: positionIn(volume, place),
      recordedAt: new Date(time).toISOString(),
    };
  });
  return { from, events };
}

const plain = (count: number, volume = 0): History =>
  historyOf(
    Array.from({ length: count }, (_, i) => ({ stream: i % 3, gap: 1 + (i % 4) * 100, ms: i % 2 })),
    volume,
  );

const everything = async (store: EventStore): Promise<readonly RecordedEvent[]> =>
  (await store.readLog(START, { limit: 100_000 })).events;

/** An event without its places in the log: what must be the same at both ends of a move. */
const unplaced = ({ position: _here, takenFrom: _there, ...event }: RecordedEvent) => event;

const pagesOf = (events: readonly RecordedEvent[], size: number): RecordedEvent[][] =>
  Array.from({ length: Math.ceil(events.length / size) }, (_, i) =>
    events.slice(i * size, (i + 1) * size),
  );

const changed = (events: readonly RecordedEvent[], at: number, change: Partial<RecordedEvent>) =>
  events.map((event, i) => (i === at ? { ...event, ...change } : event));

/**
 * What every event store promises of its identity, and of a history that moves to it. `makeEmpty` is left out where no
 * empty store can be had, because others use the server too; what needs one is then skipped.
 */
export function movingContract(t: Ground, makeEmpty?: () => Promise<EmptyStore>): void {
  describe('its identity', () => {
    it('is a UUID and a volume, and is the same however often it is asked', async () => {
      const identity = await t.store.identity();
      expect(identity.id).toMatch(UUID);
      expect(identity.volume).toBeGreaterThanOrEqual(0);
      await t.appended('a', 'none', someEvents(3));
      expect(await t.store.identity()).toEqual(identity);
    });

    it('names the volume that its positions lie in', async () => {
      const { volume } = await t.store.identity();
      const { position } = await t.appended('a', 'none', someEvents(2));
      expect(volumeOf(position)).toBe(volume);
      expect((await t.log()).map((event) => volumeOf(event.position))).toEqual([volume, volume]);
    });

    it('understands its own positions as they are, and none of a volume it does not have', async () => {
      const { volume } = await t.store.identity();
      const { position } = await t.appended('a', 'none', someEvents(2));
      expect(await t.store.translated(position)).toBe(position);
      expect(await t.store.translated(START)).toBe(START);
      expect(await t.store.translated(positionIn(volume + 1, 1))).toBeUndefined();
      expect(await t.store.translated(positionIn(LAST_VOLUME, 7))).toBeUndefined();
    });

    it('refuses to take over another log when it has events of its own', async () => {
      await t.appended('a', 'none', someEvents(1));
      const { from, events } = plain(3);
      await expect(t.store.takeOver(from, events)).rejects.toThrow(refusal('foreign'));
      expect(await t.log()).toHaveLength(1);
    });

    it('refuses to read behind a position of another volume: it would be taken for another place', async () => {
      const { volume } = await t.store.identity();
      const elsewhere = positionIn(volume + 1, 5);
      await expect(t.store.readLog(elsewhere)).rejects.toThrow(refusal('invalid', /volume/));
      const pages = t.store.subscribe({ after: elsewhere })[Symbol.asyncIterator]();
      await expect(pages.next()).rejects.toThrow(refusal('invalid', /volume/));
    });

    it('is not told when it is closed', async () => {
      await t.store.close();
      const { from, events } = plain(1);
      const afterwards: (() => Promise<unknown>)[] = [
        () => t.store.identity(),
        () => t.store.takeOver(from, events),
        () => t.store.takenOver(),
        () => t.store.translated(positionIn(LAST_VOLUME, 7)),
      ];
      for (const call of afterwards) await expect(call()).rejects.toThrow(refusal('closed'));
    });
  });

  if (makeEmpty === undefined) {
    it.skip('takes a history over (skipped: no empty store can be had here)', () => undefined);
    return;
  }

  describe('taking a history over', () => {
    let made: EmptyStore;
    let store: EventStore;
    beforeEach(async () => {
      made = await makeEmpty();
      ({ store } = made);
    });
    afterEach(() => made.dispose());

    const takeOver = async ({ from, events }: History, pageSize = 7): Promise<void> => {
      for (const page of pagesOf(events, pageSize)) {
        const before = await store.takenOver();
        const end = page.at(-1)?.position ?? START;
        expect(await store.takeOver(from, page)).toBe(Math.max(before, end));
      }
    };
    const expectToHold = async ({ from, events }: History): Promise<void> => {
      const here = await everything(store);
      expect(here.map(unplaced)).toEqual(events.map(unplaced));
      const positions = here.map((event) => event.position);
      expect(positions).toEqual([...new Set(positions)].toSorted((a, b) => a - b));
      expect(positions.every((position) => volumeOf(position) === from.volume + 1)).toBe(true);
      expect(await store.takenOver()).toBe(events.at(-1)?.position ?? START);
    };

    it('keeps the identity it gave itself when it is opened again', async () => {
      const identity = await store.identity();
      expect(identity.volume).toBe(0);
      expect(await store.takenOver()).toBe(START);
      store = await made.reopen();
      expect(await store.identity()).toEqual(identity);
    });

    it('goes on as the same log in the next volume, and is that when it is opened again', async () => {
      const history = plain(20, 3);
      await takeOver(history);
      const moved = { id: history.from.id, volume: 4 };
      expect(await store.identity()).toEqual(moved);
      await expectToHold(history);
      store = await made.reopen();
      expect(await store.identity()).toEqual(moved);
      await expectToHold(history);
    });

    it('is as the first store was: order, ids, streams, revisions, times, data and metadata', async () => {
      const history = plain(40);
      await takeOver(history);
      await expectToHold(history);
      for (const name of ['school-0', 'school-1', 'school-2']) {
        const own = history.events.filter(({ stream }) => stream === name);
        expect((await store.readStream(name)).map(unplaced)).toEqual(own.map(unplaced));
      }
      const here = await everything(store);
      expect(await store.end()).toBe(here.at(-1)?.position);
      for (const { recordedAt } of history.events) {
        const last = here.findLast((event) => event.recordedAt <= recordedAt);
        expect(await store.positionAt(recordedAt)).toBe(last?.position);
      }
    });

    it('goes on where it was broken off, whatever pages it is given then', async () => {
      const history = plain(30);
      const { from, events } = history;
      await store.takeOver(from, events.slice(0, 11));
      store = await made.reopen();
      expect(await store.takenOver()).toBe(events[10]?.position);
      // Half of it is here already; and then all of it.
      await store.takeOver(from, events.slice(5, 17));
      await store.takeOver(from, events.slice(0, 17));
      store = await made.reopen();
      await takeOver(history, 13);
      await expectToHold(history);
    });

    it('takes a page given again for what it is', async () => {
      const history = plain(10);
      const [first = [], second = []] = pagesOf(history.events, 5);
      await takeOver(history, 5);
      const before = await everything(store);
      expect(await store.takeOver(history.from, second)).toBe(second.at(-1)?.position);
      expect(await store.takeOver(history.from, first)).toBe(second.at(-1)?.position);
      expect(await store.takeOver(history.from, [])).toBe(second.at(-1)?.position);
      expect(await everything(store)).toEqual(before);
    });

    it('refuses a log that is not the one it began with, and the same log from another volume', async () => {
      const history = plain(10, 1);
      await takeOver(history);
      const more = plain(10, 1).events;
      for (const from of [
        { ...history.from, id: randomUUID() },
        { ...history.from, volume: 0 },
        { ...history.from, volume: 2 },
      ]) {
        const events = more.map((event, i) => ({
          ...event,
          position: positionIn(from.volume, 50_000 + i),
        }));
        await expect(store.takeOver(from, events)).rejects.toThrow(refusal('foreign'));
      }
      await expectToHold(history);
    });

    it('refuses to go on once it has events of its own behind', async () => {
      const history = plain(10);
      await store.takeOver(history.from, history.events.slice(0, 6));
      await store.append('school-0', 'any', someEvents(1));
      await expect(store.takeOver(history.from, history.events.slice(6))).rejects.toThrow(
        refusal('foreign'),
      );
      expect(await everything(store)).toHaveLength(7);
    });

    it.each<[string, (events: readonly RecordedEvent[]) => readonly RecordedEvent[]]>([
      ['a revision left out', (events) => events.filter((_, i) => i !== 4)],
      ['a revision twice', (events) => changed(events, 5, { revision: 0 })],
      ['two events the wrong way round', (e) => [...e.slice(0, 4), ...e.slice(4, 6).reverse()]],
      ['positions that go back', (events) => changed(events, 5, { position: positionIn(0, 1) })],
      ['a position of another volume', (e) => changed(e, 5, { position: positionIn(1, 9_999) })],
      ['an id twice', (events) => changed(events, 5, { id: events[1]?.id ?? '' })],
      ['an id that is none', (events) => changed(events, 5, { id: 'SchoolVisited' })],
      ['a time that goes back', (e) => changed(e, 5, { recordedAt: '2026-11-22T08:00:00.000Z' })],
      ['a time that is none', (events) => changed(events, 5, { recordedAt: 'this morning' })],
      ['a stream without a name', (events) => changed(events, 5, { stream: '' })],
    ])('refuses %s, and writes nothing of the page', async (_, spoilt) => {
      const history = plain(20);
      const { from, events } = history;
      const [first = [], second = []] = pagesOf(events, 10);
      await store.takeOver(from, first);
      // `spoilt` looks at a page's own events: here the second, so that the store has something to hold them against.
      const page = spoilt(second);
      await expect(store.takeOver(from, page)).rejects.toThrow(refusal('invalid'));
      expect(await everything(store)).toHaveLength(10);
      expect(await store.takenOver()).toBe(first.at(-1)?.position);
      await takeOver(history);
      await expectToHold(history);
    });

    it('refuses other events under the positions it has', async () => {
      const { from, events } = plain(10);
      await store.takeOver(from, events);
      await expect(store.takeOver(from, changed(events, 4, { id: randomUUID() }))).rejects.toThrow(
        refusal('invalid'),
      );
      expect(await everything(store)).toHaveLength(10);
    });

    it('refuses an identity that is none', async () => {
      const { events } = plain(2);
      const refused = [
        { id: 'the old store', volume: 0 },
        { id: randomUUID(), volume: -1 },
        { id: randomUUID(), volume: LAST_VOLUME },
      ];
      for (const from of refused) {
        await expect(store.takeOver(from, events)).rejects.toThrow(refusal('invalid'));
      }
      expect(await everything(store)).toEqual([]);
    });

    it('appends go on behind: revisions, repeats, conflicts and times as if it had always been here', async () => {
      const history = plain(12);
      await takeOver(history);
      const last = await store.readStream('school-1', { direction: 'backwards', limit: 1 });
      const revision = last[0]?.revision ?? -1;
      const { id = '', type = '', data = {}, metadata = {} } = history.events[1] ?? {};

      expect(await store.append('school-1', 'none', [{ id, type, data, metadata }])).toMatchObject({
        appended: true,
        repeated: true,
        revision: 0,
        position: (await everything(store))[1]?.position,
      });
      expect(await store.append('school-1', 'none', someEvents(1))).toEqual({
        appended: false,
        reason: 'conflict',
        actual: revision,
      });
      const end = await store.end();
      const answer = await store.append('school-1', revision, someEvents(2));
      expect(answer).toMatchObject({ appended: true, repeated: false, revision: revision + 2 });
      expect(answer.appended && answer.position).toBeGreaterThan(end);
      expect((await everything(store)).slice(0, 12).map(unplaced)).toEqual(
        history.events.map(unplaced),
      );
      // Nothing of the move is in the log, and what came after it was not taken over.
      expect(await everything(store)).toHaveLength(14);
      expect(await store.takenOver()).toBe(history.events.at(-1)?.position);
    });

    it('keeps recorded time from going back behind what it took over', async () => {
      const { from, events } = plain(4);
      const later = new Date(Date.now() + 3_600_000).toISOString();
      await store.takeOver(from, changed(events, 3, { recordedAt: later }));
      await store.append('school-0', 'any', someEvents(1));
      expect((await everything(store)).at(-1)?.recordedAt).toBe(later);
    });

    it('is followed by a subscriber that was there before it', async () => {
      const history = plain(25);
      const seen: RecordedEvent[] = [];
      const following = (async () => {
        for await (const page of store.subscribe({ after: START, pageSize: 4 })) {
          seen.push(...page.events);
          if (seen.length >= 26) break;
        }
      })();
      await takeOver(history);
      await store.append('school-0', 'any', someEvents(1));
      await following;
      expect(seen).toEqual(await everything(store));
    });

    it('keeps where events stood in earlier volumes, and understands the positions of all of them', async () => {
      // Moved twice before: a log in volume 2, of which the first twelve events were in volumes 1 and 0 as well.
      const { from, events } = plain(20, 2);
      const history = events.map((event, i) => ({
        ...event,
        ...(i < 12
          ? { takenFrom: [positionIn(1, 10 + i * 7), ...(i < 5 ? [positionIn(0, i + 1)] : [])] }
          : {}),
      }));
      await takeOver({ from, events: history }, 6);
      await store.append('school-0', 'any', someEvents(1));
      const here = await everything(store);
      expect(here.map(({ takenFrom }) => takenFrom)).toEqual([
        ...history.map(({ position, takenFrom = [] }) => [position, ...takenFrom]),
        undefined,
      ]);
      const [one] = await store.readStream('school-1', { limit: 1 });
      expect(one?.takenFrom).toEqual(here[1]?.takenFrom);
      const expected: [Position, Position | undefined][] = [
        ...[1, 2, 3, 4, 5].map((place): [Position, Position | undefined] => [
          positionIn(0, place),
          here[place - 1]?.position,
        ]),
        [positionIn(0, 6), here[4]?.position],
        [positionIn(1, 9), START],
        [positionIn(1, 10), here[0]?.position],
        [positionIn(1, 16), here[0]?.position],
        [positionIn(1, 17), here[1]?.position],
        [positionIn(1, 10_000), here[11]?.position],
        [positionIn(4, 1), undefined],
      ];
      for (const [position, translated] of expected) {
        expect([position, await store.translated(position)]).toEqual([position, translated]);
      }
    });

    it('understands every position given out before, as what had been seen there', async () => {
      const step = fc.record({
        stream: fc.nat({ max: 3 }),
        gap: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 2_000 })),
        ms: fc.nat({ max: 3 }),
      });
      await fc.assert(
        fc.asyncProperty(
          fc.array(step, { minLength: 1, maxLength: 40 }),
          fc.nat({ max: 3 }),
          fc.integer({ min: 1, max: 20 }),
          fc.boolean(),
          async (steps, volume, pageSize, appendsAfter) => {
            const another = await makeEmpty();
            store = another.store;
            try {
              const { from, events } = historyOf(steps, volume);
              await takeOver({ from, events }, pageSize);
              if (appendsAfter) await store.append('school-0', 'any', someEvents(3));
              const here = await everything(store);
              const expected = (position: Position): Position => {
                const known = events.findLastIndex((event) => event.position <= position);
                return here[known]?.position ?? START;
              };
              const asked = events.flatMap(({ position }) => [
                position - 1,
                position,
                position + 1,
              ]);
              for (const position of [...asked, positionIn(volume, 90_000)] as Position[]) {
                expect([position, await store.translated(position)]).toEqual([
                  position,
                  expected(position),
                ]);
              }
              expect(await store.translated(START)).toBe(START);
              for (const { position } of here) {
                expect(await store.translated(position)).toBe(position);
              }
              expect(await store.translated(positionIn(volume + 2, 1))).toBeUndefined();
            } finally {
              await another.dispose();
              store = made.store;
            }
          },
        ),
        { numRuns: 15 },
      );
    });
  });
}
