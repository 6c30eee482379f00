import type { StatutoryEvent } from '#domain';
import type { TellingsOf } from './telling';
import { as, confided, tell } from './telling';

export const statutoryTellings: TellingsOf<StatutoryEvent> = {
  WarningNoticeIssued: as('school.warning-notice-issued.v1'),
  CompliancePeriodSet: confided,
  ComplianceDecided: confided,
  InterventionIntentNotified: confided,
  InterventionPowerExercised: confided,
  InterventionEnded: confided,
  SecretaryOfStateNoticeRecorded: confided,
  NoticeCeased: (data) =>
    tell('school.warning-notice-ended.v1', { ...data, how: 'ceased', endedOn: data.ceasedOn }),
  PermissionToWarnRecorded: confided,
  NoticeClosed: (data) =>
    tell('school.warning-notice-ended.v1', { ...data, how: 'closed', endedOn: data.closedOn }),
  NoticeWithdrawn: (data) =>
    tell('school.warning-notice-ended.v1', {
      ...data,
      how: 'withdrawn',
      endedOn: data.withdrawnOn,
    }),
  RiseInvolvementRecorded: confided,
  RiseInvolvementEnded: confided,
};
