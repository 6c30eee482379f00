import type {
  InspectionOutcome,
  ReportCardArea,
  SubJudgement,
} from '../imports/files/inspection-outcomes';
import { LATEST_INSPECTIONS_COLUMNS } from '../imports/files/inspection-columns';
import type { LatestInspectionsColumn } from '../imports/files/inspection-columns';
import type { RegisterRow } from '../imports/files/register';
import type { CsvCell } from './csv-writing';
import { british } from './csv-writing';
import type { County, CountySchool } from './model';
import { registerAsAt } from './register-rows';

type Cells = Partial<Record<LatestInspectionsColumn, CsvCell>>;

/** Lines of the latest-inspections sheet as at a day: one title line, the header, every open school; `NULL` for none. */
export function* inspectionLines(county: County, day: string, title: string): Generator<CsvCell[]> {
  const columns = LATEST_INSPECTIONS_COLUMNS;
  yield [title, ...columns.slice(1).map(() => '')];
  yield [...columns];
  const schoolOf = new Map(
    county.schools.flatMap((school) =>
      school.establishments.map(({ urn }) => [urn, school] as const),
    ),
  );
  for (const row of registerAsAt(county, day)) {
    const school = schoolOf.get(row.urn);
    if (!school || (row.status !== 'open' && row.status !== 'open-proposed-to-close')) continue;
    const cells = { ...identity(row), ...blocks(county, school, row.urn, day) };
    yield columns.map((column) => cells[column] ?? 'NULL');
  }
}

const identity = (row: RegisterRow): Cells => ({
  'Web Link (opens in new window)': `https://invented.example/inspections/${row.urn}`,
  URN: Number(row.urn),
  LAESTAB: Number(row.laestab),
  'School name': row.name,
  'Ofsted phase': row.phase === 'Not applicable' ? row.typeName : row.phase,
  'Type of education': row.typeName,
  'School open date': row.openedOn === undefined ? undefined : british(row.openedOn, '/'),
  'Admissions policy': row.admissionsPolicy ?? 'Not applicable',
  'Designated religious character': row.religiousCharacter,
  'Ofsted region': 'Invented Region',
  Region: 'Invented Region',
  'Local authority': 'Invented County',
  Postcode: row.postcode,
  'Multi-academy trust UID': row.trust?.code,
  'Multi-academy trust name': row.trust?.name,
  'Total number of pupils': row.pupils,
  'Statutory lowest age': row.lowAge,
  'Statutory highest age': row.highAge,
});

/** The latest of each kind that is published by the day; whether it was of this URN or of a predecessor. */
function blocks(county: County, school: CountySchool, urnNow: string, day: string): Cells {
  const latest: Partial<Record<'card' | 'graded' | 'ungraded', InspectionOutcome>> = {};
  for (const { publishedOn, outcome } of school.inspections) {
    if (publishedOn > day) continue;
    switch (outcome.shape) {
      case 'report-card':
        latest.card = outcome;
        break;
      case 'graded':
      case 'graded-without-overall':
        latest.graded = outcome;
        break;
      case 'ungraded':
        latest.ungraded = outcome;
        break;
    }
  }
  const { card, graded, ungraded } = latest;
  const concern = card?.concern ?? graded?.concern;
  return {
    ...(card && cardBlock(card, county, school, urnNow)),
    ...(graded && gradedBlock(graded, county, school, urnNow)),
    ...(ungraded && ungradedBlock(ungraded, county, school, urnNow)),
    'Most recent category of concern': concern,
  };
}

const SHEET_AREA: Readonly<Partial<Record<ReportCardArea, LatestInspectionsColumn>>> = {
  'Early years': 'Early years (where applicable)',
  'Post-16 provision': 'Post-16 provision (where applicable)',
};

