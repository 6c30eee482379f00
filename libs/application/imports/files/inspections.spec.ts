import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify/sync';
import { IN_YEAR_INSPECTIONS_COLUMNS, LATEST_INSPECTIONS_COLUMNS } from './inspection-columns';
import { readInspections } from './inspections';
import { collect } from './reading.fixture';

type Row = Readonly<Record<string, string>>;

const SCHOOL: Row = { URN: '900002', LAESTAB: '8252001', 'School name': 'Elvercombe Academy' };
const CARD: Row = {
  'Inspection number of latest full inspection': '90000001',
  'Inspection type': 'Full inspection',
  'Inspection start date': '03/02/2026',
  'Publication date': '10/03/2026',
  'URN at time of latest full inspection': '900002',
  'Safeguarding standards': 'Met',
  'Safeguarding standards - date of grade': '03/02/2026',
  Inclusion: 'Strong standard',
  'Inclusion - date of grade': '03/02/2026',
  Achievement: 'Expected standard',
  'Achievement - date of grade': '16/09/2026',
  'Early years (where applicable)': 'Exceptional',
  'Early years - date of grade': '03/02/2026',
  'Post-16 provision (where applicable)': 'Not applicable',
  'Leadership and governance': 'Needs attention',
  'Leadership and governance - date of grade': '03/02/2026',
};
const GRADED: Row = {
  'Inspection number of latest OEIF graded inspection': '90000002',
  'Inspection type of latest OEIF graded inspection': 'School inspection',
  'Inspection start date of latest OEIF graded inspection': '12/01/2022',
  'Publication date of latest OEIF graded inspection': '20/02/2022',
  'URN at time of latest OEIF graded inspection': '900001',
  'Latest OEIF category of concern': 'SWK',
  'Latest OEIF overall effectiveness': '4',
  'Latest OEIF quality of education': '3',
  'Latest OEIF  safeguarding is effective?': 'No',
  'Latest OEIF early years provision (where applicable)': '9',
};
const UNGRADED: Row = {
  'Latest ungraded inspection number': '90000003',
  'Date of latest ungraded inspection': '14/05/2024',
  'Ungraded inspection publication date': 'NULL',
  'URN at time of the ungraded inspection': 'NULL',
  'Ungraded inspection overall outcome': 'School remains Good (Concerns) - S5 Next',
};

/** A sheet as it is published: title lines, then columns; `none` is what stands where there is nothing. */
const sheet = (
  rows: readonly Row[],
  columns: readonly string[],
  none: string,
  titles: string[] = [],
) =>
  Buffer.from(
    [
      ...titles,
      stringify([[...columns], ...rows.map((row) => columns.map((column) => row[column] ?? none))]),
    ].join('\n'),
    'latin1',
  );
const read = (content: Buffer) =>
  collect(readInspections(Readable.from([content]), { authority: 825 }));
const latest = (...rows: Row[]) =>
  read(sheet(rows, LATEST_INSPECTIONS_COLUMNS, 'NULL', ['A title,,', 'Another']));

const ABOUT = { urnNow: '900002', laestab: '8252001' };
const CARD_OUTCOME = {
  ...ABOUT,
  shape: 'report-card',
  inspectionNumber: '90000001',
  urnAtTime: '900002',
  startedOn: '2026-02-03',
  publishedOn: '2026-03-10',
  inspectionType: 'Full inspection',
  safeguarding: 'met',
  areas: [
    { area: 'Inclusion', grade: 'Strong standard', gradedOn: '2026-02-03' },
    { area: 'Achievement', grade: 'Expected standard', gradedOn: '2026-09-16' },
    { area: 'Early years', grade: 'Exceptional', gradedOn: '2026-02-03' },
    { area: 'Leadership and governance', grade: 'Needs attention', gradedOn: '2026-02-03' },
  ],
};
const GRADED_OUTCOME = {
  ...ABOUT,
  shape: 'graded',
  inspectionNumber: '90000002',
  urnAtTime: '900001',
  startedOn: '2022-01-12',
  publishedOn: '2022-02-20',
  inspectionType: 'School inspection',
  overall: 4,
  judgements: { 'Quality of education': 3 },
  safeguardingEffective: false,
  concern: 'SWK',
};
const UNGRADED_OUTCOME = {
  ...ABOUT,
  shape: 'ungraded',
  inspectionNumber: '90000003',
  urnAtTime: '900002',
  startedOn: '2024-05-14',
  inspectionType: 'Ungraded inspection',
  outcome: 'School remains Good (Concerns) - S5 Next',
};

