import type { MaintenanceStatus, SchoolKind } from '#domain';
import type { RegisterRow } from './register';

/** Type codes of the register: 1 to 5 mainstream, 7 and 12 special, 14 pupil referral unit, 15 nursery. */
const MAINTAINED = new Set(['1', '2', '3', '5', '7', '12', '14', '15']);
/** Groups of academies and of free schools. */
const ACADEMY_GROUPS = new Set(['10', '11']);
const SPECIAL = new Set(['7', '12', '33', '36', '44']);
const PUPIL_REFERRAL_OR_ALTERNATIVE = new Set(['14', '38', '42', '43']);
/** Oldest age an infant school takes pupils to, and youngest a junior school takes them from. */
const INFANT_TO = 8;
const JUNIOR_FROM = 7;

/** Who maintains the school; undefined for what is no state-funded school: independent, a college, a university. */
export function maintenanceOf(row: RegisterRow): MaintenanceStatus | undefined {
  if (MAINTAINED.has(row.typeCode)) return 'maintained';
  return ACADEMY_GROUPS.has(row.typeGroupCode) && row.phase !== '16 plus' ? 'academy' : undefined;
}

/** The kind within which schools are compared; undefined for sixth-form colleges and what is no state-funded school. */
export function schoolKindOf(row: RegisterRow): SchoolKind | undefined {
  if (maintenanceOf(row) === undefined) return undefined;
  if (SPECIAL.has(row.typeCode)) return 'special';
  if (PUPIL_REFERRAL_OR_ALTERNATIVE.has(row.typeCode)) return 'pru-ap';
  switch (row.phase) {
    case 'Nursery':
      return 'nursery';
    case 'Primary':
    case 'Middle deemed primary':
      if ((row.lowAge ?? 0) >= JUNIOR_FROM) return 'junior';
      return (row.highAge ?? 11) <= INFANT_TO ? 'infant' : 'primary';
    case 'Secondary':
    case 'Middle deemed secondary':
      return row.admissionsPolicy === 'Selective' ? 'grammar' : 'upper';
    case 'All-through':
      return 'all-through';
    case '16 plus':
    case 'Not applicable':
      return undefined;
  }
}
