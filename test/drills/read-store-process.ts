/**
 * One process at an embedded read store, for tests that start several and kill some. Not a test by itself.
 *
 *   read FOLDER    reads the counters as often as something new is there, up to position 200
 *   write FOLDER   writes pages of counters without end
 *
 * Tells each position on a line of its own, before anything else is done: what the other side has read was true
 * whenever this process dies.
 */
import { writeSync } from 'node:fs';
import { openEmbeddedReadStore } from '#adapters';
import type { Position } from '#kernel';
import { at, collections, counters, pageOfCounters } from '../contracts/read-store-ground';

const tell = (position: Position): void => {
  writeSync(1, `${position}\n`);
};

async function read(folder: string): Promise<void> {
  const store = openEmbeddedReadStore({ folder, collections, readOnly: true });
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
  await store.close();
}

async function write(folder: string): Promise<never> {
  const store = openEmbeddedReadStore({ folder, collections });
  for (let position = 1; ; position += 1) {
    await store.writePage('v1', pageOfCounters(position), at(position));
    if (position === 1) await store.activate('v1');
    tell(at(position));
  }
}

const [verb, folder = ''] = process.argv.slice(1);
(verb === 'write' ? write(folder) : read(folder)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
