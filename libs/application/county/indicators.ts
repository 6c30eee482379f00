import type { SchoolKind } from '#domain';

/** A figure the county has of its schools, and how it is drawn. */
export interface CountyIndicator {
  readonly code: string;
  readonly name: string;
  readonly unit: string;
  /** When it comes out, as months and days after the academic year's end in August. */
  readonly published: string;
  /** Kinds of school that have it; for the others it is not applicable. */
  readonly kinds: readonly SchoolKind[];
  /** Academic years, by the year they begin in, for which nobody has it. */
  readonly unpublished?: readonly number[];
  /** Years of age in the cohort it is about; of a cohort up to ten the figure is suppressed. Absent: about the whole school. */
  readonly cohortYears?: number;
  /** Not of academies, whose books the authority does not see. */
  readonly maintainedOnly?: true;
  readonly least: number;
  readonly most: number;
  /** Digits after the point. */
  readonly digits: number;
  /** Mean, standard deviation, and change of the mean with a standard deviation of strain. */
  readonly drawn: (kind: SchoolKind) => readonly [mean: number, deviation: number, strain: number];
}

const WITH_KS2: readonly SchoolKind[] = ['junior', 'primary', 'all-through'];
const WITH_KS4: readonly SchoolKind[] = ['grammar', 'upper', 'all-through'];
const WITH_EARLY_YEARS: readonly SchoolKind[] = ['infant', 'primary', 'all-through'];
const ALL_BUT_NURSERY: readonly SchoolKind[] = [
  'infant',
  'junior',
  'primary',
  'grammar',
  'upper',
  'all-through',
  'special',
  'pru-ap',
];
const ALL: readonly SchoolKind[] = [...ALL_BUT_NURSERY, 'nursery'];

/** One figure for primaries, secondaries and special schools, which differ as the published means do. */
const byPhase = (kind: SchoolKind, primary: number, secondary: number, special: number): number => {
  switch (kind) {
    case 'nursery':
    case 'infant':
    case 'junior':
    case 'primary':
      return primary;
    case 'grammar':
      return secondary * 0.6;
    case 'upper':
    case 'all-through':
      return secondary;
    case 'special':
    case 'pru-ap':
      return special;
  }
};

