import type { CommandDeclarations } from '#kernel';
import { ArrayMaxSize, ArrayNotEmpty, ArrayUnique, IsIn, Matches } from 'class-validator';
import {
  IsAcademicYear,
  IsDay,
  IsHalfDays,
  IsId,
  IsPersonRef,
  IsText,
  Optional,
} from '../shared/decorators';
import type { ChampionRole, Phase } from '../shared/words';
import { championRoles, phases } from '../shared/words';
import type { InterestNature, InterestOutcome } from './events';
import { availabilityMeasures, interestNatures, interestOutcomes } from './events';

const SPECIALISM = /^(?=.{2,40}$)[a-z0-9]+(-[a-z0-9]+)*$/;
const AreSpecialisms = (): PropertyDecorator =>
  Matches(SPECIALISM, {
    each: true,
    message:
      'each of $property must be a short word such as early-reading (small letters, digits and hyphens, 2 to 40)',
  });

export class RegisterChampion {
  @IsId() championId: string;
  @IsPersonRef() personRef: string;
  /** Who employs them. */
  @IsId() homeSchoolId: string;
  @ArrayNotEmpty()
  @ArrayUnique()
  @IsIn(championRoles, { each: true })
  roles: readonly ChampionRole[];
  @ArrayMaxSize(20) @ArrayUnique() @AreSpecialisms() specialisms: readonly string[];
  @ArrayNotEmpty() @ArrayUnique() @IsIn(phases, { each: true }) phases: readonly Phase[];
  /** The day their vetting was confirmed, and the last day it is confirmed for. */
  @IsDay() vettedOn: string;
  @IsDay() vettedUntil: string;
  /** At most so many half-days a year, where a year has no cap of its own. Left out: 30, which are 15 days. */
  @Optional() @IsHalfDays({ min: 0 }) yearlyCapHalfDays?: number;
  /** Left out: today. */
  @Optional() @IsDay() registeredOn?: string;
}

/** What is left out stays as it is. */
export class UpdateChampion {
  @IsId() championId: string;
  @Optional()
  @ArrayNotEmpty()
  @ArrayUnique()
  @IsIn(championRoles, { each: true })
  roles?: readonly ChampionRole[];
  @Optional() @ArrayMaxSize(20) @ArrayUnique() @AreSpecialisms() specialisms?: readonly string[];
  @Optional()
  @ArrayNotEmpty()
  @ArrayUnique()
  @IsIn(phases, { each: true })
  phases?: readonly Phase[];
  @Optional() @IsDay() vettedOn?: string;
  @Optional() @IsDay() vettedUntil?: string;
}

/** They have gone to work at another school; whatever was booked through the old one has ended. */
export class MoveChampion {
  @IsId() championId: string;
  @IsId() toSchoolId: string;
  /** Left out: today. */
  @Optional() @IsDay() movedOn?: string;
}

export class PauseChampion {
  @IsId() championId: string;
  /** A home head names their own school; others may leave it out. */
  @Optional() @IsId() homeSchoolId?: string;
  @IsText(2000) reason: string;
  /** Left out: today. */
  @Optional() @IsDay() pausedOn?: string;
}

/** After a pause, and for the team also after they had stopped. */
export class ResumeChampion {
  @IsId() championId: string;
  /** A home head names their own school; others may leave it out. */
  @Optional() @IsId() homeSchoolId?: string;
  @IsText(2000) reason: string;
  /** Left out: today. */
  @Optional() @IsDay() resumedOn?: string;
}

export class RetireChampion {
  @IsId() championId: string;
  @IsText(2000) reason: string;
  /** Left out: today. */
  @Optional() @IsDay() retiredOn?: string;
}

/** Takes the place of what was said before of any part of the period. */
export class DeclareAvailability {
  @IsId() championId: string;
  /** A home head names their own school; others may leave it out. */
  @Optional() @IsId() homeSchoolId?: string;
  @IsAcademicYear() academicYear: string;
  @IsDay() from: string;
  @IsDay() to: string;
  /** 0: not at all in this period. */
  @IsHalfDays({ min: 0 }) halfDays: number;
  /** Whether so many half-days in each week, or in the whole period. */
  @IsIn(availabilityMeasures) per: (typeof availabilityMeasures)[number];
}

