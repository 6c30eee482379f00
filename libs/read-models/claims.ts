import type { Filter, ReadModel, Recorded, Snapshot, Touch } from '#kernel';
import type { ClaimedVisit, ClaimEvent } from '#domain';
import type { DeploymentVisit } from './deployment-visits';
import { deploymentVisits } from './deployment-visits';
import type { Page, PageRequest } from './page';
import { pageOf } from './page';

export const claimStages = ['claimed', 'approved', 'rejected', 'paid'] as const;
export type ClaimStage = (typeof claimStages)[number];

/** One claim of a home school, as it stands. Bounded: the visits claimed at once. */
export type Claim = {
  readonly claimId: string;
  readonly deploymentId: string;
  /** The school that was supported. */
  readonly schoolId: string;
  /** The school that is paid. */
  readonly homeSchoolId: string;
  readonly stage: ClaimStage;
  readonly visits: readonly ClaimedVisit[];
  readonly firstVisitOn: string;
  readonly lastVisitOn: string;
  readonly halfDays: number;
  readonly amountPence: number;
  readonly authorityPercent: number;
  readonly authorityPence: number;
  readonly schoolPence: number;
  readonly claimedOn: string;
  readonly claimantId: string;
  readonly approvedOn?: string;
  readonly approverId?: string;
  readonly rejectedOn?: string;
  readonly paidOn?: string;
  readonly reference?: string;
  readonly invoiceId?: string;
  readonly invoicedOn?: string;
};

type Step = Exclude<ClaimEvent['type'], 'ReimbursementClaimed' | 'SupportInvoiced'>;
type Of<T extends ClaimEvent['type']> = Extract<ClaimEvent, { readonly type: T }>;

/** What a step changes of a claim that was made. */
const step = <T extends Step>(
  to: (data: Of<T>['data']) => Partial<Claim>,
): Touch<Claim, Of<T>> => ({
  keys: (event) => [(event as Recorded<Of<Step>>).data.claimId],
  on: (before, event) => {
    const { data } = event as Recorded<Of<Step>>;
    return before && { ...before, ...to(data as Of<T>['data']) };
  },
});

export const claims: ReadModel<Claim, ClaimEvent> = {
  name: 'claims',
  says: 'What home schools claimed for visits of their champions: how much, who bears it, and whether it is approved, paid and invoiced.',
  fixed: ['homeSchoolId', 'deploymentId'],
  touches: {
    ReimbursementClaimed: {
      keys: ({ data }) => [data.claimId],
      on: (_, { data }) => {
        const days = data.visits.map(({ visitedOn }) => visitedOn).toSorted();
        const [firstVisitOn = data.claimedOn] = days;
        const lastVisitOn = days.at(-1) ?? data.claimedOn;
        return { ...data, stage: 'claimed', firstVisitOn, lastVisitOn };
      },
    },
    ReimbursementApproved: step(({ approvedOn, approverId }) => ({
      ...{ stage: 'approved', approvedOn, approverId },
    })),
    ReimbursementRejected: step(({ rejectedOn }) => ({ stage: 'rejected', rejectedOn })),
    ReimbursementPaid: step(({ paidOn, reference }) => ({ stage: 'paid', paidOn, reference })),
    SupportInvoiced: {
      keys: ({ data }) => data.claimIds,
      on: (before, { data: { invoiceId, invoicedOn } }) =>
        before && { ...before, invoiceId, invoicedOn },
    },
  },
};

/** By the days of the visits, both included. */
type Period = { readonly from?: string; readonly to?: string };

export type ClaimSearch = PageRequest &
  Period & {
    readonly homeSchoolId?: string;
    readonly deploymentId?: string;
    readonly stage?: ClaimStage;
  };

/** Claims with visits in a period, those of the latest visits first. */
export const listClaims = (
  snapshot: Snapshot,
  { homeSchoolId, deploymentId, stage, from, to, ...page }: ClaimSearch,
): Promise<Page<Claim>> => {
  const filter: Filter = {
    ...(homeSchoolId === undefined ? {} : { homeSchoolId }),
    ...(deploymentId === undefined ? {} : { deploymentId }),
    ...(stage === undefined ? {} : { stage }),
    ...(from === undefined ? {} : { lastVisitOn: { $gte: from } }),
    ...(to === undefined ? {} : { firstVisitOn: { $lte: to } }),
  };
  return pageOf<Claim>(snapshot, claims, { ...page, filter, sort: { lastVisitOn: -1 } });
};

