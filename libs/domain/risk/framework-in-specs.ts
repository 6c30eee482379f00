import type { Framework, Indicator } from '../shared/framework';

/** A small invented framework for the specs of this context. */
export const indicator = (code: string, more: Partial<Indicator> = {}): Indicator => ({
  code,
  name: code,
  domain: 'Invented',
  unit: '%',
  weight: 1,
  appliesTo: ['primary', 'junior'],
  measure: 'at-least',
  amber: 1,
  red: 2,
  ...more,
});

const compared = { kind: 'primary', source: 'invented, national' } as const;

export const frameworkInSpecs: Framework = {
  version: 'spec-1',
  title: 'Example framework for specs',
  example: true,
  effectiveFrom: '2025-06-01',
  indicators: [
    indicator('OFSTED', { weight: 20, measure: 'finding' }),
    indicator('KS2', {
      name: 'Reading, writing and maths',
      weight: 12,
      measure: 'gap',
      worse: 'below',
      amber: 5,
      red: 10,
    }),
    indicator('ABSENCE', { weight: 8, measure: 'gap', worse: 'above', amber: 2, red: 5 }),
    indicator('SUSPENSIONS', { weight: 6, measure: 'ratio', amber: 1.5, red: 2 }),
    indicator('BALANCE', { weight: 4, measure: 'at-most', amber: 2, red: 0 }),
    indicator('SAFEGUARDING', { weight: 0, measure: 'finding' }),
    indicator('ATTAINMENT8', { name: 'Attainment 8', weight: 12, appliesTo: ['grammar', 'upper'] }),
  ],
  comparators: [
    { indicator: 'KS2', value: 62, ...compared },
    { indicator: 'KS2', value: 60, kind: 'junior', source: 'invented, juniors', amber: 1, red: 4 },
    { indicator: 'ABSENCE', value: 5, ...compared },
    { indicator: 'SUSPENSIONS', value: 1.5, ...compared },
  ],
  thresholds: { prevention: 25, intervention: 50, minimumCoverage: 60 },
  hardRules: [
    {
      code: 'SAFEGUARDING-RED',
      says: 'Serious safeguarding concern.',
      indicator: 'SAFEGUARDING',
      band: 'red',
      floor: 'Intervention',
    },
    {
      code: 'OFSTED-AMBER',
      says: 'An area needs attention.',
      indicator: 'OFSTED',
      band: 'amber',
      floor: 'Prevention',
    },
  ],
};
