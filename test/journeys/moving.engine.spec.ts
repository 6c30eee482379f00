import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbeddedEventStore, openEventStoreDb } from '#adapters';
import { compareHistories } from '#application';
import type { EventStore, Position, RecordedEvent } from '#kernel';
import { START } from '#kernel';
import { DataFolder } from '../contracts/event-store-folder';
import type { EventStoreEngine } from '../engines/event-store/start';
import { startEventStore } from '../engines/event-store/start';
import { CommandLine, movingJourney } from './moving';

// Servers and command lines are processes of their own.
jest.setTimeout(240_000);

/** A history moves to a server that holds nothing: one of our own, also where another is given to the rest of the tests. */
async function emptyServer(): Promise<EventStoreEngine> {
  const given = process.env['EVENTSTORE_URL'];
  delete process.env['EVENTSTORE_URL'];
  try {
    return await startEventStore();
  } finally {
    if (given !== undefined) process.env['EVENTSTORE_URL'] = given;
  }
}

movingJourney('EventStoreDB', async () => {
  const engine = await emptyServer();
  return {
    place: engine.url,
    open: () => openEventStoreDb({ url: engine.url }),
    dispose: () => engine.dispose(),
  };
});

describe('a history that moves to EventStoreDB and back', () => {
  const EVENTS = 3_000;
  let ops: CommandLine;
  let engine: EventStoreEngine;
  let old: DataFolder;
  let back: string;

  beforeAll(async () => {
    ops = new CommandLine();
    engine = await emptyServer();
    old = new DataFolder();
    back = mkdtempSync(join(tmpdir(), 'moved-back-'));
    await old.longHistory(EVENTS);
  });
  afterAll(async () => {
    await engine.dispose();
    await old.remove();
    rmSync(back, { recursive: true, force: true });
    ops.remove();
  });

  /** Kills a copy each time it has brought a little, until one of them comes to its end; answers how many were killed. */
  async function copiedUnderFire(from: string, to: string): Promise<number> {
    let kills = 0;
    for (let wanted = EVENTS / 5; wanted < EVENTS; wanted += EVENTS / 5) {
      const child = ops.start('copy', '--from', from, '--to', to, '--json');
      child.stdout.resume();
      child.stderr.resume();
      const ended = new Promise((resolve) => child.once('close', resolve));
      const gone = (): boolean => child.exitCode !== null || child.signalCode !== null;
      while (!gone() && (await engine.state()).events < wanted) await new Promise(setImmediate);
      child.kill('SIGKILL');
      await ended;
      if (child.signalCode === 'SIGKILL') kills += 1;
    }
    return kills;
  }

  it('is whole at both ends, however often it is killed on the way', async () => {
    const killed = await copiedUnderFire(old.folder, engine.url);
    expect(killed).toBeGreaterThan(0);
    const moved = await ops.run('copy', '--from', old.folder, '--to', engine.url);
    expect(moved).toMatchObject({ code: 0, report: { events: EVENTS, since: 0 } });
    expect(moved.report.difference).toBeUndefined();

    const returned = await ops.run('copy', '--from', engine.url, '--to', back);
    expect(returned).toMatchObject({ code: 0, report: { copied: EVENTS, events: EVENTS } });
    expect(returned.report.digest).toBe(moved.report.digest);

    const there = await openEventStoreDb({ url: engine.url, heartbeat: 0 });
    const [first, last] = [old.open(), openEmbeddedEventStore({ folder: back })];
    try {
      const { id } = await first.identity();
      expect(await there.identity()).toEqual({ id, volume: 1 });
      expect(await last.identity()).toEqual({ id, volume: 2 });
      expect((await compareHistories(there, last)).difference).toBeUndefined();
      // Positions of either place are understood in the last.
      for (const store of [first, there]) {
        const [events, here] = [await sample(store), await sample(last)];
        for (const [i, { position }] of events.entries()) {
          expect([i, await last.translated(position)]).toEqual([i, here[i]?.position]);
        }
      }
    } finally {
      await last.close();
      await there.close();
    }
  });

  /** Some events from all over the log: always those of the same ordinals. */
  async function sample(store: EventStore): Promise<readonly RecordedEvent[]> {
    const events: RecordedEvent[] = [];
    let ordinal = 0;
    for (let after: Position = START, atEnd = false; !atEnd;) {
      const page = await store.readLog(after, { limit: 1_000 });
      for (const event of page.events) if (ordinal++ % 997 === 0) events.push(event);
      ({ scannedTo: after, atEnd } = page);
    }
    return events;
  }
});
