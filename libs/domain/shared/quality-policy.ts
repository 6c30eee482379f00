import type { DataOf } from '#kernel';
import { date, flag, integer, list, optional, record, text, word } from '#kernel';
import { categories } from './words';

/**
 * How much of the work is reviewed is data with dates, never code. Its shape stands here because the policy context
 * publishes it and the quality context draws by it.
 */

/** What a quality review is of. */
export const qualityObjects = ['assessment', 'visit-record', 'deployment', 'champion'] as const;
export type QualityObject = (typeof qualityObjects)[number];

/** What is reviewed whatever the lot says. */
export const samplingRules = ['all-overrides', 'first-of-a-new-champion'] as const;
export type SamplingRule = (typeof samplingRules)[number];

export const sharedOutShape = {
  object: word('public', qualityObjects),
  /** Of schools in this category only; the row without one is for all others of its object. */
  category: optional(word('public', categories)),
  /** How many of a hundred are drawn; rounded up, so that a share of few is never none. */
  percent: integer('public'),
} as const;

export const alwaysShape = {
  object: word('public', qualityObjects),
  rule: word('public', samplingRules),
  /** With first-of-a-new-champion: how many of a champion's first records. */
  first: optional(integer('public')),
} as const;

export const qualityPolicyShape = {
  version: text('public'),
  title: text('public'),
  /** True for figures made up as an example; said wherever they are shown. */
  example: flag('public'),
  effectiveFrom: date('public'),
  shares: list(record(sharedOutShape)),
  always: list(record(alwaysShape)),
} as const;

export type QualityPolicy = DataOf<typeof qualityPolicyShape>;
export type SharedOut = DataOf<typeof sharedOutShape>;
export type Always = DataOf<typeof alwaysShape>;
