import { Cells, present } from './cells';
import type { CsvSource } from './csv-file';
import { readCsvFile } from './csv-file';
import type { CsvFormat } from './csv-header';
import { IN_YEAR_INSPECTIONS_COLUMNS, LATEST_INSPECTIONS_COLUMNS } from './inspection-columns';
import type {
  InspectionsColumn,
  InYearInspectionsColumn,
  LatestInspectionsColumn,
} from './inspection-columns';
import { graded, inYear, reportCard, ungraded } from './inspection-blocks';
import type { InspectionOutcome } from './inspection-outcomes';
import type { FileFailure, FileReading, ReadingOptions } from './reading';
import type { ReadRecord } from './record-reader';

/** A school's line, with the inspections it tells of: none to three on the latest sheet, at most one in-year. */
export interface InspectionsRow {
  readonly line: number;
  readonly urnNow: string;
  readonly laestab: string;
  readonly schoolName: string;
  readonly outcomes: readonly InspectionOutcome[];
}

const AREA_COLUMNS = [
  'Category of concern',
  'Safeguarding standards',
  'Inclusion',
  'Curriculum and teaching',
  'Achievement',
  'Attendance and behaviour',
  'Personal development and wellbeing',
  'Early years (where applicable)',
  'Post-16 provision (where applicable)',
  'Leadership and governance',
] as const satisfies readonly LatestInspectionsColumn[] & readonly InYearInspectionsColumn[];

const whose: NonNullable<CsvFormat<InspectionsColumn>['whose']> = (authority) => ({
  column: 'LAESTAB',
  bytes: String(authority),
  is: (value) => {
    if (!LAESTAB.test(value)) return 'unclear';
    return value.startsWith(String(authority)) ? 'theirs' : 'others';
  },
});

const LAESTAB = /^\d{3}\/?\d{4}$/;

const IDENTITY = [
  'URN',
  'LAESTAB',
  'School name',
  'Inspection type',
  'Inspection start date',
  'Publication date',
] as const;

const fromFirstBlock = LATEST_INSPECTIONS_COLUMNS.slice(
  LATEST_INSPECTIONS_COLUMNS.indexOf('Inspection number of latest full inspection'),
);

/** Read nowhere: what the other columns of their blocks tell already. */
const notRead = (name: string): boolean =>
  /^(Inspection type grouping|Event type grouping|Does the|School (name|type) at|LAESTAB at|Most recent category)/.test(
    name,
  );

const LATEST: CsvFormat<InspectionsColumn> = {
  title: 'latest inspections',
  required: [...new Set([...IDENTITY, ...fromFirstBlock.filter((name) => !notRead(name))])],
  optional: [],
  known: LATEST_INSPECTIONS_COLUMNS,
  whose,
};

const IN_YEAR: CsvFormat<InspectionsColumn> = {
  title: 'in-year inspections',
  required: [...IDENTITY, 'Inspection number', ...AREA_COLUMNS],
  optional: ['Outcomes for legacy monitoring inspections'],
  known: IN_YEAR_INSPECTIONS_COLUMNS,
  whose,
};

/**
 * Reads Ofsted's management information, either sheet: the latest inspections of every open school, or one row an
 * inspection since 10 November 2025. What is wrong with one inspection keeps that one out and not the others of its row.
 */
export function readInspections(
  source: CsvSource,
  options: ReadingOptions = {},
): Promise<FileFailure | FileReading<InspectionsRow>> {
  return readCsvFile(
    source,
    [LATEST, IN_YEAR],
    (format) => inspectionsRecord(format === IN_YEAR),
    options,
  );
}

const inspectionsRecord =
  (isInYear: boolean): ReadRecord<InspectionsColumn, InspectionsRow> =>
  (record) => {
    const cells = new Cells(record);
    const urnNow = cells.requiredMatching('URN', /^\d{5,6}$/, 'a URN, which has six digits');
    const laestab = cells
      .requiredMatching('LAESTAB', LAESTAB, 'a LAESTAB, which has seven digits')
      .replace('/', '');
    const schoolName = cells.text('School name') ?? '';
    if (cells.faults.length > 0) return { faults: cells.faults };
    const school = present({ urnNow, laestab });
    const blocks = isInYear ? [inYear] : [reportCard, graded, ungraded];
    const read = blocks.map((block) => {
      const ofBlock = new Cells(record);
      const outcome = block(ofBlock, { ...school, urnNow });
      return { outcome, faults: ofBlock.faults };
    });
    const outcomes = read.flatMap(({ outcome, faults }) =>
      outcome && faults.length === 0 ? [outcome] : [],
    );
    const faults = read.flatMap((block) => block.faults);
    const row = { line: record.line, urnNow, laestab, schoolName, outcomes };
    return outcomes.length > 0 || faults.length === 0 ? { row, faults } : { faults };
  };
