import type { ClassesOf, Decider } from '#kernel';
import type { AcademicYear } from '../shared/academic-year';
import type { Framework } from '../shared/framework';
import type { SchoolKind } from '../shared/words';
import type { riskCommands } from './commands';
import type { FinalisedData, Judgement, Moderation, RiskEvent, Score } from './events';
import type { RiskRefusal } from './refusals';
import { refuse } from './refusals';

export type ReadingEvent = Extract<
  RiskEvent,
  { readonly type: 'IndicatorRecorded' | 'IndicatorMarkedUnavailable' }
>;

export interface AssessmentInProgress {
  readonly assessmentId: string;
  readonly cycle?: AcademicYear;
  readonly triggerId?: string;
  readonly frameworkVersion: string;
  readonly kind: SchoolKind;
  /** The reading or absence that counts for each indicator and period, by `keyOf`. */
  readonly readings: Readonly<Record<string, ReadingEvent>>;
  readonly score: Score | undefined;
  /** Readings were recorded after the score. */
  readonly scoreOvertaken: boolean;
  /** Made on this score; it does not stand while the moderation of it says `return`. */
  readonly judgement: Judgement | undefined;
  /** Of this judgement. */
  readonly moderation: Moderation | undefined;
}

export type FinalisedAssessment = FinalisedData & { readonly supersededBy?: string };

export interface RiskState {
  readonly current: AssessmentInProgress | undefined;
  readonly finalised: Readonly<Record<string, FinalisedAssessment>>;
  readonly abandoned: readonly string[];
}

/** What an assessment must know of its neighbours. */
export interface KnownToRisk {
  readonly frameworks: { readonly versions: Readonly<Record<string, Framework>> };
  readonly school:
    | { readonly registered: false }
    | { readonly registered: true; readonly kind: SchoolKind; readonly open: boolean };
  readonly cycles: {
    readonly cycles: Readonly<Record<AcademicYear, { readonly frameworkVersion: string }>>;
    readonly open?: AcademicYear;
  };
  readonly categorisation: { readonly triggers: Readonly<Record<string, object>> };
}

export type RiskDecider = Decider<
  RiskState,
  ClassesOf<typeof riskCommands>,
  RiskEvent,
  RiskRefusal,
  KnownToRisk
>;

export const initial: RiskState = { current: undefined, finalised: {}, abandoned: [] };

export const evolve: RiskDecider['evolve'] = {
  RiskAssessmentStarted: (state, { assessmentId, frameworkVersion, kind, ...started }) => ({
    ...state,
    current: {
      assessmentId,
      ...occasionOf(started),
      frameworkVersion,
      kind,
      readings: {},
      score: undefined,
      scoreOvertaken: false,
      judgement: undefined,
      moderation: undefined,
    },
  }),
  IndicatorRecorded: (state, data) => withReading(state, { type: 'IndicatorRecorded', data }),
  IndicatorMarkedUnavailable: (state, data) =>
    withReading(state, { type: 'IndicatorMarkedUnavailable', data }),
  RiskScoreCalculated: (state, score) =>
    inCurrent(state, score, () => ({
      score,
      scoreOvertaken: false,
      judgement: undefined,
      moderation: undefined,
    })),
  ProfessionalJudgementRecorded: (state, judgement) =>
    inCurrent(state, judgement, () => ({ judgement, moderation: undefined })),
  AssessmentModerated: (state, moderation) => inCurrent(state, moderation, () => ({ moderation })),
  RiskAssessmentFinalised: (state, data) => ({
    ...withoutCurrent(state, data),
    finalised: { ...state.finalised, [data.assessmentId]: data },
  }),
  RiskAssessmentSuperseded: (state, { assessmentId, supersededBy }) => {
    const old = state.finalised[assessmentId];
    if (old === undefined) return state;
    return {
      ...state,
      finalised: { ...state.finalised, [assessmentId]: { ...old, supersededBy } },
    };
  },
  RiskAssessmentAbandoned: (state, data) => ({
    ...withoutCurrent(state, data),
    abandoned: [...state.abandoned, data.assessmentId],
  }),
};

export type Occasion = { readonly cycle?: AcademicYear; readonly triggerId?: string };

/** The round or the trigger alone, nothing undefined. */
export const occasionOf = ({ cycle, triggerId }: Occasion): Occasion => ({
  ...(cycle === undefined ? {} : { cycle }),
  ...(triggerId === undefined ? {} : { triggerId }),
});
export const sameOccasion = (a: Occasion, b: Occasion): boolean =>
  a.cycle === b.cycle && a.triggerId === b.triggerId;

type About = { readonly assessmentId: string };

function inCurrent(
  state: RiskState,
  { assessmentId }: About,
  change: (current: AssessmentInProgress) => Partial<AssessmentInProgress>,
): RiskState {
  const { current } = state;
  if (current?.assessmentId !== assessmentId) return state;
  return { ...state, current: { ...current, ...change(current) } };
}

const withReading = (state: RiskState, reading: ReadingEvent): RiskState =>
  inCurrent(state, reading.data, ({ readings, score }) => ({
    readings: { ...readings, [keyOf(reading.data)]: reading },
    scoreOvertaken: score !== undefined,
  }));

const withoutCurrent = (state: RiskState, { assessmentId }: About): RiskState =>
  state.current?.assessmentId === assessmentId ? { ...state, current: undefined } : state;

/** Where the reading of an indicator and period stands in an assessment. */
export const keyOf = (of: { readonly indicator: string; readonly period: string }): string =>
  `${of.indicator} ${of.period}`;

/** The assessment in progress of that identity, or why there is none to act on. */
export function inProgress(
  state: RiskState,
  assessmentId: string,
): AssessmentInProgress | RiskRefusal {
  if (state.current?.assessmentId === assessmentId) return state.current;
  if (state.finalised[assessmentId] !== undefined) return refuse.AlreadyFinalised();
  return state.abandoned.includes(assessmentId)
    ? refuse.AssessmentAbandoned()
    : refuse.AssessmentUnknown();
}

/** The score, unless there is none yet or later readings have overtaken it. */
export function scoreNow({ score, scoreOvertaken }: AssessmentInProgress): Score | RiskRefusal {
  if (score === undefined) return refuse.NotScored();
  return scoreOvertaken ? refuse.ScoreOutOfDate() : score;
}

/** The judgement, unless it was returned. */
export const standing = ({ judgement, moderation }: AssessmentInProgress): Judgement | undefined =>
  moderation?.outcome === 'return' ? undefined : judgement;
