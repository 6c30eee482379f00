import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type {
  JsonObject,
  LogFilter,
  LogPage,
  Position,
  ReadStreamOptions,
  RecordedEvent,
} from '#kernel';
import { closed } from '../closed';
import { invalid } from '../invalid';
import { damaged, storeErrorFrom } from './trouble';
import type { Volume } from './volume';

/** Most events or places of the log looked at before other work of the process gets its turn: a few milliseconds. */
const WINDOW = 500;

const EVENT = 'position, stream, revision, lower(hex(id)), type, recorded_at, data, metadata';

/** A row of SELECT EVENT, by the place of the column: arrays are read faster than objects. */
type Row = Readonly<Record<number, unknown>>;

type Scan = (after: number, to: number, limit: number, page: RecordedEvent[]) => number;

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
    private readonly volume: Volume,
    /** The last revision of a stream, where it is known without looking into the file. */
    private readonly knownRevision: (stream: string) => number | undefined = () => undefined,
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

  async readStream(
    stream: string,
    { direction = 'forwards', from, limit = Number.MAX_SAFE_INTEGER }: ReadStreamOptions,
  ): Promise<readonly RecordedEvent[]> {
    assertCount('from', from ?? 0);
    assertCount('limit', limit);
    const [statement, step, outset] =
      direction === 'forwards'
        ? [this.#forwards, 1, 0]
        : [this.#backwards, -1, Number.MAX_SAFE_INTEGER];
    let next = from ?? outset;
    // Whoever has kept up with a stream asks for what there is not yet: no need to look for it.
    if (direction === 'forwards' && next > (this.knownRevision(stream) ?? Infinity)) {
      if (!this.db.isOpen) throw closed();
      return [];
    }
    let events: RecordedEvent[] = [];
    for (;;) {
      const room = Math.min(WINDOW, limit - events.length);
      const window = this.#events(statement, stream, next, room);
      events = events.length === 0 ? window : events.concat(window);
      const last = window.at(-1);
      if (last === undefined || window.length < WINDOW) return events;
      next = last.revision + step;
      await nextTurn();
    }
  }

  /**
   * Reads pages of one filter, prepared once, as `EventStore.readLog` does; but a page gives up with what it has after
   * looking at `most` places of the log.
   */
  pages(
    filter: LogFilter,
    limit: number,
    most = Number.MAX_SAFE_INTEGER,
  ): (after: Position) => Promise<LogPage> {
    assertCount('limit', limit);
    if (limit === 0) throw invalid('The limit of a page of the log must be at least 1.');
    const scan = this.#scanFor(filter);
    return (after) => this.#page(scan, after, limit, most);
  }

  async #page(scan: Scan, after: Position, limit: number, most: number): Promise<LogPage> {
    assertCount('after', after);
    const events: RecordedEvent[] = [];
    const from = this.volume.placeOf(after);
    let scannedTo = from;
    for (;;) {
      const end = this.#lastPlace();
      if (scannedTo < end)
        scannedTo = scan(scannedTo, Math.min(scannedTo + WINDOW, end), limit, events);
      const atEnd = scannedTo >= end;
      if (atEnd || events.length >= limit || scannedTo - from >= most) {
        return { events, scannedTo: this.volume.positionOf(scannedTo), atEnd };
      }
      await nextTurn();
    }
  }

  end(): Position {
    return this.volume.positionOf(this.#lastPlace());
  }

  #lastPlace(): number {
    return (this.#rows(this.#end)[0]?.[0] ?? 0) as number;
  }

  /** Recorded time never goes backwards and places have no gaps, so a binary search over places finds it. */
  positionAt(instant: string): Position {
    const time = Date.parse(instant);
    if (!/^\d{4}-\d{2}-\d{2}T.*Z$/.test(instant) || Number.isNaN(time)) {
      throw invalid(`${instant} is not an instant in UTC such as 2026-11-23T18:20:00.000Z.`);
    }
    let known = 0;
    let beyond = this.#lastPlace() + 1;
    while (beyond - known > 1) {
      const middle = Math.floor((known + beyond) / 2);
      const at = this.#rows(this.#recordedAt, middle)[0]?.[0];
      if (typeof at !== 'number') throw damaged(this.file, `there is no event at place ${middle}`);
      if (at <= time) known = middle;
      else beyond = middle;
    }
    return this.volume.positionOf(known);
  }

  /**
   * Adds the events in (after, to] that pass the filter to a page, until it holds `limit`, and answers how far it has
   * looked: to the last event added when the page is full, else to the end of the window.
   */
  #scanFor({ streamPrefixes, types }: LogFilter): Scan {
    const conditions = ['position > ? AND position <= ?'];
    if (types) conditions.push(`type IN (${types.map(() => '?').join(', ')})`);
    if (streamPrefixes) {
      const alternatives = streamPrefixes.map(() => 'instr(stream, ?) = 1');
      conditions.push(`(${alternatives.join(' OR ') || 'FALSE'})`);
    }
    const statement = this.#prepare(
      `SELECT ${EVENT} FROM events WHERE ${conditions.join(' AND ')} ORDER BY position LIMIT ?`,
    );
    const wanted = [...(types ?? []), ...(streamPrefixes ?? [])];
    return (after, to, limit, page) => {
      const window = this.#events(statement, after, to, ...wanted, limit - page.length);
      for (const event of window) page.push(event);
      const last = window.at(-1);
      return page.length === limit && last !== undefined ? this.volume.placeOf(last.position) : to;
    };
  }

  #events(statement: StatementSync, ...values: SQLInputValue[]): RecordedEvent[] {
    const rows = this.#rows(statement, ...values);
    let i = 0;
    try {
      const events = new Array<RecordedEvent>(rows.length);
      const { base } = this.volume;
      if (base === 0) for (; i < rows.length; i++) events[i] = eventOf(rows[i] as Row, base);
      else for (; i < rows.length; i++) events[i] = this.#movedEventOf(rows[i] as Row, base);
      return events;
    } catch (error) {
      throw damaged(
        this.file,
        `the event at position ${String(rows[i]?.[0])} cannot be read`,
        error,
      );
    }
  }

  #movedEventOf(row: Row, base: number): RecordedEvent {
    const takenFrom = this.volume.formerly(row[0] as number);
    const event = eventOf(row, base);
    return takenFrom === undefined ? event : { ...event, takenFrom };
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

function eventOf(row: Row, base: number): RecordedEvent {
  return {
    position: (base + (row[0] as number)) as Position,
    stream: row[1] as string,
    revision: row[2] as number,
    id: uuidOf(row[3] as string),
    type: row[4] as string,
    recordedAt: instantOf(row[5] as number),
    data: JSON.parse(row[6] as string) as JsonObject,
    metadata: JSON.parse(row[7] as string) as JsonObject,
  };
}

let lastTime: number | undefined;
let lastInstant = '';

/** Milliseconds as ISO. Events recorded together stand together, and share the instant they were recorded at. */
function instantOf(time: number): string {
  if (time !== lastTime) {
    lastInstant = new Date(time).toISOString();
    lastTime = time;
  }
  return lastInstant;
}

const uuidOf = (hex: string): string =>
  `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;

function assertCount(what: string, value: number): void {
  if (!Number.isSafeInteger(value) || value < 0) {
    throw invalid(`${what} must be a whole number from 0, not ${value}.`);
  }
}
