import { daysAfter, daysBetween } from '#domain';
import type { DeploymentStage } from './deployment-stages';

/*
 * What a deployment waits for, and what of it is overdue. Time alone changes no document: a document holds the days by which
 * something is due, and the question, which knows what day it is, holds them against that day. Nothing here stops anybody:
 * a first visit after more than a week is late, and as welcome.
 */

/** First contact within seven days of the start [S domain dossier, 3.1]. */
const FIRST_VISIT_WITHIN = 7;
/** A review is done within two weeks of what it was asked for [I: 3.5 of the domain dossier names no time]. */
const REVIEWED_WITHIN = 14;
/** How long a pause lasts, or an ended deployment goes unjudged, before somebody is to look at it [I]. */
const FOUR_WEEKS = 28;

interface Duty {
  readonly task: string;
  readonly by: string;
  /** Days there are for it. */
  readonly within: number;
  /** It is to be looked at on the very day, not from the day after. */
  readonly atOnce?: true;
}

const duties = {
  start: {
    task: 'Start the deployment, which was to begin by now',
    by: 'the champion or the team',
    within: 0,
  },
  firstVisit: {
    task: 'See to a first visit, due within 7 days of the start',
    by: 'the champion',
    within: FIRST_VISIT_WITHIN,
  },
  resume: {
    task: 'Resume or end the deployment, paused for more than 4 weeks',
    by: 'the team',
    within: FOUR_WEEKS,
  },
  complete: {
    task: 'Complete, extend or end the deployment, whose last day is over',
    by: 'the team',
    within: 0,
  },
  evaluate: {
    task: 'Evaluate with the school what the deployment achieved',
    by: 'the team and the head of the school',
    within: FOUR_WEEKS,
  },
  review: {
    task: 'Review the deployment',
    by: 'the team',
    within: REVIEWED_WITHIN,
  },
  end: {
    task: 'End the deployment, or let the need lapse, as its review decided',
    by: 'the team',
    within: 0,
    atOnce: true,
  },
  close: { task: 'Close the deployment, which is evaluated', by: 'the team', within: 0 },
  release: {
    task: 'Look at the deployment: the home school took its release back',
    by: 'the team and the home head',
    within: 0,
    atOnce: true,
  },
} as const satisfies Readonly<Record<string, Duty>>;
export type DutyName = keyof typeof duties;

/** The day by which each thing is due that is due as things stand. */
export type Due = { readonly [K in DutyName]?: string };

/** What of a deployment its duties follow from. */
export interface Standing {
  readonly stage: DeploymentStage;
  readonly since: string;
  readonly from?: string;
  readonly to?: string;
  readonly workingSince?: string;
  readonly lastVisitOn?: string | undefined;
  readonly endedOn?: string;
  readonly releaseWithdrawnOn?: string;
  readonly reviewSince?: string | undefined;
  readonly toEndSince?: string | undefined;
  readonly release?: object;
  readonly agreedOn?: string;
  readonly evaluation?: { readonly on: string; readonly withSchool: boolean };
}

/** From a day on which it began to wait; nothing where there is none. */
const counted = (name: DutyName, day: string | undefined): Due =>
  day === undefined ? {} : { [name]: daysAfter(day, duties[name].within) };

/** What somebody is to look at, wherever it stands. */
const looked = ({ reviewSince, toEndSince }: Standing): Due => ({
  ...counted('review', reviewSince),
  ...counted('end', toEndSince),
});

const underWay = ({ to, releaseWithdrawnOn, ...standing }: Standing): Due => ({
  ...looked(standing),
  ...counted('complete', to),
  ...counted('release', releaseWithdrawnOn),
});

function over({ endedOn, evaluation }: Standing): Due {
  if (evaluation?.withSchool !== true) return counted('evaluate', endedOn);
  return counted('close', [evaluation.on, endedOn ?? ''].toSorted().at(-1));
}

const none = (): Due => ({});
const dueAt: Readonly<Record<DeploymentStage, (standing: Standing) => Due>> = {
  needed: looked,
  matched: looked,
  confirming: looked,
  confirmed: ({ from, releaseWithdrawnOn, ...standing }) => ({
    ...looked(standing),
    ...counted('start', from),
    ...counted('release', releaseWithdrawnOn),
  }),
  started: (standing) => ({
    ...(standing.lastVisitOn === undefined ? counted('firstVisit', standing.workingSince) : {}),
    ...underWay(standing),
  }),
  paused: (standing) => ({ ...counted('resume', standing.since), ...underWay(standing) }),
  completed: over,
  'ended-early': over,
  closed: none,
  declined: none,
  lapsed: none,
};

