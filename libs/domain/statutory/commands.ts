import type { CommandDeclarations } from '#kernel';
import { ArrayNotEmpty, ArrayUnique, IsIn } from 'class-validator';
import { IsDay, IsId, IsListOf, IsText, Optional } from '../shared/decorators';
import { closingReasons, complianceOutcomes, noticeRecipients, riseKinds } from './events';
import type { InterventionPower, NoticeGround, NoticeSection } from './law';
import { interventionPowers, noticeGrounds, noticeSections } from './law';

class CopyInput {
  @IsIn(noticeRecipients) to: (typeof noticeRecipients)[number];
  @IsDay() sentOn: string;
}

/** Records that a warning notice was given; whoever gives this command gave it for the authority. */
export class IssueWarningNotice {
  @IsId() schoolId: string;
  /** Left out: a new identity is made. */
  @Optional() @IsId() noticeId?: string;
  @IsIn(noticeSections) section: NoticeSection;
  @ArrayNotEmpty()
  @ArrayUnique()
  @IsIn(noticeGrounds, { each: true })
  grounds: readonly NoticeGround[];
  @IsText(10_000) matters: string;
  @IsText(10_000) actionsRequired: string;
  @IsText(10_000) mindedTo: string;
  @IsDay() complianceFrom: string;
  @IsDay() complianceTo: string;
  @IsListOf(CopyInput, { min: 1, max: 5 }) copies: readonly CopyInput[];
  /** Left out: today. */
  @Optional() @IsDay() issuedOn?: string;
}

/** Gives the governing body longer than the notice says; never shorter. */
export class SetCompliancePeriod {
  @IsId() schoolId: string;
  @IsId() noticeId: string;
  @IsDay() complianceTo: string;
  @IsText(2000) reason: string;
  /** Left out: today. */
  @Optional() @IsDay() setOn?: string;
}

export class DecideCompliance {
  @IsId() schoolId: string;
  @IsId() noticeId: string;
  @IsIn(complianceOutcomes) outcome: (typeof complianceOutcomes)[number];
  @IsText(4000) reasons: string;
  /** Left out: today. */
  @Optional() @IsDay() decidedOn?: string;
}

export class NotifyInterventionIntent {
  @IsId() schoolId: string;
  @IsId() noticeId: string;
  @ArrayNotEmpty()
  @ArrayUnique()
  @IsIn(interventionPowers, { each: true })
  powers: readonly InterventionPower[];
  /** The first day on which a power would be used, as the letter to the governing body says. */
  @IsDay() notBefore: string;
  /** Left out: today. */
  @Optional() @IsDay() notifiedOn?: string;
}

export class ExerciseInterventionPower {
  @IsId() schoolId: string;
  @IsId() noticeId: string;
  @IsIn(interventionPowers) power: InterventionPower;
  /** Wanted with an interim executive board, and with no other power. */
  @Optional() @IsDay() secretaryOfStateConsentedOn?: string;
  @Optional() @IsText(4000) terms?: string;
  /** Left out: today. */
  @Optional() @IsDay() exercisedOn?: string;
}

export class EndIntervention {
  @IsId() schoolId: string;
  @IsId() noticeId: string;
  @IsIn(interventionPowers) power: InterventionPower;
  @IsText(2000) reason: string;
  /** Left out: today. */
  @Optional() @IsDay() endedOn?: string;
}

/** Records a notice the Secretary of State gave; a live one of the authority lapses by it. */
export class RecordSecretaryOfStateNotice {
  @IsId() schoolId: string;
  /** Left out: a new identity is made. */
  @Optional() @IsId() secretaryNoticeId?: string;
  @IsDay() givenOn: string;
  /** The day the authority was told. Left out: today. */
  @Optional() @IsDay() toldOn?: string;
  @Optional() @IsText() docRef?: string;
}

