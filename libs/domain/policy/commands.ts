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
import {
  IsAcademicYear,
  IsCount,
  IsDay,
  IsFigure,
  IsHalfDays,
  IsId,
  IsListOf,
  IsPercent,
  IsPersonRef,
  IsRecordOf,
  IsShare,
  IsText,
  Optional,
} from '../shared/decorators';
import type { Comparator, Framework, HardRule, Indicator, OfferRow } from '../shared/framework';
import type { Always, QualityObject, SamplingRule, SharedOut } from '../shared/quality-policy';
import { qualityObjects, samplingRules } from '../shared/quality-policy';
import type { Band, Category, MaintenanceStatus, SchoolKind } from '../shared/words';
import { bands, categories, schoolKinds, statuses } from '../shared/words';
import type { LetterOccasion, LetterParagraph } from './letter';
import { letterOccasions } from './letter';
import { measures, sides } from './measures';

class IndicatorInput implements Indicator {
  @IsText(60) code: string;
  @IsText() name: string;
  @IsText() domain: string;
  @IsText(60) unit: string;
  @IsFigure() weight: number;
  @ArrayNotEmpty() @IsIn(schoolKinds, { each: true }) appliesTo: readonly SchoolKind[];
  @IsIn(measures) measure: Indicator['measure'];
  @Optional() @IsIn(sides) worse?: 'below' | 'above';
  @IsFigure() amber: number;
  @IsFigure() red: number;
}

class ComparatorInput implements Comparator {
  @IsText(60) indicator: string;
  @IsIn(schoolKinds) kind: SchoolKind;
  @IsFigure() value: number;
  @IsText() source: string;
  @Optional() @IsFigure() amber?: number;
  @Optional() @IsFigure() red?: number;
}

class HardRuleInput implements HardRule {
  @IsText(60) code: string;
  @IsText() says: string;
  @IsText(60) indicator: string;
  @IsIn(bands) band: Band;
  @IsIn(categories) floor: Category;
}

class ThresholdsInput {
  @IsFigure() prevention: number;
  @IsFigure() intervention: number;
  @IsShare() minimumCoverage: number;
}

export class PublishFramework {
  @IsText(40) version: string;
  @IsText() title: string;
  @IsBoolean() example: boolean;
  @IsDay() effectiveFrom: string;
  @IsListOf(IndicatorInput, { min: 1, max: 200 }) indicators: readonly Indicator[];
  @IsListOf(ComparatorInput, { max: 2000 }) comparators: readonly Comparator[];
  @IsRecordOf(ThresholdsInput) thresholds: Framework['thresholds'];
  @IsListOf(HardRuleInput, { max: 100 }) hardRules: readonly HardRule[];
  /** Who wrote it; whoever gives this command approves it. */
  @IsPersonRef() author: string;
}

/** One on each school day. */
const MOST_VISITS = 190;

class OfferRowInput implements OfferRow {
  @IsIn(categories) category: Category;
  @IsIn(statuses) status: MaintenanceStatus;
  @IsCount(MOST_VISITS) headlineVisits: number;
  @IsHalfDays({ min: 0 }) sspcHalfDays: number;
  @IsHalfDays({ min: 0 }) sslcHalfDays: number;
  @IsBoolean() headlineVisitsCountAgainstDays: boolean;
  /** Of the half-days of leadership champions, where headline visits count against them. */
  @Optional() @IsHalfDays({ max: 4 }) halfDaysPerHeadlineVisit?: number;
  @IsPercent() fundedPercent: number;
}

export class PublishOffer {
  @IsText(40) version: string;
  @IsText() title: string;
  @IsBoolean() example: boolean;
  @IsAcademicYear() academicYear: string;
  @IsDay() boardAgreedOn: string;
  @IsDay() effectiveFrom: string;
  @IsListOf(OfferRowInput, { min: 1, max: 100 }) rows: readonly OfferRow[];
  /** The offer of the same year that this one replaces. */
  @Optional() @IsText(40) supersedes?: string;
}

export class OpenCycle {
  @IsAcademicYear() academicYear: string;
  @IsText(40) frameworkVersion: string;
  @IsText(40) offerVersion: string;
  @IsDay() openedOn: string;
}

export class WaiveAssessment {
  @IsAcademicYear() academicYear: string;
  @IsId() schoolId: string;
  @IsText(1000) reason: string;
}

