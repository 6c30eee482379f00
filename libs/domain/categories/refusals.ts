import type { RefusalsOf } from '#kernel';
import { refusing } from '#kernel';
import type { Category } from '../shared/words';

/** Every no of a categorisation, with what to do about it. */
export const categoryRefusals = {
  InTheFuture: {
    kind: 'invalid',
    says: 'What has happened has a day that is not in the future.',
    detail: (field: string, day: string, today: string) =>
      `${field} is ${day}, after today (${today}). Give the day on which it happened.`,
  },
  TooEarly: {
    kind: 'invalid',
    says: 'Things happen in their order: a letter after the proposal, a discussion after the letter.',
    detail: (field: string, day: string, after: string) =>
      `${field} is ${day}, but it cannot be before ${after}. Check the day.`,
  },
  SchoolsRequestOnly: {
    kind: 'forbidden',
    says: 'A school asks for a review in its own name.',
    detail: () => 'A school asks for another look with the type SCHOOL_REQUEST. Use that type.',
    pointer: '/triggerType',
  },
  NoteWanted: {
    kind: 'invalid',
    says: 'A trigger of type OTHER is put in words.',
    detail: () => 'The type OTHER says nothing by itself. Put it in words (note).',
    pointer: '/note',
  },
  TriggerIdTaken: {
    kind: 'conflict',
    says: 'A trigger’s identity is used once.',
    detail: () =>
      'Another trigger of this school has that identity. Leave triggerId out to get a new one.',
    pointer: '/triggerId',
  },
  TriggerNotOpen: {
    kind: 'conflict',
    says: 'The trigger must be open.',
    detail: () =>
      'This school has no such open trigger: it was answered, dismissed or never raised.',
    pointer: '/triggerId',
  },
  TriggerUnderProposal: {
    kind: 'conflict',
    says: 'A trigger is not dismissed while a proposal answers it.',
    detail: () =>
      'A proposal is open because of this trigger. Decide or withdraw the proposal first.',
    pointer: '/triggerId',
  },
  AssessmentNotFinalised: {
    kind: 'conflict',
    says: 'A category is proposed on a finalised assessment.',
    detail: () => 'This school has no finalised assessment of that identity. Finalise it first.',
    pointer: '/assessmentId',
  },
  AssessmentSuperseded: {
    kind: 'conflict',
    says: 'A category is proposed on the newest assessment of its round.',
    detail: (by: string) => `A newer assessment took the place of this one. Propose on ${by}.`,
    pointer: '/assessmentId',
  },
  AssessmentDecided: {
    kind: 'conflict',
    says: 'An assessment leads to one decision.',
    detail: () =>
      'A category has been decided on this assessment. Start a new assessment to propose another.',
    pointer: '/assessmentId',
  },
  NoOffer: {
    kind: 'conflict',
    says: 'A proposal names the offer that goes with it.',
    detail: (year: string) => `There is no support offer for ${year}. Publish one first.`,
  },
  ProposalOpen: {
    kind: 'conflict',
    says: 'A school has one open proposal at a time.',
    detail: (proposalId: string) =>
      `Proposal ${proposalId} of this school is open. Decide or withdraw it first.`,
  },
  ProposalIdTaken: {
    kind: 'conflict',
    says: 'A proposal’s identity is used once.',
    detail: () => 'An earlier proposal has that identity. Leave proposalId out to get a new one.',
    pointer: '/proposalId',
  },
  ProposalUnknown: {
    kind: 'missing',
    says: 'There must be such a proposal.',
    detail: () => 'This school has no such proposal. Look up the open one, or propose a category.',
    pointer: '/proposalId',
  },
  ProposalClosed: {
    kind: 'conflict',
    says: 'Nothing more happens to a proposal that was decided or withdrawn.',
    detail: () => 'This proposal was decided or withdrawn. Look up the open one, or propose anew.',
    pointer: '/proposalId',
  },
  LetterNotIssued: {
    kind: 'conflict',
    says: 'The school is told by letter before a proposal is discussed or decided.',
    detail: (category: Category) =>
      `No letter with the proposed category (${category}) was issued. Issue it first.`,
  },
  DiscussionWanted: {
    kind: 'conflict',
    says: 'Prevention, Intervention and any change within the year are discussed before they are decided.',
    detail: (attempts: number) =>
      `This proposal has not been discussed with the school. Record the discussion, or two attempts at one on different days (so far: ${attempts}).`,
  },
  SoleAssessor: {
    kind: 'forbidden',
    says: 'Who alone assessed the school does not decide its category.',
    detail: () =>
      'You assessed this school and nobody moderated it, so someone else decides. Ask a colleague who may, or have the assessment moderated.',
  },
  ReviewIsOpen: {
    kind: 'conflict',
    says: 'Nothing is decided while a review is open; the category in force stands.',
    detail: (decideBy: string) =>
      `A review is open, to be decided by ${decideBy}. Decide the review first.`,
  },
  PeriodsWouldOverlap: {
    kind: 'conflict',
    says: 'A decision takes effect after the one before it.',
    detail: (from: string) =>
      `The category on record took effect on ${from}. Choose a later day, or put the record right by a correction.`,
    pointer: '/effectiveFrom',
  },
  TooFarAhead: {
    kind: 'invalid',
    says: 'A category takes effect by the end of the next academic year.',
    detail: (day: string, last: string) =>
      `${day} is too far ahead. A decision takes effect by ${last} at the latest; check the year.`,
    pointer: '/effectiveFrom',
  },
  WayOutWanted: {
    kind: 'conflict',
    says: 'A supported school moves to Enhancement after a transition meeting or an agreement that no need is left.',
    detail: () =>
      'This school would leave bespoke support. First hold a transition meeting, or agree with the head that no further need is left.',
  },
  MeetingWanted: {
    kind: 'conflict',
    says: 'A pathway out of support follows a transition meeting.',
    detail: () =>
      'No transition meeting was held since the category was decided last. Hold it first, with adviser, champion and head.',
  },
  NotSupported: {
    kind: 'conflict',
    says: 'The way out of support is agreed for a school that has support.',
    detail: () =>
      'This school is not in Prevention or Intervention, so there is no bespoke support to end.',
    pointer: '/schoolId',
  },
  NothingToReview: {
    kind: 'conflict',
    says: 'A review is of an open proposal or of a category in force.',
    detail: () => 'This school has neither an open proposal nor a decided category to review.',
  },
  ReviewIdTaken: {
    kind: 'conflict',
    says: 'A review’s identity is used once.',
    detail: () => 'An earlier review has that identity. Leave reviewId out to get a new one.',
    pointer: '/reviewId',
  },
  ReviewUnknown: {
    kind: 'missing',
    says: 'There must be such an open review.',
    detail: () => 'This school has no such open review. Look up the open one, or request a review.',
    pointer: '/reviewId',
  },
  NotUninvolved: {
    kind: 'forbidden',
    says: 'A review is decided by someone who took no part.',
    detail: () =>
      'You took part in what is under review: you assessed, moderated, proposed, decided or reviewed it, or asked for the review. Ask someone who did not.',
  },
  CategoryForChangedOnly: {
    kind: 'invalid',
    says: 'A review that changes the category says to which.',
    detail: (now: Category) =>
      `With outcome changed give a category other than ${now}; with any other outcome give none.`,
    pointer: '/category',
  },
  OwnCorrection: {
    kind: 'forbidden',
    says: 'Nobody approves a correction they asked for.',
    detail: () => 'You asked for this correction yourself. Ask someone else to approve it.',
    pointer: '/askedById',
  },
  RecordSaysOtherwise: {
    kind: 'conflict',
    says: 'A correction starts from what the record says.',
    detail: (day: string, recorded: Category | undefined) =>
      `The record says ${recorded ?? 'no category'} for ${day}. Check the day, and give what the record says as was and something else as shouldBe.`,
    pointer: '/was',
  },
} as const;

export const refuse = refusing(categoryRefusals);
export type CategoryRefusal = RefusalsOf<typeof categoryRefusals>;
