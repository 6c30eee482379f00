import type { Snapshot } from '#kernel';
import type { ChampionRole, Verdict } from '#domain';
import type { DeploymentStage } from './deployment-stages';
import { stagesInWords } from './deployment-stages';
import type { Deployment, ObjectiveNow } from './deployments';
import { deployments } from './deployments';
import type { QualityReview } from './quality-reviews';
import { qualityReviews } from './quality-reviews';

/*
 * Has support had impact? Objectives with where each began, was to come to and has come to, as judged with the school; and
 * what somebody without a part in it found of the quality of the work. At one school, and over the county.
 */

/** How many objectives came how far. */
export type Reached = {
  readonly objectives: number;
  readonly reached: number;
  readonly partly: number;
  readonly notReached: number;
  readonly notJudged: number;
};

export function reachedOf(objectives: readonly Pick<ObjectiveNow, 'result'>[]): Reached {
  const are = (result: ObjectiveNow['result']): number =>
    objectives.filter((one) => one.result === result).length;
  return {
    objectives: objectives.length,
    reached: are('reached'),
    partly: are('partly'),
    notReached: are('not-reached'),
    notJudged: are(undefined),
  };
}

/** The verdict that stands on a piece of support, and on each objective where one was given. */
export type StandingVerdict = {
  readonly reviewId: string;
  readonly verdict: Verdict;
  readonly on: string;
  /** A moderator's, not only the reviewer's. */
  readonly moderated: boolean;
};

export type ImpactLine = Pick<
  Deployment,
  'deploymentId' | 'specialism' | 'role' | 'stage' | 'from' | 'to' | 'evaluation'
> & {
  readonly stageInWords: string;
  readonly halfDaysUsed: number;
  readonly objectives: readonly (ObjectiveNow & {
    /** How far it went: the figure now less the figure at the beginning, where both are figures of one kind. */
    readonly change?: Change;
    readonly verdict?: Verdict;
  })[];
  readonly verdict?: StandingVerdict;
};

export type SchoolImpact = {
  readonly summary: Reached & { readonly deployments: number; readonly reviewed: number };
  readonly says: string;
  /** Those with objectives, the newest first. */
  readonly deployments: readonly ImpactLine[];
};

/** What a school's support achieved: of all its deployments with objectives. */
export async function impactAtSchool(
  snapshot: Snapshot,
  { schoolId }: { readonly schoolId: string },
): Promise<SchoolImpact> {
  const [found, reviews] = await Promise.all([
    snapshot.list<Deployment>(deployments, { filter: { schoolId }, sort: { identifiedOn: -1 } }),
    snapshot.list<QualityReview>(qualityReviews, { filter: { schoolId, object: 'deployment' } }),
  ]);
  const verdicts = standingVerdicts(reviews.map(({ body }) => body));
  const lines = found
    .filter(({ body }) => body.objectives.length > 0)
    .map(({ body }) => lineOf(body, verdicts.get(body.deploymentId)));
  const reached = reachedOf(lines.flatMap(({ objectives }) => objectives));
  const reviewed = lines.filter(({ verdict }) => verdict !== undefined).length;
  return {
    summary: { ...reached, deployments: lines.length, reviewed },
    says: impactInWords(reached, lines.length),
    deployments: lines,
  };
}

const done = ({ stage, verdict }: QualityReview): boolean =>
  (stage === 'completed' || stage === 'moderated') && verdict !== undefined;
const doneOn = ({ moderatedOn, completedOn = '' }: QualityReview): string =>
  moderatedOn ?? completedOn;

/** By deployment, the last review that came to a verdict. */
export const standingVerdicts = (
  reviews: readonly QualityReview[],
): ReadonlyMap<string, QualityReview> =>
  new Map(
    reviews
      .filter(done)
      .toSorted((a, b) => doneOn(a).localeCompare(doneOn(b)))
      .map((review) => [review.objectId, review]),
  );

