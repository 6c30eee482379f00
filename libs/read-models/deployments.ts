import type { ReadModel, Recorded, Touch } from '#kernel';
import type { DeploymentEvent, Objective, Payer } from '#domain';
import type { Due } from './deployment-due';
import { dueOf, overdueFrom } from './deployment-due';
import type { DeploymentStage } from './deployment-stages';

type Event = DeploymentEvent;
type Data<T extends Event['type']> = Extract<Event, { readonly type: T }>['data'];
type On<T extends Event['type']> = Touch<Deployment, Extract<Event, { readonly type: T }>>;
type Need = Data<'SupportNeedIdentified'>;
type Result = Data<'ImpactEvaluated'>['results'][number];

/** An objective with where it began and is to come to; and, once that was judged, where it has come to. */
export type ObjectiveNow = Objective & Partial<Pick<Result, 'result' | 'now' | 'evidence'>>;

/**
 * One piece of support. Its visits are held by day and length only, at most one to each half-day agreed: what else is known
 * of a visit is a row of its own.
 */
export type Deployment = Omit<Need, 'category'> & {
  readonly stage: DeploymentStage;
  /** The day on which it came to this stage. */
  readonly since: string;
  readonly championId?: string;
  /** Who the champion is, by reference: by it a champion is known who asks for their own. */
  readonly championPersonRef?: string;
  readonly homeSchoolId?: string;
  /** What the home school has released the champion for. */
  readonly release?: { readonly halfDays: number; readonly from: string; readonly to: string };
  readonly releaseWithdrawnOn?: string;
  /** When the head of the supported school agreed to champion and objectives. */
  readonly agreedOn?: string;
  readonly objectives: readonly ObjectiveNow[];
  /** Why the last confirmation was given up. */
  readonly notConfirmed?: { readonly on: string; readonly why: string };
  readonly academicYear?: string;
  readonly from?: string;
  readonly to?: string;
  readonly payer?: Payer;
  readonly halfDaysAgreed: number;
  readonly halfDaysUsed: number;
  readonly startedOn?: string;
  /** The day it started, or went on after a pause. */
  readonly workingSince?: string;
  readonly visits: Readonly<
    Record<string, { readonly visitedOn: string; readonly halfDays: number }>
  >;
  readonly lastVisitOn?: string;
  /** Reviews that were asked for and wait for somebody: one for each kind of cause at most. */
  readonly reviews: readonly {
    readonly reviewId: string;
    readonly because: Data<'DeploymentReviewAsked'>['because'];
    readonly askedOn: string;
  }[];
  /** The day from which a review has waited longest. */
  readonly reviewSince?: string;
  /** When a review decided that it is to end. */
  readonly toEndSince?: string;
  readonly endedOn?: string;
  readonly endedBecause?: Data<'DeploymentEndedEarly'>['because'];
  /** The last judgement of what it achieved, and whether the school agrees with it. */
  readonly evaluation?: { readonly on: string; readonly withSchool: boolean };
  /** By when something must be done, as things stand. */
  readonly due: Due;
  /** The first day on which something is overdue, as things stand. */
  readonly overdueFrom?: string;
};

/** A field set to undefined is taken away. */
type Change = { readonly [K in keyof Deployment]?: Deployment[K] | undefined };

/** What an event changes of a deployment whose need is known. */
function change<T extends Event['type']>(
  to: (data: Data<T>, before: Deployment, day: string) => Change,
): On<T> {
  return {
    keys: (event) => [(event as Recorded<Event>).data.deploymentId],
    on: (before, event) => {
      if (before === undefined) return undefined;
      const { data, effectiveOn } = event as Recorded<Event>;
      return settled({ ...before, ...to(data as Data<T>, before, effectiveOn) });
    },
  };
}

/** The document with what follows from the rest of it. */
function settled(changed: Change): Deployment {
  const visits = Object.values(changed.visits ?? {});
  const lastVisitOn = visits
    .map(({ visitedOn }) => visitedOn)
    .toSorted()
    .at(-1);
  const halfDaysUsed = visits.reduce((sum, { halfDays }) => sum + halfDays, 0);
  const reviewSince = (changed.reviews ?? []).map(({ askedOn }) => askedOn).toSorted()[0];
  const now = { ...changed, halfDaysUsed, lastVisitOn, reviewSince } as Deployment;
  const due = dueOf(now);
  return known({ ...now, due, overdueFrom: overdueFrom(due) });
}

const known = (changed: Change): Deployment =>
  Object.fromEntries(
    Object.entries(changed).filter(([, value]) => value !== undefined),
  ) as Deployment;

const at = <T extends Event['type']>(stage: DeploymentStage): On<T> =>
  change<T>((_, __, since) => ({ stage, since }));

/** Of the champion and what was agreed about them nothing is left: the need is there again. */
const withoutMatch = {
  championId: undefined,
  championPersonRef: undefined,
  homeSchoolId: undefined,
  release: undefined,
  releaseWithdrawnOn: undefined,
  agreedOn: undefined,
  notConfirmed: undefined,
  objectives: [],
} as const;

/** Nor of what was confirmed with that champion. */
const withoutTerms = {
  academicYear: undefined,
  from: undefined,
  to: undefined,
  payer: undefined,
  halfDaysAgreed: 0,
} as const;

