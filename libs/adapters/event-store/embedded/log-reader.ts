import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { START } from '#kernel';
import type {
  JsonObject,
  LogFilter,
  LogPage,
  Position,
  ReadStreamOptions,
  RecordedEvent,
} from '#kernel';
import { closed, damaged, invalid, storeErrorFrom } from './trouble';

/** Most events or places of the log looked at before other work of the process gets its turn: a few milliseconds. */
const WINDOW = 1_000;

const EVENT = 'position, stream, revision, lower(hex(id)), type, recorded_at, data, metadata';

/** A row of SELECT EVENT, by the place of the column: arrays are read faster than objects. */
type Row = Readonly<Record<number, unknown>>;

/**
 * Reads the log in short synchronous windows, with the other work of the process in between. What has been committed
 * never changes, so several windows agree with each other as one would.
 */
export class LogReader {
  readonly #forwards: StatementSync;
  readonly #backwards: StatementSync;
  readonly #end: StatementSync;
  readonly #recordedAt: StatementSync;

  constructor(
    private readonly db: DatabaseSync,
    private readonly file: string,
  ) {
    this.#forwards = this.#prepare(
      `SELECT ${EVENT} FROM events WHERE stream = ? AND revision >= ? ORDER BY revision LIMIT ?`,
    );
    this.#backwards = this.#prepare(
      `SELECT ${EVENT} FROM events WHERE stream = ? AND revision <= ? ORDER BY revision DESC LIMIT ?`,
    );
    this.#end = this.#prepare('SELECT max(position) FROM events');
    this.#recordedAt = this.#prepare('SELECT recorded_at FROM events WHERE position = ?');
  }

  async readStream(stream: string, options: ReadStreamOptions): Promise<readonly RecordedEvent[]> {
    const { direction = 'forwards', limit = Number.MAX_SAFE_INTEGER } = options;
    const forwards = direction === 'forwards';
    const statement = forwards ? this.#forwards : this.#backwards;
    const step = forwards ? 1 : -1;
    let from = options.from ?? (forwards ? 0 : Number.MAX_SAFE_INTEGER);
    assertCount('from', from);
    assertCount('limit', limit);
    let events: RecordedEvent[] = [];
    for (;;) {
      const room = Math.min(WINDOW, limit - events.length);
      const window = this.#events(statement, stream, from, room);
      events = events.length === 0 ? window : events.concat(window);
      const last = window.at(-1);
      if (last === undefined || window.length < WINDOW || events.length >= limit) return events;
      from = last.revision + step;
      if (from < 0) return events;
      await nextTurn();
    }
  }

  /** As `EventStore.readLog`, but it gives up with what it has after looking at `most` places of the log. */
  async readLog(after: Position, filter: LogFilter, limit: number, most: number): Promise<LogPage> {
    assertCount('after', after);
    assertCount('limit', limit);
    if (limit === 0) throw invalid('The limit of a page of the log must be at least 1.');
    const scan = this.#scanFor(filter);
    const events: RecordedEvent[] = [];
    let scannedTo: number = after;
    for (;;) {
      const end = this.end();
      const to = Math.min(scannedTo + WINDOW, end);
      if (to > scannedTo) {
        const room = limit - events.length;
        const window = scan(scannedTo, to, room);
        for (const event of window) events.push(event);
        scannedTo = window.length < room ? to : (window.at(-1)?.position ?? to);
      }
      const atEnd = scannedTo >= end;
      if (atEnd || events.length >= limit || scannedTo - after >= most) {
        return { events, scannedTo: scannedTo as Position, atEnd };
      }
      await nextTurn();
    }
  }

  end(): Position {
    return (this.#rows(this.#end)[0]?.[0] ?? START) as Position;
  }

  /** Recorded time never goes backwards and positions have no gaps, so a binary search over positions finds it. */
  positionAt(instant: string): Position {
    const time = Date.parse(instant);
    if (!/^\d{4}-\d{2}-\d{2}T.*Z$/.test(instant) || Number.isNaN(time)) {
      throw invalid(`${instant} is not an instant in UTC such as 2026-11-23T18:20:00.000Z.`);
    }
    let known: number = START;
    let beyond = this.end() + 1;
    while (beyond - known > 1) {
      const middle = Math.floor((known + beyond) / 2);
      const at = this.#rows(this.#recordedAt, middle)[0]?.[0];
      if (typeof at !== 'number')
        throw damaged(this.file, `there is no event at position ${middle}`);
      if (at <= time) known = middle;
      else beyond = middle;
    }
    return known as Position;
  }

  /** The events in (after, to] that pass the filter, at most `room` of them. */
  #scanFor({
    streamPrefixes,
    types,
  }: LogFilter): (after: number, to: number, room: number) => RecordedEvent[] {
    const conditions = ['position > ? AND position <= ?'];
    if (types) conditions.push(`type IN (${types.map(() => '?').join(', ')})`);
    if (streamPrefixes) {
      conditions.push(
        `(${streamPrefixes.map(() => 'instr(stream, ?) = 1').join(' OR ') || 'FALSE'})`,
      );
    }
    const statement = this.#prepare(
      `SELECT ${EVENT} FROM events WHERE ${conditions.join(' AND ')} ORDER BY position LIMIT ?`,
    );
    const wanted = [...(types ?? []), ...(streamPrefixes ?? [])];
    return (after, to, room) => this.#events(statement, after, to, ...wanted, room);
  }

  #events(statement: StatementSync, ...values: SQLInputValue[]): RecordedEvent[] {
    const rows = this.#rows(statement, ...values);
    let i = 0;
    try {
      const events = new Array<RecordedEvent>(rows.length);
      for (; i < rows.length; i++) events[i] = eventOf(rows[i] as Row);
      return events;
    } catch (error) {
      throw damaged(
        this.file,
        `the event at position ${String(rows[i]?.[0])} cannot be read`,
        error,
      );
    }
  }

  #rows(statement: StatementSync, ...values: SQLInputValue[]): readonly Row[] {
    if (!this.db.isOpen) throw closed();
    try {
      return statement.all(...values);
    } catch (error) {
      throw storeErrorFrom(error, this.file);
    }
  }

  #prepare(sql: string): StatementSync {
    if (!this.db.isOpen) throw closed();
    try {
      const statement = this.db.prepare(sql);
      statement.setReturnArrays(true);
      return statement;
    } catch (error) {
      throw storeErrorFrom(error, this.file);
    }
  }
}

function eventOf(row: Row): RecordedEvent {
  return {
    position: row[0] as Position,
    stream: row[1] as string,
    revision: row[2] as number,
    id: uuidOf(row[3] as string),
    type: row[4] as string,
    recordedAt: new Date(row[5] as number).toISOString(),
    data: JSON.parse(row[6] as string) as JsonObject,
    metadata: JSON.parse(row[7] as string) as JsonObject,
  };
}

const uuidOf = (hex: string): string =>
  `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;

function assertCount(what: string, value: number): void {
  if (!Number.isSafeInteger(value) || value < 0) {
    throw invalid(`${what} must be a whole number from 0, not ${value}.`);
  }
}
