import type { CategoryEvent } from '#domain';
import type { CategoryDecision } from './category-decisions';
import { categoryDecisions, triggers } from './category-decisions';
import { insteadOfTalk, rulesBroken } from './decisions-checked';
import { documentsAfter } from './folded-in-specs';

const [schoolId, proposalId, assessmentId, reviewId] = ['s', 'p', 'a', 'r'];
type Data<T extends CategoryEvent['type']> = Extract<CategoryEvent, { readonly type: T }>['data'];

const proposed = (over: Partial<Data<'CategoryProposed'>> = {}): CategoryEvent => ({
  type: 'CategoryProposed',
  data: {
    ...{ schoolId, proposalId, assessmentId, from: 'Enhancement', to: 'Prevention' },
    ...{ cycle: '2026/27', reasonCode: 'ANNUAL_ROUND', offerVersion: 'o' },
    ...{ assessorId: 'person-a', moderatorIds: ['person-m'], proposerId: 'person-a' },
    proposedOn: '2026-10-01',
    ...over,
  },
});
const decision: Omit<Data<'CategoryConfirmed'>, 'category'> = {
  ...{ schoolId, proposalId, assessmentId, cycle: '2026/27', reasonCode: 'ANNUAL_ROUND' },
  ...{ offerVersion: 'o', effectiveFrom: '2026-12-01', deciderId: 'person-h' },
};
const changed = (over: Partial<Data<'CategoryChanged'>> = {}): CategoryEvent => ({
  type: 'CategoryChanged',
  data: { ...decision, from: 'Enhancement', to: 'Prevention', ...over },
});
const confirmed = (over: Partial<Data<'CategoryConfirmed'>> = {}): CategoryEvent => ({
  type: 'CategoryConfirmed',
  data: { ...decision, category: 'Enhancement', ...over },
});
const discussed: CategoryEvent = {
  type: 'ProposalDiscussed',
  data: { schoolId, proposalId, mode: 'phone', heldOn: '2026-10-10', attendees: [] },
};
const attempt = (
  type: 'DiscussionDeclined' | 'SchoolUnreachable',
  attemptedOn: string,
): CategoryEvent => ({ type, data: { schoolId, proposalId, mode: 'phone', attemptedOn } });
const corrected = (askedById: string): CategoryEvent => ({
  type: 'CategoryCorrected',
  data: {
    ...{ schoolId, correctsEventId: 'e', was: 'Prevention', shouldBe: 'Enhancement' },
    ...{ effectiveFrom: '2026-09-01', askedById, approverId: 'person-h', reason: 'x' },
  },
});

/** The decisions there are after a history, each with what it broke and what stood for a talk. */
const found = (...history: readonly CategoryEvent[]) =>
  Object.values(documentsAfter(categoryDecisions, history))
    .map((body) => body as unknown as CategoryDecision)
    .flatMap((body) =>
      body.decided === undefined
        ? []
        : [{ ...body, decided: body.decided }].map((one) => [rulesBroken(one), insteadOfTalk(one)]),
    );

describe('decisions against the rules', () => {
  it.each<[string, readonly CategoryEvent[], unknown]>([
    ['discussed', [proposed(), discussed, changed()], [[], undefined]],
    ['not discussed', [proposed(), changed()], [['not-discussed'], undefined]],
    [
      'offered once',
      [proposed(), attempt('DiscussionDeclined', '2026-10-10'), changed()],
      [['not-discussed'], undefined],
    ],
    [
      'offered twice on one day',
      [
        proposed(),
        attempt('DiscussionDeclined', '2026-10-10'),
        attempt('SchoolUnreachable', '2026-10-10'),
        changed(),
      ],
      [['not-discussed'], undefined],
    ],
    [
      'declined twice',
      [
        proposed(),
        attempt('DiscussionDeclined', '2026-10-10'),
        attempt('DiscussionDeclined', '2026-10-12'),
        changed(),
      ],
      [[], 'declined'],
    ],
    [
      'unreachable twice',
      [
        proposed(),
        attempt('SchoolUnreachable', '2026-10-10'),
        attempt('SchoolUnreachable', '2026-10-12'),
        changed(),
      ],
      [[], 'unreachable'],
    ],
    [
      'both',
      [
        proposed(),
        attempt('SchoolUnreachable', '2026-10-10'),
        attempt('DiscussionDeclined', '2026-10-12'),
        changed(),
      ],
      [[], 'declined-and-unreachable'],
    ],
    [
      'discussed afterwards only',
      [proposed(), changed(), discussed],
      [['not-discussed'], undefined],
    ],
    [
      'by the sole assessor',
      [proposed({ moderatorIds: [] }), discussed, changed({ deciderId: 'person-a' })],
      [['sole-assessor'], undefined],
    ],
    [
      'by the assessor of a moderated assessment',
      [proposed(), discussed, changed({ deciderId: 'person-a' })],
      [[], undefined],
    ],
    [
      'that it stays in Enhancement, in the round',
      [proposed({ to: 'Enhancement' }), confirmed()],
      [[], undefined],
    ],
    ['without a proposal', [changed()], [['not-discussed', 'not-proposed'], undefined]],
    ['by correction', [corrected('person-o')], [[], 'correction']],
    ['by a correction of one’s own', [corrected('person-h')], [['own-correction'], 'correction']],
  ])('%s', (_, history, expected) => {
    expect(found(...history)).toEqual([expected]);
  });

  it('by a review of the category in force are decisions of their own', () => {
    const review = changed({ from: 'Prevention', to: 'Enhancement', reviewId });
    expect(found(proposed(), discussed, changed(), review)).toEqual([
      [[], undefined],
      [[], 'review'],
    ]);
  });

  it('on a proposal a review has changed are on what the reviewer found', () => {
    const reviewed: CategoryEvent = {
      type: 'CategoryReviewDecided',
      data: {
        ...{ schoolId, proposalId, reviewId, outcome: 'changed', category: 'Enhancement' },
        ...{ reviewerId: 'person-r', reason: 'x', decidedOn: '2026-10-20' },
      },
    };
    expect(documentsAfter(categoryDecisions, [proposed(), reviewed])).toMatchObject({
      p: { to: 'Enhancement' },
    });
    expect(found(proposed(), reviewed, confirmed())).toEqual([[[], undefined]]);
  });

  it('are none while they are only proposed, or withdrawn', () => {
    expect(found(proposed(), discussed)).toEqual([]);
    const withdrawn: CategoryEvent = {
      type: 'ProposalWithdrawn',
      data: { schoolId, proposalId, reason: 'x' },
    };
    expect(found(proposed(), withdrawn)).toEqual([]);
    expect(documentsAfter(categoryDecisions, [proposed(), withdrawn])).toMatchObject({
      p: { withdrawn: true },
    });
  });

  it('know what triggered them', () => {
    const trigger: CategoryEvent = {
      type: 'OutOfCycleReviewTriggered',
      data: { schoolId, triggerId: 't', triggerType: 'SAFEGUARDING', happenedOn: '2026-09-20' },
    };
    expect(documentsAfter(triggers, [trigger])).toEqual({
      t: { schoolId, triggerType: 'SAFEGUARDING', happenedOn: '2026-09-20' },
    });
  });
});
