import type { Snapshot } from '#kernel';
import type { Category, Phase } from '#domain';
import { phases, supportAbove } from '#domain';
import type { AssessmentRow } from './assessments';
import { assessments } from './assessments';
import type { Deployment } from './deployments';
import { deployments } from './deployments';
import type { RegisterLine } from './register';
import { registerOn } from './register';
import type { Spread } from './spread';
import { percentOf, spreadOf } from './spread';

/** Where schools that began in one category were at the end of a time. Counts only. */
export type Outcome = {
  readonly schools: number;
  /** No longer open at the end. */
  readonly gone: number;
  readonly moreSupport: number;
  readonly same: number;
  readonly lessSupport: number;
  /** Of those still open, the share that came to need more support, one decimal; absent where none is. */
  readonly percentMoreSupport?: number;
  /**
   * How the score of an assessment finished by the end differs from the one before the beginning: above 0 more risk.
   * Of those schools that had a new one in the time.
   */
  readonly scoreChange: Spread;
};

export type PreventionOutcomes = {
  readonly from: string;
  readonly to: string;
  /** In Prevention at the beginning; and of them those with and without a deployment in the time. */
  readonly prevention: Outcome;
  readonly withDeployment: Outcome;
  readonly withoutDeployment: Outcome;
  /** In Enhancement at the beginning, of the same phases, and without a deployment in the time. */
  readonly like: Outcome & {
    /** Their share that came to need more support, were their phases mixed as those in Prevention are. */
    readonly percentInSamePhases?: number;
  };
  readonly byPhase: readonly {
    readonly phase: Phase;
    readonly prevention: Outcome;
    readonly like: Outcome;
  }[];
  readonly says: string;
  readonly caution: string;
};

export const OUTCOMES_METHOD =
  'Schools in Prevention on the first day, where they were on the last; beside them schools of the same phases that were in Enhancement on the first day and had no deployment in the time. Decline is a move to a category with more support: for the first Intervention, for the others Prevention or Intervention. The share of like schools is also told with their phases mixed as those of the Prevention schools are.';
export const OUTCOMES_CAUTION =
  'This does not show that support was the cause. Schools are in Prevention because they were more at risk, so they differ from the others from the beginning; the worst figures of one year tend to be less bad in the next whatever is done; a move is a decision of people who know of the support; and with few schools one more or less changes much.';

type Row = {
  readonly line: RegisterLine & { readonly category: Category };
  /** Undefined: no longer open. */
  readonly then: RegisterLine | undefined;
  readonly deployed: boolean;
  readonly scoreChange: number | undefined;
};

/** Did schools in Prevention avoid decline, beside like schools? Names no school. */
export async function preventionOutcomes(
  snapshot: Snapshot,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<PreventionOutcomes> {
  const [before, after, work, assessed] = await Promise.all([
    registerOn(snapshot, from),
    registerOn(snapshot, to),
    // Under way at some time between the two days.
    snapshot.list<Deployment>(deployments, {
      filter: {
        startedOn: { $lte: to },
        $or: [{ endedOn: { $exists: false } }, { endedOn: { $gte: from } }],
      },
    }),
    snapshot.list<AssessmentRow>(assessments, { filter: { finalisedOn: { $lte: to } } }),
  ]);
  const then = new Map(after.map((line) => [line.school.schoolId, line]));
  const deployed = new Set(work.map(({ body }) => body.schoolId));
  const scores = Map.groupBy(
    assessed.map(({ body }) => body),
    ({ schoolId }) => schoolId,
  );
  const rows = before.flatMap((line): readonly Row[] => {
    const { category, school } = line;
    if (category === undefined) return [];
    return [
      {
        line: { ...line, category },
        then: then.get(school.schoolId),
        deployed: deployed.has(school.schoolId),
        scoreChange: changeOver(scores.get(school.schoolId) ?? [], from),
      },
    ];
  });
  return outcomesOf(rows, { from, to });
}

/** The last score less the last one up to the first day; undefined where one of them is missing, or both are one. */
function changeOver(own: readonly AssessmentRow[], from: string): number | undefined {
  const ordered = own
    .filter(({ score }) => score !== undefined)
    .toSorted((a, b) => (a.finalisedOn ?? '').localeCompare(b.finalisedOn ?? ''));
  const was = ordered.findLast(({ finalisedOn = '' }) => finalisedOn <= from);
  const is = ordered.at(-1);
  if (was?.score === undefined || is?.score === undefined || was === is) return undefined;
  return Math.round(10 * (is.score - was.score)) / 10;
}

function outcomesOf(
  rows: readonly Row[],
  { from, to }: { readonly from: string; readonly to: string },
): PreventionOutcomes {
  const inPrevention = rows.filter(({ line }) => line.category === 'Prevention');
  const cohortPhases = new Set(inPrevention.map(({ line }) => line.school.phase));
  const like = rows.filter(
    ({ line, deployed }) =>
      line.category === 'Enhancement' && !deployed && cohortPhases.has(line.school.phase),
  );
  const byPhase = phases
    .filter((phase) => cohortPhases.has(phase))
    .map((phase) => {
      const ofPhase = ({ line }: Row): boolean => line.school.phase === phase;
      return {
        phase,
        prevention: outcomeOf(inPrevention.filter(ofPhase)),
        like: outcomeOf(like.filter(ofPhase)),
      };
    });
  const percentInSamePhases = standardised(byPhase);
  return {
    from,
    to,
    prevention: outcomeOf(inPrevention),
    withDeployment: outcomeOf(inPrevention.filter(({ deployed }) => deployed)),
    withoutDeployment: outcomeOf(inPrevention.filter(({ deployed }) => !deployed)),
    like: {
      ...outcomeOf(like),
      ...(percentInSamePhases === undefined ? {} : { percentInSamePhases }),
    },
    byPhase,
    says: OUTCOMES_METHOD,
    caution: OUTCOMES_CAUTION,
  };
}

function outcomeOf(rows: readonly Row[]): Outcome {
  const stayed = rows.flatMap(({ line, then }) => (then === undefined ? [] : [{ line, then }]));
  const moved = stayed.map(({ line, then }) =>
    supportAbove(then.category ?? line.category, line.category),
  );
  const moreSupport = moved.filter((by) => by > 0).length;
  const percentMoreSupport = percentOf(moreSupport, stayed.length);
  return {
    schools: rows.length,
    gone: rows.length - stayed.length,
    moreSupport,
    same: moved.filter((by) => by === 0).length,
    lessSupport: moved.filter((by) => by < 0).length,
    ...(percentMoreSupport === undefined ? {} : { percentMoreSupport }),
    scoreChange: spreadOf(rows.flatMap(({ scoreChange }) => scoreChange ?? [])),
  };
}

/** Direct standardisation: each phase's share among like schools, weighed by how many of the cohort are of that phase. */
function standardised(byPhase: PreventionOutcomes['byPhase']): number | undefined {
  const usable = byPhase.filter(({ like }) => like.schools > like.gone);
  const cohort = usable.reduce((sum, { prevention }) => sum + prevention.schools, 0);
  const weighed = usable.reduce(
    (sum, { prevention, like: { moreSupport, schools, gone } }) =>
      sum + (prevention.schools * moreSupport) / (schools - gone),
    0,
  );
  return percentOf(weighed, cohort);
}