/** Records that the Secretary of State informed the authority that it may give notices again. */
export class RecordPermissionToWarn {
  @IsId() schoolId: string;
  /** Left out: today. */
  @Optional() @IsDay() informedOn?: string;
}

export class CloseNotice {
  @IsId() schoolId: string;
  @IsId() noticeId: string;
  @IsIn(closingReasons) because: (typeof closingReasons)[number];
  @IsText(2000) reason: string;
  /** Left out: today. */
  @Optional() @IsDay() closedOn?: string;
}

export class WithdrawNotice {
  @IsId() schoolId: string;
  @IsId() noticeId: string;
  @IsText(2000) reason: string;
  /** Left out: today. */
  @Optional() @IsDay() withdrawnOn?: string;
}

/** Formal acts of the authority against a governing body are the head of service's. [I] */
const authority = ['head-of-service'] as const;
const leaders = ['team-leader', 'head-of-service'] as const;

export const noticeCommands = {
  IssueWarningNotice: {
    takes: IssueWarningNotice,
    alsoCalled: ['Issue'],
    says: 'Record a warning notice given to the governing body of a maintained school, with its copies.',
    by: authority,
  },
  SetCompliancePeriod: {
    takes: SetCompliancePeriod,
    says: 'Give the governing body longer to comply with a warning notice.',
    by: authority,
  },
  DecideCompliance: {
    takes: DecideCompliance,
    says: 'Decide whether the governing body complied with a warning notice.',
    by: authority,
  },
  NotifyInterventionIntent: {
    takes: NotifyInterventionIntent,
    says: 'Record the written notice to the governing body that the authority proposes to use its powers.',
    by: authority,
  },
  ExerciseInterventionPower: {
    takes: ExerciseInterventionPower,
    says: 'Record that the authority uses a power of intervention.',
    by: authority,
  },
  EndIntervention: {
    takes: EndIntervention,
    says: 'Record that the authority no longer uses a power of intervention.',
    by: authority,
  },
  RecordSecretaryOfStateNotice: {
    takes: RecordSecretaryOfStateNotice,
    says: 'Record a warning notice the Secretary of State gave; a live one of the authority lapses.',
    by: leaders,
  },
  RecordPermissionToWarn: {
    takes: RecordPermissionToWarn,
    says: 'Record that the Secretary of State lets the authority give warning notices again.',
    by: leaders,
  },
  CloseNotice: {
    takes: CloseNotice,
    says: 'Close a warning notice that was not complied with, once no power is in use on it.',
    by: authority,
  },
  WithdrawNotice: {
    takes: WithdrawNotice,
    says: 'Take a warning notice back before a power is used on it.',
    by: authority,
  },
} as const satisfies CommandDeclarations;

/** Records what the Department does at a school; it binds nobody here. */
export class RecordRiseInvolvement {
  @IsId() schoolId: string;
  /** Left out: a new identity is made. */
  @Optional() @IsId() involvementId?: string;
  @IsIn(riseKinds) kind: (typeof riseKinds)[number];
  @IsDay() from: string;
  @Optional() @IsDay() expectedTo?: string;
  /** Where we know it from, e.g. a letter of the regional group. */
  @IsText() source: string;
}

export class EndRiseInvolvement {
  @IsId() schoolId: string;
  @IsId() involvementId: string;
  /** Left out: today. */
  @Optional() @IsDay() endedOn?: string;
  @Optional() @IsText(2000) reason?: string;
}

const team = ['adviser', 'team-leader', 'head-of-service'] as const;

export const involvementCommands = {
  RecordRiseInvolvement: {
    takes: RecordRiseInvolvement,
    alsoCalled: ['Record'],
    says: 'Record that the Department’s RISE teams are involved with a school.',
    by: team,
  },
  EndRiseInvolvement: {
    takes: EndRiseInvolvement,
    says: 'Record that the involvement of the Department’s RISE teams ended.',
    by: team,
  },
} as const satisfies CommandDeclarations;
