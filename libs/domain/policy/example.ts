import type {
  Comparator,
  Framework,
  HardRule,
  Indicator,
  Offer,
  OfferRow,
} from '../shared/framework';
import type { SchoolKind } from '../shared/words';
import { schoolKinds, statuses } from '../shared/words';

/*
 * Policy made up as an example, so that the product can be tried: no council's framework, and, but for the days of
 * 2022/23 that Buckinghamshire published, no council's offer. Every one of them says so in its title. Progress 8 is left
 * out on purpose: there is none for 2024/25 and 2025/26.
 */
const primaries = ['infant', 'junior', 'primary'] as const;
const mixed = ['upper', 'all-through'] as const;
const specials = ['special', 'pru-ap'] as const;
const withKeyStage2 = ['junior', 'primary', 'all-through'] as const;
const withKeyStage4 = ['grammar', ...mixed] as const;
const withReception = ['infant', 'primary', 'all-through'] as const;
const withDisadvantageGap = ['junior', 'primary', ...withKeyStage4] as const;
/** Attendance of a nursery school is not statutory. */
const withAttendance = [...primaries, ...withKeyStage4, ...specials] as const;

type Measured = Pick<Indicator, 'unit' | 'measure' | 'worse' | 'amber' | 'red'>;
const finding: Measured = { unit: 'finding', measure: 'finding', amber: 1, red: 2 };
const below = (unit: string, amber: number, red: number): Measured => ({
  unit,
  measure: 'gap',
  worse: 'below',
  amber,
  red,
});
const above = (unit: string, amber: number, red: number): Measured => ({
  unit,
  measure: 'gap',
  worse: 'above',
  amber,
  red,
});
const atLeast = (unit: string, amber: number, red: number): Measured => ({
  unit,
  measure: 'at-least',
  amber,
  red,
});

type Row = readonly [
  code: string,
  name: string,
  weight: number,
  appliesTo: readonly SchoolKind[],
  measured: Measured,
];

/** By domain, after the suggested framework of the domain notes, 2.4, with its weights and bands. */
const table: Readonly<Record<string, readonly Row[]>> = {
  Ofsted: [
    // 1: one area needs attention or requires improvement. 2: category of concern, safeguarding not met, urgent improvement.
    ['ofsted', 'Ofsted: weakest finding of the latest inspection', 20, schoolKinds, finding],
    [
      'years-since-inspection',
      'Years since the last full inspection',
      3,
      schoolKinds,
      atLeast('years', 4, 5),
    ],
  ],
  'Key stage 2': [
    [
      'ks2-rwm',
      'Key stage 2: expected standard in reading, writing and maths',
      12,
      withKeyStage2,
      below('% of pupils', 5, 10),
    ],
  ],
  'Key stage 4': [
    // Bands of each kind stand with its comparator: a grammar school is held against grammar schools.
    [
      'ks4-attainment8',
      'Attainment 8 against schools of the same type',
      12,
      withKeyStage4,
      below('points', 1.5, 5),
    ],
  ],
  'Early years': [
    [
      'eyfs-gld',
      'Good level of development at five',
      3,
      withReception,
      below('% of pupils', 5, 10),
    ],
    [
      'phonics',
      'Phonics: expected standard in Year 1',
      2,
      withReception,
      below('% of pupils', 5, 10),
    ],
  ],
  Disadvantage: [
    [
      'disadvantage-gap',
      'Gap of disadvantaged pupils to others nationally',
      8,
      withDisadvantageGap,
      above('percentage points', 0.1, 10),
    ],
  ],
  Attendance: [
    ['overall-absence', 'Overall absence', 3, withAttendance, above('% of sessions', 1, 2)],
    [
      'persistent-absence',
      'Persistent absence (10 % of sessions or more)',
      5,
      withAttendance,
      above('% of pupils', 2, 5),
    ],
  ],
  Exclusion: [
    [
      'suspensions',
      'Suspensions',
      4,
      withAttendance,
      { unit: 'per 100 pupils', measure: 'ratio', amber: 1.5, red: 2 },
    ],
    [
      'permanent-exclusions',
      'Permanent exclusions in the year',
      2,
      withAttendance,
      atLeast('pupils', 1, 2),
    ],
  ],
  // 1: new to post. 2: vacant, or interim for more than a term.
  Leadership: [['headship', 'Headship: new, interim or vacant', 8, schoolKinds, finding]],
  // With half of the posts vacant no meeting has a quorum.
  Governance: [
    [
      'governor-vacancies',
      'Vacancies among governors',
      6,
      schoolKinds,
      atLeast('% of posts', 25, 50),
    ],
  ],
  Finance: [
    [
      'revenue-balance',
      'Revenue balance',
      5,
      schoolKinds,
      { unit: '% of income', measure: 'at-most', amber: 2, red: 0 },
    ],
  ],
  Roll: [['surplus-places', 'Surplus places', 3, schoolKinds, atLeast('% of places', 15, 25)]],
  // 1: actions open. 2: overdue or serious. It weighs nothing, because it has a hard rule of its own.
  Safeguarding: [['safeguarding-audit', 'Safeguarding audit', 0, schoolKinds, finding]],
  Intelligence: [
    [
      'complaints',
      'Complaints and alerts from services',
      4,
      schoolKinds,
      atLeast('in the year', 2, 3),
    ],
  ],
};

