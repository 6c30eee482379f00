import {
  IsAcademicYear,
  IsDay,
  IsId,
  IsListOf,
  IsPersonRef,
  IsRecordOf,
  IsText,
  IsUrn,
  Optional,
  commandFrom,
} from './decorators';

class Reading {
  @IsText(10) code: string;
  @IsDay() on: string;
  @Optional() @IsText() note?: string;
}
class Sheet {
  @IsListOf(Reading, { min: 1, max: 2 }) readings: readonly Reading[];
}
class Everything {
  @IsId() schoolId: string;
  @IsUrn() urn: string;
  @IsAcademicYear() academicYear: string;
  @IsPersonRef() personRef: string;
  @IsRecordOf(Sheet) sheet: Sheet;
  @Optional() @IsId({ each: true }) others?: readonly string[];
}

const reading = { code: 'ks2-rwm', on: '2026-11-23' };
const sent = {
  schoolId: '00000000-0000-4000-8000-000000000001',
  urn: '900001',
  academicYear: '2026/27',
  personRef: 'person-1f3a',
  sheet: { readings: [reading] },
};
const faultsOf = (change: object) => {
  const read = commandFrom(Everything, { ...sent, ...change });
  return 'faults' in read ? read.faults : [];
};

it('reads a command, with nothing in it that was not sent', () => {
  const read = commandFrom(Everything, sent);
  if ('faults' in read) throw new Error(JSON.stringify(read.faults));
  expect(read.command).toBeInstanceOf(Everything);
  expect({ ...read.command }).toStrictEqual(sent);
});

it.each([
  [{ schoolId: '00000000-0000-4000-8000-00000000000A' }, '/schoolId'],
  [{ schoolId: undefined }, '/schoolId'],
  [{ urn: '099999' }, '/urn'],
  [{ urn: 900001 }, '/urn'],
  [{ academicYear: '2026/28' }, '/academicYear'],
  [{ academicYear: '2026-27' }, '/academicYear'],
  [{ personRef: 'Jo Bloggs' }, '/personRef'],
  [{ others: ['x'] }, '/others'],
  [{ others: null }, '/others'],
  [{ sheet: [] }, '/sheet'],
  [{ sheet: { readings: [] } }, '/sheet/readings'],
  [{ sheet: { readings: [reading, reading, reading] } }, '/sheet/readings'],
  [{ sheet: { readings: [reading, 'x'] } }, '/sheet/readings/1'],
  [{ sheet: { readings: [reading, { ...reading, on: '2026-02-29' }] } }, '/sheet/readings/1/on'],
  [{ sheet: { readings: [{ ...reading, note: null }] } }, '/sheet/readings/0/note'],
  [{ sheet: { readings: [{ ...reading, code: '  ' }] } }, '/sheet/readings/0/code'],
  [{ sheet: { readings: [{ ...reading, 'a/b~c': 1 }] } }, '/sheet/readings/0/a~1b~0c'],
  [{ mood: 'good' }, '/mood'],
  [JSON.parse('{"__proto__": {"urn": "900002"}}') as object, '/__proto__'],
  [{ constructor: 'x' }, '/constructor'],
])('points at what is wrong: %j', (change, pointer) => {
  expect(faultsOf(change).map((fault) => fault.pointer)).toEqual([pointer]);
});

it('reports every field that is wrong, one fault each', () => {
  expect(faultsOf({ urn: 'x', academicYear: 'y', sheet: { readings: [{}] } })).toEqual([
    { pointer: '/urn', detail: 'urn must be a URN: six digits, as text' },
    {
      pointer: '/academicYear',
      detail: 'academicYear must be an academic year, written like 2026/27',
    },
    { pointer: '/sheet/readings/0/code', detail: 'code must be text of 1 to 10 characters' },
    {
      pointer: '/sheet/readings/0/on',
      detail: 'on must be a day that exists from 1500 to 2199, written like 2026-11-23',
    },
  ]);
});

it.each([[undefined], [null], ['text'], [[sent]]])('refuses what is no record: %j', (body) => {
  expect(commandFrom(Everything, body)).toMatchObject({ faults: [{ pointer: '' }] });
});

it.each([
  ['2024-02-29', true],
  ['2023-02-29', false],
  ['1900-02-29', false],
  ['2000-02-29', true],
  ['2026-04-31', false],
  ['2026-12-31', true],
  ['2026-13-01', false],
  ['2026-00-10', false],
  ['2026-11-00', false],
  ['26-11-2026', false],
])('%s is a day: %s', (on, is) => {
  const faults = faultsOf({ sheet: { readings: [{ ...reading, on }] } });
  expect(faults.length === 0).toBe(is);
});
