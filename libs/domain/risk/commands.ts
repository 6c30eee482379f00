import type { CommandDeclarations } from '#kernel';
import { ArrayUnique, IsBoolean, IsIn, Matches } from 'class-validator';
import {
  IsAcademicYear,
  IsDay,
  IsFigure,
  IsId,
  IsListOf,
  IsPersonRef,
  IsRecordOf,
  IsText,
  Optional,
} from '../shared/decorators';
import type { AcademicYear } from '../shared/academic-year';
import type { Absence, Category, ReasonCode } from '../shared/words';
import { absences, categories, reasonCodes } from '../shared/words';
import { moderationOutcomes } from './events';

const IsPeriod = (): PropertyDecorator =>
  Matches(/^(\d{4}\/\d{2}( (autumn|spring|summer))?|\d{4}-\d{2}-\d{2})$/, {
    message: '$property must be a year like 2025/26, a term like 2025/26 autumn, or a day',
  });

/** Begins an assessment: for the round of a year (`cycle`) or for an open trigger, exactly one of the two. */
export class StartAssessment {
  @IsId() schoolId: string;
  /** Left out: a new identity is made. */
  @Optional() @IsId() assessmentId?: string;
  @Optional() @IsAcademicYear() cycle?: AcademicYear;
  @Optional() @IsId() triggerId?: string;
  /** Left out: today. It decides the framework when the assessment is for a trigger. */
  @Optional() @IsDay() startedOn?: string;
}

export class ComparatorFigure {
  @IsFigure() value: number;
  @IsText() source: string;
}

export class ReadingTaken {
  @IsText(64) indicator: string;
  @IsPeriod() period: string;
  /** In the framework's unit for the indicator. */
  @IsFigure() value: number;
  /** Left out: the framework's comparator for the school's kind. */
  @Optional() @IsRecordOf(ComparatorFigure) comparator?: Readonly<ComparatorFigure>;
  @IsText() source: string;
  /** The day the source speaks of. */
  @IsDay() asAt: string;
  /** True for an invented figure; left out: false. */
  @Optional() @IsBoolean() example?: boolean;
}

export class ReadingMissing {
  @IsText(64) indicator: string;
  @IsPeriod() period: string;
  @IsIn(absences) reason: Absence;
  @IsText() source: string;
}

export class RecordIndicator extends ReadingTaken {
  @IsId() schoolId: string;
  @IsId() assessmentId: string;
}

export class MarkIndicatorUnavailable extends ReadingMissing {
  @IsId() schoolId: string;
  @IsId() assessmentId: string;
}

/** A whole dashboard at once: all of it is recorded or none. */
export class RecordReadings {
  @IsId() schoolId: string;
  @IsId() assessmentId: string;
  @Optional() @IsListOf(ReadingTaken) readings?: readonly Readonly<ReadingTaken>[];
  @Optional() @IsListOf(ReadingMissing) unavailable?: readonly Readonly<ReadingMissing>[];
}

export class CalculateScore {
  @IsId() schoolId: string;
  @IsId() assessmentId: string;
}

export class EvidenceCited {
  @IsText(500) says: string;
  @Optional() @IsText(200) reference?: string;
}

export class RecordJudgement {
  @IsId() schoolId: string;
  @IsId() assessmentId: string;
  @IsIn(categories) proposedCategory: Category;
  @Optional() @IsIn(reasonCodes) reasonCode?: ReasonCode;
  @Optional() @IsText(4000) reasonText?: string;
  @Optional() @IsListOf(EvidenceCited, { max: 50 }) evidence?: readonly Readonly<EvidenceCited>[];
  /** Left out: today. */
  @Optional() @IsDay() judgedOn?: string;
}

export class ModerateAssessment {
  @IsId() schoolId: string;
  @IsId() assessmentId: string;
  @IsIn(moderationOutcomes) outcome: (typeof moderationOutcomes)[number];
  /** With `change`: the category the moderators came to. */
  @Optional() @IsIn(categories) category?: Category;
  /** With `change` and `return`: why. */
  @Optional() @IsText(4000) note?: string;
  /** Who else sat; whoever gives the command is a moderator in any case. */
  @Optional() @ArrayUnique() @IsPersonRef({ each: true }) moderatorIds?: readonly string[];
  /** Left out: today. */
  @Optional() @IsDay() moderatedOn?: string;
}

export class FinaliseAssessment {
  @IsId() schoolId: string;
  @IsId() assessmentId: string;
  /** Left out: today. */
  @Optional() @IsDay() finalisedOn?: string;
}

export class AbandonAssessment {
  @IsId() schoolId: string;
  @IsId() assessmentId: string;
  @IsText(2000) reason: string;
}

const team = ['adviser', 'team-leader', 'head-of-service'] as const;
/** Those who moderate, and who sit on the panel with whom they like [I domain dossier, 7.3]. */
const panel = ['team-leader', 'head-of-service'] as const;
const loaders = [...team, 'operator', 'import'] as const;

export const riskCommands = {
  StartAssessment: {
    takes: StartAssessment,
    says: 'Start assessing a school’s risk.',
    by: loaders,
  },
  RecordIndicator: {
    takes: RecordIndicator,
    says: 'Record the school’s figure for an indicator.',
    by: loaders,
  },
  MarkIndicatorUnavailable: {
    takes: MarkIndicatorUnavailable,
    says: 'Record that there is no figure for an indicator, and why.',
    by: loaders,
  },
  RecordReadings: {
    takes: RecordReadings,
    says: 'Record a dashboard: figures and absences together.',
    by: loaders,
  },
  CalculateScore: {
    takes: CalculateScore,
    alsoCalled: ['Score'],
    says: 'Work out the score from the readings.',
    by: loaders,
  },
  RecordJudgement: {
    takes: RecordJudgement,
    alsoCalled: ['Judge'],
    says: 'Judge which category the school needs.',
    by: team,
  },
  ModerateAssessment: {
    takes: ModerateAssessment,
    alsoCalled: ['Moderate'],
    says: 'Check another person’s judgement: agree, change or return it.',
    by: panel,
  },
  FinaliseAssessment: {
    takes: FinaliseAssessment,
    alsoCalled: ['Finalise'],
    says: 'Finish the assessment with its recommendation.',
    by: team,
  },
  AbandonAssessment: {
    takes: AbandonAssessment,
    says: 'Give up an assessment that is in progress.',
    by: team,
  },
} as const satisfies CommandDeclarations;
