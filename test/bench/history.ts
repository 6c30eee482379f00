import type { AnySchoolEvent } from '#domain';

/*
 * A long history of an invented county, in the shapes of the real catalogue. A school's year is one round of assessment
 * that ends in a decided category, and nine looks in between (new figures, a score, no change): about 240 events of
 * 750 bytes. So 236 schools come to a million events in eighteen years.
 */

/** What one command would append to one stream, and when. */
export interface Batch {
  readonly stream: string;
  readonly events: readonly AnySchoolEvent[];
  /** Milliseconds since 1970. */
  readonly at: number;
}

const START = Date.UTC(2008, 8, 1, 9);
const DAY = 86_400_000;
/** Looks at every school in a year, the annual round among them. */
const LOOKS = 10;
const DAYS_BETWEEN = 36;

const hex = (n: number, digits: number): string => n.toString(16).padStart(digits, '0');
/** Identities as UUIDs: `kind` says of what, `n` which one. */
const identity = (kind: number, school: number, n = 0): string =>
  `${hex(kind, 8)}-${hex(n, 4)}-4000-8000-${hex(school, 12)}`;

export const schoolId = (school: number): string => identity(1, school);
export const urn = (school: number): string => String(900_001 + school);
/** The streams that are folded to know a school. */
export const streamsOf = (
  school: number,
): Record<'school' | 'risk' | 'categorisation', string> => ({
  school: `school-${schoolId(school)}`,
  risk: `risk-${schoolId(school)}`,
  categorisation: `categorisation-${schoolId(school)}`,
});

/** The history of a county, oldest first, ending with the first batch that reaches `total` events. */
export function* historyOf(schools: number, total: number): Generator<Batch> {
  let made = 0;
  for (let look = 0; ; look++) {
    for (let school = 0; school < schools; school++) {
      const at = START + look * DAYS_BETWEEN * DAY + school * 60_000;
      for (const batch of lookAt(school, look, at)) {
        yield batch;
        made += batch.events.length;
        if (made >= total) return;
      }
    }
  }
}

function lookAt(school: number, look: number, at: number): readonly Batch[] {
  const of = streamsOf(school);
  const day = new Date(at).toISOString().slice(0, 10);
  const ids = { schoolId: schoolId(school), assessmentId: identity(2, school, look) };
  const batch = (stream: string, ...events: readonly AnySchoolEvent[]): Batch => ({
    stream,
    events,
    at,
  });
  const annual = look % LOOKS === 0;
  const occasion = annual ? { cycle: yearOf(day) } : { triggerId: identity(3, school, look) };
  const assessed = [
    batch(of.risk, started(school, { ...ids, ...occasion, startedOn: day })),
    batch(of.risk, ...readings(school, look, ids, day)),
    batch(of.risk, scored(school, look, ids)),
    batch(of.risk, judged(ids, day)),
    batch(of.risk, finalised(school, look, { ...ids, ...occasion, finalisedOn: day })),
  ];
  if (annual) {
    return [
      ...(look === 0 ? [batch(of.school, registered(school, day))] : []),
      batch(of.school, ...yearAt(school, look, day)),
      ...assessed,
      ...decided(school, look, day).map((event) => batch(of.categorisation, event)),
      batch(
        `entitlement-${ids.schoolId}-${yearOf(day).replace('/', '-')}`,
        granted(school, look, day),
      ),
    ];
  }
  return [
    batch(of.categorisation, triggered(school, look, day)),
    ...assessed,
    batch(of.categorisation, dismissed(school, look)),
  ];
}

const yearOf = (day: string): string => {
  const first = Number(day.slice(0, 4)) - (day.slice(5, 7) < '09' ? 1 : 0);
  return `${first}/${String(first + 1).slice(2)}`;
};
const categoryAt = (school: number, year: number) =>
  (['Enhancement', 'Enhancement', 'Prevention', 'Enhancement', 'Intervention'] as const)[
    (school + Math.floor(year / 3)) % 5
  ] ?? 'Enhancement';

