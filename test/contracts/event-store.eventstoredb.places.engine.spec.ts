import { setTimeout as delay } from 'node:timers/promises';
import { EventStoreDBClient } from '@eventstore/db-client';
import { openEmbeddedEventStore } from '#adapters';
import { moveHistory } from '#application';
import { START } from '#kernel';
import type { EventStore, Position, RecordedEvent } from '#kernel';
import { appended, FaultyGround, Follower } from './event-store-eventstoredb-ground';
import { DataFolder } from './event-store-folder';
import { anEvent, refusal, someEvents } from './event-store-ground';

/* How EventStoreDB's adapter finds places in the log without reading it, and a move that is broken off by the server. */

jest.setTimeout(60_000);

const t = new FaultyGround();
beforeEach(() => t.begin());
afterEach(() => t.end());

const everything = async (store: EventStore): Promise<readonly RecordedEvent[]> =>
  (await store.readLog(START, { limit: 100_000 })).events;

async function untilSo(what: string, isSo: () => Promise<boolean>): Promise<void> {
  for (let look = 0; !(await isSo()); look++) {
    if (look === 400) throw new Error(`It was never ${what}.`);
    await delay(25);
  }
}

async function signposts(): Promise<number> {
  const client = EventStoreDBClient.connectionString(t.engine.url);
  let count = 0;
  try {
    for await (const _ of client.readStream('sidebyside.times')) count += 1;
  } catch {
    // There is no such stream yet.
  }
  await client.dispose();
  return count;
}

describe('A moment in the log', () => {
  let now = Date.parse('2026-11-23T08:00:00.000Z');
  const clock = (): number => now;
  /** 90 kB each: a signpost is due about every 46. */
  const appendMany = async (store: EventStore, count: number): Promise<void> => {
    for (let i = 0; i < count; i++) {
      now += (i % 3) * 700;
      await appended(store, `s-${i % 5}`, 'any', [anEvent({ words: 'x'.repeat(90_000) })]);
    }
  };
  const findsAll = async (store: EventStore): Promise<void> => {
    const all = await everything(store);
    const moments = all.flatMap(({ recordedAt }) => [
      Date.parse(recordedAt),
      Date.parse(recordedAt) - 1,
    ]);
    for (const at of [...new Set(moments)].filter((_, i) => i % 5 === 0)) {
      const instant = new Date(at).toISOString();
      const last = all.findLast(({ recordedAt }) => recordedAt <= instant);
      expect([instant, await store.positionAt(instant)]).toEqual([
        instant,
        last?.position ?? START,
      ]);
    }
  };

  it('is found by signposts that several processes put up as one, however short each lives', async () => {
    for (let life = 0; life < 4; life++) {
      const [one, other] = [await t.open({ clock }), await t.open({ clock })];
      const follower = new Follower(other, await other.end());
      await appendMany(one, 40);
      await follower.has(40);
      await follower.stop();
      await one.close();
      await other.close();
    }
    // 160 events of 90 kB make 14 MB: three or four stretches of 4 MiB.
    const count = await signposts();
    expect(count).toBeGreaterThanOrEqual(3);
    expect(count).toBeLessThanOrEqual(4);
    await findsAll(await t.open({ clock }));
  });

  it('is found without any', async () => {
    const store = await t.open({ clock });
    await appendMany(store, 20);
    expect(await signposts()).toBe(0);
    await findsAll(store);
  });
});

describe('The end of the log', () => {
  it('is exact in every process after each append', async () => {
    const [one, other] = [await t.open({ heartbeat: 20 }), await t.open({ heartbeat: 20 })];
    for (let i = 0; i < 20; i++) {
      const { position } = await appended(i % 2 === 0 ? one : other, 's-1', 'any', [anEvent()]);
      expect([await one.end(), await other.end()]).toEqual([position, position]);
    }
  });
});

