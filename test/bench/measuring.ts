import { performance } from 'node:perf_hooks';

/** One line of the table. */
export interface Figure {
  /** What was measured, in the words of the issue. */
  readonly what: string;
  /** What was done, as the reader of the table wants it: "812/s", "0.4 ms", "212 MB". */
  readonly ours: string;
  /** The same for what it is held against. */
  readonly beside: string;
  /** Ours in proportion to the other, or the plain value the limit is about. */
  readonly value: number;
  readonly unit: 'of bare' | 'times' | 'refused' | 's' | 'ms' | 'MB';
  /** Absent: told for the reader, held to nothing. */
  readonly limit?: { readonly atLeast: number } | { readonly atMost: number };
  /** Events behind it, where that matters. */
  readonly events?: number;
}

export const holds = ({ value, limit }: Figure): boolean =>
  limit === undefined || ('atLeast' in limit ? value >= limit.atLeast : value <= limit.atMost);

/** Does a piece of work and answers how many things it did in how many seconds. */
export type Piece = () => Promise<Done> | Done;
export interface Done {
  readonly count: number;
  readonly seconds: number;
}

export async function timed(count: number, work: () => unknown): Promise<Done> {
  const begun = performance.now();
  await work();
  return { count, seconds: (performance.now() - begun) / 1000 };
}

export const rateOf = ({ count, seconds }: Done): number => count / seconds;

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2;
}

/** Rates of two pieces of work per second and how the first stands to the second: medians over all rounds. */
export interface Beside {
  readonly ours: number;
  readonly bare: number;
  readonly ratio: number;
}

/**
 * Does the two turn and turn about, so that whatever else the machine does meets both: each round gives one ratio, and
 * the median of the ratios is told. The first round, in which code gets warm, does not count. `oursFirst`: the bare one needs
 * what ours has just done.
 */
export async function turnAbout(
  rounds: number,
  ours: Piece,
  bare: Piece,
  { oursFirst = false }: { readonly oursFirst?: boolean } = {},
): Promise<Beside> {
  const pairs: { ours: number; bare: number }[] = [];
  for (let round = 0; round <= rounds; round++) {
    const pair = { ours: 0, bare: 0 };
    const turns = [
      async () => (pair.ours = rateOf(await ours())),
      async () => (pair.bare = rateOf(await bare())),
    ];
    for (const turn of oursFirst || round % 2 === 0 ? turns : turns.toReversed()) await turn();
    if (round > 0) pairs.push(pair);
  }
  return {
    ours: median(pairs.map((pair) => pair.ours)),
    bare: median(pairs.map((pair) => pair.bare)),
    ratio: median(pairs.map((pair) => pair.ours / pair.bare)),
  };
}

const inThousands = new Intl.NumberFormat('en-GB', { maximumSignificantDigits: 3 });
export const perSecond = (rate: number): string => `${inThousands.format(rate)}/s`;
export const inMs = (seconds: number): string => `${inThousands.format(seconds * 1000)} ms`;

/** A rate beside the bare one as a line of the table. */
export const figureOf = (
  what: string,
  { ours, bare, ratio }: Beside,
  more: Pick<Figure, 'limit' | 'events'> = {},
): Figure => ({
  what,
  ours: perSecond(ours),
  beside: perSecond(bare),
  value: ratio,
  unit: 'of bare',
  ...more,
});

/** Most memory this process has had so far, in megabytes. */
export const mostMemory = (): number => Math.round((process.resourceUsage().maxRSS * 1024) / 1e6);

/** A figure's value, or its limit's, as people read it. */
export function inShort({ value, unit }: Pick<Figure, 'value' | 'unit'>): string {
  switch (unit) {
    case 'of bare':
      return `${Math.round(value * 100)} %`;
    case 'times':
      return `${value.toFixed(2)}×`;
    case 'refused':
      return String(value);
    case 's':
      return `${value.toFixed(1)} s`;
    case 'ms':
      return `${Math.round(value)} ms`;
    case 'MB':
      return `${Math.round(value)} MB`;
  }
}

export function limitOf({ limit, unit }: Figure): string {
  if (limit === undefined) return '';
  return 'atLeast' in limit
    ? `≥ ${inShort({ value: limit.atLeast, unit })}`
    : `≤ ${inShort({ value: limit.atMost, unit })}`;
}
