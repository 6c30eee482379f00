import type { ClassesOf, Decider } from '#kernel';
import { aggregate } from '#kernel';
import { entryOf } from '../shared/plain';
import { faultOfFact } from '../shared/recorded-days';
import { same } from '../shared/same';
import type { ChampionRole } from '../shared/words';
import type { ClaimReimbursement } from './commands';
import { claimCommands } from './commands';
import type { ClaimData, ClaimedVisit, ClaimEvent, RateCard } from './events';
import { claimEvents } from './events';
import type { ClaimRefusal } from './refusals';
import { claimRefusals, refuse } from './refusals';

/*
 * What the visits of one deployment cost: the champion's school claims it, visit by visit; somebody who had no part in it
 * approves or rejects; it is paid; and where the supported school bears a share, it is invoiced for that.
 */
export interface Claim extends ClaimData<'ReimbursementClaimed'> {
  readonly stage: 'claimed' | 'approved' | 'rejected' | 'paid';
  readonly approval?: ClaimData<'ReimbursementApproved'>;
  readonly rejection?: ClaimData<'ReimbursementRejected'>;
  readonly payment?: ClaimData<'ReimbursementPaid'>;
  readonly invoicedOn?: string;
}
export interface ClaimsState {
  readonly claims: Readonly<Record<string, Claim>>;
  readonly invoices: Readonly<Record<string, ClaimData<'SupportInvoiced'>>>;
}

/** What claims ask to know of the deployment and of the rates. */
export interface Known {
  readonly deployment: {
    readonly schoolId?: string;
    readonly homeSchoolId?: string;
    readonly championPersonRef?: string;
    readonly role?: ChampionRole;
    readonly release?: { readonly homeHeadId: string };
    /** Who pays for visits from which day on, in the order of the days; none before it is confirmed. */
    readonly payers: readonly {
      readonly from: string;
      readonly payer: { readonly authorityPercent: number };
    }[];
    readonly visits: Readonly<
      Record<string, { readonly visitedOn: string; readonly halfDays: number }>
    >;
  };
  readonly rates: { readonly versions: Readonly<Record<string, RateCard>> };
}

const withClaim = (state: ClaimsState, claimId: string, more: Partial<Claim>): ClaimsState => {
  const claim = entryOf(state.claims, claimId);
  return claim === undefined
    ? state
    : { ...state, claims: { ...state.claims, [claimId]: { ...claim, ...more } } };
};

type Decide = Decider<
  ClaimsState,
  ClassesOf<typeof claimCommands>,
  ClaimEvent,
  ClaimRefusal,
  Known
>;