export class DeclareInterest {
  @IsId() championId: string;
  /** A home head names their own school; others may leave it out. */
  @Optional() @IsId() homeSchoolId?: string;
  /** Left out: a new identity is made. */
  @Optional() @IsId() interestId?: string;
  /** The school or schools the tie is to. */
  @ArrayNotEmpty()
  @ArrayMaxSize(20)
  @ArrayUnique()
  @IsId({ each: true })
  counterpartyIds: readonly string[];
  @IsIn(interestNatures) nature: InterestNature;
  /** Left out: today. */
  @Optional() @IsDay() declaredOn?: string;
  /** Wanted with the nature other. */
  @Optional() @IsText(2000) note?: string;
}

/** Decides what an interest means; decided before, it may be decided anew when things have changed. */
export class ResolveInterest {
  @IsId() championId: string;
  @IsId() interestId: string;
  @IsIn(interestOutcomes) outcome: InterestOutcome;
  @IsText(2000) reason: string;
  /** Left out: today. */
  @Optional() @IsDay() resolvedOn?: string;
}

export class SetYearlyCap {
  @IsId() championId: string;
  @IsAcademicYear() academicYear: string;
  @IsHalfDays({ min: 0 }) halfDays: number;
  @IsText(2000) reason: string;
}

export class ReserveChampionDays {
  @IsId() championId: string;
  @IsId() reservationId: string;
  @IsId() deploymentId: string;
  /** The school that gets the support. */
  @IsId() supportedSchoolId: string;
  /** The school whose head released the champion. */
  @IsId() homeSchoolId: string;
  @IsAcademicYear() academicYear: string;
  @IsHalfDays() halfDays: number;
  /** The days of the deployment that lie in this year. */
  @IsDay() from: string;
  @IsDay() to: string;
}

export class ReleaseChampionDays {
  @IsId() championId: string;
  @IsId() reservationId: string;
}

/** Says how many half-days a visit counts: given again with another figure, the visit counts that one. */
export class ConsumeChampionDays {
  @IsId() championId: string;
  @IsId() reservationId: string;
  @IsId() visitId: string;
  @IsHalfDays({ min: 0 }) halfDays: number;
}

const team = ['adviser', 'team-leader', 'head-of-service'] as const;

export const championCommands = {
  RegisterChampion: {
    takes: RegisterChampion,
    says: 'Register a practitioner of a school as a champion, with what they do and for how long their vetting is confirmed.',
    by: team,
    begins: 'championId',
  },
  UpdateChampion: {
    takes: UpdateChampion,
    says: 'Change a champion’s roles, specialisms, phases or vetting.',
    by: team,
  },
  MoveChampion: {
    takes: MoveChampion,
    says: 'Record that a champion went to work at another school.',
    by: team,
  },
  PauseChampion: {
    takes: PauseChampion,
    says: 'Give a champion no new work for the time being; a home head may pause their own staff.',
    by: [...team, 'home-head'],
  },
  ResumeChampion: {
    takes: ResumeChampion,
    says: 'Give a champion new work again; a home head ends the pauses they made.',
    by: [...team, 'home-head'],
  },
  RetireChampion: {
    takes: RetireChampion,
    says: 'Record that a champion has stopped being one.',
    by: team,
  },
  DeclareAvailability: {
    takes: DeclareAvailability,
    says: 'Say how much time a champion has in a period of a year.',
    by: [...team, 'champion', 'home-head'],
  },
  DeclareInterest: {
    takes: DeclareInterest,
    says: 'Declare a tie of a champion to a school.',
    by: [...team, 'champion', 'home-head'],
  },
  ResolveInterest: {
    takes: ResolveInterest,
    says: 'Decide whether a declared interest bars the champion from that school.',
    by: team,
  },
  SetYearlyCap: {
    takes: SetYearlyCap,
    says: 'Set how many half-days a champion may give in a year.',
    by: ['team-leader', 'head-of-service'],
  },
  ReserveChampionDays: {
    takes: ReserveChampionDays,
    says: 'Reserve half-days of a champion’s year for a deployment, within their cap.',
    by: ['policy'],
  },
  ReleaseChampionDays: {
    takes: ReleaseChampionDays,
    says: 'End a reservation and free what was not used of it.',
    by: ['policy'],
  },
  ConsumeChampionDays: {
    takes: ConsumeChampionDays,
    says: 'Count the half-days of a visit against its reservation.',
    by: ['policy'],
  },
} as const satisfies CommandDeclarations;
