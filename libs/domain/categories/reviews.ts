import { faultOfEffect } from './effect';
import type { CategoryRefusal } from './refusals';
import { refuse } from './refusals';
import type { CategorisationDecide, CategorisationState } from './state';
import { partakersOf } from './state';

/**
 * How long a review may take when the request does not say. [I] domain dossier, 1.7 and 7: no appeal route was found in
 * public, so four weeks are our default, to be confirmed by the council.
 */
const REVIEW_TAKES_DAYS = 28;

/** The school asks; someone who took no part decides; the category in force stands meanwhile. */
export const reviewDecisions: Pick<CategorisationDecide, 'RequestReview' | 'DecideReview'> = {
  RequestReview: (state, command, { actor, today, newId }) => {
    const { schoolId, requestedOn = today } = command;
    const { reviewId = state.review?.reviewId ?? newId(0), grounds } = command;
    const { decideBy = daysAfter(requestedOn, REVIEW_TAKES_DAYS) } = command;
    if (state.review?.reviewId === reviewId) return [];
    if (state.review !== undefined) return refuse.ReviewIsOpen(state.review.decideBy);
    if (state.reviewed[reviewId] !== undefined) return refuse.ReviewIdTaken();
    const proposalId = state.proposal?.proposalId ?? state.standing?.proposalId;
    if (proposalId === undefined) return refuse.NothingToReview();
    if (requestedOn > today) return refuse.InTheFuture('requestedOn', requestedOn, today);
    if (decideBy < requestedOn) return refuse.TooEarly('decideBy', decideBy, requestedOn);
    const requesterId = actor.id;
    const about = { schoolId, reviewId, proposalId, grounds };
    return [
      { type: 'CategoryReviewRequested', data: { ...about, requesterId, requestedOn, decideBy } },
    ];
  },

  DecideReview: (state, command, { actor, today }) => {
    const { schoolId, reviewId, outcome, category, reason, decidedOn = today } = command;
    const { review, standing } = state;
    if (state.reviewed[reviewId] === outcome) return [];
    if (review?.reviewId !== reviewId) return refuse.ReviewUnknown();
    const { proposalId } = review;
    const ofProposal = state.proposal?.proposalId === proposalId;
    const now = ofProposal ? state.proposal.to : state.periods.at(-1)?.category;
    if (now === undefined) return refuse.NothingToReview();
    if (outcome !== 'withdrawn' && hadAPart(state, review, actor.id)) return refuse.NotUninvolved();
    if (
      outcome === 'changed' ? category === undefined || category === now : category !== undefined
    ) {
      return refuse.CategoryForChangedOnly(now);
    }
    if (decidedOn > today) return refuse.InTheFuture('decidedOn', decidedOn, today);
    if (decidedOn < review.requestedOn) {
      return refuse.TooEarly('decidedOn', decidedOn, review.requestedOn);
    }
    const decided = {
      type: 'CategoryReviewDecided' as const,
      data: {
        schoolId,
        reviewId,
        proposalId,
        outcome,
        ...(category === undefined ? {} : { category }),
        reviewerId: actor.id,
        reason,
        decidedOn,
      },
    };
    // A proposal goes on with the reviewer's category, letter and all; a category in force changes by the review itself.
    if (category === undefined || ofProposal || standing === undefined) return [decided];
    const { effectiveFrom = decidedOn } = command;
    const no: CategoryRefusal | undefined = faultOfEffect(state, category, effectiveFrom, today);
    if (no !== undefined) return no;
    const { assessmentId, offerVersion } = standing;
    const changed = {
      type: 'CategoryChanged' as const,
      data: {
        schoolId,
        proposalId,
        assessmentId,
        reasonCode: 'SCHOOL_REQUEST' as const,
        offerVersion,
        effectiveFrom,
        deciderId: actor.id,
        from: now,
        to: category,
        reviewId,
      },
    };
    return [decided, changed];
  },
};

type Review = NonNullable<CategorisationState['review']>;

function hadAPart(
  { proposal, standing }: CategorisationState,
  review: Review,
  person: string,
): boolean {
  if (person === review.requesterId) return true;
  if (proposal?.proposalId === review.proposalId) return partakersOf(proposal).includes(person);
  return standing?.tookPart.includes(person) ?? false;
}

const DAY = 86_400_000;
const daysAfter = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
