import type { ClassesOf, Decider } from '#kernel';
import type { AcademicYear } from '../shared/academic-year';
import type { Offer } from '../shared/framework';
import type { Category, ReasonCode } from '../shared/words';
import type { categoryCommands } from './commands';
import type { CategoryEvent, Proposed, ReviewRequested } from './events';
import type { Period } from './periods';
import { applied } from './periods';
import type { CategoryRefusal } from './refusals';

export interface Trigger {
  readonly triggerType: ReasonCode;
  readonly sourceEventId?: string;
}

/** A proposal that is not yet decided, with all that was done about it. */
export interface OpenProposal extends Proposed {
  readonly letters: readonly {
    readonly category: Category;
    readonly docHash: string;
    readonly issuedOn: string;
  }[];
  readonly discussions: readonly { readonly heldOn: string; readonly mode: string }[];
  readonly attempts: readonly {
    readonly attemptedOn: string;
    readonly outcome: 'declined' | 'unreachable';
  }[];
  readonly representations: readonly string[];
  readonly reviewerIds: readonly string[];
}

/** What the category in force was last decided on, and who had a part in it. */
export interface Standing {
  readonly proposalId: string;
  readonly assessmentId: string;
  readonly offerVersion: string;
  readonly tookPart: readonly string[];
}

export interface CategorisationState {
  /** Who was in which category when, as known now. */
  readonly periods: readonly Period[];
  readonly proposal: OpenProposal | undefined;
  /** Proposals of the past: from when what they proposed took effect; undefined for those withdrawn. */
  readonly decided: Readonly<
    Record<string, { readonly assessmentId: string; readonly effectiveFrom: string | undefined }>
  >;
  readonly standing: Standing | undefined;
  readonly review: ReviewRequested | undefined;
  readonly reviewed: Readonly<
    Record<string, (CategoryEvent & { type: 'CategoryReviewDecided' })['data']['outcome']>
  >;
  /** The open ones. */
  readonly triggers: Readonly<Record<string, Trigger>>;
  readonly pastTriggers: Readonly<Record<string, Trigger & { readonly dismissed: boolean }>>;
  /** The days since the last decision on which the way out of bespoke support was agreed. */
  readonly transition: {
    readonly heldOn?: string;
    readonly noNeedAgreedOn?: string;
    readonly pathway?: Pathway;
  };
}

/** How support ends, as it was agreed with the head. */
interface Pathway {
  readonly taper: string;
  readonly endsOn: string;
  readonly headId: string;
  readonly agreedOn: string;
}

/** What a proposal is made on. */
export interface FinalisedAssessment {
  readonly assessmentId: string;
  readonly cycle?: AcademicYear;
  readonly triggerId?: string;
  readonly recommended: Category;
  readonly assessorId: string;
  readonly moderatorIds: readonly string[];
  readonly supersededBy?: string;
}

/** What a categorisation must know of its neighbours. */
export interface KnownToCategorisation {
  readonly risk: {
    readonly finalised: Readonly<Record<string, FinalisedAssessment>>;
  };
  readonly cycles: {
    readonly cycles: Readonly<Record<AcademicYear, { readonly offerVersion: string }>>;
  };
  readonly offers: { readonly versions: Readonly<Record<string, Offer>> };
}

export type CategorisationDecider = Decider<
  CategorisationState,
  ClassesOf<typeof categoryCommands>,
  CategoryEvent,
  CategoryRefusal,
  KnownToCategorisation
>;
export type CategorisationDecide = CategorisationDecider['decide'];

export const initial: CategorisationState = {
  periods: [],
  proposal: undefined,
  decided: {},
  standing: undefined,
  review: undefined,
  reviewed: {},
  triggers: {},
  pastTriggers: {},
  transition: {},
};

