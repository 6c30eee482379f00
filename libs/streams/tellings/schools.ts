import type { SchoolEvent } from '#domain';
import type { TellingsOf } from './telling';
import { as, tell, untold } from './telling';

export const schoolTellings: TellingsOf<SchoolEvent> = {
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
};
