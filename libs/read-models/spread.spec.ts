import { array, assert, integer, property } from 'fast-check';
import { percentOf, spreadOf } from './spread';

describe('a spread', () => {
  it('has for median and p90 the smallest figures that half and nine tenths do not exceed', () => {
    assert(
      property(array(integer({ min: -50, max: 500 }), { minLength: 1, maxLength: 200 }), (all) => {
        const smallest = (tenths: number) =>
          Math.min(
            ...all.filter(
              (one) => 10 * all.filter((other) => other <= one).length >= tenths * all.length,
            ),
          );
        const { n, median, p90, mean = NaN } = spreadOf(all);
        expect([n, median, p90]).toEqual([all.length, smallest(5), smallest(9)]);
        const exactly = all.reduce((sum, one) => sum + one, 0) / n;
        expect(Math.abs(mean - exactly)).toBeLessThanOrEqual(0.0501);
      }),
    );
  });

  it('of nothing says that it is of nothing', () => {
    expect(spreadOf([])).toEqual({ n: 0 });
    expect(percentOf(0, 0)).toBeUndefined();
  });

  it('of ten has the ninth for p90, and of eleven the tenth', () => {
    const upTo = (n: number) => Array.from({ length: n }, (_, i) => n - i);
    expect(spreadOf(upTo(10))).toEqual({ n: 10, median: 5, p90: 9, mean: 5.5 });
    expect(spreadOf(upTo(11))).toEqual({ n: 11, median: 6, p90: 10, mean: 6 });
    expect(percentOf(1, 3)).toBe(33.3);
  });
});
