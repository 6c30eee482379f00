import type {
  AnySchoolEvent,
  CycleEvent,
  FrameworkEvent,
  OfferEvent,
  RegisterFileEvent,
} from '#domain';
import type { MessageType, messageDeclarations } from './catalog';
import type { Filled } from './declaring';

type AnyEvent = AnySchoolEvent | CycleEvent | FrameworkEvent | OfferEvent | RegisterFileEvent;
type DataOf<T extends AnyEvent['type']> = Extract<AnyEvent, { readonly type: T }>['data'];

/** A message to be made, with what its declared fields are filled from; what is not declared stays behind. */
export interface Telling {
  readonly type: MessageType;
  readonly values: object;
}

const tell = <T extends MessageType>(
  type: T,
  values: Filled<(typeof messageDeclarations)[T]['data']>,
): readonly Telling[] => [{ type, values }];

/** As `tell`, where the event's own fields have the message's names. */
const as =
  <T extends MessageType>(type: T) =>
  (values: Filled<(typeof messageDeclarations)[T]['data']>): readonly Telling[] =>
    tell(type, values);

/** No message of its own: that something changed is all that is told. */
const untold = (): readonly Telling[] => [];

/** Which events are told in which words: every event of the catalogue, or the compiler names the one forgotten. */
export const tellings: {
  readonly [T in AnyEvent['type']]: (data: DataOf<T>) => readonly Telling[];
} = {
  SchoolRegistered: (data) =>
    tell('school.registered.v1', {
      ...data,
      trustUid: data.trust?.uid,
      federationUid: data.federation?.uid,
    }),
  SchoolRenamed: untold,
  SchoolTypeChanged: as('school.type-changed.v1'),
  SchoolPhaseChanged: as('school.phase-changed.v1'),
  AgeRangeChanged: as('school.ages-changed.v1'),
  LaestabChanged: as('school.establishment-number-changed.v1'),
  PupilNumbersRecorded: as('school.numbers-recorded.v1'),
  SchoolAddressChanged: untold,
  TrustJoined: ({ schoolId, trust, asAt }) =>
    tell('school.trust-changed.v1', { schoolId, trustUid: trust.uid, asAt }),
  TrustLeft: ({ schoolId, asAt }) => tell('school.trust-changed.v1', { schoolId, asAt }),
  TrustRenamed: untold,
  SchoolFederated: ({ schoolId, federation, federatedOn: changedOn }) =>
    tell('school.federation-changed.v1', { schoolId, federationUid: federation.uid, changedOn }),
  FederationLeft: ({ schoolId, leftOn: changedOn }) =>
    tell('school.federation-changed.v1', { schoolId, changedOn }),
  SchoolOpened: (data) => tell('school.opened.v1', { ...data, open: true }),
  ClosureProposed: (data) => tell('school.closure-proposed.v1', { ...data, closureProposed: true }),
  ClosureProposalWithdrawn: as('school.closure-withdrawn.v1'),
  SchoolClosed: (data) => [
    ...tell('school.closed.v1', { ...data, open: false }),
    ...tell('school.support-ended.v1', data),
  ],
  SchoolReopened: (data) => tell('school.reopened.v1', { ...data, open: true }),
  SchoolConvertedToAcademy: (data) =>
    tell('school.academised.v1', {
      ...data,
      urn: data.newUrn,
      status: 'academy',
      trustUid: data.trust?.uid,
    }),
  UrnChanged: (data) => tell('school.urn-changed.v1', { ...data, urn: data.newUrn }),
  PredecessorUrnRecorded: ({ schoolId, urn: oldUrn, until }) =>
    tell('school.earlier-urn-found.v1', { schoolId, oldUrn, until }),
  SuccessorUrnNamed: ({ schoolId, urn: successorUrn, from }) =>
    tell('school.successor-named.v1', { schoolId, successorUrn, from }),
  SchoolsMerged: as('school.merged.v1'),
  HeadteacherChangeRecorded: untold,
  ChairOfGovernorsChangeRecorded: untold,
  InspectionOutcomeRecorded: as('school.inspection-published.v1'),
  InspectionOutcomeRestated: as('school.inspection-restated.v1'),
  InspectionAreaRegraded: as('school.inspection-regraded.v1'),
  InspectionOutcomeWithdrawn: as('school.inspection-withdrawn.v1'),
  // Names are not told, corrected or not.
  SchoolRecordCorrected: ({ schoolId, field, shouldBe }) =>
    field === 'name' || field === 'typeName'
      ? []
      : tell('school.record-corrected.v1', { schoolId, [field]: shouldBe }),

  RiskAssessmentStarted: untold,
  IndicatorRecorded: untold,
  IndicatorMarkedUnavailable: untold,
  RiskScoreCalculated: untold,
  ProfessionalJudgementRecorded: untold,
  AssessmentModerated: untold,
  RiskAssessmentFinalised: (data) => tell('school.assessed.v1', { ...data, round: data.cycle }),
  RiskAssessmentSuperseded: untold,
  RiskAssessmentAbandoned: untold,

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
  NoFurtherNeedAgreed: as('school.no-further-need-agreed.v1'),

  AssessmentWaived: ({ schoolId, academicYear: round }) =>
    tell('school.assessment-waived.v1', { schoolId, round }),
  EntitlementGranted: as('school.support-entitled.v1'),
  EntitlementAdjusted: (data) => tell('school.support-entitled.v1', { ...data, ...data.now }),

  AssessmentFrameworkPublished: as('county.framework-published.v1'),
  SupportOfferPublished: as('county.offer-published.v1'),
  SupportOfferSuperseded: untold,
  AssessmentCycleOpened: as('county.round-opened.v1'),
  AssessmentCycleClosed: as('county.round-closed.v1'),
  FileImported: untold,
};
