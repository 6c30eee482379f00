import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { StatementSync } from 'node:sqlite';
import type { Audience, Batch, ChainEnd, Position, Publisher, Resumption } from '#kernel';
import { START, StoreError } from '#kernel';

/** The name of the file in the data folder. */
const MESSAGES_FILE = 'messages.db';
/** "SBSM" in SQLite's application_id: whose file it is. */
const APPLICATION_ID = 0x5342534d;
/** The newest format this code reads and writes, in SQLite's user_version. */
const FORMAT = 1;
/** SQLite's primary result codes that something can be said about: https://sqlite.org/rescode.html */
const SQLITE = { CORRUPT: 11, FULL: 13, NOTADB: 26 } as const;
const ADVICE = 'Move it away: the messages are made again from the events, and are the same.';

/**
 * `message` is only ever added to. Its offset counts within the audience, without gaps; one chain has one message of a
 * position, whoever brings it.
 */
const SCHEMA = `
  CREATE TABLE message(
    audience TEXT NOT NULL, offset INTEGER NOT NULL, key TEXT NOT NULL, position INTEGER NOT NULL, text TEXT NOT NULL,
    PRIMARY KEY(audience, offset)
  ) STRICT;
  CREATE UNIQUE INDEX message_by_chain ON message(audience, key, position);
  CREATE TABLE chain_end(
    audience TEXT NOT NULL, key TEXT NOT NULL, sequence INTEGER NOT NULL, hash TEXT NOT NULL, position INTEGER NOT NULL,
    id TEXT NOT NULL, snapshot TEXT,
    PRIMARY KEY(audience, key)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE place(confirmed INTEGER NOT NULL) STRICT;
  INSERT INTO place VALUES (0);
`;

/** A message as a reader of the file gets it: `offset` is where to go on. */
export interface PublishedMessage {
  readonly offset: number;
  readonly key: string;
  /** The CloudEvent. */
  readonly text: string;
}

export interface EmbeddedPublisher extends Publisher {
  /** Messages of one audience behind `after` (0: from the first), in the order they were published; `limit` at most. */
  read(audience: Audience, after: number, limit: number): readonly PublishedMessage[];
  /** What is known of every key of an audience, by key: where a new reader begins. Keys that have ended are left out. */
  snapshots(audience: Audience): readonly { readonly key: string; readonly text: string }[];
}

/**
 * Opens the publisher of a single machine: one SQLite file in the data folder, `messages.db`, for whoever pages through
 * it. All of a batch is in it, on the disk, or nothing. Two processes may write; what the second one brings is there already.
 * @throws StoreError 'foreign', 'newer-format', 'damaged' or 'unavailable'; the file is then as it was.
 */
export function openEmbeddedPublisher({ folder }: { readonly folder: string }): EmbeddedPublisher {
  const file = join(folder, MESSAGES_FILE);
  let db: DatabaseSync | undefined;
  try {
    mkdirSync(folder, { recursive: true });
    db = new DatabaseSync(file, { timeout: 5_000 });
    prepare(db, file);
    return new MessagesFile(db, file);
  } catch (error) {
    db?.close();
    throw troubleFrom(error, file);
  }
}

function prepare(db: DatabaseSync, file: string): void {
  const numberOf = (pragma: string): number =>
    Number(Object.values(db.prepare(`PRAGMA ${pragma}`).get() ?? {})[0]);
  // The first question is one that reads the file.
  const isNew = numberOf('page_count') === 0;
  if (!isNew && numberOf('application_id') !== APPLICATION_ID) {
    throw new StoreError('foreign', `${file} holds no messages of Side by Side. ${ADVICE}`);
  }
  const format = numberOf('user_version');
  if (format > FORMAT) {
    throw new StoreError(
      'newer-format',
      `${file} was written by a newer version of Side by Side (format ${format}; this one knows up to ${FORMAT}). Use the newer version.`,
    );
  }
  if (isNew) {
    db.exec(
      `BEGIN IMMEDIATE; ${SCHEMA} PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${FORMAT}; COMMIT`,
    );
  }
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA fullfsync = ON');
}

class MessagesFile implements EmbeddedPublisher {
  private readonly statements = new Map<string, StatementSync>();
  private hasItsPlace = false;
  /** Up to here everything has been handed over with its ends; on the disk with the next ones, so that those lie behind it. */
  private confirmedTo: Position = START;

  constructor(
    private readonly db: DatabaseSync,
    private readonly file: string,
  ) {}

  resume(): Promise<Resumption> {
    return this.promised(() => {
      const ends = this.statement('SELECT * FROM chain_end').all() as unknown as ChainEnd[];
      const { confirmed } = this.statement('SELECT confirmed FROM place').get() as {
        confirmed: Position;
      };
      this.hasItsPlace = true;
      this.confirmedTo = confirmed;
      return { after: confirmed, ends: ends.map((end) => ({ ...end })) };
    });
  }

