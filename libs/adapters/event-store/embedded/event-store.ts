import { closeSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { backup } from 'node:sqlite';
import type { DatabaseSync } from 'node:sqlite';
import { StoreError } from '#kernel';
import type {
  Appended,
  AppendRefused,
  EventStore,
  ExpectedRevision,
  LogFilter,
  LogIdentity,
  LogPage,
  NewEvent,
  Position,
  ReadStreamOptions,
  RecordedEvent,
  SubscribeOptions,
} from '#kernel';
import { closed } from '../closed';
import { invalid } from '../invalid';
import { appendRequest } from '../append-request';
import { Arrivals } from '../arrivals';
import { EVENTS_FILE, openToRead, openToWrite, syncFolderOf } from './format';
import { LogReader } from './log-reader';
import { LogWriter } from './log-writer';
import type { StoreWarning } from './log-writer';
import { TakingOver } from './taking-over';
import { storeErrorFrom, systemCodeOf } from './trouble';
import { Volume } from './volume';
import { lockForWriting } from './writer-lock';

/** Events in a page when the reader does not say. */
const PAGE = 500;

/** Places of the log a subscription looks at before it says how far it has come, even when nothing passed its filter. */
const SCAN = 20_000;

/**
 * What is appended turn after turn is handed to a subscription as one page, which is kept waiting for so many milliseconds
 * at most. What comes by itself is handed over at once.
 */
const TOGETHER = 20;

/** Pages of the file copied at a time by a backup, 4 kB each. */
const BACKUP_STEP = 256;

export interface EmbeddedEventStoreOptions {
  /** The data folder; made when it is not there. The log is `events.db` in it, with SQLite's own files beside it. */
  readonly folder: string;
  /** Milliseconds since 1970; default the machine's clock. */
  readonly clock?: () => number;
  /** Reads beside a writer in this or another process: takes no lock, makes no file, refuses to append. */
  readonly readOnly?: boolean;
  /** The file may grow to this many bytes; beyond, appends are refused as on a full disk. Default: the disk is the limit. */
  readonly maxBytes?: number;
  readonly log?: (warning: StoreWarning) => void;
}

/**
 * Opens the event log in a data folder: one SQLite file, one writer, any number of readers. SQLite works in the calling
 * thread: an append costs it one flush to disk for all appends of the same turn, a read a few milliseconds at a time.
 * @throws StoreError 'second-writer', 'damaged', 'foreign', 'newer-format' or 'unavailable'; the file is then as it was.
 */
export function openEmbeddedEventStore(options: EmbeddedEventStoreOptions): EmbeddedEventStore {
  const { folder, readOnly = false, clock = Date.now, maxBytes, log = () => undefined } = options;
  const file = join(folder, EVENTS_FILE);
  if (readOnly) return new EmbeddedEventStore(file, openToRead(file));
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw storeErrorFrom(error, file);
  }
  const lock = lockForWriting(folder);
  try {
    return new EmbeddedEventStore(file, openToWrite(file, maxBytes), { lock, clock, log });
  } catch (error) {
    lock.close();
    throw error;
  }
}

/** What a store has that may write. */
interface Writing {
  readonly lock: DatabaseSync;
  readonly clock: () => number;
  readonly log: (warning: StoreWarning) => void;
}

export class EmbeddedEventStore implements EventStore {
  readonly #volume: Volume;
  readonly #reader: LogReader;
  readonly #writer: LogWriter | undefined;
  readonly #arrivals: Arrivals;
  readonly #backups = new Set<Promise<Position>>();

