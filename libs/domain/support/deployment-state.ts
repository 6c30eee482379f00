import type { ClassesOf, Decide, Evolve } from '#kernel';
import type { ChampionRole } from '../shared/words';
import type { deploymentCommands } from './deployment-commands';
import type { Objective, Payer, ReservationRef } from './deployment-shapes';
import type { ReviewCause } from './review-events';
import type { DeploymentEvent, Use } from './deployment-events';
import type { DeploymentRefusal } from './deployment-refusals';

/*
 * One piece of support for one school, from the need to the closing of what met it. Declined or lapsed it may be at any
 * step before the work begins; once begun it is completed or ended early, evaluated, and closed.
 */
export type Stage =
  | 'none'
  | 'needed'
  | 'matched'
  | 'confirming'
  | 'confirmed'
  | 'started'
  | 'paused'
  | 'completed'
  | 'ended-early'
  | 'closed'
  | 'declined'
  | 'lapsed';

export interface Release {
  readonly homeHeadId: string;
  readonly halfDays: number;
  readonly from: string;
  readonly to: string;
}

/** Half-days set aside, and how many of them visits have used. */
export interface Holding extends ReservationRef {
  readonly halfDays: number;
}

export interface Visit {
  readonly visitedOn: string;
  readonly halfDays: number;
  readonly objectiveIds: readonly string[];
  readonly notesRef: string;
  readonly uses: readonly Use[];
  readonly recordedById: string;
}

/** From a day until it went on; open while the deployment is paused. */
interface Pause {
  readonly from: string;
  readonly until?: string;
}

/** Asked for when something happened, open until somebody has looked. */
export interface Review {
  readonly because: ReviewCause;
  readonly outcome?: Of<'DeploymentReviewed'>['outcome'];
}

type Of<T extends DeploymentEvent['type']> = Extract<DeploymentEvent, { type: T }>['data'];

export interface Need {
  readonly schoolId: string;
  readonly role: ChampionRole;
  readonly specialism: string;
  readonly selfFunded: boolean;
}
export interface Match {
  readonly championId: string;
  readonly championPersonRef: string;
  readonly homeSchoolId: string;
  readonly brokerId: string;
}

export interface DeploymentState {
  readonly stage: Stage;
  readonly schoolId?: string;
  readonly need?: Of<'SupportNeedIdentified'>;
  readonly championId?: string;
  readonly championPersonRef?: string;
  readonly homeSchoolId?: string;
  readonly brokerId?: string;
  readonly role?: ChampionRole;
  readonly release?: Release;
  readonly accepted?: { readonly headId: string };
  readonly objectives: readonly Objective[];
  /** What is being confirmed, while its half-days are set aside. */
  readonly confirming?: Of<'DeploymentConfirmationBegun'>;
  readonly extending?: Of<'DeploymentExtensionBegun'>;
  readonly confirmedById?: string;
  readonly from?: string;
  readonly to?: string;
  readonly halfDays: number;
  /** Who pays now. */
  readonly payer?: Payer;
  /** Who pays from which day on, in the order of the days: since it was confirmed, and where that was decided anew. */
  readonly payers: readonly { readonly from: string; readonly payer: Payer }[];
  readonly rateVersion?: string;
  readonly startedOn?: string;
  readonly holdings: readonly Holding[];
  readonly visits: Readonly<Record<string, Visit>>;
  readonly pauses: readonly Pause[];
  readonly reviews: Readonly<Record<string, Review>>;
  readonly evaluated: boolean;
  /** The last evaluation, and whether the school agrees with it. */
  readonly evaluation?: Of<'ImpactEvaluated'>;
}

export const initial: DeploymentState = {
  stage: 'none',
  objectives: [],
  halfDays: 0,
  holdings: [],
  visits: {},
  pauses: [],
  payers: [],
  reviews: {},
  evaluated: false,
};

/** Without the champion who was proposed, and what was agreed about them: the need is there again. */
function withoutMatch(state: DeploymentState): DeploymentState {
  const { championId: _c, championPersonRef: _p, homeSchoolId: _h, brokerId: _b, ...rest } = state;
  const { release: _r, accepted: _a, confirming: _f, ...need } = rest;
  return { ...need, stage: 'needed', objectives: [] };
}

/** Nor anything of what was confirmed with that champion. */
function withoutTerms(state: DeploymentState): DeploymentState {
  const { from: _f, to: _t, payer: _p, rateVersion: _r, confirmedById: _c, ...rest } = state;
  return { ...withoutMatch(rest), halfDays: 0, holdings: [], payers: [] };
}

const holding = (data: Of<'DeploymentConfirmed'> | Of<'DeploymentExtended'>): Holding => {
  const { reservationId, academicYear, paidBy, halfDays } = data;
  return { reservationId, academicYear, paidBy, halfDays };
};

const withVisit = (
  state: DeploymentState,
  {
    visitId,
    visitedOn,
    halfDays,
    objectiveIds,
    notesRef,
    uses,
  }: Of<'ChampionVisitRecorded'> | Of<'VisitRecordAmended'>,
  recordedById: string,
): DeploymentState => ({
  ...state,
  visits: {
    ...state.visits,
    [visitId]: { visitedOn, halfDays, objectiveIds, notesRef, uses, recordedById },
  },
});

const ended = (state: DeploymentState, stage: 'completed' | 'ended-early', day: string) => {
  const { extending: _, ...rest } = state;
  return { ...rest, stage, pauses: resumed(state.pauses, day) };
};

