import type { SchoolKind } from '#domain';
import type { RegisterPhase } from '../imports/files/register';
import type { EstablishmentType } from './model';

/** What a kind of school is like in the county: how many there are on the last day, and their usual figures. */
export interface KindOfSchool {
  readonly kind: SchoolKind;
  readonly maintained: number;
  readonly academies: number;
  readonly phase: RegisterPhase;
  readonly lowAge: number;
  readonly highAge: number;
  /** Pupils: mean, standard deviation, fewest. */
  readonly roll: readonly [number, number, number];
  /** Pupils entitled to free school meals in percent, on average. */
  readonly fsm: number;
  /** First establishment number of the kind. */
  readonly numberedFrom: number;
  /** Words after the place; the first is for schools without a church. */
  readonly endings: readonly string[];
}

/** The mix is the county's of Buckinghamshire's size: 236 schools, a third of them academies. */
export const KINDS: readonly KindOfSchool[] = [
  {
    kind: 'primary',
    maintained: 89,
    academies: 30,
    phase: 'Primary',
    lowAge: 4,
    highAge: 11,
    roll: [265, 115, 62],
    fsm: 13,
    numberedFrom: 2000,
    endings: ['Primary School', 'Combined School'],
  },
  {
    kind: 'infant',
    maintained: 34,
    academies: 7,
    phase: 'Primary',
    lowAge: 4,
    highAge: 7,
    roll: [165, 60, 44],
    fsm: 11,
    numberedFrom: 2300,
    endings: ['Infant School'],
  },
  {
    kind: 'junior',
    maintained: 16,
    academies: 7,
    phase: 'Primary',
    lowAge: 7,
    highAge: 11,
    roll: [275, 70, 120],
    fsm: 14,
    numberedFrom: 2400,
    endings: ['Junior School'],
  },
  {
    kind: 'grammar',
    maintained: 1,
    academies: 12,
    phase: 'Secondary',
    lowAge: 11,
    highAge: 18,
    roll: [1210, 140, 850],
    fsm: 5,
    numberedFrom: 4000,
    endings: ['Grammar School', 'High School'],
  },
  {
    kind: 'upper',
    maintained: 4,
    academies: 18,
    phase: 'Secondary',
    lowAge: 11,
    highAge: 18,
    roll: [1010, 220, 480],
    fsm: 17,
    numberedFrom: 4100,
    endings: ['School', 'Academy', 'Community School'],
  },
  {
    kind: 'all-through',
    maintained: 1,
    academies: 1,
    phase: 'All-through',
    lowAge: 4,
    highAge: 18,
    roll: [1250, 150, 900],
    fsm: 19,
    numberedFrom: 6900,
    endings: ['All-through School'],
  },
  {
    kind: 'special',
    maintained: 8,
    academies: 3,
    phase: 'Not applicable',
    lowAge: 3,
    highAge: 19,
    roll: [150, 45, 62],
    fsm: 33,
    numberedFrom: 7000,
    endings: ['Park School', 'House School'],
  },
  {
    kind: 'pru-ap',
    maintained: 2,
    academies: 1,
    phase: 'Not applicable',
    lowAge: 5,
    highAge: 16,
    roll: [72, 20, 30],
    fsm: 45,
    numberedFrom: 1100,
    endings: ['Pupil Referral Unit'],
  },
  {
    kind: 'nursery',
    maintained: 2,
    academies: 0,
    phase: 'Nursery',
    lowAge: 2,
    highAge: 5,
    roll: [104, 15, 80],
    fsm: 16,
    numberedFrom: 1000,
    endings: ['Nursery School'],
  },
];

export function kindOfSchool(kind: SchoolKind): KindOfSchool {
  const found = KINDS.find((known) => known.kind === kind);
  if (!found) throw new Error(`no kind ${kind}`);
  return found;
}

const LA_MAINTAINED = { code: '4', name: 'Local authority maintained schools' };
const SPECIAL = { code: '5', name: 'Special schools' };
const ACADEMIES = { code: '10', name: 'Academies' };
const FREE_SCHOOLS = { code: '11', name: 'Free Schools' };

/** Types of establishment by the register's codes, written with two digits as there. */
export const TYPES = {
  community: { code: '01', name: 'Community school', group: LA_MAINTAINED },
  aided: { code: '02', name: 'Voluntary aided school', group: LA_MAINTAINED },
  controlled: { code: '03', name: 'Voluntary controlled school', group: LA_MAINTAINED },
  foundation: { code: '05', name: 'Foundation school', group: LA_MAINTAINED },
  communitySpecial: { code: '07', name: 'Community special school', group: SPECIAL },
  pupilReferralUnit: { code: '14', name: 'Pupil referral unit', group: LA_MAINTAINED },
  nursery: { code: '15', name: 'Local authority nursery school', group: LA_MAINTAINED },
  sponsored: { code: '28', name: 'Academy sponsor led', group: ACADEMIES },
  converter: { code: '34', name: 'Academy converter', group: ACADEMIES },
  specialConverter: { code: '44', name: 'Academy special converter', group: ACADEMIES },
  alternativeConverter: {
    code: '42',
    name: 'Academy alternative provision converter',
    group: ACADEMIES,
  },
  free: { code: '35', name: 'Free schools', group: FREE_SCHOOLS },
} as const satisfies Record<string, EstablishmentType>;

/** What a school of the kind is while the authority maintains it. */
export function maintainedType(
  kind: SchoolKind,
  church: 'none' | 'aided' | 'controlled',
  foundation: boolean,
): EstablishmentType {
  if (kind === 'special') return TYPES.communitySpecial;
  if (kind === 'pru-ap') return TYPES.pupilReferralUnit;
  if (kind === 'nursery') return TYPES.nursery;
  if (church !== 'none') return TYPES[church];
  return foundation ? TYPES.foundation : TYPES.community;
}

/** What it becomes as an academy. */
export function academyType(kind: SchoolKind, sponsored: boolean): EstablishmentType {
  if (kind === 'special') return TYPES.specialConverter;
  if (kind === 'pru-ap') return TYPES.alternativeConverter;
  return sponsored ? TYPES.sponsored : TYPES.converter;
}
