import type { CommandDeclarations } from '#kernel';
import { IsIn } from 'class-validator';
import { IsDay, IsId, IsPercent, IsText, Optional } from '../shared/decorators';
import { reviewCauses, reviewOutcomes } from './review-events';

/** What every command about a deployment names. */
export class OfDeployment {
  @IsId() deploymentId: string;
}

/** The need without the champion who was found for it, whether that was confirmed or not. */
export class ReopenNeed extends OfDeployment {
  /** Whom it is no longer to be. */
  @IsId() championId: string;
  @IsText(2000) reason: string;
}

export class AskDeploymentReview extends OfDeployment {
  @IsIn(reviewCauses) because: (typeof reviewCauses)[number];
  /** The event that is the cause; the review has its identity. Left out: a new identity is made. */
  @Optional() @IsId() becauseOf?: string;
}

export class ReviewDeployment extends OfDeployment {
  @IsId() reviewId: string;
  @IsIn(reviewOutcomes) outcome: (typeof reviewOutcomes)[number];
  @IsText(2000) reason: string;
}

export class DecidePayer extends OfDeployment {
  /** The authority's share; the rest is the school's. */
  @IsPercent() authorityPercent: number;
  /** Of visits from this day on. */
  @IsDay() from: string;
  @IsText(2000) reason: string;
}

export const team = ['adviser', 'team-leader', 'head-of-service'] as const;

/** When something happens elsewhere that concerns a deployment. */
export const reviewCommands = {
  ReopenNeed: {
    takes: ReopenNeed,
    says: 'Look for another champion, because the one found cannot come after all; before any work began.',
    by: ['policy', ...team],
  },
  AskDeploymentReview: {
    takes: AskDeploymentReview,
    says: 'Have a deployment looked at again; it goes on meanwhile.',
    by: ['policy', ...team],
  },
  ReviewDeployment: {
    takes: ReviewDeployment,
    says: 'Say whether a deployment that was to be looked at again goes on, with fewer visits, or is to end.',
    by: team,
  },
  DecidePayer: {
    takes: DecidePayer,
    says: 'Decide anew who pays for a deployment’s visits from a day on, e.g. since the school is an academy.',
    by: ['team-leader', 'head-of-service'],
  },
} as const satisfies CommandDeclarations;
