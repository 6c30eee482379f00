import type { Cells } from './cells';
import { present } from './cells';
import {
  CONCERNS,
  NO_OVERALL_GRADE_FROM,
  REPORT_CARD_AREAS,
  REPORT_CARD_GRADES,
  REPORT_CARDS_FROM,
} from './inspection-outcomes';
import type {
  Concern,
  FourPointGrade,
  GradedArea,
  GradedOutcome,
  GradedWithoutOverallOutcome,
  InspectionOutcome,
  ReportCardArea,
  ReportCardOutcome,
  SubJudgement,
  UngradedOutcome,
} from './inspection-outcomes';
import type { InspectionsColumn } from './inspection-columns';

/** A record of one of the sheets; the faults of one block are kept apart from those of another. */
type Sheet = Cells<InspectionsColumn>;

interface School {
  readonly urnNow: string;
  readonly laestab?: string;
}

/** Where a sheet leaves a grade open it says so in one of these ways. */
const isNone = (value: string | undefined): boolean =>
  value === undefined || value === 'NULL' || value === '9' || value === 'Not applicable';

const given = (sheet: Sheet, column: InspectionsColumn): string | undefined => {
  const value = sheet.text(column);
  return isNone(value) ? undefined : value;
};

/** A day, where `NULL` is none. */
const day = (sheet: Sheet, column: InspectionsColumn): string | undefined =>
  given(sheet, column) === undefined ? undefined : sheet.day(column);

const concern = (sheet: Sheet, column: InspectionsColumn): Concern | undefined => {
  const value = given(sheet, column);
  if (value === undefined || value === 'None') return undefined;
  const code = CONCERNS.find((known) => known === value.toUpperCase());
  return code ?? sheet.fault(column, `is not one of ${CONCERNS.join(', ')}`);
};

/** The columns all blocks have, under each block's own names. */
function inspection(
  sheet: Sheet,
  school: School,
  columns: Record<'number' | 'started' | 'published', InspectionsColumn> & {
    urn?: InspectionsColumn;
  },
  inspectionType: string,
) {
  const startedOn = day(sheet, columns.started) ?? '';
  if (isNone(sheet.text(columns.started)))
    sheet.fault(columns.started, 'is empty though there is an inspection');
  return {
    ...school,
    inspectionNumber: given(sheet, columns.number) ?? '',
    urnAtTime: (columns.urn && given(sheet, columns.urn)) ?? school.urnNow,
    startedOn,
    inspectionType,
    ...present({ publishedOn: day(sheet, columns.published) }),
  };
}

const AREA_SHEET: Readonly<Record<ReportCardArea, InspectionsColumn>> = {
  Inclusion: 'Inclusion',
  'Curriculum and teaching': 'Curriculum and teaching',
  Achievement: 'Achievement',
  'Attendance and behaviour': 'Attendance and behaviour',
  'Personal development and wellbeing': 'Personal development and wellbeing',
  'Early years': 'Early years (where applicable)',
  'Post-16 provision': 'Post-16 provision (where applicable)',
  'Leadership and governance': 'Leadership and governance',
};

function areasOf(sheet: Sheet, startedOn: string, isLatest: boolean): GradedArea[] {
  return REPORT_CARD_AREAS.flatMap((area) => {
    const column = AREA_SHEET[area];
    const value = given(sheet, column);
    if (value === undefined) return [];
    const grade = REPORT_CARD_GRADES.find((known) => known.toLowerCase() === value.toLowerCase());
    if (!grade) sheet.fault(column, `is not a report-card grade: ${REPORT_CARD_GRADES.join(', ')}`);
    const dated = isLatest ? day(sheet, `${area} - date of grade`) : undefined;
    return grade ? [{ area, grade, gradedOn: dated ?? startedOn }] : [];
  });
}

function safeguardingOf(sheet: Sheet): 'met' | 'not-met' | undefined {
  const value = given(sheet, 'Safeguarding standards');
  if (value === undefined) return undefined;
  if (value.toLowerCase() === 'met') return 'met';
  if (value.toLowerCase() === 'not met') return 'not-met';
  return sheet.fault('Safeguarding standards', 'is neither "Met" nor "Not met"');
}

function card(
  sheet: Sheet,
  about: ReturnType<typeof inspection>,
  isLatest: boolean,
): ReportCardOutcome {
  if (about.startedOn !== '' && about.startedOn < REPORT_CARDS_FROM) {
    sheet.fault('Inspection start date', `is before report cards began on ${REPORT_CARDS_FROM}`);
  }
  return {
    ...about,
    shape: 'report-card',
    areas: areasOf(sheet, about.startedOn, isLatest),
    ...present({
      safeguarding: safeguardingOf(sheet),
      concern: concern(sheet, 'Category of concern'),
    }),
  };
}

/** The report card of the latest sheet, if the school has one. */
export function reportCard(sheet: Sheet, school: School): ReportCardOutcome | undefined {
  const number = 'Inspection number of latest full inspection';
  if (given(sheet, number) === undefined) {
    if (!hasAreas(sheet)) return undefined;
    return sheet.fault(number, 'is empty though grades stand beside it');
  }
  const columns = {
    number,
    started: 'Inspection start date',
    published: 'Publication date',
    urn: 'URN at time of latest full inspection',
  } as const;
  const about = inspection(sheet, school, columns, sheet.required('Inspection type'));
  const outcome = card(sheet, about, true);
  if (!hasAreas(sheet)) sheet.fault(number, 'has no grades beside it');
  if (isNone(sheet.text('Safeguarding standards')))
    sheet.fault('Safeguarding standards', 'is empty');
  return outcome;
}

