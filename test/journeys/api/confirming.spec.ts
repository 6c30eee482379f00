import { folded } from '#kernel';
import { aggregates } from '#domain';
import { County, newSchool, problemIn } from '../county';
import type { Person } from '../county';

/*
 * Confirming deployments over HTTP, many at once: the allowance of a school and the year of a champion are never
 * overdrawn, whoever is refused is told what is left, and nothing stays set aside for what was not confirmed.
 */
const YEAR = '2026/27';
const uuid = (n: number) => `00000000-0000-4000-9000-${String(n).padStart(12, '0')}`;
const supported = newSchool(1);
const homes = Array.from({ length: 4 }, (_, i) => newSchool(10 + i));

describe('confirming over HTTP', () => {
  let county: County;
  let leader: Person;
  beforeAll(async () => {
    county = await County.start();
    county.at('2026-11-23T09:00:00.000Z');
    leader = await county.as('team-leader');
    await county.given(
      ...[supported, ...homes].map(
        (school) => ['team-leader', 'schools/register-school', school] as const,
      ),
      ...Array.from({ length: 64 }, (_, n) => championOf(n)),
    );
  });
  afterAll(() => county.stop());

  const championId = (n: number) => uuid(1000 + n);
  const homeOf = (n: number) => homes[n % homes.length]!.schoolId;
  function championOf(n: number) {
    return [
      'team-leader',
      'champions/register-champion',
      {
        championId: championId(n),
        personRef: `person-champion-${n}`,
        homeSchoolId: homeOf(n),
        roles: ['SSPC'],
        specialisms: ['early-reading'],
        phases: ['primary'],
        vettedOn: '2026-09-01',
        vettedUntil: '2028-08-31',
      },
    ] as const;
  }

  /** A school in Prevention with so many half-days of pupil champions. */
  async function granted(schoolId: string, halfDays: number): Promise<void> {
    await county.happened(`categorisation-${schoolId}`, [
      {
        type: 'CategoryConfirmed',
        data: {
          ...{ schoolId, proposalId: uuid(1), assessmentId: uuid(2), cycle: YEAR },
          ...{ reasonCode: 'ANNUAL_ROUND', offerVersion: 'example', category: 'Prevention' },
          ...{ effectiveFrom: '2026-09-01', deciderId: 'person-head-of-service' },
        },
      },
    ]);
    await county.happened(`entitlement-${schoolId}-2026-27`, [
      {
        type: 'EntitlementGranted',
        data: {
          ...{ schoolId, academicYear: YEAR, status: 'maintained', offerVersion: 'example' },
          ...{ effectiveFrom: '2026-09-01', becauseOf: uuid(3), category: 'Prevention' },
          ...{ headlineVisits: 3, sspcHalfDays: halfDays, sslcHalfDays: 0, fundedPercent: 100 },
        },
      },
    ]);
  }

  /** A deployment both schools have agreed to. */
  async function agreed(
    deploymentId: string,
    schoolId: string,
    champion: number,
    halfDays: number,
  ): Promise<void> {
    const homeSchoolId = homeOf(champion);
    await county.given(
      [
        'adviser',
        'support/identify-need',
        {
          ...{ deploymentId, schoolId, specialism: 'early-reading', role: 'SSPC' },
          ...{ focus: 'Reading in Key Stage 1', priority: 'soon' },
        },
      ],
      [
        'adviser',
        'support/propose-match',
        { deploymentId, championId: championId(champion), rationale: 'Knows it well.' },
      ],
      [
        'team-leader',
        'support/agree-release',
        {
          ...{ deploymentId, homeSchoolId, halfDays, homeHeadId: 'person-home-head' },
          ...{ from: '2026-11-01', to: '2027-07-20' },
        },
      ],
      [
        'team-leader',
        'support/accept-support',
        {
          ...{ deploymentId, schoolId, headId: 'person-head' },
          objectives: [
            {
              ...{ objectiveId: uuid(7), what: 'Phonics', measure: 'Share who pass the check' },
              ...{ baseline: '62%', target: '80%' },
            },
          ],
        },
      ],
    );
  }

  const confirm = (deploymentId: string, halfDays: number, more: object = {}) =>
    leader.post('/api/v1/support/confirm-deployment', {
      ...{ deploymentId, scope: 'Weekly visits', halfDays },
      ...{ from: '2026-12-01', to: '2027-06-30' },
      ...more,
    });

  const stateOf = async (name: string, stream: string): Promise<unknown> => {
    const { decider } = aggregates.find((aggregate) => aggregate.name === name)!;
    const events = (await county.recorded()).filter((event) => event.stream === stream);
    return folded(decider as never, events as never);
  };
  const setAside = (reservations: object) =>
    Object.values(reservations as Record<string, { released: boolean; halfDays: number }>).flatMap(
      ({ released, halfDays }) => (released ? [] : [halfDays]),
    );

  it('confirms exactly the allowance of 64 who ask at once, and tells the others what is left', async () => {
    const { schoolId } = supported;
    await granted(schoolId, 40);
    const deployments = Array.from({ length: 64 }, (_, n) => uuid(100 + n));
    await Promise.all(deployments.map((id, n) => agreed(id, schoolId, n, 2)));

    const answers = await Promise.all(deployments.map((id) => confirm(id, 2)));
    const refused = answers.filter(({ status }) => status !== 200);
    expect(answers.length - refused.length).toBe(20);
    for (const answer of refused) {
      const { detail } = problemIn(answer, 409, 'AllowanceSpent');
      expect(detail).toContain('0 half-days left of 40');
    }

    const confirmed = (await county.recorded()).filter(
      ({ type, data }) => type === 'DeploymentConfirmed' && data['schoolId'] === schoolId,
    );
    expect(confirmed).toHaveLength(20);
    const { ledger } = (await stateOf('entitlement', `entitlement-${schoolId}-2026-27`)) as {
      ledger: { reservations: object };
    };
    expect(setAside(ledger.reservations)).toEqual(Array.from({ length: 20 }, () => 2));
    for (let n = 0; n < 64; n++) {
      const { reservations } = (await stateOf('champion', `champion-${championId(n)}`)) as {
        reservations: object;
      };
      expect(setAside(reservations)).toEqual(answers[n]!.status === 200 ? [2] : []);
    }
    // Each refused one can be confirmed once there is room again, or at the school's cost.
    const waiting = deployments.filter((_, n) => answers[n]!.status !== 200);
    expect((await confirm(waiting[0]!, 2, { paidBySchool: true })).status).toBe(200);
    problemIn(await confirm(waiting[1]!, 2), 409, 'AllowanceSpent');
    const lapsed = deployments[answers.findIndex(({ status }) => status === 200)]!;
    await county.given([
      'team-leader',
      'support/lapse-need',
      { deploymentId: lapsed, reason: 'Moved.' },
    ]);
    expect((await confirm(waiting[1]!, 2)).status).toBe(200);
  });

  it('gives back to the school what the champion’s year has no room for', async () => {
    const school = newSchool(2);
    await county.given(['team-leader', 'schools/register-school', school]);
    await granted(school.schoolId, 40);
    await county.given([
      'team-leader',
      'champions/register-champion',
      { ...championOf(90)[2], yearlyCapHalfDays: 6 },
    ]);
    await agreed(uuid(300), school.schoolId, 90, 8);
    const { detail } = problemIn(await confirm(uuid(300), 8), 409, 'CapReached');
    expect(detail).toContain('6');
    const { ledger } = (await stateOf('entitlement', `entitlement-${school.schoolId}-2026-27`)) as {
      ledger: { reservations: object };
    };
    expect(Object.keys(ledger.reservations)).toHaveLength(1);
    expect(setAside(ledger.reservations)).toEqual([]);
    // Fewer half-days fit, and the same request again is the same deployment.
    expect((await confirm(uuid(300), 6)).status).toBe(200);
    expect((await confirm(uuid(300), 6)).body).toMatchObject({ recorded: [] });
  });
});
