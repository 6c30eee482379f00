import fc from 'fast-check';
import type { ObjectiveNow } from './deployments';
import {
  changeOf,
  figureIn,
  impactAmong,
  impactInWords,
  medianOf,
  reachedOf,
  wayGone,
  withoutMeasures,
} from './impact';

const objective = (baseline: string, target: string, now?: string): ObjectiveNow => ({
  ...{ objectiveId: 'o', what: 'x', measure: 'Share', baseline, target },
  ...(now === undefined ? {} : { now, result: 'partly', evidence: 'x' }),
});

describe('figures in what people wrote', () => {
  it('are read with their unit, and words are left alone', () => {
    expect(['41%', ' 6.5 days ', '−3', '+2', '12', '2 of 8', '7 Weeks'].map(figureIn)).toEqual([
      { value: 41, unit: '%' },
      { value: 6.5, unit: 'days' },
      { value: -3, unit: '' },
      { value: 2, unit: '' },
      { value: 12, unit: '' },
      { value: 2, unit: 'of 8' },
      { value: 7, unit: 'weeks' },
    ]);
    expect(['As was aimed for', '', '41% (of 30)', '1,000', '12-14'].map(figureIn)).toEqual(
      Array.from({ length: 5 }, () => undefined),
    );
  });

  it('make a change where they are of one kind', () => {
    expect(changeOf(objective('41%', '65%', '53.5%'))).toEqual({ by: 12.5, unit: '%' });
    expect(changeOf(objective('9%', '6%', '10%'))).toEqual({ by: 1, unit: '%' });
    expect(changeOf(objective('41%', '65%', '53'))).toBeUndefined();
    expect(changeOf(objective('41%', '65%'))).toBeUndefined();
    expect(wayGone(objective('9%', '6%', '10%'))).toBe(-33.33);
    expect(wayGone(objective('9%', '6%', '6%'))).toBe(100);
    expect(wayGone(objective('9%', '9%', '9%'))).toBeUndefined();
  });

  it('have a median as a sorted list has', () => {
    expect(medianOf([])).toBeUndefined();
    expect([medianOf([3]), medianOf([4, 1, 3]), medianOf([1, 2, 10, 4])]).toEqual([3, 3, 3]);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -99, max: 99 }), { minLength: 1 }), (numbers) => {
        const median = medianOf(numbers)!;
        const below = numbers.filter((n) => n < median).length;
        const above = numbers.filter((n) => n > median).length;
        expect(below).toBeLessThanOrEqual(numbers.length / 2);
        expect(above).toBeLessThanOrEqual(numbers.length / 2);
      }),
    );
  });
});

describe('impact over the county', () => {
  const drawn = fc.array(
    fc.record({
      specialism: fc.constantFrom('send', 'early-reading'),
      withSchool: fc.boolean(),
      objectives: fc.array(
        fc.record({
          measure: fc.constantFrom('Share', 'share', 'Weeks'),
          result: fc.constantFrom('reached', 'partly', 'not-reached', undefined),
        }),
        { maxLength: 4 },
      ),
    }),
    { maxLength: 8 },
  );

  it('counts each judged objective once, by specialism and by measure', () => {
    fc.assert(
      fc.property(drawn, (all) => {
        const found = impactAmong(
          all.map(({ withSchool, ...one }) => ({
            ...{ ...one, role: 'SSPC', stage: 'closed' },
            evaluation: { on: '2026-11-01', withSchool },
            objectives: one.objectives.map((of) => ({ ...objective('1', '3', '2'), ...of })),
          })) as never,
        );
        const judged = all.flatMap(({ specialism, objectives }) =>
          objectives.flatMap(({ result, measure }) =>
            result === undefined ? [] : [{ specialism, result, measure: measure.toLowerCase() }],
          ),
        );
        const counts = (of: typeof judged) => ({
          objectives: of.length,
          reached: of.filter((one) => one.result === 'reached').length,
          partly: of.filter((one) => one.result === 'partly').length,
          notReached: of.filter((one) => one.result === 'not-reached').length,
        });
        expect(found.all).toMatchObject({
          ...counts(judged),
          deployments: all.length,
          withSchool: all.filter((one) => one.withSchool).length,
        });
        for (const { specialism, ...of } of found.bySpecialism)
          expect(of).toMatchObject(counts(judged.filter((one) => one.specialism === specialism)));
        for (const { specialism, measure, ...of } of found.byMeasure)
          expect(of).toMatchObject(
            counts(
              judged.filter(
                (one) => one.specialism === specialism && one.measure === measure.toLowerCase(),
              ),
            ),
          );
        expect(found.byMeasure.reduce((sum, one) => sum + one.objectives, 0)).toBe(judged.length);
        expect(withoutMeasures(found as never)).not.toHaveProperty('byMeasure');
      }),
    );
  });

  it('is told in a sentence that agrees with the counts', () => {
    const says = (...results: readonly (ObjectiveNow['result'] | undefined)[]) =>
      impactInWords(
        reachedOf(results.map((result) => (result === undefined ? {} : { result }))),
        1,
      );
    expect(says('reached', 'reached', 'partly', undefined)).toBe(
      'Of 4 objectives, 2 were reached, 1 was reached in part and 0 were not reached. 1 waits to be judged.',
    );
    expect(says(undefined)).toBe('None of 1 objective has been judged yet.');
    expect(impactInWords(reachedOf([]), 0)).toBe('No support with agreed objectives is on record.');
  });
});
