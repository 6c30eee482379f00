/**
 * One process at an embedded event store, for tests that start several and kill some. Not a test by itself.
 *
 *   node event-store-kill.js write FOLDER         appends without end, 64 at a time, and tells each append once it is acknowledged
 *   node event-store-kill.js read FOLDER COUNT    follows the log from its start as a reader, until it has seen COUNT events
 *
 * What is told goes to stdout, a line of JSON each, written before anything else is done: what the other side has read
 * was true whenever this process dies.
 */
import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { openEmbeddedEventStore } from '#adapters';
import { START, StoreError } from '#kernel';

/** What `write` tells of an append: its events' ids in order, and the position of the last. */
export interface Acknowledged {
  readonly ids: readonly string[];
  readonly position: number;
}

const tell = (what: unknown): void => {
  writeSync(1, `${JSON.stringify(what)}\n`);
};

async function write(folder: string): Promise<never> {
  const store = openEmbeddedEventStore({ folder });
  const appendForEver = async (writer: number): Promise<never> => {
    for (let n = 0; ; n++) {
      const ids = Array.from({ length: 1 + (n % 3) }, () => randomUUID());
      const events = ids.map((id) => ({
        id,
        type: 'SchoolVisited',
        data: { n, words: 'x'.repeat(n % 900) },
        metadata: {},
      }));
      const answer = await store.append(`school-${writer}`, 'any', events);
      if (!answer.appended) throw new Error(`refused: ${JSON.stringify(answer)}`);
      tell({ ids, position: answer.position } satisfies Acknowledged);
    }
  };
  return Promise.race(Array.from({ length: 64 }, (_, writer) => appendForEver(writer)));
}

async function read(folder: string, count: number): Promise<void> {
  const store = openEmbeddedEventStore({ folder, readOnly: true });
  let seen = 0;
  for await (const page of store.subscribe({ after: START, pageSize: 50 })) {
    for (const { id, position } of page.events)
      tell({ ids: [id], position } satisfies Acknowledged);
    seen += page.events.length;
    if (seen >= count) break;
  }
  await store.close();
}

const [verb, folder = '', count = '0'] = process.argv.slice(2);
(verb === 'write' ? write(folder) : read(folder, Number(count))).catch((error: unknown) => {
  tell({ failed: error instanceof StoreError ? error.code : String(error) });
  process.exitCode = 1;
});
