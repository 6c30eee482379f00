import type { ReadModel, Recorded, Touch } from '#kernel';
import type { Category, ReasonCode, RiskEvent, Score, SchoolKind } from '#domain';

/** What became of a judgement in moderation: the category that stands, or that it was returned. */
export type Moderated = Category | 'return';

/** One assessment of a school: what the score suggested, what was judged, what moderation made of it. Small: no readings. */
export type AssessmentRow = {
  readonly schoolId: string;
  readonly assessmentId: string;
  readonly cycle?: string;
  readonly triggerId?: string;
  readonly frameworkVersion: string;
  readonly kind: SchoolKind;
  readonly startedOn: string;
  readonly score?: number;
  readonly suggested?: Category;
  /** The indicator with most points in the score, of equals the first; absent where none has any. */
  readonly leading?: string;
  readonly judgement?: {
    readonly assessorId: string;
    readonly judged: Category;
    /** Where it departs from what the score suggests. */
    readonly direction?: 'more-support' | 'less-support';
    readonly reasonCode?: ReasonCode;
    readonly on: string;
  };
  /** A few: one, and one more for each return. */
  readonly moderations: readonly {
    readonly judged: Category;
    readonly moderated: Moderated;
    readonly leading?: string;
    readonly on: string;
  }[];
  /** The day of the last; absent where nobody moderated. */
  readonly moderatedOn?: string;
  readonly finalisedOn?: string;
};

type Step = Exclude<
  RiskEvent['type'],
  | 'RiskAssessmentStarted'
  | 'IndicatorRecorded'
  | 'IndicatorMarkedUnavailable'
  | 'RiskAssessmentSuperseded'
>;
type Of<T extends RiskEvent['type']> = Extract<RiskEvent, { readonly type: T }>;
type Change = { readonly [K in keyof AssessmentRow]?: AssessmentRow[K] | undefined };

/** What a step changes of an assessment that was started; a field set to undefined is taken away. */
const step = <T extends Step>(
  to: (data: Of<T>['data'], before: AssessmentRow) => Change | undefined,
): Touch<AssessmentRow, Of<T>> => ({
  keys: (event) => [(event as Recorded<Of<Step>>).data.assessmentId],
  on: (before, event) => {
    if (before === undefined) return undefined;
    const changed = to((event as Recorded<Of<Step>>).data as Of<T>['data'], before);
    return (
      changed &&
      (Object.fromEntries(
        Object.entries({ ...before, ...changed }).filter(([, value]) => value !== undefined),
      ) as AssessmentRow)
    );
  },
});

export const assessments: ReadModel<AssessmentRow, RiskEvent> = {
  name: 'assessments',
  says: 'Each assessment: which category the score suggested, which the assessor judged and why otherwise, and which the moderators found.',
  fixed: [],
  touches: {
    RiskAssessmentStarted: {
      keys: ({ data }) => [data.assessmentId],
      on: (before, { data }) => before ?? { ...data, moderations: [] },
    },
    RiskScoreCalculated: step(({ score, suggested, steps }) => ({
      score,
      suggested,
      leading: leadingOf(steps),
      // One made on an earlier score does not stand.
      judgement: undefined,
    })),
    ProfessionalJudgementRecorded: step(
      ({ assessorId, proposedCategory: judged, direction, reasonCode, judgedOn: on }) => ({
        judgement: {
          ...{ assessorId, judged, on },
          ...(direction === undefined ? {} : { direction }),
          ...(reasonCode === undefined ? {} : { reasonCode }),
        },
      }),
    ),
    AssessmentModerated: step(
      ({ outcome, category, moderatedOn: on }, { judgement, moderations, leading }) => {
        if (judgement === undefined) return {};
        const { judged } = judgement;
        const moderated: Moderated = outcome === 'return' ? 'return' : (category ?? judged);
        const now = { judged, moderated, ...(leading === undefined ? {} : { leading }), on };
        return { moderations: [...moderations, now], moderatedOn: on };
      },
    ),
    RiskAssessmentFinalised: step(({ finalisedOn }) => ({ finalisedOn })),
    RiskAssessmentAbandoned: step(() => undefined),
  },
};

const leadingOf = (steps: Score['steps']): string | undefined =>
  steps.reduce<{ readonly code?: string; readonly points: number }>(
    (most, { indicator: code, points = 0 }) => (points > most.points ? { code, points } : most),
    { points: 0 },
  ).code;
