/**
 * Ofsted's four shapes of outcome, as the management information has them. They may not be compared with one another
 * (Ofsted's own words), so nothing here maps one onto another.
 */

/** Areas of a report card, from 10 November 2025, as Ofsted names them. */
export const REPORT_CARD_AREAS = [
  'Inclusion',
  'Curriculum and teaching',
  'Achievement',
  'Attendance and behaviour',
  'Personal development and wellbeing',
  'Early years',
  'Post-16 provision',
  'Leadership and governance',
] as const;
export type ReportCardArea = (typeof REPORT_CARD_AREAS)[number];

/** Best first. */
export const REPORT_CARD_GRADES = [
  'Exceptional',
  'Strong standard',
  'Expected standard',
  'Needs attention',
  'Urgent improvement',
] as const;
export type ReportCardGrade = (typeof REPORT_CARD_GRADES)[number];

/** Special measures, serious weaknesses, requires significant improvement. */
export const CONCERNS = ['SM', 'SWK', 'RSI'] as const;
export type Concern = (typeof CONCERNS)[number];

/** 1 outstanding, 2 good, 3 requires improvement, 4 inadequate. */
export type FourPointGrade = 1 | 2 | 3 | 4;

/** Judgements below the overall one, September 2019 to 9 November 2025. */
export const SUB_JUDGEMENTS = [
  'Quality of education',
  'Behaviour and attitudes',
  'Personal development',
  'Leadership and management',
  'Early years provision',
  'Sixth form provision',
] as const;
export type SubJudgement = (typeof SUB_JUDGEMENTS)[number];

interface Inspection {
  readonly inspectionNumber: string;
  /** URN of the school as it is now, and as it was when inspected: another one for a predecessor's inspection. */
  readonly urnNow: string;
  readonly urnAtTime: string;
  /** Seven digits, as it is now. */
  readonly laestab?: string;
  readonly startedOn: string;
  readonly publishedOn?: string;
  /** Ofsted's words. */
  readonly inspectionType: string;
  readonly concern?: Concern;
}

export interface GradedArea {
  readonly area: ReportCardArea;
  readonly grade: ReportCardGrade;
  /** A monitoring visit may grade one area anew, later than the others. */
  readonly gradedOn: string;
}

export interface ReportCardOutcome extends Inspection {
  readonly shape: 'report-card';
  readonly areas: readonly GradedArea[];
  /** Absent only where an in-year row of a monitoring visit does not repeat it. */
  readonly safeguarding?: 'met' | 'not-met';
}

export interface GradedOutcome extends Inspection {
  readonly shape: 'graded';
  readonly overall: FourPointGrade;
  readonly judgements: Readonly<Partial<Record<SubJudgement, FourPointGrade>>>;
  readonly safeguardingEffective?: boolean;
}

export interface GradedWithoutOverallOutcome extends Inspection {
  readonly shape: 'graded-without-overall';
  readonly judgements: Readonly<Partial<Record<SubJudgement, FourPointGrade>>>;
  readonly safeguardingEffective?: boolean;
}

/** In words, e.g. "School remains Good"; the outcomes of older monitoring visits have this shape too. */
export interface UngradedOutcome extends Inspection {
  readonly shape: 'ungraded';
  readonly outcome: string;
}

export type InspectionOutcome =
  ReportCardOutcome | GradedOutcome | GradedWithoutOverallOutcome | UngradedOutcome;

/** No overall grade for state-funded schools inspected from this day. */
export const NO_OVERALL_GRADE_FROM = '2024-09-01';
/** Report cards from this day: https://ukschoolexplorer.co.uk/article/ofsted-report-cards-launch-2025 */
export const REPORT_CARDS_FROM = '2025-11-10';
