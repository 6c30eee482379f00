import { array, assert, constantFrom, integer, property, record } from 'fast-check';
import type { RateCard } from '#domain';
import { moneyOf } from './allowance-money';
import type { AllowanceEntry } from './allowances';
import type { Deployment } from './deployments';

const card = (effectiveFrom: string, pence: number): RateCard => ({
  ...{ version: `from-${effectiveFrom}`, title: 'Invented', example: true, effectiveFrom },
  boardAgreedOn: '2022-07-06',
  rates: [
    { role: 'SSLC', pencePerHalfDay: pence + 5000 },
    { role: 'SSPC', pencePerHalfDay: pence },
    { role: 'ABLE', pencePerHalfDay: pence + 1 },
  ],
});
// As they are listed: those that took effect last first.
const cards = [card('2027-01-01', 20_000), card('2022-09-01', 17_500)];
const nothing = { granted: 0, extra: 0, reserved: 0, consumed: 0, released: 0, left: 0 };
const entry = (sspc: number, extra: number, fundedPercent: number) =>
  ({
    granted: { fundedPercent },
    pots: { sspc: { ...nothing, granted: sspc, extra }, sslc: nothing },
  }) as unknown as AllowanceEntry;
const work = (
  role: Deployment['role'],
  visits: readonly (readonly [string, number])[],
  over: object = {},
) =>
  ({
    ...{ role, stage: 'started', halfDaysAgreed: 12, payer: { authorityPercent: 100 } },
    halfDaysUsed: visits.reduce((sum, [, halfDays]) => sum + halfDays, 0),
    visits: Object.fromEntries(
      visits.map(([visitedOn, halfDays], i) => [String(i), { visitedOn, halfDays }]),
    ),
    ...over,
  }) as unknown as Deployment;
const year = { academicYear: '2026/27', today: '2026-11-23' };

describe('allowances in pounds', () => {
  it('cost each visit at the rate of its role on its day, and the rest at that of the day asked about', () => {
    const { pots, byRole, rateVersion } = moneyOf(
      {
        entries: [entry(18, 2, 100), entry(9, 0, 50)],
        deployments: [
          work('SSPC', [
            ['2026-10-01', 2],
            ['2027-01-10', 1],
          ]),
          work('ABLE', [['2026-10-01', 1]], { payer: { authorityPercent: 50 } }),
          work('SSLC', [['2026-10-01', 1]], { stage: 'closed' }),
        ],
        cards,
      },
      year,
    );
    expect(rateVersion).toBe('from-2022-09-01');
    expect(byRole).toEqual([
      { role: 'SSLC', halfDaysUsed: 1, halfDaysSetAside: 0, usedPence: 22_500, setAsidePence: 0 },
      {
        ...{ role: 'SSPC', halfDaysUsed: 3, halfDaysSetAside: 9 },
        ...{ usedPence: 2 * 17_500 + 20_000, setAsidePence: 9 * 17_500 },
      },
      {
        ...{ role: 'ABLE', halfDaysUsed: 1, halfDaysSetAside: 11 },
        ...{ usedPence: 8751, setAsidePence: Math.round((11 * 17_501) / 2) },
      },
    ]);
    expect(pots?.sspc).toMatchObject({
      grantedPence: 18 * 17_500 + 9 * 8750,
      extraPence: 2 * 17_500,
      usedPence: 55_000 + 8751,
    });
  });

  it('expect an overspend by the forecast, or by what is set aside where that is more', () => {
    const of = (deployments: readonly Deployment[], today: string) =>
      moneyOf({ entries: [entry(10, 0, 100)], deployments, cards }, { ...year, today }).pots?.sspc;
    // 12 half-days agreed of 10 granted: an exception, and it shows.
    expect(of([work('SSPC', [['2026-10-01', 2]])], '2026-11-23')).toMatchObject({
      overspendPence: 2 * 17_500,
    });
    // 4 half-days in 30 of 365 days: some 49 by the end.
    const quick = of([work('SSPC', [['2026-09-10', 4]], { stage: 'closed' })], '2026-09-30');
    const forecastPence = Math.round((4 * 17_500 * 365) / 30);
    expect(quick).toMatchObject({ forecastPence, overspendPence: forecastPence - 175_000 });
    expect(of([], '2026-11-23')).toMatchObject({ forecastPence: 0, overspendPence: 0 });
    expect(of([], '2026-08-01')).not.toHaveProperty('overspendPence');
  });

  it('say what schools hold beyond what they may have now, school by school', () => {
    const holds = (granted: number, extra: number, reserved: number) =>
      ({
        granted: { fundedPercent: 100 },
        pots: { sspc: { ...nothing, granted, extra, reserved }, sslc: nothing },
      }) as unknown as AllowanceEntry;
    const { pots } = moneyOf(
      { entries: [holds(0, 0, 5), holds(18, 0, 2), holds(4, 2, 9)], deployments: [], cards },
      year,
    );
    expect([pots?.sspc.halfDaysBeyond, pots?.sslc.halfDaysBeyond]).toEqual([8, 0]);
  });

  it('are not told where there is no rate', () => {
    const { says, ...rest } = moneyOf({ entries: [], deployments: [], cards: [] }, year);
    expect(rest).toEqual({});
    expect(says).toContain('no rate card');
  });

  it('are whole pence, and pots are the sums of their roles', () => {
    const visits = array(
      record({
        on: constantFrom('2026-09-05', '2027-02-01'),
        halfDays: integer({ min: 1, max: 4 }),
      }),
      { maxLength: 4 },
    );
    const deployment = record({
      role: constantFrom('SSPC' as const, 'ABLE' as const, 'SSLC' as const),
      percent: integer({ min: 0, max: 100 }),
      visits,
    });
    assert(
      property(array(deployment, { maxLength: 8 }), (all) => {
        const { pots, byRole = [] } = moneyOf(
          {
            entries: [entry(7, 1, 33)],
            deployments: all.map(({ role, percent, visits: made }) =>
              work(
                role,
                made.map(({ on, halfDays }) => [on, halfDays] as const),
                {
                  payer: { authorityPercent: percent },
                },
              ),
            ),
            cards,
          },
          year,
        );
        const sum = (roles: readonly string[], field: 'usedPence' | 'setAsidePence') =>
          byRole
            .filter(({ role }) => roles.includes(role))
            .reduce((total, one) => total + one[field], 0);
        for (const field of ['usedPence', 'setAsidePence'] as const) {
          expect(pots?.sspc[field]).toBe(sum(['SSPC', 'ABLE'], field));
          expect(pots?.sslc[field]).toBe(sum(['SSLC'], field));
        }
        for (const figure of [
          ...Object.values(pots?.sspc ?? {}),
          ...Object.values(pots?.sslc ?? {}),
        ])
          expect(Number.isInteger(figure)).toBe(true);
      }),
    );
  });
});
