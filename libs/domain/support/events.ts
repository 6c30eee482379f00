import type { DataOf, EventsOf } from '#kernel';
import { date, event, id, integer, record, text, word } from '#kernel';
import { categories, statuses } from '../shared/words';

/** What a school may have in an academic year: at most so many visits and half-days, of which the authority pays a share. */
export const allowanceShape = {
  category: word('confidential', categories),
  headlineVisits: integer('confidential'),
  /** Half-days of pupil champions and ABLE together. */
  sspcHalfDays: integer('confidential'),
  /** Half-days of leadership champions. */
  sslcHalfDays: integer('confidential'),
  /** The authority's share in percent. */
  fundedPercent: integer('confidential'),
} as const;
export type Allowance = DataOf<typeof allowanceShape>;

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

export const entitlementEvents = {
  EntitlementGranted: event(
    'The school’s category for the year entitles it to this support, by the offer of that year.',
    { ...terms, ...allowanceShape },
    { effective: 'effectiveFrom' },
  ),
  EntitlementAdjusted: event(
    'The school’s entitlement for the year became another, because its category, status or offer did.',
    { ...terms, was: record(allowanceShape), now: record(allowanceShape) },
    { effective: 'effectiveFrom' },
  ),
} as const;

export type EntitlementEvent = EventsOf<typeof entitlementEvents>;