function lineOf(body: Deployment, review: QualityReview | undefined): ImpactLine {
  const { deploymentId, specialism, role, stage, from, to, evaluation, halfDaysUsed } = body;
  const { verdict } = review ?? {};
  return {
    ...{ deploymentId, specialism, role, stage, stageInWords: stagesInWords[stage], halfDaysUsed },
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(evaluation === undefined ? {} : { evaluation }),
    objectives: body.objectives.map((objective) => {
      const change = changeOf(objective);
      const judged = review?.objectives?.find(
        ({ objectiveId }) => objectiveId === objective.objectiveId,
      );
      return {
        ...objective,
        ...(change === undefined ? {} : { change }),
        ...(judged === undefined ? {} : { verdict: judged.verdict }),
      };
    }),
    ...(review === undefined || verdict === undefined
      ? {}
      : {
          verdict: {
            ...{ reviewId: review.reviewId, verdict, on: doneOn(review) },
            moderated: review.stage === 'moderated',
          },
        }),
  };
}

/** "Of 4 objectives, 2 were reached, 1 was reached in part and 1 was not; none waits to be judged." */
export function impactInWords(
  { objectives, reached, partly, notReached, notJudged }: Reached,
  of: number,
): string {
  if (of === 0) return 'No support with agreed objectives is on record.';
  const were = (n: number): string => `${n} ${n === 1 ? 'was' : 'were'}`;
  const all = `${objectives} objective${objectives === 1 ? '' : 's'}`;
  if (notJudged === objectives) return `None of ${all} has been judged yet.`;
  const open =
    notJudged === 0 ? '' : ` ${notJudged} ${notJudged === 1 ? 'waits' : 'wait'} to be judged.`;
  return `Of ${all}, ${were(reached)} reached, ${were(partly)} reached in part and ${were(notReached)} not reached.${open}`;
}

/** A change in the unit its measure is told in. */
export type Change = { readonly by: number; readonly unit: string };

const FIGURE = /^([-−+]?\d+(?:\.\d+)?)\s*(%|of \d+|[a-z][a-z ]{0,30})?$/i;

/** What people wrote down as a figure: "41%", "6.5 days", "2 of 8", "12"; undefined for words. */
export function figureIn(
  text: string,
): { readonly value: number; readonly unit: string } | undefined {
  const [, number, unit = ''] = FIGURE.exec(text.trim()) ?? [];
  if (number === undefined) return undefined;
  return { value: Number(number.replace('−', '-')), unit: unit.trim().toLowerCase() };
}

const rounded = (n: number): number => Math.round(n * 100) / 100;

export function changeOf({ baseline, now }: Pick<ObjectiveNow, 'baseline' | 'now'>) {
  const [was, is] = [figureIn(baseline), figureIn(now ?? '')];
  if (was === undefined || is === undefined || was.unit !== is.unit) return undefined;
  return { by: rounded(is.value - was.value), unit: is.unit };
}

/** The share of the way from baseline to target that was gone, in percent; undefined where it is no way of figures. */
export function wayGone({ baseline, target, now }: ObjectiveNow): number | undefined {
  const [was, wanted, is] = [figureIn(baseline), figureIn(target), figureIn(now ?? '')];
  if (was === undefined || wanted === undefined || is === undefined) return undefined;
  if (was.unit !== is.unit || was.unit !== wanted.unit || was.value === wanted.value)
    return undefined;
  return rounded((100 * (is.value - was.value)) / (wanted.value - was.value));
}

/** The middle one; of an even number the mean of the two in the middle. */
export function medianOf(numbers: readonly number[]): number | undefined {
  const sorted = numbers.toSorted((a, b) => a - b);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return low === undefined || high === undefined ? undefined : rounded((low + high) / 2);
}

/** What came of objectives that were judged: how many were reached, and the median change of those told in figures. */
export type ImpactOf = Omit<Reached, 'notJudged'> & {
  readonly changes: readonly {
    readonly unit: string;
    readonly objectives: number;
    readonly medianChange: number;
  }[];
  /** How much of the way from baseline to target was gone in the median, in percent, of how many objectives. */
  readonly way?: { readonly objectives: number; readonly medianPercent: number };
};