  constructor(
    private readonly file: string,
    private readonly db: DatabaseSync,
    private readonly writing?: Writing,
  ) {
    this.#volume = new Volume(db, file);
    this.#reader = new LogReader(db, file, this.#volume, (stream) =>
      this.#writer?.knownRevision(stream),
    );
    if (writing === undefined) {
      this.#arrivals = new Arrivals(this.#growth());
      return;
    }
    this.#arrivals = new Arrivals();
    this.#writer = new LogWriter(db, file, this.#volume, writing.clock, writing.log, () => {
      this.#arrivals.announce();
    });
  }

  append(
    stream: string,
    expected: ExpectedRevision,
    events: readonly NewEvent[],
  ): Promise<Appended | AppendRefused> {
    return new Promise((resolve, reject) => {
      this.#writerNow().append({
        request: appendRequest(stream, expected, events),
        resolve,
        reject,
      });
    });
  }

  async readStream(
    stream: string,
    options: ReadStreamOptions = {},
  ): Promise<readonly RecordedEvent[]> {
    return this.#reader.readStream(stream, options);
  }

  async readLog(
    after: Position,
    options: { filter?: LogFilter; limit?: number } = {},
  ): Promise<LogPage> {
    const { filter = {}, limit = PAGE } = options;
    return this.#reader.pages(filter, limit)(after);
  }

  async *subscribe(options: SubscribeOptions): AsyncGenerator<LogPage, void, undefined> {
    const { after, filter = {}, pageSize = PAGE, signal } = options;
    const pageAfter = this.#reader.pages(filter, pageSize, SCAN);
    let scannedTo = after;
    let caughtUpOnce = false;
    let isBehind = true;
    while (signal?.aborted !== true) {
      if (!isBehind) await this.#arrivals.pausing(TOGETHER);
      const count = this.#arrivals.count;
      const page = await pageAfter(scannedTo);
      if (isAborted(signal)) return;
      isBehind = !page.atEnd;
      if (page.scannedTo > scannedTo || !caughtUpOnce) {
        scannedTo = page.scannedTo;
        caughtUpOnce ||= page.atEnd;
        yield page;
      } else {
        await this.#arrivals.beyond(count, signal);
      }
    }
  }

  end(): Promise<Position> {
    return promised(() => this.#reader.end());
  }

  positionAt(instant: string): Promise<Position> {
    return promised(() => this.#reader.positionAt(instant));
  }

  identity(): Promise<LogIdentity> {
    return promised(() => this.#volume.identity());
  }

  /** A page is one transaction: give pages that fit into memory several times. */
  takeOver(from: LogIdentity, events: readonly RecordedEvent[]): Promise<Position> {
    return promised(() => {
      const writer = this.#writerNow();
      writer.drain();
      try {
        return new TakingOver(this.db, this.file, this.#volume).takeOver(from, events);
      } finally {
        writer.forget();
        this.#arrivals.announce();
      }
    });
  }

  takenOver(): Promise<Position> {
    return promised(() => this.#volume.takenOver().position);
  }

  translated(position: Position): Promise<Position | undefined> {
    return promised(() => this.#volume.translated(position));
  }

  /**
   * Copies the log to a new file while appends go on. The copy is the log up to the answered position, a store of its
   * own: named `events.db` in a folder, it opens. `onProgress` is told how many of how many bytes are done.
   * @throws StoreError 'invalid' when the file exists already: a backup never overwrites anything.
   */
  async backup(
    file: string,
    onProgress?: (done: number, total: number) => void,
  ): Promise<Position> {
    this.#assertOpen();
    const copying = this.#copyTo(file, onProgress);
    this.#backups.add(copying);
    try {
      return await copying;
    } finally {
      this.#backups.delete(copying);
    }
  }

  /**
   * What is appended while `work` runs is flushed to the disk together at its end, and when this resolves it is on it. Until
   * then a power cut may take the last of it, though never a part of an append, and never what was there before; the end
   * of this process takes nothing. For work that is nobody's yet, and can be done again.
   */
  async inOneGo<T>(work: () => Promise<T>): Promise<T> {
    this.#writerNow();
    this.db.exec('PRAGMA synchronous = NORMAL');
    try {
      return await work();
    } finally {
      // The checkpoint flushes the write-ahead log before it carries anything over.
      if (this.db.isOpen) this.db.exec('PRAGMA synchronous = FULL; PRAGMA wal_checkpoint');
    }
  }

  /** Commits what has been asked for, ends every subscription with 'closed', waits for a backup, and leaves the lock. */
  async close(): Promise<void> {
    if (!this.db.isOpen) return;
    this.#writer?.drain();
    this.db.close();
    this.#arrivals.announce();
    await Promise.allSettled(this.#backups);
    this.writing?.lock.close();
  }

  async #copyTo(
    file: string,
    onProgress: ((done: number, total: number) => void) | undefined,
  ): Promise<Position> {
    const partial = `${file}.partial`;
    const ours: string[] = [];
    // A connection of its own inside one read transaction: the copy is of one moment, and appends never start it anew.
    const source = openToRead(this.file);
    try {
      for (const name of [file, partial]) {
        reserve(name);
        ours.push(name);
      }
      source.exec('BEGIN');
      const end = new LogReader(source, this.file, new Volume(source, this.file)).end();
      const pageSize = Number(source.prepare('PRAGMA page_size').get()?.['page_size']);
      const pages = await backup(source, partial, {
        rate: BACKUP_STEP,
        progress: ({ totalPages, remainingPages }) => {
          onProgress?.((totalPages - remainingPages) * pageSize, totalPages * pageSize);
        },
      });
      renameSync(partial, file);
      syncFolderOf(file);
      onProgress?.(pages * pageSize, pages * pageSize);
      return end;
    } catch (error) {
      for (const name of [...ours, `${partial}-journal`]) rmSync(name, { force: true });
      throw storeErrorFrom(error, file);
    } finally {
      source.close();
    }
  }

  /** Answers whether the log has grown since it was last asked; trouble counts as growth, so that reading reports it. */
  #growth(): () => boolean {
    let seen: Position | undefined;
    return () => {
      let end: Position | undefined;
      try {
        end = this.#reader.end();
      } catch {
        return true;
      }
      const grown = end !== seen;
      seen = end;
      return grown;
    };
  }

  #writerNow(): LogWriter {
    this.#assertOpen();
    if (this.#writer !== undefined) return this.#writer;
    throw new StoreError(
      'read-only',
      'This process opened the event store for reading only; append where it is written.',
    );
  }

  #assertOpen(): void {
    if (!this.db.isOpen) throw closed();
  }
}

/** What synchronous work answers or throws, as a promise. */
const promised = <T>(work: () => T): Promise<T> =>
  new Promise((resolve) => {
    resolve(work());
  });

const isAborted = (signal: AbortSignal | undefined): boolean => signal?.aborted === true;

/** Takes the name for a backup, or refuses when it is taken. */
function reserve(file: string): void {
  try {
    closeSync(openSync(file, 'wx'));
  } catch (error) {
    if (systemCodeOf(error) === 'EEXIST') {
      throw invalid(
        `${file} exists already, and a backup never overwrites anything. Choose another name, or move it away.`,
      );
    }
    throw storeErrorFrom(error, file);
  }
}
