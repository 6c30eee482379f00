import { given } from '#kernel';
import type { QualityObject } from '../shared/quality-policy';
import type { ReviewEvent } from './events';
import {
  abandoned,
  area,
  begun,
  completed,
  decider,
  homeSchoolId,
  known,
  moderated,
  reviewId,
  uuid,
} from './history-in-specs';
import type { ModerateQualityReview } from './commands';
import type { Verdict } from './scales';

const reviewed = (object: QualityObject, verdict: Verdict, more: object = {}) => [
  begun(object),
  completed(object, verdict, more),
];
const moderate = (
  history: readonly ReviewEvent[],
  fields: Omit<Readonly<ModerateQualityReview>, 'reviewId'>,
  by: object = { by: 'team-leader' },
) => given(decider, history, known).when('ModerateQualityReview', { reviewId, ...fields }, by);

it('agrees with a verdict, or puts another in its place with a reason, once', () => {
  moderate(reviewed('assessment', 'agree'), { verdict: 'agree' })
    .then([moderated('assessment', 'agree', 'agree')])
    .again()
    .silent();
  const reason = 'The second reading is last year’s.';
  moderate(reviewed('assessment', 'agree'), { verdict: 'agree-with-change', reason })
    .then([moderated('assessment', 'agree', 'agree-with-change', { reason })])
    .again()
    .silent();
  moderate(reviewed('assessment', 'agree'), { verdict: 'agree-with-change' }).refused(
    'ReasonForOtherVerdict',
    'agree',
  );
});

it('is not for the reviewer, nor for anybody who had a part in the work', () => {
  moderate(reviewed('deployment', 'effective'), { verdict: 'effective' }, {}).refused('OwnVerdict');
  for (const [object, verdict, id] of [
    ['deployment', 'effective', 'person-broker'],
    ['deployment', 'effective', 'person-champion'],
    ['assessment', 'agree', 'person-assessor'],
    ['champion', 'continue', 'person-champion'],
  ] as const) {
    const by = { by: { id, role: 'team-leader' } };
    moderate(reviewed(object, verdict), { verdict }, by).refused('NotIndependent');
  }
  const ofSchool = { by: { id: 'person-x', role: 'team-leader', schoolId: homeSchoolId } };
  moderate(reviewed('deployment', 'effective'), { verdict: 'effective' }, ofSchool).refused(
    'NotIndependent',
  );
});

it('stands: it is moderated once', () => {
  const history = [...reviewed('assessment', 'agree'), moderated('assessment', 'agree', 'agree')];
  moderate(history, { verdict: 'agree' }).silent();
  moderate(history, { verdict: 'return', reason: 'x' }).refused('VerdictModeratedBefore', 'agree');
  moderate(history, { verdict: 'agree' }, { by: 'head-of-service' }).refused(
    'VerdictModeratedBefore',
  );
  moderate(history, { verdict: 'agree', improvementAreas: [area] }).refused(
    'VerdictModeratedBefore',
  );
});

it('to below effective names what is to become better, unless the review did', () => {
  const lower = { verdict: 'not-effective' as const, reason: 'Nothing moved.' };
  moderate(reviewed('deployment', 'effective'), lower).refused('AreaWanted', 'not effective');
  const { areaId: _, ...unnamed } = area;
  moderate(reviewed('deployment', 'effective'), { ...lower, improvementAreas: [unnamed] }).then([
    moderated('deployment', 'effective', 'not-effective', {
      reason: lower.reason,
      improvementAreas: [{ ...unnamed, areaId: uuid(0) }],
    }),
  ]);
  const named = reviewed('deployment', 'partly-effective', { improvementAreas: [area] });
  moderate(named, lower).then([
    moderated('deployment', 'partly-effective', 'not-effective', { reason: lower.reason }),
  ]);
  moderate(named, { ...lower, improvementAreas: [area] }).refused('AreaTwice', area.areaId);
});

it('keeps to the scale, the order of days and the bounds of areas', () => {
  const history = reviewed('champion', 'continue');
  moderate(history, { verdict: 'effective', reason: 'x' }).refused('VerdictNotOnScale');
  moderate(history, { verdict: 'continue', moderatedOn: '2026-11-24' }).refused('InTheFuture');
  moderate(history, { verdict: 'continue', moderatedOn: '2026-11-22' }).refused('BeforeItBegan');
  const improvementAreas = [{ ...area, due: '2026-11-01' }];
  moderate(history, { verdict: 'end', reason: 'x', improvementAreas }).refused('AreaDueUnfit');
});

it('is of a review that has its verdict', () => {
  moderate([], { verdict: 'effective' }).refused('NoSuchQualityReview');
  moderate([begun()], { verdict: 'effective' }).refused('QualityReviewNotCompleted');
  moderate([begun(), abandoned], { verdict: 'effective' }).refused('QualityReviewAbandonedBefore');
});

it('may be of the reviewer’s words once more: the verdict of the reviewer stays as it was', () => {
  const history = [
    ...reviewed('assessment', 'agree'),
    moderated('assessment', 'agree', 'return', { reason: 'x', improvementAreas: [area] }),
  ];
  given(decider, history, known)
    .when('CompleteQualityReview', {
      reviewId,
      verdict: 'agree',
      evidence: 'Six records and a talk with the head.',
    })
    .silent();
});
