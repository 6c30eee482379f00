import type { DeploymentEvent } from '#domain';
import type { TellingsOf } from './telling';
import { as, confided, tell } from './telling';

export const deploymentTellings: TellingsOf<DeploymentEvent> = {
  SupportNeedIdentified: as('school.support-needed.v1'),
  ChampionProposed: confided,
  ChampionDeclined: confided,
  HomeSchoolReleaseAgreed: confided,
  HomeSchoolReleaseWithdrawn: confided,
  SupportedSchoolAgreed: confided,
  SupportedSchoolDeclined: as('school.support-not-needed.v1'),
  SupportNeedLapsed: as('school.support-not-needed.v1'),
  DeploymentConfirmationBegun: confided,
  DeploymentConfirmed: (data) => tell('school.deployment-confirmed.v1', { ...data, ...data.payer }),
  DeploymentConfirmationFailed: confided,
  DeploymentStarted: as('school.deployment-started.v1'),
  DeploymentPaused: as('school.deployment-paused.v1'),
  DeploymentResumed: as('school.deployment-resumed.v1'),
  DeploymentExtensionBegun: confided,
  DeploymentExtended: as('school.deployment-extended.v1'),
  DeploymentExtensionFailed: confided,
  ChampionVisitRecorded: as('school.champion-visited.v1'),
  VisitRecordAmended: as('school.champion-visited.v1'),
  DeploymentCompleted: (data) =>
    tell('school.deployment-ended.v1', { ...data, endedOn: data.completedOn, early: false }),
  DeploymentEndedEarly: (data) => tell('school.deployment-ended.v1', { ...data, early: true }),
  ImpactEvaluated: confided,
  SupportNeedReopened: confided,
  DeploymentReviewAsked: confided,
  DeploymentReviewed: confided,
  DeploymentPayerDecided: (data) =>
    tell('school.deployment-payer-changed.v1', { ...data, ...data.payer }),
  DeploymentClosed: confided,
};
