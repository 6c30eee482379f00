import type { ReadModel, Recorded, Touch } from '#kernel';
import type { Category, CategoryEvent, ReasonCode } from '#domain';

/**
 * How one category was come to: on a proposal, by a review of the category in force, or by a correction of the record.
 * A row each, with the days of its steps. A few discussions and attempts: small.
 */
export type CategoryDecision = {
  readonly schoolId: string;
  readonly by: 'proposal' | 'review' | 'correction';
  /** The category before; absent where there was none. */
  readonly from?: Category;
  readonly to: Category;
  readonly cycle?: string;
  readonly triggerId?: string;
  readonly reasonCode?: ReasonCode;
  /** Absent where a decision is on record and no proposal of it. */
  readonly proposed?: {
    readonly on: string;
    readonly assessorId: string;
    readonly moderatorIds: readonly string[];
  };
  readonly discussions: readonly { readonly heldOn: string; readonly mode: string }[];
  readonly attempts: readonly {
    readonly attemptedOn: string;
    readonly outcome: 'declined' | 'unreachable';
  }[];
  readonly decided?: {
    readonly eventId: string;
    /** The day it was recorded, in UTC: a decision is taken when it is recorded. */
    readonly on: string;
    readonly effectiveFrom: string;
    /** Was it a move, or did the school stay (or come) where it was? */
    readonly moved: boolean;
    readonly deciderId: string;
    /** Of a correction: who asked for it. */
    readonly askedById?: string;
  };
  readonly withdrawn?: true;
};

type Event = CategoryEvent;
type Of<T extends Event['type']> = Extract<Event, { readonly type: T }>;
type On<T extends Event['type']> = Touch<CategoryDecision, Of<T>>;
type Step =
  | 'ProposalDiscussed'
  | 'DiscussionDeclined'
  | 'SchoolUnreachable'
  | 'CategoryReviewDecided'
  | 'ProposalWithdrawn';

const ofProposal = ({ data }: Recorded<Of<Step | 'CategoryProposed'>>): readonly string[] => [
  data.proposalId,
];

/** What a step changes of a proposal that is open; what comes after the decision has no part in it. */
const step = <T extends Step>(
  to: (data: Of<T>['data'], before: CategoryDecision) => Partial<CategoryDecision>,
): On<T> => ({
  keys: (event) => ofProposal(event),
  on: (before, event) =>
    before === undefined || before.decided !== undefined
      ? before
      : { ...before, ...to((event as Recorded<Of<Step>>).data as Of<T>['data'], before) },
});

const attempt = <T extends 'DiscussionDeclined' | 'SchoolUnreachable'>(
  outcome: 'declined' | 'unreachable',
): On<T> =>
  step<T>(({ attemptedOn }, { attempts }) => ({
    attempts: [...attempts, { attemptedOn, outcome }],
  }));

const nothingBefore = { discussions: [], attempts: [] } as const;

const occasion = ({
  cycle,
  triggerId,
  reasonCode,
}: Pick<Of<'CategoryConfirmed'>['data'], 'cycle' | 'triggerId' | 'reasonCode'>) => ({
  ...(cycle === undefined ? {} : { cycle }),
  ...(triggerId === undefined ? {} : { triggerId }),
  reasonCode,
});

const decisionOf = (
  { id: eventId, recordedAt, data }: Recorded<Of<'CategoryConfirmed' | 'CategoryChanged'>>,
  moved: boolean,
) => ({
  eventId,
  on: recordedAt.slice(0, 10),
  effectiveFrom: data.effectiveFrom,
  moved,
  deciderId: data.deciderId,
});

export const categoryDecisions: ReadModel<CategoryDecision, Event> = {
  name: 'category-decisions',
  says: 'How each decision on a category was come to: proposed when and on whose assessment, discussed or offered in vain, decided by whom.',
  fixed: [],
  touches: {
    CategoryProposed: {
      keys: ofProposal,
      on: (before, { data }) =>
        before ?? {
          schoolId: data.schoolId,
          by: 'proposal',
          ...(data.from === undefined ? {} : { from: data.from }),
          to: data.to,
          ...occasion(data),
          proposed: {
            on: data.proposedOn,
            assessorId: data.assessorId,
            moderatorIds: data.moderatorIds,
          },
          ...nothingBefore,
        },
    },
    ProposalDiscussed: step(({ heldOn, mode }, { discussions }) => ({
      discussions: [...discussions, { heldOn, mode }],
    })),
    DiscussionDeclined: attempt('declined'),
    SchoolUnreachable: attempt('unreachable'),
    CategoryReviewDecided: step(({ category }, { to }) => ({ to: category ?? to })),
    ProposalWithdrawn: step(() => ({ withdrawn: true })),
    CategoryConfirmed: {
      keys: ({ data }) => [data.proposalId],
      on: (before, event) => ({
        ...(before ?? { ...nothingBefore, by: 'proposal' }),
        schoolId: event.data.schoolId,
        to: event.data.category,
        ...occasion(event.data),
        decided: decisionOf(event, false),
      }),
    },
    CategoryChanged: {
      // A review of the category in force names the proposal that was decided long before: it is a decision of its own.
      keys: ({ data }) => [data.reviewId ?? data.proposalId],
      on: (before, event) => ({
        ...(before ?? nothingBefore),
        by: event.data.reviewId === undefined ? 'proposal' : 'review',
        schoolId: event.data.schoolId,
        from: event.data.from,
        to: event.data.to,
        ...occasion(event.data),
        decided: decisionOf(event, true),
      }),
    },
    CategoryCorrected: {
      keys: ({ id }) => [id],
      on: (_, { id: eventId, recordedAt, data }) => ({
        schoolId: data.schoolId,
        by: 'correction',
        ...(data.was === undefined ? {} : { from: data.was }),
        to: data.shouldBe,
        reasonCode: 'DATA_CORRECTION',
        ...nothingBefore,
        decided: {
          eventId,
          on: recordedAt.slice(0, 10),
          effectiveFrom: data.effectiveFrom,
          moved: true,
          deciderId: data.approverId,
          askedById: data.askedById,
        },
      }),
    },
  },
};

/** What called for another look at a school's category, and when that happened. */
export type TriggerRow = {
  readonly schoolId: string;
  readonly triggerType: ReasonCode;
  readonly happenedOn: string;
};

export const triggers: ReadModel<TriggerRow, Of<'OutOfCycleReviewTriggered'>> = {
  name: 'triggers',
  says: 'What called for another look at a school’s category between the rounds, and on which day.',
  fixed: [],
  touches: {
    OutOfCycleReviewTriggered: {
      keys: ({ data }) => [data.triggerId],
      on: (_, { data: { schoolId, triggerType, happenedOn } }) => ({
        schoolId,
        triggerType,
        happenedOn,
      }),
    },
  },
};

/** Decisions that were taken between two days, each included; what is proposed only, or was withdrawn, is none. */
export const decidedBetween = ({
  from,
  to,
}: {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}) => ({
  'decided.on': {
    $gte: from ?? '',
    ...(to === undefined ? {} : { $lte: to }),
  },
});
