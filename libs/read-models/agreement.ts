import type { Snapshot } from '#kernel';
import type { QualityObject } from '#domain';
import { categories, qualityObjects, scales } from '#domain';
import type { AssessmentRow } from './assessments';
import { assessments } from './assessments';
import { frameworksOn } from './frameworks';
import type { Days, QualityReview } from './quality-reviews';
import { qualityReviews, within } from './quality-reviews';

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
  /**
   * Of judgements: the same by the domain that has most points in the score that was judged. Panels judge the category as
   * a whole; whether they agree less where it is about attendance, say, shows by this.
   */
  readonly byDomain?: readonly (Agreement & { readonly domain: string })[];
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

/**
 * How far moderators agree with assessors and with reviewers, of moderations in a time: judgements of risk, all together
 * and by the domain that weighs most in their scores; then the reviews of each kind of work.
 */
export async function panelAgreement(
  snapshot: Snapshot,
  days: Days,
): Promise<readonly Agreement[]> {
  const [rows, reviews, { versions }] = await Promise.all([
    // Whoever was moderated once in the time was moderated last in it or after it.
    snapshot.list<AssessmentRow>(assessments, {
      filter: { moderatedOn: { $exists: true }, ...within('moderatedOn', fromOnly(days)) },
    }),
    snapshot.list<QualityReview>(qualityReviews, {
      filter: { stage: 'moderated', ...within('moderatedOn', days) },
    }),
    frameworksOn(snapshot, ''),
  ]);
  const isIn = (on: string): boolean =>
    (days.from === undefined || on >= days.from) && (days.to === undefined || on <= days.to);
  const domainOf = (version: string, leading: string | undefined): string | undefined =>
    versions[version]?.indicators.find(({ code }) => code === leading)?.domain;
  const judged = rows.flatMap(({ body: { frameworkVersion, moderations } }) =>
    moderations
      .filter(({ on }) => isIn(on))
      .map(({ judged: first, moderated: second, leading }) => ({
        pair: { first, second },
        domain: domainOf(frameworkVersion, leading) ?? NO_DOMAIN,
      })),
  );
  const words = [...categories, 'return'];
  const pairsIn = (of: typeof judged): readonly Pair[] => of.map(({ pair }) => pair);
  return [
    {
      ...agreementOf('judgement', words, pairsIn(judged)),
      byDomain: [...Map.groupBy(judged, ({ domain }) => domain)]
        .toSorted(
          ([a], [b]) => Number(a === NO_DOMAIN) - Number(b === NO_DOMAIN) || (a < b ? -1 : 1),
        )
        .map(([domain, of]) => ({ ...agreementOf('judgement', words, pairsIn(of)), domain })),
    },
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

/** Of scores in which no indicator has a point. */
const NO_DOMAIN = 'None';

const fromOnly = ({ from }: Days): Days => (from === undefined ? {} : { from });