/** A visit against the claim it is in. */
export type ReconciledVisit = {
  readonly match: 'matched' | 'not-claimed' | 'changed-since';
  readonly visitId: string;
  readonly deploymentId: string;
  readonly schoolId: string;
  /** As its record stands. */
  readonly visitedOn: string;
  readonly halfDays: number;
  readonly claim?: {
    readonly claimId: string;
    readonly stage: ClaimStage;
    readonly visitedOn: string;
    readonly halfDays: number;
    readonly amountPence: number;
  };
};

export type Reconciliation = {
  readonly totals: {
    readonly visits: number;
    readonly halfDays: number;
    readonly matched: number;
    readonly notClaimed: number;
    readonly changedSince: number;
    readonly claimedPence: number;
    readonly paidPence: number;
  };
  /** Those that do not match first, then by day. */
  readonly visits: readonly ReconciledVisit[];
};

/** Do the claims of one home school agree with the visits of its champions in a period, visit by visit? */
export async function reconciled(
  snapshot: Snapshot,
  period: { readonly homeSchoolId: string; readonly from: string; readonly to: string },
): Promise<Reconciliation> {
  const { homeSchoolId, from, to } = period;
  const within = ({ visitedOn }: { readonly visitedOn: string }) =>
    from <= visitedOn && visitedOn <= to;
  const [visitsThen, claimsThen] = await Promise.all([
    snapshot.list<DeploymentVisit>(deploymentVisits, {
      filter: { homeSchoolId, visitedOn: { $gte: from, $lte: to } },
    }),
    snapshot.list<Claim>(claims, {
      filter: { homeSchoolId, lastVisitOn: { $gte: from }, firstVisitOn: { $lte: to } },
    }),
  ]);
  // A visit may have been moved into the period or out of it after it was claimed: all of its deployment is looked at.
  const deploymentIds = [
    ...new Set([...visitsThen, ...claimsThen].map(({ body }) => body.deploymentId)),
  ];
  if (deploymentIds.length === 0) return { totals: totalsOf([]), visits: [] };
  const filter = { homeSchoolId, deploymentId: { $in: deploymentIds } };
  const [visits, claimed] = await Promise.all([
    snapshot.list<DeploymentVisit>(deploymentVisits, { filter, sort: { visitedOn: 1 } }),
    snapshot.list<Claim>(claims, { filter }),
  ]);
  const lines = new Map(
    claimed
      .filter(({ body }) => body.stage !== 'rejected')
      .flatMap(({ body }) =>
        body.visits.map((line) => [`${body.deploymentId} ${line.visitId}`, lineOf(body, line)]),
      ),
  );
  const found = visits
    .map(({ body }) => matchOf(body, lines.get(`${body.deploymentId} ${body.visitId}`)))
    .filter((visit) => within(visit) || (visit.claim !== undefined && within(visit.claim)));
  const open = found.filter(({ match }) => match !== 'matched');
  const agreed = found.filter(({ match }) => match === 'matched');
  return { totals: totalsOf(found), visits: [...open, ...agreed] };
}

const lineOf = (
  { claimId, stage }: Claim,
  { visitedOn, halfDays, amountPence }: ClaimedVisit,
): NonNullable<ReconciledVisit['claim']> => ({ claimId, stage, visitedOn, halfDays, amountPence });

function matchOf(
  { visitId, deploymentId, schoolId, visitedOn, halfDays }: DeploymentVisit,
  claim: ReconciledVisit['claim'],
): ReconciledVisit {
  const visit = { visitId, deploymentId, schoolId, visitedOn, halfDays };
  if (claim === undefined) return { match: 'not-claimed', ...visit };
  const asClaimed = claim.visitedOn === visitedOn && claim.halfDays === halfDays;
  return { match: asClaimed ? 'matched' : 'changed-since', ...visit, claim };
}

function totalsOf(visits: readonly ReconciledVisit[]): Reconciliation['totals'] {
  const counted = (match: ReconciledVisit['match']) =>
    visits.filter((visit) => visit.match === match).length;
  const pence = (of: readonly ReconciledVisit[]) =>
    of.reduce((total, { claim }) => total + (claim?.amountPence ?? 0), 0);
  return {
    visits: visits.length,
    halfDays: visits.reduce((total, { halfDays }) => total + halfDays, 0),
    matched: counted('matched'),
    notClaimed: counted('not-claimed'),
    changedSince: counted('changed-since'),
    claimedPence: pence(visits),
    paidPence: pence(visits.filter(({ claim }) => claim?.stage === 'paid')),
  };
}