export const decider: Decide = {
  initial: { claims: {}, invoices: {} },
  evolve: {
    ReimbursementClaimed: (state, data) => ({
      ...state,
      claims: { ...state.claims, [data.claimId]: { ...data, stage: 'claimed' } },
    }),
    ReimbursementApproved: (state, approval) =>
      withClaim(state, approval.claimId, { stage: 'approved', approval }),
    ReimbursementRejected: (state, rejection) =>
      withClaim(state, rejection.claimId, { stage: 'rejected', rejection }),
    ReimbursementPaid: (state, payment) =>
      withClaim(state, payment.claimId, { stage: 'paid', payment }),
    SupportInvoiced: (state, data) =>
      data.claimIds.reduce<ClaimsState>(
        (before, claimId) => withClaim(before, claimId, { invoicedOn: data.invoicedOn }),
        { ...state, invoices: { ...state.invoices, [data.invoiceId]: data } },
      ),
  },
  decide: {
    ClaimReimbursement: (state, command, { actor, known, newId, today }) => {
      const { deploymentId, visitIds, claimId = newId(0) } = command;
      const again = claimedBefore(state, command);
      if (again !== undefined) return again;
      const { schoolId, homeSchoolId, role, payers } = known.deployment;
      if (
        schoolId === undefined ||
        homeSchoolId === undefined ||
        role === undefined ||
        payers.length === 0
      )
        return refuse.NoSupportToClaimFor();
      if (homeSchoolId !== command.homeSchoolId) return refuse.NotItsHomeSchool();
      const visits = pricedVisits(state, visitIds, role, known);
      if ('refused' in visits) return visits;
      const amountPence = sum(visits, ({ amountPence: pence }) => pence);
      const authorityPercent = shareOf(visits, payers);
      if (typeof authorityPercent === 'object') return authorityPercent;
      // In whole pence; the odd penny is the authority's.
      const schoolPence = Math.floor((amountPence * (100 - authorityPercent)) / 100);
      const data = {
        ...{ deploymentId, schoolId, homeSchoolId, claimId, visits },
        halfDays: sum(visits, ({ halfDays }) => halfDays),
        ...{ amountPence, authorityPercent },
        ...{ authorityPence: amountPence - schoolPence, schoolPence },
        ...{ claimedOn: today, claimantId: actor.id },
      };
      return [{ type: 'ReimbursementClaimed', data }];
    },

    ApproveClaim: ({ claims }, { claimId }, { actor, known, today }) => {
      const claim = entryOf(claims, claimId);
      if (claim === undefined) return refuse.ClaimUnknown(claimId);
      if (claim.stage !== 'claimed') {
        return claim.stage !== 'rejected' && claim.approval?.approverId === actor.id
          ? []
          : refuse.ClaimAlready(claim.stage);
      }
      const { championPersonRef, release, visits, payers } = known.deployment;
      if ([claim.claimantId, championPersonRef, release?.homeHeadId].includes(actor.id)) {
        return refuse.NotYourOwnClaim();
      }
      if (claim.visits.some((visit) => changed(visit, visits))) {
        return refuse.VisitsChanged(
          inWords(claim.visits),
          inWords(claim.visits.flatMap(({ visitId }) => entryOf(visits, visitId) ?? [])),
        );
      }
      const share = shareOf(claim.visits, payers);
      if (share !== claim.authorityPercent) {
        return typeof share === 'object'
          ? share
          : refuse.PayerChanged(claim.authorityPercent, share);
      }
      const approval = { approvedOn: today, approverId: actor.id };
      const data = { ...about(claim), amountPence: claim.amountPence, ...approval };
      return [{ type: 'ReimbursementApproved', data }];
    },

    RejectClaim: ({ claims }, { claimId, reason }, { actor, today }) => {
      const claim = entryOf(claims, claimId);
      if (claim === undefined) return refuse.ClaimUnknown(claimId);
      if (claim.rejection?.reason === reason) return [];
      if (claim.stage === 'paid' || claim.stage === 'rejected') {
        return refuse.ClaimAlready(claim.stage);
      }
      if (claim.invoicedOn !== undefined) return refuse.ClaimInvoiced(claimId, claim.invoicedOn);
      const data = { ...about(claim), reason, rejectedOn: today, rejectedById: actor.id };
      return [{ type: 'ReimbursementRejected', data }];
    },

    PayClaim: ({ claims }, command, { today }) => {
      const { claimId, reference, paidOn = today } = command;
      const claim = entryOf(claims, claimId);
      if (claim === undefined) return refuse.ClaimUnknown(claimId);
      const { approval, payment } = claim;
      if (payment !== undefined) {
        const again =
          payment.reference === reference && payment.paidOn === (command.paidOn ?? payment.paidOn);
        return again ? [] : refuse.ClaimAlready('paid');
      }
      if (claim.stage !== 'approved' || approval === undefined) {
        return refuse.ClaimNotApproved(claimId, claim.stage);
      }
      const fault = faultOfFact('paidOn', paidOn, { today, since: approval.approvedOn });
      if (fault !== undefined) return fault;
      const data = { ...about(claim), amountPence: claim.amountPence, paidOn, reference };
      return [{ type: 'ReimbursementPaid', data }];
    },

    InvoiceSchool: (state, command, { newId, today }) => {
      const { invoiceId = newId(0), claimIds } = command;
      const before = Object.values(state.invoices).find((invoice) =>
        command.invoiceId === undefined
          ? sameIds(invoice.claimIds, claimIds)
          : invoice.invoiceId === invoiceId,
      );
      if (before !== undefined) {
        return sameIds(before.claimIds, claimIds) ? [] : refuse.InvoiceIdTaken();
      }
      const invoiced: Claim[] = [];
      for (const claimId of claimIds) {
        const claim = invoiceable(state, claimId);
        if ('refused' in claim) return claim;
        invoiced.push(claim);
      }
      const [first] = invoiced;
      const amountPence = sum(invoiced, ({ schoolPence }) => schoolPence);
      const authorityPercent = first?.authorityPercent ?? 100;
      if (invoiced.some((claim) => claim.authorityPercent !== authorityPercent))
        return refuse.SharesDiffer();
      if (first === undefined || amountPence === 0)
        return refuse.NothingToInvoice(authorityPercent);
      const { deploymentId, schoolId, homeSchoolId } = first;
      const data = {
        ...{ deploymentId, schoolId, homeSchoolId, invoiceId, claimIds: [...claimIds] },
        ...{ sharePercent: 100 - authorityPercent, amountPence, invoicedOn: today },
      };
      return [{ type: 'SupportInvoiced', data }];
    },
  },
};

const about = ({ deploymentId, schoolId, homeSchoolId, claimId }: Claim) => ({
  ...{ deploymentId, schoolId, homeSchoolId, claimId },
});

const sum = <T>(of: readonly T[], worth: (one: T) => number): number =>
  of.reduce((total, one) => total + worth(one), 0);

const sameIds = (a: readonly string[], b: readonly string[]): boolean =>
  same(a.toSorted(), b.toSorted());

