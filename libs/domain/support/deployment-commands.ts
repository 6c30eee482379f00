import type { CommandDeclarations } from '#kernel';
import { ArrayNotEmpty, ArrayUnique, IsBoolean, IsIn } from 'class-validator';
import {
  IsDay,
  IsHalfDays,
  IsId,
  IsListOf,
  IsPersonRef,
  IsText,
  Optional,
} from '../shared/decorators';
import type { ChampionRole } from '../shared/words';
import { championRoles } from '../shared/words';
import { OfDeployment, reviewCommands, team } from './review-commands';
import { earlyEndings, pauseReasons, priorities, results } from './deployment-events';

/** Names what a school needs support with; with it the deployment begins that is to meet the need. */
export class IdentifyNeed extends OfDeployment {
  @IsId() schoolId: string;
  /** What it is about, by the code of a specialism. */
  @IsText(60) specialism: string;
  @IsText(2000) focus: string;
  @IsIn(priorities) priority: (typeof priorities)[number];
  @IsIn(championRoles) role: ChampionRole;
  /** The school pays itself: without it, support is for Prevention and Intervention. */
  @Optional() @IsBoolean() selfFunded?: boolean;
  /** Left out: today. */
  @Optional() @IsDay() identifiedOn?: string;
}

export class ProposeMatch extends OfDeployment {
  @IsId() championId: string;
  /** Why this champion, in words. */
  @IsText(2000) rationale: string;
  /** Left out: today. */
  @Optional() @IsDay() proposedOn?: string;
}

export class DeclineMatch extends OfDeployment {
  /** Wanted from the head or chair of the school to be supported. */
  @Optional() @IsId() schoolId?: string;
  /** Wanted from the home head. */
  @Optional() @IsId() homeSchoolId?: string;
  @IsText(2000) reason: string;
}

/** The home head's consent; from the team, that it was given and by whom. */
export class AgreeRelease extends OfDeployment {
  @IsId() homeSchoolId: string;
  @IsHalfDays() halfDays: number;
  @IsDay() from: string;
  @IsDay() to: string;
  /** Wanted from the team: the head who agreed. Left out by the home head: themself. */
  @Optional() @IsPersonRef() homeHeadId?: string;
}

export class WithdrawRelease extends OfDeployment {
  @IsId() homeSchoolId: string;
  @IsText(2000) reason: string;
}

class ObjectiveInput {
  @IsId() objectiveId: string;
  @IsText(500) what: string;
  /** How it will be seen. */
  @IsText(500) measure: string;
  @IsText(200) baseline: string;
  @IsText(200) target: string;
}

/** The agreement of the head whose school is to be supported, with what is to change. */
export class AcceptSupport extends OfDeployment {
  @IsId() schoolId: string;
  @IsListOf(ObjectiveInput, { min: 1, max: 20 }) objectives: readonly ObjectiveInput[];
  /** Wanted from the team: the head who agreed. Left out by the head: themself. */
  @Optional() @IsPersonRef() headId?: string;
}

export class DeclineSupport extends OfDeployment {
  @IsId() schoolId: string;
  @IsText(2000) reason: string;
}

export class LapseNeed extends OfDeployment {
  @IsText(2000) reason: string;
}

/** Puts the deployment together; its half-days are set aside in the same breath, or the answer says what is left. */
export class ConfirmDeployment extends OfDeployment {
  @IsText(2000) scope: string;
  @IsHalfDays() halfDays: number;
  @IsDay() from: string;
  @IsDay() to: string;
  /** The school pays all of it, and nothing is taken from its allowance. */
  @Optional() @IsBoolean() paidBySchool?: boolean;
  /** The rate card it will be reimbursed by. */
  @Optional() @IsText(40) rateVersion?: string;
}

class OfReservation extends OfDeployment {
  @IsId() reservationId: string;
}
export class CompleteConfirmation extends OfReservation {}
export class FailConfirmation extends OfReservation {
  @IsText(60) refused: string;
  @IsText(1000) why: string;
}
export class CompleteExtension extends OfReservation {}
export class FailExtension extends FailConfirmation {}

export class StartDeployment extends OfDeployment {
  /** Left out: today. */
  @Optional() @IsDay() startedOn?: string;
}

/** What those may give who speak for one of the two schools; each names their own. */
class OfEitherSchool extends OfDeployment {
  @Optional() @IsId() schoolId?: string;
  @Optional() @IsId() homeSchoolId?: string;
}

export class PauseDeployment extends OfEitherSchool {
  @IsIn(pauseReasons) because: (typeof pauseReasons)[number];
  /** Wanted with `other`. */
  @Optional() @IsText(2000) reason?: string;
  /** Left out: today. */
  @Optional() @IsDay() pausedOn?: string;
}

export class ResumeDeployment extends OfEitherSchool {
  /** Left out: today. */
  @Optional() @IsDay() resumedOn?: string;
}

/** More half-days for the same work, within what the home school has released. */
export class ExtendDeployment extends OfDeployment {
  /** Beside those there are. */
  @IsHalfDays() halfDays: number;
  /** The new last day. */
  @IsDay() to: string;
  @IsText(2000) reason: string;
}

export class CompleteDeployment extends OfDeployment {
  /** Left out: today. */
  @Optional() @IsDay() completedOn?: string;
}

export class EndDeployment extends OfDeployment {
  @IsIn(earlyEndings) because: (typeof earlyEndings)[number];
  /** Wanted with `other`. */
  @Optional() @IsText(2000) reason?: string;
  /** Left out: today. */
  @Optional() @IsDay() endedOn?: string;
}