describe('A long log', () => {
  it('has its end found by what the last heartbeat says, however many of them there are', async () => {
    const before = await t.open({ heartbeat: 40 });
    const { position } = await appended(before, 's-1', 'none', someEvents(3));
    const { events } = await t.engine.state();
    await untilSo('quiet for long', async () => (await t.engine.state()).events > events + 30);
    await before.close();
    // To look through all of it with a filter would take too long.
    await t.engine.fault({ fault: 'read-hang', filter: 'any' });
    const store = await t.open({ patience: 1_500, heartbeat: 0 });
    expect(await store.end()).toBe(position);
  });

  it('is read as it is where the server does not find in time what a filter lets through', async () => {
    const store = await t.open();
    const some = (n: number) => anEvent({ n }, n % 4 === 0 ? 'Rare' : 'Common');
    for (let n = 0; n < 40; n++) await appended(store, `s-${n % 3}`, 'any', [some(n)]);
    await t.engine.fault({ fault: 'read-hang', filter: 'type' });
    const rare = { filter: { types: ['Rare'] } };
    const { events, scannedTo, atEnd } = await (await t.open()).readLog(START, rare);
    expect(events.map(({ data }) => data['n'])).toEqual([0, 4, 8, 12, 16, 20, 24, 28, 32, 36]);
    expect([scannedTo, atEnd]).toEqual([await store.end(), true]);
    const [, , third] = events;
    const few = await store.readLog(START, { ...rare, limit: 3 });
    expect([few.events.length, few.scannedTo]).toEqual([3, third?.position]);
  });

  it('is read for as long as something comes, even when all of it takes longer than an answer may', async () => {
    const store = await t.open({ deadline: 400 });
    await appended(store, 's-1', 'none', someEvents(40));
    await t.engine.fault({ fault: 'read-slow', ms: 20 });
    expect((await store.readLog(START)).events).toHaveLength(40);
  });
});

describe('Processes that have nothing to do', () => {
  it('write one heartbeat at a time, not each its own', async () => {
    for (let i = 0; i < 4; i++) await t.open({ heartbeat: 600, deadline: 5_000 });
    // Each has written its first, to see whether it comes back.
    await delay(700);
    const begun = await t.engine.state();
    await delay(3_000);
    const { events } = await t.engine.state();
    // One alone writes about seven in this time; four that do not heed each other 28.
    expect(events - begun.events).toBeGreaterThan(2);
    expect(events - begun.events).toBeLessThan(20);
    expect(t.warnings).toEqual([]);
  });
});

describe('A history that moves to EventStoreDB', () => {
  let old: DataFolder;
  beforeEach(async () => {
    old = new DataFolder();
    await old.someHistory(400);
  });
  afterEach(() => old.remove());
  const isWhole = async (source: EventStore, store: EventStore): Promise<void> => {
    const [there, here] = [await everything(source), await everything(store)];
    expect(here.map(({ id, revision, recordedAt }) => [id, revision, recordedAt])).toEqual(
      there.map(({ id, revision, recordedAt }) => [id, revision, recordedAt]),
    );
    for (const [i, { position }] of there.entries())
      if (i % 19 === 0 || i === there.length - 1)
        expect(await store.translated(position)).toBe(here[i]?.position as Position);
  };

  it('goes on, with the same store, after the server failed it in the middle', async () => {
    const source = openEmbeddedEventStore({ folder: old.folder, readOnly: true });
    const store = await t.open({ patience: 1_000 });
    await t.engine.fault({ fault: 'append-unanswered', after: 123, streams: 'school-' });
    await expect(moveHistory(source, store)).rejects.toThrow(refusal('unavailable'));
    await t.engine.lift();
    await moveHistory(source, store);
    await isWhole(source, store);
    await source.close();
  });

  it('is whole when connections are cut and answers are lost all the while', async () => {
    const source = openEmbeddedEventStore({ folder: old.folder, readOnly: true });
    const store = await t.open();
    for (let i = 0; i < 10; i++)
      await t.engine.fault({ fault: 'append-cut', times: 1, after: 30 * i, streams: 'school-' });
    await t.engine.fault({ fault: 'append-unanswered', times: 3, after: 350, streams: 'school-' });
    await moveHistory(source, store);
    await isWhole(source, store);
    await source.close();
  });
});
