import { asDeclared, given, newIdInSpecs } from '#kernel';
import { decider as bare } from './deployment';
import type { DeploymentEvent } from './deployment-events';
import { deploymentEvents } from './deployment-events';
import type { Known } from './deployment-state';

/* One invented piece of support, from its need to its closing, for the specs of this context. */
export type DataFor<T extends DeploymentEvent['type']> = Extract<
  DeploymentEvent,
  { readonly type: T }
>['data'];

export const decider = asDeclared(deploymentEvents, bare);
export const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
export const deploymentId = uuid(40);
export const schoolId = uuid(900001);
export const homeSchoolId = uuid(900002);
export const elsewhere = uuid(900003);
export const championId = uuid(20);
export const objectiveId = uuid(70);
export const visitId = uuid(50);
/** What a confirmation or extension sets aside under, when it is the first identity its command makes. */
export const reservationId = newIdInSpecs(0);
export const second = uuid(31);
export const academicYear = '2026/27';

export const champion = { id: 'person-champion', role: 'champion' };
export const otherChampion = { id: 'person-other-champion', role: 'champion' };

type Registered = Extract<Known['champion'], { registered: true }>;
/** The school is in Prevention, its entitlement paid by the authority; the champion may go there. */
export const known: Known & { readonly champion: Registered } = {
  school: { registered: true, open: true },
  categorisation: {
    periods: [
      { from: '2025-09-15', category: 'Enhancement' },
      { from: '2026-09-15', category: 'Prevention' },
    ],
  },
  champion: {
    registered: true,
    personRef: 'person-champion',
    homeSchoolId,
    roles: ['SSPC', 'ABLE'],
    status: 'active',
    interests: {
      [uuid(80)]: { counterpartyIds: [schoolId], outcome: 'may-work' },
      [uuid(81)]: { counterpartyIds: [elsewhere], outcome: 'bars' },
    },
  },
  entitlement: {
    granted: { allowance: { fundedPercent: 100, sspcHalfDays: 18, sslcHalfDays: 0 } },
  },
};
export const paying = (fundedPercent: number): Known['entitlement'] => ({
  granted: { allowance: { fundedPercent, sspcHalfDays: 18, sslcHalfDays: 0 } },
});
export const on = (history: readonly DeploymentEvent[], more: Partial<Known> = {}) =>
  given(decider, history, { ...known, ...more });

const of = { deploymentId, schoolId };
export const between = { ...of, championId, homeSchoolId };
export const objective = {
  objectiveId,
  what: 'Pupils in Year 4 read fluently',
  measure: 'Share of pupils reading 90 words a minute',
  baseline: '41%',
  target: '65%',
};
export const other = { ...objective, objectiveId: uuid(71), what: 'Lessons begin on time' };

type More<T extends DeploymentEvent['type']> = Partial<DataFor<T>>;
export const needed = (more: More<'SupportNeedIdentified'> = {}): DeploymentEvent => ({
  type: 'SupportNeedIdentified',
  data: {
    ...of,
    specialism: 'reading',
    focus: 'Fluency in Years 3 and 4',
    priority: 'soon',
    role: 'SSPC',
    proposedBy: 'team',
    identifiedOn: '2026-10-05',
    category: 'Prevention',
    selfFunded: false,
    ...more,
  },
});
export const proposed = (more: More<'ChampionProposed'> = {}): DeploymentEvent => ({
  type: 'ChampionProposed',
  data: {
    ...between,
    championPersonRef: 'person-champion',
    brokerId: 'person-adviser',
    rationale: 'Has led reading in a school of the same size.',
    proposedOn: '2026-10-12',
    ...more,
  },
});
export const declined = (by: DataFor<'ChampionDeclined'>['by'] = 'team'): DeploymentEvent => ({
  type: 'ChampionDeclined',
  data: { ...between, by, reason: 'Wanted at home.' },
});
export const releaseAgreed = (more: More<'HomeSchoolReleaseAgreed'> = {}): DeploymentEvent => ({
  type: 'HomeSchoolReleaseAgreed',
  data: {
    ...between,
    homeHeadId: 'person-home-head',
    halfDays: 16,
    from: '2026-11-02',
    to: '2027-05-28',
    ...more,
  },
});
export const withdrawn: DeploymentEvent = {
  type: 'HomeSchoolReleaseWithdrawn',
  data: { ...between, reason: 'A colleague is on long leave.' },
};
export const accepted = (more: More<'SupportedSchoolAgreed'> = {}): DeploymentEvent => ({
  type: 'SupportedSchoolAgreed',
  data: { ...between, headId: 'person-headteacher', objectives: [objective], ...more },
});
export const supportDeclined: DeploymentEvent = {
  type: 'SupportedSchoolDeclined',
  data: { ...of, reason: 'The school has its own partner.' },
};
export const lapsed = (more: More<'SupportNeedLapsed'> = {}): DeploymentEvent => ({
  type: 'SupportNeedLapsed',
  data: { ...of, reason: 'The need is looked at anew.', reservations: [], ...more },
});