export class RecordVisit extends OfDeployment {
  /** Left out: a new identity is made. */
  @Optional() @IsId() visitId?: string;
  @IsDay() visitedOn: string;
  @IsHalfDays() halfDays: number;
  /** Which objectives the visit was about. */
  @ArrayNotEmpty() @ArrayUnique() @IsId({ each: true }) objectiveIds: readonly string[];
  /** Where the record is kept. */
  @IsText(200) notesRef: string;
}

/** Puts the record of a visit right; what is left out stays as it was. */
export class AmendVisitRecord extends OfDeployment {
  @IsId() visitId: string;
  @Optional() @IsDay() visitedOn?: string;
  @Optional() @IsHalfDays() halfDays?: number;
  @Optional()
  @ArrayNotEmpty()
  @ArrayUnique()
  @IsId({ each: true })
  objectiveIds?: readonly string[];
  @Optional() @IsText(200) notesRef?: string;
  @IsText(2000) reason: string;
}

class ResultInput {
  @IsId() objectiveId: string;
  @IsIn(results) result: (typeof results)[number];
  /** Where the measure stands now. */
  @IsText(200) now: string;
  @IsText(2000) evidence: string;
}

/** A judgement on every objective. A later one, e.g. one the school agrees with, takes the place of this. */
export class EvaluateImpact extends OfDeployment {
  @IsListOf(ResultInput, { min: 1, max: 20 }) results: readonly ResultInput[];
  /** The head who agrees with it. */
  @Optional() @IsPersonRef() headId?: string;
  /** Left out: today. */
  @Optional() @IsDay() evaluatedOn?: string;
}

export class CloseDeployment extends OfDeployment {}

const bothSchools = [...team, 'headteacher', 'home-head', 'champion'] as const;

export const deploymentCommands = {
  IdentifyNeed: {
    takes: IdentifyNeed,
    says: 'Name what a school needs support with; a head may for their own school.',
    by: [...team, 'headteacher'],
    begins: 'deploymentId',
  },
  ProposeMatch: {
    takes: ProposeMatch,
    says: 'Propose a champion for the need, and say why this one.',
    by: ['adviser', 'team-leader'],
  },
  DeclineMatch: {
    takes: DeclineMatch,
    says: 'Decline the champion proposed, so that another can be found.',
    by: bothSchools,
  },
  AgreeRelease: {
    takes: AgreeRelease,
    says: 'Agree to release the champion for so many half-days; the team may record that the home head did.',
    by: [...team, 'home-head'],
  },
  WithdrawRelease: {
    takes: WithdrawRelease,
    says: 'Take the release back; a deployment under way is not ended by it, but is to be looked at.',
    by: [...team, 'home-head'],
  },
  AcceptSupport: {
    takes: AcceptSupport,
    says: 'Agree to the champion and the objectives; the team may record that the head did.',
    by: [...team, 'headteacher'],
    begins: 'objectives/objectiveId',
  },
  DeclineSupport: {
    takes: DeclineSupport,
    says: 'Decline the support altogether.',
    by: [...team, 'headteacher', 'chair'],
  },
  LapseNeed: {
    takes: LapseNeed,
    says: 'Let a need lapse before any work began.',
    by: team,
  },
  ConfirmDeployment: {
    takes: ConfirmDeployment,
    says: 'Confirm a deployment both schools agreed to, and set its half-days aside.',
    by: team,
  },
  CompleteConfirmation: {
    takes: CompleteConfirmation,
    says: 'Confirm the deployment now that its half-days are set aside.',
    by: ['policy'],
  },
  FailConfirmation: {
    takes: FailConfirmation,
    says: 'Give a confirmation up whose half-days cannot be set aside.',
    by: ['policy', 'team-leader', 'head-of-service'],
  },
  StartDeployment: {
    takes: StartDeployment,
    alsoCalled: ['Start'],
    says: 'Record that the champion’s work at the school began.',
    by: [...team, 'champion'],
  },
  PauseDeployment: {
    takes: PauseDeployment,
    alsoCalled: ['Pause'],
    says: 'Let the champion’s work rest.',
    by: bothSchools,
  },
  ResumeDeployment: {
    takes: ResumeDeployment,
    alsoCalled: ['Resume'],
    says: 'Let the champion’s work go on.',
    by: bothSchools,
  },
  ExtendDeployment: {
    takes: ExtendDeployment,
    alsoCalled: ['Extend'],
    says: 'Add half-days to a deployment under way, within what is released and left.',
    by: team,
  },
  CompleteExtension: {
    takes: CompleteExtension,
    says: 'Extend the deployment now that the half-days are set aside.',
    by: ['policy'],
  },
  FailExtension: {
    takes: FailExtension,
    says: 'Give an extension up whose half-days cannot be set aside.',
    by: ['policy', 'team-leader', 'head-of-service'],
  },
  CompleteDeployment: {
    takes: CompleteDeployment,
    alsoCalled: ['Complete'],
    says: 'Record that the champion’s work is done.',
    by: team,
  },
  EndDeployment: {
    takes: EndDeployment,
    alsoCalled: ['End'],
    says: 'End a deployment before its time, and say why.',
    by: team,
  },
  RecordVisit: {
    takes: RecordVisit,
    says: 'Record a visit of the champion; it is due within five working days.',
    by: [...team, 'champion'],
  },
  AmendVisitRecord: {
    takes: AmendVisitRecord,
    says: 'Put the record of a visit right; the record before is kept.',
    by: [...team, 'champion'],
  },
  EvaluateImpact: {
    takes: EvaluateImpact,
    alsoCalled: ['Evaluate'],
    says: 'Judge what the deployment achieved, objective by objective, with the school.',
    by: team,
  },
  CloseDeployment: {
    takes: CloseDeployment,
    says: 'Close a deployment that was evaluated with the school.',
    by: team,
  },
  ...reviewCommands,
} as const satisfies CommandDeclarations;
