import type { OfferRow } from '../shared/framework';
import { takenByHeadlineVisits } from '../shared/framework';
import { entryOf } from '../shared/plain';
import type { ChampionRole } from '../shared/words';
import type { Allowance, EntitlementEvent, Pot } from './events';

/*
 * The half-days of one school in one academic year: granted, set aside, used. What is set aside for a deployment is a
 * reservation; a visit uses some of it; what is not used goes back when the deployment ends. Whatever happens,
 * 0 ≤ used ≤ set aside, and nothing is set aside that is not there.
 */
export interface Reservation {
  readonly deploymentId: string;
  readonly pot: Pot;
  readonly halfDays: number;
  /** By visit. */
  readonly used: Readonly<Record<string, number>>;
  /** What was not used has gone back; nothing more is set aside or used under it. */
  readonly released: boolean;
}
export interface Ledger {
  /** By id, in the order they were made. */
  readonly reservations: Readonly<Record<string, Reservation>>;
  /** Approved above the offer, by the approval's id. */
  readonly extra: Readonly<Record<string, { readonly pot: Pot; readonly halfDays: number }>>;
  readonly lapsed: boolean;
}
export const emptyLedger: Ledger = { reservations: {}, extra: {}, lapsed: false };

export const potOf = (role: ChampionRole): Pot => (role === 'SSLC' ? 'sslc' : 'sspc');

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);
const usedOf = ({ used }: Reservation): number => sum(Object.values(used));
/** What a reservation holds of the allowance: all that was set aside, or after its release what was used. */
export const heldBy = (one: Reservation): number => (one.released ? usedOf(one) : one.halfDays);

/** What an entitlement says of the allowance, without its terms. */
export const allowanceOf = (of: Allowance): Allowance => ({
  ...{ category: of.category, headlineVisits: of.headlineVisits },
  ...{ sspcHalfDays: of.sspcHalfDays, sslcHalfDays: of.sslcHalfDays },
  ...(of.headlineVisitHalfDays === undefined
    ? {}
    : { headlineVisitHalfDays: of.headlineVisitHalfDays }),
  fundedPercent: of.fundedPercent,
});

/** What the row of an offer entitles to: where headline visits count against the days, the rest is for champions. */
export function allowanceOffered(row: OfferRow): Allowance {
  const allowance = allowanceOf(row);
  const taken = takenByHeadlineVisits(row);
  return taken === 0
    ? allowance
    : { ...allowance, sslcHalfDays: row.sslcHalfDays - taken, headlineVisitHalfDays: taken };
}

/** Granted by the offer and by approval. */
export const grantedIn = (
  allowance: Pick<Allowance, 'sspcHalfDays' | 'sslcHalfDays'> | undefined,
  { extra }: Ledger,
  pot: Pot,
): number =>
  (allowance?.[`${pot}HalfDays`] ?? 0) +
  sum(Object.values(extra).map((one) => (one.pot === pot ? one.halfDays : 0)));

/** Set aside or used. Where the grant became smaller meanwhile this may be more than is granted: what was agreed stands. */
export const heldIn = ({ reservations }: Ledger, pot: Pot): number =>
  sum(Object.values(reservations).map((one) => (one.pot === pot ? heldBy(one) : 0)));

/** Used by visits. */
export const usedIn = ({ reservations }: Ledger, pot: Pot): number =>
  sum(Object.values(reservations).map((one) => (one.pot === pot ? usedOf(one) : 0)));

export const leftIn = (
  allowance: Pick<Allowance, 'sspcHalfDays' | 'sslcHalfDays'> | undefined,
  ledger: Ledger,
  pot: Pot,
): number =>
  ledger.lapsed ? 0 : Math.max(0, grantedIn(allowance, ledger, pot) - heldIn(ledger, pot));

/** What is set aside under a reservation and not used. */
export const unused = (one: Reservation): number => (one.released ? 0 : one.halfDays - usedOf(one));

type Data<T extends EntitlementEvent['type']> = Extract<EntitlementEvent, { type: T }>['data'];

export const reserved = (
  ledger: Ledger,
  { reservationId, deploymentId, pot, halfDays }: Data<'DaysReserved'>,
): Ledger => ({
  ...ledger,
  reservations: {
    ...ledger.reservations,
    [reservationId]: { deploymentId, pot, halfDays, used: {}, released: false },
  },
});

export const released = (ledger: Ledger, { reservationId }: Data<'DaysReleased'>): Ledger =>
  changed(ledger, reservationId, (one) => ({ ...one, released: true }));

export const consumed = (
  ledger: Ledger,
  { reservationId, visitId, halfDays }: Data<'DaysConsumed'>,
): Ledger =>
  changed(ledger, reservationId, (one) => ({
    ...one,
    used: { ...one.used, [visitId]: halfDays },
  }));

function changed(
  ledger: Ledger,
  reservationId: string,
  to: (one: Reservation) => Reservation,
): Ledger {
  const one = entryOf(ledger.reservations, reservationId);
  if (one === undefined) return ledger;
  return { ...ledger, reservations: { ...ledger.reservations, [reservationId]: to(one) } };
}
