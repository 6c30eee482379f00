import type { EntitlementEvent } from '#domain';
import type { SentencesFor } from './words';
import { counted } from './words';

export const supportSentences: SentencesFor<EntitlementEvent> = {
  EntitlementGranted: ({ academicYear, ...allowance }) =>
    `For ${academicYear} it is entitled to ${allowanceInWords(allowance)}.`,
  EntitlementAdjusted: ({ academicYear, now }) =>
    `Its entitlement for ${academicYear} is now ${allowanceInWords(now)}.`,
};

/** "3 headline visits, 9 days of pupil champions and no days of leadership champions, paid by the authority". */
function allowanceInWords(allowance: {
  readonly headlineVisits: number;
  readonly sspcHalfDays: number;
  readonly sslcHalfDays: number;
  readonly fundedPercent: number;
}): string {
  const { headlineVisits, sspcHalfDays, sslcHalfDays, fundedPercent } = allowance;
  const days = (halves: number): string =>
    halves === 0 ? 'no days' : halves === 2 ? '1 day' : `${halves / 2} days`;
  const paid =
    fundedPercent === 100
      ? 'paid by the authority'
      : fundedPercent === 0
        ? 'at the school’s own cost'
        : `${fundedPercent}% paid by the authority`;
  return `${headlineVisits === 0 ? 'no headline visits' : counted(headlineVisits, 'headline visit')}, ${days(sspcHalfDays)} of pupil champions and ${days(sslcHalfDays)} of leadership champions, ${paid}`;
}