function cardBlock(
  outcome: InspectionOutcome,
  county: County,
  school: CountySchool,
  urnNow: string,
): Cells {
  if (outcome.shape !== 'report-card') return {};
  const areas = outcome.areas.flatMap(({ area, grade, gradedOn }): [string, CsvCell][] => [
    [SHEET_AREA[area] ?? area, grade],
    [`${area} - date of grade`, british(gradedOn, '/')],
  ]);
  return {
    'Inspection number of latest full inspection': outcome.inspectionNumber,
    'Inspection type': outcome.inspectionType,
    'Inspection type grouping': outcome.inspectionType,
    'Event type grouping': 'Full inspection',
    'Inspection start date': british(outcome.startedOn, '/'),
    'Publication date': british(outcome.publishedOn, '/'),
    'Does the latest full inspection relate to the URN of the current school?': sameUrn(
      outcome,
      urnNow,
    ),
    'URN at time of latest full inspection': Number(outcome.urnAtTime),
    'LAESTAB at time of latest full inspection': laestab(county, school),
    'School name at time of latest full inspection': school.name,
    'Category of concern': outcome.concern,
    'Safeguarding standards': outcome.safeguarding === 'met' ? 'Met' : 'Not met',
    'Safeguarding standards - date of grade': british(outcome.startedOn, '/'),
    ...Object.fromEntries(areas),
  };
}

const SHEET_JUDGEMENT: Readonly<Record<SubJudgement, LatestInspectionsColumn>> = {
  'Quality of education': 'Latest OEIF quality of education',
  'Behaviour and attitudes': 'Latest OEIF behaviour and attitudes',
  'Personal development': 'Latest OEIF personal development',
  'Leadership and management': 'Latest OEIF effectiveness of leadership and management',
  'Early years provision': 'Latest OEIF early years provision (where applicable)',
  'Sixth form provision': 'Latest OEIF sixth form provision (where applicable)',
};

function gradedBlock(
  outcome: InspectionOutcome,
  county: County,
  school: CountySchool,
  urnNow: string,
): Cells {
  if (outcome.shape !== 'graded' && outcome.shape !== 'graded-without-overall') return {};
  const { judgements } = outcome;
  const grades = Object.entries(SHEET_JUDGEMENT).map(([judgement, column]): [string, CsvCell] => [
    column,
    judgements[judgement as SubJudgement] ?? (column.includes('where applicable') ? 9 : undefined),
  ]);
  return {
    'Inspection number of latest OEIF graded inspection': outcome.inspectionNumber,
    'Inspection type of latest OEIF graded inspection': outcome.inspectionType,
    'Inspection type grouping of latest OEIF graded inspection': outcome.inspectionType,
    'Event type grouping of latest OEIF graded inspection': 'Graded inspection',
    'Inspection start date of latest OEIF graded inspection': british(outcome.startedOn, '/'),
    'Publication date of latest OEIF graded inspection': british(outcome.publishedOn, '/'),
    'Does the latest OEIF graded inspection relate to the URN of the current school?': sameUrn(
      outcome,
      urnNow,
    ),
    'URN at time of latest OEIF graded inspection': Number(outcome.urnAtTime),
    'LAESTAB at time of latest OEIF graded inspection': laestab(county, school),
    'School name at time of latest OEIF graded inspection': school.name,
    'Latest OEIF category of concern': outcome.concern,
    'Latest OEIF overall effectiveness':
      outcome.shape === 'graded' ? outcome.overall : 'Not judged',
    'Latest OEIF  safeguarding is effective?':
      outcome.safeguardingEffective === true ? 'Yes' : 'No',
    ...Object.fromEntries(grades),
  };
}

function ungradedBlock(
  outcome: InspectionOutcome,
  county: County,
  school: CountySchool,
  urnNow: string,
): Cells {
  if (outcome.shape !== 'ungraded') return {};
  return {
    'Latest ungraded inspection number': outcome.inspectionNumber,
    'Date of latest ungraded inspection': british(outcome.startedOn, '/'),
    'Ungraded inspection publication date': british(outcome.publishedOn, '/'),
    'Does the ungraded inspection relate to the URN of the current school?': sameUrn(
      outcome,
      urnNow,
    ),
    'URN at time of the ungraded inspection': Number(outcome.urnAtTime),
    'LAESTAB at time of the ungraded inspection': laestab(county, school),
    'School name at time of the ungraded inspection': school.name,
    'Ungraded inspection overall outcome': outcome.outcome,
  };
}

const sameUrn = ({ urnAtTime }: InspectionOutcome, urnNow: string): string =>
  urnAtTime === urnNow ? 'Yes' : 'No';

const laestab = (county: County, school: CountySchool): number =>
  Number(`${county.authority}${school.establishmentNumber}`);
