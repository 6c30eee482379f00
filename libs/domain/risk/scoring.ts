import type { Comparator, Framework, HardRule, Indicator } from '../shared/framework';
import { daysOf } from '../shared/academic-year';
import type { Absence, Band, Category, SchoolKind } from '../shared/words';
import { bands, supportAbove } from '../shared/words';
import type { Score, ScoreStep } from './events';

/**
 * From readings to a score. Σ weight × {clear 0, amber 0.5, red 1} over the indicators with a usable reading, divided
 * by their weight, times 100; coverage is their share of the weight that applies to the school. Of an indicator's
 * periods the latest counts, also when it is the one without a figure: last year's good news does not stand in for a
 * figure that is missing. The method is the framework of the domain dossier, 2.4 [I]; its figures are data.
 */
export interface Reading {
  readonly indicator: string;
  /** `2025/26`, `2025/26 autumn`, or a day. */
  readonly period: string;
  /** The figure, or why there is none: one of the two. */
  readonly value?: number;
  readonly absence?: Absence;
  /** Comes before the framework's own comparator for the kind. */
  readonly comparator?: { readonly value: number; readonly source: string };
}

const POINTS: Readonly<Record<Band, number>> = { clear: 0, amber: 0.5, red: 1 };
const NO_FIGURE: Readonly<Record<Absence, string>> = {
  'not-applicable': 'does not apply to this school; left out of score and coverage',
  'not-published': 'was not published nationally; lowers the coverage, not the risk',
  suppressed: 'is suppressed for a small cohort; lowers the coverage, not the risk',
  'not-yet-collected': 'has not been collected yet; lowers the coverage, not the risk',
};

/** Works out the score of one school of a kind. The order of the readings does not matter. */
export function scoreOf(
  framework: Framework,
  kind: SchoolKind,
  readings: Iterable<Reading>,
): Score {
  const latest = latestByIndicator(readings);
  const steps = framework.indicators.map((indicator) =>
    stepFor(indicator, kind, latest.get(indicator.code), comparatorFor(framework, indicator, kind)),
  );
  const applicable = sum(
    steps.filter((step) => step.absence !== 'not-applicable'),
    weightOf,
  );
  const usable = steps.filter((step) => step.band !== undefined);
  const available = sum(usable, weightOf);
  const coverage = applicable > 0 ? inTenths((100 * available) / applicable) : 0;
  const score = available > 0 ? inTenths((100 * sum(usable, pointsOf)) / available) : undefined;
  const fired = framework.hardRules.filter((rule) => fires(rule, steps));
  const floor = mostSupport(fired.map((rule) => rule.floor));
  const suggested =
    score === undefined || coverage < framework.thresholds.minimumCoverage
      ? undefined
      : mostSupport([categoryFor(framework, score), ...(floor === undefined ? [] : [floor])]);
  return {
    ...(score === undefined ? {} : { score }),
    coverage,
    ...(suggested === undefined ? {} : { suggested }),
    ...(floor === undefined ? {} : { floor }),
    steps,
    hardRules: fired.map(({ code, says, floor: least }) => ({ code, says, floor: least })),
    inputHash: digestOf(framework.version, kind, [...latest.values()]),
  };
}

/** Does the indicator say something about schools of this kind? */
export const appliesTo = (indicator: Indicator, kind: SchoolKind): boolean =>
  indicator.appliesTo.includes(kind);

/** The framework's comparator for an indicator and kind of school, with the kind's own bands where it has them. */
export const comparatorFor = (
  { comparators }: Framework,
  { code }: Indicator,
  kind: SchoolKind,
): Comparator | undefined => comparators.find((c) => c.indicator === code && c.kind === kind);

/** Is a figure of this indicator meaningless without one to compare it with? */
export const needsComparator = ({ measure }: Indicator): boolean =>
  measure === 'gap' || measure === 'ratio';

function stepFor(
  indicator: Indicator,
  kind: SchoolKind,
  reading: Reading | undefined,
  published: Comparator | undefined,
): ScoreStep {
  const { code, name, weight } = indicator;
  const step = { indicator: code, name, weight };
  if (!appliesTo(indicator, kind)) {
    const how = `${name} does not apply to schools of kind ${kind}.`;
    return { ...step, absence: 'not-applicable', how };
  }
  if (reading === undefined) {
    const how = `${name}: no reading was recorded; lowers the coverage, not the risk.`;
    return { ...step, absence: 'not-yet-collected', how };
  }
  const { period, value, absence = 'not-yet-collected' } = reading;
  if (value === undefined) {
    return { ...step, period, absence, how: `${name} for ${period} ${NO_FIGURE[absence]}.` };
  }
  return { ...step, period, value, ...banded(indicator, { ...reading, value }, published) };
}

/** What a figure comes to: its band and points with the arithmetic, or that it cannot be banded. */
function banded(
  indicator: Indicator,
  { period, value, comparator: own }: Reading & { readonly value: number },
  published: Comparator | undefined,
): Pick<ScoreStep, 'comparator' | 'band' | 'points' | 'absence' | 'how'> {
  const { name, weight } = indicator;
  const comparator = needsComparator(indicator) ? (own ?? published) : undefined;
  const measured = measure(indicator, value, comparator?.value);
  if (measured === undefined) {
    const how = `${name} for ${period} has nothing to be compared with, so ${figure(value)} cannot be banded.`;
    return { absence: 'not-published', how };
  }
  const limits = {
    amber: published?.amber ?? indicator.amber,
    red: published?.red ?? indicator.red,
  };
  const band = bandOf(indicator, measured, limits);
  const points = weight * POINTS[band];
  const how =
    `${name} for ${period}: ${saysMeasured(indicator, value, measured, comparator)}, ` +
    `which is ${band} (${saysLimits(indicator, limits)}): ` +
    `${figure(weight)} × ${figure(POINTS[band])} = ${figure(points)}.`;
  if (comparator === undefined) return { band, points, how };
  const { value: other, source } = comparator;
  return { comparator: { value: other, source }, band, points, how };
}

