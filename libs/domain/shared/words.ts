/** The team's closed lists of words. Each is the glossary's; a new word is added here and nowhere else. */

/** Support a school gets, least first. */
export const categories = ['Enhancement', 'Prevention', 'Intervention'] as const;
export type Category = (typeof categories)[number];

/** How far one category lies above another in support: positive means more support. */
export const supportAbove = (a: Category, b: Category): number =>
  categories.indexOf(a) - categories.indexOf(b);

/** Who maintains the school; decides who pays. A free school counts as an academy. */
export const statuses = ['maintained', 'academy'] as const;
export type MaintenanceStatus = (typeof statuses)[number];

export const phases = [
  'nursery',
  'primary',
  'secondary',
  'all-through',
  'special',
  'pru-ap',
] as const;
export type Phase = (typeof phases)[number];

/** Schools are compared within their kind, never across it: a selective county has two sorts of secondary school. */
export const schoolKinds = [
  'nursery',
  'infant',
  'junior',
  'primary',
  'grammar',
  'upper',
  'all-through',
  'special',
  'pru-ap',
] as const;
export type SchoolKind = (typeof schoolKinds)[number];

/** Why a reading has no value. Only the first does not lower the coverage. */
export const absences = [
  'not-applicable',
  'not-published',
  'suppressed',
  'not-yet-collected',
] as const;
export type Absence = (typeof absences)[number];

export const bands = ['clear', 'amber', 'red'] as const;
export type Band = (typeof bands)[number];

/** Why a category was looked at or changed. */
export const reasonCodes = [
  'ANNUAL_ROUND',
  'OFSTED_OUTCOME',
  'OFSTED_MONITORING',
  'SAFEGUARDING',
  'RESULTS',
  'ATTENDANCE',
  'EXCLUSIONS',
  'LEADERSHIP_CHANGE',
  'GOVERNANCE',
  'FINANCE',
  'ROLL',
  'COMPLAINTS',
  'WARNING_NOTICE',
  'STRUCTURE_CHANGE',
  'RISE',
  'SCHOOL_REQUEST',
  'SUPPORT_COMPLETE',
  'SUPPORT_INEFFECTIVE',
  'DATA_CORRECTION',
  'OTHER',
] as const;
export type ReasonCode = (typeof reasonCodes)[number];

/** What a champion works as: with leaders (SSLC), with staff for pupils (SSPC), or as a specialist paid from the same days (ABLE). */
export const championRoles = ['SSLC', 'SSPC', 'ABLE'] as const;
export type ChampionRole = (typeof championRoles)[number];

/**
 * Roles of people; then the system acting by rule: `import` reads the registers, `policy` answers events; and `public`,
 * anybody who answers on an open page, of whom nothing is known.
 */
export const roles = [
  'adviser',
  'team-leader',
  'head-of-service',
  'headteacher',
  'chair',
  'champion',
  'home-head',
  'board',
  'scrutiny',
  'auditor',
  'operator',
  'import',
  'policy',
  'public',
] as const;
export type Role = (typeof roles)[number];

/**
 * Roles that speak for one school, each with the field of a command that must name it. A champion speaks for nobody but
 * themself: whether it is them is known where the champion is.
 */
const speakFor: Readonly<Partial<Record<Role, 'schoolId' | 'homeSchoolId'>>> = {
  headteacher: 'schoolId',
  chair: 'schoolId',
  'home-head': 'homeSchoolId',
};
/** Roles of people who belong to one school. */
export const schoolRoles: readonly Role[] = ['headteacher', 'chair', 'home-head', 'champion'];
/** The field in which somebody of this role must name their own school; undefined: they speak for no one school. */
export const ownSchoolIn = (role: string): 'schoolId' | 'homeSchoolId' | undefined =>
  (speakFor as Readonly<Record<string, 'schoolId' | 'homeSchoolId'>>)[role];

/** Whether a record that belongs to these is one that somebody may act on who acts for one school, or for themselves. */
export const isTheirs = (
  owners: Readonly<Partial<Record<'schoolId' | 'homeSchoolId' | 'personRef', string | undefined>>>,
  {
    role,
    id,
    schoolId,
  }: { readonly role: string; readonly id: string; readonly schoolId?: string },
): boolean => {
  if (role === 'champion') return owners.personRef === id;
  const field = ownSchoolIn(role);
  return field === undefined || owners[field] === schoolId;
};

/** Roles of people known to us; the others are the service itself, whoever runs it, and the public. */
export const peopleRoles: readonly Role[] = roles.filter(
  (role) => !['operator', 'import', 'policy', 'public'].includes(role),
);
