import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openEmbeddedEventStore } from '#adapters';
import type { EmbeddedEventStore, EmbeddedEventStoreOptions } from '#adapters';
import { START } from '#kernel';
import type { RecordedEvent } from '#kernel';
import { anEvent } from './event-store-ground';

export const newFolder = (): string => mkdtempSync(join(tmpdir(), 'event-store-'));

export const wholeLog = async (store: EmbeddedEventStore): Promise<readonly RecordedEvent[]> =>
  (await store.readLog(START, { limit: 1_000_000 })).events;

/** A data folder for one test; what is opened in it is closed when the test ends. */
export class DataFolder {
  readonly folder = newFolder();
  readonly file = join(this.folder, 'events.db');
  readonly #opened: EmbeddedEventStore[] = [];

  open(options: Partial<EmbeddedEventStoreOptions> = {}): EmbeddedEventStore {
    const store = openEmbeddedEventStore({ folder: this.folder, ...options });
    this.#opened.push(store);
    return store;
  }

  /** Some streams with some events, closed again: the file is then all there is. */
  async someHistory(events = 200): Promise<void> {
    const store = this.open();
    await Promise.all(
      Array.from({ length: events }, (_, i) =>
        store.append(`school-${i % 7}`, 'any', [anEvent({ i, words: 'x'.repeat(100) })]),
      ),
    );
    await store.close();
  }

  /** A log of this many small events, written straight into the file. */
  async longHistory(events: number): Promise<void> {
    await this.open().close();
    fill(this.file, events);
  }

  async remove(): Promise<void> {
    for (const store of this.#opened) await store.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** How many transactions the write-ahead log holds: https://sqlite.org/fileformat2.html#the_write_ahead_log */
export function transactionsIn(file: string): number {
  const log = readFileSync(`${file}-wal`);
  if (log.length === 0) return 0;
  const frame = 24 + log.readUInt32BE(8);
  const salt = log.subarray(16, 24);
  let commits = 0;
  for (
    let at = 32;
    at + frame <= log.length && log.subarray(at + 8, at + 16).equals(salt);
    at += frame
  ) {
    if (log.readUInt32BE(at + 4) > 0) commits++;
  }
  return commits;
}

function fill(file: string, count: number): void {
  const db = new DatabaseSync(file);
  db.prepare(
    `INSERT INTO events
     WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
     SELECT i, 'school-' || ((i - 1) % 97), (i - 1) / 97, unhex(printf('%032x', i)), 'SchoolVisited', 0, '{"i":' || i || '}', '{}' FROM n`,
  ).run(count);
  db.close();
}

export function overwrite(file: string, at: number, length: number): void {
  const bytes = readFileSync(file);
  for (let i = at; i < at + length && i < bytes.length; i++) bytes[i] = (i * 31) % 251;
  writeFileSync(file, bytes);
}
