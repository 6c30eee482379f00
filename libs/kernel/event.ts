import type { DataOf, Shape } from './fields';
import { leavesOf } from './fields';
import type { Position } from './position';
import type { JsonObject } from './ports/event-store';

/** A shape an event once had, and how its data becomes the next version's. */
export interface PastShape {
  readonly data: Shape;
  /** Pure, total over everything that was ever stored in this version. */
  readonly upcast: (data: JsonObject) => JsonObject;
}

/** A past-tense fact in the team's own words, declared once: name, sentence, fields, versions. */
export interface EventDeclaration<S extends Shape = Shape> {
  /** One sentence an adviser would say; it becomes documentation. */
  readonly says: string;
  readonly data: S;
  /**
   * The field that says when the fact was true, where that differs from when it was recorded.
   * A date; absent means: true from the day it was recorded.
   */
  readonly effective?: string;
  /** Older shapes, oldest first. The version of a new event is their number plus one. */
  readonly previously?: readonly PastShape[];
  /** True when the event has a personal leaf: worked out once, so that sealing costs nothing elsewhere. */
  readonly personal: boolean;
}

/** Declares one event. The name is the key it stands under in the context's `events`. */
export function event<const S extends Shape>(
  says: string,
  data: S,
  more: { effective?: string & keyof S; previously?: readonly PastShape[] } = {},
): EventDeclaration<S> {
  const personal = leavesOf(data).some(({ field }) => field.classification === 'personal');
  return { says, data, personal, ...more };
}

export type EventDeclarations = Readonly<Record<string, EventDeclaration>>;

/** The union of the events a context declares: `{ type: 'SchoolRegistered', data: … } | …`. */
export type EventsOf<D extends EventDeclarations> = {
  [K in keyof D & string]: { readonly type: K; readonly data: DataOf<D[K]['data']> };
}[keyof D & string];

/** What travels with every event besides its data. All of it internal; people by reference only. */
export type EventMetadata = {
  /** Version of the shape the data was stored in. */
  readonly version: number;
  readonly actor: Actor;
  /** The command this event came from, and so the other events of the same decision. */
  readonly commandId: string;
  /** The whole piece of work this belongs to, e.g. one import or one request. */
  readonly correlationId: string;
  /** The event a policy answered, when a policy asked for this. */
  readonly causationId?: string;
  /** Where that event stands in the log: from the last of these one knows how far the policies had come. */
  readonly causationPosition?: number;
  /** Tells two requests under one key apart: a hash of the command's name and fields. */
  readonly fingerprint?: string;
};

/** Who acts: a reference, never a name, and the role they acted in. */
export type Actor = {
  readonly id: string;
  readonly role: string;
  /** The school a head, chair or champion speaks for. */
  readonly schoolId?: string;
};

/** A fact as it is read back: newest shape, with all that the store knows of it. */
export type Recorded<E extends { readonly type: string; readonly data: unknown }> = E & {
  readonly id: string;
  readonly position: Position;
  readonly stream: string;
  readonly revision: number;
  readonly recordedAt: string;
  /** The day from which it was true: the event's own effective date, or the day it was recorded. */
  readonly effectiveOn: string;
  readonly metadata: EventMetadata;
};

/** The version new events of this declaration are stored in. */
export function versionOf(declaration: EventDeclaration): number {
  return (declaration.previously?.length ?? 0) + 1;
}

/** Data of any stored version brought to the newest shape, one step at a time. */
export function upcast(
  declaration: EventDeclaration,
  version: number,
  data: JsonObject,
): JsonObject {
  const steps = declaration.previously;
  if (steps === undefined || version > steps.length) return data;
  return steps.slice(version - 1).reduce((shape, step) => step.upcast(shape), data);
}