/** All of it made up. Progress figures have the years in which the Department published none. */
export const COUNTY_INDICATORS: readonly CountyIndicator[] = [
  {
    code: 'ks2-rwm',
    name: 'Key stage 2: expected standard in reading, writing and maths',
    unit: '%',
    published: '12-12',
    kinds: WITH_KS2,
    cohortYears: 1,
    least: 0,
    most: 100,
    digits: 0,
    drawn: () => [64, 9, -9],
  },
  {
    code: 'ks2-progress',
    name: 'Key stage 1 to 2 progress',
    unit: 'points',
    published: '12-12',
    kinds: WITH_KS2,
    unpublished: [2023, 2024],
    cohortYears: 1,
    least: -8,
    most: 8,
    digits: 1,
    drawn: () => [0, 1.6, -1.4],
  },
  {
    code: 'ks4-attainment8',
    name: 'Attainment 8',
    unit: 'points',
    published: '02-05',
    kinds: WITH_KS4,
    cohortYears: 1,
    least: 10,
    most: 90,
    digits: 1,
    drawn: (kind) => (kind === 'grammar' ? [70, 3, -2.5] : [42, 4, -4.5]),
  },
  {
    code: 'ks4-progress8',
    name: 'Progress 8',
    unit: 'grades',
    published: '02-05',
    kinds: WITH_KS4,
    unpublished: [2024, 2025],
    cohortYears: 1,
    least: -2,
    most: 2,
    digits: 2,
    drawn: (kind) => (kind === 'grammar' ? [0.45, 0.2, -0.15] : [-0.1, 0.25, -0.3]),
  },
  {
    code: 'eyfs-gld',
    name: 'Good level of development at five',
    unit: '%',
    published: '11-28',
    kinds: WITH_EARLY_YEARS,
    cohortYears: 1,
    least: 0,
    most: 100,
    digits: 0,
    drawn: () => [69, 7, -5],
  },
  {
    code: 'phonics',
    name: 'Phonics: expected standard in Year 1',
    unit: '%',
    published: '10-16',
    kinds: WITH_EARLY_YEARS,
    cohortYears: 1,
    least: 0,
    most: 100,
    digits: 0,
    drawn: () => [80, 6, -5],
  },
  {
    code: 'disadvantage-gap',
    name: 'Gap of disadvantaged pupils to others nationally',
    unit: 'percentage points',
    published: '12-12',
    kinds: [...WITH_KS2, 'upper', 'grammar'],
    cohortYears: 1,
    least: -10,
    most: 60,
    digits: 0,
    drawn: () => [20, 7, 5],
  },
  {
    code: 'overall-absence',
    name: 'Overall absence',
    unit: '% of sessions',
    published: '03-19',
    kinds: ALL_BUT_NURSERY,
    least: 1,
    most: 40,
    digits: 1,
    drawn: (kind) => [
      byPhase(kind, 5, 8, 12),
      byPhase(kind, 0.5, 0.9, 2),
      byPhase(kind, 0.4, 1, 1.5),
    ],
  },
  {
    code: 'persistent-absence',
    name: 'Persistent absence',
    unit: '% of pupils',
    published: '03-19',
    kinds: ALL_BUT_NURSERY,
    least: 0,
    most: 90,
    digits: 1,
    drawn: (kind) => [
      byPhase(kind, 12, 22, 33),
      byPhase(kind, 2, 3, 6),
      byPhase(kind, 1.8, 3.5, 4),
    ],
  },
  {
    code: 'suspensions',
    name: 'Suspensions',
    unit: 'per 100 pupils',
    published: '07-16',
    kinds: ALL_BUT_NURSERY,
    least: 0,
    most: 90,
    digits: 1,
    drawn: (kind) => [
      byPhase(kind, 1.5, 15, 10),
      byPhase(kind, 0.7, 4, 4),
      byPhase(kind, 0.6, 5, 3),
    ],
  },
  {
    code: 'permanent-exclusions',
    name: 'Permanent exclusions',
    unit: 'pupils',
    published: '07-16',
    kinds: ALL_BUT_NURSERY,
    least: 0,
    most: 12,
    digits: 0,
    drawn: (kind) => [
      byPhase(kind, -0.6, 0.6, 0),
      byPhase(kind, 0.5, 0.9, 0.4),
      byPhase(kind, 0.2, 0.7, 0.1),
    ],
  },
  {
    code: 'governor-vacancies',
    name: 'Vacancies among governors',
    unit: '%',
    published: '09-30',
    kinds: ALL,
    least: 0,
    most: 70,
    digits: 0,
    drawn: () => [9, 7, 5],
  },
  {
    code: 'revenue-balance',
    name: 'Revenue balance',
    unit: '% of income',
    published: '09-30',
    kinds: ALL,
    maintainedOnly: true,
    least: -20,
    most: 30,
    digits: 1,
    drawn: () => [6.5, 3.5, -2.5],
  },
  {
    code: 'complaints',
    name: 'Complaints and service alerts upheld',
    unit: 'in the year',
    published: '09-15',
    kinds: ALL,
    least: 0,
    most: 9,
    digits: 0,
    drawn: (kind) => [byPhase(kind, 0.1, 0.6, 0.2), 0.7, 0.5],
  },
  {
    code: 'safeguarding-audit',
    name: 'Safeguarding audit (0 clear, 1 actions open, 2 serious or overdue)',
    unit: 'finding',
    published: '09-15',
    kinds: ALL,
    least: 0,
    most: 2,
    digits: 0,
    drawn: () => [-0.35, 0.35, 0.25],
  },
  {
    code: 'surplus-places',
    name: 'Surplus places',
    unit: '%',
    published: '06-12',
    kinds: ALL,
    least: 0,
    most: 80,
    digits: 0,
    drawn: () => [8, 6, 4],
  },
];
