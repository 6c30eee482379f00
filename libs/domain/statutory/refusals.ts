import type { RefusalsOf } from '#kernel';
import { refusing } from '#kernel';
import type { InterventionPower, NoticeGround, NoticeSection } from './law';

/** Every no of a school’s warning notices, with what to do about it. */
export const noticeRefusals = {
  NotRegistered: {
    kind: 'missing',
    says: 'The school is not in our register.',
    detail: () => 'This school is not in our register. Register it first, or check its identity.',
    pointer: '/schoolId',
  },
  NotOpenToNotices: {
    kind: 'conflict',
    says: 'A notice is given to the governing body of a school that is open.',
    detail: () =>
      'This school is not open, so there is no governing body to give a notice to. Check the school, or correct its record.',
    pointer: '/schoolId',
  },
  AcademyElsewhere: {
    kind: 'conflict',
    says: 'Warning notices under the 2006 Act are for maintained schools; concerns about an academy go to its trust and to the Department’s regional group.',
    detail: () =>
      'This school is an academy, and section 59 of the Education and Inspections Act 2006 is about maintained schools only. Raise the concern with its trust, and with the Department for Education’s regional group, which acts under the funding agreement.',
    pointer: '/schoolId',
  },
  PupilReferralUnitElsewhere: {
    kind: 'conflict',
    says: 'A pupil referral unit has a route of its own, the 2007 Management Committee Regulations.',
    detail: () =>
      'This is a pupil referral unit, which section 59 of the Education and Inspections Act 2006 does not list. The authority acts on its management committee under the Education (Pupil Referral Units) (Management Committees etc.) (England) Regulations 2007.',
    pointer: '/schoolId',
  },
  InTheFuture: {
    kind: 'invalid',
    says: 'What has happened has a day that is not in the future.',
    detail: (field: string, day: string, today: string) =>
      `${field} is ${day}, after today (${today}). Give the day on which it happened.`,
  },
  OutOfOrder: {
    kind: 'invalid',
    says: 'The steps of a warning notice follow each other: notice, decision, notice of intent, power, end.',
    detail: (field: string, day: string, after: string, what: string) =>
      `${field} is ${day}, but it cannot be before ${after}, ${what}. Check the day.`,
  },
  BeforeThisLaw: {
    kind: 'invalid',
    says: 'Notices are kept here under the law as it is since 18 April 2016.',
    detail: (field: string, day: string, lawFrom: string) =>
      `${field} is ${day}. Before ${lawFrom} notices followed another procedure, with representations to Ofsted; they are not kept here. Check the year.`,
  },
  NoticeIdTaken: {
    kind: 'conflict',
    says: 'A notice’s identity is used once.',
    detail: () =>
      'Another notice of this school has that identity. Leave the identity out to get a new one.',
  },
  NoticeUnknown: {
    kind: 'missing',
    says: 'There must be such a warning notice.',
    detail: () => 'This school has no such warning notice. Look up the one that is live.',
    pointer: '/noticeId',
  },
  NoticeEnded: {
    kind: 'conflict',
    says: 'Nothing more is done on a notice that was complied with, closed, withdrawn or lapsed.',
    detail: (how: string) =>
      `This notice was ${how}. Nothing more is done on it; where there is a new concern, give a new notice.`,
    pointer: '/noticeId',
  },
  NoticeIsLive: {
    kind: 'conflict',
    says: 'A school has one live warning notice of the authority at a time.',
    detail: (noticeId: string) =>
      `Notice ${noticeId} of this school is live. Decide on compliance and close it, or withdraw it, first.`,
  },
  SecretaryOfStateNoticeStands: {
    kind: 'conflict',
    says: 'While a notice of the Secretary of State stands, the authority may not give one (2006 Act, s.60(4A)).',
    detail: (givenOn: string) =>
      `The Secretary of State gave this school a notice on ${givenOn}. The authority may give none until the Secretary of State informs it that it may: record that first.`,
  },
  NoSecretaryOfStateNotice: {
    kind: 'conflict',
    says: 'The Secretary of State’s permission is about a notice of the Secretary of State that stands.',
    detail: () =>
      'No notice of the Secretary of State stands in the way at this school, so there is nothing to permit.',
  },
  GroundOfOtherSection: {
    kind: 'invalid',
    says: 'A notice under section 60 is about standards, management or safety; one under 60A about pay and conditions.',
    detail: (ground: NoticeGround, section: NoticeSection) =>
      `${ground} is no ground of a notice under section ${section}. Choose the section the ground belongs to.`,
    pointer: '/grounds',
  },
  SecretaryOfStateCopyWanted: {
    kind: 'invalid',
    says: 'The Secretary of State gets a copy of a notice on the day it is given (2006 Act, s.60(6A)).',
    detail: (issuedOn: string, sentOn: string | undefined) =>
      `The notice was given on ${issuedOn}; the copy to the Secretary of State ${sentOn === undefined ? 'is missing' : `is of ${sentOn}`}. It must go at the same time: send it, and give ${issuedOn} as its day.`,
    pointer: '/copies',
  },
  RecipientMissing: {
    kind: 'invalid',
    says: 'A notice goes to the governing body, the head and, of a voluntary school, to its diocese or whoever appoints its foundation governors (2006 Act, s.60(6)).',
    detail: (to: string) => `The notice has no copy to the ${to}. Send it, and give its day.`,
    pointer: '/copies',
  },
  RecipientTwice: {
    kind: 'invalid',
    says: 'Each recipient of a notice stands there once.',
    detail: (to: string) => `The copy to the ${to} stands there twice. Give each recipient once.`,
    pointer: '/copies',
  },
  CompliancePeriodUnfit: {
    kind: 'invalid',
    says: 'The compliance period begins with the notice or after it, lasts, and ends within a year.',
    detail: (fault: string) => `This cannot be the compliance period: ${fault}. Check the days.`,
    pointer: '/complianceTo',
  },
  PeriodOnlyExtended: {
    kind: 'conflict',
    says: 'The period stated in a notice is not shortened afterwards.',
    detail: (complianceTo: string) =>
      `The governing body has until ${complianceTo} to comply. Give a later day, or none.`,
    pointer: '/complianceTo',
  },
  PeriodHasEnded: {
    kind: 'conflict',
    says: 'A compliance period is extended while it runs.',
    detail: (complianceTo: string) =>
      `The compliance period ended on ${complianceTo}. Decide whether the governing body complied.`,
  },
  PeriodStillRuns: {
    kind: 'conflict',
    says: 'That a notice was not complied with is decided after the compliance period (2006 Act, s.60(1)).',
    detail: (complianceTo: string) =>
      `The governing body has until the end of ${complianceTo} to comply. Decide after that day.`,
    pointer: '/decidedOn',
  },
  ComplianceIsDecided: {
    kind: 'conflict',
    says: 'Compliance with a notice is decided once.',
    detail: (outcome: string, decidedOn: string) =>
      `It was decided on ${decidedOn}: ${outcome}. Close the notice if it was remedied since.`,
  },
  NonComplianceWanted: {
    kind: 'conflict',
    says: 'A power needs a notice whose period ended and that was decided not to have been complied with (2006 Act, s.60(1)).',
    detail: (complianceTo: string) =>
      `It has not been decided that the governing body did not comply. It has until ${complianceTo}; decide after that, or withdraw the notice.`,
  },
  PowerNotForSection: {
    kind: 'invalid',
    says: 'Arrangements cannot be required on a notice about pay and conditions (2006 Act, s.63(1)).',
    detail: (power: InterventionPower, section: NoticeSection) =>
      `${power} is no power on a notice under section ${section}. Choose another power.`,
  },
  IntentTooShort: {
    kind: 'invalid',
    says: 'The governing body is told of a power reasonably before it is used, and within a year (2006 Act, s.60(1)(d)).',
    detail: (notBefore: string, notifiedOn: string, latest: string) =>
      `The letter of ${notifiedOn} says that powers are used from ${notBefore}. Give a day after the letter and not later than ${latest}.`,
    pointer: '/notBefore',
  },
  IntentWanted: {
    kind: 'conflict',
    says: 'A power is used after written notice to the governing body that it is proposed (2006 Act, s.60(1)(d)).',
    detail: (power: InterventionPower) =>
      `The governing body has not been told in writing that ${power} is proposed. Notify the intent first.`,
  },
  IntentNotRunOut: {
    kind: 'conflict',
    says: 'A power is not used before the day named in the notice of intent.',
    detail: (notBefore: string) =>
      `The governing body was told that this power is used from ${notBefore} at the earliest. Wait until then.`,
    pointer: '/exercisedOn',
  },
  PowerOutOfTime: {
    kind: 'conflict',
    says: 'Arrangements and additional governors come within two months of the end of the compliance period (2006 Act, ss.63(3) and 64(2)).',
    detail: (power: InterventionPower, last: string) =>
      `${power} could be used until ${last}, two months after the compliance period. Choose another power, or close this notice and give a new one.`,
    pointer: '/exercisedOn',
  },
  ConsentWanted: {
    kind: 'invalid',
    says: 'An interim executive board needs the consent of the Secretary of State (2006 Act, s.65).',
    detail: () =>
      'An interim executive board needs the consent of the Secretary of State. Give the day of the consent (secretaryOfStateConsentedOn).',
    pointer: '/secretaryOfStateConsentedOn',
  },
  ConsentForBoardOnly: {
    kind: 'invalid',
    says: 'The consent of the Secretary of State goes with an interim executive board only.',
    detail: (power: InterventionPower) =>
      `${power} needs no consent of the Secretary of State. Leave its day out, or choose the power it was given for.`,
    pointer: '/secretaryOfStateConsentedOn',
  },
  InterimBoardInPlace: {
    kind: 'conflict',
    says: 'No additional governors are appointed while there is an interim executive board (2006 Act, Sch. 6 para. 14).',
    detail: () =>
      'This school has an interim executive board, and no governors are added to one. End the board first.',
    pointer: '/power',
  },
  PowerInUse: {
    kind: 'conflict',
    says: 'A power in use is not used a second time, and a notice is not closed over it.',
    detail: (power: InterventionPower, since: string) =>
      `${power} has been in use since ${since}. End it first.`,
  },
  PowerNotInUse: {
    kind: 'conflict',
    says: 'Only a power in use is ended.',
    detail: (power: InterventionPower) =>
      `${power} is not in use on this notice. Look up which powers are.`,
    pointer: '/power',
  },
  PowerWasUsed: {
    kind: 'conflict',
    says: 'A notice on which a power was used is closed, not withdrawn.',
    detail: () =>
      'A power was used on this notice, so it cannot be taken back. End what is in use, then close the notice.',
    pointer: '/noticeId',
  },
} as const;

export const refuse = refusing(noticeRefusals);
export type NoticeRefusal = RefusalsOf<typeof noticeRefusals>;
