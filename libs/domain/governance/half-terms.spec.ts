import { daysAfter } from '../shared/working-days';
import { canBeIn, usualDaysOf, usualHalfTermOn } from './half-terms';

describe('the half-terms as they usually lie', () => {
  it('fill the year, one after another, each where a meeting of it can lie', () => {
    let day = '2026-09-01';
    for (const halfTerm of [1, 2, 3, 4, 5, 6]) {
      const { first, last } = usualDaysOf('2026/27', halfTerm)!;
      expect(first).toBe(day);
      for (; day <= last; day = daysAfter(day, 1)) {
        expect({ day, halfTerm: usualHalfTermOn(day) }).toEqual({ day, halfTerm });
        expect({ day, can: canBeIn(halfTerm, day) }).toEqual({ day, can: true });
      }
    }
    expect(day).toBe('2027-09-01');
  });

  it('are six', () => {
    expect([usualDaysOf('2026/27', 0), usualDaysOf('2026/27', 7)]).toEqual([undefined, undefined]);
    expect(usualDaysOf('2026', 1)).toBeUndefined();
  });
});
