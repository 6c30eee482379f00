import type { CommandDeclarations } from '#kernel';
import { IsBoolean, IsIn, IsInt, Matches, Max, Min } from 'class-validator';
import {
  IsAcademicYear,
  IsDay,
  IsId,
  IsListOf,
  IsPersonRef,
  IsRecordOf,
  IsText,
  Optional,
} from '../shared/decorators';
import type { QualityObject } from '../shared/quality-policy';
import { qualityObjects } from '../shared/quality-policy';
import { closings, escalationDecisions, occasions } from './events';
import type { PoorOnSupport, SupportVerdict, Verdict } from './scales';
import { poorOnSupport, scales, verdicts } from './scales';

/** Whoever gives this command is the reviewer. */
export class BeginQualityReview {
  @IsId() reviewId: string;
  @IsIn(qualityObjects) object: QualityObject;
  @IsId() objectId: string;
  /** The school assessed, visited or supported; of a champion, the home school. */
  @IsId() schoolId: string;
  /** Of a record of a visit: the deployment the visit belongs to. */
  @Optional() @IsId() deploymentId?: string;
  @IsIn(occasions) occasion: (typeof occasions)[number];
  /** With the occasion sample: the sample it was drawn in. */
  @Optional() @IsAcademicYear() academicYear?: string;
  @Optional() @IsInt() @Min(1) @Max(6) halfTerm?: number;
  /** Wanted with the occasion cause. */
  @Optional() @IsText(2000) cause?: string;
  /** Left out: today. */
  @Optional() @IsDay() begunOn?: string;
}

class ObjectiveVerdict {
  @IsId() objectiveId: string;
  @IsIn(scales.deployment) verdict: SupportVerdict;
}

class RecordCriteria {
  @IsBoolean() timely: boolean;
  @IsBoolean() evaluative: boolean;
  @IsBoolean() evidence: boolean;
  @IsBoolean() nextSteps: boolean;
}

export class AreaToName {
  /** Left out: a new identity is made. */
  @Optional() @IsId() areaId?: string;
  @IsText(2000) what: string;
  @IsPersonRef() ownerId: string;
  @IsDay() due: string;
}

export class CompleteQualityReview {
  @IsId() reviewId: string;
  @IsIn(verdicts) verdict: Verdict;
  /** Of a deployment: each of its objectives once. */
  @Optional() @IsListOf(ObjectiveVerdict, { max: 50 }) objectives?: readonly ObjectiveVerdict[];
  /** Of a record of a visit. */
  @Optional() @IsRecordOf(RecordCriteria) criteria?: RecordCriteria;
  @IsText(8000) evidence: string;
  /** At least one with a verdict below effective. */
  @Optional() @IsListOf(AreaToName, { max: 20 }) improvementAreas?: readonly AreaToName[];
  /** Left out: today. */
  @Optional() @IsDay() completedOn?: string;
}

/** Whoever gives this command is the moderator. */
export class ModerateQualityReview {
  @IsId() reviewId: string;
  /** The verdict that is to stand; the reviewer's, to agree. */
  @IsIn(verdicts) verdict: Verdict;
  /** Wanted where the verdict is another one. */
  @Optional() @IsText(4000) reason?: string;
  @Optional() @IsListOf(AreaToName, { max: 20 }) improvementAreas?: readonly AreaToName[];
  /** Left out: today. */
  @Optional() @IsDay() moderatedOn?: string;
}

export class AbandonQualityReview {
  @IsId() reviewId: string;
  @IsText(2000) reason: string;
}

export class IdentifyImprovementArea {
  @IsId() areaId: string;
  @IsId() schoolId: string;
  @Optional() @IsId() reviewId?: string;
  @Optional() @IsIn(qualityObjects) object?: QualityObject;
  @IsText(2000) what: string;
  @IsPersonRef() ownerId: string;
  @IsDay() due: string;
  /** Left out: today. */
  @Optional() @IsDay() identifiedOn?: string;
  @Optional() @IsId() becauseOf?: string;
}

export class ReassignImprovementArea {
  @IsId() areaId: string;
  /** Left out: it stays with whom it is. */
  @Optional() @IsPersonRef() ownerId?: string;
  /** Left out: it stays due when it is. */
  @Optional() @IsDay() due?: string;
  @IsText(2000) reason: string;
}

