import type { CommandClasses, Decider, Decision, Refusal } from '#kernel';
import { evolved, isRefusal } from '#kernel';

/* Plays commands drawn at random into a legal history, for specs of what holds in any. */
type AnyEvent = { readonly type: string; readonly data: unknown };

export interface Step {
  readonly does: string;
  readonly pick: number;
  /** Days since the step before. */
  readonly days: number;
}

/** The names a step is drawn from: those that bring things on stand there more often. */
export const drawnFrom = (commands: object, onwards: readonly string[]): readonly string[] => [
  ...Object.keys(commands),
  ...onwards.flatMap((name) => [name, name]),
];

export const uuidInSpecs = (n: number): string =>
  `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

export const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

export interface Life<S, E, R> {
  readonly state: S;
  readonly history: readonly E[];
  readonly today: string;
  readonly refusals: readonly R[];
}

export interface Play<S, C extends CommandClasses, E extends AnyEvent, R extends Refusal, K> {
  readonly decider: Decider<S, C, E, R, K>;
  /** By the command's name, what a step says in it. */
  readonly commands: Readonly<
    Record<keyof C & string, (step: Step, state: S, today: string, at: number) => object>
  >;
  readonly known: (state: S, at: number) => K;
}

/** For its types: as `given` finds them. */
export const playing = <S, C extends CommandClasses, E extends AnyEvent, R extends Refusal, K>(
  play: Play<S, C, E, R, K>,
): Play<S, C, E, R, K> => play;

/** One command, given by its name. */
export function ask<S, C extends CommandClasses, E extends AnyEvent, R extends Refusal, K>(
  { decider, known }: Play<S, C, E, R, K>,
  name: string,
  command: object,
  { state, today, at = 0 }: { readonly state: S; readonly today: string; readonly at?: number },
): Decision<E, R> {
  const decide = decider.decide[name as keyof C & string];
  return decide(state, command as never, {
    now: `${today}T09:00:00.000Z`,
    today,
    actor: { id: 'person-a', role: 'team-leader' },
    newId: (n) => uuidInSpecs(100_000 + at * 10 + n),
    known: known(state, at),
  });
}

/** Plays the steps. What was accepted is given once more, and must be silent: it is so already. */
export function played<S, C extends CommandClasses, E extends AnyEvent, R extends Refusal, K>(
  play: Play<S, C, E, R, K>,
  drawn: readonly Step[],
): Life<S, E, R> {
  const history: E[] = [];
  const refusals: R[] = [];
  let state = play.decider.initial;
  let today = '2026-09-01';
  drawn.forEach((step, at) => {
    today = dayAfter(today, step.days);
    const command = play.commands[step.does as keyof C & string](step, state, today, at);
    const decision = ask(play, step.does, command, { state, today, at });
    if (isRefusal(decision)) {
      refusals.push(decision);
      return;
    }
    history.push(...decision);
    for (const event of decision) state = evolved(play.decider.evolve, state, event);
    expect(ask(play, step.does, command, { state, today, at })).toEqual([]);
  });
  return { state, history, today, refusals };
}

/** The lives drawn are wide enough: every event happens, and refusals do, each of them a sentence. */
export function drawnWidely<S, C extends CommandClasses, E extends AnyEvent, R extends Refusal, K>(
  play: Play<S, C, E, R, K>,
  drawn: readonly (readonly Step[])[],
): void {
  const lives = drawn.map((steps) => played(play, steps));
  const seen = new Set(lives.flatMap(({ history }) => history.map(({ type }) => type)));
  expect([...seen].toSorted()).toEqual(Object.keys(play.decider.evolve).toSorted());
  const refusals = lives.flatMap((life) => life.refusals);
  expect(refusals.length).toBeGreaterThan(100);
  expect(refusals.filter(({ detail }) => !/\w{3}.*\.$/.test(detail))).toEqual([]);
}
