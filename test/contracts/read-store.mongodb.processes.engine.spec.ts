import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import * as os from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { MongoClient } from 'mongodb';
import { openMongoReadStore } from '#adapters';
import { StoreError } from '#kernel';
import type { DocumentVersion, Found, JsonObject, ReadStore } from '#kernel';
import { compiled } from '../drills/compiled';
import type { Engine } from '../engines/engine';
import { startMongo, whyNoMongo } from '../engines/mongodb';
import { seeded } from '../support/seeded';
import {
  at,
  collections,
  counters,
  note,
  notes,
  pageOfCounters,
  pageOfHistory,
  rows,
} from './read-store-ground';
import { expectedList } from './read-store-histories';

/** Rounds of kill -9 in the drill; more by hand: `KILLS=100 npm run test:engines -- mongodb.processes`. */
const KILLS = Number(process.env['KILLS'] ?? 4);
/** Another one falls otherwise; the one used is part of the test's name. */
const SEED = Number(process.env['SEED'] ?? 1);
/** Pages written between two kills, at the least. */
const PAGES = 15;
const LAST = (KILLS + 1) * PAGES * 2;

jest.setTimeout(60_000 + KILLS * 15_000);

describe('The MongoDB read store between processes', () => {
  let program: string;
  let engine: Engine;
  let database: string;
  let databases = 0;
  let children: ChildProcess[];
  let store: ReadStore;

  beforeAll(async () => {
    const why = await whyNoMongo();
    if (why !== undefined) throw new Error(why);
    engine = await startMongo();
    program = mkdtempSync(join(os.tmpdir(), 'read-store-program-'));
    compiled(program, [
      'libs/kernel',
      'libs/platform',
      'libs/adapters',
      'test/drills/read-store-process.ts',
      'test/contracts/read-store-ground.ts',
    ]);
  });
  afterAll(async () => {
    await engine.dispose();
    rmSync(program, { recursive: true, force: true });
  });
  beforeEach(async () => {
    database = `processes_${process.pid}_${(databases += 1)}`;
    children = [];
    store = await openMongoReadStore({ url: engine.url, database, collections });
  });
  afterEach(async () => {
    for (const child of children) child.kill('SIGKILL');
    await store.close();
    const client = new MongoClient(engine.url, { runtimeAdapters: { os } });
    await client.db(database).dropDatabase();
    await client.close();
  });

  const start = (verb: string, ...words: string[]) => {
    const file = join(program, 'test/drills/read-store-process.js');
    const options = ['--eval', `require(${JSON.stringify(file)})`];
    const child = spawn(process.execPath, [...options, verb, engine.url, database, ...words], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    children.push(child);
    return child;
  };

  it('lets another process read whole pages while this one writes', async () => {
    await store.writePage('v1', pageOfCounters(1), at(1));
    await store.activate('v1');
    const reader = start('read');
    const ended = once(reader, 'close');
    const seen: number[] = [];
    let position = 1;
    for await (const line of createInterface(reader.stdout)) {
      seen.push(Number(line));
      for (const end = Math.min(200, position + 20); position < end;) {
        position += 1;
        await store.writePage('v1', pageOfCounters(position), at(position));
      }
    }
    expect(await ended).toEqual([0, null]);
    expect(seen.length).toBeGreaterThan(10);
    expect(seen).toEqual([...new Set(seen)].sort((x, y) => x - y));
    expect(seen.at(-1)).toBe(200);
  });

  /** All that two racing writers were to write. */
  const history: DocumentVersion[] = Array.from({ length: LAST }, (_, i) =>
    pageOfHistory(i + 1),
  ).flat();

  /** Throws unless a snapshot's documents are those of whole pages up to its position. */
  const holdWhole = async (position?: number): Promise<number> => {
    const snapshot = await store.snapshot(position === undefined ? {} : { at: at(position) });
    const there = snapshot.position;
    const found = await snapshot.list<{ value: number }>(counters);
    const values = [...new Set(found.map(({ body }) => body.value))];
    const count = await snapshot.count(rows);
    if (there > 0) expect([found.length, values, count]).toEqual([40, [there], there]);
    return there;
  };

  it(`shows whole pages and ends with the right ones, with two writers racing and ${KILLS} kills of them and of the server (seed ${SEED})`, async () => {
    const chance = seeded(SEED);
    await store.writePage('v1', pageOfHistory(1), at(1));
    await store.activate('v1');
    const writers = [start('project', String(LAST)), start('project', String(LAST))];
    for (const { stdout } of writers) stdout.resume();

    let whole = 0;
    let reached = 1;
    let drilling = true;
    const readOn = async (): Promise<void> => {
      while (drilling) {
        try {
          reached = await holdWhole();
          await holdWhole(1 + Math.floor(chance() * reached));
          whole += 1;
        } catch (error) {
          if (!(error instanceof StoreError && error.code === 'unavailable')) throw error;
        }
      }
    };
    const come = (position: number) => store.waitFor(at(position), 1000).catch(() => false);
    const drill = async (): Promise<void> => {
      for (let kill = 0; kill < KILLS; kill += 1) {
        const next = Math.min(LAST, reached + PAGES + Math.floor(chance() * PAGES));
        while (drilling && !(await come(next)));
        // In the middle of a page, or between two: who knows.
        const victim = Math.floor(chance() * 2);
        writers[victim]!.kill('SIGKILL');
        if (engine.kind !== 'real') {
          await engine.kill();
          await engine.restart();
        }
        const again = start('project', String(LAST));
        again.stdout.resume();
        writers[victim] = again;
      }
      while (drilling && !(await come(LAST)));
      drilling = false;
    };
    await Promise.all([readOn(), drill()].map((part) => part.finally(() => (drilling = false))));

    expect(whole).toBeGreaterThan(KILLS);
    for (const writer of writers) if (writer.exitCode === null) await once(writer, 'exit');
    expect(writers.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
    for (const position of [LAST, LAST - 1, Math.floor(LAST / 2), 1]) {
      await holdWhole(position);
      const then = await store.snapshot({ at: at(position) });
      for (const spec of collections) {
        const versions = history.filter(({ collection }) => collection === spec.name);
        const expected: readonly Found<JsonObject>[] = expectedList(
          versions,
          at(position),
          () => true,
          {},
        );
        expect(await then.list(spec)).toEqual(expected);
      }
    }
  });

  it('has all that was acknowledged after a writer was killed, and goes on', async () => {
    const writer = start('write');
    let acknowledged = 0;
    for await (const line of createInterface(writer.stdout)) {
      acknowledged = Number(line);
      if (acknowledged === 60) writer.kill('SIGKILL');
    }
    const reached = await holdCounters();
    expect(reached).toBeGreaterThanOrEqual(acknowledged);
    const next = at(reached + 1);
    await store.writePage('v1', [...pageOfCounters(next), note('n', next, {})], next);
    expect(await holdCounters()).toBe(next);
    expect(await (await store.snapshot()).count(notes)).toBe(1);
  });

  const holdCounters = async (): Promise<number> => {
    const snapshot = await store.snapshot();
    for (const position of [snapshot.position, snapshot.position - 1, 1]) {
      const then = await store.snapshot({ at: at(position) });
      const values = (await then.list<{ value: number }>(counters)).map(({ body }) => body.value);
      expect(values).toEqual(pageOfCounters(position).map(() => position));
    }
    return snapshot.position;
  };
});
