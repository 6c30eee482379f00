import type { Position } from './position';
import type { JsonObject } from './ports/event-store';

/**
 * Who may read a message. `public`: whoever may know that a school exists. `confidential`: those the authority shares
 * categories with. Each audience has topics of its own; what is confidential never stands on a public one.
 */
export const audiences = ['public', 'confidential'] as const;
export type Audience = (typeof audiences)[number];

/** What outsiders are told: a language of its own with its own versions, never the raw event. */
export interface Message {
  /** The event's id; of several messages of one event for one audience, to different schools, the first has it. */
  readonly id: string;
  /** In the messages' own words, with their version: `school.registered.v1`. */
  readonly type: string;
  readonly audience: Audience;
  /** Messages of one key stay in order; a school's internal id, never a name. */
  readonly key: string;
  /** Of the event it tells of. */
  readonly position: Position;
  readonly time: string;
  readonly data: JsonObject;
  /** True when nothing is to be kept of the key from here on: its snapshot is taken away, and a later message begins anew. */
  readonly endsKey?: boolean;
}

/**
 * A message with its place in the chain of its audience and key: whoever holds one link and its successor can prove that
 * nothing is missing between them. Worked out from the log alone, so that whoever publishes makes the same chain.
 */
export interface ChainedMessage extends Message {
  /** 1, 2, 3, … without gaps. */
  readonly sequence: number;
  /** `hash` of the one before; empty for the first. */
  readonly previousHash: string;
  /** SHA-256 over the message with its sequence and previousHash, in hexadecimal. */
  readonly hash: string;
}
