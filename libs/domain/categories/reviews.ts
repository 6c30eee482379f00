import type { Decision } from '#kernel';
import type { Category } from '../shared/words';
import { daysAfter } from '../shared/working-days';
import type { DecideReview, RequestReview } from './commands';
import { faultOfEffect, moved } from './effect';
import type { CategoryEvent, ReviewRequested } from './events';
import type { CategoryRefusal } from './refusals';
import { refuse } from './refusals';
import type { CategorisationDecide, CategorisationState } from './state';
import { partakersOf } from './state';

/**
 * How long a review may take when the request does not say. [I] domain dossier, 1.7 and 7: no appeal route was found in
 * public, so four weeks are our default, to be confirmed by the council.
 */
export const REVIEW_TAKES_DAYS = 28;

/** The school asks; someone who took no part decides; the category in force stands meanwhile. */
export const reviewDecisions: Pick<CategorisationDecide, 'RequestReview' | 'DecideReview'> = {
  RequestReview: (state, command, { actor, today, newId }) => {
    const { schoolId, grounds, requestedOn = today } = command;
    const { decideBy = daysAfter(requestedOn, REVIEW_TAKES_DAYS) } = command;
    if (state.review !== undefined) return alreadyOpen(state.review, command);
    const { reviewId = newId(0) } = command;
    if (state.reviewed[reviewId] !== undefined) return refuse.ReviewIdTaken();
    const proposalId = underReview(state);
    if (proposalId === undefined) return refuse.NothingToReview();
    if (requestedOn > today) return refuse.InTheFuture('requestedOn', requestedOn, today);
    if (decideBy < requestedOn) return refuse.TooEarly('decideBy', decideBy, requestedOn);
    const about = { schoolId, reviewId, proposalId, grounds, requesterId: actor.id };
    return [{ type: 'CategoryReviewRequested', data: { ...about, requestedOn, decideBy } }];
  },

  DecideReview: (state, command, { actor, today }) => {
    const { effectiveFrom: from, ...verdict } = command;
    const { reviewId, decidedOn = today } = verdict;
    const { review } = state;
    if (state.reviewed[reviewId] === verdict.outcome) return [];
    if (review?.reviewId !== reviewId) return refuse.ReviewUnknown();
    const no =
      unfit(state, review, verdict, actor.id) ?? faultOfDay(decidedOn, review.requestedOn, today);
    if (no !== undefined) return no;
    const { proposalId } = review;
    const decided: CategoryEvent = {
      type: 'CategoryReviewDecided',
      data: { ...verdict, proposalId, reviewerId: actor.id, decidedOn },
    };
    const change = changeInForce(state, review, verdict.category, from ?? decidedOn);
    if (change === undefined) return [decided];
    const bar = faultOfEffect(state, change.to, change.effectiveFrom, today);
    return bar ?? [decided, ...moved(state, { ...change, reviewId, deciderId: actor.id })];
  },
};

/** The same request again, or another while one is open. */
const alreadyOpen = (
  open: ReviewRequested,
  { reviewId = open.reviewId }: Readonly<RequestReview>,
): Decision<CategoryEvent, CategoryRefusal> =>
  reviewId === open.reviewId ? [] : refuse.ReviewIsOpen(open.decideBy);

/** The open proposal or, where none is open, the one the category in force was decided on. */
const underReview = ({ proposal, standing }: CategorisationState): string | undefined =>
  proposal?.proposalId ?? standing?.proposalId;

/** The category a review is of. */
const reviewedCategory = (
  { proposal, periods }: CategorisationState,
  { proposalId }: ReviewRequested,
): Category | undefined =>
  proposal?.proposalId === proposalId ? proposal.to : periods.at(-1)?.category;

/** Why a review cannot be decided so, or not by this person. */
function unfit(
  state: CategorisationState,
  review: ReviewRequested,
  { outcome, category }: Pick<DecideReview, 'outcome' | 'category'>,
  person: string,
): CategoryRefusal | undefined {
  const now = reviewedCategory(state, review);
  if (now === undefined) return refuse.NothingToReview();
  if (outcome !== 'withdrawn' && hadAPart(state, review, person)) return refuse.NotUninvolved();
  if (outcome !== 'changed') {
    return category === undefined ? undefined : refuse.CategoryForChangedOnly(now);
  }
  return category === undefined || category === now
    ? refuse.CategoryForChangedOnly(now)
    : undefined;
}

/** A proposal goes on with the reviewer's category, letter and all; a category in force changes by the review itself. */
function changeInForce(
  { proposal, standing, periods }: CategorisationState,
  { schoolId, proposalId }: ReviewRequested,
  to: Category | undefined,
  effectiveFrom: string,
) {
  const from = periods.at(-1)?.category;
  if (to === undefined || proposal?.proposalId === proposalId) return undefined;
  if (standing === undefined || from === undefined) return undefined;
  const { assessmentId, offerVersion } = standing;
  const reasonCode = 'SCHOOL_REQUEST' as const;
  return { schoolId, proposalId, assessmentId, reasonCode, offerVersion, effectiveFrom, from, to };
}

function faultOfDay(day: string, earliest: string, today: string): CategoryRefusal | undefined {
  if (day > today) return refuse.InTheFuture('decidedOn', day, today);
  return day < earliest ? refuse.TooEarly('decidedOn', day, earliest) : undefined;
}

function hadAPart(
  { proposal, standing }: CategorisationState,
  review: ReviewRequested,
  person: string,
): boolean {
  if (person === review.requesterId) return true;
  if (proposal?.proposalId === review.proposalId) return partakersOf(proposal).includes(person);
  return standing?.tookPart.includes(person) ?? false;
}
