import type { RefusalsOf } from '#kernel';
import { refusing } from '#kernel';
import type { QualityObject } from '../shared/quality-policy';
import type { Verdict } from './scales';
import { inWords, scales } from './scales';

/** Said the same of every day that lies ahead. */
export const inTheFuture = {
  kind: 'invalid',
  says: 'What has happened has a day that is not in the future.',
  detail: (field: string, day: string, today: string) =>
    `${field} is ${day}, after today (${today}). Give the day on which it happened.`,
} as const;

/** Said the same wherever an area for improvement gets a day. */
export const areaDue = {
  kind: 'invalid',
  says: 'An area for improvement is due on a day from the day it is named on, and within a year of it.',
  detail: (due: string, from: string, last: string) =>
    `due is ${due}. Give a day from ${from} to ${last}.`,
} as const;

/** Every no of a quality review, with what to do about it. */
export const reviewRefusals = {
  InTheFuture: inTheFuture,
  AreaDueUnfit: areaDue,
  BeforeItBegan: {
    kind: 'invalid',
    says: 'A verdict comes after the review began, and moderation after the verdict.',
    detail: (field: string, day: string, after: string) =>
      `${field} is ${day}, but it cannot be before ${after}. Check the day.`,
  },
  QualityReviewIdTaken: {
    kind: 'conflict',
    says: 'A quality review’s identity is used once.',
    detail: () =>
      'There is a review of that identity, of something else or by someone else. Give this one another.',
    pointer: '/reviewId',
  },
  OccasionUnfit: {
    kind: 'invalid',
    says: 'A review by the sample names the sample, and one for cause says the cause.',
    detail: (wanted: string) => `${wanted} Give the one or the other.`,
    pointer: '/occasion',
  },
  NotInSample: {
    kind: 'conflict',
    says: 'A review by the sample is of what was drawn.',
    detail: (academicYear: string, halfTerm: number) =>
      `The sample of half-term ${halfTerm} of ${academicYear} does not hold this, or has not been drawn. Draw it first, or review for cause.`,
    pointer: '/objectId',
  },
  NothingToJudge: {
    kind: 'missing',
    says: 'What is reviewed is on record.',
    detail: (what: string) => `${what} Look up the right one.`,
    pointer: '/objectId',
  },
  DeploymentNotNamed: {
    kind: 'invalid',
    says: 'A review of a record of a visit names the deployment, and others name none but their own.',
    detail: (wanted: boolean) =>
      wanted
        ? 'Say which deployment the visit belongs to (deploymentId).'
        : 'Leave deploymentId out: it is for records of visits.',
    pointer: '/deploymentId',
  },
  SupportNotStarted: {
    kind: 'conflict',
    says: 'Support is reviewed once it has started.',
    detail: (stage: string) =>
      `This deployment has not started (${inWords(stage)}). Review it when there is work to judge.`,
    pointer: '/objectId',
  },
  OfAnotherSchool: {
    kind: 'invalid',
    says: 'A review is on the record of the school it is about.',
    detail: (schoolId: string) =>
      `What is reviewed is of school ${schoolId}. Give that as schoolId.`,
    pointer: '/schoolId',
  },
  NotIndependent: {
    kind: 'forbidden',
    says: 'Quality is reviewed and moderated by someone who had no part in the work: not by its assessor, its broker, its champion, or anybody of the schools.',
    detail: (part: string) => `${part}. Ask a colleague who had no part in it.`,
  },
  NoSuchQualityReview: {
    kind: 'missing',
    says: 'There must be such a quality review.',
    detail: () => 'No quality review has this identity. Look it up, or begin one.',
    pointer: '/reviewId',
  },
  NotYourReview: {
    kind: 'forbidden',
    says: 'A verdict is given by the reviewer who began.',
    detail: () =>
      'Somebody else began this review. They give the verdict; if they cannot, a team leader gives the review up and another is begun.',
  },
  QualityReviewCompletedBefore: {
    kind: 'conflict',
    says: 'A verdict is never edited; a moderated one supersedes it.',
    detail: () =>
      'This review has its verdict. Somebody other than the reviewer may moderate it; or begin another review for cause.',
    pointer: '/reviewId',
  },
  QualityReviewAbandonedBefore: {
    kind: 'conflict',
    says: 'Nothing more happens to a review that was given up.',
    detail: () => 'This review was given up. Begin another one.',
    pointer: '/reviewId',
  },
  QualityReviewNotCompleted: {
    kind: 'conflict',
    says: 'Moderation is of a verdict.',
    detail: () =>
      'This review has no verdict yet. It is moderated when the reviewer has given one.',
    pointer: '/reviewId',
  },
  VerdictModeratedBefore: {
    kind: 'conflict',
    says: 'A verdict is moderated once.',
    detail: (verdict: Verdict) =>
      `This verdict was moderated, and ${inWords(verdict)} stands. If that is wrong, begin another review for cause.`,
    pointer: '/reviewId',
  },
  OwnVerdict: {
    kind: 'forbidden',
    says: 'Nobody moderates their own verdict.',
    detail: () => 'You gave this verdict. Ask somebody else to moderate it.',
  },
  VerdictNotOnScale: {
    kind: 'invalid',
    says: 'Each object of review has its own scale.',
    detail: (object: QualityObject) =>
      `The verdict on a review of ${inWords(object)} is one of: ${scales[object].join(', ')}.`,
    pointer: '/verdict',
  },
  ReasonForOtherVerdict: {
    kind: 'invalid',
    says: 'A moderator who finds otherwise says why.',
    detail: (was: Verdict) =>
      `The reviewer’s verdict was ${inWords(was)}. Say why another one stands in its place (reason).`,
    pointer: '/reason',
  },
  CriteriaUnfit: {
    kind: 'invalid',
    says: 'A record of a visit is held against the four criteria, other work is not, and a record that meets them meets all.',
    detail: (fault: string) => fault,
    pointer: '/criteria',
  },
  ObjectivesUnfit: {
    kind: 'invalid',
    says: 'Support is judged by each of its objectives once; other work has none.',
    detail: (fault: string) => fault,
    pointer: '/objectives',
  },
  AreaWanted: {
    kind: 'invalid',
    says: 'A verdict below effective names what is to become better, who sees to it and by when.',
    detail: (verdict: Verdict) =>
      `With ${inWords(verdict)} name at least one area for improvement: what, ownerId and due.`,
    pointer: '/improvementAreas',
  },
  AreaTwice: {
    kind: 'invalid',
    says: 'Each area for improvement has an identity of its own.',
    detail: (areaId: string) =>
      `The identity ${areaId} stands there twice, or was given to an earlier area of this review. Leave areaId out to get new ones.`,
    pointer: '/improvementAreas',
  },
} as const;

export const refuse = refusing(reviewRefusals);
export type ReviewRefusal = RefusalsOf<typeof reviewRefusals>;