export class CloseImprovementArea {
  @IsId() areaId: string;
  @IsIn(closings) outcome: (typeof closings)[number];
  @IsText(4000) evidence: string;
  /** Left out: today. */
  @Optional() @IsDay() closedOn?: string;
}

export class NotePoorVerdict {
  @IsId() schoolId: string;
  @IsId() reviewId: string;
  @IsId() deploymentId: string;
  @IsIn(poorOnSupport) verdict: PoorOnSupport;
  @IsDay() foundOn: string;
  /** The event that says so. */
  @IsId() becauseOf: string;
}

export class WithdrawPoorVerdict {
  @IsId() schoolId: string;
  @IsId() reviewId: string;
  /** The event that says so. */
  @IsId() becauseOf: string;
}

export class AnswerEscalation {
  @IsId() schoolId: string;
  @IsId() escalationId: string;
  @IsIn(escalationDecisions) decision: (typeof escalationDecisions)[number];
  @IsText(4000) reason: string;
  /** Left out: today. */
  @Optional() @IsDay() answeredOn?: string;
}

export class DrawQualitySample {
  @IsAcademicYear() academicYear: string;
  /** 1 to 6, the first in autumn. */
  @IsInt() @Min(1) @Max(6) halfTerm: number;
  /** First and last day of the half-term, as the county's calendar has them. */
  @IsDay() from: string;
  @IsDay() to: string;
  /** Left out: one is made. Either way it is recorded. */
  @Optional()
  @Matches(/^[\x21-\x7e]{1,64}$/, {
    message: '$property must be 1 to 64 letters, digits or signs, without spaces or accents',
  })
  seed?: string;
}

const team = ['adviser', 'team-leader', 'head-of-service'] as const;
/** The head of service has what was found poor for the second time, and reviews nothing before [I domain dossier, 7.3]. */
const reviewers = ['adviser', 'team-leader'] as const;
/** Somebody above the reviewer; where the team leader reviewed, the head of service is the other one there is. */
const moderators = ['team-leader', 'head-of-service'] as const;

export const reviewCommands = {
  BeginQualityReview: {
    takes: BeginQualityReview,
    says: 'Begin to review the quality of work one had no part in.',
    by: reviewers,
    begins: 'reviewId',
  },
  CompleteQualityReview: {
    takes: CompleteQualityReview,
    alsoCalled: ['Review'],
    says: 'Give the verdict of a review one began, with what is to become better.',
    by: reviewers,
  },
  ModerateQualityReview: {
    takes: ModerateQualityReview,
    says: 'Check another person’s verdict: agree, or put one in its place.',
    by: moderators,
  },
  AbandonQualityReview: {
    takes: AbandonQualityReview,
    says: 'Give up a review that has no verdict yet.',
    by: reviewers,
  },
} as const satisfies CommandDeclarations;

export const areaCommands = {
  IdentifyImprovementArea: {
    takes: IdentifyImprovementArea,
    alsoCalled: ['Raise'],
    says: 'Name something that is to become better, with who sees to it and by when.',
    by: ['policy', ...team],
    begins: 'areaId',
  },
  ReassignImprovementArea: {
    takes: ReassignImprovementArea,
    says: 'Give an open area for improvement to another person, or another day.',
    by: team,
  },
  CloseImprovementArea: {
    takes: CloseImprovementArea,
    says: 'Say what became of an area for improvement, and close it.',
    by: team,
  },
} as const satisfies CommandDeclarations;

export const standingCommands = {
  NotePoorVerdict: {
    takes: NotePoorVerdict,
    says: 'Note that support for a school was found poor; the second in a year goes to the head of service.',
    by: ['policy'],
  },
  WithdrawPoorVerdict: {
    takes: WithdrawPoorVerdict,
    says: 'Note that moderation found better of the support, so that the poor verdict counts no more.',
    by: ['policy'],
  },
  AnswerEscalation: {
    takes: AnswerEscalation,
    says: 'Decide what becomes of support that was found poor again.',
    by: ['head-of-service'],
  },
} as const satisfies CommandDeclarations;

export const sampleCommands = {
  DrawQualitySample: {
    takes: DrawQualitySample,
    says: 'Draw by lot which work of a half-term is reviewed, as the policy in force says.',
    by: ['team-leader', 'head-of-service'],
  },
} as const satisfies CommandDeclarations;
