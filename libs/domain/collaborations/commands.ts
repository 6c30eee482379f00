import type { CommandDeclarations } from '#kernel';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  ArrayUnique,
  IsBoolean,
  IsIn,
  Matches,
} from 'class-validator';
import { IsDay, IsId, IsText, Optional } from '../shared/decorators';
import type { Phase } from '../shared/words';
import { phases } from '../shared/words';
import type { CollaborationKind, EvidenceKind } from './events';
import { collaborationKinds, evidenceKinds } from './events';

/** An area of strength, as a code: the list of areas is the county's own. */
const IsArea = (): PropertyDecorator =>
  Matches(/^(?=.{1,60}$)[a-z0-9]+(-[a-z0-9]+)*$/, {
    message:
      '$property must be the code of an area, such as early-reading: small letters, digits and single hyphens, 1 to 60',
  });

export class FormCollaboration {
  @IsId() collaborationId: string;
  @IsIn(collaborationKinds) kind: CollaborationKind;
  @Optional() @IsArea() area?: string;
  @IsText(2000) purpose: string;
  /** At least two. */
  @ArrayNotEmpty()
  @ArrayUnique()
  @ArrayMaxSize(100)
  @IsId({ each: true })
  schoolIds: readonly string[];
  /** One of them. */
  @IsId() leadSchoolId: string;
  /** Where the agreement is kept; wanted for a formal one. */
  @Optional() @IsText() agreementRef?: string;
  @IsDay() from: string;
  @IsDay() reviewDue: string;
}

export class JoinCollaboration {
  @IsId() collaborationId: string;
  @IsId() schoolId: string;
  /** Left out: today. */
  @Optional() @IsDay() joinedOn?: string;
}

export class LeaveCollaboration {
  @IsId() collaborationId: string;
  @IsId() schoolId: string;
  /** Left out: today. */
  @Optional() @IsDay() leftOn?: string;
  /** Where the lead leaves: who leads from then on. */
  @Optional() @IsId() leadSchoolId?: string;
  @IsText(2000) reason: string;
}

export class ReviewCollaboration {
  @IsId() collaborationId: string;
  /** Left out: today. */
  @Optional() @IsDay() reviewedOn?: string;
  @IsText(4000) achieved: string;
  @IsBoolean() continues: boolean;
  /** Wanted where it goes on. */
  @Optional() @IsDay() nextReviewDue?: string;
}

export class EndCollaboration {
  @IsId() collaborationId: string;
  /** Left out: today. */
  @Optional() @IsDay() endedOn?: string;
  @IsText(2000) reason: string;
}

export class RecordStrength {
  @IsId() schoolId: string;
  /** Left out: a new identity is made. */
  @Optional() @IsId() strengthId?: string;
  @IsArea() area: string;
  @IsIn(phases) phase: Phase;
  @IsIn(evidenceKinds) evidenceKind: EvidenceKind;
  /** Where the evidence is kept. */
  @IsText() evidenceRef: string;
  @IsDay() observedOn: string;
}

export class WithdrawStrength {
  @IsId() schoolId: string;
  @IsId() strengthId: string;
  /** Left out: today. */
  @Optional() @IsDay() withdrawnOn?: string;
  @IsText(2000) reason: string;
}

const keepers = ['team-leader', 'head-of-service'] as const;

export const collaborationCommands = {
  FormCollaboration: {
    takes: FormCollaboration,
    alsoCalled: ['Form'],
    says: 'Record that schools work together, for what purpose, and by when that is reviewed.',
    by: keepers,
    begins: 'collaborationId',
  },
  JoinCollaboration: {
    takes: JoinCollaboration,
    says: 'Record that another school joins.',
    by: keepers,
  },
  LeaveCollaboration: {
    takes: LeaveCollaboration,
    says: 'Record that a school leaves, and why; a head may do so for their own school.',
    by: [...keepers, 'headteacher'],
  },
  ReviewCollaboration: {
    takes: ReviewCollaboration,
    says: 'Record what the schools achieved together, and whether they go on.',
    by: keepers,
  },
  EndCollaboration: {
    takes: EndCollaboration,
    says: 'Record that the schools do not work together any more, and why.',
    by: keepers,
  },
} as const satisfies CommandDeclarations;

export const strengthCommands = {
  RecordStrength: {
    takes: RecordStrength,
    says: 'Record that a school is strong in an area, and from which evidence that is known.',
    by: ['adviser', ...keepers],
  },
  WithdrawStrength: {
    takes: WithdrawStrength,
    says: 'Take back a strength that is not to be relied upon any more.',
    by: ['adviser', ...keepers],
  },
} as const satisfies CommandDeclarations;
