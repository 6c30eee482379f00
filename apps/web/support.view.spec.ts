import type { AllowanceLine } from '#read-models';
import { allowanceSentence } from './support.view';

const pot = { granted: 31, extra: 0, reserved: 0, consumed: 0, released: 0, left: 31 };
const granted: NonNullable<AllowanceLine['granted']> = {
  ...{ category: 'Intervention', headlineVisits: 5, sspcHalfDays: 31, sslcHalfDays: 31 },
  ...{ fundedPercent: 100, offerVersion: 'v', effectiveFrom: '2026-09-01' },
};
const line = { academicYear: '2026/27', pots: { sspc: pot, sslc: pot } };

it('says of an allowance what headline visits take, where the offer counts them', () => {
  const all = 'For 2026/27 the school may have 15.5 days of pupil champions and ABLE';
  const counted = allowanceSentence({ ...line, granted: { ...granted, headlineVisitHalfDays: 5 } });
  expect(counted).toContain(all);
  expect(counted).toMatch(
    /, paid by the authority\. Its headline visits take 2\.5 days more of leadership champions\.$/,
  );
  expect(allowanceSentence({ ...line, granted })).toMatch(/, paid by the authority\.$/);
});
