import { entryOf } from '../shared/plain';
import type { ReserveChampionDays } from './commands';
import type { ChampionEvent } from './events';
import { interestInTheWay } from './interests';
import type { ChampionRefusal } from './refusals';
import { refuse } from './refusals';
import type { ChampionDecide, RegisteredChampion, Reservation } from './state';
import { about, capOf, countOf, heldIn, ofChampion } from './state';
import { faultOfPeriod, faultOfYear } from './years';

/**
 * The days of a champion's years: reserved for deployments, used by visits, and free again when a reservation ends. In
 * each year what is used is at most what is reserved, and that at most the cap.
 */
export const ledgerDecisions: Pick<
  ChampionDecide,
  'SetYearlyCap' | 'ReserveChampionDays' | 'ReleaseChampionDays' | 'ConsumeChampionDays'
> = {
  SetYearlyCap: ofChampion((champion, { academicYear, halfDays, reason }, { today }) => {
    const was = capOf(champion, academicYear);
    if (was === halfDays) return [];
    const outOfReach = faultOfYear(academicYear, today);
    if (outOfReach !== undefined) return outOfReach;
    const held = heldIn(champion, academicYear);
    if (halfDays < held) return refuse.CapBelowReserved(halfDays, held, academicYear);
    const data = { ...about(champion), academicYear, was, halfDays, reason };
    return [{ type: 'YearlyCapSet', data }];
  }),

  ReserveChampionDays: ofChampion((champion, command, { today }) => {
    const { reservationId, deploymentId, supportedSchoolId, academicYear } = command;
    const made = entryOf(champion.reservations, reservationId);
    if (made?.released === true) return refuse.ReservationReleased();
    if (made !== undefined) return hasTerms(made, command) ? [] : refuse.ReservationIdTaken();
    const no =
      faultOfPeriod(command, today) ??
      notToBeBooked(champion, command.to) ??
      notFor(champion, supportedSchoolId) ??
      overCap(champion, command);
    if (no !== undefined) return no;
    const { halfDays, from, to } = command;
    const booking = { reservationId, deploymentId, supportedSchoolId, academicYear };
    const data = { ...about(champion), ...booking, halfDays, from, to };
    return [{ type: 'ChampionDaysReserved', data }];
  }),

  // Whoever undoes half a booking need not know how far it had come: where nothing is held there is nothing to do.
  ReleaseChampionDays: (champion, { reservationId }) => {
    const made = champion.registered ? entryOf(champion.reservations, reservationId) : undefined;
    return !champion.registered || made === undefined || made.released
      ? []
      : [released(champion, reservationId, made, made.halfDays - made.consumed)];
  },

  ConsumeChampionDays: ofChampion((champion, { reservationId, visitId, halfDays }) => {
    const counted = entryOf(champion.visits, countOf(visitId, reservationId));
    const made = entryOf(champion.reservations, reservationId);
    if (made === undefined) return refuse.ReservationUnknown();
    const was = counted ?? 0;
    if (was === halfDays) return [];
    const left = made.halfDays - made.consumed + was;
    if (halfDays > left) return refuse.ReservationUsedUp(left, halfDays);
    const data = { ...bookingOf(champion, reservationId, made), visitId };
    if (counted === undefined)
      return [{ type: 'ChampionDaysConsumed', data: { ...data, halfDays } }];
    const adjusted = {
      type: 'ChampionDaysAdjusted',
      data: { ...data, was, now: halfDays },
    } as const;
    // What a visit gives back to a reservation that is over is free at once: nobody will come to release it.
    return made.released
      ? [adjusted, released(champion, reservationId, made, was - halfDays)]
      : [adjusted];
  }),
};

const hasTerms = (made: Reservation, asked: ReserveChampionDays): boolean =>
  made.deploymentId === asked.deploymentId &&
  made.supportedSchoolId === asked.supportedSchoolId &&
  made.academicYear === asked.academicYear &&
  made.halfDays === asked.halfDays;

/** Only an active champion is booked, and not beyond their vetting. */
function notToBeBooked(
  { status, since, vettedUntil }: RegisteredChampion,
  to: string,
): ChampionRefusal | undefined {
  if (status !== 'active') return refuse.ChampionNotActive(status, since);
  return vettedUntil < to ? refuse.VettingLapsed(vettedUntil, to) : undefined;
}

/** Not for their own school, nor where an interest is in the way. */
function notFor(champion: RegisteredChampion, schoolId: string): ChampionRefusal | undefined {
  if (champion.homeSchoolId === schoolId) return refuse.HomeSchoolNotSupported();
  const interest = interestInTheWay(champion, schoolId);
  return interest && refuse.InterestInTheWay(interest.nature, interest.resolved);
}

function overCap(
  champion: RegisteredChampion,
  { academicYear, halfDays }: ReserveChampionDays,
): ChampionRefusal | undefined {
  const cap = capOf(champion, academicYear);
  const left = cap - heldIn(champion, academicYear);
  return halfDays > left ? refuse.CapReached(left, cap, academicYear, halfDays) : undefined;
}

const bookingOf = (
  champion: RegisteredChampion,
  reservationId: string,
  { deploymentId, supportedSchoolId, academicYear }: Reservation,
) => ({ ...about(champion), reservationId, deploymentId, supportedSchoolId, academicYear });

const released = (
  champion: RegisteredChampion,
  reservationId: string,
  made: Reservation,
  halfDays: number,
): ChampionEvent => ({
  type: 'ChampionDaysReleased',
  data: { ...bookingOf(champion, reservationId, made), halfDays },
});
