import { entryOf, present } from '../shared/plain';
import { same } from '../shared/same';
import type { Payer } from './deployment-shapes';
import { refuse } from './deployment-refusals';
import type { DeploymentDecide, DeploymentState } from './deployment-state';
import { between, matchedAt, notAt, notWithinIts, reservationsOf } from './deployment-steps';

type Names = 'ReopenNeed' | 'AskDeploymentReview' | 'ReviewDeployment' | 'DecidePayer';

const open = ['needed', 'matched', 'confirming', 'confirmed', 'started', 'paused'] as const;
const agreed = ['confirmed', 'started', 'paused'] as const;

/** What happens elsewhere and concerns a deployment: it is looked at by somebody, never ended by itself. */
export const reviewingDecisions: Pick<DeploymentDecide, Names> = {
  ReopenNeed: (state, { deploymentId, championId, reason }) => {
    // Another one was found meanwhile, or is being looked for: there is nothing to undo.
    if (state.stage !== 'none' && state.championId !== championId) return [];
    const matched = matchedAt(state, 'matched', 'confirming', 'confirmed');
    if ('refused' in matched) return matched;
    const reservations = reservationsOf(matched);
    const data = { ...between(deploymentId, matched), reason, reservations };
    return [{ type: 'SupportNeedReopened', data }];
  },

  AskDeploymentReview: (state, command, { newId, today }) => {
    const { deploymentId, because, becauseOf, becauseOf: reviewId = newId(0) } = command;
    if (entryOf(state.reviews, reviewId) !== undefined) return [];
    const no = notAt(state, ...open);
    if (no !== undefined) return no;
    const waiting = Object.values(state.reviews).some(
      (review) => review.because === because && review.outcome === undefined,
    );
    if (waiting) return [];
    const data = { ...partiesOf(deploymentId, state), reviewId, because, askedOn: today };
    return [{ type: 'DeploymentReviewAsked', data: { ...data, ...present({ becauseOf }) } }];
  },

  ReviewDeployment: (state, command, { actor, today }) => {
    const { deploymentId, reviewId, outcome, reason } = command;
    const review = entryOf(state.reviews, reviewId);
    if (review === undefined)
      return state.stage === 'none' ? refuse.NeedUnknown() : refuse.ReviewUnknown();
    if (review.outcome !== undefined)
      return review.outcome === outcome ? [] : refuse.ReviewAnswered(review.outcome);
    const no = notAt(state, ...open);
    if (no !== undefined) return no;
    const { because } = review;
    if (because === 'became-academy' && outcome !== 'end' && state.payer !== undefined)
      return refuse.PayerDecisionWanted();
    const judged = { because, outcome, reason, reviewedOn: today, reviewerId: actor.id };
    const data = { ...partiesOf(deploymentId, state), reviewId, ...judged };
    return [{ type: 'DeploymentReviewed', data }];
  },

  DecidePayer: (state, { deploymentId, authorityPercent, from, reason }, { actor }) => {
    const matched = matchedAt(state, ...agreed);
    if ('refused' in matched) return matched;
    const no = notWithinIts(matched, 'from', from);
    if (no !== undefined) return no;
    const payer = payerWith(authorityPercent);
    const { payers } = matched;
    const last = payers.at(-1);
    if (last?.from === from && same(last.payer, payer)) return [];
    // Who paid until then; that it has a payer goes with its being confirmed.
    const was = payers.findLast((one) => one.from < from)?.payer ?? payerWith(0);
    const data = { ...between(deploymentId, matched), from, was, payer, reason };
    return [{ type: 'DeploymentPayerDecided', data: { ...data, decidedById: actor.id } }];
  },
};

/** The two schools and the champion, as far as they are known yet. */
const partiesOf = (
  deploymentId: string,
  { schoolId = '', championId, homeSchoolId }: DeploymentState,
) => ({ deploymentId, schoolId, ...present({ championId, homeSchoolId }) });

/** By the authority's share in percent. */
export function payerWith(authorityPercent: number): Payer {
  if (authorityPercent === 0) return { kind: 'school', authorityPercent };
  return { kind: authorityPercent === 100 ? 'authority' : 'split', authorityPercent };
}