export const dueOf = (standing: Standing): Due => dueAt[standing.stage](standing);

const entries = (due: Due): readonly (readonly [DutyName, string])[] =>
  Object.entries(due) as [DutyName, string][];
const lateFrom = (name: DutyName, day: string): string =>
  'atOnce' in duties[name] ? day : daysAfter(day, 1);

/** The first day on which something is overdue; undefined when nothing will be as things stand. */
export const overdueFrom = (due: Due): string | undefined =>
  entries(due)
    .map(([name, day]) => lateFrom(name, day))
    .toSorted()
    .at(0);

/** Something overdue: since when it waits, by when it was due, and how many days ago that was. */
export type Overdue = {
  readonly task: string;
  /** Whose turn it is. */
  readonly who: string;
  readonly since: string;
  readonly by: string;
  readonly daysOverdue: number;
};

/** What is overdue on a day, longest overdue first. */
export const overdueOn = (due: Due, today: string): readonly Overdue[] =>
  waiting(due, today, ([name, day]) => lateFrom(name, day) <= today);

/** What is overdue, or falls due by a day: of that the days overdue are below nought. */
export const dueOn = (
  due: Due,
  { today, dueBy }: { readonly today: string; readonly dueBy: string },
): readonly Overdue[] => waiting(due, today, ([, day]) => day <= dueBy);

const waiting = (
  due: Due,
  today: string,
  which: (entry: readonly [DutyName, string]) => boolean,
): readonly Overdue[] =>
  entries(due)
    .filter(which)
    .map(([name, by]) => {
      const { task, by: who, within } = duties[name];
      const since = daysAfter(by, -within);
      return { task, who, since, by, daysOverdue: daysBetween(by, today) };
    })
    .toSorted((a, b) => b.daysOverdue - a.daysOverdue || (a.task < b.task ? -1 : 1));

/** What is to be done next, and by whom. */
export type Step = { readonly what: string; readonly who: string };

const step = (what: string, who: string): Step => ({ what, who });
const release = step('Agree to release the champion', 'the home head');

function agreements({ release: released, agreedOn }: Standing): readonly Step[] {
  const wanted = [
    ...(released === undefined ? [release] : []),
    ...(agreedOn === undefined
      ? [step('Agree to the champion and the objectives', 'the head of the school')]
      : []),
  ];
  return wanted.length > 0 ? wanted : [step('Confirm the deployment', 'the team')];
}

const judging = ({ evaluation }: Standing): readonly Step[] =>
  evaluation === undefined
    ? [step('Evaluate what it achieved', 'the team and the head of the school')]
    : evaluation.withSchool
      ? [step('Close it', 'the team')]
      : [step('Agree the evaluation with the school', 'the team and the head of the school')];

const stepsAt: Readonly<Record<DeploymentStage, (standing: Standing) => readonly Step[]>> = {
  needed: () => [step('Propose a champion', 'the adviser or team leader')],
  matched: agreements,
  confirming: () => [step('Set the half-days aside', 'the service')],
  confirmed: () => [step('Start it', 'the champion or the team')],
  started: ({ lastVisitOn }) => [
    step(
      lastVisitOn === undefined ? 'Make the first visit' : 'Go on, and record every visit',
      'the champion',
    ),
  ],
  paused: () => [step('Resume or end it', 'the team')],
  completed: judging,
  'ended-early': judging,
  closed: () => [],
  declined: () => [],
  lapsed: () => [],
};

/** The next steps as things stand; a release taken back under way is to be settled first. */
export const nextOf = (standing: Standing): readonly Step[] => [
  ...(standing.reviewSince === undefined
    ? []
    : [step('Review it, and say whether it goes on', 'the team')]),
  ...(standing.toEndSince === undefined ? [] : [step('End it, as its review decided', 'the team')]),
  ...(dueOf(standing).release === undefined
    ? []
    : [step('Release the champion anew, or end it', 'the home head and the team')]),
  ...stepsAt[standing.stage](standing),
];
