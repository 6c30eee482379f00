import { asDeclared } from '#kernel';
import type { Offer } from '../shared/framework';
import type { Category } from '../shared/words';
import { decider as bare } from './categorisation';
import type { CategoryEvent } from './events';
import { categoryEvents } from './events';
import type { KnownToCategorisation } from './state';

/* Facts of one invented school, for the specs of this context. */
type DataFor<T extends CategoryEvent['type']> = Extract<
  CategoryEvent,
  { readonly type: T }
>['data'];

export const decider = asDeclared(categoryEvents, bare);
export const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
export const schoolId = uuid(900001);
export const proposalId = uuid(10);
export const assessmentId = uuid(20);
export const inYear = uuid(21);
export const unmoderated = uuid(22);
export const superseded = uuid(23);
export const triggerId = uuid(30);
export const about = { schoolId, proposalId };
export const docHash = 'a'.repeat(64);

const assessment = {
  cycle: '2026/27',
  recommended: 'Prevention',
  assessorId: 'person-adviser',
  moderatorIds: ['person-team-leader'],
} as const;
const offer = (version: string, academicYear: string, effectiveFrom: string): Offer => ({
  version,
  title: 'Example offer for specs',
  example: true,
  academicYear,
  boardAgreedOn: '2026-06-01',
  effectiveFrom,
  rows: [],
});

export const known: KnownToCategorisation = {
  risk: {
    finalised: {
      [assessmentId]: { ...assessment, assessmentId },
      [inYear]: {
        assessmentId: inYear,
        triggerId,
        recommended: 'Intervention',
        assessorId: 'person-adviser',
        moderatorIds: ['person-team-leader'],
      },
      [unmoderated]: {
        ...assessment,
        assessmentId: unmoderated,
        recommended: 'Enhancement',
        moderatorIds: [],
      },
      [superseded]: { ...assessment, assessmentId: superseded, supersededBy: assessmentId },
    },
  },
  cycles: { cycles: { '2026/27': { offerVersion: 'offer-26' } } },
  offers: {
    versions: {
      'offer-26': offer('offer-26', '2026/27', '2026-09-01'),
      'offer-26b': offer('offer-26b', '2026/27', '2026-11-01'),
      'offer-26c': offer('offer-26c', '2026/27', '2027-04-01'),
      'offer-25': offer('offer-25', '2025/26', '2025-09-01'),
    },
  },
};

export const triggered = (
  more: Partial<DataFor<'OutOfCycleReviewTriggered'>> = {},
): CategoryEvent => ({
  type: 'OutOfCycleReviewTriggered',
  data: { schoolId, triggerId, triggerType: 'OFSTED_OUTCOME', happenedOn: '2026-11-20', ...more },
});
export const proposed = (more: Partial<DataFor<'CategoryProposed'>> = {}): CategoryEvent => ({
  type: 'CategoryProposed',
  data: {
    ...about,
    to: 'Prevention',
    assessmentId,
    cycle: '2026/27',
    reasonCode: 'ANNUAL_ROUND',
    offerVersion: 'offer-26',
    assessorId: 'person-adviser',
    moderatorIds: ['person-team-leader'],
    proposerId: 'person-proposer',
    proposedOn: '2026-11-02',
    ...more,
  },
});
/** A proposal that answers the trigger, outside the round. */
export const proposedInYear = (more: Partial<DataFor<'CategoryProposed'>> = {}): CategoryEvent => {
  const { data } = proposed({ to: 'Intervention', assessmentId: inYear, triggerId, ...more });
  const { cycle: _, ...rest } = data as DataFor<'CategoryProposed'>;
  return { type: 'CategoryProposed', data: { ...rest, reasonCode: 'OFSTED_OUTCOME' } };
};
export const letter = (more: Partial<DataFor<'ProposalLetterIssued'>> = {}): CategoryEvent => ({
  type: 'ProposalLetterIssued',
  data: {
    ...about,
    proposedCategory: 'Prevention',
    templateVersion: 'letter-3',
    recipients: ['head', 'chair'],
    docHash,
    issuedOn: '2026-11-04',
    ...more,
  },
});
export const discussed: CategoryEvent = {
  type: 'ProposalDiscussed',
  data: {
    ...about,
    mode: 'visit',
    heldOn: '2026-11-10',
    attendees: ['person-head', 'person-adviser'],
  },
};
export const attempted = (
  attemptedOn: string,
  type: 'DiscussionDeclined' | 'SchoolUnreachable' = 'SchoolUnreachable',
): CategoryEvent => ({ type, data: { ...about, mode: 'phone', attemptedOn } });
export const requested = (
  more: Partial<DataFor<'CategoryReviewRequested'>> = {},
): CategoryEvent => ({
  type: 'CategoryReviewRequested',
  data: {
    schoolId,
    reviewId: uuid(40),
    proposalId,
    grounds: 'The attendance figures are last year’s.',
    requesterId: 'person-headteacher',
    requestedOn: '2026-11-12',
    decideBy: '2026-12-10',
    ...more,
  },
});
const decision = {
  ...about,
  assessmentId,
  cycle: '2026/27',
  reasonCode: 'ANNUAL_ROUND',
  offerVersion: 'offer-26',
  deciderId: 'person-head-of-service',
} as const;
export const confirmed = (
  category: Category,
  effectiveFrom: string,
  more: Partial<DataFor<'CategoryConfirmed'>> = {},
): CategoryEvent => ({
  type: 'CategoryConfirmed',
  data: { ...decision, category, effectiveFrom, ...more },
});
export const changed = (
  from: Category,
  to: Category,
  effectiveFrom: string,
  more: Partial<DataFor<'CategoryChanged'>> = {},
): CategoryEvent => ({
  type: 'CategoryChanged',
  data: { ...decision, from, to, effectiveFrom, ...more },
});
export const corrected = (
  was: Category,
  shouldBe: Category,
  effectiveFrom: string,
): CategoryEvent => ({
  type: 'CategoryCorrected',
  data: {
    schoolId,
    correctsEventId: uuid(50),
    was,
    shouldBe,
    effectiveFrom,
    askedById: 'person-adviser',
    approverId: 'person-head-of-service',
    reason: 'The minutes say otherwise.',
  },
});
/** The year before: confirmed on an earlier proposal. */
export const lastYear = (category: Category): CategoryEvent =>
  confirmed(category, '2025-09-15', { proposalId: uuid(9), assessmentId: uuid(19) });
export const meeting: CategoryEvent = {
  type: 'TransitionMeetingHeld',
  data: {
    schoolId,
    heldOn: '2026-10-20',
    adviserId: 'person-adviser',
    championId: 'person-champion',
    headId: 'person-head',
  },
};