  publish({ messages, upTo, ends }: Batch): Promise<void> {
    return this.promised(() => {
      if (!this.hasItsPlace) {
        throw new StoreError(
          'invalid',
          'Publishing has not found its place: ask for `resume` before the first batch, and again after one that failed.',
        );
      }
      this.hasItsPlace = false;
      this.db.exec('BEGIN IMMEDIATE');
      try {
        this.add(messages);
        if (ends !== undefined) this.end(ends);
        // Where nothing was handed over the place may stay: there is nothing to be passed over behind it.
        if (messages.length > 0 || (ends ?? []).length > 0)
          this.statement('UPDATE place SET confirmed = max(confirmed, ?)').run(this.confirmedTo);
        this.db.exec('COMMIT');
        if (ends !== undefined) this.confirmedTo = upTo;
      } catch (error) {
        // On some failures, a full disk among them, SQLite has rolled back by itself.
        if (this.db.isTransaction) this.db.exec('ROLLBACK');
        throw error;
      }
      this.hasItsPlace = true;
    });
  }

  read(audience: Audience, after: number, limit: number): readonly PublishedMessage[] {
    return this.guarded(() =>
      this.statement(
        'SELECT offset, key, text FROM message WHERE audience = ? AND offset > ? ORDER BY offset LIMIT ?',
      ).all(audience, after, limit),
    ) as unknown as PublishedMessage[];
  }

  snapshots(audience: Audience): readonly { readonly key: string; readonly text: string }[] {
    return this.guarded(() =>
      this.statement(
        'SELECT key, snapshot AS text FROM chain_end WHERE audience = ? AND snapshot IS NOT NULL ORDER BY key',
      ).all(audience),
    ) as unknown as { key: string; text: string }[];
  }

  close(): Promise<void> {
    if (this.db.isOpen) this.db.close();
    return Promise.resolve();
  }

  private add(messages: Batch['messages']): void {
    if (messages.length === 0) return;
    const add = this.statement(
      `INSERT INTO message(audience, offset, key, position, text)
       VALUES (?1, coalesce((SELECT max(offset) FROM message WHERE audience = ?1), 0) + 1, ?2, ?3, ?4)
       ON CONFLICT(audience, key, position) DO NOTHING`,
    );
    for (const { audience, key, position, text } of messages)
      add.run(audience, key, position, text);
  }

  private end(ends: readonly ChainEnd[]): void {
    const end = this.statement(
      `INSERT INTO chain_end(audience, key, sequence, hash, position, id, snapshot) VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT(audience, key) DO UPDATE SET sequence = excluded.sequence, hash = excluded.hash,
         position = excluded.position, id = excluded.id, snapshot = excluded.snapshot
       WHERE excluded.position > chain_end.position`,
    );
    for (const { audience, key, sequence, hash, position, id, snapshot } of ends)
      end.run(audience, key, sequence, hash, position, id, snapshot);
  }

  private statement(sql: string): StatementSync {
    let statement = this.statements.get(sql);
    if (statement === undefined) this.statements.set(sql, (statement = this.db.prepare(sql)));
    return statement;
  }

  private promised<T>(work: () => T): Promise<T> {
    return new Promise((resolve) => resolve(this.guarded(work)));
  }

  private guarded<T>(work: () => T): T {
    if (!this.db.isOpen) {
      throw new StoreError('closed', 'The publisher has been closed. Open it again to go on.');
    }
    try {
      return work();
    } catch (error) {
      throw troubleFrom(error, this.file);
    }
  }
}

/** What SQLite or the file system said, as an answer. Any other error is a bug and is handed back as it is. */
function troubleFrom(error: unknown, file: string): unknown {
  if (error instanceof StoreError || typeof error !== 'object' || error === null) return error;
  const { errcode, code, message } = error as {
    errcode?: unknown;
    code?: unknown;
    message?: unknown;
  };
  if (typeof errcode !== 'number' && typeof code !== 'string') return error;
  const result = typeof errcode === 'number' ? errcode & 0xff : undefined;
  const say = (trouble: StoreError['code'], sentence: string): StoreError =>
    new StoreError(trouble, sentence, { cause: error });
  if (result === SQLITE.FULL || code === 'ENOSPC')
    return say(
      'disk-full',
      `There is no room left to write ${file}. Free space on the disk; publishing goes on by itself.`,
    );
  if (result === SQLITE.CORRUPT) return say('damaged', `${file} is damaged. ${ADVICE}`);
  if (result === SQLITE.NOTADB) return say('foreign', `${file} is no SQLite file. ${ADVICE}`);
  return say(
    'unavailable',
    `${file} cannot be used: ${String(message)}. Check that the folder exists and that this account may write it.`,
  );
}
