import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { AppendRefused, Appended, Position } from '#kernel';
import type { AppendRequest } from '../append-request';
import { isUniqueViolation, storeErrorFrom } from './trouble';
import type { Volume } from './volume';

/** Something an operator should know of, though the store goes on. */
export interface StoreWarning {
  readonly code: 'clock-set-back';
  /** What the clock says, ISO. */
  readonly clock: string;
  /** What is recorded instead, ISO: the last instant in the log. */
  readonly recordedAs: string;
}

/** Most appends in one transaction: bounds how long one commit holds up everything else in the process. */
const GROUP = 512;

/** An append that waits for its group, with whom to answer. */
export interface Pending {
  readonly request: AppendRequest;
  readonly resolve: (answer: Appended | AppendRefused) => void;
  readonly reject: (error: unknown) => void;
}

/** Most streams whose last revision is remembered. */
const HOT_STREAMS = 10_000;

/** The end of the log: its last place, and the instant recorded there in ms. */
interface End {
  readonly place: number;
  readonly recordedAt: number;
}

/**
 * Group commit. Appends that arrive in one turn of the event loop share one transaction and one flush to disk. Each is
 * decided by itself against what the transaction holds so far, so a refused one leaves no mark on its neighbours, and
 * none is answered before the commit has returned.
 *
 * The end of the log and of recent streams are remembered between transactions, which the writer's lock allows; after
 * any failure they are read anew. Should somebody have written past the lock all the same, the unique indexes refuse.
 */
export class LogWriter {
  readonly #begin: StatementSync;
  readonly #commit: StatementSync;
  readonly #rollback: StatementSync;
  readonly #lastEvent: StatementSync;
  readonly #lastRevision: StatementSync;
  readonly #insert: StatementSync;
  readonly #undo: StatementSync;
  readonly #byId: StatementSync;
  /** Undefined: to be read from the file. */
  #end: End | undefined;
  readonly #revisions = new Map<string, number>();
  #queue: Pending[] = [];
  #scheduled = false;
  #clockIsBack = false;

