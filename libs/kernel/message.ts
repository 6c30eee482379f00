import type { Position } from './position';
import type { JsonObject } from './ports/event-store';

/** What outsiders are told: a language of its own with its own versions, never the raw event. */
export interface Message {
  readonly id: string;
  readonly type: string;
  /** Messages of one key stay in order; a school's internal id, never a name. */
  readonly key: string;
  readonly position: Position;
  readonly time: string;
  readonly data: JsonObject;
}