/** What the limits are held against; undefined where a comparator is wanted and there is none. */
function measure(
  indicator: Indicator,
  value: number,
  comparator: number | undefined,
): number | undefined {
  switch (indicator.measure) {
    case 'at-least':
    case 'at-most':
    case 'finding':
      return value;
    case 'gap':
      if (comparator === undefined) return undefined;
      return inThousandths(indicator.worse === 'below' ? comparator - value : value - comparator);
    case 'ratio':
      if (comparator === undefined) return undefined;
      // Against none at all, none is as expected and any is more than every limit.
      if (comparator === 0) return value > 0 ? Number.MAX_VALUE : 0;
      return inThousandths(value / comparator);
  }
}

interface Limits {
  readonly amber: number;
  readonly red: number;
}

/** The limits belong to the worse band: exactly at red is red. */
function bandOf(indicator: Indicator, measured: number, limits: Limits): Band {
  const { amber, red } = indicator.measure === 'finding' ? { amber: 1, red: 2 } : limits;
  const reaches = (limit: number) =>
    indicator.measure === 'at-most' ? measured <= limit : measured >= limit;
  if (reaches(red)) return 'red';
  return reaches(amber) ? 'amber' : 'clear';
}

function saysMeasured(
  { measure: by, unit, worse = 'above' }: Indicator,
  value: number,
  measured: number,
  comparator: { readonly value: number; readonly source: string } | undefined,
): string {
  const own = `${figure(value)} ${unit}`;
  if (comparator === undefined) return own;
  const other = `${figure(comparator.value)} (${comparator.source})`;
  if (by === 'ratio') {
    return measured === Number.MAX_VALUE
      ? `${own} against none (${comparator.source})`
      : `${own} is ${figure(measured)} times ${other}`;
  }
  const better = worse === 'below' ? 'above' : 'below';
  return `${own} is ${figure(Math.abs(measured))} ${measured < 0 ? better : worse} ${other}`;
}

const saysLimits = ({ measure: by }: Indicator, { amber, red }: Limits): string => {
  if (by === 'finding') return '1 is amber, 2 is red';
  const how = by === 'at-most' ? 'or less' : 'or more';
  return `amber at ${figure(amber)} ${how}, red at ${figure(red)} ${how}`;
};

const fires = (rule: HardRule, steps: readonly ScoreStep[]): boolean =>
  steps.some(
    ({ indicator, band }) =>
      indicator === rule.indicator &&
      band !== undefined &&
      bands.indexOf(band) >= bands.indexOf(rule.band),
  );

const categoryFor = ({ thresholds }: Framework, score: number): Category => {
  if (score >= thresholds.intervention) return 'Intervention';
  return score >= thresholds.prevention ? 'Prevention' : 'Enhancement';
};

const mostSupport = (of: readonly Category[]): Category | undefined =>
  of.toSorted(supportAbove).at(-1);

function latestByIndicator(readings: Iterable<Reading>): ReadonlyMap<string, Reading> {
  const latest = new Map<string, Reading>();
  for (const reading of readings) {
    const other = latest.get(reading.indicator);
    if (other === undefined || later(reading.period, other.period))
      latest.set(reading.indicator, reading);
  }
  return latest;
}

/** Ends later, or at the same end says it more narrowly (`2025/26 summer` over `2025/26`). */
const later = (a: string, b: string): boolean =>
  lastDayOf(a) === lastDayOf(b) ? a > b : lastDayOf(a) > lastDayOf(b);

function lastDayOf(period: string): string {
  const [year = '', term] = period.split(' ');
  const days = daysOf(year);
  if (days === undefined) return period;
  if (term === 'autumn') return `${days.first.slice(0, 4)}-12-31`;
  return term === 'spring' ? `${days.last.slice(0, 4)}-03-31` : days.last;
}

const weightOf = (step: ScoreStep): number => step.weight;
const pointsOf = (step: ScoreStep): number => step.points ?? 0;
const sum = (steps: readonly ScoreStep[], of: (step: ScoreStep) => number): number =>
  steps.reduce((total, step) => total + of(step), 0);

// What people see decides: the score is rounded before it is held against the thresholds. Rounding keeps order.
const inTenths = (n: number): number => Math.round(n * 10) / 10;
// Takes the dust of binary fractions off differences and quotients, so that a gap of 5 is 5.
const inThousandths = (n: number): number => Math.round(n * 1000) / 1000;
const figure = (n: number): string => String(inThousandths(n));

/**
 * FNV-1a, 64 bits, over the counted inputs in one fixed order. It tells in one glance whether two scores stand on the
 * same readings, and whether a score is out of date; what proves the log is elsewhere.
 */
function digestOf(version: string, kind: SchoolKind, readings: readonly Reading[]): string {
  const lines = readings
    .map(({ indicator, period, value, absence, comparator }) =>
      JSON.stringify([
        indicator,
        period,
        value ?? null,
        absence ?? null,
        comparator?.value ?? null,
      ]),
    )
    .toSorted();
  let hash = 0xcbf29ce484222325n;
  for (const char of [version, kind, ...lines].join('\n')) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(char.codePointAt(0) ?? 0)) * 0x100000001b3n);
  }
  return hash.toString(16).padStart(16, '0');
}