const hasAreas = (sheet: Sheet): boolean =>
  Object.values(AREA_SHEET).some((column) => !isNone(sheet.text(column)));

const JUDGEMENT_SHEET: Readonly<Record<SubJudgement, InspectionsColumn>> = {
  'Quality of education': 'Latest OEIF quality of education',
  'Behaviour and attitudes': 'Latest OEIF behaviour and attitudes',
  'Personal development': 'Latest OEIF personal development',
  'Leadership and management': 'Latest OEIF effectiveness of leadership and management',
  'Early years provision': 'Latest OEIF early years provision (where applicable)',
  'Sixth form provision': 'Latest OEIF sixth form provision (where applicable)',
};

const FOUR_POINTS: Readonly<Record<string, FourPointGrade>> = { '1': 1, '2': 2, '3': 3, '4': 4 };

function fourPoints(sheet: Sheet, column: InspectionsColumn): FourPointGrade | undefined {
  const value = given(sheet, column);
  if (value === undefined) return undefined;
  return FOUR_POINTS[value] ?? sheet.fault(column, 'is not a grade from 1 to 4');
}

/** The graded inspection under the older framework, with or without an overall grade. */
export function graded(
  sheet: Sheet,
  school: School,
): GradedOutcome | GradedWithoutOverallOutcome | undefined {
  const number = 'Inspection number of latest OEIF graded inspection';
  const overallColumn = 'Latest OEIF overall effectiveness';
  const overallText = given(sheet, overallColumn);
  if (given(sheet, number) === undefined) {
    if (overallText === undefined) return undefined;
    return sheet.fault(number, 'is empty though a grade stands beside it');
  }
  const columns = {
    number,
    started: 'Inspection start date of latest OEIF graded inspection',
    published: 'Publication date of latest OEIF graded inspection',
    urn: 'URN at time of latest OEIF graded inspection',
  } as const;
  const type = sheet.required('Inspection type of latest OEIF graded inspection');
  const judgements: Partial<Record<SubJudgement, FourPointGrade>> = Object.fromEntries(
    Object.entries(JUDGEMENT_SHEET).flatMap(([judgement, column]) => {
      const grade = fourPoints(sheet, column);
      return grade === undefined ? [] : [[judgement, grade]];
    }),
  );
  const about = {
    ...inspection(sheet, school, columns, type),
    judgements,
    ...present({
      concern: concern(sheet, 'Latest OEIF category of concern'),
      safeguardingEffective: yesOrNo(sheet, 'Latest OEIF  safeguarding is effective?'),
    }),
  };
  if (overallText === 'Not judged') {
    if (about.startedOn !== '' && about.startedOn < NO_OVERALL_GRADE_FROM) {
      return sheet.fault(
        overallColumn,
        `is given only to inspections from ${NO_OVERALL_GRADE_FROM}`,
      );
    }
    return { ...about, shape: 'graded-without-overall' };
  }
  if (overallText === undefined)
    return sheet.fault(overallColumn, 'is empty though there is an inspection');
  const overall = fourPoints(sheet, overallColumn);
  if (overall && about.startedOn >= NO_OVERALL_GRADE_FROM) {
    return sheet.fault(
      overallColumn,
      `is no longer given to inspections from ${NO_OVERALL_GRADE_FROM}`,
    );
  }
  return overall && { ...about, shape: 'graded', overall };
}

function yesOrNo(sheet: Sheet, column: InspectionsColumn): boolean | undefined {
  const value = given(sheet, column)?.toLowerCase();
  if (value === undefined) return undefined;
  if (value === 'yes' || value === 'no') return value === 'yes';
  return sheet.fault(column, 'is neither "Yes" nor "No"');
}

/** The ungraded inspection under the older framework. */
export function ungraded(sheet: Sheet, school: School): UngradedOutcome | undefined {
  const number = 'Latest ungraded inspection number';
  const words = 'Ungraded inspection overall outcome';
  const outcome = given(sheet, words);
  if (given(sheet, number) === undefined) {
    return outcome === undefined
      ? undefined
      : sheet.fault(number, 'is empty though an outcome stands beside it');
  }
  const columns = {
    number,
    started: 'Date of latest ungraded inspection',
    published: 'Ungraded inspection publication date',
    urn: 'URN at time of the ungraded inspection',
  } as const;
  const about = inspection(sheet, school, columns, 'Ungraded inspection');
  if (outcome === undefined) return sheet.fault(words, 'is empty though there is an inspection');
  return { ...about, shape: 'ungraded', outcome };
}

/** The one inspection of an in-year row: a report card, or the words of a monitoring visit under the older framework. */
export function inYear(sheet: Sheet, school: School): InspectionOutcome | undefined {
  const columns = {
    number: 'Inspection number',
    started: 'Inspection start date',
    published: 'Publication date',
  } as const;
  if (given(sheet, 'Inspection number') === undefined)
    return sheet.fault('Inspection number', 'is empty');
  const about = inspection(sheet, school, columns, sheet.required('Inspection type'));
  if (hasAreas(sheet)) return card(sheet, about, false);
  const outcome = given(sheet, 'Outcomes for legacy monitoring inspections');
  if (outcome === undefined)
    return sheet.fault('Inspection number', 'has neither grades nor an outcome beside it');
  const worded = present({ concern: concern(sheet, 'Category of concern') });
  return { ...about, ...worded, shape: 'ungraded', outcome };
}
