import type { InterventionPower, NoticeGround, StatutoryEvent } from '#domain';
import type { SentencesFor } from './words';
import { dayInWords, on } from './words';

/** The grounds of the Act, as people say them. */
export const groundsInWords: Readonly<Record<NoticeGround, string>> = {
  standards: 'low standards of performance',
  'management-or-governance': 'a breakdown of management or governance',
  safety: 'a threat to the safety of pupils or staff',
  'pay-and-conditions': 'teachers’ pay and conditions',
};
export const powersInWords: Readonly<Record<InterventionPower, string>> = {
  'require-arrangements': 'require arrangements with others',
  'additional-governors': 'appoint additional governors',
  'interim-executive-board': 'put an interim executive board in place',
  'suspend-delegated-budget': 'suspend the delegated budget',
};
type Recorded = Extract<StatutoryEvent, { readonly type: 'RiseInvolvementRecorded' }>['data'];
export const riseKindsInWords: Readonly<Record<Recorded['kind'], string>> = {
  universal: 'universal support',
  targeted: 'targeted support',
  'significant-improvement': 'support for significant improvement',
};

/** "a, b and c". */
export const allOf = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;

const closedBecause = {
  remedied: 'what was wrong has been put right',
  'no-power-needed': 'no power is needed',
  'no-longer-maintained': 'it is no longer a maintained school',
} as const;

export const statutorySentences: SentencesFor<StatutoryEvent> = {
  WarningNoticeIssued: ({ section, grounds, issuedOn, complianceTo }) =>
    `The authority gave its governing body a warning notice under section ${section}${on(issuedOn)}, because of ${allOf(grounds.map((ground) => groundsInWords[ground]))}, to be complied with by ${dayInWords(complianceTo)}.`,
  CompliancePeriodSet: ({ was, complianceTo }) =>
    `Its governing body was given until ${dayInWords(complianceTo)} to comply with the warning notice, instead of ${dayInWords(was)}.`,
  ComplianceDecided: ({ outcome, decidedOn }) =>
    `The authority decided${on(decidedOn)} that the warning notice was ${outcome === 'complied' ? 'complied with' : 'not complied with'}.`,
  InterventionIntentNotified: ({ powers, notBefore }) =>
    `Its governing body was told in writing that from ${dayInWords(notBefore)} the authority proposes to ${allOf(powers.map((power) => powersInWords[power]))}.`,
  InterventionPowerExercised: ({ power, exercisedOn, secretaryOfStateConsentedOn }) =>
    `The authority used its power to ${powersInWords[power]}${on(exercisedOn)}${secretaryOfStateConsentedOn === undefined ? '' : `; the Secretary of State had consented${on(secretaryOfStateConsentedOn)}`}.`,
  InterventionEnded: ({ power, endedOn }) =>
    `The authority’s use of its power to ${powersInWords[power]} ended${on(endedOn)}.`,
  SecretaryOfStateNoticeRecorded: ({ givenOn }) =>
    `The Secretary of State gave its governing body a warning notice${on(givenOn)}; the authority may give none meanwhile.`,
  NoticeCeased: ({ ceasedOn }) =>
    `The authority’s warning notice lapsed${on(ceasedOn)}, because the Secretary of State gave one.`,
  PermissionToWarnRecorded: ({ informedOn }) =>
    `The Secretary of State informed the authority${on(informedOn)} that it may give warning notices again.`,
  NoticeClosed: ({ because, closedOn }) =>
    `The warning notice was closed${on(closedOn)}: ${closedBecause[because]}.`,
  NoticeWithdrawn: ({ withdrawnOn }) =>
    `The authority took its warning notice back${on(withdrawnOn)}.`,
  RiseInvolvementRecorded: ({ kind, from, expectedTo }) =>
    `RISE teams of the Department for Education give it ${riseKindsInWords[kind]} from ${dayInWords(from)}${expectedTo === undefined ? '' : `, until ${dayInWords(expectedTo)} as expected`}.`,
  RiseInvolvementEnded: ({ endedOn }) => `The involvement of RISE teams ended${on(endedOn)}.`,
};