export const evolve: CategorisationDecider['evolve'] = {
  OutOfCycleReviewTriggered: (state, { triggerId, triggerType, sourceEventId }) => ({
    ...state,
    triggers: {
      ...state.triggers,
      [triggerId]: { triggerType, ...(sourceEventId === undefined ? {} : { sourceEventId }) },
    },
  }),
  OutOfCycleReviewDismissed: (state, { triggerId }) => withoutTrigger(state, triggerId, true),
  CategoryProposed: (state, proposed) => ({
    ...state,
    proposal: {
      ...proposed,
      letters: [],
      discussions: [],
      attempts: [],
      representations: [],
      reviewerIds: [],
    },
  }),
  ProposalLetterIssued: (state, { proposalId, proposedCategory: category, docHash, issuedOn }) =>
    inProposal(state, proposalId, ({ letters }) => ({
      letters: [...letters, { category, docHash, issuedOn }],
    })),
  ProposalDiscussed: (state, { proposalId, heldOn, mode }) =>
    inProposal(state, proposalId, ({ discussions }) => ({
      discussions: [...discussions, { heldOn, mode }],
    })),
  DiscussionDeclined: (state, { proposalId, attemptedOn }) =>
    inProposal(state, proposalId, ({ attempts }) => ({
      attempts: [...attempts, { attemptedOn, outcome: 'declined' as const }],
    })),
  SchoolUnreachable: (state, { proposalId, attemptedOn }) =>
    inProposal(state, proposalId, ({ attempts }) => ({
      attempts: [...attempts, { attemptedOn, outcome: 'unreachable' as const }],
    })),
  SchoolRepresentationReceived: (state, { proposalId, docRef }) =>
    inProposal(state, proposalId, ({ representations }) => ({
      representations: [...representations, docRef],
    })),
  CategoryReviewRequested: (state, review) => ({ ...state, review }),
  CategoryReviewDecided: (state, { reviewId, proposalId, outcome, category, reviewerId }) => {
    const { standing } = state;
    return {
      ...inProposal(state, proposalId, ({ to, reviewerIds }) => ({
        to: category ?? to,
        reviewerIds: [...reviewerIds, reviewerId],
      })),
      standing:
        standing?.proposalId === proposalId
          ? { ...standing, tookPart: [...standing.tookPart, reviewerId] }
          : standing,
      review: undefined,
      reviewed: { ...state.reviewed, [reviewId]: outcome },
    };
  },
  CategoryConfirmed: (state, data) => decidedOn(state, { type: 'CategoryConfirmed', data }),
  CategoryChanged: (state, data) => decidedOn(state, { type: 'CategoryChanged', data }),
  ProposalWithdrawn: (state, { proposalId }) => {
    const { proposal, review } = state;
    if (proposal?.proposalId !== proposalId) return state;
    const { assessmentId } = proposal;
    return {
      ...state,
      proposal: undefined,
      decided: { ...state.decided, [proposalId]: { assessmentId, effectiveFrom: undefined } },
      // There is nothing left to review.
      review: review?.proposalId === proposalId ? undefined : review,
    };
  },
  CategoryCorrected: (state, data) => ({
    ...state,
    periods: applied(state.periods, { type: 'CategoryCorrected', data }),
  }),
  TransitionMeetingHeld: (state, { heldOn }) => ({
    ...state,
    transition: { ...state.transition, heldOn },
  }),
  TransitionPathwayAgreed: (state, { schoolId: _s, adviserId: _a, ...pathway }) => ({
    ...state,
    transition: { ...state.transition, pathway },
  }),
  // With the decision that brings the school to Enhancement.
  TransitionCompleted: (state) => state,
  NoFurtherNeedAgreed: (state, { agreedOn: noNeedAgreedOn }) => ({
    ...state,
    transition: { ...state.transition, noNeedAgreedOn },
  }),
};

/** Why the category was looked at, nothing undefined. */
export const occasionOf = (of: {
  readonly cycle?: AcademicYear | undefined;
  readonly triggerId?: string | undefined;
  readonly reasonCode: ReasonCode;
}) => ({
  ...(of.cycle === undefined ? {} : { cycle: of.cycle }),
  ...(of.triggerId === undefined ? {} : { triggerId: of.triggerId }),
  reasonCode: of.reasonCode,
});

/** Who had a part in a proposal so far. */
export const partakersOf = (proposal: OpenProposal): readonly string[] => [
  proposal.assessorId,
  ...proposal.moderatorIds,
  proposal.proposerId,
  ...proposal.reviewerIds,
];

function inProposal(
  state: CategorisationState,
  proposalId: string,
  change: (proposal: OpenProposal) => Partial<OpenProposal>,
): CategorisationState {
  const { proposal } = state;
  if (proposal?.proposalId !== proposalId) return state;
  return { ...state, proposal: { ...proposal, ...change(proposal) } };
}

function decidedOn(
  state: CategorisationState,
  event: Extract<CategoryEvent, { readonly type: 'CategoryConfirmed' | 'CategoryChanged' }>,
): CategorisationState {
  const { proposalId, assessmentId, offerVersion, effectiveFrom, triggerId, deciderId } =
    event.data;
  const { proposal } = state;
  const before =
    proposal?.proposalId === proposalId ? partakersOf(proposal) : (state.standing?.tookPart ?? []);
  const tookPart = [...new Set([...before, deciderId])];
  return {
    ...(triggerId === undefined ? state : withoutTrigger(state, triggerId, false)),
    periods: applied(state.periods, event),
    proposal: proposal?.proposalId === proposalId ? undefined : proposal,
    decided: { ...state.decided, [proposalId]: { assessmentId, effectiveFrom } },
    standing: { proposalId, assessmentId, offerVersion, tookPart },
    transition: {},
  };
}

function withoutTrigger(
  state: CategorisationState,
  triggerId: string,
  dismissed: boolean,
): CategorisationState {
  const trigger = state.triggers[triggerId];
  if (trigger === undefined) return state;
  const open = Object.entries(state.triggers).filter(([id]) => id !== triggerId);
  return {
    ...state,
    triggers: Object.fromEntries(open),
    pastTriggers: { ...state.pastTriggers, [triggerId]: { ...trigger, dismissed } },
  };
}
