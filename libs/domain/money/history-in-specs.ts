import { asDeclared, given } from '#kernel';
import type { Known } from './claims';
import { decider as bare } from './claims';
import type { ClaimData, ClaimEvent, RateCard } from './events';
import { claimEvents } from './events';

/* Three visits of one invented deployment, and what is claimed for them, for the specs of this context. */
export const decider = asDeclared(claimEvents, bare);
export const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
export const deploymentId = uuid(40);
export const schoolId = uuid(900001);
export const homeSchoolId = uuid(900002);
export const claimId = uuid(60);
export const invoiceId = uuid(61);
export const [first, second, third] = [uuid(51), uuid(52), uuid(53)];
const of = { deploymentId, schoolId, homeSchoolId };

export const card: RateCard = {
  version: 'rates-1',
  title: 'Invented rates',
  example: true,
  effectiveFrom: '2022-09-01',
  boardAgreedOn: '2022-07-06',
  rates: [{ role: 'SSPC', pencePerHalfDay: 17_501 }],
};
/** In force from the day of the third visit. */
export const dearer: RateCard = {
  ...card,
  version: 'rates-2',
  effectiveFrom: '2026-11-19',
  rates: [{ role: 'SSPC', pencePerHalfDay: 20_000 }],
};
export const known: Known = {
  deployment: {
    ...{ schoolId, homeSchoolId, championPersonRef: 'person-champion', role: 'SSPC' },
    release: { homeHeadId: 'person-releasing-head' },
    payers: [{ from: '', payer: { authorityPercent: 50 } }],
    visits: {
      [first]: { visitedOn: '2026-11-05', halfDays: 2 },
      [second]: { visitedOn: '2026-11-12', halfDays: 1 },
      [third]: { visitedOn: '2026-11-19', halfDays: 2 },
    },
  },
  rates: { versions: { 'rates-1': card, 'rates-2': dearer } },
};
export const paying = (authorityPercent: number): Known => ({
  ...known,
  deployment: { ...known.deployment, payers: [{ from: '', payer: { authorityPercent } }] },
});
/** The authority pays nothing any more for the second visit and those behind it. */
export const payingLess: Known = {
  ...known,
  deployment: {
    ...known.deployment,
    payers: [...known.deployment.payers, { from: '2026-11-12', payer: { authorityPercent: 0 } }],
  },
};
export const on = (history: readonly ClaimEvent[], more: Partial<Known> = {}) =>
  given(decider, history, { ...known, ...more });

export const claim = { deploymentId, homeSchoolId, claimId, visitIds: [first, second] };
export const about = { deploymentId, claimId };
const line = (visitId: string, visitedOn: string, halfDays: number) => ({
  ...{ visitId, visitedOn, halfDays, rateVersion: 'rates-1', pencePerHalfDay: 17_501 },
  amountPence: halfDays * 17_501,
});
/** Three half-days at £175.01: the odd penny is the authority's. */
export const claimed = (more: Partial<ClaimData<'ReimbursementClaimed'>> = {}): ClaimEvent => ({
  type: 'ReimbursementClaimed',
  data: {
    ...{ ...of, claimId },
    visits: [line(first, '2026-11-05', 2), line(second, '2026-11-12', 1)],
    ...{ halfDays: 3, amountPence: 52_503 },
    ...{ authorityPercent: 50, authorityPence: 26_252, schoolPence: 26_251 },
    ...{ claimedOn: '2026-11-23', claimantId: 'person-home-head' },
    ...more,
  },
});
export const approved: ClaimEvent = {
  type: 'ReimbursementApproved',
  data: {
    ...{ ...of, claimId, amountPence: 52_503 },
    ...{ approvedOn: '2026-11-23', approverId: 'person-team-leader' },
  },
};
export const rejected: ClaimEvent = {
  type: 'ReimbursementRejected',
  data: {
    ...{ ...of, claimId, reason: 'The second visit was a day later.' },
    ...{ rejectedOn: '2026-11-23', rejectedById: 'person-team-leader' },
  },
};
export const paid: ClaimEvent = {
  type: 'ReimbursementPaid',
  data: {
    ...{ ...of, claimId, amountPence: 52_503 },
    ...{ paidOn: '2026-11-23', reference: 'payment-118' },
  },
};
export const invoiced: ClaimEvent = {
  type: 'SupportInvoiced',
  data: {
    ...{ ...of, invoiceId, claimIds: [claimId] },
    ...{ sharePercent: 50, amountPence: 26_251, invoicedOn: '2026-11-23' },
  },
};
