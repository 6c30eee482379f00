import type { CommandDeclarations } from '#kernel';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  ArrayUnique,
  IsBoolean,
  IsIn,
  IsInt,
  Max,
  Min,
} from 'class-validator';
import { IsDay, IsId, IsPersonRef, IsText, Optional } from '../shared/decorators';
import type { ConsultationView } from './events';
import { consultationViews } from './events';

export class SetBoardTerms {
  @IsText() title: string;
  @IsBoolean() example: boolean;
  /** How many members must be present. */
  @IsInt() @Min(1) @Max(100) quorum: number;
  @IsInt() @Min(1) @Max(100) seats: number;
  @IsDay() effectiveFrom: string;
}

export class HoldBoardMeeting {
  /** Left out: a new identity is made. */
  @Optional() @IsId() meetingId?: string;
  @IsDay() heldOn: string;
  @IsInt() @Min(1) @Max(6) halfTerm: number;
  /** Members who were there. */
  @ArrayNotEmpty()
  @ArrayUnique()
  @ArrayMaxSize(100)
  @IsPersonRef({ each: true })
  present: readonly string[];
  /** Members who sent apologies. Left out: nobody did. */
  @Optional()
  @ArrayUnique()
  @ArrayMaxSize(100)
  @IsPersonRef({ each: true })
  apologies?: readonly string[];
}

export class CorrectBoardRecord {
  @IsId() meetingId: string;
  /** Members who were there, all of them. */
  @ArrayNotEmpty()
  @ArrayUnique()
  @ArrayMaxSize(100)
  @IsPersonRef({ each: true })
  present: readonly string[];
  /** Members who sent apologies, all of them. Left out: nobody did. */
  @Optional()
  @ArrayUnique()
  @ArrayMaxSize(100)
  @IsPersonRef({ each: true })
  apologies?: readonly string[];
  @IsText(2000) reason: string;
}

export class TablePaper {
  /** Left out: a new identity is made. */
  @Optional() @IsId() paperId?: string;
  @IsText() title: string;
  @IsBoolean() publishable: boolean;
  /** Where the paper is kept. */
  @IsText() docRef: string;
  /** Left out: today. */
  @Optional() @IsDay() tabledOn?: string;
}

export class RecordBoardDecision {
  /** Left out: a new identity is made. */
  @Optional() @IsId() decisionId?: string;
  @IsId() meetingId: string;
  /** The papers it was decided on; there may be none. */
  @ArrayUnique()
  @ArrayMaxSize(50)
  @IsId({ each: true })
  paperIds: readonly string[];
  @IsText(4000) decision: string;
  @IsBoolean() publishable: boolean;
}

export class FormLiaisonGroup {
  @IsId() groupId: string;
  @IsText() name: string;
  @ArrayNotEmpty()
  @ArrayUnique()
  @ArrayMaxSize(100)
  @IsId({ each: true })
  schoolIds: readonly string[];
  /** Left out: today. */
  @Optional() @IsDay() formedOn?: string;
}

export const membershipChanges = ['join', 'leave'] as const;

export class ChangeLiaisonMembership {
  @IsId() groupId: string;
  @IsId() schoolId: string;
  @IsIn(membershipChanges) change: (typeof membershipChanges)[number];
  /** Left out: today. */
  @Optional() @IsDay() on?: string;
}

export class HoldLiaisonMeeting {
  @IsId() groupId: string;
  /** Left out: a new identity is made. */
  @Optional() @IsId() meetingId?: string;
  @IsDay() heldOn: string;
  @IsInt() @Min(1) @Max(6) halfTerm: number;
  /** The schools whose heads were there. */
  @ArrayNotEmpty()
  @ArrayUnique()
  @ArrayMaxSize(100)
  @IsId({ each: true })
  schoolIds: readonly string[];
  /** Who was there for the authority. */
  @IsPersonRef() authorityId: string;
  @Optional() @IsText() notesRef?: string;
}

