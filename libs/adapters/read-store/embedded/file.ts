import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { StoreError } from '#kernel';

/** 'SBSR' in the file's header: how a file is known to be a read store of Side by Side. */
const APPLICATION_ID = 0x53425352;
/** Written into the file; a higher one was made by a newer version of this program. */
const FORMAT = 1;
const ADVICE = 'Move it away: the read models are rebuilt from the events.';

/**
 * `collection.fixed` is the list of fixed fields its tables were made with. Ids are never given out twice, so that a
 * statement prepared for a dropped table can not meet another one of the same name.
 */
const CATALOGUE = `
  CREATE TABLE generation(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    checkpoint INTEGER NOT NULL,
    active INTEGER NOT NULL DEFAULT 0
  );
  CREATE TABLE collection(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    generation INTEGER NOT NULL REFERENCES generation(id),
    name TEXT NOT NULL,
    fixed TEXT NOT NULL,
    UNIQUE(generation, name)
  );
  CREATE TABLE mark(name TEXT PRIMARY KEY, position INTEGER NOT NULL) WITHOUT ROWID;
`;

/** Came later than the first files: made where it is missing. `until` is in milliseconds since 1970. */
const LEASES = `CREATE TABLE IF NOT EXISTS lease(
  name TEXT PRIMARY KEY, holder TEXT NOT NULL, until INTEGER NOT NULL
) WITHOUT ROWID`;

/** The one file of the read store: opening and refusing it, its statements and transactions, its errors as `StoreError`. */
export class ReadModelsFile {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  /** Opens the file, making it when there is none. A file that is refused is left as it was, byte for byte. */
  constructor(
    readonly path: string,
    readonly readOnly: boolean,
  ) {
    const isNew = this.#refuseWhatIsNotOurs();
    if (isNew && readOnly) {
      throw new StoreError(
        'unavailable',
        `There are no read models at ${path} yet. Start the service or rebuild, then read.`,
      );
    }
    this.#database = this.guard(() => new DatabaseSync(path, { readOnly, timeout: 5000 }));
    try {
      this.guard(() => {
        if (!readOnly) this.#prepareFile();
        this.#database.exec('PRAGMA cache_size = -32000'); // 32 MB
        this.statement('SELECT count(*) FROM generation, collection, mark').get();
      });
    } catch (error) {
      this.#database.close();
      throw error;
    }
  }

  get isOpen(): boolean {
    return this.#database.isOpen;
  }

  /** The statement of this text, prepared once. */
  statement(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#database.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }

  /** Runs statements that change what tables there are. */
  define(sql: string): void {
    this.#statements.clear();
    this.#database.exec(sql);
  }

  /** All of `work` or nothing of it. */
  transaction<T>(work: () => T): T {
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.#database.exec('COMMIT');
      return result;
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
      throw error;
    }
  }

  /** Runs `work` and turns what SQLite says of the file into a `StoreError` with what to do about it. */
  guard<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw this.#explain(error);
    }
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }

  #prepareFile(): void {
    // All of it before WAL: whoever looks at the header afterwards finds whose file it is.
    this.#database.exec('PRAGMA page_size = 8192');
    this.transaction(() => {
      const { tables } = this.statement('SELECT count(*) AS tables FROM sqlite_schema').get() as {
        tables: number;
      };
      if (tables === 0) {
        this.#database.exec(
          `PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${FORMAT}; ${CATALOGUE}`,
        );
      }
      this.#database.exec(LEASES);
    });
    // NORMAL: a power cut may take the last pages, never a part of one, and the log still has their events.
    // A longer WAL (32 MB) means that a hot page is carried into the file once in many commits.
    this.#database.exec(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 4000',
    );
  }

  /** Looks at the 100 bytes of the header without SQLite, which would touch the file. True when there is no file yet. */
  #refuseWhatIsNotOurs(): boolean {
    if (!existsSync(this.path)) return true;
    const header = Buffer.alloc(100);
    const descriptor = openSync(this.path, 'r');
    const length = readSync(descriptor, header, 0, header.length, 0);
    closeSync(descriptor);
    if (length === 0) return true;
    const isSqlite = length === 100 && header.toString('latin1', 0, 16) === 'SQLite format 3\0';
    if (!isSqlite || header.readInt32BE(68) !== APPLICATION_ID) {
      throw new StoreError(
        'foreign',
        `${this.path} is not a read store of Side by Side, or its beginning is destroyed. ${ADVICE}`,
      );
    }
    const format = header.readInt32BE(60);
    if (format > FORMAT) {
      throw new StoreError(
        'newer-format',
        `${this.path} has format ${format}; this version of Side by Side reads up to ${FORMAT}. ` +
          `Use the newer version. ${ADVICE}`,
      );
    }
    return false;
  }

  #explain(error: unknown): unknown {
    if (!isSqliteError(error)) return error;
    const cause = { cause: error };
    // The low byte is SQLite's primary result code: https://www.sqlite.org/rescode.html
    switch (error.errcode & 0xff) {
      case 11: // SQLITE_CORRUPT
      case 26: // SQLITE_NOTADB
        return new StoreError('damaged', `${this.path} is damaged. ${ADVICE}`, cause);
      case 13: // SQLITE_FULL
        return new StoreError(
          'disk-full',
          `The disk of ${this.path} is full. Free some space; nothing of this page was written.`,
          cause,
        );
      case 8: // SQLITE_READONLY
        return new StoreError('read-only', `${this.path} may only be read here.`, cause);
      default:
        return new StoreError(
          'unavailable',
          `${this.path} can not be used now: ${error.message}. Try again; if it stays so, look at the disk and who else has the file open.`,
          cause,
        );
    }
  }
}

function isSqliteError(error: unknown): error is { errcode: number; message: string } {
  return typeof error === 'object' && error !== null && 'errcode' in error;
}
