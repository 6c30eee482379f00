import type { DeploymentEvent } from '#domain';
import type { TellingsOf } from './telling';
import { untold } from './telling';

export const deploymentTellings: TellingsOf<DeploymentEvent> = {
  SupportNeedIdentified: untold,
  ChampionProposed: untold,
  ChampionDeclined: untold,
  HomeSchoolReleaseAgreed: untold,
  HomeSchoolReleaseWithdrawn: untold,
  SupportedSchoolAgreed: untold,
  SupportedSchoolDeclined: untold,
  SupportNeedLapsed: untold,
  DeploymentConfirmationBegun: untold,
  DeploymentConfirmed: untold,
  DeploymentConfirmationFailed: untold,
  DeploymentStarted: untold,
  DeploymentPaused: untold,
  DeploymentResumed: untold,
  DeploymentExtensionBegun: untold,
  DeploymentExtended: untold,
  DeploymentExtensionFailed: untold,
  ChampionVisitRecorded: untold,
  VisitRecordAmended: untold,
  DeploymentCompleted: untold,
  DeploymentEndedEarly: untold,
  ImpactEvaluated: untold,
  SupportNeedReopened: untold,
  DeploymentReviewAsked: untold,
  DeploymentReviewed: untold,
  DeploymentPayerDecided: untold,
  DeploymentClosed: untold,
};
