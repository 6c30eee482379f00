import type { Snapshot } from '#kernel';
import type { ChampionRole, Verdict } from '#domain';
import { isBelowEffective, scales } from '#domain';
import { overdueOn } from './deployment-due';
import { supporting } from './deployment-stages';
import type { Deployment } from './deployments';
import { deployments } from './deployments';
import type { ImpactOf } from './impact';
import { impactAmong, standingVerdicts } from './impact';
import type { QualityReview } from './quality-reviews';
import { qualityReviews, within } from './quality-reviews';

/*
 * Deployments against what they were to achieve, in a half-term: for the Board, which scrutinises them and sees no school by
 * name. So nothing here leads back to a school: no id, and no free text.
 */

export const boardMethod =
  'Counted from deployments as they stand at the moment asked about, by the days on which they started, ended and were judged; ' +
  'under way is counted on the last day, or on the day itself while the half-term runs. The days of a half-term are each county’s own: without from and to they are the usual ones. ' +
  'Exceptions name no school.';

export const exceptionKinds = ['not-reached', 'poor-verdict', 'ended-early', 'overdue'] as const;

/** Something the Board may want to ask about. */
export type BoardException = {
  readonly kind: (typeof exceptionKinds)[number];
  readonly says: string;
  readonly specialism: string;
  readonly role: ChampionRole;
  /** The day it is from; of what is overdue, the day by which it was due. */
  readonly on: string;
};

export type BoardDeployments = {
  readonly from: string;
  readonly to: string;
  readonly named: number;
  readonly started: number;
  /** Confirmed, started or paused on the last day or, while the half-term runs, on the day itself. */
  readonly underWay: number;
  readonly completed: number;
  readonly endedEarly: number;
  readonly judged: ImpactOf & { readonly deployments: number; readonly withSchool: number };
  readonly bySpecialism: readonly (ImpactOf & { readonly specialism: string })[];
  readonly verdicts: readonly { readonly verdict: Verdict; readonly reviews: number }[];
  readonly exceptions: readonly BoardException[];
  readonly method: string;
};

export type BoardDeploymentsRequest = {
  readonly from: string;
  readonly to: string;
  readonly today: string;
};

export async function deploymentsForBoard(
  snapshot: Snapshot,
  about: BoardDeploymentsRequest,
): Promise<BoardDeployments> {
  const [found, reviews] = await Promise.all([
    snapshot.list<Deployment>(deployments),
    snapshot.list<QualityReview>(qualityReviews, {
      filter: { object: 'deployment', ...within('completedOn', about) },
    }),
  ]);
  return boardDeploymentsOf(
    found.map(({ body }) => body),
    reviews.map(({ body }) => body),
    about,
  );
}

export function boardDeploymentsOf(
  all: readonly Deployment[],
  reviews: readonly QualityReview[],
  { from, to, today }: BoardDeploymentsRequest,
): BoardDeployments {
  const then = (day: string | undefined): boolean => day !== undefined && from <= day && day <= to;
  const count = (which: (one: Deployment) => boolean): number => all.filter(which).length;
  /** The last day of it or, while it runs, the day itself. */
  const day = today < to ? today : to;
  const judged = all.filter(({ evaluation }) => then(evaluation?.on));
  const { all: impact, bySpecialism } = impactAmong(judged);
  const verdicts = standingVerdicts(reviews);
  const exceptions = exceptionsIn(all, { then, verdicts, day });
  return {
    ...{ from, to },
    named: count(({ identifiedOn }) => then(identifiedOn)),
    started: count(({ startedOn }) => then(startedOn)),
    underWay: count((one) => underWayOn(one, day)),
    completed: count((one) => then(one.endedOn) && one.endedBecause === undefined),
    endedEarly: count((one) => then(one.endedOn) && one.endedBecause !== undefined),
    judged: impact,
    bySpecialism,
    verdicts: scales.deployment.map((verdict) => ({
      verdict,
      reviews: [...verdicts.values()].filter((one) => one.verdict === verdict).length,
    })),
    exceptions,
    method: boardMethod,
  };
}

/** It had started by the day and not ended, or is set aside for and not over. */
const underWayOn = ({ stage, startedOn, endedOn, since }: Deployment, day: string): boolean =>
  startedOn === undefined
    ? supporting.includes(stage) && since <= day
    : startedOn <= day && (endedOn === undefined || endedOn > day);

interface Looked {
  readonly then: (day: string | undefined) => boolean;
  readonly verdicts: ReadonlyMap<string, QualityReview>;
  readonly day: string;
}

const exceptionsIn = (all: readonly Deployment[], looked: Looked): readonly BoardException[] =>
  all
    .flatMap((one) => [...exceptionsOf(one, looked)])
    .toSorted(
      (a, b) =>
        exceptionKinds.indexOf(a.kind) - exceptionKinds.indexOf(b.kind) ||
        a.on.localeCompare(b.on) ||
        (a.says < b.says ? -1 : 1),
    );

function* exceptionsOf(
  one: Deployment,
  { then, verdicts, day }: Looked,
): Generator<BoardException> {
  const { specialism, role, evaluation, endedOn, endedBecause, deploymentId, due } = one;
  const about = { specialism, role };
  const missed = one.objectives.filter(({ result }) => result === 'not-reached').length;
  if (evaluation !== undefined && then(evaluation.on) && missed > 0) {
    const says = `${missed} of ${one.objectives.length} objectives not reached`;
    yield { kind: 'not-reached', says, ...about, on: evaluation.on };
  }
  const { verdict, completedOn = '' } = verdicts.get(deploymentId) ?? {};
  if (verdict !== undefined && isBelowEffective(verdict)) {
    const says = `found ${verdict.replaceAll('-', ' ')}`;
    yield { kind: 'poor-verdict', says, ...about, on: completedOn };
  }
  if (endedOn !== undefined && then(endedOn) && isSetback(endedBecause))
    yield { kind: 'ended-early', says: inWords(endedBecause), ...about, on: endedOn };
  for (const late of overdueOn(due, day))
    yield { kind: 'overdue', says: late.task, ...about, on: late.by };
}

/** That the objectives were met is a reason to end early, and none to ask why. */
const isSetback = (
  because: Deployment['endedBecause'],
): because is NonNullable<Deployment['endedBecause']> =>
  because !== undefined && because !== 'objectives-met';
const inWords = (because: NonNullable<Deployment['endedBecause']>): string =>
  `ended early: ${because.replaceAll('-', ' ')}`;
