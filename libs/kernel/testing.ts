import type { CommandClasses, Decide, Decider, Decision, Given, Refusal } from './decider';
import { folded, isRefusal } from './decider';
import type { Actor, EventDeclarations } from './event';
import { faultOfShape } from './fields';

/*
 * The grammar specs of deciders are written in:
 *   given(decider, [what happened], { what is known }).when('Command', data, { by, at }).then([events])
 * It needs jest's `expect` where it is called, and imports nothing.
 */
type AnyEvent = { readonly type: string; readonly data: unknown };

/** Who gives the command, as a role or in full (default: an adviser), and when, as a day or an instant. */
export interface Occasion {
  readonly by?: string | Actor;
  readonly at?: string;
}

const TODAY = '2026-11-23';

/** The n-th identity a command gets in a spec: a UUID, the same each time. */
export const newIdInSpecs = (n: number): string =>
  `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;

function occasion({ by = 'adviser', at = TODAY }: Occasion): Given {
  return {
    now: at.length === 10 ? `${at}T09:00:00.000Z` : at,
    today: at.slice(0, 10),
    actor: typeof by === 'string' ? { id: `person-${by}`, role: by } : by,
    newId: newIdInSpecs,
  };
}

/** What came of a command; each method fails the spec when it was something else. */
export interface Outcome<S, C extends CommandClasses, E, R extends Refusal> {
  /** Exactly these events. Goes on as a history that has them. */
  then(events: readonly E[]): History<S, C, E, R>;
  /** No event: what was asked for is already so. */
  silent(): History<S, C, E, R>;
  /** This refusal; `about` must stand in its sentence. */
  refused(code: R['refused'], about?: string | RegExp): void;
}

export interface History<S, C extends CommandClasses, E, R extends Refusal> {
  readonly state: S;
  when<N extends keyof C & string>(
    command: N,
    data: Readonly<InstanceType<C[N]>>,
    occasion?: Occasion,
  ): Outcome<S, C, E, R>;
  /** The same command once more on the history it made. */
  again(): Outcome<S, C, E, R>;
}

/** Starts a sentence. What the decider knows of its neighbours has to be given where it knows any. */
export function given<S, C extends CommandClasses, E extends AnyEvent, R extends Refusal, K>(
  decider: Decider<S, C, E, R, K>,
  events: readonly E[],
  ...about: [keyof K] extends [never] ? [] : [known: K]
): History<S, C, E, R> {
  // Where nothing is known K has no keys, and `{}` is all of it.
  const known = (about[0] ?? {}) as K;
  return historyOf(decider, events, known);
}

function historyOf<S, C extends CommandClasses, E extends AnyEvent, R extends Refusal, K>(
  decider: Decider<S, C, E, R, K>,
  events: readonly E[],
  known: K,
  last?: (state: S) => Decision<E, R>,
): History<S, C, E, R> {
  const state = folded(decider, events);
  const ask = (decide: (state: S) => Decision<E, R>): Outcome<S, C, E, R> =>
    outcomeOf(decide(state), (more) => historyOf(decider, [...events, ...more], known, decide));
  return {
    state,
    when: (name, data, at = {}) =>
      ask((now) => decider.decide[name](now, data, { ...occasion(at), known })),
    again: () => {
      if (last === undefined) throw new Error('No command was given yet: nothing to repeat.');
      return ask(last);
    },
  };
}

function outcomeOf<S, C extends CommandClasses, E, R extends Refusal>(
  decision: Decision<E, R>,
  goesOn: (events: readonly E[]) => History<S, C, E, R>,
): Outcome<S, C, E, R> {
  const then = (events: readonly E[]) => {
    expect(decision).toStrictEqual(events);
    return goesOn(events);
  };
  return {
    then,
    silent: () => then([]),
    refused: (code, about = '') => {
      expect(decision).toMatchObject({ refused: code });
      if (isRefusal(decision)) expect(decision.detail).toMatch(about);
    },
  };
}

/** The same decider, but a decision whose events are not as declared fails the spec there and then. */
export function asDeclared<S, C extends CommandClasses, E extends AnyEvent, R extends Refusal, K>(
  declarations: EventDeclarations,
  decider: Decider<S, C, E, R, K>,
): Decider<S, C, E, R, K> {
  const check = (decision: Decision<E, R>): Decision<E, R> => {
    if (isRefusal(decision)) return decision;
    const faults = decision.map(({ type, data }) => {
      const declared = declarations[type];
      return declared === undefined ? `${type} is not declared` : faultOfShape(declared.data, data);
    });
    expect(faults).toEqual(decision.map(() => undefined));
    return decision;
  };
  const decide = Object.fromEntries(
    Object.entries<Decide<S, C, E, R, K>[keyof C & string]>(decider.decide).map(
      ([name, ask]): [string, typeof ask] => [name, (...args) => check(ask(...args))],
    ),
  );
  // The same names with the same parameters, which Object.fromEntries cannot say.
  return { ...decider, decide: decide as Decide<S, C, E, R, K> };
}