const resumed = (pauses: readonly Pause[], until: string): readonly Pause[] =>
  pauses.map((pause) => (pause.until === undefined ? { ...pause, until } : pause));

export const evolve: Evolve<DeploymentState, DeploymentEvent> = {
  SupportNeedIdentified: (state, data) => ({
    ...state,
    stage: 'needed',
    schoolId: data.schoolId,
    role: data.role,
    need: data,
  }),
  ChampionProposed: (state, { championId, championPersonRef, homeSchoolId, brokerId }) => ({
    ...withoutMatch(state),
    stage: 'matched',
    ...{ championId, championPersonRef, homeSchoolId, brokerId },
  }),
  ChampionDeclined: withoutMatch,
  HomeSchoolReleaseAgreed: (state, { homeHeadId, halfDays, from, to }) => ({
    ...state,
    release: { homeHeadId, halfDays, from, to },
  }),
  HomeSchoolReleaseWithdrawn: ({ release: _, ...state }) => state,
  SupportedSchoolAgreed: (state, { headId, objectives }) => ({
    ...state,
    accepted: { headId },
    objectives,
  }),
  SupportedSchoolDeclined: (state) => ({ ...state, stage: 'declined' }),
  SupportNeedLapsed: (state) => ({ ...state, stage: 'lapsed' }),
  DeploymentConfirmationBegun: (state, confirming) => ({
    ...state,
    stage: 'confirming',
    confirming,
  }),
  DeploymentConfirmed: ({ confirming: _, ...state }, data) => ({
    ...state,
    stage: 'confirmed',
    from: data.from,
    to: data.to,
    halfDays: data.halfDays,
    payer: data.payer,
    payers: [{ from: '', payer: data.payer }],
    confirmedById: data.confirmedById,
    holdings: [holding(data)],
    ...(data.rateVersion === undefined ? {} : { rateVersion: data.rateVersion }),
  }),
  DeploymentConfirmationFailed: ({ confirming: _, ...state }) => ({ ...state, stage: 'matched' }),
  DeploymentStarted: (state, { startedOn }) => ({ ...state, stage: 'started', startedOn }),
  DeploymentPaused: (state, { pausedOn }) => ({
    ...state,
    stage: 'paused',
    pauses: [...state.pauses, { from: pausedOn }],
  }),
  DeploymentResumed: (state, { resumedOn }) => ({
    ...state,
    stage: 'started',
    pauses: resumed(state.pauses, resumedOn),
  }),
  DeploymentExtensionBegun: (state, extending) => ({ ...state, extending }),
  DeploymentExtended: ({ extending: _, ...state }, data) => ({
    ...state,
    to: data.to,
    halfDays: state.halfDays + data.halfDays,
    holdings: [...state.holdings, holding(data)],
  }),
  DeploymentExtensionFailed: ({ extending: _, ...state }) => state,
  ChampionVisitRecorded: (state, data) => withVisit(state, data, data.recordedById),
  VisitRecordAmended: (state, data) =>
    withVisit(state, data, state.visits[data.visitId]?.recordedById ?? data.amendedById),
  DeploymentCompleted: (state, { completedOn }) => ended(state, 'completed', completedOn),
  DeploymentEndedEarly: (state, { endedOn }) => ended(state, 'ended-early', endedOn),
  ImpactEvaluated: (state, evaluation) => ({
    ...state,
    evaluated: evaluation.headId !== undefined,
    evaluation,
  }),
  SupportNeedReopened: withoutTerms,
  DeploymentReviewAsked: (state, { reviewId, because }) => ({
    ...state,
    reviews: { ...state.reviews, [reviewId]: { because } },
  }),
  DeploymentReviewed: (state, { reviewId, because, outcome }) => ({
    ...state,
    reviews: { ...state.reviews, [reviewId]: { because, outcome } },
  }),
  DeploymentPayerDecided: (state, { from, payer }) => ({
    ...state,
    payer,
    payers: [...state.payers.filter((one) => one.from < from), { from, payer }],
    reviews: Object.fromEntries(
      Object.entries(state.reviews).map(([id, review]) => [
        id,
        review.because === 'became-academy' && review.outcome === undefined
          ? { ...review, outcome: 'continue' }
          : review,
      ]),
    ),
  }),
  DeploymentClosed: (state) => ({ ...state, stage: 'closed' }),
};

/** What a deployment asks to know of its neighbours. */
export interface Known {
  readonly school:
    { readonly registered: false } | { readonly registered: true; readonly open: boolean };
  readonly categorisation: {
    readonly periods: readonly { readonly from: string; readonly category: string }[];
  };
  readonly champion:
    | { readonly registered: false }
    | {
        readonly registered: true;
        readonly personRef: string;
        readonly homeSchoolId: string;
        readonly roles: readonly string[];
        readonly status: 'active' | 'paused' | 'retired';
        readonly interests: Readonly<
          Record<
            string,
            {
              readonly counterpartyIds: readonly string[];
              readonly outcome?: 'bars' | 'may-work';
            }
          >
        >;
      };
  readonly entitlement: {
    readonly granted:
      | {
          readonly allowance: {
            readonly fundedPercent: number;
            readonly sspcHalfDays: number;
            readonly sslcHalfDays: number;
          };
        }
      | undefined;
  };
}

export type DeploymentDecide = Decide<
  DeploymentState,
  ClassesOf<typeof deploymentCommands>,
  DeploymentEvent,
  DeploymentRefusal,
  Known
>;
