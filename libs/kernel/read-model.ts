import type { Recorded } from './event';
import type { JsonObject } from './ports/event-store';
import type { CollectionSpec } from './ports/read-store';

type AnyEvent = { readonly type: string; readonly data: unknown };

/** How one type of event touches a read model: which documents, and what becomes of each. */
export interface Touch<D, E extends AnyEvent> {
  /** Keys of the documents this event touches. Worked out from the event alone. */
  readonly keys: (event: Recorded<E>) => readonly string[];
  /** The document after the event; undefined ends it. `document` is undefined when there is none yet. Pure and total. */
  readonly on: (document: D | undefined, event: Recorded<E>, key: string) => D | undefined;
  /** The event opens its documents: there are none before it, so none are looked for. A row of a feed, for instance. */
  readonly opens?: true;
}

/**
 * One question people ask, as documents folded from events. Small documents: a list that grows is a row per entry.
 * An event type that is not in the table does not touch the model.
 */
export interface ReadModel<D = JsonObject, E extends AnyEvent = AnyEvent> extends CollectionSpec {
  /** The question this answers, one sentence for the documentation. */
  readonly says: string;
  readonly touches: { readonly [K in E['type']]?: Touch<D, Extract<E, { readonly type: K }>> };
}

/** A read model with its types worn off, for the projector and the catalogue. */
export interface AnyReadModel extends CollectionSpec {
  readonly says: string;
  readonly touches: Readonly<
    Record<
      string,
      | {
          readonly keys: (event: never) => readonly string[];
          readonly on: (document: never, event: never, key: string) => unknown;
          readonly opens?: true;
        }
      | undefined
    >
  >;
}

/** Declares a read model over the events of some contexts; `E` is inferred from the declarations. */
export function readModel<D, E extends AnyEvent>(model: ReadModel<D, E>): ReadModel<D, E> {
  return model;
}
