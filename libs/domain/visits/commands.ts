import type { CommandDeclarations } from '#kernel';
import { ArrayMaxSize, ArrayNotEmpty, ArrayUnique, IsIn, IsInt, Max, Min } from 'class-validator';
import {
  IsAcademicYear,
  IsDay,
  IsId,
  IsListOf,
  IsPersonRef,
  IsText,
  Optional,
} from '../shared/decorators';
import type { ActionOutcome, Cadence, TeamRole, VisitKind } from './events';
import { actionOutcomes, cadences, teamRoles, visitKinds } from './events';

export class ScheduleHeadlineVisit {
  @IsId() schoolId: string;
  /** Left out: a new identity is made. */
  @Optional() @IsId() visitId?: string;
  @IsAcademicYear() academicYear: string;
  /** Left out: a headline visit. */
  @Optional() @IsIn(visitKinds) kind?: VisitKind;
  @IsPersonRef() adviserId: string;
  /** A day that has passed is for a visit nobody had arranged here. */
  @IsDay() on: string;
}

export class RescheduleHeadlineVisit {
  @IsId() schoolId: string;
  @IsId() visitId: string;
  @IsDay() on: string;
  /** Left out: the same adviser. */
  @Optional() @IsPersonRef() adviserId?: string;
  @IsText(2000) reason: string;
}

export class CancelHeadlineVisit {
  @IsId() schoolId: string;
  @IsId() visitId: string;
  @IsText(2000) reason: string;
}

/** The record of a visit. It is due in five working days; a later one is taken and says so. */
export class CompleteHeadlineVisit {
  @IsId() schoolId: string;
  @IsId() visitId: string;
  /** Left out: the day it was arranged for. */
  @Optional() @IsDay() visitedOn?: string;
  @IsText(4000) findings: string;
  @IsText(4000) nextSteps: string;
  /**
   * The position of the log at which the dashboard used for the visit was read: what the page and the answer of the
   * school's visits give as dashboardPosition, and every answer in its Position header.
   */
  @IsInt() @Min(1) @Max(Number.MAX_SAFE_INTEGER) dashboardPosition: number;
}

/** The visit, its day and the dashboard it went by stay: those are facts, the record is what was said of them. */
export class AmendHeadlineVisitRecord {
  @IsId() schoolId: string;
  @IsId() visitId: string;
  /** Left out: as it is. */
  @Optional() @IsText(4000) findings?: string;
  /** Left out: as it is. */
  @Optional() @IsText(4000) nextSteps?: string;
  @IsText(2000) reason: string;
}

export class ApproveExtraVisit {
  @IsId() schoolId: string;
  /** Left out: a new identity is made. */
  @Optional() @IsId() extraVisitId?: string;
  @IsAcademicYear() academicYear: string;
  @IsText(2000) reason: string;
}

class MemberInput {
  @IsPersonRef() personId: string;
  @IsIn(teamRoles) role: TeamRole;
}

export class ConveneTeamAroundSchool {
  @IsId() schoolId: string;
  /** Left out: a new identity is made. */
  @Optional() @IsId() tasId?: string;
  /** Left out: today. */
  @Optional() @IsDay() convenedOn?: string;
  @IsListOf(MemberInput, { min: 1, max: 40 }) members: readonly MemberInput[];
  @IsIn(cadences) cadence: Cadence;
  @IsText(2000) reason: string;
}

export class HoldTasMeeting {
  @IsId() schoolId: string;
  @IsId() tasId: string;
  @IsDay() heldOn: string;
  /** Members and guests. */
  @ArrayNotEmpty()
  @ArrayMaxSize(60)
  @ArrayUnique()
  @IsPersonRef({ each: true })
  attendees: readonly string[];
  @IsText(4000) summary: string;
}

export class AgreeTasAction {
  @IsId() schoolId: string;
  @IsId() tasId: string;
  /** Left out: a new identity is made. */
  @Optional() @IsId() actionId?: string;
  @IsText(1000) what: string;
  @IsPersonRef() ownerId: string;
  /** Left out: today. */
  @Optional() @IsDay() agreedOn?: string;
  @IsDay() due: string;
}

/** Also of an action that was handed over when the team was stood down. */
export class CloseTasAction {
  @IsId() schoolId: string;
  @IsId() actionId: string;
  @IsIn(actionOutcomes) outcome: ActionOutcome;
  @Optional() @IsText(2000) note?: string;
  /** Left out: today. */
  @Optional() @IsDay() closedOn?: string;
}

export class ChangeTasMembers {
  @IsId() schoolId: string;
  @IsId() tasId: string;
  /** All of them, not only those who are new. */
  @IsListOf(MemberInput, { min: 1, max: 40 }) members: readonly MemberInput[];
}

class HandOverInput {
  @IsId() actionId: string;
  @IsPersonRef() toId: string;
}

export class StandDownTeam {
  @IsId() schoolId: string;
  @IsId() tasId: string;
  /** Left out: today. */
  @Optional() @IsDay() stoodDownOn?: string;
  @IsText(2000) reason: string;
  /** Each action that is still open, and who sees to it from now on. */
  @IsListOf(HandOverInput, { max: 200 }) handOver: readonly HandOverInput[];
}

const team = ['adviser', 'team-leader', 'head-of-service'] as const;
const leaders = ['team-leader', 'head-of-service'] as const;

export const headlineVisitCommands = {
  ScheduleHeadlineVisit: {
    takes: ScheduleHeadlineVisit,
    alsoCalled: ['ScheduleHlv'],
    says: 'Arrange a headline visit, or a visit for a head who is new, for a day of an academic year.',
    by: team,
  },
  RescheduleHeadlineVisit: {
    takes: RescheduleHeadlineVisit,
    says: 'Move an arranged visit to another day of its year, or give it to another adviser.',
    by: team,
  },
  CancelHeadlineVisit: {
    takes: CancelHeadlineVisit,
    says: 'Call an arranged visit off.',
    by: ['policy', ...team],
  },
  CompleteHeadlineVisit: {
    takes: CompleteHeadlineVisit,
    says: 'Record that a visit was made: what was found, what happens next and which dashboard it went by.',
    by: team,
  },
  AmendHeadlineVisitRecord: {
    takes: AmendHeadlineVisitRecord,
    says: 'Put right what the record of a visit says, and why; the record before is kept.',
    by: team,
  },
  ApproveExtraVisit: {
    takes: ApproveExtraVisit,
    says: 'Approve one headline visit more than the school’s entitlement for a year.',
    by: ['head-of-service'],
  },
} as const satisfies CommandDeclarations;

export const teamCommands = {
  ConveneTeamAroundSchool: {
    takes: ConveneTeamAroundSchool,
    alsoCalled: ['Convene'],
    says: 'Convene a team of the authority around a maintained school in special difficulty.',
    by: leaders,
  },
  HoldTasMeeting: {
    takes: HoldTasMeeting,
    says: 'Record a meeting of the team around the school.',
    by: team,
  },
  AgreeTasAction: {
    takes: AgreeTasAction,
    says: 'Record an action the team around the school agreed.',
    by: team,
  },
  CloseTasAction: {
    takes: CloseTasAction,
    says: 'Record what came of an action of the team around the school.',
    by: team,
  },
  ChangeTasMembers: {
    takes: ChangeTasMembers,
    says: 'Say who belongs to the team around the school from now on.',
    by: team,
  },
  StandDownTeam: {
    takes: StandDownTeam,
    says: 'End the team around the school, and say who sees to each action that is still open.',
    by: leaders,
  },
} as const satisfies CommandDeclarations;
