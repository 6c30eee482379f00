import { asDeclared } from '#kernel';
import type { NoticeData, NoticeEvent } from './events';
import { noticeEvents } from './events';
import { decider as bare } from './notices';
import type { KnownToNotices } from './state';

/* Facts of one invented school, for the specs of this context. */
export const decider = asDeclared(noticeEvents, bare);
export const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
export const schoolId = uuid(900001);
export const noticeId = uuid(10);
export const secretaryNoticeId = uuid(20);
export const about = { schoolId, noticeId };
/** A formal act of the authority. */
export const by = { by: 'head-of-service' };

const maintained = {
  registered: true,
  status: 'maintained',
  kind: 'primary',
  typeName: 'Community school',
  open: true,
} as const;
export const schoolWith = (
  more: Partial<Extract<KnownToNotices['school'], { registered: true }>> = {},
): KnownToNotices => ({ school: { ...maintained, ...more } });
export const known = schoolWith();

/** The notice as it is asked for; given on 1 September 2026, to be complied with by 31 October. */
export const notice = {
  schoolId,
  section: '60',
  grounds: ['standards', 'management-or-governance'],
  matters:
    'Standards at the end of Key Stage 2 have been far below similar schools for three years.',
  actionsRequired: 'An external review of governance, and a plan agreed with the authority.',
  mindedTo: 'Appoint additional governors.',
  complianceFrom: '2026-09-02',
  complianceTo: '2026-10-31',
  copies: [
    { to: 'secretary-of-state', sentOn: '2026-09-01' },
    { to: 'governing-body', sentOn: '2026-09-01' },
    { to: 'headteacher', sentOn: '2026-09-01' },
  ],
  issuedOn: '2026-09-01',
} as const;

export const issued = (more: Partial<NoticeData<'WarningNoticeIssued'>> = {}): NoticeEvent => ({
  type: 'WarningNoticeIssued',
  data: { ...notice, noticeId, issuedById: 'person-head-of-service', ...more },
});
export const extended: NoticeEvent = {
  type: 'CompliancePeriodSet',
  data: {
    ...about,
    was: '2026-10-31',
    complianceTo: '2026-11-15',
    reason: 'The external review took longer.',
    setOn: '2026-10-20',
  },
};
export const decided = (
  outcome: 'complied' | 'not-complied' = 'not-complied',
  decidedOn = '2026-11-02',
): NoticeEvent => ({
  type: 'ComplianceDecided',
  data: {
    ...about,
    outcome,
    reasons: 'No plan was agreed.',
    deciderId: 'person-head-of-service',
    decidedOn,
  },
});
export const intended = (
  more: Partial<NoticeData<'InterventionIntentNotified'>> = {},
): NoticeEvent => ({
  type: 'InterventionIntentNotified',
  data: {
    ...about,
    powers: ['additional-governors'],
    notBefore: '2026-11-16',
    notifiedOn: '2026-11-03',
    ...more,
  },
});
export const exercised = (
  more: Partial<NoticeData<'InterventionPowerExercised'>> = {},
): NoticeEvent => ({
  type: 'InterventionPowerExercised',
  data: { ...about, power: 'additional-governors', exercisedOn: '2026-11-16', ...more },
});
export const powerEnded = (more: Partial<NoticeData<'InterventionEnded'>> = {}): NoticeEvent => ({
  type: 'InterventionEnded',
  data: {
    ...about,
    power: 'additional-governors',
    reason: 'The governing body stands on its own.',
    endedOn: '2026-11-20',
    ...more,
  },
});
export const closed: NoticeEvent = {
  type: 'NoticeClosed',
  data: { ...about, because: 'remedied', reason: 'The plan is at work.', closedOn: '2026-11-23' },
};
export const withdrawn: NoticeEvent = {
  type: 'NoticeWithdrawn',
  data: { ...about, reason: 'The figures were wrong.', withdrawnOn: '2026-11-23' },
};
export const secretaryGave = (givenOn = '2026-11-10'): NoticeEvent => ({
  type: 'SecretaryOfStateNoticeRecorded',
  data: { schoolId, secretaryNoticeId, toldOn: '2026-11-11', givenOn },
});
export const ceased: NoticeEvent = {
  type: 'NoticeCeased',
  data: { ...about, secretaryNoticeId, ceasedOn: '2026-11-10' },
};
export const permitted: NoticeEvent = {
  type: 'PermissionToWarnRecorded',
  data: { schoolId, secretaryNoticeIds: [secretaryNoticeId], informedOn: '2026-11-20' },
};
/** On the way to a power: not complied with, and told that governors may be added. */
export const onTheWay = [issued(), decided(), intended()];
