import type { Position } from '../position';

/** JSON as it is stored: no undefined, no bigint, no dates. */
export type Json =
  string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

/** An event on its way to the store. Its id decides whether it is new: the same id is never stored twice. */
export interface NewEvent {
  /** A UUID in lower case, derived from the command that caused it, so that a repeated command repeats its ids. */
  readonly id: string;
  /** The name in the catalogue, e.g. `SchoolRegistered`. */
  readonly type: string;
  readonly data: JsonObject;
  /** Who, why and in which version; see `EventMetadata`. */
  readonly metadata: JsonObject;
}

/** An event as the store has it. */
export interface RecordedEvent extends NewEvent {
  readonly position: Position;
  readonly stream: string;
  /** Place in its stream: 0, 1, 2, … without gaps. */
  readonly revision: number;
  /** ISO instant in UTC with milliseconds, given by the store; it never goes backwards along the log. */
  readonly recordedAt: string;
  /** Where it stood in earlier volumes of this log, the newest first; absent when it was recorded in this one. */
  readonly takenFrom?: readonly Position[];
}

/** What the writer believes of the stream: anything, nothing in it yet, or exactly this last revision. */
export type ExpectedRevision = 'any' | 'none' | number;

export type Appended = {
  readonly appended: true;
  /** Revision of the last event of this append. */
  readonly revision: number;
  /** Position of the last event of this append: what a reader waits for to see it. */
  readonly position: Position;
  /** True when these very events had been stored before and nothing was written now. */
  readonly repeated: boolean;
};

export type AppendRefused =
  /** The stream is not where the writer thought it was; `actual` is its last revision, -1 when it is empty. */
  | { readonly appended: false; readonly reason: 'conflict'; readonly actual: number }
  /** One of the ids is already in the log, but not as this append: other stream, other revision or other neighbours. */
  | {
      readonly appended: false;
      readonly reason: 'id-taken';
      readonly id: string;
      readonly stream: string;
      readonly revision: number;
    };

export interface ReadStreamOptions {
  /** First revision to return; default 0 forwards, the last one backwards. */
  readonly from?: number;
  readonly direction?: 'forwards' | 'backwards';
  /** At most this many; default all. */
  readonly limit?: number;
}

/** Which events of the log: those whose stream begins with one of the prefixes and whose type is one of the types. */
export interface LogFilter {
  readonly streamPrefixes?: readonly string[];
  readonly types?: readonly string[];
}

export interface LogPage {
  readonly events: readonly RecordedEvent[];
  /** Everything up to here has been looked at, whether it passed the filter or not: where to go on. */
  readonly scannedTo: Position;
  /** True when there was nothing behind `scannedTo` at the time of reading. */
  readonly atEnd: boolean;
}

export interface SubscribeOptions {
  /** Exclusive: the first event delivered is the first one behind it. */
  readonly after: Position;
  readonly filter?: LogFilter;
  /** At most this many events in one page; default 500. */
  readonly pageSize?: number;
  /** Ends the subscription: the loop finishes normally, and nothing is delivered after it. */
  readonly signal?: AbortSignal;
}

/** Which log this is. A history that moved to another store is one log in several volumes. */
export interface LogIdentity {
  /** A UUID given when the log began; the same in every volume. */
  readonly id: string;
  /** 0 where it began; one more for each move. */
  readonly volume: number;
}

/**
 * Append-only log of events in streams. Failures of the store itself (disk, network, damaged file) are thrown as
 * `StoreError`; what a caller can do something about is a value.
 */
export interface EventStore {
  /**
   * Appends all events to one stream, or none. Resolves only when they are on disk.
   * The same ids in the same order at the same expected revision answer as the first time, with `repeated`.
   * With 'any', ids that are already the events of this stream in this order count as repeated too.
   */
  append(
    stream: string,
    expected: ExpectedRevision,
    events: readonly NewEvent[],
  ): Promise<Appended | AppendRefused>;

  /** The events of one stream in order; an unknown stream is empty. */
  readStream(stream: string, options?: ReadStreamOptions): Promise<readonly RecordedEvent[]>;

  /**
   * One page of the log behind `after`, in log order. `limit` bounds the events returned, default 500.
   * @throws StoreError 'invalid' for a position of another volume: translate it first. So does `subscribe`.
   */
  readLog(after: Position, options?: { filter?: LogFilter; limit?: number }): Promise<LogPage>;

  /**
   * Pages of the log from `after`, first what is there and then what comes, each event once and in order.
   * The next page is read only when the last one has been consumed. A page may be empty: then `scannedTo` moved past
   * events the filter left out, or the subscriber has just caught up (`atEnd`). The loop ends when `signal` is aborted,
   * and throws `StoreError` when the store closes or fails under it: it never just stops.
   */
  subscribe(options: SubscribeOptions): AsyncIterable<LogPage>;

  /** Position of the last event, `START` when there is none. */
  end(): Promise<Position>;

  /** Position of the last event recorded at or before the instant (ISO, UTC); `START` when there is none. */
  positionAt(instant: string): Promise<Position>;

  /** Which log this is and in which volume; a store that was never used gives itself an identity. */
  identity(): Promise<LogIdentity>;

  /**
   * Takes over a page of another store's history, in log order and without gaps: ids, streams, revisions, times and
   * metadata as they are, positions of this store's own. Only into a store that holds nothing else than what it took
   * over from this very log, so that it may be broken off and gone on with; what it has already is passed over. The
   * first page gives the store the log's identity in the next volume. Where events stood in still earlier volumes
   * (`takenFrom`) is kept too.
   * @returns the source's position up to which everything is here now.
   * @throws StoreError 'foreign' when the store holds anything else, 'invalid' for events out of order.
   */
  takeOver(from: LogIdentity, events: readonly RecordedEvent[]): Promise<Position>;

  /** How far `takeOver` has come, as a position of the source; `START` when nothing was taken over. */
  takenOver(): Promise<Position>;

  /**
   * What a position given out in an earlier volume means here: the place up to which this store holds exactly what that
   * position had seen. A position of this volume is answered as it is. undefined: it is of no volume of this log.
   */
  translated(position: Position): Promise<Position | undefined>;

  close(): Promise<void>;
}

/** The store itself is in trouble; the message says what is wrong and what to do about it. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  constructor(
    readonly code:
      | 'closed'
      | 'second-writer'
      | 'read-only'
      | 'damaged'
      | 'foreign'
      | 'newer-format'
      | 'disk-full'
      | 'invalid'
      | 'unavailable',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