const indicators: readonly Indicator[] = Object.entries(table).flatMap(([domain, entries]) =>
  entries.map(([code, name, weight, appliesTo, measured]) => ({
    code,
    name,
    domain,
    weight,
    appliesTo,
    ...measured,
  })),
);

const hardRules: readonly HardRule[] = [
  {
    code: 'ofsted-concern',
    says: 'A category of concern, safeguarding not met or an area in need of urgent improvement means Intervention at least.',
    indicator: 'ofsted',
    band: 'red',
    floor: 'Intervention',
  },
  {
    code: 'safeguarding-serious',
    says: 'Overdue or serious safeguarding actions mean Intervention at least.',
    indicator: 'safeguarding-audit',
    band: 'red',
    floor: 'Intervention',
  },
  {
    code: 'headship-vacant',
    says: 'A school without a permanent head for more than a term gets Prevention at least.',
    indicator: 'headship',
    band: 'red',
    floor: 'Prevention',
  },
];

const forKinds = (
  indicator: string,
  kinds: readonly SchoolKind[],
  value: number,
  source: string,
): readonly Comparator[] => kinds.map((kind) => ({ indicator, kind, value, source }));

/** Same type in the county: bands that make the lowest 40 % of such schools amber and the lowest 20 % red. */
const attainment = (source: string): readonly Comparator[] => [
  { indicator: 'ks4-attainment8', kind: 'grammar', value: 70, amber: 1, red: 3.4, source },
  { indicator: 'ks4-attainment8', kind: 'upper', value: 42, amber: 1.5, red: 5.1, source },
  { indicator: 'ks4-attainment8', kind: 'all-through', value: 42, amber: 1.5, red: 5.1, source },
];

/** All but Key Stage 2 is invented. Grammar schools have figures of their own throughout. */
const comparators = (year: string, rwm: number, rwmSource: string): readonly Comparator[] => {
  const invented = `example figure for ${year}`;
  const byPhase = (
    indicator: string,
    [primary, grammar, other, special]: readonly [number, number, number, number],
  ) => [
    ...forKinds(indicator, primaries, primary, invented),
    ...forKinds(indicator, ['grammar'], grammar, invented),
    ...forKinds(indicator, mixed, other, invented),
    ...forKinds(indicator, specials, special, invented),
  ];
  return [
    ...forKinds('ks2-rwm', withKeyStage2, rwm, rwmSource),
    ...attainment(`same type in the example county, ${year}`),
    ...forKinds('eyfs-gld', withReception, 69, invented),
    ...forKinds('phonics', withReception, 80, invented),
    ...forKinds('disadvantage-gap', withDisadvantageGap, 20, invented),
    ...byPhase('overall-absence', [5, 4.8, 8, 12]),
    ...byPhase('persistent-absence', [12, 13, 22, 33]),
    ...byPhase('suspensions', [1.5, 9, 15, 10]),
  ];
};

