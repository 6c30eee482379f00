import type { DataOf, EventsOf } from '#kernel';
import { date, event, flag, id, integer, list, person, record, text, word } from '#kernel';
import { championRoles } from '../shared/words';

/** What the home school is paid for half a day of a champion in this role, in whole pence. */
export const rateShape = {
  role: word('internal', championRoles),
  pencePerHalfDay: integer('internal'),
} as const;

/** Rates are the county's own: data with a date. */
export const rateCardShape = {
  version: text('internal'),
  title: text('internal'),
  /** True for a card made up as an example; said wherever it is shown. */
  example: flag('internal'),
  effectiveFrom: date('internal'),
  boardAgreedOn: date('internal'),
  rates: list(record(rateShape)),
} as const;
export type RateCard = DataOf<typeof rateCardShape>;

/** One visit as it was claimed: what it was then, and by which version of the card it is paid. */
const claimedVisitShape = {
  visitId: id('internal'),
  visitedOn: date('internal'),
  halfDays: integer('internal'),
  rateVersion: text('internal'),
  pencePerHalfDay: integer('internal'),
  amountPence: integer('internal'),
} as const;
export type ClaimedVisit = DataOf<typeof claimedVisitShape>;

const of = {
  deploymentId: id('internal'),
  /** The school that was supported. */
  schoolId: id('public'),
  /** The champion's own school: it is paid. */
  homeSchoolId: id('public'),
} as const;
const claim = { ...of, claimId: id('internal') } as const;

export const rateCardEvents = {
  RateCardPublished: event(
    'The Board agreed what home schools are paid for half a day of a champion, from a day on.',
    rateCardShape,
    { effective: 'effectiveFrom' },
  ),
} as const;

export const claimEvents = {
  ReimbursementClaimed: event(
    'The home school’s cost of visits was claimed; the amount and who bears it were worked out.',
    {
      ...claim,
      visits: list(record(claimedVisitShape)),
      halfDays: integer('internal'),
      amountPence: integer('internal'),
      /** The authority's share by the deployment's payer, which came from the offer in force. */
      authorityPercent: integer('internal'),
      authorityPence: integer('internal'),
      schoolPence: integer('internal'),
      claimedOn: date('internal'),
      claimantId: person('internal'),
    },
    { effective: 'claimedOn' },
  ),
  ReimbursementApproved: event(
    'Somebody who had no part in the visits or the claim approved it.',
    {
      ...claim,
      amountPence: integer('internal'),
      approvedOn: date('internal'),
      approverId: person('internal'),
    },
    { effective: 'approvedOn' },
  ),
  ReimbursementRejected: event(
    'The claim was rejected, and why was said; its visits can be claimed again.',
    {
      ...claim,
      reason: text('confidential'),
      rejectedOn: date('internal'),
      rejectedById: person('internal'),
    },
    { effective: 'rejectedOn' },
  ),
  ReimbursementPaid: event(
    'The home school was paid.',
    {
      ...claim,
      amountPence: integer('internal'),
      paidOn: date('internal'),
      /** Of the payment, in the authority's ledger. */
      reference: text('internal'),
    },
    { effective: 'paidOn' },
  ),
  SupportInvoiced: event(
    'The supported school was invoiced for its share of what the home school is paid.',
    {
      ...of,
      invoiceId: id('internal'),
      claimIds: list(id('internal')),
      /** The school's share in percent. */
      sharePercent: integer('internal'),
      amountPence: integer('internal'),
      invoicedOn: date('internal'),
    },
    { effective: 'invoicedOn' },
  ),
} as const;

export type RateCardEvent = EventsOf<typeof rateCardEvents>;
export type ClaimEvent = EventsOf<typeof claimEvents>;
export type ClaimData<T extends ClaimEvent['type']> = Extract<
  ClaimEvent,
  { readonly type: T }
>['data'];