const registered = (school: number, asAt: string): AnySchoolEvent => ({
  type: 'SchoolRegistered',
  data: {
    schoolId: schoolId(school),
    urn: urn(school),
    laestab: `825${2000 + (school % 5000)}`,
    name: `Invented School ${String(school).padStart(4, '0')}`,
    phase: 'primary',
    kind: 'primary',
    status: 'maintained',
    typeName: 'Community school',
    open: true,
    openedOn: '1965-09-01',
    ageFrom: 4,
    ageTo: 11,
    pupils: 180 + (school % 200),
    capacity: 420,
    fsmPercent: 12.4,
    town: 'Ashmoor',
    postcode: 'ZZ1 1AA',
    asAt,
  },
});

/** What the registers and Ofsted bring in a year. */
const yearAt = (school: number, look: number, asAt: string): readonly AnySchoolEvent[] => [
  {
    type: 'PupilNumbersRecorded',
    data: {
      schoolId: schoolId(school),
      pupils: 180 + ((school + look) % 200),
      capacity: 420,
      censusOn: asAt,
      asAt,
    },
  },
  {
    type: 'HeadteacherChangeRecorded',
    data: {
      schoolId: schoolId(school),
      personRef: `person-head-${school}-${look}`,
      kind: 'permanent',
      from: asAt,
      newToPost: true,
      first: look === 0,
    },
  },
  {
    type: 'InspectionOutcomeRecorded',
    data: {
      schoolId: schoolId(school),
      inspectionNumber: String(10_000_000 + school * 100 + look),
      shape: 'graded-without-overall',
      urnAtTime: urn(school),
      startedOn: asAt,
      areas: [
        { area: 'Quality of education', grade: '2' },
        { area: 'Behaviour and attitudes', grade: '2' },
        { area: 'Leadership and management', grade: '2' },
      ],
      safeguarding: 'effective',
      asAt,
    },
  },
];

const FRAMEWORK = 'example-2025';
const INDICATORS = [
  ['ofsted', 'Ofsted: weakest finding of the latest inspection'],
  ['years-since-inspection', 'Years since the last full inspection'],
  ['ks2-rwm', 'Key stage 2: expected standard in reading, writing and maths'],
  ['eyfs-gld', 'Good level of development at five'],
  ['phonics', 'Phonics: expected standard in Year 1'],
  ['disadvantage-gap', 'Gap of disadvantaged pupils to others nationally'],
  ['overall-absence', 'Overall absence'],
  ['persistent-absence', 'Persistent absence (10 % of sessions or more)'],
  ['suspensions', 'Suspensions'],
  ['permanent-exclusions', 'Permanent exclusions in the year'],
  ['headship', 'Headship: new, interim or vacant'],
  ['governor-vacancies', 'Vacancies among governors'],
  ['revenue-balance', 'Revenue balance'],
  ['surplus-places', 'Surplus places'],
  ['safeguarding-audit', 'Safeguarding audit'],
  ['complaints', 'Complaints and alerts from services'],
] as const;
const isAbsent = (n: number): boolean => n % 6 === 5;
const valueAt = (school: number, look: number, n: number): number =>
  ((school * 7 + look * 3 + n * 11) % 400) / 10;
const comparator = { value: 20, source: 'example figure for 2024/25' } as const;

type Ids = { readonly schoolId: string; readonly assessmentId: string };
type Occasion = { readonly cycle: string } | { readonly triggerId: string };

const started = (
  school: number,
  ids: Ids & Occasion & { readonly startedOn: string },
): AnySchoolEvent => ({
  type: 'RiskAssessmentStarted',
  data: { ...ids, frameworkVersion: FRAMEWORK, kind: school % 9 === 0 ? 'upper' : 'primary' },
});

const readings = (
  school: number,
  look: number,
  ids: Ids,
  asAt: string,
): readonly AnySchoolEvent[] =>
  INDICATORS.map(([indicator], n) => {
    const common = {
      ...ids,
      indicator,
      period: '2024/25',
      source: 'Example dashboard, invented figures',
    };
    return isAbsent(n)
      ? { type: 'IndicatorMarkedUnavailable', data: { ...common, reason: 'not-published' } }
      : {
          type: 'IndicatorRecorded',
          data: {
            ...common,
            value: valueAt(school, look, n),
            unit: '% of pupils',
            comparator,
            asAt,
            example: true,
          },
        };
  });

