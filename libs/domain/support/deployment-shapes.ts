import type { DataOf } from '#kernel';
import { id, integer, text, word } from '#kernel';

/* What events of a deployment are made of. */
/** Who pays a deployment: out of the school's allowance, or the school itself. */
export const payments = ['allowance', 'school'] as const;

/** What should change, and how it will be seen. */
export const objectiveShape = {
  objectiveId: id('internal'),
  what: text('confidential'),
  measure: text('confidential'),
  baseline: text('confidential'),
  target: text('confidential'),
} as const;
export type Objective = DataOf<typeof objectiveShape>;

/** The authority's share in percent; the rest is the school's. */
export const payerShape = {
  kind: word('internal', ['authority', 'split', 'school']),
  authorityPercent: integer('internal'),
} as const;
export type Payer = DataOf<typeof payerShape>;

/** What was set aside for a deployment, in the champion's ledger and, where `allowance`, in the school's. */
export const reservationShape = {
  reservationId: id('internal'),
  academicYear: text('public'),
  paidBy: word('internal', payments),
} as const;
export type ReservationRef = DataOf<typeof reservationShape>;

/** What every event says, and once there is a match. */
export const about = { deploymentId: id('internal'), schoolId: id('public') } as const;
export const between = {
  ...about,
  championId: id('internal'),
  homeSchoolId: id('public'),
} as const;
