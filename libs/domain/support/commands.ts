import type { CommandDeclarations } from '#kernel';
import { IsIn } from 'class-validator';
import { IsAcademicYear, IsDay, IsHalfDays, IsId, IsText, Optional } from '../shared/decorators';
import type { ChampionRole } from '../shared/words';
import { championRoles } from '../shared/words';
import type { Pot } from './events';
import { pots } from './events';

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

/** Grants more than the offer does, for one school and year. Whoever gives this command approves it. */
export class ApproveExtraDays {
  @IsId() schoolId: string;
  @IsAcademicYear() academicYear: string;
  /** Left out: a new identity is made. */
  @Optional() @IsId() approvalId?: string;
  @IsIn(pots) pot: Pot;
  @IsHalfDays() halfDays: number;
  @IsText(2000) reason: string;
}

/** Sets half-days aside for a deployment. */
export class ReserveDays {
  @IsId() schoolId: string;
  @IsAcademicYear() academicYear: string;
  @IsId() reservationId: string;
  @IsId() deploymentId: string;
  @IsIn(championRoles) role: ChampionRole;
  @IsHalfDays() halfDays: number;
}

/** Gives back what was set aside and not used. */
export class ReleaseDays {
  @IsId() schoolId: string;
  @IsAcademicYear() academicYear: string;
  @IsId() reservationId: string;
}

/** Says how many half-days of a reservation a visit used; said again with another figure, that figure holds. */
export class ConsumeDays {
  @IsId() schoolId: string;
  @IsAcademicYear() academicYear: string;
  @IsId() reservationId: string;
  @IsId() visitId: string;
  @IsHalfDays({ min: 0 }) halfDays: number;
}

/** Lets what is neither used nor set aside lapse once the year is over. */
export class LapseEntitlement {
  @IsId() schoolId: string;
  @IsAcademicYear() academicYear: string;
}

export const entitlementCommands = {
  GrantEntitlement: {
    takes: GrantEntitlement,
    alsoCalled: ['Grant'],
    says: 'Grant what a category entitles a school to, or adjust what was granted.',
    by: ['policy', 'head-of-service'],
  },
  ApproveExtraDays: {
    takes: ApproveExtraDays,
    says: 'Approve half-days above what the offer grants a school in a year, and say why.',
    by: ['head-of-service'],
  },
  ReserveDays: {
    takes: ReserveDays,
    says: 'Set half-days of a school’s allowance aside for a deployment.',
    by: ['policy'],
  },
  ReleaseDays: {
    takes: ReleaseDays,
    says: 'Give back half-days that were set aside and not used.',
    by: ['policy', 'head-of-service'],
  },
  ConsumeDays: {
    takes: ConsumeDays,
    says: 'Count the half-days a visit used against what was set aside.',
    by: ['policy'],
  },
  LapseEntitlement: {
    takes: LapseEntitlement,
    says: 'Let half-days lapse that were neither used nor set aside when the year ended.',
    by: ['policy', 'head-of-service'],
  },
} as const satisfies CommandDeclarations;
