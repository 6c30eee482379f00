import type { Refusal } from './decider';
import type { Recorded } from './event';

type AnyEvent = { readonly type: string; readonly data: unknown };

/** A command a policy asks for, by its name in the catalogue, and how the work goes on from its answer. */
export interface Ask {
  readonly command: string;
  readonly data: Readonly<Record<string, unknown>>;
  /**
   * Tells it apart from what else is asked for at the same event, where that is as many as there happen to be: an id that
   * stays when the others change. Left out: its place in the list.
   */
  readonly about?: string;
  /** Asked for once this was accepted, one after another, until one is refused. */
  readonly then?: readonly Ask[];
  /** Asked for when this was refused, by which the refusal is answered. Left out: a refusal is the end of it. */
  readonly otherwise?: (refusal: Refusal) => readonly Ask[];
}

/** What a policy asks to know of the county before it asks for anything: a question of read models, by its name. */
export interface PolicyQuestion {
  readonly asks: string;
  /** What it is about; no fields at all: at this event it need not know, and an empty list is handed in. */
  readonly about: (event: Recorded<AnyEvent>) => Readonly<Record<string, string>>;
}

/**
 * "Whenever this happened, then ask for that." Pure. The ids of what it asks for derive from the event's id and the
 * policy's name, so that asking again after a crash changes nothing.
 */
export interface Policy<E extends AnyEvent = AnyEvent, K = object> {
  readonly name: string;
  /** One sentence: whenever …, … */
  readonly says: string;
  /**
   * Whoever gave the command that led to the event is kept waiting until it has been answered, and is told where it was
   * refused. It is answered by the followers of the log as well: a process that dies in between loses nothing.
   */
  readonly atOnce?: true;
  /** What it asks to know, by the name under which it finds it in `known`. */
  readonly knows?: Readonly<Record<keyof K & string, PolicyQuestion>>;
  readonly whenever: {
    readonly [K2 in E['type']]?: (
      event: Recorded<Extract<E, { readonly type: K2 }>>,
      known: K,
    ) => readonly Ask[];
  };
}

/** A policy with its types worn off, for the reactor. */
export interface AnyPolicy {
  readonly name: string;
  readonly says: string;
  readonly atOnce?: true;
  readonly knows?: Readonly<Record<string, PolicyQuestion>>;
  readonly whenever: Readonly<
    Record<string, ((event: never, known: never) => readonly Ask[]) | undefined>
  >;
}

export function policy<E extends AnyEvent, K = object>(declaration: Policy<E, K>): Policy<E, K> {
  return declaration;
}
