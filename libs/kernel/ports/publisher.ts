import type { Audience, ChainedMessage } from '../message';
import type { Position } from '../position';

/**
 * The end of a chain, as it stands outside beside the messages: one for each audience and key, replaced by the next. It
 * is what a new reader begins with, and what a new publisher goes on from.
 */
export interface ChainEnd {
  readonly audience: Audience;
  readonly key: string;
  /** 0, with an empty hash: the key has ended here, and what follows begins a new chain. */
  readonly sequence: number;
  readonly hash: string;
  /** Of the event its last message tells of. */
  readonly position: Position;
  /** That event's id. */
  readonly id: string;
  /** What is known of the key here, as it goes out; null when the key has ended. */
  readonly snapshot: string | null;
}

/** Where publishing goes on, as found outside itself and nowhere else. */
export interface Resumption {
  /** Every event up to here has its messages outside, and its chains their ends. */
  readonly after: Position;
  /** The end of every chain. Some may lie behind `after`: their messages up to there are outside already. */
  readonly ends: readonly ChainEnd[];
}

/** A message on its way out. */
export interface OutgoingMessage extends ChainedMessage {
  /** The message as it goes out: a CloudEvent in JSON. Every publisher sends these very characters. */
  readonly text: string;
}

/** Messages of consecutive events in log order. */
export interface Batch {
  readonly messages: readonly OutgoingMessage[];
  /** Every event up to here has its message in this batch or an earlier one. */
  readonly upTo: Position;
  /**
   * The end of every chain that has grown since ends were last handed over. Absent: they come with a later batch, and
   * until then `resume` answers as before.
   */
  readonly ends?: readonly ChainEnd[];
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
   * over. Throws StoreError; the outcome is then not known: only `resume` tells.
   */
  publish(batch: Batch): Promise<void>;
  close(): Promise<void>;
}
