import type { QualityPolicy } from '../shared/quality-policy';

/**
 * A quality policy made up as an example, after the suggested one of the domain notes, 4.3: all of Intervention, all
 * overrides, a third of other assessments, a fifth of the records and the first three of a new champion, a third of the
 * support in Prevention, every champion once. No council's own, and it says so in its title.
 */
export const exampleQualityPolicies: readonly QualityPolicy[] = [
  {
    version: 'example-quality-2022',
    title: 'Example quality policy, 2022 (no council’s own)',
    example: true,
    effectiveFrom: '2022-09-01',
    shares: [
      { object: 'assessment', category: 'Intervention', percent: 100 },
      { object: 'assessment', percent: 33 },
      { object: 'visit-record', percent: 20 },
      { object: 'deployment', category: 'Intervention', percent: 100 },
      { object: 'deployment', category: 'Prevention', percent: 33 },
      { object: 'champion', percent: 100 },
    ],
    always: [
      { object: 'assessment', rule: 'all-overrides' },
      { object: 'visit-record', rule: 'first-of-a-new-champion', first: 3 },
    ],
  },
];
