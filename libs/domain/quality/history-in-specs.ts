import { asDeclared } from '#kernel';
import type { QualityObject } from '../shared/quality-policy';
import type { DataFor, ReviewEvent } from './events';
import { reviewEvents } from './events';
import { decider as bare } from './review';
import type { KnownToReview } from './review-state';
import type { Verdict } from './scales';

/* Facts of one invented school and its support, for the specs of this context. */
export const decider = asDeclared(reviewEvents, bare);
export const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
export const schoolId = uuid(900001);
export const homeSchoolId = uuid(900002);
export const reviewId = uuid(10);
export const deploymentId = uuid(20);
export const visitId = uuid(21);
export const assessmentId = uuid(30);
export const championId = uuid(40);
export const objectiveIds = [uuid(50), uuid(51)] as const;

export const known: KnownToReview = {
  risk: {
    finalised: {
      [assessmentId]: { assessorId: 'person-assessor', moderatorIds: ['person-panel'] },
    },
  },
  deployment: {
    stage: 'started',
    schoolId,
    homeSchoolId,
    championPersonRef: 'person-champion',
    brokerId: 'person-broker',
    objectives: objectiveIds.map((objectiveId) => ({ objectiveId })),
    visits: { [visitId]: { recordedById: 'person-recorder' } },
  },
  champion: { registered: true, personRef: 'person-champion', homeSchoolId },
  sample: { drawn: { drawn: [{ object: 'deployment', objectId: deploymentId }] } },
};

/** What a review of each object is of. */
export const subjects: Readonly<
  Record<
    QualityObject,
    {
      readonly object: QualityObject;
      readonly objectId: string;
      readonly schoolId: string;
      readonly deploymentId?: string;
    }
  >
> = {
  assessment: { object: 'assessment', objectId: assessmentId, schoolId },
  'visit-record': { object: 'visit-record', objectId: visitId, schoolId, deploymentId },
  deployment: { object: 'deployment', objectId: deploymentId, schoolId },
  champion: { object: 'champion', objectId: championId, schoolId: homeSchoolId },
};

export const begin = (object: QualityObject = 'deployment', more: object = {}) => ({
  reviewId,
  ...subjects[object],
  occasion: 'cause' as const,
  cause: 'The school asked.',
  ...more,
});

const ofSupport = (object: QualityObject) =>
  object === 'deployment' || object === 'visit-record' ? { deploymentId } : {};
const about = (object: QualityObject) => ({
  reviewId,
  ...subjects[object],
  ...ofSupport(object),
  reviewerId: 'person-adviser',
});

export const begun = (
  object: QualityObject = 'deployment',
  more: Partial<DataFor<'QualityReviewBegun'>> = {},
): ReviewEvent => ({
  type: 'QualityReviewBegun',
  data: {
    ...about(object),
    occasion: 'cause',
    cause: 'The school asked.',
    begunOn: '2026-11-23',
    ...more,
  },
});

export const area = {
  areaId: uuid(60),
  what: 'Visits are to end with agreed next steps.',
  ownerId: 'person-owner',
  due: '2027-01-29',
};

export const completed = (
  object: QualityObject,
  verdict: Verdict,
  more: Partial<DataFor<'QualityReviewCompleted'>> = {},
): ReviewEvent => ({
  type: 'QualityReviewCompleted',
  data: {
    ...about(object),
    verdict,
    objectives: [],
    evidence: 'Six records and a talk with the head.',
    improvementAreas: [],
    completedOn: '2026-11-23',
    ...more,
  },
});

export const abandoned: ReviewEvent = {
  type: 'QualityReviewAbandoned',
  data: { ...about('deployment'), reason: 'It was begun by mistake.' },
};

export const moderated = (
  object: QualityObject,
  was: Verdict,
  verdict: Verdict,
  more: Partial<DataFor<'QualityReviewModerated'>> = {},
): ReviewEvent => ({
  type: 'QualityReviewModerated',
  data: {
    ...about(object),
    was,
    verdict,
    moderatorId: 'person-team-leader',
    improvementAreas: [],
    moderatedOn: '2026-11-23',
    ...more,
  },
});