export function impactOf(judged: readonly ObjectiveNow[]): ImpactOf {
  const { notJudged: _, ...reached } = reachedOf(judged);
  const changes = Map.groupBy(
    judged.flatMap((one) => changeOf(one) ?? []),
    ({ unit }) => unit,
  );
  const ways = judged.flatMap((one) => wayGone(one) ?? []);
  const medianPercent = medianOf(ways);
  return {
    ...reached,
    changes: [...changes]
      .map(([unit, of]) => ({
        ...{ unit, objectives: of.length },
        medianChange: medianOf(of.map(({ by }) => by)) ?? 0,
      }))
      .toSorted((a, b) => b.objectives - a.objectives || (a.unit < b.unit ? -1 : 1)),
    ...(medianPercent === undefined ? {} : { way: { objectives: ways.length, medianPercent } }),
  };
}

export const impactMethod =
  'Objectives of deployments that were judged in the time, as the last judgement has them. A change is the figure now less ' +
  'the figure at the beginning, where both were written down as figures in one unit; the median is the middle one of them. ' +
  'The way gone is that change as a share of the change that was wanted. Nothing is said of what would have happened without support.';

export type CountyImpact = {
  readonly from?: string;
  readonly to?: string;
  readonly all: ImpactOf & { readonly deployments: number; readonly withSchool: number };
  /** By what the support was about, those with most objectives first. */
  readonly bySpecialism: readonly (ImpactOf & { readonly specialism: string })[];
  /** By the measure as it was written down, within a specialism: for whoever may read what schools agreed. */
  readonly byMeasure: readonly (ImpactOf & {
    readonly specialism: string;
    readonly measure: string;
  })[];
  readonly method: string;
};

export interface Judged {
  readonly specialism: string;
  readonly role: ChampionRole;
  readonly stage: DeploymentStage;
  readonly objectives: readonly ObjectiveNow[];
  readonly evaluation?: NonNullable<Deployment['evaluation']>;
}

/** What support achieved over the county, of what was judged between two days, both included. */
export async function countyImpact(
  snapshot: Snapshot,
  { from, to }: { readonly from?: string; readonly to?: string },
): Promise<CountyImpact> {
  const days = {
    ...(from === undefined ? {} : { $gte: from }),
    ...(to === undefined ? {} : { $lte: to }),
  };
  const found = await snapshot.list<Deployment>(deployments, {
    filter: { 'evaluation.on': Object.keys(days).length === 0 ? { $exists: true } : days },
  });
  return {
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...impactAmong(found.map(({ body }) => body)),
  };
}

export function impactAmong(judged: readonly Judged[]): Omit<CountyImpact, 'from' | 'to'> {
  const objectives = judged.flatMap(({ specialism, objectives: of }) =>
    of
      .filter(({ result }) => result !== undefined)
      .map((objective) => ({ ...objective, specialism, key: objective.measure.toLowerCase() })),
  );
  const bySpecialism = Map.groupBy(objectives, ({ specialism }) => specialism);
  const byMeasure = Map.groupBy(objectives, ({ specialism, key }) => `${specialism}\n${key}`);
  return {
    all: {
      deployments: judged.length,
      withSchool: judged.filter(({ evaluation }) => evaluation?.withSchool === true).length,
      ...impactOf(objectives),
    },
    bySpecialism: [...bySpecialism]
      .map(([specialism, of]) => ({ specialism, ...impactOf(of) }))
      .toSorted(mostFirst),
    byMeasure: [...byMeasure.values()]
      .flatMap((of) => {
        const { specialism, measure } = of[0] ?? {};
        if (specialism === undefined || measure === undefined) return [];
        return [{ specialism, measure, ...impactOf(of) }];
      })
      .toSorted((a, b) => mostFirst(a, b) || a.measure.localeCompare(b.measure, 'en')),
    method: impactMethod,
  };
}

const mostFirst = (
  a: { readonly objectives: number; readonly specialism: string },
  b: { readonly objectives: number; readonly specialism: string },
): number => b.objectives - a.objectives || a.specialism.localeCompare(b.specialism, 'en');

/** As somebody sees it who may not read what single schools agreed. */
export const withoutMeasures = ({ byMeasure: _, ...impact }: CountyImpact) => impact;
