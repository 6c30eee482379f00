import type { CommandDeclarations } from '#kernel';
import { IsDay, IsId, IsText, Optional } from '../shared/decorators';

/**
 * Works out what a school is entitled to in the academic year of a day, from the category last in force in that year:
 * a decision or a correction of an earlier stretch of the year does not undo a later one.
 */
export class GrantEntitlement {
  @IsId() schoolId: string;
  /** The day the decision takes effect, or any other of the year. */
  @IsDay() effectiveFrom: string;
  /** The offer the school was told of. Left out, or of another year: the one granted by, or else in force. */
  @Optional() @IsText(64) offerVersion?: string;
  /** The event that decided the category. */
  @IsId() becauseOf: string;
}

export const entitlementCommands = {
  GrantEntitlement: {
    takes: GrantEntitlement,
    says: 'Grant what a category entitles a school to, or adjust what was granted.',
    by: ['policy', 'head-of-service'],
  },
} as const satisfies CommandDeclarations;
