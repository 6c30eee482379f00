import fc from 'fast-check';
import {
  daysAfter,
  daysBetween,
  lastDayRunOut,
  monthsAfter,
  workingDaysAfter,
} from './working-days';

const ofYear = (year: string, days: string) =>
  [year, { days: days.split(' ').map((day) => `${year}-${day}`) }] as const;
const england = Object.fromEntries([
  ofYear('2022', '01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27'),
  ofYear('2026', '01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28'),
  ofYear('2027', '01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28'),
]);

describe('working days', () => {
  it.each([
    ['a Monday', '2026-11-23', 5, '2026-11-30'],
    ['a Friday', '2026-11-20', 1, '2026-11-23'],
    ['a Saturday', '2026-11-21', 5, '2026-11-27'],
    ['Christmas Eve, a Thursday', '2026-12-24', 5, '2027-01-05'],
    ['the Thursday before Easter', '2027-03-25', 1, '2027-03-30'],
    ['nothing to count', '2026-11-21', 0, '2026-11-21'],
  ])('leave out weekends and bank holidays: from %s', (_, day, n, then) => {
    expect(workingDaysAfter(day, n, england)).toEqual({ day: then, holidaysKnown: true });
  });

  it('leave out weekends only where nothing is published, and say so', () => {
    expect(workingDaysAfter('2026-12-24', 5, {})).toEqual({
      day: '2026-12-31',
      holidaysKnown: false,
    });
    // Half of the way through a year that is published, half not.
    const only2026 = { '2026': { days: ['2026-12-25', '2026-12-28'] } };
    expect(workingDaysAfter('2026-12-24', 2, only2026)).toEqual({
      day: '2026-12-30',
      holidaysKnown: true,
    });
    expect(workingDaysAfter('2026-12-24', 4, only2026)).toEqual({
      day: '2027-01-01',
      holidaysKnown: false,
    });
  });

  it('know the last day from which a term has run out', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2000 }), fc.integer({ min: 1, max: 20 }), (on, n) => {
        const today = daysAfter('2022-06-01', on);
        const last = lastDayRunOut(today, n, england);
        expect(workingDaysAfter(last, n, england).day < today).toBe(true);
        expect(workingDaysAfter(daysAfter(last, 1), n, england).day < today).toBe(false);
      }),
    );
  });
});

it('counts days and months across the ends of months and years', () => {
  expect(daysAfter('2026-02-28', 1)).toBe('2026-03-01');
  expect(daysBetween('2026-12-31', '2027-01-02')).toBe(2);
  expect(daysBetween('2026-03-02', '2026-03-01')).toBe(-1);
  expect(monthsAfter('2026-01-31', 1)).toBe('2026-02-28');
  expect(monthsAfter('2026-12-15', 2)).toBe('2027-02-15');
  expect(monthsAfter('2027-12-31', 2)).toBe('2028-02-29');
});
