import type { DataOf, EventsOf } from '#kernel';
import { date, event, id, integer, optional, person, record, text, word } from '#kernel';
import { categories, championRoles, statuses } from '../shared/words';

/** What a school may have in an academic year: at most so many visits and half-days, of which the authority pays a share. */
export const allowanceShape = {
  category: word('confidential', categories),
  headlineVisits: integer('confidential'),
  /** Half-days of pupil champions and ABLE together. */
  sspcHalfDays: integer('confidential'),
  /** Half-days of leadership champions, without those that headline visits take. */
  sslcHalfDays: integer('confidential'),
  /** Half-days of leadership champions that headline visits take, where the offer counts them so. */
  headlineVisitHalfDays: optional(integer('confidential')),
  /** The authority's share in percent. */
  fundedPercent: integer('confidential'),
} as const;
export type Allowance = DataOf<typeof allowanceShape>;
const { headlineVisitHalfDays: _, ...allowanceBefore } = allowanceShape;

const terms = {
  schoolId: id('public'),
  academicYear: text('public'),
  /** Who maintains the school: it decides who pays. */
  status: word('public', statuses),
  offerVersion: text('internal'),
  effectiveFrom: date('confidential'),
  /** The event that decided the category. */
  becauseOf: id('internal'),
} as const;

/** Days are counted in two pots: of leadership champions, and of pupil champions and ABLE together. */
export const pots = ['sspc', 'sslc'] as const;
export type Pot = (typeof pots)[number];

const entry = {
  schoolId: id('public'),
  academicYear: text('public'),
  /** The same in the champion's ledger. */
  reservationId: id('internal'),
  deploymentId: id('internal'),
  halfDays: integer('confidential'),
} as const;

export const entitlementEvents = {
  EntitlementGranted: event(
    'The school’s category for the year entitles it to this support, by the offer of that year.',
    { ...terms, ...allowanceShape },
    {
      effective: 'effectiveFrom',
      // Before offers could say it, headline visits took nothing.
      previously: [{ data: { ...terms, ...allowanceBefore }, upcast: (granted) => granted }],
    },
  ),
  EntitlementAdjusted: event(
    'The school’s entitlement for the year became another, because its category, status or offer did.',
    { ...terms, was: record(allowanceShape), now: record(allowanceShape) },
    {
      effective: 'effectiveFrom',
      previously: [
        {
          data: { ...terms, was: record(allowanceBefore), now: record(allowanceBefore) },
          upcast: (adjusted) => adjusted,
        },
      ],
    },
  ),
  ExtraDaysApproved: event(
    'The Head of Service approved half-days above what the offer grants, and said why.',
    {
      schoolId: id('public'),
      academicYear: text('public'),
      approvalId: id('internal'),
      pot: word('internal', pots),
      halfDays: integer('confidential'),
      reason: text('confidential'),
      approverId: person('internal'),
    },
  ),
  DaysReserved: event(
    'Half-days of the school’s allowance were set aside for a deployment that is being confirmed or extended.',
    { ...entry, role: word('internal', championRoles), pot: word('internal', pots) },
  ),
  DaysReleased: event(
    'Half-days that were set aside and not used went back to the school’s allowance.',
    entry,
  ),
  DaysConsumed: event('A champion’s visit used half-days that were set aside for it.', {
    ...entry,
    visitId: id('internal'),
  }),
  DaysConsumedAmended: event(
    'A visit’s record was amended, and with it how many half-days the visit used.',
    { ...entry, visitId: id('internal'), was: integer('confidential') },
  ),
  EntitlementLapsed: event(
    'The academic year ended, and half-days that were neither used nor set aside lapsed.',
    {
      schoolId: id('public'),
      academicYear: text('public'),
      sspcHalfDays: integer('confidential'),
      sslcHalfDays: integer('confidential'),
    },
  ),
} as const;

export type EntitlementEvent = EventsOf<typeof entitlementEvents>;
