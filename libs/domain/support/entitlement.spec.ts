import { asDeclared, given } from '#kernel';
import type { Offer, OfferRow } from '../shared/framework';
import type { Category } from '../shared/words';
import { decider as bare, entitlement } from './entitlement';
import type { EntitlementEvent } from './events';
import { entitlementEvents } from './events';

const decider = asDeclared(entitlementEvents, bare);
const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const schoolId = uuid(900001);
const becauseOf = uuid(1);

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
const prevention = {
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
const versions = {
  'offer-26': offer('offer-26', '2026/27', '2026-09-01', rows),
  'offer-26b': offer('offer-26b', '2026/27', '2027-01-01', [
    row('Prevention', { ...prevention, headlineVisits: 4 }),
  ]),
  'offer-27': offer('offer-27', '2027/28', '2027-09-01', rows),
};
const known = (...periods: readonly [from: string, category: Category][]) => ({
  school: { registered: true, status: 'maintained' } as const,
  categorisation: { periods: periods.map(([from, category]) => ({ from, category })) },
  offers: { versions },
});
const granted = (more: object = {}): EntitlementEvent => ({
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
const adjusted = (more: object = {}): EntitlementEvent => ({
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
const grant = { schoolId, effectiveFrom: '2026-09-15', offerVersion: 'offer-26', becauseOf };

describe('granting an entitlement', () => {
  it('follows the category and the status by the offer the school was told of', () => {
    given(decider, [], known(['2026-09-15', 'Prevention']))
      .when('GrantEntitlement', grant)
      .then([granted()])
      .again()
      .silent();
    const academy = {
      ...known(['2026-09-15', 'Prevention']),
      school: { registered: true, status: 'academy' } as const,
    };
    given(decider, [], academy)
      .when('GrantEntitlement', grant)
      .then([granted({ status: 'academy', fundedPercent: 0 })]);
  });

  it('without an offer told of takes the one in force on the day', () => {
    const { offerVersion: _, ...untold } = grant;
    given(decider, [], known(['2026-09-15', 'Prevention']))
      .when('GrantEntitlement', untold)
      .then([granted()]);
    given(decider, [], known(['2027-02-01', 'Prevention']))
      .when('GrantEntitlement', { ...untold, effectiveFrom: '2027-02-01' })
      .then([
        granted({ offerVersion: 'offer-26b', effectiveFrom: '2027-02-01', headlineVisits: 4 }),
      ]);
  });

  it('brings the whole of the new row when the category changes in the year', () => {
    given(decider, [granted()], known(['2026-09-15', 'Prevention'], ['2026-11-01', 'Intervention']))
      .when('GrantEntitlement', { ...grant, effectiveFrom: '2026-11-01' })
      .then([adjusted()])
      .again()
      .silent();
  });

  it('goes by the category last in force in the year, whatever is corrected before it', () => {
    const { offerVersion: _, ...untold } = grant;
    const corrected = known(['2026-09-15', 'Intervention'], ['2026-11-01', 'Prevention']);
    given(decider, [granted()], corrected).when('GrantEntitlement', untold).silent();
  });

  it('of a category from an earlier year counts from the first day of the year', () => {
    given(decider, [], known(['2026-09-15', 'Prevention']))
      .when('GrantEntitlement', { ...grant, effectiveFrom: '2027-10-01' })
      .then([
        granted({ academicYear: '2027/28', offerVersion: 'offer-27', effectiveFrom: '2027-09-01' }),
      ]);
  });

  it('is refused without school, category, offer or row', () => {
    const school = known(['2026-09-15', 'Prevention']);
    given(decider, [], { ...school, school: { registered: false } })
      .when('GrantEntitlement', grant)
      .refused('SchoolNotRegistered');
    given(decider, [], known())
      .when('GrantEntitlement', grant)
      .refused('NoCategoryInYear', '2026/27');
    given(decider, [], known(['2027-09-01', 'Prevention']))
      .when('GrantEntitlement', grant)
      .refused('NoCategoryInYear');
    given(decider, [], { ...school, offers: { versions: {} } })
      .when('GrantEntitlement', grant)
      .refused('YearHasNoOffer', '2026/27');
    given(decider, [], known(['2026-09-15', 'Enhancement']))
      .when('GrantEntitlement', grant)
      .refused('OfferHasNoRow', 'Enhancement');
  });

  it('stands on a stream of the school and the year', () => {
    expect(entitlement.stream(grant)).toBe(`entitlement-${schoolId}-2026-27`);
  });
});
