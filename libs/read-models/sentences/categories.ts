import type { CategoryEvent } from '#domain';
import type { SentencesFor } from './words';
import { dayInWords, on, reasonInWords } from './words';

export const categorySentences: SentencesFor<CategoryEvent> = {
  OutOfCycleReviewTriggered: ({ triggerType, happenedOn }) =>
    `A review outside the round was called for: ${reasonInWords(triggerType)}${on(happenedOn)}.`,
  OutOfCycleReviewDismissed: () => 'It was decided that the trigger needs no review.',
  CategoryProposed: ({ from, to }) =>
    `${to} was proposed${from === undefined || from === to ? '' : `; it was in ${from}`}.`,
  ProposalLetterIssued: ({ recipients, proposedCategory, issuedOn }) =>
    `The letter proposing ${proposedCategory} went to the ${recipients.join(' and the ')}${on(issuedOn)}.`,
  ProposalDiscussed: ({ mode, heldOn }) =>
    `The proposal was discussed with the school (${mode})${on(heldOn)}.`,
  DiscussionDeclined: ({ attemptedOn }) =>
    `The school declined to discuss the proposal${on(attemptedOn)}.`,
  SchoolUnreachable: ({ attemptedOn }) =>
    `The school could not be reached to discuss the proposal${on(attemptedOn)}.`,
  SchoolRepresentationReceived: ({ from, receivedOn }) =>
    `The ${from === 'both' ? 'head and the chair' : from} answered the proposal in writing${on(receivedOn)}.`,
  CategoryReviewRequested: ({ decideBy }) =>
    `The school asked for a review, to be decided by ${dayInWords(decideBy)}.`,
  CategoryReviewDecided: ({ outcome, category }) =>
    outcome === 'stands'
      ? 'The review left the category as it was.'
      : outcome === 'withdrawn'
        ? 'The school took its request for a review back.'
        : `The review decided ${category ?? 'otherwise'}.`,
  CategoryConfirmed: ({ category, effectiveFrom }) =>
    `${category} was confirmed from ${dayInWords(effectiveFrom)}.`,
  CategoryChanged: ({ from, to, effectiveFrom }) =>
    `It moved from ${from} to ${to} from ${dayInWords(effectiveFrom)}.`,
  ProposalWithdrawn: () => 'The proposal was withdrawn.',
  CategoryCorrected: ({ was, shouldBe, effectiveFrom }) =>
    `The record was put right: from ${dayInWords(effectiveFrom)} its category is ${shouldBe}, not ${was}.`,
  TransitionMeetingHeld: ({ heldOn }) =>
    `The transition meeting of adviser, champion and head was held${on(heldOn)}.`,
  TransitionPathwayAgreed: ({ endsOn }) =>
    `It was agreed with the head how support tapers off, by ${dayInWords(endsOn)}.`,
  TransitionCompleted: ({ completedOn }) =>
    `The transition to Enhancement was completed${on(completedOn)}.`,
  NoFurtherNeedAgreed: ({ agreedOn }) =>
    `It was agreed with the head that no further support is needed${on(agreedOn)}.`,
};
