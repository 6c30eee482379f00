import { randomUUID } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StoreError } from '#kernel';
import { damaged, foreign, storeErrorFrom, unavailable } from './trouble';

/** The name of the file in the data folder. */
export const EVENTS_FILE = 'events.db';

/** "SBS1" in SQLite's application_id: whose file it is. */
const APPLICATION_ID = 0x53425331;

/** The format of a log that has stayed where it began, in SQLite's user_version. */
const FORMAT = 1;
/** The format of a log that came from another store: its places are not its positions. The newest this code knows. */
export const MOVED_FORMAT = 2;

/**
 * `position` is the rowid, so the log is the table in its own order. What filters look at stands before `data`, so that
 * passing over an event never reads its overflow pages. Ids are 16 bytes; `recorded_at` is milliseconds since 1970, UTC.
 */
const SCHEMA = `
  CREATE TABLE events (
    position INTEGER PRIMARY KEY,
    stream TEXT NOT NULL,
    revision INTEGER NOT NULL,
    id BLOB NOT NULL,
    type TEXT NOT NULL,
    recorded_at INTEGER NOT NULL,
    data TEXT NOT NULL,
    metadata TEXT NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX events_by_stream ON events (stream, revision);
  CREATE UNIQUE INDEX events_by_id ON events (id);
`;

/**
 * Which log this is; one row. Files written before there were identities lack it and get it when they are next opened to
 * write. Their format stays: versions that do not look for it go on as before.
 */
const LOG = `
  CREATE TABLE log (id TEXT NOT NULL, volume INTEGER NOT NULL) STRICT;
  INSERT INTO log VALUES ('%', 0);
`;
const identity = (): string => LOG.replace('%', randomUUID());

/** How long SQLite waits for a lock held for a moment by another process (opening, closing, recovery), in ms. */
const LOCK_WAIT = 2_000;

/** Opens the file to read. @throws StoreError when it is missing, damaged, foreign or newer; it is never altered. */
export function openToRead(file: string): DatabaseSync {
  if (!existsSync(file)) {
    throw unavailable(
      file,
      'the file does not exist; it is made by the first process that opens it to write',
    );
  }
  if (statSync(file).size === 0) throw damaged(file, 'it is empty, and not even a new one ever is');
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(file, { readOnly: true, timeout: LOCK_WAIT });
    assertReadable(db, file);
    return db;
  } catch (error) {
    db?.close();
    throw storeErrorFrom(error, file);
  }
}

/**
 * Opens the file to write, making it first when there is none. Call it only under the writer's lock.
 * `maxBytes` bounds the size of the file; unbounded when undefined.
 * @throws StoreError as `openToRead`.
 */
export function openToWrite(file: string, maxBytes: number | undefined): DatabaseSync {
  if (existsSync(file)) openToRead(file).close();
  else create(file);
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(file, { timeout: LOCK_WAIT });
    // FULL: a commit returns when it is on the disk. fullfsync: on macOS too. The rest is about space and speed only.
    db.exec(`
      PRAGMA synchronous = FULL;
      PRAGMA fullfsync = ON;
      PRAGMA journal_size_limit = ${64 * 1024 * 1024};
      PRAGMA cache_size = -${16 * 1024};
    `);
    if (textOf(db, 'PRAGMA journal_mode = WAL') !== 'wal') {
      throw unavailable(file, 'its file system cannot hold a write-ahead log; use a local disk');
    }
    if (numberOf(db, `SELECT count(*) FROM sqlite_schema WHERE name = 'log'`) === 0) {
      db.exec(`BEGIN; ${identity()} COMMIT`);
    }
    if (maxBytes !== undefined) {
      const pages = Math.floor(maxBytes / numberOf(db, 'PRAGMA page_size'));
      db.exec(`PRAGMA max_page_count = ${pages}`);
    }
    return db;
  } catch (error) {
    db?.close();
    throw storeErrorFrom(error, file);
  }
}

/** Makes an empty store under another name and then renames it: a store exists whole or not at all, whenever we are killed. */
function create(file: string): void {
  const log = `${file}-wal`;
  if (existsSync(log) && statSync(log).size > 0) {
    throw damaged(
      file,
      `it is missing, while its write-ahead log ${log} is still there; the two belong together`,
    );
  }
  const making = `${file}.new`;
  try {
    for (const leftover of [
      log,
      `${file}-shm`,
      making,
      `${making}-wal`,
      `${making}-shm`,
      `${making}-journal`,
    ]) {
      rmSync(leftover, { force: true });
    }
    const db = new DatabaseSync(making);
    try {
      db.exec(
        `BEGIN; ${SCHEMA} ${identity()} PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${FORMAT}; COMMIT;`,
      );
      db.exec('PRAGMA journal_mode = WAL');
    } finally {
      db.close();
    }
    renameSync(making, file);
    syncFolderOf(file);
  } catch (error) {
    throw storeErrorFrom(error, file);
  }
}

/** Makes a rename in the file's folder survive a power cut. Windows has no such call and needs none. */
export function syncFolderOf(file: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(dirname(file), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

function assertReadable(db: DatabaseSync, file: string): void {
  if (numberOf(db, 'PRAGMA application_id') !== APPLICATION_ID) {
    throw foreign(file, 'it is a SQLite file of another program');
  }
  const format = numberOf(db, 'PRAGMA user_version');
  if (format > MOVED_FORMAT) {
    throw new StoreError(
      'newer-format',
      `${file} was written by a newer version of Side by Side (format ${format}; this one knows up to ${MOVED_FORMAT}). It has ` +
        'not been touched. Start the newer version, or put back the backup made before it was first started.',
    );
  }
  if (format < 1) throw damaged(file, 'it does not say its format');
  if (format === MOVED_FORMAT) assertMoved(db, file);
  assertLastEventStands(db, file);
}

/** A log that came from elsewhere must say which one it is and where its events stood, or positions would be misread. */
function assertMoved(db: DatabaseSync, file: string): void {
  const tables = `SELECT count(*) FROM sqlite_schema WHERE name IN ('log', 'earlier_positions')`;
  if (numberOf(db, tables) === 2 && numberOf(db, 'SELECT volume FROM log') > 0) return;
  throw damaged(file, 'it does not say which log it goes on with');
}

/** The last event must be found by its stream and by its id as well: a cheap look at all three trees where they grow. */
function assertLastEventStands(db: DatabaseSync, file: string): void {
  const last = 'SELECT stream, revision, id, position FROM events ORDER BY position DESC LIMIT 1';
  try {
    const lost = numberOf(
      db,
      `SELECT count(*) FROM (${last}) AS last
       WHERE last.position IS NOT (SELECT position FROM events INDEXED BY events_by_stream
                                   WHERE stream = last.stream AND revision = last.revision)
          OR last.position IS NOT (SELECT position FROM events INDEXED BY events_by_id WHERE id = last.id)`,
    );
    if (lost > 0) throw damaged(file, 'its last event is not in its indexes');
  } catch (error) {
    const trouble = storeErrorFrom(error, file);
    // A table or an index of ours that is not there.
    if (trouble instanceof StoreError && trouble.code === 'unavailable') {
      throw damaged(file, 'its tables are not those of its format', error);
    }
    throw trouble;
  }
}

function valueOf(db: DatabaseSync, sql: string): unknown {
  const row = db.prepare(sql).get();
  return row === undefined ? undefined : Object.values(row)[0];
}

const numberOf = (db: DatabaseSync, sql: string): number => Number(valueOf(db, sql));
const textOf = (db: DatabaseSync, sql: string): string => String(valueOf(db, sql));
