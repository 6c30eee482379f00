import type { CommandDeclarations } from '#kernel';
import { ArrayMaxSize, IsBoolean, IsIn, Matches } from 'class-validator';
import {
  IsCount,
  IsDay,
  IsFigure,
  IsId,
  IsListOf,
  IsPersonRef,
  IsRecordOf,
  IsShare,
  IsText,
  IsUrn,
  Optional,
} from '../shared/decorators';
import type { MaintenanceStatus, Phase, SchoolKind } from '../shared/words';
import { phases, schoolKinds, statuses } from '../shared/words';
import type { ChairKind, Correctable, Group, HeadKind } from './events';
import { chairKinds, correctable, headKinds } from './events';
import type { AreaGrade, InspectionOutcome } from './inspection';
import {
  concernCodes,
  inspectionAreas,
  inspectionGrades,
  inspectionShapes,
  overallGrades,
  safeguardingWords,
} from './inspection';

/** How the register says a school stands. */
export const registerStates = [
  'open',
  'open-proposed-to-close',
  'proposed-to-open',
  'closed',
] as const;

/** Metres on the National Grid: 700 km from west to east and 1,300 km from south to north. */
const ON_THE_GRID = { min: 0, max: 1_300_000 };

class SchoolCommand {
  @IsId() schoolId: string;
}

/** A trust or a federation. */
class GroupInput implements Group {
  @IsText(40) uid: string;
  @IsText() name: string;
}

const IsLaestab = () =>
  Matches(/^\d{7}$/, { message: '$property must be seven digits: authority, then establishment' });

export class RegisterSchool extends SchoolCommand {
  @IsUrn() urn: string;
  /** The day this is what the register says. */
  @IsDay() asAt: string;
  @IsIn(registerStates) state: (typeof registerStates)[number];
  @IsText() name: string;
  @IsIn(phases) phase: Phase;
  @IsIn(schoolKinds) kind: SchoolKind;
  @IsIn(statuses) status: MaintenanceStatus;
  @IsText() typeName: string;
  @Optional() @IsLaestab() laestab?: string;
  @Optional() @IsDay() openedOn?: string;
  @Optional() @IsDay() closedOn?: string;
  @Optional() @IsCount(25) ageFrom?: number;
  @Optional() @IsCount(25) ageTo?: number;
  @Optional() @IsCount(100000) pupils?: number;
  @Optional() @IsCount(100000) capacity?: number;
  @Optional() @IsShare() fsmPercent?: number;
  @Optional() @IsDay() censusOn?: string;
  @Optional() @IsText(100) town?: string;
  @Optional() @IsText(10) postcode?: string;
  @Optional() @IsFigure(ON_THE_GRID) easting?: number;
  @Optional() @IsFigure(ON_THE_GRID) northing?: number;
  @Optional() @IsRecordOf(GroupInput) trust?: Group;
  @Optional() @IsRecordOf(GroupInput) federation?: Group;
}

export class RecordRegisterEntry extends RegisterSchool {
  /** Take the entry although what is known of the school is of a later day. */
  @Optional() @IsBoolean() evenIfOlder?: boolean;
}

export class RecordConversion extends SchoolCommand {
  @IsUrn() oldUrn: string;
  @IsUrn() newUrn: string;
  @IsDay() convertedOn: string;
  @Optional() @IsLaestab() laestab?: string;
  @Optional() @IsText() typeName?: string;
  @Optional() @IsRecordOf(GroupInput) trust?: Group;
}

export class RecordUrnChange extends SchoolCommand {
  @IsUrn() oldUrn: string;
  @IsUrn() newUrn: string;
  @IsDay() changedOn: string;
}

export class RecordPredecessorUrn extends SchoolCommand {
  @IsUrn() urn: string;
  @Optional() @IsDay() until?: string;
}

export class RecordSuccessorUrn extends SchoolCommand {
  @IsUrn() urn: string;
  @Optional() @IsDay() from?: string;
}

export class CloseSchool extends SchoolCommand {
  @IsDay() closedOn: string;
  @ArrayMaxSize(50) @IsId({ each: true }) successorIds: readonly string[];
}

export class RecordMerger extends SchoolCommand {
  @IsId() survivorId: string;
  @ArrayMaxSize(50) @IsId({ each: true }) closingIds: readonly string[];
  @IsDay() mergedOn: string;
}

export class FormFederation extends SchoolCommand {
  @IsRecordOf(GroupInput) federation: Group;
  @IsDay() federatedOn: string;
}

export class RecordHeadChange extends SchoolCommand {
  @Optional() @IsPersonRef() personRef?: string;
  @IsIn(headKinds) kind: HeadKind;
  @IsDay() from: string;
}

