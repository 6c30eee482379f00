import { asDeclared } from '#kernel';
import type { Offer, OfferRow } from '../shared/framework';
import type { Category } from '../shared/words';
import { decider as bare } from './entitlement';
import type { EntitlementEvent, Pot } from './events';
import { entitlementEvents } from './events';

/* What one invented school is entitled to, for the specs of this context. */
type DataFor<T extends EntitlementEvent['type']> = Extract<EntitlementEvent, { type: T }>['data'];

export const decider = asDeclared(entitlementEvents, bare);
export const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
export const schoolId = uuid(900001);
const becauseOf = uuid(1);
export const academicYear = '2026/27';

const row = (category: Category, more: Partial<OfferRow>): OfferRow => ({
  category,
  status: 'maintained',
  headlineVisits: 1,
  sspcHalfDays: 0,
  sslcHalfDays: 0,
  headlineVisitsCountAgainstDays: false,
  fundedPercent: 100,
  ...more,
});
export const prevention = {
  category: 'Prevention',
  headlineVisits: 3,
  sspcHalfDays: 18,
  sslcHalfDays: 0,
  fundedPercent: 100,
} as const;
const intervention = {
  category: 'Intervention',
  headlineVisits: 5,
  sspcHalfDays: 36,
  sslcHalfDays: 36,
  fundedPercent: 100,
} as const;
const offer = (
  version: string,
  academicYear: string,
  effectiveFrom: string,
  rows: OfferRow[],
): Offer => ({
  version,
  title: 'Example offer for specs',
  example: true,
  academicYear,
  boardAgreedOn: '2026-06-01',
  effectiveFrom,
  rows,
});
const rows = [
  row('Prevention', prevention),
  row('Intervention', intervention),
  row('Prevention', { ...prevention, status: 'academy', fundedPercent: 0 }),
];
export const versions = {
  'offer-26': offer('offer-26', '2026/27', '2026-09-01', rows),
  'offer-26b': offer('offer-26b', '2026/27', '2027-01-01', [
    row('Prevention', { ...prevention, headlineVisits: 4 }),
  ]),
  'offer-27': offer('offer-27', '2027/28', '2027-09-01', rows),
};
export const known = (...periods: readonly [from: string, category: Category][]) => ({
  school: { registered: true, status: 'maintained' } as const,
  categorisation: { periods: periods.map(([from, category]) => ({ from, category })) },
  offers: { versions },
});
export const granted = (more: object = {}): EntitlementEvent => ({
  type: 'EntitlementGranted',
  data: {
    schoolId,
    academicYear: '2026/27',
    status: 'maintained',
    offerVersion: 'offer-26',
    effectiveFrom: '2026-09-15',
    becauseOf,
    ...prevention,
    ...more,
  },
});
export const adjusted = (more: object = {}): EntitlementEvent => ({
  type: 'EntitlementAdjusted',
  data: {
    schoolId,
    academicYear: '2026/27',
    status: 'maintained',
    offerVersion: 'offer-26',
    effectiveFrom: '2026-11-01',
    becauseOf,
    was: prevention,
    now: intervention,
    ...more,
  },
});
export const grant = { schoolId, effectiveFrom: '2026-09-15', offerVersion: 'offer-26', becauseOf };

export const reservationId = uuid(30);
export const deploymentId = uuid(40);
export const visitId = uuid(50);
const entry = { schoolId, academicYear, reservationId, deploymentId };
export const extra = (more: Partial<DataFor<'ExtraDaysApproved'>> = {}): EntitlementEvent => ({
  type: 'ExtraDaysApproved',
  data: {
    schoolId,
    academicYear,
    approvalId: uuid(60),
    pot: 'sspc',
    halfDays: 4,
    reason: 'Two classes lost their teacher.',
    approverId: 'person-head-of-service',
    ...more,
  },
});
export const reserved = (more: Partial<DataFor<'DaysReserved'>> = {}): EntitlementEvent => ({
  type: 'DaysReserved',
  data: { ...entry, halfDays: 10, role: 'SSPC', pot: 'sspc', ...more },
});
export const released = (more: Partial<DataFor<'DaysReleased'>> = {}): EntitlementEvent => ({
  type: 'DaysReleased',
  data: { ...entry, halfDays: 10, ...more },
});
export const consumed = (more: Partial<DataFor<'DaysConsumed'>> = {}): EntitlementEvent => ({
  type: 'DaysConsumed',
  data: { ...entry, visitId, halfDays: 3, ...more },
});
export const amended = (
  was: number,
  halfDays: number,
  more: Partial<DataFor<'DaysConsumedAmended'>> = {},
): EntitlementEvent => ({
  type: 'DaysConsumedAmended',
  data: { ...entry, visitId, halfDays, was, ...more },
});
/** By how many of each pot, e.g. nothing left of one. */
export const lapsed = (left: Readonly<Record<Pot, number>>): EntitlementEvent => ({
  type: 'EntitlementLapsed',
  data: { schoolId, academicYear, sspcHalfDays: left.sspc, sslcHalfDays: left.sslc },
});
