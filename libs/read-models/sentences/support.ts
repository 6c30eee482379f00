import type { EntitlementEvent } from '#domain';
import type { SentencesFor } from './words';
import { counted } from './words';

export const supportSentences: SentencesFor<EntitlementEvent> = {
  EntitlementGranted: ({ academicYear, ...allowance }) =>
    `For ${academicYear} it is entitled to ${allowanceInWords(allowance)}.`,
  EntitlementAdjusted: ({ academicYear, now }) =>
    `Its entitlement for ${academicYear} is now ${allowanceInWords(now)}.`,
  ExtraDaysApproved: ({ academicYear, halfDays, pot }) =>
    `The Head of Service approved ${daysInWords(halfDays)} more of ${potWords[pot]} for ${academicYear}.`,
  DaysReserved: ({ academicYear, halfDays, pot }) =>
    `${capital(daysInWords(halfDays))} of ${potWords[pot]} were set aside of its allowance for ${academicYear}.`,
  DaysReleased: ({ academicYear, halfDays }) =>
    halfDays === 0
      ? `All that was set aside for a deployment in ${academicYear} had been used.`
      : `${capital(daysInWords(halfDays))} that were set aside went back to its allowance for ${academicYear}.`,
  DaysConsumed: ({ halfDays }) => `A visit used ${daysInWords(halfDays)} of its allowance.`,
  DaysConsumedAmended: ({ halfDays, was }) =>
    `A visit was put right: it used ${daysInWords(halfDays)} of its allowance, not ${daysInWords(was)}.`,
  EntitlementLapsed: ({ academicYear, sspcHalfDays, sslcHalfDays }) =>
    `With the end of ${academicYear}, ${daysInWords(sspcHalfDays + sslcHalfDays)} of its allowance lapsed.`,
};

const potWords = {
  sspc: 'pupil champions and ABLE',
  sslc: 'leadership champions',
} as const;

const capital = (words: string): string => words.slice(0, 1).toUpperCase() + words.slice(1);

/** Half-days as days: "no days", "half a day", "1 day", "2.5 days". */
export const daysInWords = (halves: number): string =>
  halves === 0
    ? 'no days'
    : halves === 1
      ? 'half a day'
      : halves === 2
        ? '1 day'
        : `${halves / 2} days`;

/** "3 headline visits, 9 days of pupil champions and no days of leadership champions, paid by the authority". */
function allowanceInWords(allowance: {
  readonly headlineVisits: number;
  readonly sspcHalfDays: number;
  readonly sslcHalfDays: number;
  readonly headlineVisitHalfDays?: number;
  readonly fundedPercent: number;
}): string {
  const { headlineVisits, sspcHalfDays, sslcHalfDays, headlineVisitHalfDays, fundedPercent } =
    allowance;
  const paid =
    fundedPercent === 100
      ? 'paid by the authority'
      : fundedPercent === 0
        ? 'at the school’s own cost'
        : `${fundedPercent}% paid by the authority`;
  const besides =
    headlineVisitHalfDays === undefined
      ? ''
      : ` besides the ${daysInWords(headlineVisitHalfDays)} that headline visits take`;
  return `${headlineVisits === 0 ? 'no headline visits' : counted(headlineVisits, 'headline visit')}, ${daysInWords(sspcHalfDays)} of pupil champions and ${daysInWords(sslcHalfDays)} of leadership champions${besides}, ${paid}`;
}
