import type { AnySchoolEvent } from '#domain';

/*
 * A small invented county, event by event: one school that went all the way to Intervention and became
 * an academy meanwhile, one with a name that tries to be markup, and enough others for a second page.
 */
export const uuid = (n: number): string =>
  `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;
export const brook = uuid(1);
const markup = uuid(2);
const assessmentId = uuid(10);
const triggerId = uuid(11);
const proposalId = uuid(12);
const person = uuid(20);
const MARKUP_NAME = 'Tall <b>Trees</b> & "Sons" School';

const registered = (schoolId: string, urn: string, name: string): AnySchoolEvent => ({
  type: 'SchoolRegistered',
  data: {
    schoolId,
    urn,
    name,
    phase: 'primary',
    kind: 'primary',
    status: 'maintained',
    typeName: 'Community school',
    open: true,
    asAt: '2024-09-01',
  },
});
const reading = (indicator: string, value: number): AnySchoolEvent => ({
  type: 'IndicatorRecorded',
  data: {
    schoolId: brook,
    assessmentId,
    indicator,
    period: '2024/25',
    value,
    unit: '%',
    source: 'Example dashboard',
    asAt: '2025-10-01',
    example: true,
  },
});
const absent = (
  indicator: string,
  reason: 'not-published' | 'suppressed' | 'not-yet-collected',
): AnySchoolEvent => ({
  type: 'IndicatorMarkedUnavailable',
  data: {
    schoolId: brook,
    assessmentId,
    indicator,
    period: '2024/25',
    reason,
    source: 'Example dashboard',
  },
});
const decided = {
  schoolId: brook,
  proposalId,
  assessmentId,
  offerVersion: 'example-2025',
  deciderId: person,
} as const;

/** What happened: the day it was recorded, in which role, and the event. */
export const chain: readonly (readonly [at: string, role: string, event: AnySchoolEvent])[] = [
  ['2024-09-02', 'import', registered(brook, '900001', 'Example Brook Combined School')],
  ['2024-09-02', 'import', registered(markup, '900002', MARKUP_NAME)],
  ...Array.from({ length: 60 }, (_, i): readonly [string, string, AnySchoolEvent] => [
    '2024-09-02',
    'import',
    registered(uuid(100 + i), String(900100 + i), `Invented School ${String(i).padStart(2, '0')}`),
  ]),
  [
    '2024-10-01',
    'head-of-service',
    {
      type: 'CategoryConfirmed',
      data: {
        ...decided,
        proposalId: uuid(13),
        assessmentId: uuid(14),
        cycle: '2024/25',
        reasonCode: 'ANNUAL_ROUND',
        category: 'Enhancement',
        effectiveFrom: '2024-10-01',
      },
    },
  ],
  [
    '2025-04-01',
    'import',
    {
      type: 'SchoolConvertedToAcademy',
      data: {
        schoolId: brook,
        oldUrn: '900001',
        newUrn: '900500',
        convertedOn: '2025-04-01',
        trust: { uid: '5001', name: 'Example Trust' },
      },
    },
  ],
  [
    '2025-10-02',
    'import',
    {
      type: 'InspectionOutcomeRecorded',
      data: {
        schoolId: brook,
        inspectionNumber: '10900001',
        shape: 'graded-without-overall',
        urnAtTime: '900500',
        startedOn: '2025-09-16',
        areas: [{ area: 'Quality of education', grade: '3' }],
        safeguarding: 'effective',
        asAt: '2025-10-01',
      },
    },
  ],
  [
    '2025-10-02',
    'policy',
    {
      type: 'OutOfCycleReviewTriggered',
      data: { schoolId: brook, triggerId, triggerType: 'OFSTED_OUTCOME', happenedOn: '2025-09-16' },
    },
  ],
  [
    '2025-10-03',
    'adviser',
    {
      type: 'RiskAssessmentStarted',
      data: {
        schoolId: brook,
        assessmentId,
        triggerId,
        frameworkVersion: 'example-1',
        kind: 'primary',
        startedOn: '2025-10-03',
      },
    },
  ],
  ['2025-10-03', 'adviser', reading('KS2-RWM', 42)],
  ['2025-10-03', 'adviser', reading('ABSENCE', 5.5)],
  ['2025-10-03', 'adviser', absent('KS2-PROGRESS', 'not-published')],
  ['2025-10-03', 'adviser', absent('GAP', 'suppressed')],
  ['2025-10-03', 'adviser', absent('FINANCE', 'not-yet-collected')],
  [
    '2025-10-03',
    'adviser',
    {
      type: 'RiskScoreCalculated',
      data: {
        schoolId: brook,
        assessmentId,
        frameworkVersion: 'example-1',
        score: 87.5,
        coverage: 57.1,
        suggested: 'Intervention',
        floor: 'Prevention',
        hardRules: [
          { code: 'RI', says: 'Below good at the last inspection.', floor: 'Prevention' },
        ],
        inputHash: 'abc',
        steps: [
          {
            indicator: 'KS2-RWM',
            name: 'Reading, writing and maths at 11',
            weight: 6,
            period: '2024/25',
            value: 42,
            comparator: { value: 62, source: 'national, 2024/25' },
            band: 'red',
            points: 6,
            how: '42 % is 20 below 62, which is red: 6 × 1 = 6.',
          },
          {
            indicator: 'ABSENCE',
            name: 'Overall absence',
            weight: 2,
            period: '2024/25',
            value: 5.5,
            band: 'amber',
            points: 1,
            how: '5.5 % is amber: 2 × 0.5 = 1.',
          },
          {
            indicator: 'KS2-PROGRESS',
            name: 'Progress from 7 to 11',
            weight: 3,
            period: '2024/25',
            absence: 'not-published',
            how: 'Was not published nationally.',
          },
          {
            indicator: 'GAP',
            name: 'Disadvantage gap',
            weight: 2,
            period: '2024/25',
            absence: 'suppressed',
            how: 'Is suppressed.',
          },
          {
            indicator: 'FINANCE',
            name: 'Finance',
            weight: 1,
            period: '2024/25',
            absence: 'not-yet-collected',
            how: 'Has not been collected yet.',
          },
          {
            indicator: 'A8',
            name: 'Attainment 8',
            weight: 6,
            absence: 'not-applicable',
            how: 'Does not apply to schools of kind primary.',
          },
        ],
      },
    },
  ],
  [
    '2025-10-06',
    'adviser',
    {
      type: 'ProfessionalJudgementRecorded',
      data: {
        schoolId: brook,
        assessmentId,
        assessorId: person,
        proposedCategory: 'Intervention',
        agreesWithScore: true,
        reasonText: 'SECRET REASON',
        evidence: [],
        judgedOn: '2025-10-06',
      },
    },
  ],
  [
    '2025-10-07',
    'team-leader',
    {
      type: 'AssessmentModerated',
      data: {
        schoolId: brook,
        assessmentId,
        moderatorIds: [uuid(21)],
        outcome: 'agree',
        moderatedOn: '2025-10-07',
      },
    },
  ],
  [
    '2025-10-09',
    'adviser',
    {
      type: 'CategoryProposed',
      data: {
        schoolId: brook,
        proposalId,
        from: 'Enhancement',
        to: 'Intervention',
        assessmentId,
        triggerId,
        reasonCode: 'OFSTED_OUTCOME',
        offerVersion: 'example-2025',
        assessorId: person,
        moderatorIds: [uuid(21)],
        proposerId: person,
        proposedOn: '2025-10-09',
      },
    },
  ],
  [
    '2025-10-10',
    'adviser',
    {
      type: 'ProposalLetterIssued',
      data: {
        schoolId: brook,
        proposalId,
        proposedCategory: 'Intervention',
        templateVersion: '1',
        recipients: ['head', 'chair'],
        docHash: 'ab'.repeat(32),
        issuedOn: '2025-10-10',
      },
    },
  ],
  [
    '2025-10-20',
    'adviser',
    {
      type: 'ProposalDiscussed',
      data: {
        schoolId: brook,
        proposalId,
        mode: 'visit',
        heldOn: '2025-10-17',
        attendees: [person],
      },
    },
  ],
  [
    '2025-11-03',
    'head-of-service',
    {
      type: 'CategoryChanged',
      data: {
        ...decided,
        triggerId,
        reasonCode: 'OFSTED_OUTCOME',
        from: 'Enhancement',
        to: 'Intervention',
        effectiveFrom: '2025-11-01',
      },
    },
  ],
  [
    '2026-10-05',
    'head-of-service',
    {
      type: 'WarningNoticeIssued',
      data: {
        schoolId: markup,
        noticeId: uuid(30),
        section: '60',
        grounds: ['safety'],
        matters: 'Two <b>Trees</b> lean over the playground.',
        actionsRequired: 'Have them looked at.',
        mindedTo: 'Suspend the delegated budget.',
        complianceFrom: '2026-10-05',
        complianceTo: '2026-11-20',
        copies: [
          { to: 'secretary-of-state', sentOn: '2026-10-05' },
          { to: 'governing-body', sentOn: '2026-10-05' },
          { to: 'headteacher', sentOn: '2026-10-06' },
        ],
        issuedById: person,
        issuedOn: '2026-10-05',
      },
    },
  ],
  [
    '2026-10-06',
    'adviser',
    {
      type: 'RiseInvolvementRecorded',
      data: {
        schoolId: brook,
        involvementId: uuid(31),
        kind: 'targeted',
        expectedTo: '2028-03-07',
        source: 'Letter of the regional group',
        from: '2026-09-07',
      },
    },
  ],
];
/** The event of a place in the chain. */
export const eventId = (i: number): string => uuid(1000 + i);
/** The decision that moved Example Brook to Intervention. */
export const CHANGE = eventId(chain.findLastIndex(([, , { type }]) => type === 'CategoryChanged'));
