import { County, newSchool, problemIn } from '../county';
import type { Person } from '../county';

/*
 * What happens elsewhere and concerns support under way, through the API: somebody is asked to look at it, nothing ends by
 * itself, and what was set aside for work that had not begun goes back.
 */
const uuid = (n: number) => `00000000-0000-4000-9000-${String(n).padStart(12, '0')}`;
const YEAR = '2026/27';
const FROM = '2026-11-02';
const TO = '2027-03-31';
const [converting, closing, home] = [1, 2, 3].map(newSchool) as [School, School, School];
type School = ReturnType<typeof newSchool>;
const championId = uuid(20);
/** One under way and one confirmed, at the school that will become an academy; and one at the school that closes. */
const [underWay, waiting, atClosing] = [uuid(100), uuid(101), uuid(102)];
const visitId = uuid(50);

interface Task {
  readonly task: string;
  readonly by?: string;
  readonly deploymentId?: string;
}

describe('support that is to be looked at again', () => {
  let county: County;
  let adviser: Person;
  let leader: Person;

  const confirmed = (deploymentId: string, { schoolId }: School, halfDays: number) =>
    [
      [
        'adviser',
        'support/identify-need',
        {
          deploymentId,
          schoolId,
          specialism: 'reading',
          focus: 'x',
          priority: 'soon',
          role: 'SSPC',
        },
      ],
      ['adviser', 'support/propose-match', { deploymentId, championId, rationale: 'x' }],
      [
        'adviser',
        'support/agree-release',
        {
          deploymentId,
          homeSchoolId: home.schoolId,
          halfDays,
          from: FROM,
          to: TO,
          homeHeadId: 'person-home-head',
        },
      ],
      [
        'adviser',
        'support/accept-support',
        {
          deploymentId,
          schoolId,
          headId: 'person-headteacher',
          objectives: [
            { objectiveId: uuid(70), what: 'x', measure: 'x', baseline: '1', target: '2' },
          ],
        },
      ],
      [
        'adviser',
        'support/confirm-deployment',
        { deploymentId, scope: 'x', halfDays, from: FROM, to: TO },
      ],
    ] as const;
  const tasks = async () => {
    await county.answered();
    const answer = await adviser.get(`/api/v1/worklist?limit=200&atLeast=${await end()}`);
    return (answer.body as { tasks: readonly Task[] }).tasks;
  };
  const reviewsOf = async (deploymentId: string) =>
    (await tasks())
      .filter((one) => one.deploymentId === deploymentId && one.task.startsWith('Review'))
      .map(({ task, by }) => [task, by]);
  const types = async (after: number) =>
    (await county.recorded(after)).map(({ type }) => type).toSorted();
  const end = async () => (await county.recorded()).at(-1)?.position ?? 0;

  beforeAll(async () => {
    county = await County.start();
    adviser = await county.as('adviser');
    leader = await county.as('team-leader');
    county.at('2026-11-10T10:00:00.000Z');
    await county.given(
      ...[converting, closing, home].map(
        (school) => ['team-leader', 'schools/register-school', school] as const,
      ),
      [
        'team-leader',
        'champions/register-champion',
        {
          ...{ championId, personRef: 'person-champion', homeSchoolId: home.schoolId },
          ...{ roles: ['SSPC'], specialisms: ['reading'], phases: ['primary'] },
          ...{ vettedOn: '2026-09-01', vettedUntil: '2028-08-31' },
        },
      ],
    );
    for (const { schoolId } of [converting, closing]) {
      await county.happened(`categorisation-${schoolId}`, [
        {
          type: 'CategoryConfirmed',
          data: {
            ...{ schoolId, proposalId: uuid(1), assessmentId: uuid(2), cycle: YEAR },
            ...{ reasonCode: 'ANNUAL_ROUND', offerVersion: 'example', category: 'Prevention' },
            ...{ effectiveFrom: '2026-09-15', deciderId: 'person-head-of-service' },
          },
        },
      ]);
      await county.happened(`entitlement-${schoolId}-2026-27`, [
        {
          type: 'EntitlementGranted',
          data: {
            ...{ schoolId, academicYear: YEAR, status: 'maintained', offerVersion: 'example' },
            ...{ effectiveFrom: '2026-09-15', becauseOf: uuid(3), category: 'Prevention' },
            ...{ headlineVisits: 3, sspcHalfDays: 18, sslcHalfDays: 4, fundedPercent: 100 },
          },
        },
      ]);
    }
    await county.given(
      ...confirmed(underWay, converting, 6),
      ['adviser', 'support/start-deployment', { deploymentId: underWay, startedOn: '2026-11-03' }],
      ...confirmed(waiting, converting, 4),
      ...confirmed(atClosing, closing, 4),
      ['adviser', 'support/start-deployment', { deploymentId: atClosing, startedOn: '2026-11-03' }],
      [
        'adviser',
        'visits/schedule-headline-visit',
        {
          ...{ schoolId: closing.schoolId, visitId, academicYear: YEAR },
          ...{ adviserId: 'person-adviser', on: '2026-11-30' },
        },
      ],
    );
  });
  afterAll(() => county.stop());

  // One after the other: each begins where the one before it ended.
  it('goes on while its home school is looked at, its school converts, its champion retires, its school closes', async () => {
    county.at('2026-11-10T10:00:00.000Z');
    let before = await end();
    await county.happened(`categorisation-${home.schoolId}`, [
      {
        type: 'CategoryChanged',
        data: {
          ...{ schoolId: home.schoolId, proposalId: uuid(4), assessmentId: uuid(5) },
          ...{ from: 'Enhancement', to: 'Prevention', triggerId: uuid(6), reasonCode: 'RESULTS' },
          ...{ offerVersion: 'example', effectiveFrom: '2026-11-10', deciderId: 'person-b' },
        },
      },
    ]);
    await county.answered();
    expect(await types(before)).toEqual([
      'CategoryChanged',
      ...['DeploymentReviewAsked', 'DeploymentReviewAsked', 'DeploymentReviewAsked'],
    ]);
    const lending = 'Review the deployment: whether the home school can go on lending its champion';
    expect(await reviewsOf(underWay)).toEqual([[lending, '2026-11-24']]);

    // Answered by a person, it is no task any more.
    const [asked] = (await county.recorded(before)).filter(
      ({ type, data }) => type === 'DeploymentReviewAsked' && data['deploymentId'] === underWay,
    );
    const reviewId = asked?.data['reviewId'];
    const answer = { deploymentId: underWay, reviewId, outcome: 'continue', reason: 'It can.' };
    expect((await adviser.post('/api/v1/support/review-deployment', answer)).status).toBe(200);
    expect(await reviewsOf(underWay)).toEqual([]);

    before = await end();
    const { schoolId, urn } = converting;
    await county.given([
      'team-leader',
      'schools/record-conversion',
      { schoolId, oldUrn: urn, newUrn: '999999', convertedOn: '2026-11-10' },
    ]);
    const pays =
      'Review the deployment: the school became an academy, and who pays is to be decided';
    expect(await reviewsOf(underWay)).toEqual([[pays, '2026-11-24']]);
    const conversion = (await county.recorded(before)).find(
      ({ type, data }) => type === 'DeploymentReviewAsked' && data['deploymentId'] === underWay,
    )?.data['reviewId'];
    problemIn(
      await adviser.post('/api/v1/support/review-deployment', { ...answer, reviewId: conversion }),
      409,
      'PayerDecisionWanted',
    );
    const decide = {
      ...{ deploymentId: underWay, authorityPercent: 0, from: '2026-11-10' },
      reason: 'The offer funds no academy.',
    };
    expect((await leader.post('/api/v1/support/decide-payer', decide)).status).toBe(200);
    expect(await reviewsOf(underWay)).toEqual([]);
    const stands = async (deploymentId: string): Promise<unknown> =>
      (await adviser.get(`/api/v1/deployments/${deploymentId}?atLeast=${await end()}`)).body;
    expect(await stands(underWay)).toMatchObject({ stage: 'started', payer: { kind: 'school' } });

    before = await end();
    await county.given([
      'team-leader',
      'champions/retire-champion',
      { championId, reason: 'Moves.' },
    ]);
    await county.answered();
    expect(await types(before)).toEqual([
      ...['ChampionDaysReleased', 'ChampionRetired', 'DaysReleased'],
      ...['DeploymentReviewAsked', 'DeploymentReviewAsked', 'SupportNeedReopened'],
    ]);
    expect(await stands(waiting)).toMatchObject({
      stage: 'needed',
      halfDays: { agreed: 0 },
    });
    expect(await stands(underWay)).toMatchObject({
      stage: 'started',
    });

    const close = { schoolId: closing.schoolId, closedOn: '2026-11-10', successorIds: [] };
    const { detail } = problemIn(
      await leader.post('/api/v1/schools/close-school', close),
      409,
      'SupportGoesOn',
    );
    expect(detail).toContain('1 arranged visit');
    before = await end();
    await county.given(['operator', 'schools/close-school', close]);
    await county.answered();
    expect(await types(before)).toEqual([
      ...['DeploymentReviewAsked', 'HeadlineVisitCancelled', 'SchoolClosed'],
    ]);
    const reasons = (await reviewsOf(atClosing)).map(([task]) => task);
    expect(reasons).toContain('Review the deployment: the school closes, or is proposed to');
  });

  it('is a reminder, too, where a visit has no record in time', async () => {
    const { schoolId } = converting;
    county.at('2026-11-10T10:00:00.000Z');
    await county.given([
      'adviser',
      'visits/schedule-headline-visit',
      { schoolId, academicYear: YEAR, adviserId: 'person-adviser', on: '2026-11-11' },
    ]);
    const overdue = async () =>
      (await tasks()).filter(({ task }) => task.startsWith('Record headline visit'));
    county.at('2026-11-18T10:00:00.000Z');
    expect(await overdue()).toEqual([]);
    county.at('2026-11-19T10:00:00.000Z');
    expect(await overdue()).toMatchObject([{ by: '2026-11-18', daysOverdue: 1 }]);
  });
});
