import type { ClaimEvent } from '#domain';
import { claims } from './claims';
import { documentsAfter } from './folded-in-specs';
import { moneySentences, poundsInWords } from './sentences/money';

const about = { deploymentId: 'd', schoolId: 's', homeSchoolId: 'h', claimId: 'c' };
const line = (visitedOn: string) => ({
  ...{ visitId: visitedOn, visitedOn, halfDays: 1 },
  ...{ rateVersion: 'r', pencePerHalfDay: 61_725, amountPence: 61_725 },
});
const claimed: Extract<ClaimEvent, { type: 'ReimbursementClaimed' }> = {
  type: 'ReimbursementClaimed',
  data: {
    ...about,
    visits: [line('2026-11-12'), line('2026-11-05')],
    ...{ halfDays: 2, amountPence: 123_450 },
    ...{ authorityPercent: 50, authorityPence: 61_725, schoolPence: 61_725 },
    ...{ claimedOn: '2026-11-23', claimantId: 'person-home-head' },
  },
};
const approved: ClaimEvent = {
  type: 'ReimbursementApproved',
  data: { ...about, amountPence: 123_450, approvedOn: '2026-11-24', approverId: 'person-b' },
};
const paid: ClaimEvent = {
  type: 'ReimbursementPaid',
  data: { ...about, amountPence: 123_450, paidOn: '2026-11-30', reference: 'payment-1' },
};
const invoiced: ClaimEvent = {
  type: 'SupportInvoiced',
  data: {
    ...{ deploymentId: 'd', schoolId: 's', homeSchoolId: 'h', invoiceId: 'i', claimIds: ['c'] },
    ...{ sharePercent: 50, amountPence: 61_725, invoicedOn: '2026-12-01' },
  },
};
const rejected: ClaimEvent = {
  type: 'ReimbursementRejected',
  data: { ...about, reason: 'x', rejectedOn: '2026-11-24', rejectedById: 'person-b' },
};

describe('claims', () => {
  it('stand with their visits, and how far they have come', () => {
    const dates = { firstVisitOn: '2026-11-05', lastVisitOn: '2026-11-12' };
    expect(documentsAfter(claims, [claimed])).toEqual({
      c: { ...claimed.data, ...dates, stage: 'claimed' },
    });
    expect(documentsAfter(claims, [claimed, approved, paid, invoiced])).toEqual({
      c: {
        ...{ ...claimed.data, ...dates, stage: 'paid' },
        ...{ approvedOn: '2026-11-24', approverId: 'person-b' },
        ...{ paidOn: '2026-11-30', reference: 'payment-1' },
        ...{ invoiceId: 'i', invoicedOn: '2026-12-01' },
      },
    });
    expect(documentsAfter(claims, [claimed, rejected])).toMatchObject({
      c: { stage: 'rejected', rejectedOn: '2026-11-24' },
    });
    expect(documentsAfter(claims, [rejected, approved, paid, invoiced])).toEqual({});
  });

  it('are told in pounds', () => {
    expect([0, 5, 99_999, 123_450, 123_456_700].map(poundsInWords)).toEqual([
      ...['£0.00', '£0.05', '£999.99', '£1,234.50', '£1,234,567.00'],
    ]);
    expect(moneySentences.ReimbursementClaimed(claimed.data)).toBe(
      '£1,234.50 was claimed for 2 visits of a champion (1 day): £617.25 for the authority to pay, £617.25 for the school.',
    );
  });
});