export class RecordChairChange extends SchoolCommand {
  @Optional() @IsPersonRef() personRef?: string;
  @IsIn(chairKinds) kind: ChairKind;
  @IsDay() from: string;
}

class AreaGradeInput implements AreaGrade {
  @IsIn(inspectionAreas) area: AreaGrade['area'];
  @IsIn(inspectionGrades) grade: AreaGrade['grade'];
  @Optional() @IsDay() gradedOn?: string;
}

class InspectionCommand extends SchoolCommand {
  @IsText(40) inspectionNumber: string;
  @IsIn(inspectionShapes) shape: InspectionOutcome['shape'];
}

export class RecordInspectionOutcome extends InspectionCommand {
  @IsUrn() urnAtTime: string;
  @IsDay() startedOn: string;
  @IsListOf(AreaGradeInput, { max: 20 }) areas: readonly AreaGrade[];
  /** The day Ofsted's publication, or the reader of the report, said so. */
  @IsDay() asAt: string;
  @Optional() @IsText() inspectionType?: string;
  @Optional() @IsDay() publishedOn?: string;
  @Optional() @IsIn(overallGrades) overall?: (typeof overallGrades)[number];
  @Optional() @IsIn(safeguardingWords) safeguarding?: (typeof safeguardingWords)[number];
  @Optional() @IsText() outcome?: string;
  @Optional() @IsIn(concernCodes) concern?: (typeof concernCodes)[number];
  /** Take it although what is known of this inspection is of a later day. */
  @Optional() @IsBoolean() evenIfOlder?: boolean;
}

export class WithdrawInspectionOutcome extends InspectionCommand {
  @IsText(1000) reason: string;
}

export class CorrectSchoolRecord extends SchoolCommand {
  @IsId() correctsEventId: string;
  @IsIn(correctable) field: Correctable;
  /** What the record says now; left out when it says nothing. */
  @Optional() @IsText() was?: string;
  @IsText() shouldBe: string;
  @IsText(1000) reason: string;
}

const team = ['adviser', 'team-leader', 'head-of-service'] as const;

export const schoolCommands = {
  RegisterSchool: {
    takes: RegisterSchool,
    says: 'Enter a school in our register.',
    by: ['team-leader', 'head-of-service', 'operator', 'import'],
    begins: 'schoolId',
  },
  RecordRegisterEntry: {
    takes: RecordRegisterEntry,
    says: 'Take over what the national register says of a school on a day; only what differs becomes an event.',
    by: ['operator', 'import'],
  },
  RecordConversion: {
    takes: RecordConversion,
    says: 'Record that a maintained school became an academy with a new URN.',
    by: [...team, 'operator', 'import'],
  },
  RecordUrnChange: {
    takes: RecordUrnChange,
    says: 'Record that a school got a new URN without becoming an academy.',
    by: [...team, 'operator', 'import'],
  },
  RecordPredecessorUrn: {
    takes: RecordPredecessorUrn,
    says: 'Record a URN the school had before we knew it.',
    by: [...team, 'operator', 'import'],
  },
  RecordSuccessorUrn: {
    takes: RecordSuccessorUrn,
    says: 'Note the URN that the links of the register name as the school’s next one.',
    by: ['operator', 'import'],
  },
  CloseSchool: {
    takes: CloseSchool,
    says: 'Record that a school closed, and which schools follow it.',
    by: [...team, 'operator', 'import'],
  },
  RecordMerger: {
    takes: RecordMerger,
    says: 'Record a merger on one of its schools; to be given once for each.',
    by: [...team, 'operator', 'import'],
  },
  FormFederation: {
    takes: FormFederation,
    says: 'Record that a school is governed together with others.',
    by: [...team, 'operator', 'import'],
  },
  RecordHeadChange: {
    takes: RecordHeadChange,
    says: 'Record who leads the school from a day on, or that nobody does.',
    by: [...team, 'operator', 'import'],
  },
  RecordChairChange: {
    takes: RecordChairChange,
    says: 'Record who chairs the governors from a day on, or that nobody does.',
    by: [...team, 'operator', 'import'],
  },
  RecordInspectionOutcome: {
    takes: RecordInspectionOutcome,
    alsoCalled: ['ImportInspection'],
    says: 'Record what Ofsted found, in the shape of its framework.',
    by: [...team, 'operator', 'import'],
  },
  WithdrawInspectionOutcome: {
    takes: WithdrawInspectionOutcome,
    says: 'Say that a recorded inspection outcome does not stand, and why.',
    by: ['team-leader', 'head-of-service'],
  },
  CorrectSchoolRecord: {
    takes: CorrectSchoolRecord,
    says: 'Put right a wrong fact on the school\u2019s record; the wrong one stays in the history.',
    by: ['team-leader', 'head-of-service'],
  },
} as const satisfies CommandDeclarations;
