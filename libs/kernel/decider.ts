import type { Actor } from './event';

/**
 * What kind of no it is; each kind has one HTTP status, in one place.
 * `conflict`: the state of things forbids it. `forbidden`: not for this person. `missing`: what it is about is not there.
 * `invalid`: the request contradicts itself or the policy in force.
 */
export type RefusalKind = 'conflict' | 'forbidden' | 'missing' | 'invalid';

/** A no, with its reason: a value, not an exception. */
export interface Refusal<Code extends string = string> {
  readonly refused: Code;
  readonly kind: RefusalKind;
  /** What was wrong and what to do, for the person who asked. */
  readonly detail: string;
  /** JSON pointer to the field of the command it is about, where there is one. */
  readonly pointer?: string;
}

/** One refusal as it is declared: its kind, the sentence for the documentation, and the sentence for the occasion. */
export interface RefusalDeclaration<A extends readonly never[] = readonly never[]> {
  readonly kind: RefusalKind;
  readonly says: string;
  readonly detail: (...about: A) => string;
  readonly pointer?: string;
}
export type RefusalDeclarations = Readonly<Record<string, RefusalDeclaration>>;

type Refuse<D extends RefusalDeclarations> = {
  readonly [K in keyof D & string]: (...about: Parameters<D[K]['detail']>) => Refusal<K>;
};

/** From the declared refusals of a context, one function each: `refuse.AlreadyRegistered(urn)`. */
export function refusing<const D extends RefusalDeclarations>(declarations: D): Refuse<D> {
  const refuse: Record<string, unknown> = {};
  for (const [code, { kind, detail, pointer }] of Object.entries(declarations)) {
    refuse[code] = (...about: never[]): Refusal => ({
      refused: code,
      kind,
      detail: detail(...about),
      ...(pointer === undefined ? {} : { pointer }),
    });
  }
  return refuse as Refuse<D>;
}

export type RefusalsOf<D extends RefusalDeclarations> = Refusal<keyof D & string>;

/** What comes in with every command: nothing pure looks at a clock or makes up an id. */
export interface Given {
  /** The moment, ISO in UTC. */
  readonly now: string;
  /** The day in the authority's time zone, `2026-11-23`. */
  readonly today: string;
  readonly actor: Actor;
  /** The n-th new identity this command may hand out; the same command gets the same ones. */
  readonly newId: (n: number) => string;
}

export type Decision<E, R extends Refusal> = readonly E[] | R;

export type CommandClasses = Readonly<Record<string, new () => object>>;

type AnyEvent = { readonly type: string; readonly data: unknown };

/** `evolve` as a table: a missing case does not compile. Each is total and pure: it accepts whatever was once stored. */
export type Evolve<S, E extends AnyEvent> = {
  readonly [K in E['type']]: (state: S, data: Extract<E, { readonly type: K }>['data']) => S;
};

/** `decide` as a table: a command without a decision does not compile. */
export type Decide<S, C extends CommandClasses, E, R extends Refusal, K> = {
  readonly [N in keyof C & string]: (
    state: S,
    command: Readonly<InstanceType<C[N]>>,
    given: Given & { readonly known: K },
  ) => Decision<E, R>;
};

/**
 * The rules of one aggregate: where it starts, how facts change it, what it answers to a command.
 * `K` is what it must know of its neighbours (policy in force, a school's status); it is handed in, never fetched.
 */
export interface Decider<
  S,
  C extends CommandClasses,
  E extends AnyEvent,
  R extends Refusal,
  K = object,
> {
  readonly initial: S;
  readonly evolve: Evolve<S, E>;
  readonly decide: Decide<S, C, E, R, K>;
}

export function isRefusal<E, R extends Refusal>(decision: Decision<E, R>): decision is R {
  return 'refused' in decision;
}

/** State after one more fact. A type the table does not know is a bug in the catalogue, not in the history. */
export function evolved<S, E extends AnyEvent>(table: Evolve<S, E>, state: S, event: E): S {
  const step = (table as Readonly<Record<string, ((state: S, data: unknown) => S) | undefined>>)[
    event.type
  ];
  if (step === undefined)
    throw new Error(`No evolve for ${event.type}: it is not an event of this aggregate.`);
  return step(state, event.data);
}

/** State after a whole history. */
export function folded<S, E extends AnyEvent>(
  decider: { readonly initial: S; readonly evolve: Evolve<S, E> },
  history: Iterable<E>,
): S {
  let state = decider.initial;
  for (const event of history) state = evolved(decider.evolve, state, event);
  return state;
}
