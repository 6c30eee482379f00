import { given } from '#kernel';
import type { CategoryEvent } from './events';
import {
  about,
  assessmentId,
  changed,
  confirmed,
  decider,
  discussed,
  known,
  letter,
  meeting,
  proposalId,
  proposed,
  requested,
  schoolId,
  uuid,
} from './history-in-specs';

const reviewId = uuid(40);
const reviewer = { id: 'person-reviewer', role: 'head-of-service' };
const open = [proposed(), letter(), discussed];
const inForce = [...open, confirmed('Prevention', '2026-11-09')];
const decided = (more: object): CategoryEvent => ({
  type: 'CategoryReviewDecided',
  data: {
    schoolId,
    reviewId,
    proposalId,
    outcome: 'stands',
    reviewerId: 'person-reviewer',
    reason: 'The figures were the right ones.',
    decidedOn: '2026-11-23',
    ...more,
  },
});

describe('requesting a review', () => {
  const request = (history: readonly CategoryEvent[], data: object = {}) =>
    given(decider, history, known).when(
      'RequestReview',
      {
        schoolId,
        reviewId,
        grounds: 'The attendance figures are last year’s.',
        requestedOn: '2026-11-12',
        ...data,
      },
      { by: 'headteacher' },
    );

  it('is of the open proposal, or of the category in force; four weeks are given', () => {
    request(open).then([requested()]).again().silent();
    request(inForce).then([requested()]).again().silent();
  });

  it('makes an identity when none is given, and keeps the day that is', () => {
    given(decider, open, known)
      .when(
        'RequestReview',
        { schoolId, grounds: 'x', decideBy: '2026-12-01' },
        { by: 'headteacher' },
      )
      .then([
        {
          type: 'CategoryReviewRequested',
          data: {
            schoolId,
            reviewId: uuid(0),
            proposalId,
            grounds: 'x',
            requesterId: 'person-headteacher',
            requestedOn: '2026-11-23',
            decideBy: '2026-12-01',
          },
        },
      ])
      .again()
      .silent();
  });

  it('is refused where there is nothing to review, while one is open, and on impossible days', () => {
    request([]).refused('NothingToReview');
    request([...open, requested()], { reviewId: uuid(41) }).refused('ReviewIsOpen');
    request([...open, requested(), decided({})]).refused('ReviewIdTaken');
    request(open, { requestedOn: '2026-11-24' }).refused('InTheFuture');
    request(open, { decideBy: '2026-11-11' }).refused('TooEarly');
  });
});

describe('deciding a review', () => {
  const decide = (
    history: readonly CategoryEvent[],
    data: object = {},
    by: { id: string; role: string } = reviewer,
  ) =>
    given(decider, [...history, requested()], known).when(
      'DecideReview',
      {
        schoolId,
        reviewId,
        outcome: 'stands',
        reason: 'The figures were the right ones.',
        ...data,
      },
      { by },
    );

  it('leaves things as they are, or takes the request back', () => {
    decide(open)
      .then([decided({})])
      .again()
      .silent();
    decide(open, { outcome: 'withdrawn' }).then([decided({ outcome: 'withdrawn' })]);
  });

  it.each(['person-adviser', 'person-team-leader', 'person-proposer', 'person-headteacher'])(
    'is not for %s, who took part in the proposal',
    (id) => {
      decide(open, {}, { id, role: 'head-of-service' }).refused('NotUninvolved');
      decide(inForce, {}, { id, role: 'head-of-service' }).refused('NotUninvolved');
    },
  );

  it('is not for who decided the category, nor for who reviewed it before', () => {
    decide(inForce, {}, { id: 'person-head-of-service', role: 'head-of-service' }).refused(
      'NotUninvolved',
    );
    const before = [requested({ reviewId: uuid(39) }), decided({ reviewId: uuid(39) })];
    decide([...inForce, ...before]).refused('NotUninvolved');
    decide([...open, ...before]).refused('NotUninvolved');
    decide([...open, ...before, confirmed('Prevention', '2026-11-09')]).refused('NotUninvolved');
  });

  it('may change an open proposal, which then needs a letter that says so', () => {
    decide(open, { outcome: 'changed', category: 'Intervention' })
      .then([decided({ outcome: 'changed', category: 'Intervention' })])
      .when('ConfirmCategory', { ...about, effectiveFrom: '2026-12-01' }, { by: 'head-of-service' })
      .refused('LetterNotIssued', 'Intervention');
  });

  it('may change a category in force from a day on', () => {
    const outcome = { outcome: 'changed', category: 'Enhancement' };
    decide(inForce, outcome).refused('WayOutWanted');
    const { cycle: _, ...data } = changed('Prevention', 'Enhancement', '2026-11-23', {
      assessmentId,
      reasonCode: 'SCHOOL_REQUEST',
      deciderId: 'person-reviewer',
      reviewId,
    }).data as Extract<CategoryEvent, { type: 'CategoryChanged' }>['data'];
    decide([...inForce, meeting], outcome)
      .then([decided(outcome), { type: 'CategoryChanged', data }])
      .again()
      .silent();
    decide([...inForce, meeting], { ...outcome, effectiveFrom: '2026-11-09' }).refused(
      'PeriodsWouldOverlap',
    );
  });

  it('says to what it changes, and only then', () => {
    decide(open, { outcome: 'changed' }).refused('CategoryForChangedOnly', 'Prevention');
    decide(open, { outcome: 'changed', category: 'Prevention' }).refused('CategoryForChangedOnly');
    decide(open, { category: 'Intervention' }).refused('CategoryForChangedOnly');
  });

  it('needs an open review, and a day between the request and today', () => {
    given(decider, open, known)
      .when(
        'DecideReview',
        { schoolId, reviewId, outcome: 'stands', reason: 'x' },
        { by: reviewer },
      )
      .refused('ReviewUnknown');
    decide(open, { decidedOn: '2026-11-11' }).refused('TooEarly');
    decide(open, { decidedOn: '2026-11-24' }).refused('InTheFuture');
  });

  it('lapses with the proposal it was of', () => {
    const withdrawn: CategoryEvent = { type: 'ProposalWithdrawn', data: { ...about, reason: 'x' } };
    expect(given(decider, [...open, requested(), withdrawn], known).state.review).toBeUndefined();
  });
});
