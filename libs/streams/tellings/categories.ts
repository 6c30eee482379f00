import type { CategoryEvent } from '#domain';
import type { TellingsOf } from './telling';
import { as, tell } from './telling';

export const categoryTellings: TellingsOf<CategoryEvent> = {
  OutOfCycleReviewTriggered: (data) =>
    tell('school.review-triggered.v1', { ...data, reasonCode: data.triggerType }),
  OutOfCycleReviewDismissed: as('school.review-dismissed.v1'),
  CategoryProposed: (data) =>
    tell('school.category-proposed.v1', { ...data, category: data.to, round: data.cycle }),
  ProposalLetterIssued: (data) =>
    tell('school.proposal-letter-issued.v1', { ...data, category: data.proposedCategory }),
  ProposalDiscussed: as('school.proposal-discussed.v1'),
  DiscussionDeclined: (data) =>
    tell('school.proposal-not-discussed.v1', { ...data, why: 'declined' }),
  SchoolUnreachable: (data) =>
    tell('school.proposal-not-discussed.v1', { ...data, why: 'unreachable' }),
  SchoolRepresentationReceived: as('school.representation-received.v1'),
  CategoryReviewRequested: as('school.category-review-requested.v1'),
  CategoryReviewDecided: as('school.category-reviewed.v1'),
  CategoryConfirmed: (data) => tell('school.category-confirmed.v1', { ...data, round: data.cycle }),
  CategoryChanged: (data) =>
    tell('school.category-changed.v1', { ...data, category: data.to, round: data.cycle }),
  ProposalWithdrawn: as('school.proposal-withdrawn.v1'),
  CategoryCorrected: (data) =>
    tell('school.category-corrected.v1', { ...data, from: data.was, category: data.shouldBe }),
  TransitionMeetingHeld: as('school.transition-meeting-held.v1'),
  TransitionPathwayAgreed: as('school.transition-pathway-agreed.v1'),
  TransitionCompleted: as('school.transition-completed.v1'),
  NoFurtherNeedAgreed: as('school.no-further-need-agreed.v1'),
};
