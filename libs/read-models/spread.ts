/** How a set of figures is spread: how many there are, and where the middle and the long end lie. */
export type Spread = {
  readonly n: number;
  /** Absent where there is nothing to be the middle of. */
  readonly median?: number;
  readonly p90?: number;
  /** One decimal. */
  readonly mean?: number;
};

export const SPREAD_METHOD =
  'Median and p90 are by nearest rank: the smallest figure that at least half, or nine tenths, of all figures do not exceed. They are figures that occurred, never ones in between.';

/** The smallest of the figures, in ascending order, that at least `share` of them do not exceed. */
function nearestRank(ascending: readonly number[], tenths: number): number | undefined {
  // In whole tenths: 0.9 × 10 is not 9 in binary fractions of every size.
  return ascending[Math.max(0, Math.ceil((tenths * ascending.length) / 10) - 1)];
}

export function spreadOf(figures: readonly number[]): Spread {
  const ascending = figures.toSorted((a, b) => a - b);
  const n = ascending.length;
  const [median, p90] = [nearestRank(ascending, 5), nearestRank(ascending, 9)];
  if (median === undefined || p90 === undefined) return { n };
  const sum = ascending.reduce((total, figure) => total + figure, 0);
  return { n, median, p90, mean: Math.round((10 * sum) / n) / 10 };
}

/** Of a hundred, one decimal; undefined of nothing. */
export const percentOf = (part: number, of: number): number | undefined =>
  of === 0 ? undefined : Math.round((1000 * part) / of) / 10;
