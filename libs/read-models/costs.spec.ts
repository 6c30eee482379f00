import fc from 'fast-check';
import type { Claim } from './claims';
import { claimStages } from './claims';
import type { CostGround } from './costs';
import { costLines, costsFrom, financialYearOf, sumsOnly } from './costs';
import type { RegisterEntry } from './register';
import type { SchoolCard } from './schools';

/* Costs beside a fold of their own: penny by penny, visit by visit. */
const schoolIds = ['a', 'b', 'c'];
const homes = ['h', 'i', 'elsewhere'];
const days = ['2025-08-31', '2025-09-01', '2026-03-31', '2026-04-01', '2026-09-01', '2026-11-05'];

const visit = fc.record({
  visitedOn: fc.constantFrom(...days),
  halfDays: fc.integer({ min: 1, max: 4 }),
  amountPence: fc.integer({ min: 1, max: 99_999 }),
});
const claim = fc
  .record({
    schoolId: fc.constantFrom(...schoolIds),
    homeSchoolId: fc.constantFrom(...homes),
    stage: fc.constantFrom(...claimStages),
    visits: fc.array(visit, { minLength: 1, maxLength: 4 }),
    authorityPercent: fc.constantFrom(0, 33, 50, 100),
    invoiced: fc.boolean(),
  })
  .map(({ invoiced, visits, authorityPercent, ...rest }) => {
    const amountPence = visits.reduce((sum, one) => sum + one.amountPence, 0);
    const schoolPence = Math.floor((amountPence * (100 - authorityPercent)) / 100);
    const authorityPence = amountPence - schoolPence;
    return {
      ...{ ...rest, visits, authorityPercent, amountPence, authorityPence, schoolPence },
      ...(invoiced ? { invoiceId: 'i' } : {}),
    } as unknown as Claim;
  });
const claims = fc.array(claim, { maxLength: 12 });

const cards = new Map(
  [...schoolIds, 'h', 'i'].map((id) => [id, { schoolId: id, urn: id, name: id } as SchoolCard]),
);
const entries = new Map<string, RegisterEntry>([
  [
    'a',
    {
      schoolId: 'a',
      periods: [
        { from: '2025-01-01', category: 'Prevention', changeId: '1', recordedAt: '' },
        { from: '2026-04-01', category: 'Intervention', changeId: '2', recordedAt: '' },
      ],
    },
  ],
  [
    'b',
    {
      schoolId: 'b',
      periods: [{ from: '2025-09-01', category: 'Enhancement', changeId: '3', recordedAt: '' }],
    },
  ],
]);
const ground = (of: readonly Claim[]): CostGround => ({
  lines: costLines(of),
  schools: cards,
  register: entries,
});
const categoryOn = (schoolId: string, day: string): string =>
  schoolId === 'a'
    ? day >= '2026-04-01'
      ? 'Intervention'
      : 'Prevention'
    : schoolId === 'b' && day >= '2025-09-01'
      ? 'Enhancement'
      : 'none';

/** What was spent, by a loop over claims and nothing else. */
function summed(of: readonly Claim[], which: (schoolId: string, day: string) => boolean) {
  const sums = { halfDays: 0, costPence: 0, claimed: 0, approved: 0, paid: 0 };
  for (const { stage, schoolId, visits } of of) {
    if (stage === 'rejected') continue;
    for (const { visitedOn, halfDays, amountPence } of visits) {
      if (!which(schoolId, visitedOn)) continue;
      sums.halfDays += halfDays;
      sums.costPence += amountPence;
      sums[stage] += amountPence;
    }
  }
  const { claimed: claimedPence, approved: approvedPence, paid: paidPence, ...rest } = sums;
  return { ...rest, claimedPence, approvedPence, paidPence };
}