const scored = (school: number, look: number, ids: Ids): AnySchoolEvent => ({
  type: 'RiskScoreCalculated',
  data: {
    ...ids,
    frameworkVersion: FRAMEWORK,
    score: valueAt(school, look, 0),
    coverage: 88.5,
    suggested: categoryAt(school, Math.floor(look / LOOKS)),
    steps: INDICATORS.map(([indicator, name], n) => {
      const value = valueAt(school, look, n);
      const common = { indicator, name, weight: 5, period: '2024/25' };
      return isAbsent(n)
        ? {
            ...common,
            absence: 'not-published',
            how: `${name} was not published nationally; lowers the coverage, not the risk.`,
          }
        : {
            ...common,
            value,
            comparator,
            band: 'amber',
            points: 2.5,
            how: `${name} for 2024/25: ${value} % against 20 (example figure for 2024/25) is amber: 5 × 0.5 = 2.5.`,
          };
    }),
    hardRules: [],
    inputHash: '9f2b61c0d4e8a735',
  },
});

const judged = (ids: Ids, judgedOn: string): AnySchoolEvent => ({
  type: 'ProfessionalJudgementRecorded',
  data: {
    ...ids,
    assessorId: 'person-adviser-01',
    proposedCategory: 'Prevention',
    agreesWithScore: true,
    evidence: [],
    judgedOn,
  },
});

const finalised = (
  school: number,
  look: number,
  about: Ids & Occasion & { readonly finalisedOn: string },
): AnySchoolEvent => ({
  type: 'RiskAssessmentFinalised',
  data: {
    ...about,
    recommended: categoryAt(school, Math.floor(look / LOOKS)),
    score: valueAt(school, look, 0),
    coverage: 88.5,
    assessorId: 'person-adviser-01',
    moderatorIds: ['person-leader-01'],
    frameworkVersion: FRAMEWORK,
  },
});

function decided(school: number, look: number, day: string): readonly AnySchoolEvent[] {
  const year = look / LOOKS;
  const of = { schoolId: schoolId(school), proposalId: identity(4, school, look) };
  const to = categoryAt(school, year);
  const from = categoryAt(school, year - 1);
  const why = {
    assessmentId: identity(2, school, look),
    cycle: yearOf(day),
    reasonCode: 'ANNUAL_ROUND',
    offerVersion: 'example-2026',
  } as const;
  const decision = { ...of, ...why, effectiveFrom: day, deciderId: 'person-service-head-01' };
  return [
    {
      type: 'CategoryProposed',
      data: {
        ...of,
        ...why,
        to,
        assessorId: 'person-adviser-01',
        moderatorIds: ['person-leader-01'],
        proposerId: 'person-adviser-01',
        proposedOn: day,
      },
    },
    {
      type: 'ProposalLetterIssued',
      data: {
        ...of,
        proposedCategory: to,
        templateVersion: 'example-1',
        recipients: ['head', 'chair'],
        docHash: 'ab'.repeat(32),
        issuedOn: day,
      },
    },
    {
      type: 'ProposalDiscussed',
      data: { ...of, mode: 'visit', heldOn: day, attendees: ['person-adviser-01'] },
    },
    look === 0 || from === to
      ? { type: 'CategoryConfirmed', data: { ...decision, category: to } }
      : { type: 'CategoryChanged', data: { ...decision, from, to } },
  ];
}

const granted = (school: number, look: number, day: string): AnySchoolEvent => ({
  type: 'EntitlementGranted',
  data: {
    schoolId: schoolId(school),
    academicYear: yearOf(day),
    status: 'maintained',
    offerVersion: 'example-2026',
    effectiveFrom: day,
    becauseOf: identity(4, school, look),
    category: categoryAt(school, look / LOOKS),
    headlineVisits: 3,
    sspcHalfDays: 18,
    sslcHalfDays: 0,
    fundedPercent: 100,
  },
});

const triggered = (school: number, look: number, happenedOn: string): AnySchoolEvent => ({
  type: 'OutOfCycleReviewTriggered',
  data: {
    schoolId: schoolId(school),
    triggerId: identity(3, school, look),
    triggerType: 'RESULTS',
    happenedOn,
  },
});

const dismissed = (school: number, look: number): AnySchoolEvent => ({
  type: 'OutOfCycleReviewDismissed',
  data: {
    schoolId: schoolId(school),
    triggerId: identity(3, school, look),
    reason: 'New figures, no change of category.',
  },
});
