import type { RefusalsOf } from '#kernel';
import { refusing } from '#kernel';
import type { Category, MaintenanceStatus } from '../shared/words';
import type { Pot } from './events';

/** Every no of an entitlement, with what to do about it. */
export const entitlementRefusals = {
  SchoolNotRegistered: {
    kind: 'missing',
    says: 'Only a registered school is entitled to support.',
    detail: () => 'This school is not registered. Register it first.',
    pointer: '/schoolId',
  },
  NoCategoryInYear: {
    kind: 'conflict',
    says: 'Support goes with a category.',
    detail: (year: string) =>
      `This school has no category in ${year}. Confirm one first; its entitlement follows from it.`,
  },
  YearHasNoOffer: {
    kind: 'conflict',
    says: 'Support is granted by the offer of the year.',
    detail: (year: string, day: string) =>
      `There is no support offer for ${year} in force on ${day}. Publish it, then grant the entitlement.`,
  },
  OfferHasNoRow: {
    kind: 'conflict',
    says: 'The offer has a row for the school’s category and status.',
    detail: (version: string, category: Category, status: MaintenanceStatus) =>
      `Offer ${version} says nothing of ${category} for a school with status ${status}. Publish an offer that does.`,
  },
  NothingGranted: {
    kind: 'conflict',
    says: 'Half-days are set aside of what was granted.',
    detail: (year: string) =>
      `This school has been granted no support for ${year}. Confirm its category for the year first; its entitlement follows from it.`,
  },
  AllowanceSpent: {
    kind: 'conflict',
    says: 'No more half-days are set aside than the school’s allowance has left.',
    detail: (left: number, granted: number, pot: Pot, year: string, needed: number) =>
      `${halfDaysInWords(left)} left of ${granted} of ${potWords[pot]} for ${year}; ${needed} needed. Agree fewer half-days, let the school pay itself, or ask the Head of Service for extra ones.`,
    pointer: '/halfDays',
  },
  EntitlementIsOver: {
    kind: 'conflict',
    says: 'What was not used by the end of the year has lapsed.',
    detail: (year: string) =>
      `The year ${year} is over and its unused half-days have lapsed. Use the allowance of the present year.`,
  },
  ReservationEnded: {
    kind: 'conflict',
    says: 'What was set aside under a reservation and given back is not set aside under it again.',
    detail: () =>
      'These half-days were set aside and given back. Confirm or extend the deployment again.',
    pointer: '/reservationId',
  },
  ReservationUnknown: {
    kind: 'missing',
    says: 'A visit uses half-days that were set aside.',
    detail: () => 'No half-days are set aside for this school under that reservation.',
    pointer: '/reservationId',
  },
  MoreThanReserved: {
    kind: 'conflict',
    says: 'Visits use no more half-days than were set aside.',
    detail: (left: number, needed: number) =>
      `${halfDaysInWords(left)} left of what was set aside; ${needed} needed. Extend the deployment first.`,
    pointer: '/halfDays',
  },
  ApprovalIdTaken: {
    kind: 'conflict',
    says: 'An approval’s identity is used once.',
    detail: () =>
      'Other half-days were approved under that identity. Leave approvalId out to get a new one.',
    pointer: '/approvalId',
  },
  YearIsNotOver: {
    kind: 'conflict',
    says: 'Half-days lapse when their year is over.',
    detail: (year: string, last: string) => `${year} lasts until ${last}. Nothing lapses before.`,
    pointer: '/academicYear',
  },
} as const;
export const refuse = refusing(entitlementRefusals);
export type EntitlementRefusal = RefusalsOf<typeof entitlementRefusals>;

const potWords: Readonly<Record<Pot, string>> = {
  sspc: 'pupil champions and ABLE',
  sslc: 'leadership champions',
};
const halfDaysInWords = (n: number): string => `${n} half-day${n === 1 ? '' : 's'}`;