const idsOf = ({ visits }: Claim): readonly string[] => visits.map(({ visitId }) => visitId);

const inWords = (visits: readonly { readonly visitedOn: string; readonly halfDays: number }[]) =>
  `${sum(visits, ({ halfDays }) => halfDays)} half-days (${visits.map(({ visitedOn, halfDays }) => `${visitedOn}: ${halfDays}`).join(', ')})`;

/** Whether a visit is not any more what was claimed. */
const changed = (
  { visitId, visitedOn, halfDays }: ClaimedVisit,
  visits: Known['deployment']['visits'],
): boolean => {
  const now = entryOf(visits, visitId);
  return now?.visitedOn !== visitedOn || now.halfDays !== halfDays;
};

/** The same claim made before: nothing to do. Another under its identity: refused. */
function claimedBefore(
  { claims }: ClaimsState,
  { claimId, visitIds }: Readonly<ClaimReimbursement>,
): [] | ClaimRefusal | undefined {
  if (claimId === undefined) {
    const again = Object.values(claims).some(
      (claim) => claim.stage !== 'rejected' && sameIds(idsOf(claim), visitIds),
    );
    return again ? [] : undefined;
  }
  const claim = entryOf(claims, claimId);
  if (claim === undefined) return undefined;
  return sameIds(idsOf(claim), visitIds) ? [] : refuse.ClaimIdTaken();
}

/** The visits with what each is paid; or why one of them cannot be claimed. */
function pricedVisits(
  { claims }: ClaimsState,
  visitIds: readonly string[],
  role: ChampionRole,
  { deployment, rates }: Known,
): readonly ClaimedVisit[] | ClaimRefusal {
  const standing = Object.values(claims).filter(({ stage }) => stage !== 'rejected');
  const priced: ClaimedVisit[] = [];
  for (const visitId of visitIds) {
    const visit = entryOf(deployment.visits, visitId);
    if (visit === undefined) return refuse.VisitNotRecorded(visitId);
    const { visitedOn, halfDays } = visit;
    const claim = standing.find((one) => idsOf(one).includes(visitId));
    if (claim !== undefined) return refuse.VisitClaimed(visitedOn, claim.claimId);
    const rate = rateOn(visitedOn, role, rates);
    if (rate === undefined) return refuse.NoRateInForce(role, visitedOn);
    const amountPence = halfDays * rate.pencePerHalfDay;
    priced.push({ visitId, visitedOn, halfDays, ...rate, amountPence });
  }
  return priced;
}

/** The authority's share of all these visits; or, where it changed between them, that they are claimed apart. */
function shareOf(
  visits: readonly { readonly visitedOn: string }[],
  payers: Known['deployment']['payers'],
): number | ClaimRefusal {
  const on = (day: string) => payers.findLast(({ from }) => from <= day) ?? payers[0];
  const found = visits.map(({ visitedOn }) => on(visitedOn));
  const [first] = found;
  const other = found.find((one) => one !== first);
  return first === undefined || other !== undefined
    ? refuse.VisitsOfTwoPayers([first?.from ?? '', other?.from ?? ''].toSorted()[1] ?? '')
    : first.payer.authorityPercent;
}

/** By the card that took effect last before or on the day. */
function rateOn(day: string, role: ChampionRole, { versions }: Known['rates']) {
  const inForce = Object.values(versions)
    .filter(({ effectiveFrom }) => effectiveFrom <= day)
    .toSorted((a, b) => (a.effectiveFrom < b.effectiveFrom ? 1 : -1))[0];
  const rate = inForce?.rates.find((one) => one.role === role);
  return inForce && rate && { rateVersion: inForce.version, pencePerHalfDay: rate.pencePerHalfDay };
}

/** The claim, or why it is not invoiced. */
function invoiceable({ claims }: ClaimsState, claimId: string): Claim | ClaimRefusal {
  const claim = entryOf(claims, claimId);
  if (claim === undefined) return refuse.ClaimUnknown(claimId);
  if (claim.invoicedOn !== undefined) return refuse.ClaimInvoiced(claimId, claim.invoicedOn);
  return claim.stage === 'approved' || claim.stage === 'paid'
    ? claim
    : refuse.ClaimNotApproved(claimId, claim.stage);
}

export const claims = aggregate({
  context: 'money',
  name: 'claims',
  is: 'What the visits of one deployment cost: what the home school claimed and was paid, and what the supported school was invoiced.',
  stream: ({ deploymentId }) => `claims-${String(deploymentId)}`,
  events: claimEvents,
  commands: claimCommands,
  refusals: claimRefusals,
  decider,
  knows: {
    deployment: {
      of: 'deployment',
      stream: ({ deploymentId }) => `deployment-${String(deploymentId)}`,
    },
    rates: { of: 'policy-rates', stream: () => 'policy-rates' },
  },
});