const terms = {
  ...between,
  reservationId,
  role: 'SSPC',
  halfDays: 12,
  from: '2026-11-02',
  to: '2027-03-26',
  academicYear,
  paidBy: 'allowance',
} as const;
const scope = 'Reading in Years 3 and 4';
export const reservation = { reservationId, academicYear, paidBy: 'allowance' } as const;
export const begun = (more: More<'DeploymentConfirmationBegun'> = {}): DeploymentEvent => ({
  type: 'DeploymentConfirmationBegun',
  data: { ...terms, scope, confirmedById: 'person-adviser', ...more },
});
export const confirmed = (more: More<'DeploymentConfirmed'> = {}): DeploymentEvent => ({
  type: 'DeploymentConfirmed',
  data: {
    ...{ ...terms, scope, objectives: [objective] },
    payer: { kind: 'authority', authorityPercent: 100 },
    confirmedById: 'person-adviser',
    ...more,
  },
});
export const failed = (
  type: 'DeploymentConfirmationFailed' | 'DeploymentExtensionFailed',
  under: string = reservationId,
): DeploymentEvent => ({
  type,
  data: {
    ...between,
    refused: 'AllowanceSpent',
    why: '6 half-days left of 18; 12 needed.',
    reservations: [{ ...reservation, reservationId: under }],
  },
});
const extension = {
  ...{ ...terms, reservationId: second, halfDays: 4, to: '2027-05-28' },
  reason: 'A second class is to be reached.',
} as const;
export const extensionBegun = (more: More<'DeploymentExtensionBegun'> = {}): DeploymentEvent => ({
  type: 'DeploymentExtensionBegun',
  data: { ...extension, ...more },
});
export const extended = (more: More<'DeploymentExtended'> = {}): DeploymentEvent => ({
  type: 'DeploymentExtended',
  data: { ...extension, ...more },
});

export const started = (startedOn = '2026-11-05'): DeploymentEvent => ({
  type: 'DeploymentStarted',
  data: { ...between, startedOn },
});
export const paused = (more: More<'DeploymentPaused'> = {}): DeploymentEvent => ({
  type: 'DeploymentPaused',
  data: { ...between, pausedOn: '2026-11-12', because: 'inspection', ...more },
});
export const resumed = (resumedOn = '2026-11-19'): DeploymentEvent => ({
  type: 'DeploymentResumed',
  data: { ...between, resumedOn },
});
export const visit = {
  visitId,
  visitedOn: '2026-11-10',
  halfDays: 2,
  objectiveIds: [objectiveId],
  notesRef: 'note-1',
};
export const uses = (halfDays: number, under: string = reservationId) => ({
  ...{ ...reservation, reservationId: under },
  halfDays,
});
export const visited = (more: More<'ChampionVisitRecorded'> = {}): DeploymentEvent => ({
  type: 'ChampionVisitRecorded',
  data: {
    ...{ ...between, ...visit },
    uses: [uses(more.halfDays ?? 2)],
    recordedById: 'person-champion',
    ...more,
  },
});
export const amended = (more: More<'VisitRecordAmended'> = {}): DeploymentEvent => ({
  type: 'VisitRecordAmended',
  data: {
    ...{ ...between, ...visit },
    uses: [uses(more.halfDays ?? 2)],
    reason: 'The afternoon was cancelled.',
    amendedById: 'person-champion',
    ...more,
  },
});
export const completed = (more: More<'DeploymentCompleted'> = {}): DeploymentEvent => ({
  type: 'DeploymentCompleted',
  data: { ...between, completedOn: '2026-11-23', reservations: [reservation], ...more },
});
export const endedEarly = (more: More<'DeploymentEndedEarly'> = {}): DeploymentEvent => ({
  type: 'DeploymentEndedEarly',
  data: {
    ...{ ...between, endedOn: '2026-11-23', because: 'school-request' },
    reservations: [reservation],
    ...more,
  },
});
export const result = (of: string = objectiveId) =>
  ({ objectiveId: of, result: 'partly', now: '58%', evidence: 'Reading ages in May.' }) as const;
export const evaluated = (more: More<'ImpactEvaluated'> = {}): DeploymentEvent => ({
  type: 'ImpactEvaluated',
  data: {
    ...{ ...between, results: [result()], evaluatedOn: '2026-11-23' },
    evaluatorId: 'person-adviser',
    ...more,
  },
});
export const closed: DeploymentEvent = {
  type: 'DeploymentClosed',
  data: { ...between, closedById: 'person-adviser' },
};

export const reopened = (more: More<'SupportNeedReopened'> = {}): DeploymentEvent => ({
  type: 'SupportNeedReopened',
  data: { ...between, reason: 'The champion has retired.', reservations: [reservation], ...more },
});
export const reviewId = uuid(60);
export const reviewAsked = (more: More<'DeploymentReviewAsked'> = {}): DeploymentEvent => ({
  type: 'DeploymentReviewAsked',
  data: {
    ...{ ...between, reviewId, because: 'home-school', becauseOf: reviewId },
    askedOn: '2026-11-23',
    ...more,
  },
});
export const reviewed = (more: More<'DeploymentReviewed'> = {}): DeploymentEvent => ({
  type: 'DeploymentReviewed',
  data: {
    ...{ ...between, reviewId, because: 'home-school', outcome: 'continue' },
    ...{ reason: 'It can spare her until Easter.', reviewedOn: '2026-11-23' },
    reviewerId: 'person-adviser',
    ...more,
  },
});
export const payerDecided = (more: More<'DeploymentPayerDecided'> = {}): DeploymentEvent => ({
  type: 'DeploymentPayerDecided',
  data: {
    ...{ ...between, from: '2026-12-01', reason: 'The school became an academy.' },
    was: { kind: 'authority', authorityPercent: 100 },
    payer: { kind: 'school', authorityPercent: 0 },
    decidedById: 'person-team-leader',
    ...more,
  },
});

/** How far it has come. */
export const matched = [needed(), proposed()];
export const agreed = [...matched, releaseAgreed(), accepted()];
export const confirming = [...agreed, begun()];
export const standing = [...confirming, confirmed()];
export const underWay = [...standing, started()];
export const resting = [...underWay, paused()];
export const done = [...underWay, completed()];
export const ended = [...underWay, endedEarly()];
