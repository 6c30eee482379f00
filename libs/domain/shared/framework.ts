import type { DataOf } from '#kernel';
import { date, flag, integer, list, number, optional, record, text, word } from '#kernel';
import { bands, categories, schoolKinds, statuses } from './words';

/**
 * A risk framework and a support offer are data with dates, never code. Their shapes stand here because the policy
 * context publishes them, the risk context scores by them and the support context grants by them.
 */
export const indicatorShape = {
  code: text('public'),
  name: text('public'),
  /** Family of indicators, e.g. "Attendance". */
  domain: text('public'),
  unit: text('public'),
  /** Share in the score; weights of all indicators need not add up to anything. */
  weight: number('public'),
  appliesTo: list(word('public', schoolKinds)),
  /**
   * How a value becomes a band. `gap`: how far it lies on the bad side of the comparator, in units. `ratio`: value
   * divided by the comparator. `at-least` and `at-most`: the value itself. `finding`: 0 clear, 1 amber, 2 red.
   */
  measure: word('public', ['gap', 'ratio', 'at-least', 'at-most', 'finding']),
  /** For `gap`: which side of the comparator is the bad one. */
  worse: optional(word('public', ['below', 'above'])),
  amber: number('public'),
  red: number('public'),
} as const;

export const comparatorShape = {
  indicator: text('public'),
  kind: word('public', schoolKinds),
  value: number('public'),
  /** Where the figure comes from, e.g. "national, 2024/25" or "same type in the county, 2024/25". */
  source: text('public'),
  /** Bands for this kind of school only, where they differ from the indicator's. */
  amber: optional(number('public')),
  red: optional(number('public')),
} as const;

/** A finding that sets a minimum for the category proposed, whatever the score says. */
export const hardRuleShape = {
  code: text('public'),
  says: text('public'),
  indicator: text('public'),
  band: word('public', bands),
  floor: word('public', categories),
} as const;

export const frameworkShape = {
  version: text('public'),
  title: text('public'),
  /** True for figures made up as an example; said wherever they are shown. */
  example: flag('public'),
  effectiveFrom: date('public'),
  indicators: list(record(indicatorShape)),
  comparators: list(record(comparatorShape)),
  thresholds: record({
    /** Scores of at least this suggest Prevention, out of 100. */
    prevention: number('public'),
    /** Scores of at least this suggest Intervention, out of 100. */
    intervention: number('public'),
    /** Below this coverage, in percent, no category is suggested and the panel decides. */
    minimumCoverage: number('public'),
  }),
  hardRules: list(record(hardRuleShape)),
} as const;

export const offerRowShape = {
  category: word('public', categories),
  status: word('public', statuses),
  headlineVisits: integer('public'),
  /** Most half-days of pupil champions and ABLE together in the year. */
  sspcHalfDays: integer('public'),
  /** Most half-days of leadership champions in the year. */
  sslcHalfDays: integer('public'),
  /** Whether the days of leadership champions include the headline visits. */
  headlineVisitsCountAgainstDays: flag('public'),
  /** Half-days of leadership champions that one headline visit takes, where it counts. Offers of before did not say. */
  halfDaysPerHeadlineVisit: optional(integer('public')),
  /** Share the authority pays, in percent; the rest is the school's. */
  fundedPercent: integer('public'),
} as const;

export const offerShape = {
  version: text('public'),
  title: text('public'),
  example: flag('public'),
  academicYear: text('public'),
  boardAgreedOn: date('public'),
  effectiveFrom: date('public'),
  rows: list(record(offerRowShape)),
} as const;

export type Framework = DataOf<typeof frameworkShape>;
export type Indicator = DataOf<typeof indicatorShape>;
export type Comparator = DataOf<typeof comparatorShape>;
export type HardRule = DataOf<typeof hardRuleShape>;
export type Offer = DataOf<typeof offerShape>;
export type OfferRow = DataOf<typeof offerRowShape>;

/**
 * Half-days of leadership champions that a row's headline visits take: "up to 18 days SSLC, inclusive of HLVs", as the offer
 * of 2022/23 has it. Whether they are taken off, and how many, is the offer's to say.
 */
export const takenByHeadlineVisits = ({
  headlineVisits,
  headlineVisitsCountAgainstDays,
  halfDaysPerHeadlineVisit = 0,
}: OfferRow): number =>
  headlineVisitsCountAgainstDays ? headlineVisits * halfDaysPerHeadlineVisit : 0;