  constructor(
    private readonly db: DatabaseSync,
    private readonly file: string,
    private readonly volume: Volume,
    private readonly clock: () => number,
    private readonly warn: (warning: StoreWarning) => void,
    private readonly committed: () => void,
  ) {
    const prepare = (sql: string): StatementSync => {
      const statement = db.prepare(sql);
      statement.setReturnArrays(true);
      return statement;
    };
    this.#begin = prepare('BEGIN IMMEDIATE');
    this.#commit = prepare('COMMIT');
    this.#rollback = prepare('ROLLBACK');
    this.#lastEvent = prepare(
      'SELECT position, recorded_at FROM events ORDER BY position DESC LIMIT 1',
    );
    this.#lastRevision = prepare(
      'SELECT revision FROM events WHERE stream = ? ORDER BY revision DESC LIMIT 1',
    );
    this.#insert = prepare(
      `INSERT INTO events (position, stream, revision, id, type, recorded_at, data, metadata)
       VALUES (?, ?, ?, unhex(?, '-'), ?, ?, ?, ?)`,
    );
    this.#undo = prepare('DELETE FROM events WHERE position > ?');
    this.#byId = prepare(`SELECT stream, revision, position FROM events WHERE id = unhex(?, '-')`);
  }

  append(pending: Pending): void {
    this.#queue.push(pending);
    this.#schedule();
  }

  /** The last revision of a stream (-1: it is empty) if it is at hand; undefined if the file has to be asked. */
  knownRevision(stream: string): number | undefined {
    return this.#revisions.get(stream);
  }

  /** Commits everything that has been asked for, now. */
  drain(): void {
    while (this.#queue.length > 0) this.#commitGroup(this.#queue.splice(0, GROUP));
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      const group = this.#queue.splice(0, GROUP);
      if (this.#queue.length > 0) this.#schedule();
      if (group.length > 0) this.#commitGroup(group);
    });
  }

  #commitGroup(group: readonly Pending[]): void {
    const answers: (Appended | AppendRefused)[] = [];
    let written = false;
    try {
      this.#begin.run();
      const before = (this.#end ??= this.#readEnd());
      const recordedAt = this.#instantFrom(before.recordedAt);
      const { base } = this.volume;
      let { place } = before;
      for (const { request } of group) {
        const answer = this.#place(request, place, recordedAt, base);
        if (answer.appended && !answer.repeated) place += request.events.length;
        answers.push(answer);
      }
      this.#commit.run();
      written = place > before.place;
      if (written) this.#end = { place, recordedAt };
    } catch (error) {
      this.#takeBack();
      const trouble = storeErrorFrom(error, this.file);
      for (const { reject } of group) reject(trouble);
      return;
    }
    group.forEach(({ resolve }, i) => {
      const answer = answers[i];
      if (answer !== undefined) resolve(answer);
    });
    if (written) this.committed();
  }

  #readEnd(): End {
    const last = this.#lastEvent.get();
    return last === undefined
      ? { place: 0, recordedAt: 0 }
      : { place: last[0] as number, recordedAt: last[1] as number };
  }

  /** What is remembered of the file is read anew: somebody else has written to it, or a write has failed. */
  forget(): void {
    this.#end = undefined;
    this.#revisions.clear();
  }

  #takeBack(): void {
    this.forget();
    // On some failures, a full disk among them, SQLite has rolled back by itself.
    if (!this.db.isTransaction) return;
    try {
      this.#rollback.run();
    } catch {
      // The failure that brought us here is the one to tell; if the transaction is stuck, the next append says so.
    }
  }

  /** Now in ms, but never before the last event of the log; told once each time the clock is found behind it. */
  #instantFrom(last: number): number {
    const now = Math.floor(this.clock());
    if (now >= last) {
      this.#clockIsBack = false;
      return now;
    }
    if (!this.#clockIsBack) {
      this.#clockIsBack = true;
      const warning: StoreWarning = {
        code: 'clock-set-back',
        clock: new Date(now).toISOString(),
        recordedAs: new Date(last).toISOString(),
      };
      queueMicrotask(() => {
        this.warn(warning);
      });
    }
    return last;
  }

  /** Decides one append inside the open transaction, and writes it behind `end` when it is accepted. */
  #place(
    request: AppendRequest,
    end: number,
    recordedAt: number,
    base: number,
  ): Appended | AppendRefused {
    const { stream, expected, events } = request;
    const last = this.#lastRevisionOf(stream);
    if (expected !== 'any' && expected !== last) {
      return this.#known(request, base) ?? { appended: false, reason: 'conflict', actual: last };
    }
    let place = end;
    let revision = last;
    try {
      for (const { id, type, data, metadata } of events) {
        this.#insert.run(++place, stream, ++revision, id, type, recordedAt, data, metadata);
      }
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      // One of the ids is there already. Take back the events before it, then see what the ids are.
      this.#undo.run(end);
      const known = this.#known(request, base);
      if (known === undefined) throw error;
      return known;
    }
    this.#revisions.set(stream, revision);
    return { appended: true, revision, position: (base + place) as Position, repeated: false };
  }

  #lastRevisionOf(stream: string): number {
    const remembered = this.#revisions.get(stream);
    if (remembered !== undefined) return remembered;
    if (this.#revisions.size >= HOT_STREAMS) this.#revisions.clear();
    const last = (this.#lastRevision.get(stream)?.[0] as number | undefined) ?? -1;
    this.#revisions.set(stream, last);
    return last;
  }

  /**
   * The answer for ids the log has already: repeated when they are this very append, 'id-taken' when one of them is
   * something else; undefined when the log has none of them.
   */
  #known(
    { stream, expected, events }: AppendRequest,
    base: number,
  ): Appended | AppendRefused | undefined {
    const known = events.map(({ id }) => {
      const row = this.#byId.get(id);
      return (
        row && {
          id,
          stream: row[0] as string,
          revision: row[1] as number,
          position: (base + (row[2] as number)) as Position,
        }
      );
    });
    const taken = known.find((event) => event !== undefined);
    if (taken === undefined) return undefined;
    const first = expected === 'any' ? (known[0]?.revision ?? 0) : expected + 1;
    const repeated = known.every(
      (event, i) => event?.stream === stream && event.revision === first + i,
    );
    const end = known.at(-1);
    return repeated && end
      ? { appended: true, revision: end.revision, position: end.position, repeated: true }
      : {
          appended: false,
          reason: 'id-taken',
          id: taken.id,
          stream: taken.stream,
          revision: taken.revision,
        };
  }
}
