import fc from 'fast-check';
import type { Framework, Indicator } from '../shared/framework';
import type { Category } from '../shared/words';
import { bands, categories, schoolKinds, supportAbove } from '../shared/words';
import { frameworkInSpecs, indicator } from './framework-in-specs';
import type { Reading } from './scoring';
import { scoreOf } from './scoring';

const PERIOD = '2025/26';
const frameworks: fc.Arbitrary<Framework> = fc
  .array(
    fc.record({
      measure: fc.constantFrom<Indicator['measure']>(
        'gap',
        'ratio',
        'at-least',
        'at-most',
        'finding',
      ),
      weight: fc.integer({ min: 1, max: 40 }),
      worse: fc.constantFrom<'below' | 'above'>('below', 'above'),
      amber: fc.integer({ min: 1, max: 20 }),
      step: fc.integer({ min: 1, max: 20 }),
      comparator: fc.option(fc.integer({ min: 0, max: 50 }), { nil: undefined }),
      floor: fc.constantFrom(
        'Enhancement' as const,
        'Prevention' as const,
        'Intervention' as const,
      ),
      kinds: fc.subarray([...schoolKinds], { minLength: 1 }),
    }),
    { minLength: 1, maxLength: 8 },
  )
  .map((drawn) => ({
    ...frameworkInSpecs,
    indicators: drawn.map(({ measure, weight, worse, amber, step, kinds }, i) =>
      indicator(`I${i}`, {
        measure,
        weight,
        ...(measure === 'gap' ? { worse } : {}),
        amber,
        red: measure === 'at-most' ? amber - step : amber + step,
        appliesTo: kinds,
      }),
    ),
    comparators: drawn.flatMap(({ comparator, kinds }, i) =>
      comparator === undefined
        ? []
        : kinds.map((kind) => ({
            indicator: `I${i}`,
            kind,
            value: comparator,
            source: 'invented',
          })),
    ),
    hardRules: drawn.map(({ floor }, i) => ({
      code: `R${i}`,
      says: 'Invented.',
      indicator: `I${i}`,
      band: bands[(i % 2) + 1] ?? 'red',
      floor,
    })),
  }));
const kinds = fc.constantFrom(...schoolKinds);
const readings = fc.uniqueArray(
  fc.oneof(
    fc.record({
      indicator: fc.integer({ min: 0, max: 7 }).map((i) => `I${i}`),
      period: fc.constantFrom('2023/24', '2024/25', '2025/26 autumn', '2025-11-01'),
      value: fc.integer({ min: 0, max: 60 }),
    }),
    fc.record({
      indicator: fc.integer({ min: 0, max: 7 }).map((i) => `I${i}`),
      period: fc.constantFrom('2023/24', '2024/25', '2025/26 autumn', '2025-11-01'),
      absence: fc.constantFrom(
        'not-applicable',
        'not-published',
        'suppressed',
        'not-yet-collected',
      ),
    }),
  ),
  { selector: (r) => `${r.indicator} ${r.period}`, maxLength: 20 },
) as fc.Arbitrary<Reading[]>;

/** The same reading with a worse figure; an absence stays as it is. */
function worsened({ indicators }: Framework, reading: Reading, by: number): Reading {
  if (reading.value === undefined) return reading;
  const of = indicators.find(({ code }) => code === reading.indicator);
  const lowIsBad = of?.measure === 'at-most' || of?.worse === 'below';
  return { ...reading, value: reading.value + (lowIsBad ? -by : by) };
}
const rank = (category: Category | undefined): number =>
  category === undefined ? -1 : categories.indexOf(category);

describe('for every framework, kind and set of readings', () => {
  it('lies between 0 and 100, coverage too, and never suggests less than the floor', () => {
    fc.assert(
      fc.property(frameworks, kinds, readings, (framework, kind, taken) => {
        const { score = 0, coverage, suggested, floor } = scoreOf(framework, kind, taken);
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(100);
        expect(coverage).toBeGreaterThanOrEqual(0);
        expect(coverage).toBeLessThanOrEqual(100);
        if (suggested && floor) expect(supportAbove(suggested, floor)).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('does not depend on the order of the readings', () => {
    fc.assert(
      fc.property(frameworks, kinds, readings, (framework, kind, taken) => {
        expect(scoreOf(framework, kind, taken.toReversed())).toEqual(
          scoreOf(framework, kind, taken),
        );
      }),
    );
  });

  it('never falls, nor its floor or suggestion, when one reading gets worse', () => {
    const by = fc.integer({ min: 1, max: 30 });
    fc.assert(
      fc.property(
        frameworks,
        kinds,
        readings,
        fc.nat(19),
        by,
        (framework, kind, taken, at, more) => {
          const before = scoreOf(framework, kind, taken);
          const worse = taken.map((r, i) => (i === at ? worsened(framework, r, more) : r));
          const after = scoreOf(framework, kind, worse);
          expect(after.coverage).toBe(before.coverage);
          expect(after.score ?? -1).toBeGreaterThanOrEqual(before.score ?? -1);
          expect(rank(after.floor)).toBeGreaterThanOrEqual(rank(before.floor));
          expect(rank(after.suggested)).toBeGreaterThanOrEqual(rank(before.suggested));
        },
      ),
    );
  });

  it('never takes a missing figure for a good one: that would give a lower score and full coverage', () => {
    fc.assert(
      fc.property(frameworks, kinds, fc.nat(), (framework, kind, pick) => {
        const own = framework.indicators.filter(({ appliesTo }) => appliesTo.includes(kind));
        const missing = own[pick % Math.max(own.length, 1)];
        if (missing === undefined) return;
        const comparator = { value: 10, source: 'invented' };
        const all = own.map(({ code }, i) => ({
          indicator: code,
          period: PERIOD,
          value: i * 7,
          comparator,
        }));
        const good = { at: missing.measure === 'at-most' || missing.worse === 'below' ? 1000 : 0 };
        const put = (r: Reading) =>
          all.map((other) => (other.indicator === missing.code ? r : other));
        const known = scoreOf(
          framework,
          kind,
          put({ indicator: missing.code, period: PERIOD, value: good.at, comparator }),
        );
        const unknown = scoreOf(
          framework,
          kind,
          put({ indicator: missing.code, period: PERIOD, absence: 'suppressed' }),
        );
        expect(unknown.coverage).toBeLessThan(known.coverage);
        expect(unknown.score ?? 100).toBeGreaterThanOrEqual(known.score ?? 100);
      }),
    );
  });
});
