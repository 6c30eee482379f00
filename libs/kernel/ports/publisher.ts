import type { Audience, ChainedMessage } from '../message';
import type { Position } from '../position';

/** The last link of a chain that is known to be outside. */
export interface ChainEnd {
  readonly audience: Audience;
  readonly key: string;
  readonly sequence: number;
  readonly hash: string;
  readonly position: Position;
}

/** Where publishing goes on, as found outside itself and nowhere else. */
export interface Resumption {
  /** Every message of an event up to here is confirmed. Some behind it may be outside already. */
  readonly after: Position;
  /** The end of every chain at `after`. */
  readonly ends: readonly ChainEnd[];
}

/** Messages of consecutive events in log order. */
export interface Batch {
  readonly messages: readonly ChainedMessage[];
  /** Every event up to here has its message in this batch or an earlier one. */
  readonly upTo: Position;
}

/**
 * Tells the outside. One publisher at a time is meant; where two overlap, what both say is the same, message for message,
 * so that every reader can tell what it has had before by its sequence.
 */
export interface Publisher {
  /** Finds out where to go on. To be asked at the start, and again after every failure of `publish`. */
  resume(): Promise<Resumption>;
  /**
   * Resolves when all of the batch is confirmed outside. One call at a time. Messages found outside already are passed
   * over. After a failure its outcome is not known: only `resume` tells.
   */
  publish(batch: Batch): Promise<void>;
  close(): Promise<void>;
}
