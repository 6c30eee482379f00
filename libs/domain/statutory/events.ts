import type { EventsOf } from '#kernel';
import { date, event, id, list, optional, person, record, text, word } from '#kernel';
import { noticeGrounds, noticeSections, interventionPowers } from './law';

/** Whom a notice goes to. The governing body's copy is the notice itself. */
export const noticeRecipients = [
  'secretary-of-state',
  'governing-body',
  'headteacher',
  'diocese',
  'foundation',
] as const;
export const complianceOutcomes = ['complied', 'not-complied'] as const;
/** Why a notice that was not complied with is closed. */
export const closingReasons = ['remedied', 'no-power-needed', 'no-longer-maintained'] as const;

const schoolId = id('public');
const ofNotice = { schoolId, noticeId: id('internal') } as const;
const power = word('confidential', interventionPowers);

export const noticeEvents = {
  WarningNoticeIssued: event(
    'The authority gave the governing body a warning notice: its grounds, what must be done, and by when.',
    {
      ...ofNotice,
      section: word('confidential', noticeSections),
      grounds: list(word('confidential', noticeGrounds)),
      /** What the authority’s conclusion rests on. */
      matters: text('confidential'),
      actionsRequired: text('confidential'),
      /** What the authority is minded to do if it is not complied with. */
      mindedTo: text('confidential'),
      complianceFrom: date('confidential'),
      complianceTo: date('confidential'),
      copies: list(
        record({ to: word('internal', noticeRecipients), sentOn: date('confidential') }),
      ),
      issuedById: person('internal'),
      issuedOn: date('confidential'),
    },
    { effective: 'issuedOn' },
  ),
  CompliancePeriodSet: event(
    'The governing body was given longer to comply with the warning notice.',
    {
      ...ofNotice,
      was: date('confidential'),
      complianceTo: date('confidential'),
      reason: text('personal'),
      setOn: date('confidential'),
    },
    { effective: 'setOn' },
  ),
  ComplianceDecided: event(
    'The authority decided whether the governing body had complied with the warning notice.',
    {
      ...ofNotice,
      outcome: word('confidential', complianceOutcomes),
      reasons: text('personal'),
      deciderId: person('internal'),
      decidedOn: date('confidential'),
    },
    { effective: 'decidedOn' },
  ),
  InterventionIntentNotified: event(
    'The governing body was told in writing which powers the authority proposes to use, and from when at the earliest.',
    {
      ...ofNotice,
      powers: list(power),
      notBefore: date('confidential'),
      notifiedOn: date('confidential'),
    },
    { effective: 'notifiedOn' },
  ),
  InterventionPowerExercised: event(
    'The authority used one of its powers of intervention.',
    {
      ...ofNotice,
      power,
      /** With an interim executive board: the day the Secretary of State consented to it. */
      secretaryOfStateConsentedOn: optional(date('confidential')),
      /** What is arranged, e.g. with which school. */
      terms: optional(text('confidential')),
      exercisedOn: date('confidential'),
    },
    { effective: 'exercisedOn' },
  ),
  InterventionEnded: event(
    'The authority stopped using one of its powers of intervention.',
    { ...ofNotice, power, reason: text('personal'), endedOn: date('confidential') },
    { effective: 'endedOn' },
  ),
  SecretaryOfStateNoticeRecorded: event(
    'The authority was told that the Secretary of State gave the governing body a warning notice; it may give none itself meanwhile.',
    {
      schoolId,
      secretaryNoticeId: id('internal'),
      /** Where the notice is kept. */
      docRef: optional(text('internal')),
      /** The day the authority was told. */
      toldOn: date('confidential'),
      givenOn: date('confidential'),
    },
    { effective: 'givenOn' },
  ),
  NoticeCeased: event(
    'The authority’s warning notice lapsed, because the Secretary of State gave one.',
    { ...ofNotice, secretaryNoticeId: id('internal'), ceasedOn: date('confidential') },
    { effective: 'ceasedOn' },
  ),
  PermissionToWarnRecorded: event(
    'The Secretary of State informed the authority that it may give this school warning notices again.',
    {
      schoolId,
      /** The notices that stood in the way. */
      secretaryNoticeIds: list(id('internal')),
      informedOn: date('confidential'),
    },
    { effective: 'informedOn' },
  ),
  NoticeClosed: event(
    'The warning notice was closed: nothing more is done on it.',
    {
      ...ofNotice,
      because: word('confidential', closingReasons),
      reason: text('personal'),
      closedOn: date('confidential'),
    },
    { effective: 'closedOn' },
  ),
  NoticeWithdrawn: event(
    'The authority took its warning notice back before it used a power on it.',
    { ...ofNotice, reason: text('personal'), withdrawnOn: date('confidential') },
    { effective: 'withdrawnOn' },
  ),
} as const;

/**
 * How the Department’s RISE teams are with a school: `universal`, what any school may take part in; `targeted`, a team
 * of its own, for schools that are stuck; `significant-improvement`, for schools Ofsted found to require it.
 */
export const riseKinds = ['universal', 'targeted', 'significant-improvement'] as const;

const ofInvolvement = { schoolId, involvementId: id('internal') } as const;

export const involvementEvents = {
  RiseInvolvementRecorded: event(
    'It was recorded that the Department’s RISE teams are involved with the school, so that its support is not doubled.',
    {
      ...ofInvolvement,
      kind: word('confidential', riseKinds),
      expectedTo: optional(date('confidential')),
      /** Where we know it from. */
      source: text('internal'),
      from: date('confidential'),
    },
    { effective: 'from' },
  ),
  RiseInvolvementEnded: event(
    'The involvement of the Department’s RISE teams with the school ended.',
    { ...ofInvolvement, reason: optional(text('personal')), endedOn: date('confidential') },
    { effective: 'endedOn' },
  ),
} as const;

export type NoticeEvent = EventsOf<typeof noticeEvents>;
export type InvolvementEvent = EventsOf<typeof involvementEvents>;
export type StatutoryEvent = NoticeEvent | InvolvementEvent;
export type NoticeData<T extends NoticeEvent['type']> = Extract<
  NoticeEvent,
  { readonly type: T }
>['data'];