export class OpenConsultation {
  @IsId() consultationId: string;
  @IsText() about: string;
  /** Where the paper they are asked about is kept. */
  @Optional() @IsText() docRef?: string;
  /** The schools that are asked; there may be none where bodies are. */
  @ArrayUnique()
  @ArrayMaxSize(500)
  @IsId({ each: true })
  schoolIds: readonly string[];
  /** Others that are asked, such as the Schools Forum. Left out: none. */
  @Optional()
  @ArrayUnique()
  @ArrayMaxSize(50)
  @IsText(100, { each: true })
  bodies?: readonly string[];
  /** Left out: today. */
  @Optional() @IsDay() openedOn?: string;
  @IsDay() until: string;
}

/** An answer of a school or of a body: one of the two is named. */
export class RecordConsultationAnswer {
  @IsId() consultationId: string;
  @Optional() @IsId() schoolId?: string;
  @Optional() @IsText(100) body?: string;
  @IsIn(consultationViews) view: ConsultationView;
  /** Where the answer is kept. */
  @IsText() docRef: string;
  /** Who answered. Left out by a head or chair: they themselves. */
  @Optional() @IsPersonRef() answererId?: string;
  /** Left out: today. */
  @Optional() @IsDay() answeredOn?: string;
}

export class CloseConsultation {
  @IsId() consultationId: string;
  /** What came of it. */
  @IsText(4000) outcome: string;
  /** Left out: today. */
  @Optional() @IsDay() closedOn?: string;
}

const keepers = ['team-leader', 'head-of-service'] as const;
/** The Board may keep its own record. */
const minuteTakers = [...keepers, 'board'] as const;

export const boardCommands = {
  SetBoardTerms: {
    takes: SetBoardTerms,
    says: 'Record how many members the Board has and how many make a quorum, from a day on.',
    by: ['head-of-service', 'board'],
  },
  HoldBoardMeeting: {
    takes: HoldBoardMeeting,
    says: 'Record that the Board met and who was there.',
    by: minuteTakers,
  },
  CorrectBoardRecord: {
    takes: CorrectBoardRecord,
    says: 'Put right who was at a meeting of the Board.',
    by: minuteTakers,
  },
  TablePaper: {
    takes: TablePaper,
    says: 'Record that a paper was tabled for the Board, and whether it may be published.',
    by: minuteTakers,
  },
  RecordBoardDecision: {
    takes: RecordBoardDecision,
    alsoCalled: ['RecordMinutes'],
    says: 'Record what the Board decided at a meeting with a quorum, on which papers.',
    by: minuteTakers,
  },
} as const satisfies CommandDeclarations;

export const liaisonCommands = {
  FormLiaisonGroup: {
    takes: FormLiaisonGroup,
    says: 'Record a liaison group of an area and the schools in it.',
    by: keepers,
    begins: 'groupId',
  },
  ChangeLiaisonMembership: {
    takes: ChangeLiaisonMembership,
    says: 'Record that a school comes into a liaison group or goes from it.',
    by: keepers,
  },
  HoldLiaisonMeeting: {
    takes: HoldLiaisonMeeting,
    says: 'Record that a liaison group met, which schools were there and who for the authority.',
    by: keepers,
  },
} as const satisfies CommandDeclarations;

export const consultationCommands = {
  OpenConsultation: {
    takes: OpenConsultation,
    says: 'Ask schools and bodies what they say to something, until a day.',
    by: keepers,
    begins: 'consultationId',
  },
  RecordConsultationAnswer: {
    takes: RecordConsultationAnswer,
    says: 'Record an answer to a consultation; a head or chair answers for their own school.',
    by: [...keepers, 'headteacher', 'chair'],
  },
  CloseConsultation: {
    takes: CloseConsultation,
    says: 'End a consultation and say what came of it.',
    by: keepers,
  },
} as const satisfies CommandDeclarations;
