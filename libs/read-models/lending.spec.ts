import fc from 'fast-check';
import type { RateCard } from '#domain';
import type { Champion } from './champions';
import type { Claim, ClaimStage } from './claims';
import { claimStages } from './claims';
import type { DeploymentVisit } from './deployment-visits';
import type { Deployment } from './deployments';
import { lendingFrom } from './lending';
import { rateOn } from './rate-cards';

/* What a school lends beside a loop over its visits. */
const rates: readonly RateCard[] = [
  {
    ...{ version: '1', title: 'x', example: true, boardAgreedOn: '2026-01-01' },
    ...{ effectiveFrom: '2026-10-01', rates: [{ role: 'SSPC', pencePerHalfDay: 100 }] },
  },
  {
    ...{ version: '2', title: 'x', example: true, boardAgreedOn: '2026-01-01' },
    ...{ effectiveFrom: '2026-12-01', rates: [{ role: 'SSPC', pencePerHalfDay: 150 }] },
  },
];
const visit = fc.record({
  visitedOn: fc.constantFrom('2026-08-31', '2026-09-15', '2026-10-01', '2026-11-30', '2026-12-01'),
  halfDays: fc.integer({ min: 1, max: 3 }),
  stage: fc.constantFrom(undefined, ...claimStages),
  deployment: fc.constantFrom('d1', 'd2', 'gone'),
});
const rateThen = (day: string) => (day < '2026-10-01' ? undefined : day < '2026-12-01' ? 100 : 150);
const named = (schoolId: string) => ({ schoolId, urn: '', name: schoolId });

const ground = (
  drawn: readonly {
    visitedOn: string;
    halfDays: number;
    stage: ClaimStage | undefined;
    deployment: string;
  }[],
) => ({
  champions: [
    {
      championId: 'c1',
      personRef: 'p',
      roles: ['SSPC'],
      status: 'active',
      yearlyCapHalfDays: 30,
      years: {},
    },
  ] as unknown as Champion[],
  deployments: ['d1', 'd2', 'gone'].map((deploymentId) => ({
    ...{ deploymentId, schoolId: 's', role: 'SSPC', stage: 'started', academicYear: '2026/27' },
    ...{ championId: deploymentId === 'gone' ? 'c2' : 'c1', championPersonRef: 'q' },
    ...{ identifiedOn: '2026-09-01', halfDaysAgreed: 40 },
    halfDaysUsed: drawn
      .filter((one) => one.deployment === deploymentId)
      .reduce((sum, one) => sum + one.halfDays, 0),
  })) as unknown as Deployment[],
  visits: drawn.map(({ visitedOn, halfDays, deployment }, n) => ({
    ...{ visitId: String(n), deploymentId: deployment, visitedOn, halfDays },
    ...{ championId: deployment === 'gone' ? 'c2' : 'c1', schoolId: 's' },
  })) as unknown as DeploymentVisit[],
  claims: drawn.flatMap(({ visitedOn, halfDays, stage, deployment: deploymentId }, n) =>
    stage === undefined
      ? []
      : [
          {
            ...{ claimId: String(n), deploymentId, schoolId: 's', stage },
            visits: [{ visitId: String(n), visitedOn, halfDays, amountPence: 1000 + n }],
          },
        ],
  ) as unknown as Claim[],
  ...{ rates, named },
});

describe('what a school lends', () => {
  it('is its visits of the year, month by month, and what they come to', () => {
    fc.assert(
      fc.property(fc.array(visit, { maxLength: 12 }), (drawn) => {
        const { calendar, owed, champions } = lendingFrom(ground(drawn), '2026/27');
        const ofYear = drawn.flatMap((one, n) =>
          one.visitedOn >= '2026-09-01' ? [{ ...one, n }] : [],
        );
        expect(calendar).toHaveLength(12);
        for (const { month, halfDays } of calendar) {
          let sum = 0;
          for (const one of ofYear) if (one.visitedOn.startsWith(month)) sum += one.halfDays;
          expect(halfDays).toBe(sum);
        }
        const pence = (stage: ClaimStage) =>
          ofYear.reduce((sum, one) => (one.stage === stage ? sum + 1000 + one.n : sum), 0);
        const open = ofYear.filter(({ stage }) => stage === undefined || stage === 'rejected');
        expect(owed).toEqual({
          notClaimed: {
            visits: open.length,
            halfDays: open.reduce((sum, one) => sum + one.halfDays, 0),
            amountPence: open.reduce(
              (sum, one) => sum + one.halfDays * (rateThen(one.visitedOn) ?? 0),
              0,
            ),
            withoutRate: open.filter((one) => rateThen(one.visitedOn) === undefined).length,
          },
          claimedPence: pence('claimed'),
          approvedPence: pence('approved'),
          paidPence: pence('paid'),
          owedPence: pence('claimed') + pence('approved'),
        });
        // Somebody who has left is told of beside those who are here.
        expect(champions.map(({ championId }) => championId)).toEqual(['c1', 'c2']);
        expect(champions[0]?.out.agreed).toBe(80);
      }),
    );
  });

  it('is told in a sentence', () => {
    const says = (...visits: Parameters<typeof ground>[0]) =>
      lendingFrom(ground(visits), '2026/27').says;
    expect(says()).toBe('In 2026/27 nobody of this school has been out as a champion yet.');
    const one = { visitedOn: '2026-11-30', halfDays: 3, deployment: 'd1' };
    expect(says({ ...one, stage: undefined })).toContain(
      'out for 1.5 days. 1 visit is not claimed yet, worth £3.00',
    );
    expect(says({ ...one, stage: 'paid' })).toContain('Every visit is claimed');
  });

  it('is paid by the card in force on the day, and by none before the first', () => {
    const days = ['2026-09-30', '2026-10-01', '2026-11-30', '2026-12-01'];
    expect(days.map((day) => rateOn(rates, { role: 'SSPC', day }))).toEqual(days.map(rateThen));
    expect(rateOn(rates, { role: 'ABLE', day: '2026-12-01' })).toBeUndefined();
  });
});
