import type { ClaimEvent } from '#domain';
import { daysInWords } from './support';
import type { SentencesFor } from './words';
import { counted, on } from './words';

/** Pence as pounds: 123450 → "£1,234.50". */
export function poundsInWords(pence: number): string {
  const pounds = String(Math.floor(pence / 100)).replace(/\B(?=(\d{3})+$)/g, ',');
  return `£${pounds}.${String(pence % 100).padStart(2, '0')}`;
}

export const moneySentences: SentencesFor<ClaimEvent> = {
  ReimbursementClaimed: ({ visits, halfDays, amountPence, authorityPence, schoolPence }) =>
    `${poundsInWords(amountPence)} was claimed for ${counted(visits.length, 'visit')} of a champion (${daysInWords(halfDays)}): ${poundsInWords(authorityPence)} for the authority to pay, ${poundsInWords(schoolPence)} for the school.`,
  ReimbursementApproved: ({ amountPence, approvedOn }) =>
    `A claim of ${poundsInWords(amountPence)} for visits of a champion was approved${on(approvedOn)}.`,
  ReimbursementRejected: ({ rejectedOn }) =>
    `A claim for visits of a champion was rejected${on(rejectedOn)}.`,
  ReimbursementPaid: ({ amountPence, paidOn }) =>
    `The champion’s school was paid ${poundsInWords(amountPence)}${on(paidOn)}.`,
  SupportInvoiced: ({ amountPence, sharePercent, claimIds, invoicedOn }) =>
    `The supported school was invoiced ${poundsInWords(amountPence)}, its ${sharePercent}% of ${counted(claimIds.length, 'claim')}${on(invoicedOn)}.`,
};