describe('the sheet of latest inspections', () => {
  it('gives up to three outcomes a school, each in its own shape', async () => {
    const { rows, faults, summary } = await latest(
      { ...SCHOOL, ...CARD, ...GRADED, ...UNGRADED },
      { ...SCHOOL, URN: '900003' },
    );
    expect(faults).toEqual([]);
    expect(summary.warnings).toEqual([]);
    expect(rows).toEqual([
      {
        line: 4,
        ...ABOUT,
        schoolName: 'Elvercombe Academy',
        outcomes: [CARD_OUTCOME, GRADED_OUTCOME, UNGRADED_OUTCOME],
      },
      {
        line: 5,
        urnNow: '900003',
        laestab: '8252001',
        schoolName: 'Elvercombe Academy',
        outcomes: [],
      },
    ]);
  });

  it('reads "Not judged" as a graded inspection without an overall grade', async () => {
    const { rows, faults } = await latest({
      ...SCHOOL,
      ...GRADED,
      'Inspection start date of latest OEIF graded inspection': '14/01/2025',
      'Latest OEIF overall effectiveness': 'Not judged',
      'Latest OEIF category of concern': 'NULL',
    });
    expect(faults).toEqual([]);
    expect(rows[0]?.outcomes[0]).toMatchObject({
      shape: 'graded-without-overall',
      judgements: { 'Quality of education': 3 },
    });
    expect(rows[0]?.outcomes[0]).not.toHaveProperty('overall');
    expect(rows[0]?.outcomes[0]).not.toHaveProperty('concern');
  });

  it('may come from a spreadsheet: empty cells, days as they are, and an unnamed column of links', async () => {
    const columns = [...LATEST_INSPECTIONS_COLUMNS, ''];
    const row = {
      ...SCHOOL,
      ...CARD,
      ...GRADED,
      'Ungraded inspection publication date': '',
      '': 'https://invented.example',
    };
    const { rows, faults } = await read(sheet([row], columns, ''));
    expect(faults).toEqual([]);
    expect(rows[0]?.outcomes).toEqual([CARD_OUTCOME, GRADED_OUTCOME]);
  });

  it('reports grades that their framework does not have, and lets the other outcomes in', async () => {
    const { rows, faults } = await latest(
      {
        ...SCHOOL,
        ...CARD,
        ...GRADED,
        ...UNGRADED,
        Inclusion: 'Good',
        'Safeguarding standards': 'Perhaps',
      },
      { ...SCHOOL, ...CARD, ...GRADED, 'Latest OEIF quality of education': '5' },
      {
        ...SCHOOL,
        ...GRADED,
        'Inspection start date of latest OEIF graded inspection': '14/01/2025',
      },
      { ...SCHOOL, ...GRADED, 'Latest OEIF overall effectiveness': 'Not judged' },
      { ...SCHOOL, ...CARD, 'Inspection start date': '03/02/2025' },
      { ...SCHOOL, ...UNGRADED, 'Date of latest ungraded inspection': '31/06/2024' },
      { ...SCHOOL, ...CARD, 'Category of concern': 'Worry' },
      { ...SCHOOL, ...CARD, 'Inspection number of latest full inspection': 'NULL' },
    );
    expect(rows.map(({ line, outcomes }) => [line, outcomes.map(({ shape }) => shape)])).toEqual([
      [4, ['graded', 'ungraded']],
      [5, ['report-card']],
    ]);
    expect(faults.map(({ line, column, value }) => [line, column, value])).toEqual([
      [4, 'Inclusion', 'Good'],
      [4, 'Safeguarding standards', 'Perhaps'],
      [5, 'Latest OEIF quality of education', '5'],
      [6, 'Latest OEIF overall effectiveness', '4'],
      [7, 'Latest OEIF overall effectiveness', 'Not judged'],
      [8, 'Inspection start date', '03/02/2025'],
      [9, 'Date of latest ungraded inspection', '31/06/2024'],
      [10, 'Category of concern', 'Worry'],
      [11, 'Inspection number of latest full inspection', 'NULL'],
    ]);
    for (const { reason } of faults) expect(reason.length).toBeGreaterThan(10);
  });

  it('passes over schools of other authorities and refuses a sheet that lacks a column', async () => {
    const { rows, summary } = await latest(
      { ...SCHOOL, ...CARD, LAESTAB: '8268250' },
      { ...SCHOOL, ...CARD },
    );
    expect(rows).toHaveLength(1);
    expect(summary).toMatchObject({ rowsRead: 2, rowsOfAuthority: 1 });
    const columns = LATEST_INSPECTIONS_COLUMNS.filter(
      (column) => column !== 'Achievement - date of grade',
    );
    expect(await readInspections(Readable.from([sheet([], columns, 'NULL')]))).toMatchObject({
      failure: 'missing-columns',
      sentence: expect.stringContaining('"Achievement - date of grade"') as string,
    });
  });
});

describe('the in-year sheet', () => {
  const inYear = (...rows: Row[]) => read(sheet(rows, IN_YEAR_INSPECTIONS_COLUMNS, 'NULL'));

  it('gives one outcome a row: a report card graded on the day, or the words of an older kind of visit', async () => {
    const { rows, faults } = await inYear(
      { ...SCHOOL, ...CARD, 'Inspection number': '90000001' },
      {
        ...SCHOOL,
        'Inspection number': '90000004',
        'Inspection type': 'Monitoring',
        'Inspection start date': '02/12/2025',
        'Outcomes for legacy monitoring inspections': 'Taking effective action',
      },
    );
    expect(faults).toEqual([]);
    expect(rows[0]?.outcomes).toEqual([
      {
        ...CARD_OUTCOME,
        areas: CARD_OUTCOME.areas.map((area) => ({ ...area, gradedOn: '2026-02-03' })),
      },
    ]);
    expect(rows[1]?.outcomes).toEqual([
      {
        ...ABOUT,
        shape: 'ungraded',
        inspectionNumber: '90000004',
        urnAtTime: '900002',
        startedOn: '2025-12-02',
        inspectionType: 'Monitoring',
        outcome: 'Taking effective action',
      },
    ]);
  });
});
