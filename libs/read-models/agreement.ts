import type { ReadModel, Recorded, Snapshot } from '#kernel';
import type { Category, QualityObject, RiskEvent } from '#domain';
import { categories, qualityObjects, scales } from '#domain';
import type { Days, QualityReview } from './quality-reviews';
import { qualityReviews, within } from './quality-reviews';

/** What became of a judgement in moderation: the category that stands, or that it was returned. */
type Moderated = Category | 'return';

/** The judgements of one assessment, with what moderation made of each. A few: one, and one more for each return. */
export type ModeratedJudgement = {
  readonly assessmentId: string;
  readonly judged: Category;
  readonly moderations: readonly {
    readonly judged: Category;
    readonly moderated: Moderated;
    readonly on: string;
  }[];
  /** The day of the last; absent where nobody moderated. */
  readonly moderatedOn?: string;
};

type Event = Extract<
  RiskEvent,
  { readonly type: 'ProfessionalJudgementRecorded' | 'AssessmentModerated' }
>;
const key = ({ data }: Recorded<Event>): readonly string[] => [data.assessmentId];

export const moderatedJudgements: ReadModel<ModeratedJudgement, Event> = {
  name: 'moderated-judgements',
  says: 'Which category an assessor judged and which the moderators found, assessment by assessment.',
  fixed: [],
  touches: {
    ProfessionalJudgementRecorded: {
      keys: key,
      on: (before, { data: { assessmentId, proposedCategory: judged } }) =>
        before === undefined ? { assessmentId, judged, moderations: [] } : { ...before, judged },
    },
    AssessmentModerated: {
      keys: key,
      on: (before, { data: { outcome, category, moderatedOn: on } }) => {
        if (before === undefined) return undefined;
        const { judged, moderations } = before;
        const moderated = outcome === 'return' ? 'return' : (category ?? judged);
        return {
          ...before,
          moderations: [...moderations, { judged, moderated, on }],
          moderatedOn: on,
        };
      },
    },
  },
};

/** Two verdicts on one thing: the one given first, and the one somebody else found afterwards. */
export interface Pair {
  readonly first: string;
  readonly second: string;
}

/** How far two people agree on one kind of thing. */
export type Agreement = {
  /** `judgement`: of risk, in categories; else what quality reviews are of, on their scales. */
  readonly of: 'judgement' | QualityObject;
  /** How many were moderated. */
  readonly n: number;
  readonly agreed: number;
  /** Of a hundred, one decimal; absent where none was moderated. */
  readonly percent?: number;
  /** Cohen's kappa, two decimals: 1 whole agreement, 0 as much as chance alone gives. Absent where it is undefined. */
  readonly kappa?: number;
  /** All of it in a sentence or two. */
  readonly says: string;
  /** The verdicts, in order: those of the columns. */
  readonly verdicts: readonly string[];
  /** How often the first verdict became which second. */
  readonly table: readonly { readonly first: string; readonly second: readonly number[] }[];
};

/** Percentage and kappa of pairs of verdicts out of these words. */
export function agreementOf(
  of: Agreement['of'],
  verdicts: readonly string[],
  pairs: readonly Pair[],
): Agreement {
  const table = verdicts.map((first) => ({
    first,
    second: verdicts.map(
      (second) => pairs.filter((pair) => pair.first === first && pair.second === second).length,
    ),
  }));
  const n = pairs.length;
  const agreed = pairs.filter(({ first, second }) => first === second).length;
  const kappa = kappaOf(table, agreed, n);
  const percent = n === 0 ? undefined : Math.round((1000 * agreed) / n) / 10;
  return {
    of,
    n,
    agreed,
    ...(percent === undefined ? {} : { percent }),
    ...(kappa === undefined ? {} : { kappa }),
    says: inWords(n, agreed, percent, kappa),
    verdicts,
    table,
  };
}

/**
 * Cohen's kappa: how much of the agreement that chance leaves open there is. With n pairs, a agreed, and S the sum over
 * the verdicts of how often it was the first times how often it was the second: (n·a − S) / (n² − S). Undefined without
 * pairs, and where one verdict is all that either of them gave: then n² = S.
 */
function kappaOf(table: Agreement['table'], agreed: number, n: number): number | undefined {
  const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
  const byChance = sum(
    table.map(({ second }, i) => sum(second) * sum(table.map((row) => row.second[i] ?? 0))),
  );
  const open = n * n - byChance;
  if (open === 0) return undefined;
  // Never -0, which is written as 0.
  return Math.round((100 * (n * agreed - byChance)) / open) / 100 + 0;
}

function inWords(
  n: number,
  agreed: number,
  percent: number | undefined,
  kappa: number | undefined,
): string {
  if (percent === undefined) {
    return 'None was moderated, so there is no agreement to speak of, and no kappa.';
  }
  const share = `Of ${n} moderated, ${agreed} ${agreed === 1 ? 'was' : 'were'} agreed (${percent}%).`;
  return kappa === undefined
    ? `${share} Both gave one and the same verdict throughout, so that agreement by chance is certain and kappa is not defined.`
    : `${share} Kappa is ${kappa.toFixed(2)}.`;
}

/** How far moderators agree with assessors and with reviewers, of moderations in a time. */
export async function panelAgreement(
  snapshot: Snapshot,
  days: Days,
): Promise<readonly Agreement[]> {
  const [judgements, reviews] = await Promise.all([
    // Whoever was moderated once in the time was moderated last in it or after it.
    snapshot.list<ModeratedJudgement>(moderatedJudgements, {
      filter: { moderatedOn: { $exists: true }, ...within('moderatedOn', fromOnly(days)) },
    }),
    snapshot.list<QualityReview>(qualityReviews, {
      filter: { stage: 'moderated', ...within('moderatedOn', days) },
    }),
  ]);
  const isIn = (on: string): boolean =>
    (days.from === undefined || on >= days.from) && (days.to === undefined || on <= days.to);
  const judged = judgements.flatMap(({ body }) =>
    body.moderations
      .filter(({ on }) => isIn(on))
      .map(({ judged: first, moderated: second }) => ({ first, second })),
  );
  return [
    agreementOf('judgement', [...categories, 'return'], judged),
    ...qualityObjects.map((object) =>
      agreementOf(
        object,
        scales[object],
        reviews.flatMap(({ body: { object: of, reviewed: first, verdict: second } }) =>
          of === object && first !== undefined && second !== undefined ? [{ first, second }] : [],
        ),
      ),
    ),
  ];
}

const fromOnly = ({ from }: Days): Days => (from === undefined ? {} : { from });
