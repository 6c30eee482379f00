import type { Always, QualityObject, QualityPolicy, SharedOut } from '../shared/quality-policy';
import type { Category } from '../shared/words';
import type { Drawn, Stratum } from './events';

/** One piece of work of the half-term that may be drawn. */
export interface Candidate {
  readonly object: QualityObject;
  readonly objectId: string;
  readonly schoolId: string;
  /** The category recommended by the assessment, or the school's when the work was done. */
  readonly category?: Category;
  /** The assessment departs from its score. */
  readonly override?: boolean;
  /** Which record of its champion it is, counted from their first. */
  readonly nthOfChampion?: number;
}

export const DRAWING = 'fisher-yates, mulberry32, fnv-1a-32; version 1';

/*
 * How a sample is drawn. Anybody can draw it again from the seed, the policy and the population, with pencil and paper or
 * in any language:
 *
 * 1. The population is divided by object and, where the policy has a row for the category, by category; what is left of
 *    an object is one part, called "rest".
 * 2. In each part, what a rule of the policy takes (all overrides, the first records of a new champion) is taken.
 * 3. The others of the part are put in order of their objectId, as text, and shuffled: for i from the last down to the
 *    second, the i-th is exchanged with the j-th, j being the whole part of r times the number of places up to i, where r
 *    is the next random number from 0 to below 1 (Fisher and Yates).
 * 4. The random numbers are those of mulberry32, begun at the FNV-1a hash (32 bits) of the text
 *    "seed/object/category", e.g. "oak-17/assessment/rest", each divided by 2 to the power of 32.
 * 5. The first of them are drawn: the percentage of the others, rounded up.
 */
export function draw(
  candidates: readonly Candidate[],
  policy: Pick<QualityPolicy, 'shares' | 'always'>,
  seed: string,
): { readonly population: readonly Stratum[]; readonly drawn: readonly Drawn[] } {
  const parts = Map.groupBy(inOrder(candidates), (one) => partOf(one, policy.shares));
  const results = [...parts]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([part, members]) => drawPart(part, members, policy, seed));
  return {
    population: results.map(({ stratum }) => stratum),
    drawn: results.flatMap(({ drawn }) => drawn),
  };
}

const inOrder = (candidates: readonly Candidate[]): readonly Candidate[] =>
  candidates.toSorted((a, b) => (a.objectId < b.objectId ? -1 : a.objectId > b.objectId ? 1 : 0));

const rowFor = (
  { object, category }: Candidate,
  shares: readonly SharedOut[],
): SharedOut | undefined => {
  const rows = shares.filter((row) => row.object === object);
  return (
    rows.find((row) => row.category !== undefined && row.category === category) ??
    rows.find((row) => row.category === undefined)
  );
};

/** `assessment/Intervention`, `assessment/rest`. */
const partOf = (candidate: Candidate, shares: readonly SharedOut[]): string =>
  `${candidate.object}/${rowFor(candidate, shares)?.category ?? 'rest'}`;

function drawPart(
  part: string,
  members: readonly Candidate[],
  { shares, always }: Pick<QualityPolicy, 'shares' | 'always'>,
  seed: string,
): { readonly stratum: Stratum; readonly drawn: readonly Drawn[] } {
  const [first] = members;
  const row = first && rowFor(first, shares);
  const percent = row?.percent ?? 0;
  const ruled = members.map((one) => ({ one, rule: always.find((rule) => takes(rule, one)) }));
  const byRule = ruled.flatMap(({ one, rule }) =>
    rule === undefined ? [] : [drawnOf(one, rule.rule)],
  );
  const others = ruled.flatMap(({ one, rule }) => (rule === undefined ? [one] : []));
  const byShare = shuffled(others, `${seed}/${part}`)
    .slice(0, Math.ceil((percent * others.length) / 100))
    .map((one) => drawnOf(one, 'share'));
  return {
    stratum: {
      object: first?.object ?? 'assessment',
      ...(row?.category === undefined ? {} : { category: row.category }),
      percent,
      size: members.length,
      byRule: byRule.length,
      byShare: byShare.length,
    },
    drawn: [...byRule, ...byShare],
  };
}

const drawnOf = ({ object, objectId, schoolId }: Candidate, by: Drawn['by']): Drawn => ({
  object,
  objectId,
  schoolId,
  by,
});

function takes({ object, rule, first = 0 }: Always, candidate: Candidate): boolean {
  if (candidate.object !== object) return false;
  switch (rule) {
    case 'all-overrides':
      return candidate.override === true;
    case 'first-of-a-new-champion':
      return candidate.nthOfChampion !== undefined && candidate.nthOfChampion <= first;
  }
}

/** The list in the order the seed gives it; see above. */
export function shuffled<T>(list: readonly T[], seed: string): readonly T[] {
  const order = [...list];
  const random = mulberry32(fnv1a(seed));
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const [a, b] = [order[i], order[j]];
    if (a !== undefined && b !== undefined) [order[i], order[j]] = [b, a];
  }
  return order;
}

/** FNV-1a, 32 bits, of text whose characters are one byte each. */
export function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  return hash >>> 0;
}

/** Random numbers from 0 to below 1: mulberry32. */
export function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