export class CloseCycle {
  @IsAcademicYear() academicYear: string;
  @IsDay() closedOn: string;
}

class ShareInput implements SharedOut {
  @IsIn(qualityObjects) object: QualityObject;
  /** Left out: the row for all others of its object. */
  @Optional() @IsIn(categories) category?: Category;
  @IsPercent() percent: number;
}

class AlwaysInput implements Always {
  @IsIn(qualityObjects) object: QualityObject;
  @IsIn(samplingRules) rule: SamplingRule;
  /** With first-of-a-new-champion. */
  @Optional() @IsInt() @Min(1) @Max(100) first?: number;
}

export class PublishQualityPolicy {
  @IsText(40) version: string;
  @IsText() title: string;
  @IsBoolean() example: boolean;
  @IsDay() effectiveFrom: string;
  @IsListOf(ShareInput, { min: 1, max: 50 }) shares: readonly SharedOut[];
  @IsListOf(AlwaysInput, { max: 20 }) always: readonly Always[];
}

export class PublishBankHolidays {
  /** A calendar year, not an academic one. */
  @IsInt() @Min(2000) @Max(2100) year: number;
  @ArrayNotEmpty() @ArrayMaxSize(30) @ArrayUnique() @IsDay({ each: true }) days: readonly string[];
  @IsText() source: string;
  @IsBoolean() example: boolean;
}

class LetterParagraphInput implements LetterParagraph {
  /** With places in braces, such as {school}. */
  @IsText(2000) text: string;
  @Optional()
  @ArrayNotEmpty()
  @ArrayUnique()
  @IsIn(categories, { each: true })
  categories?: readonly Category[];
  @Optional() @IsIn(letterOccasions) when?: LetterOccasion;
}

export class PublishLetterTemplate {
  /** As long as what the record of a letter that went out takes. */
  @IsText(64) version: string;
  @IsText() title: string;
  @IsBoolean() example: boolean;
  @IsDay() effectiveFrom: string;
  @IsText() subject: string;
  @IsListOf(LetterParagraphInput, { min: 1, max: 60 }) paragraphs: readonly LetterParagraph[];
  /** Wanted where a text names {discussBy}; the others likewise. */
  @Optional() @IsInt() @Min(1) @Max(366) discussWithinDays?: number;
  @Optional() @IsInt() @Min(1) @Max(366) respondWithinDays?: number;
  @Optional() @IsInt() @Min(1) @Max(366) reviewWithinDays?: number;
}

export const frameworkCommands = {
  PublishFramework: {
    takes: PublishFramework,
    says: 'Approve a version of the assessment framework that someone else wrote, and publish it.',
    by: ['head-of-service', 'board'],
  },
} as const satisfies CommandDeclarations;

export const offerCommands = {
  PublishOffer: {
    takes: PublishOffer,
    says: 'Publish the offer of support for a year as the Board agreed it.',
    by: ['head-of-service', 'board'],
  },
} as const satisfies CommandDeclarations;

export const qualityPolicyCommands = {
  PublishQualityPolicy: {
    takes: PublishQualityPolicy,
    says: 'Publish how much of the work is reviewed, and what is reviewed always.',
    by: ['head-of-service', 'board'],
  },
} as const satisfies CommandDeclarations;

export const cycleCommands = {
  OpenCycle: {
    takes: OpenCycle,
    says: 'Begin the yearly round of assessing every school.',
    by: ['team-leader', 'head-of-service'],
  },
  WaiveAssessment: {
    takes: WaiveAssessment,
    says: 'Agree that a school need not be assessed in the open round, and say why.',
    by: ['team-leader', 'head-of-service'],
  },
  CloseCycle: {
    takes: CloseCycle,
    says: 'End the yearly round once every open school is assessed or waived.',
    by: ['team-leader', 'head-of-service'],
  },
} as const satisfies CommandDeclarations;

export const bankHolidayCommands = {
  PublishBankHolidays: {
    takes: PublishBankHolidays,
    says: 'Publish the bank holidays of a calendar year, which terms in working days leave out.',
    by: ['head-of-service'],
  },
} as const satisfies CommandDeclarations;

export const letterTemplateCommands = {
  PublishLetterTemplate: {
    takes: PublishLetterTemplate,
    says: 'Publish a version of the letter that tells a school which category is proposed.',
    by: ['team-leader', 'head-of-service'],
  },
} as const satisfies CommandDeclarations;
