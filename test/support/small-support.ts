import type { AnySchoolEvent } from '#domain';
import { brook, uuid } from './small-county';

/*
 * Support in the small county: one school with an allowance and a deployment that is late, judged and visited once;
 * the other schools have none.
 */
export const supported = uuid(100);
const home = uuid(101);
const deploymentId = uuid(40);
const reservationId = uuid(41);
const championId = uuid(42);
const person = uuid(20);
const YEAR = '2026/27';
const between = { deploymentId, schoolId: supported, championId, homeSchoolId: home } as const;
const objectives = [
  {
    objectiveId: uuid(43),
    what: 'Phonics <b>first</b>',
    measure: 'Share who pass the check',
    baseline: '62%',
    target: '80%',
  },
  {
    objectiveId: uuid(44),
    what: 'Attendance',
    measure: 'Sessions missed',
    baseline: '9%',
    target: '6%',
  },
];
const terms = {
  ...between,
  reservationId,
  role: 'SSPC',
  halfDays: 8,
  from: '2026-10-12',
  to: '2026-11-20',
  academicYear: YEAR,
  paidBy: 'allowance',
} as const;
const need = {
  schoolId: supported,
  specialism: 'early-reading',
  focus: 'Reading in Key Stage 1',
  priority: 'soon',
  role: 'SSPC',
  proposedBy: 'team',
  identifiedOn: '2026-10-07',
  selfFunded: false,
} as const;
const entry = {
  schoolId: supported,
  academicYear: YEAR,
  reservationId,
  deploymentId,
} as const;

/** Follows the chain of the small county. */
export const supportChain: readonly (readonly [at: string, role: string, event: AnySchoolEvent])[] =
  [
    [
      '2026-10-06',
      'policy',
      {
        type: 'EntitlementLapsed',
        data: { schoolId: supported, academicYear: '2025/26', sspcHalfDays: 3, sslcHalfDays: 1 },
      },
    ],
    [
      '2026-10-06',
      'policy',
      {
        type: 'EntitlementGranted',
        data: {
          schoolId: supported,
          academicYear: YEAR,
          status: 'maintained',
          offerVersion: 'example-2026',
          effectiveFrom: '2026-09-01',
          becauseOf: uuid(45),
          category: 'Prevention',
          headlineVisits: 3,
          sspcHalfDays: 18,
          sslcHalfDays: 4,
          fundedPercent: 100,
        },
      },
    ],
    ['2026-10-07', 'adviser', { type: 'SupportNeedIdentified', data: { deploymentId, ...need } }],
    [
      '2026-10-07',
      'adviser',
      {
        type: 'SupportNeedIdentified',
        data: { ...need, deploymentId: uuid(46), schoolId: brook, specialism: 'attendance' },
      },
    ],
    [
      '2026-10-08',
      'adviser',
      {
        type: 'ChampionProposed',
        data: {
          ...between,
          championPersonRef: 'person-champion',
          brokerId: person,
          rationale: 'SECRET REASON',
          proposedOn: '2026-10-08',
        },
      },
    ],
    [
      '2026-10-09',
      'home-head',
      {
        type: 'HomeSchoolReleaseAgreed',
        data: { ...between, homeHeadId: person, halfDays: 8, from: '2026-10-12', to: '2026-11-20' },
      },
    ],
    [
      '2026-10-09',
      'team-leader',
      { type: 'SupportedSchoolAgreed', data: { ...between, headId: person, objectives } },
    ],
    [
      '2026-10-10',
      'team-leader',
      {
        type: 'DaysReserved',
        data: { ...entry, halfDays: 8, role: 'SSPC', pot: 'sspc' },
      },
    ],
    [
      '2026-10-10',
      'team-leader',
      {
        type: 'DeploymentConfirmed',
        data: {
          ...terms,
          scope: 'Weekly visits',
          objectives,
          payer: { kind: 'authority', authorityPercent: 100 },
          confirmedById: person,
        },
      },
    ],
    [
      '2026-10-12',
      'adviser',
      { type: 'DeploymentStarted', data: { ...between, startedOn: '2026-10-12' } },
    ],
    [
      '2026-10-15',
      'champion',
      {
        type: 'ChampionVisitRecorded',
        data: {
          ...between,
          visitId: uuid(47),
          visitedOn: '2026-10-14',
          halfDays: 2,
          objectiveIds: [uuid(43)],
          notesRef: 'notes-1',
          uses: [{ reservationId, academicYear: YEAR, paidBy: 'allowance', halfDays: 2 }],
          recordedById: person,
        },
      },
    ],
    [
      '2026-10-15',
      'policy',
      { type: 'DaysConsumed', data: { ...entry, visitId: uuid(47), halfDays: 2 } },
    ],
    [
      '2026-11-16',
      'adviser',
      {
        type: 'ImpactEvaluated',
        data: {
          ...between,
          results: [
            { objectiveId: uuid(43), result: 'partly', now: '71%', evidence: 'Seen in lessons' },
            { objectiveId: uuid(44), result: 'reached', now: '6%', evidence: 'Seen in lessons' },
          ],
          evaluatedOn: '2026-11-16',
          evaluatorId: person,
        },
      },
    ],
  ];
