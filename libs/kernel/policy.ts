import type { Recorded } from './event';

type AnyEvent = { readonly type: string; readonly data: unknown };

/** A command a policy asks for, by its name in the catalogue. */
export interface Ask {
  readonly command: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/**
 * "Whenever this happened, then ask for that." Pure. The ids of what it asks for derive from the event's id and the
 * policy's name, so that asking again after a crash changes nothing.
 */
export interface Policy<E extends AnyEvent = AnyEvent> {
  readonly name: string;
  /** One sentence: whenever …, … */
  readonly says: string;
  readonly whenever: {
    readonly [K in E['type']]?: (
      event: Recorded<Extract<E, { readonly type: K }>>,
    ) => readonly Ask[];
  };
}

/** A policy with its types worn off, for the reactor. */
export interface AnyPolicy {
  readonly name: string;
  readonly says: string;
  readonly whenever: Readonly<Record<string, ((event: never) => readonly Ask[]) | undefined>>;
}

export function policy<E extends AnyEvent>(declaration: Policy<E>): Policy<E> {
  return declaration;
}
