import type { Framework } from '../shared/framework';
import type { Reading } from './scoring';
import { scoreOf } from './scoring';
import { frameworkInSpecs } from './framework-in-specs';

const PERIOD = '2025/26';
const reading = (code: string, value: number, more: Partial<Reading> = {}): Reading => ({
  indicator: code,
  period: PERIOD,
  value,
  ...more,
});
const absent = (code: string, absence: NonNullable<Reading['absence']>): Reading => ({
  indicator: code,
  period: PERIOD,
  absence,
});
const clearAll = [
  reading('OFSTED', 0),
  reading('KS2', 64),
  reading('ABSENCE', 5),
  reading('SUSPENSIONS', 1),
  reading('BALANCE', 8),
  reading('SAFEGUARDING', 0),
];
const withOne = (changed: Reading): Reading[] =>
  clearAll.map((other) => (other.indicator === changed.indicator ? changed : other));
const scored = (readings: readonly Reading[], framework = frameworkInSpecs) =>
  scoreOf(framework, 'primary', readings);
const stepOf = (readings: readonly Reading[], code: string) =>
  scored(readings).steps.find((step) => step.indicator === code);

describe('how a reading becomes a band', () => {
  it.each<[string, number, string]>([
    ['KS2', 62, 'clear'], // 0 below the comparator
    ['KS2', 57.1, 'clear'],
    ['KS2', 57, 'amber'], // exactly 5 below: the limit belongs to the worse band
    ['KS2', 52, 'red'],
    ['ABSENCE', 7, 'amber'], // 2 above
    ['ABSENCE', 10, 'red'],
    ['SUSPENSIONS', 2.2, 'clear'],
    ['SUSPENSIONS', 2.25, 'amber'], // 1.5 times
    ['SUSPENSIONS', 3, 'red'],
    ['BALANCE', 2.1, 'clear'],
    ['BALANCE', 2, 'amber'],
    ['BALANCE', 0, 'red'],
    ['OFSTED', 1, 'amber'],
    ['OFSTED', 2, 'red'],
  ])('%s of %d is %s', (code, value, band) => {
    expect(stepOf(withOne(reading(code, value)), code)?.band).toBe(band);
  });

  it('holds a figure against its own comparator before the framework’s', () => {
    const own = { value: 70, source: 'national, 2025/26' };
    const step = stepOf(withOne(reading('KS2', 62, { comparator: own })), 'KS2');
    expect(step).toMatchObject({ band: 'amber', comparator: own });
    expect(step?.how).toBe(
      'Reading, writing and maths for 2025/26: 62 % is 8 below 70 (national, 2025/26), ' +
        'which is amber (amber at 5 or more, red at 10 or more): 12 × 0.5 = 6.',
    );
  });

  it('uses the bands of the kind where they differ', () => {
    const step = scoreOf(frameworkInSpecs, 'junior', [reading('KS2', 58)]).steps[1];
    expect(step).toMatchObject({ indicator: 'KS2', band: 'amber' });
  });

  it('cannot band a compared figure with nothing to compare it with, and says so', () => {
    const bare: Framework = { ...frameworkInSpecs, comparators: [] };
    const { steps, coverage } = scored(clearAll, bare);
    expect(steps[1]).toMatchObject({ indicator: 'KS2', value: 64, absence: 'not-published' });
    expect(steps[1]?.band).toBeUndefined();
    expect(coverage).toBeLessThan(100);
  });

  it('takes any suspension as red where schools alike have none', () => {
    const none = { value: 0, source: 'same kind in the county' };
    const band = (value: number) =>
      stepOf(withOne(reading('SUSPENSIONS', value, { comparator: none })), 'SUSPENSIONS')?.band;
    expect([band(0), band(0.1)]).toEqual(['clear', 'red']);
  });
});