const thresholds = { prevention: 25, intervention: 50, minimumCoverage: 60 } as const;

/** In force for the assessments of summer 2022 and after. */
const framework2022: Framework = {
  version: 'example-2022',
  title: 'Example framework, 2022 (no council\u2019s own)',
  example: true,
  effectiveFrom: '2022-06-01',
  indicators,
  comparators: comparators('2021/22', 65, 'national, 2018/19, the last year before the pandemic'),
  thresholds,
  hardRules,
};

/** Revised for the assessments of summer 2025 and after: newer comparators, more weight on attendance. */
const framework2025: Framework = {
  ...framework2022,
  version: 'example-2025',
  title: 'Example framework, 2025 (no council\u2019s own)',
  effectiveFrom: '2025-06-01',
  indicators: indicators.map((indicator) =>
    indicator.code === 'persistent-absence' ? { ...indicator, weight: 6 } : indicator,
  ),
  comparators: comparators('2024/25', 62, 'national, 2024/25'),
};

export const exampleFrameworks: readonly Framework[] = [framework2022, framework2025];

/**
 * Days as Buckinghamshire published them for maintained schools in 2022/23, in half-days: Prevention 3 visits and up to
 * 9 days of pupil champions; Intervention 5 visits, up to 18 days of pupil and 18 of leadership champions, "inclusive of"
 * the visits, which was not said how: half a day each off the leadership champions is an example. So is the one visit of
 * Enhancement.
 */
const days = [
  ['Enhancement', 1, 0, 0, false],
  ['Prevention', 3, 18, 0, false],
  ['Intervention', 5, 36, 36, true],
] as const;

const rows = (academyFundedPercent: number): readonly OfferRow[] =>
  statuses.flatMap((status) =>
    days.map(([category, headlineVisits, sspcHalfDays, sslcHalfDays, inclusive]) => ({
      ...{ category, status, headlineVisits, sspcHalfDays, sslcHalfDays },
      headlineVisitsCountAgainstDays: inclusive,
      ...(inclusive ? { halfDaysPerHeadlineVisit: 1 } : {}),
      fundedPercent: status === 'maintained' ? 100 : academyFundedPercent,
    })),
  );

/** An offer to publish: the second of a year names the one it replaces. */
export interface OfferToPublish extends Offer {
  readonly supersedes?: string;
}

const yearly = (academicYear: string): OfferToPublish => ({
  version: `example-${academicYear}`,
  title: `Example offer for ${academicYear} (days as in 2022/23, not published by any council)`,
  example: true,
  academicYear,
  boardAgreedOn: `${academicYear.slice(0, 4)}-07-05`,
  effectiveFrom: `${academicYear.slice(0, 4)}-09-01`,
  rows: rows(0),
});

/** In the order they are to be published. From 1 April 2023 the grant no longer paid for academies. */
export const exampleOffers: readonly OfferToPublish[] = [
  {
    ...yearly('2022/23'),
    title: 'Example offer for 2022/23 (days of maintained schools as published; the rest made up)',
    rows: rows(50),
  },
  {
    ...yearly('2022/23'),
    version: 'example-2022/23-april',
    title: 'Example offer for 2022/23 from April (academies pay for themselves)',
    boardAgreedOn: '2023-03-14',
    effectiveFrom: '2023-04-01',
    supersedes: 'example-2022/23',
  },
  yearly('2023/24'),
  yearly('2024/25'),
  yearly('2025/26'),
  yearly('2026/27'),
];
