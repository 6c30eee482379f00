import type { StatutoryEvent } from '#domain';
import type { TellingsOf } from './telling';
import { untold } from './telling';

export const statutoryTellings: TellingsOf<StatutoryEvent> = {
  WarningNoticeIssued: untold,
  CompliancePeriodSet: untold,
  ComplianceDecided: untold,
  InterventionIntentNotified: untold,
  InterventionPowerExercised: untold,
  InterventionEnded: untold,
  SecretaryOfStateNoticeRecorded: untold,
  NoticeCeased: untold,
  PermissionToWarnRecorded: untold,
  NoticeClosed: untold,
  NoticeWithdrawn: untold,
  RiseInvolvementRecorded: untold,
  RiseInvolvementEnded: untold,
};