describe('the score', () => {
  it('is Σ weight × points over what is available, in percent', () => {
    // Weights 20, 12, 8, 6, 4 and 0; amber 12 × 0.5 and red 8 × 1 of 50.
    const { score, coverage, suggested } = scored(
      withOne(reading('KS2', 57)).map((r) =>
        r.indicator === 'ABSENCE' ? reading('ABSENCE', 20) : r,
      ),
    );
    expect({ score, coverage, suggested }).toEqual({
      score: 28,
      coverage: 100,
      suggested: 'Prevention',
    });
  });

  it('suggests Intervention and Prevention from their thresholds on, Enhancement below', () => {
    const at = (red: readonly string[]) =>
      scored(
        clearAll.map((r) =>
          red.includes(r.indicator) ? reading(r.indicator, BAD[r.indicator] ?? 0) : r,
        ),
      );
    expect(at([])).toMatchObject({ score: 0, suggested: 'Enhancement' });
    expect(at(['KS2'])).toMatchObject({ score: 24, suggested: 'Enhancement' });
    expect(at(['KS2', 'BALANCE'])).toMatchObject({ score: 32, suggested: 'Prevention' });
    expect(at(['OFSTED', 'SUSPENSIONS'])).toMatchObject({ score: 52, suggested: 'Intervention' });
  });

  it('leaves out what does not apply, without lowering the coverage', () => {
    const { steps, coverage } = scored(clearAll);
    expect(steps.find((step) => step.indicator === 'ATTAINMENT8')).toMatchObject({
      absence: 'not-applicable',
      how: 'Attainment 8 does not apply to schools of kind primary.',
    });
    expect(coverage).toBe(100);
    expect(scored(withOne(absent('KS2', 'not-applicable'))).coverage).toBe(100);
  });

  it.each(['not-published', 'suppressed', 'not-yet-collected'] as const)(
    'lowers the coverage, not the risk, for a figure that is %s',
    (absence) => {
      const { coverage, score } = scored(withOne(absent('KS2', absence)));
      expect({ coverage, score }).toEqual({ coverage: 76, score: 0 });
    },
  );

  it('suggests nothing below the minimum coverage: the panel decides', () => {
    const { coverage, score, suggested } = scored([reading('OFSTED', 0)]);
    expect({ coverage, score, suggested }).toEqual({
      coverage: 40,
      score: 0,
      suggested: undefined,
    });
  });

  it('is no score at all where nothing is known', () => {
    const { score, coverage, suggested } = scored([]);
    expect({ score, coverage, suggested }).toEqual({
      coverage: 0,
      score: undefined,
      suggested: undefined,
    });
  });

  it('counts the latest period, also when it is the one without a figure', () => {
    const last = reading('KS2', 20, { period: '2024/25' });
    expect(stepOf([last, reading('KS2', 64)], 'KS2')).toMatchObject({
      period: PERIOD,
      band: 'clear',
    });
    expect(stepOf([absent('KS2', 'suppressed'), last], 'KS2')).toMatchObject({
      absence: 'suppressed',
    });
    const terms = ['2025/26 autumn', '2025/26 summer', '2025-10-01', '2025/26 spring'];
    const step = stepOf(
      terms.map((period, i) => reading('BALANCE', i, { period })),
      'BALANCE',
    );
    expect(step?.period).toBe('2025/26 summer');
  });
});

describe('hard rules', () => {
  it('set a floor whatever the score says', () => {
    const { score, suggested, floor, hardRules } = scored(withOne(reading('SAFEGUARDING', 2)));
    expect({ score, suggested, floor }).toEqual({
      score: 0,
      suggested: 'Intervention',
      floor: 'Intervention',
    });
    expect(hardRules).toEqual([
      { code: 'SAFEGUARDING-RED', says: 'Serious safeguarding concern.', floor: 'Intervention' },
    ]);
  });

  it('stand also where the coverage is too low to suggest anything', () => {
    expect(scored([reading('SAFEGUARDING', 2)])).toMatchObject({ floor: 'Intervention' });
    expect(scored([reading('SAFEGUARDING', 2)]).suggested).toBeUndefined();
  });

  it('apply at their band and above, not below', () => {
    expect(scored(withOne(reading('OFSTED', 1))).floor).toBe('Prevention');
    expect(scored(withOne(reading('OFSTED', 2))).floor).toBe('Prevention');
    expect(scored(clearAll).floor).toBeUndefined();
  });
});

describe('the digest', () => {
  it('differs with any figure, absence or comparator that counted, and with the framework', () => {
    const digests = [
      scored(clearAll),
      scored(withOne(reading('KS2', 63.9))),
      scored(withOne(absent('KS2', 'suppressed'))),
      scored(withOne(reading('KS2', 64, { comparator: { value: 61, source: 'x' } }))),
      scored(clearAll, { ...frameworkInSpecs, version: 'other' }),
    ].map(({ inputHash }) => inputHash);
    expect(new Set(digests).size).toBe(digests.length);
  });
});

const BAD: Readonly<Record<string, number>> = { OFSTED: 2, KS2: 10, SUSPENSIONS: 9, BALANCE: -5 };
