import type { Snapshot } from '#kernel';
import type { Category, ReasonCode } from '#domain';
import { daysOf } from '#domain';
import type { AssessmentRow } from './assessments';
import { assessments } from './assessments';
import type { Page, PageRequest } from './page';
import { DEFAULT_LIMIT, paged } from './page';
import type { NamedSchool } from './schools-named';
import { schoolsNamed } from './schools-named';
import { percentOf } from './spread';

/** Judgements and how many of them departed from what the score suggested. */
export type OverrideCounts = {
  readonly judgements: number;
  readonly overrides: number;
  /** Of a hundred judgements, one decimal; absent of none. */
  readonly percent?: number;
  readonly moreSupport: number;
  readonly lessSupport: number;
  /** Judged where the score suggested nothing, for want of readings: no override, and not in agreement either. */
  readonly noSuggestion: number;
};

export type OverridesByReason = {
  readonly reasonCode: ReasonCode;
  readonly moreSupport: number;
  readonly lessSupport: number;
};

/** One judgement that departed from the score. */
export type OverrideLine = {
  readonly school: NamedSchool;
  readonly assessmentId: string;
  readonly assessorId: string;
  readonly suggested?: Category;
  readonly judged: Category;
  readonly direction: 'more-support' | 'less-support';
  readonly reasonCode?: ReasonCode;
  readonly judgedOn: string;
  /** What the moderators found last; absent where nobody moderated it yet. */
  readonly moderated?: Category | 'return';
};

export type Overrides = Page<OverrideLine> & {
  readonly academicYear: string;
  readonly all: OverrideCounts;
  readonly byReason: readonly OverridesByReason[];
  /** By person reference; those with the highest rate first. */
  readonly byAdviser: readonly (OverrideCounts & {
    readonly assessorId: string;
    readonly byReason: readonly OverridesByReason[];
  })[];
  readonly says: string;
};

type Judged = AssessmentRow & { readonly judgement: NonNullable<AssessmentRow['judgement']> };

export const OVERRIDES_METHOD =
  'Counted is the last judgement of each assessment of the year’s round, and of each between the rounds that was judged in the year. An override is a judgement other than what the score suggests; the rate is overrides of all judgements.';

/** All judgements of a year that departed from the score, newest first, with counts by adviser, direction and reason. */
export async function overridesIn(
  snapshot: Snapshot,
  about: PageRequest & { readonly academicYear: string },
): Promise<Overrides> {
  const { academicYear, skip = 0, limit = DEFAULT_LIMIT } = about;
  const { first, last } = daysOf(academicYear) ?? { first: '', last: '' };
  const found = await snapshot.list<Judged>(assessments, {
    filter: {
      judgement: { $exists: true },
      $or: [
        { cycle: academicYear },
        { cycle: { $exists: false }, 'judgement.on': { $gte: first, $lte: last } },
      ],
    },
  });
  const judged = found.map(({ body }) => body);
  const overrides = judged
    .filter(isOverride)
    .toSorted((a, b) => b.judgement.on.localeCompare(a.judgement.on));
  const page = overrides.slice(skip, skip + limit);
  const named = await schoolsNamed(
    snapshot,
    page.map(({ schoolId }) => schoolId),
  );
  const all = countsOf(judged);
  return {
    academicYear,
    all,
    byReason: reasonsOf(judged),
    byAdviser: [...Map.groupBy(judged, ({ judgement }) => judgement.assessorId)]
      .map(([assessorId, own]) => ({ assessorId, ...countsOf(own), byReason: reasonsOf(own) }))
      .toSorted(
        (a, b) => (b.percent ?? 0) - (a.percent ?? 0) || (a.assessorId < b.assessorId ? -1 : 1),
      ),
    says: OVERRIDES_METHOD,
    ...paged(
      page.map((row) => lineOf(row, named)),
      overrides.length,
      skip,
    ),
  };
}

const isOverride = ({ judgement }: Judged): boolean => judgement.direction !== undefined;

function countsOf(judged: readonly Judged[]): OverrideCounts {
  const towards = (direction: 'more-support' | 'less-support'): number =>
    judged.filter(({ judgement }) => judgement.direction === direction).length;
  const [moreSupport, lessSupport] = [towards('more-support'), towards('less-support')];
  const overrides = moreSupport + lessSupport;
  const percent = percentOf(overrides, judged.length);
  return {
    judgements: judged.length,
    overrides,
    ...(percent === undefined ? {} : { percent }),
    moreSupport,
    lessSupport,
    noSuggestion: judged.filter(({ suggested }) => suggested === undefined).length,
  };
}

function reasonsOf(judged: readonly Judged[]): readonly OverridesByReason[] {
  const byReason = Map.groupBy(
    judged.filter(isOverride),
    // A departure without a reason is refused; one that is on record all the same is not passed over.
    ({ judgement }) => judgement.reasonCode ?? 'OTHER',
  );
  return [...byReason]
    .map(([reasonCode, of]) => {
      const { moreSupport, lessSupport } = countsOf(of);
      return { reasonCode, moreSupport, lessSupport };
    })
    .toSorted(
      (a, b) =>
        b.moreSupport + b.lessSupport - a.moreSupport - a.lessSupport ||
        (a.reasonCode < b.reasonCode ? -1 : 1),
    );
}

function lineOf(
  { schoolId, assessmentId, suggested, judgement, moderations }: Judged,
  named: (schoolId: string) => NamedSchool,
): OverrideLine {
  const { assessorId, judged, direction = 'more-support', reasonCode, on: judgedOn } = judgement;
  const moderated = moderations.at(-1)?.moderated;
  return {
    school: named(schoolId),
    assessmentId,
    assessorId,
    ...(suggested === undefined ? {} : { suggested }),
    judged,
    direction,
    ...(reasonCode === undefined ? {} : { reasonCode }),
    judgedOn,
    ...(moderated === undefined ? {} : { moderated }),
  };
}