/** It is over: what was to be decided of it is not any more. */
const over = { reviews: [], toEndSince: undefined } as const;

const without = ({ reviews }: Deployment, answered: Partial<Deployment['reviews'][number]>) =>
  reviews.filter(
    ({ reviewId, because }) => reviewId !== answered.reviewId && because !== answered.because,
  );

const visited = (
  { visitId, visitedOn, halfDays }: Data<'ChampionVisitRecorded'> | Data<'VisitRecordAmended'>,
  { visits }: Deployment,
): Change => ({ visits: { ...visits, [visitId]: { visitedOn, halfDays } } });

/** Each objective with what was judged of it last. */
const judged = (objectives: readonly ObjectiveNow[], results: readonly Result[]) =>
  objectives.map((objective) => {
    const of = results.find(({ objectiveId }) => objectiveId === objective.objectiveId);
    return of === undefined ? objective : { ...objective, ...of };
  });

export const deployments: ReadModel<Deployment, Event> = {
  name: 'deployments',
  says: 'Each piece of support: for whom and by whom, how far it has come, its half-days, its objectives, and what is due.',
  fixed: ['schoolId'],
  touches: {
    SupportNeedIdentified: {
      keys: ({ data }) => [data.deploymentId],
      on: (before, { data: { category: _, ...need } }) =>
        before ??
        settled({
          ...need,
          stage: 'needed',
          since: need.identifiedOn,
          objectives: [],
          visits: {},
          reviews: [],
          halfDaysAgreed: 0,
        }),
    },
    ChampionProposed: change(
      ({ championId, championPersonRef, homeSchoolId, proposedOn: since }) => ({
        ...withoutMatch,
        ...{ stage: 'matched', since, championId, championPersonRef, homeSchoolId },
      }),
    ),
    ChampionDeclined: change((_, __, since) => ({ ...withoutMatch, stage: 'needed', since })),
    HomeSchoolReleaseAgreed: change(({ halfDays, from, to }) => ({
      release: { halfDays, from, to },
      releaseWithdrawnOn: undefined,
    })),
    HomeSchoolReleaseWithdrawn: change((_, __, releaseWithdrawnOn) => ({
      release: undefined,
      releaseWithdrawnOn,
    })),
    SupportedSchoolAgreed: change(({ objectives }, _, agreedOn) => ({ objectives, agreedOn })),
    SupportedSchoolDeclined: change((_, __, since) => ({ ...over, stage: 'declined', since })),
    SupportNeedLapsed: change((_, __, since) => ({ ...over, stage: 'lapsed', since })),
    DeploymentConfirmationBegun: change((_, __, since) => ({
      stage: 'confirming',
      since,
      notConfirmed: undefined,
    })),
    DeploymentConfirmed: change(
      ({ academicYear, from, to, payer, halfDays, objectives }, _, since) => ({
        ...{ stage: 'confirmed', since, academicYear, from, to, payer, objectives },
        halfDaysAgreed: halfDays,
      }),
    ),
    DeploymentConfirmationFailed: change(({ why }, _, on) => ({
      stage: 'matched',
      since: on,
      notConfirmed: { on, why },
    })),
    DeploymentStarted: change(({ startedOn }) => ({
      ...{ stage: 'started', since: startedOn, startedOn, workingSince: startedOn },
    })),
    DeploymentPaused: change(({ pausedOn }) => ({ stage: 'paused', since: pausedOn })),
    DeploymentResumed: change(({ resumedOn }) => ({
      ...{ stage: 'started', since: resumedOn, workingSince: resumedOn },
    })),
    DeploymentExtended: change(({ to, halfDays }, { halfDaysAgreed }) => ({
      to,
      halfDaysAgreed: halfDaysAgreed + halfDays,
    })),
    ChampionVisitRecorded: change(visited),
    VisitRecordAmended: change(visited),
    SupportNeedReopened: change((_, __, since) => ({
      ...{ ...withoutMatch, ...withoutTerms, ...over },
      ...{ stage: 'needed', since },
    })),
    DeploymentReviewAsked: change(({ reviewId, because, askedOn }, { reviews }) => ({
      reviews: [...reviews, { reviewId, because, askedOn }],
    })),
    DeploymentReviewed: change(({ reviewId, outcome, reviewedOn }, before) => ({
      reviews: without(before, { reviewId }),
      toEndSince: outcome === 'end' ? reviewedOn : undefined,
    })),
    DeploymentPayerDecided: change(({ payer }, before) => ({
      payer,
      reviews: without(before, { because: 'became-academy' }),
    })),
    DeploymentCompleted: change(({ completedOn }) => ({
      ...over,
      ...{ stage: 'completed', since: completedOn, endedOn: completedOn },
    })),
    DeploymentEndedEarly: change(({ endedOn, because }) => ({
      ...over,
      ...{ stage: 'ended-early', since: endedOn, endedOn, endedBecause: because },
    })),
    ImpactEvaluated: change(({ results, headId, evaluatedOn }, { objectives }) => ({
      objectives: judged(objectives, results),
      evaluation: { on: evaluatedOn, withSchool: headId !== undefined },
    })),
    DeploymentClosed: at('closed'),
  },
};
