import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify/sync';
import { collect } from './reading.fixture';
import { readRegister } from './register';
import {
  PERSONAL_COLUMNS,
  REGISTER_COLUMNS,
  REGISTER_COLUMNS_BEFORE_2025,
} from './register-columns';

const GOOD: Readonly<Record<string, string>> = {
  URN: '900001',
  'LA (code)': '825',
  EstablishmentNumber: '2001',
  EstablishmentName: 'Elvercombe Primary School',
  'TypeOfEstablishment (code)': '01',
  'TypeOfEstablishment (name)': 'Community school',
  'EstablishmentTypeGroup (code)': '4',
  'EstablishmentTypeGroup (name)': 'Local authority maintained schools',
  'EstablishmentStatus (name)': 'Open, but proposed to close',
  'ReasonEstablishmentOpened (name)': 'Not applicable',
  OpenDate: '01-09-1998',
  CloseDate: '31-08-2027',
  'PhaseOfEducation (name)': 'Primary',
  StatutoryLowAge: '4',
  StatutoryHighAge: '11',
  PercentageFSM: '12.4',
  NumberOfPupils: '207',
  CensusDate: '15-01-2026',
  'Trusts (code)': '90001',
  'Trusts (name)': 'Alver Trust',
  Postcode: 'zz1 1aa',
};
const PERSONAL = Object.fromEntries(
  PERSONAL_COLUMNS.map((column, at) => [column, `Secretperson${at}`]),
);

const file = (
  rows: readonly Readonly<Record<string, string>>[],
  columns: readonly string[] = REGISTER_COLUMNS,
) =>
  Buffer.from(
    stringify([
      [...columns],
      ...rows.map((row) => columns.map((column) => ({ ...PERSONAL, ...row })[column] ?? '')),
    ]),
    'latin1',
  );
const read = (content: Buffer, authority = 825) =>
  collect(
    readRegister(Readable.from([content]), { authority, fileName: 'edubasealldata20261101.csv' }),
  );

describe('the schools register', () => {
  it.each([
    ['135 columns of 2026', REGISTER_COLUMNS, 135],
    ['140 columns of before', REGISTER_COLUMNS_BEFORE_2025, 140],
  ])('is read in the %s', async (_, columns, count) => {
    expect(columns).toHaveLength(count);
    const { rows, faults, summary } = await read(file([GOOD], columns));
    expect(faults).toEqual([]);
    expect(summary).toEqual({
      file: 'edubasealldata20261101.csv',
      asAt: '2026-11-01',
      rowsRead: 1,
      rowsOfAuthority: 1,
      faults: 0,
      warnings: [],
    });
    expect(rows).toEqual([
      {
        line: 2,
        urn: '900001',
        la: { code: 825 },
        establishmentNumber: '2001',
        laestab: '8252001',
        name: 'Elvercombe Primary School',
        typeCode: '1',
        typeName: 'Community school',
        typeGroupCode: '4',
        typeGroupName: 'Local authority maintained schools',
        status: 'open-proposed-to-close',
        openedOn: '1998-09-01',
        closedOn: '2027-08-31',
        phase: 'Primary',
        lowAge: 4,
        highAge: 11,
        fsmPercent: 12.4,
        pupils: 207,
        censusDate: '2026-01-15',
        trust: { code: '90001', name: 'Alver Trust' },
        postcode: 'ZZ1 1AA',
      },
    ]);
  });

  it('reports every wrong value of a row and keeps the row out, alone', async () => {
    const { rows, faults } = await read(
      file([
        {
          ...GOOD,
          URN: '900002',
          OpenDate: '31-02-2020',
          StatutoryLowAge: 'four',
          'EstablishmentStatus (name)': 'Ajar',
        },
        GOOD,
        { ...GOOD, URN: 'x'.repeat(100), EstablishmentName: '' },
        GOOD,
        { ...GOOD, URN: '900003', PercentageFSM: '130' },
      ]),
    );
    expect(rows.map(({ line }) => line)).toEqual([3]);
    expect(faults).toEqual([
      {
        line: 2,
        column: 'EstablishmentStatus (name)',
        value: 'Ajar',
        reason: 'is not a word this column is known to have',
      },
      {
        line: 2,
        column: 'OpenDate',
        value: '31-02-2020',
        reason: 'is a day the calendar does not have',
      },
      { line: 2, column: 'StatutoryLowAge', value: 'four', reason: 'is not a number from 0 to 99' },
      {
        line: 4,
        column: 'URN',
        value: 'x'.repeat(80),
        reason: 'is not a URN, which has six digits',
      },
      { line: 4, column: 'EstablishmentName', reason: 'is empty' },
      { line: 5, column: 'URN', value: '900001', reason: 'stands on line 3 already' },
      { line: 6, column: 'PercentageFSM', value: '130', reason: 'is not a number from 0 to 100' },
    ]);
  });

  it('never lets the columns about people through, in rows, faults or warnings', async () => {
    const broken = file([{ ...GOOD, URN: '900004' }])
      .toString('latin1')
      .split('\n')
      .slice(1, 2)
      .map((line) => [
        line.replace('Secretperson1', '"Secretperson1'),
        line.replace('Secretperson1', 'Secret"person1'),
        `${line},more`,
      ])
      .flat()
      .join('\n');
    const content = Buffer.concat([file([GOOD, { ...GOOD, URN: 'wrong' }]), Buffer.from(broken)]);
    const everything = await read(content);
    expect(everything.rows).toHaveLength(1);
    expect(everything.faults).toHaveLength(4);
    expect(JSON.stringify(everything)).not.toContain('ecretperson');
    expect(content.toString('latin1')).toContain('Secretperson4');
  });

  it('gives only the authority asked for, and names a column that is missing', async () => {
    const { rows, summary } = await read(file([{ ...GOOD, 'LA (code)': '826' }, GOOD]));
    expect(rows).toHaveLength(1);
    expect(summary).toMatchObject({ rowsRead: 2, rowsOfAuthority: 1 });
    const without = REGISTER_COLUMNS.map((column) =>
      column === 'OpenDate' ? 'OpenedDate' : column,
    );
    expect(await readRegister(Readable.from([file([GOOD], without)]))).toMatchObject({
      failure: 'missing-columns',
      sentence: expect.stringContaining(
        'no column "OpenDate" (the file has "OpenedDate"',
      ) as string,
    });
  });
});
