import type {
  Absence,
  Band,
  Category,
  ChampionRole,
  InterestNature,
  InterestOutcome,
  MaintenanceStatus,
  Phase,
  Role,
  SchoolKind,
} from '#domain';
import type { ChampionStatus } from '#read-models';

/*
 * What the team's own words look like on a page. Every table names all of its words: a new one that nobody has put
 * into English does not compile.
 */

export interface InWords {
  readonly name: string;
  readonly says: string;
}

export const rolesInWords: Readonly<Record<Role, InWords>> = {
  adviser: {
    name: 'Adviser',
    says: 'Sees every school, records readings and judgements, proposes categories.',
  },
  'team-leader': {
    name: 'Team leader',
    says: 'Sees every school, moderates judgements, runs the yearly round.',
  },
  'head-of-service': {
    name: 'Head of service',
    says: 'Sees every school and confirms categories.',
  },
  headteacher: {
    name: 'Headteacher',
    says: 'Sees their own school: its category, why, and what was recorded.',
  },
  chair: { name: 'Chair of governors', says: 'Sees their own school, as its headteacher does.' },
  champion: {
    name: 'Champion',
    says: 'Works with a school, and does not see its category or history.',
  },
  'home-head': {
    name: 'Home headteacher',
    says: 'Releases champions of their own staff; sees no categories.',
  },
  board: {
    name: 'Side by Side Board',
    says: 'Sees counts for the whole county without names of schools, and keeps its own record.',
  },
  scrutiny: {
    name: 'Scrutiny',
    says: 'Sees what the Board decided and may be published; published counts come later.',
  },
  auditor: { name: 'Auditor', says: 'Reads everything and changes nothing.' },
  operator: { name: 'Operator', says: 'Runs the service.' },
  import: { name: 'National register', says: 'What was read in from a national file.' },
  policy: { name: 'The service, by rule', says: 'What follows from a rule, with nobody deciding.' },
  public: { name: 'The public', says: 'Anybody, of whom nothing is known.' },
};

export const categoriesInWords: Readonly<Record<Category, InWords & { readonly tag: string }>> = {
  Enhancement: { name: 'Enhancement', tag: 'green', says: 'the least support' },
  Prevention: { name: 'Prevention', tag: 'yellow', says: 'some vulnerability, some support' },
  Intervention: { name: 'Intervention', tag: 'red', says: 'the most support' },
};

export const bandsInWords: Readonly<Record<Band, { readonly name: string; readonly tag: string }>> =
  {
    clear: { name: 'Clear', tag: 'green' },
    amber: { name: 'Amber', tag: 'yellow' },
    red: { name: 'Red', tag: 'red' },
  };

/** The four ways in which there is no figure. None of them means that there is no risk. */
export const absencesInWords: Readonly<Record<Absence, InWords>> = {
  'not-applicable': {
    name: 'Does not apply',
    says: 'The indicator is not for schools of this kind. It is left out of score and coverage.',
  },
  'not-published': {
    name: 'Not published',
    says: 'Nobody published a figure for this period. It lowers the coverage; it does not mean low risk.',
  },
  suppressed: {
    name: 'Suppressed',
    says: 'The group of pupils is too small to publish. It lowers the coverage; it does not mean low risk.',
  },
  'not-yet-collected': {
    name: 'Not yet collected',
    says: 'The figure will come and is not here yet. It lowers the coverage; it does not mean low risk.',
  },
};

export const statusesInWords: Readonly<Record<MaintenanceStatus, string>> = {
  maintained: 'Maintained',
  academy: 'Academy or free school',
};

export const phasesInWords: Readonly<Record<Phase, string>> = {
  nursery: 'Nursery',
  primary: 'Primary',
  secondary: 'Secondary',
  'all-through': 'All-through',
  special: 'Special',
  'pru-ap': 'Pupil referral unit or alternative provision',
};

export const kindsInWords: Readonly<Record<SchoolKind, string>> = {
  nursery: 'Nursery school',
  infant: 'Infant school',
  junior: 'Junior school',
  primary: 'Combined primary school',
  grammar: 'Grammar school',
  upper: 'Upper school (non-selective secondary)',
  'all-through': 'All-through school',
  special: 'Special school',
  'pru-ap': 'Pupil referral unit or alternative provision',
};

export const championRolesInWords: Readonly<Record<ChampionRole, string>> = {
  SSLC: 'SSLC, leadership champion',
  SSPC: 'SSPC, pupil champion',
  ABLE: 'ABLE, specialist',
};

export const championStatusesInWords: Readonly<
  Record<ChampionStatus, InWords & { readonly tag: string }>
> = {
  active: { name: 'Active', tag: 'green', says: 'Takes new work.' },
  paused: { name: 'Paused', tag: 'yellow', says: 'Takes no new work for the time being.' },
  retired: { name: 'Retired', tag: 'grey', says: 'Has stopped being a champion.' },
};

export const interestNaturesInWords: Readonly<Record<InterestNature, string>> = {
  'employed-or-governing': 'Employed or governing there',
  family: 'Family',
  'same-trust': 'Same trust or federation',
  'competing-for-pupils': 'Competing for the same pupils',
  'applying-for-a-post': 'Applying for a post there',
  supplier: 'Supplier',
  other: 'Other',
};

export const interestOutcomesInWords: Readonly<Record<InterestOutcome, string>> = {
  bars: 'Barred from that school',
  'may-work': 'May work there',
};

const known = <T>(table: Readonly<Record<string, T>>, word: string): T | undefined =>
  Object.hasOwn(table, word) ? table[word] : undefined;

export const roleInWords = (role: string): string =>
  known<InWords>(rolesInWords, role)?.name ?? role;

/** With its first letter in upper case. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
/** Half-days as a number of days: 5 → "2.5". */
export const inDays = (halves: number): string => (halves / 2).toLocaleString('en-GB');

/** `CategoryChanged` → "Category changed". */
export function typeInWords(type: string): string {
  return capital(type.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase());
}

/** 1 → "1 school", 2 → "2 schools". */
export const counted = (n: number, one: string, many = `${one}s`): string =>
  `${n.toLocaleString('en-GB')} ${n === 1 ? one : many}`;

const ZONE = 'Europe/London';
const DAY = { day: 'numeric', month: 'long', year: 'numeric' } as const;
// A calendar day has no zone: it is read and written as the same day.
const days = new Intl.DateTimeFormat('en-GB', { ...DAY, timeZone: 'UTC' });
const daysHere = new Intl.DateTimeFormat('en-GB', { ...DAY, timeZone: ZONE });
const times = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  timeZone: ZONE,
});

/** "2026-11-23" → "23 November 2026". What is no day is shown as it is. */
export function dayInWords(day: string): string {
  const ms = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(ms) ? day : days.format(ms);
}

/** An instant, as clocks in England show it: "23 November 2026, 18:20". */
export function instantInWords(instant: string): string {
  const ms = Date.parse(instant);
  return Number.isNaN(ms) ? instant : `${daysHere.format(ms)}, ${times.format(ms)}`;
}

/** The day on which an instant falls in England, "23 November 2026". */
export function dayOfInstant(instant: string): string {
  const ms = Date.parse(instant);
  return Number.isNaN(ms) ? instant : daysHere.format(ms);
}
