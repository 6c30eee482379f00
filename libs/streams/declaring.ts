import type { Audience, Json, JsonObject } from '#kernel';
import type { Part, Parts } from './fields';

/** A type of message, declared once: who may read it, its sentence, what it holds, and what it does to what is known. */
export interface MessageDeclaration<P extends Parts = Parts> {
  readonly audience: Audience;
  /** One sentence; it becomes documentation. */
  readonly says: string;
  readonly data: P;
  /** What is known of the key after it, for those who begin with the present instead of with the history. */
  readonly leaves: (known: JsonObject, data: JsonObject) => JsonObject;
  /** Nothing is to be kept of the key after it. */
  readonly endsKey: boolean;
}

/** The values a message's fields are filled from: a name for each declared field, whatever its type; `undefined` is absent. */
export type Filled<P extends Parts> = {
  readonly [K in keyof P as P[K] extends Part<true> ? never : K]: unknown;
} & {
  readonly [K in keyof P as P[K] extends Part<true> ? K : never]?: unknown;
};

type More = Partial<Pick<MessageDeclaration, 'leaves' | 'endsKey'>>;

const asItWas = (known: JsonObject): JsonObject => known;

const declaring =
  (audience: Audience) =>
  <const P extends Parts>(says: string, data: P, more: More = {}): MessageDeclaration<P> => ({
    audience,
    says,
    data,
    leaves: asItWas,
    endsKey: false,
    ...more,
  });

/** Declares a message for everybody who may know that a school exists. */
export const told = declaring('public');
/** Declares a message for those the authority shares categories with. */
export const confided = declaring('confidential');

/** What is known of these fields is now what the message says of them; of what it does not say, nothing. */
export const replaces =
  (...names: readonly string[]): MessageDeclaration['leaves'] =>
  (known, data) => {
    const next: Record<string, Json> = {};
    for (const name in known) if (!names.includes(name)) next[name] = known[name] ?? null;
    return sets(...names)(next, data);
  };

/** What the message says of these fields is now known; what it does not say stays as it was. */
export const sets =
  (...names: readonly string[]): MessageDeclaration['leaves'] =>
  (known, data) => {
    const next: Record<string, Json> = { ...known };
    for (const name of names) {
      const value = data[name];
      if (value !== undefined) next[name] = value;
    }
    return next;
  };
