import type { EventsOf } from '#kernel';
import { date, event, id, list, optional, person, text, word } from '#kernel';
import { categories, reasonCodes } from '../shared/words';

export const letterRecipients = ['head', 'chair'] as const;
export const discussionModes = ['phone', 'visit', 'other'] as const;
export const representationFrom = ['head', 'chair', 'both'] as const;
/** `stands`: the reviewer leaves it; `changed`: the reviewer decides otherwise; `withdrawn`: the school took it back. */
export const reviewOutcomes = ['stands', 'changed', 'withdrawn'] as const;

const schoolId = id('public');
const ofProposal = { schoolId, proposalId: id('internal') } as const;
const category = word('confidential', categories);
/** The round of a year or a trigger in between: why the category was looked at. */
const occasion = {
  cycle: optional(text('internal')),
  triggerId: optional(id('internal')),
  reasonCode: word('confidential', reasonCodes),
} as const;
/** What a decision on a category rests on and who took it. */
const decision = {
  ...ofProposal,
  assessmentId: id('internal'),
  ...occasion,
  offerVersion: text('internal'),
  effectiveFrom: date('confidential'),
  deciderId: person('internal'),
} as const;

export const categoryEvents = {
  OutOfCycleReviewTriggered: event(
    'Something happened that calls for another look at the school’s category.',
    {
      schoolId,
      triggerId: id('internal'),
      triggerType: word('confidential', reasonCodes),
      /** The event that is the cause, where it is on our record. */
      sourceEventId: optional(id('internal')),
      happenedOn: date('confidential'),
      note: optional(text('personal')),
    },
    { effective: 'happenedOn' },
  ),
  OutOfCycleReviewDismissed: event('It was decided that the trigger needs no review.', {
    schoolId,
    triggerId: id('internal'),
    reason: text('personal'),
  }),
  CategoryProposed: event(
    'A category was proposed on a finalised assessment; it is not in force.',
    {
      ...ofProposal,
      /** The category the school was in when it was proposed; absent when it had none. */
      from: optional(category),
      to: category,
      assessmentId: id('internal'),
      ...occasion,
      offerVersion: text('internal'),
      assessorId: person('internal'),
      moderatorIds: list(person('internal')),
      proposerId: person('internal'),
      proposedOn: date('confidential'),
    },
    { effective: 'proposedOn' },
  ),
  ProposalLetterIssued: event(
    'The school was told by letter which category and offer are proposed.',
    {
      ...ofProposal,
      proposedCategory: category,
      templateVersion: text('internal'),
      recipients: list(word('internal', letterRecipients)),
      /** SHA-256 of the letter as it was sent, in hexadecimal. */
      docHash: text('internal'),
      issuedOn: date('confidential'),
    },
    { effective: 'issuedOn' },
  ),
  ProposalDiscussed: event(
    'The proposal was discussed with the school.',
    {
      ...ofProposal,
      mode: word('internal', discussionModes),
      heldOn: date('confidential'),
      attendees: list(person('internal')),
      /** Where the summary is kept. */
      summaryRef: optional(text('internal')),
    },
    { effective: 'heldOn' },
  ),
  DiscussionDeclined: event(
    'The school was offered a discussion of the proposal and declined.',
    {
      ...ofProposal,
      mode: word('internal', discussionModes),
      attemptedOn: date('confidential'),
      note: optional(text('personal')),
    },
    { effective: 'attemptedOn' },
  ),
  SchoolUnreachable: event(
    'The school could not be reached to discuss the proposal.',
    {
      ...ofProposal,
      mode: word('internal', discussionModes),
      attemptedOn: date('confidential'),
      note: optional(text('personal')),
    },
    { effective: 'attemptedOn' },
  ),
  SchoolRepresentationReceived: event(
    'The school answered the proposal in writing.',
    {
      ...ofProposal,
      from: word('internal', representationFrom),
      docRef: text('internal'),
      receivedOn: date('confidential'),
    },
    { effective: 'receivedOn' },
  ),
  CategoryReviewRequested: event(
    'The school asked for a review by someone who took no part; the category in force stands meanwhile.',
    {
      schoolId,
      reviewId: id('internal'),
      /** The open proposal, or the one the category in force was decided on. */
      proposalId: id('internal'),
      grounds: text('personal'),
      requesterId: person('internal'),
      requestedOn: date('confidential'),
      decideBy: date('confidential'),
    },
    { effective: 'requestedOn' },
  ),
  CategoryReviewDecided: event(
    'Someone who took no part reviewed the category or the proposal and decided.',
    {
      schoolId,
      reviewId: id('internal'),
      proposalId: id('internal'),
      outcome: word('confidential', reviewOutcomes),
      category: optional(category),
      reviewerId: person('internal'),
      reason: text('personal'),
      decidedOn: date('confidential'),
    },
    { effective: 'decidedOn' },
  ),
  CategoryConfirmed: event(
    'A named person decided the school’s first category, or that it stays in the one it had.',
    { ...decision, category },
    { effective: 'effectiveFrom' },
  ),
  CategoryChanged: event(
    'A named person decided that the school moves from one category to another.',
    {
      ...decision,
      from: category,
      to: category,
      /** The review that decided it, where it was one. */
      reviewId: optional(id('internal')),
    },
    { effective: 'effectiveFrom' },
  ),
  ProposalWithdrawn: event('The proposal was withdrawn before it was decided.', {
    ...ofProposal,
    reason: text('personal'),
  }),
  CategoryCorrected: event(
    'A category on record was wrong from a day on and was put right; the wrong record stays in the history.',
    {
      schoolId,
      /** The event that recorded the wrong category. */
      correctsEventId: id('internal'),
      /** Absent where the record had no category on that day. */
      was: optional(category),
      shouldBe: category,
      effectiveFrom: date('confidential'),
      askedById: person('internal'),
      approverId: person('internal'),
      reason: text('personal'),
    },
    { effective: 'effectiveFrom' },
  ),
  TransitionMeetingHeld: event(
    'Adviser, champion and head met about the way out of bespoke support.',
    {
      schoolId,
      heldOn: date('confidential'),
      adviserId: person('internal'),
      championId: person('internal'),
      headId: person('internal'),
      notesRef: optional(text('internal')),
    },
    { effective: 'heldOn' },
  ),
  TransitionPathwayAgreed: event(
    'It was agreed with the head how bespoke support tapers off, and by when the school is to be in Enhancement.',
    {
      schoolId,
      /** What support there is on the way, and when it ends. */
      taper: text('confidential'),
      endsOn: date('confidential'),
      agreedOn: date('confidential'),
      adviserId: person('internal'),
      headId: person('internal'),
    },
    { effective: 'agreedOn' },
  ),
  TransitionCompleted: event(
    'The agreed pathway came to its end: the school is in Enhancement.',
    { schoolId, proposalId: id('internal'), completedOn: date('confidential') },
    { effective: 'completedOn' },
  ),
  NoFurtherNeedAgreed: event(
    'It was agreed with the head that the school needs no further bespoke support.',
    {
      schoolId,
      agreedOn: date('confidential'),
      adviserId: person('internal'),
      headId: person('internal'),
      reason: text('personal'),
    },
    { effective: 'agreedOn' },
  ),
} as const;

export type CategoryEvent = EventsOf<typeof categoryEvents>;
type DataFor<T extends CategoryEvent['type']> = Extract<
  CategoryEvent,
  { readonly type: T }
>['data'];
export type Proposed = DataFor<'CategoryProposed'>;
export type ReviewRequested = DataFor<'CategoryReviewRequested'>;
