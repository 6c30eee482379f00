/**
 * One process at a read store, for tests that start several and kill some. Not a test by itself. A PLACE is the folder of
 * an embedded store, or the address of a MongoDB and the name of a database there.
 *
 *   read PLACE         reads the counters as often as something new is there, up to position 200
 *   write PLACE        writes pages of counters without end
 *   project PLACE TO   writes the pages of a history that is always the same, from the checkpoint up to a position, and
 *                      begins again at the checkpoint whenever the store is away for a while
 *
 * Tells each position on a line of its own, before anything else is done: what the other side has read was true
 * whenever this process dies.
 */
import { writeSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { openEmbeddedReadStore, openMongoReadStore } from '#adapters';
import { StoreError, type Position, type ReadStore } from '#kernel';
import {
  at,
  collections,
  counters,
  pageOfCounters,
  pageOfHistory,
} from '../contracts/read-store-ground';

const tell = (position: Position): void => {
  writeSync(1, `${position}\n`);
};

async function read(store: ReadStore): Promise<void> {
  for (let seen = 0; seen < 200;) {
    if (!(await store.waitFor(at(seen + 1), 10_000))) throw new Error('nothing new for 10 seconds');
    const snapshot = await store.snapshot();
    const found = await snapshot.list<{ value: number }>(counters);
    if (found.length !== 40 || found.some(({ body }) => body.value !== snapshot.position)) {
      throw new Error(`half a page at ${snapshot.position}`);
    }
    seen = snapshot.position;
    tell(snapshot.position);
  }
}

async function write(store: ReadStore): Promise<never> {
  for (let position = 1; ; position += 1) {
    await store.writePage('v1', pageOfCounters(position), at(position));
    if (position === 1) await store.activate('v1');
    tell(at(position));
  }
}

async function project(store: ReadStore, end: number): Promise<void> {
  for (let position = 0; position < end;) {
    try {
      position = await store.checkpoint('v1');
      while (position < end) {
        position += 1;
        await store.writePage('v1', pageOfHistory(position), at(position));
        tell(at(position));
      }
    } catch (error) {
      if (!(error instanceof StoreError && error.code === 'unavailable')) throw error;
      await pause(50);
      position = 0;
    }
  }
}

/** As a process that is started again and again until it gets in. */
async function opened(place: string, database: string, readOnly: boolean): Promise<ReadStore> {
  if (!place.startsWith('mongodb')) {
    return openEmbeddedReadStore({ folder: place, collections, readOnly });
  }
  for (;;) {
    try {
      return await openMongoReadStore({ url: place, database, collections });
    } catch (error) {
      if (!(error instanceof StoreError && error.code === 'unavailable')) throw error;
      await pause(50);
    }
  }
}

async function run([verb, place = '', ...words]: readonly string[]): Promise<void> {
  const store = await opened(place, words[0] ?? '', verb === 'read');
  if (verb === 'write') await write(store);
  if (verb === 'read') await read(store);
  if (verb === 'project') await project(store, Number(words.at(-1)));
  await store.close();
}

run(process.argv.slice(1)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
