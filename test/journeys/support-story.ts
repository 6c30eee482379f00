import { randomUUID } from 'node:crypto';
import { County, newSchool } from './county';

/*
 * One county in which something of everything happened that people ask about: a need, a champion's work and its judgement, a
 * visit and what came after it, a proposal with its letter, a claim; and a school nobody supports.
 */
export const uuid = (n: number) => `00000000-0000-4000-9000-${String(n).padStart(12, '0')}`;
export const YEAR = '2026/27';
export type School = ReturnType<typeof newSchool>;
export const [deploymentId, waiting, championId, other] = [1, 2, 3, 4].map(uuid) as [
  string,
  string,
  string,
  string,
];
const objectives = [
  { objectiveId: uuid(11), what: 'Fluency', measure: 'Share', baseline: '41%', target: '65%' },
  { objectiveId: uuid(12), what: 'Attendance', measure: 'Missed', baseline: '9%', target: '6%' },
];
const visits = [
  { visitId: uuid(21), visitedOn: '2026-10-05', halfDays: 2 },
  { visitId: uuid(22), visitedOn: '2026-10-12', halfDays: 1 },
  { visitId: uuid(23), visitedOn: '2026-11-09', halfDays: 2 },
];

/** The county as it stands on 23 November 2026; whoever starts it stops it. */
export async function supportStory() {
  const county = await County.start();
  const decided = (schoolId: string, category: string) =>
    county.happened(`categorisation-${schoolId}`, [
      {
        type: 'CategoryConfirmed',
        data: {
          ...{ schoolId, proposalId: randomUUID(), assessmentId: randomUUID(), cycle: YEAR },
          ...{ reasonCode: 'ANNUAL_ROUND', offerVersion: 'example', category },
          ...{ effectiveFrom: '2026-09-15', deciderId: 'person-head-of-service' },
        },
      },
    ]);
  const champion = (id: string, specialisms: readonly string[], homeSchoolId: string) =>
    [
      'team-leader',
      'champions/register-champion',
      {
        ...{ championId: id, personRef: `person-${id.slice(-2)}`, homeSchoolId, specialisms },
        ...{ roles: ['SSPC'], phases: ['primary'] },
        ...{ vettedOn: '2026-09-01', vettedUntil: '2028-08-31' },
      },
    ] as const;

  const [supported, home, alone] = [1, 2, 3].map(newSchool) as [School, School, School];
  county.at('2026-09-14T10:00:00.000Z');
  await county.given(
    ...[supported, home, alone].map(
      (school) => ['team-leader', 'schools/register-school', school] as const,
    ),
    champion(championId, ['early-reading'], home.schoolId),
    champion(other, ['attendance'], alone.schoolId),
  );
  county.at('2026-09-20T10:00:00.000Z');
  await decided(supported.schoolId, 'Prevention');
  await decided(alone.schoolId, 'Intervention');
  await decided(home.schoolId, 'Enhancement');
  const { schoolId } = supported;
  await county.happened(`entitlement-${schoolId}-2026-27`, [
    {
      type: 'EntitlementGranted',
      data: {
        ...{ schoolId, academicYear: YEAR, status: 'maintained', offerVersion: 'example' },
        ...{ effectiveFrom: '2026-09-15', becauseOf: uuid(3), category: 'Prevention' },
        ...{ headlineVisits: 3, sspcHalfDays: 18, sslcHalfDays: 0, fundedPercent: 50 },
      },
    },
  ]);
  const at = { deploymentId, schoolId };
  const between = { ...at, championId, homeSchoolId: home.schoolId };
  const need = (id: string, school: string, specialism: string) => ({
    type: 'SupportNeedIdentified',
    data: {
      ...{ deploymentId: id, schoolId: school, specialism, focus: 'SECRET FOCUS' },
      ...{ priority: 'soon', role: 'SSPC', proposedBy: 'team', selfFunded: false },
      identifiedOn: '2026-09-21',
    },
  });
  await county.happened(`deployment-${deploymentId}`, [
    need(deploymentId, schoolId, 'early-reading'),
    {
      type: 'ChampionProposed',
      data: {
        ...{ ...between, championPersonRef: 'person-03', brokerId: 'person-adviser' },
        ...{ rationale: 'x', proposedOn: '2026-09-22' },
      },
    },
    { type: 'SupportedSchoolAgreed', data: { ...between, headId: 'person-head', objectives } },
    {
      type: 'DeploymentConfirmed',
      data: {
        ...{ ...between, reservationId: uuid(5), role: 'SSPC', halfDays: 12, objectives },
        ...{ from: '2026-10-01', to: '2027-03-26', academicYear: YEAR },
        ...{ paidBy: 'allowance', scope: 'Reading' },
        payer: { kind: 'split', authorityPercent: 50 },
        confirmedById: 'person-team-leader',
      },
    },
    { type: 'DeploymentStarted', data: { ...between, startedOn: '2026-10-01' } },
  ]);
  await county.happened(`deployment-${waiting}`, [need(waiting, alone.schoolId, 'attendance')]);
  county.at('2026-10-13T10:00:00.000Z');
  const visited = (visit: (typeof visits)[number]) => ({
    type: 'ChampionVisitRecorded',
    data: {
      ...{ ...between, ...visit, objectiveIds: [], notesRef: 'x', uses: [] },
      recordedById: 'person-03',
    },
  });
  await county.happened(`deployment-${deploymentId}`, visits.slice(0, 2).map(visited));

  county.at('2026-11-23T09:00:00.000Z');
  const dashboardPosition = (await county.recorded()).at(-1)?.position ?? 0;
  const visit = { schoolId, visitId: uuid(31), academicYear: YEAR, kind: 'headline', number: 1 };
  const late = { ...visit, schoolId: alone.schoolId, visitId: uuid(32) };
  await county.happened(`visits-${schoolId}`, [
    {
      type: 'HeadlineVisitScheduled',
      data: { ...visit, adviserId: 'person-adviser', on: '2026-10-14' },
    },
    {
      type: 'HeadlineVisitCompleted',
      data: {
        ...{ ...visit, adviserId: 'person-adviser', visitedOn: '2026-10-14', findings: 'F' },
        ...{ nextSteps: 'N', dashboardPosition, dashboardSnapshotId: uuid(33) },
        ...{ recordDueOn: '2026-10-21', late: true, holidaysKnown: true },
      },
    },
  ]);
  await county.happened(`visits-${alone.schoolId}`, [
    {
      type: 'HeadlineVisitScheduled',
      data: { ...late, adviserId: 'person-colleague', on: '2026-11-02' },
    },
  ]);
  // After the visit: another visit of the champion, a judgement, a verdict, a letter, a change of head.
  await county.happened(`deployment-${deploymentId}`, [
    visited(visits[2]!),
    {
      type: 'ImpactEvaluated',
      data: {
        ...between,
        results: [
          { objectiveId: uuid(11), result: 'partly', now: '53%', evidence: 'SECRET' },
          { objectiveId: uuid(12), result: 'not-reached', now: '10%', evidence: 'SECRET' },
        ],
        ...{ headId: 'person-head', evaluatedOn: '2026-11-20', evaluatorId: 'person-adviser' },
      },
    },
  ]);
  const review = {
    ...{ reviewId: uuid(41), object: 'deployment', objectId: deploymentId, schoolId },
    ...{ deploymentId, reviewerId: 'person-reviewer' },
  };
  await county.happened(`quality-review-${uuid(41)}`, [
    {
      type: 'QualityReviewBegun',
      data: { ...review, occasion: 'cause', begunOn: '2026-11-18' },
    },
    {
      type: 'QualityReviewCompleted',
      data: {
        ...{ ...review, verdict: 'partly-effective', objectives: [], evidence: 'SECRET' },
        ...{ improvementAreas: [], completedOn: '2026-11-19' },
      },
    },
  ]);
  await county.happened(`categorisation-${schoolId}`, [
    {
      type: 'CategoryProposed',
      data: {
        ...{ schoolId, proposalId: uuid(51), from: 'Prevention', to: 'Intervention' },
        ...{ assessmentId: uuid(52), reasonCode: 'RESULTS', offerVersion: 'example' },
        ...{ assessorId: 'person-adviser', moderatorIds: [], proposerId: 'person-adviser' },
        proposedOn: '2026-11-20',
      },
    },
    {
      type: 'ProposalLetterIssued',
      data: {
        ...{ schoolId, proposalId: uuid(51), proposedCategory: 'Intervention' },
        ...{ templateVersion: 't', recipients: ['head'], docHash: 'a', issuedOn: '2026-11-20' },
      },
    },
  ]);
  await county.happened(`school-${schoolId}`, [
    {
      type: 'HeadteacherChangeRecorded',
      data: { schoolId, kind: 'interim', from: '2026-11-01', newToPost: true, first: false },
    },
  ]);
  await county.given(
    [
      'head-of-service',
      'money/publish-rate-card',
      {
        ...{ version: 'journey-rates', title: 'Invented', example: true },
        ...{ effectiveFrom: '2026-09-01', boardAgreedOn: '2026-07-08' },
        rates: [{ role: 'SSPC', pencePerHalfDay: 17_501 }],
      },
    ],
    [
      'adviser',
      'money/claim-reimbursement',
      {
        ...{ deploymentId, homeSchoolId: home.schoolId, claimId: uuid(61) },
        visitIds: [uuid(21), uuid(22)],
      },
    ],
    ['head-of-service', 'money/approve-claim', { deploymentId, claimId: uuid(61) }],
  );
  await county.answered();
  return { county, supported, home, alone };
}