describe('costs', () => {
  it('come to what the claims come to, by year, category and school', () => {
    fc.assert(
      fc.property(claims, (of) => {
        const costs = costsFrom(ground(of), { limit: 100 });
        expect(costs.total).toMatchObject(summed(of, () => true));
        for (const { year, ...spent } of costs.byAcademicYear) {
          const [first, last] = [`${year.slice(0, 4)}-09-01`, `20${year.slice(5)}-08-31`];
          expect(spent).toMatchObject(summed(of, (_, day) => first <= day && day <= last));
        }
        for (const { year, ...spent } of costs.byFinancialYear) {
          const [first, last] = [`${year.slice(0, 4)}-04-01`, `20${year.slice(5)}-03-31`];
          expect(spent).toMatchObject(summed(of, (_, day) => first <= day && day <= last));
        }
        for (const { category, schools: n, ...spent } of costs.byCategory) {
          const within = (id: string, day: string) => categoryOn(id, day) === category;
          expect(spent).toMatchObject(summed(of, within));
          const visited = schoolIds.filter(
            (id) => summed(of, (s, day) => s === id && within(s, day)).halfDays > 0,
          );
          expect(n).toBe(visited.length);
        }
        for (const { school, ...spent } of costs.schools.items)
          expect(spent).toMatchObject(summed(of, (id) => id === school.schoolId));
        const parts = [costs.byAcademicYear, costs.byFinancialYear, costs.byCategory];
        for (const part of parts)
          expect(part.reduce((sum, { costPence }) => sum + costPence, 0)).toBe(
            costs.total.costPence,
          );
      }),
    );
  });

  it('share out each claim to the penny, whatever is asked for of it', () => {
    fc.assert(
      fc.property(claims, (of) => {
        const standing = of.filter(({ stage }) => stage !== 'rejected');
        const { total } = costsFrom(ground(of), {});
        const whole = (field: 'authorityPence' | 'schoolPence', some = standing) =>
          some.reduce((sum, one) => sum + one[field], 0);
        expect(total.authorityPence).toBe(whole('authorityPence'));
        expect(total.schoolPence).toBe(whole('schoolPence'));
        const invoiced = standing.filter(({ invoiceId }) => invoiceId !== undefined);
        expect(total.invoicedPence).toBe(whole('schoolPence', invoiced));
        for (const line of costLines(of)) {
          expect(line.authorityPence + line.schoolPence).toBe(line.amountPence);
          for (const pence of [line.authorityPence, line.schoolPence])
            expect(Number.isSafeInteger(pence) && pence >= 0).toBe(true);
        }
      }),
    );
  });

  it('of one year are those of that year, and the years beside it stay', () => {
    fc.assert(
      fc.property(claims, (of) => {
        const all = costsFrom(ground(of), {});
        const year = costsFrom(ground(of), { academicYear: '2025/26' });
        expect(year.total.costPence).toBe(
          all.byAcademicYear.find((one) => one.year === '2025/26')?.costPence ?? 0,
        );
        expect(year.byFinancialYear).toEqual(all.byFinancialYear);
        const financial = costsFrom(ground(of), { financialYear: '2026/27' });
        expect(financial.total.costPence).toBe(
          all.byFinancialYear.find((one) => one.year === '2026/27')?.costPence ?? 0,
        );
      }),
    );
  });

  const one = (homeSchoolId: string, schoolId = 'a'): Claim =>
    ({
      ...{ schoolId, homeSchoolId, stage: 'paid', amountPence: 300, authorityPence: 300 },
      ...{ schoolPence: 0, visits: [{ visitedOn: '2026-03-31', halfDays: 1, amountPence: 300 }] },
    }) as unknown as Claim;

  it('say what share goes to schools of the county, and what a day costs', () => {
    const { withCountySchools, total } = costsFrom(
      ground([one('h'), one('i'), one('elsewhere')]),
      {},
    );
    expect(withCountySchools).toEqual({ costPence: 600, percent: 66.7 });
    expect(total.perDayPence).toBe(600);
    expect(costsFrom(ground([]), {})).toMatchObject({
      withCountySchools: { costPence: 0 },
      total: { costPence: 0 },
    });
    expect(costsFrom(ground([]), {}).total).not.toHaveProperty('perDayPence');
  });

  it('are sums only where one category holds few schools, and then name no category at all', () => {
    const few = sumsOnly(costsFrom(ground([one('h'), one('h', 'c')]), {}));
    expect(few).toHaveProperty('withheld');
    expect(JSON.stringify(few)).not.toMatch(/"a"|"c"|"h"|Prevention/);
    const none = sumsOnly(costsFrom(ground([]), {}));
    expect(none).toHaveProperty('byCategory');
  });

  it('know where a financial year begins', () => {
    expect(['2026-03-31', '2026-04-01', '1999-12-31'].map(financialYearOf)).toEqual([
      ...['2025/26', '2026/27', '1999/00'],
    ]);
  });
});
