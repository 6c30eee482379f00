import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { stringify } from 'csv-stringify/sync';
import { calendarDay } from './calendar';
import { dayInName, readCsvFile } from './csv-file';
import type { CsvFormat } from './csv-header';
import { collect } from './reading.fixture';
import type { ReadRecord } from './record-reader';

type Column = 'Code' | 'School name' | 'Head' | 'Pupils';
const FORMAT: CsvFormat<Column> = {
  title: 'test',
  required: ['Code', 'School name'],
  optional: ['Pupils', 'Head'],
  known: ['Street'],
  personal: ['Head'],
  whose: (authority) => ({
    column: 'Code',
    bytes: String(authority),
    is: (value) =>
      /^\d{3}$/.test(value) ? (Number(value) === authority ? 'theirs' : 'others') : 'unclear',
  }),
};
const asIs: ReadRecord<Column, string[]> = ({ line, get }) => ({
  row: [String(line), get('Code'), get('School name'), get('Pupils')],
  faults: [],
});

const HEADER = 'Code,School name,Head,Pupils';
const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');
const read = (content: Buffer | Buffer[], authority?: number) =>
  readCsvFile(Readable.from(Array.isArray(content) ? content : [content]), [FORMAT], () => asIs, {
    fileName: 'test.csv',
    ...(authority === undefined ? {} : { authority }),
  });
const rows = async (text: string, authority?: number) => collect(read(bytes(text), authority));

describe('the header', () => {
  it('is found under title lines, by names that differ in case and white space', async () => {
    const titles = 'Some title,,,\r\n"as at 31 Oct\r\nhere",,,\r\n\r\n';
    const { rows: found, summary } = await rows(
      `${titles}code,School   NAME ,Head,Pupils\r\n825,Elm,X,3\r\n`,
    );
    expect(found).toEqual([['6', '825', 'Elm', '3']]);
    expect(summary.warnings).toEqual([]);
  });

  it('that lacks a required column stops before any row and names it with the nearest unknown one', async () => {
    expect(await read(bytes('Code,Schol name,Pupils\n825,Elm,3\n'))).toEqual({
      failure: 'missing-columns',
      sentence:
        'test.csv is not a complete test file: line 1 has no column "School name" (the file has "Schol name", which is not known).',
      whatToDo: expect.stringContaining('Nothing was read') as string,
    });
  });

  it('with unknown, absent and doubled columns is read with a warning each', async () => {
    const { rows: found, summary } = await rows(
      'Code,School name,New one,School name,Street\n825,Elm,?,Oak,1 Road\n',
    );
    expect(found).toEqual([['2', '825', 'Elm', '']]);
    expect(summary.warnings).toEqual([
      'Columns that are not known and not read: New one.',
      'Columns named twice, of which the first is read: School name.',
      'Columns that may be absent and are: Pupils, Head.',
    ]);
  });

  it('may have unnamed columns at its end, filled or not', async () => {
    const { rows: found, faults } = await rows(
      `${HEADER},\n825,Elm,X,3,https://x.example\n825,Oak,X,4\n825,Ash,X,5,\n`,
    );
    expect(found.map(([, , name]) => name)).toEqual(['Elm', 'Oak', 'Ash']);
    expect(faults).toEqual([]);
  });
});

describe('what is no such file', () => {
  it.each([
    ['empty', '', 'empty'],
    ['blank', '\r\n\r\n', 'empty'],
    ['of something else', 'a,b,c\n1,2,3\n', 'not-csv'],
    ['a spreadsheet', 'PK\u0003\u0004 and so on', 'not-csv'],
    ['text of two bytes a letter', 'C\0o\0d\0e\0,\0', 'not-csv'],
    ['one endless line', 'x'.repeat(3_000_000), 'not-csv'],
  ])('%s, is refused with a sentence and what to do', async (_, text, failure) => {
    const refused = await read(bytes(text));
    expect(refused).toMatchObject({ failure });
    if ('failure' in refused) {
      expect(refused.sentence).toMatch(/^test\.csv .*\.$/);
      expect(refused.whatToDo.length).toBeGreaterThan(20);
    }
  });

  it('does not exist or is a folder: a sentence too', async () => {
    expect(await readCsvFile('/nowhere/x.csv', [FORMAT], () => asIs, {})).toMatchObject({
      failure: 'unreadable',
      sentence: 'x.csv cannot be read: there is no such file.',
    });
    expect(await readCsvFile(tmpdir(), [FORMAT], () => asIs, {})).toMatchObject({
      failure: 'unreadable',
    });
  });
});

describe('rows', () => {
  it('with too few or too many fields are faults, blank ones nothing, and the others go on', async () => {
    const {
      rows: found,
      faults,
      summary,
    } = await rows(
      `${HEADER}\n825,Elm,X,1\n825,Oak\n825,Ash,X,2,3\n,,,\n\n825,Yew,X,4,,\n825,Box,X,5\n`,
    );
    expect(found.map(([line, , name]) => [line, name])).toEqual([
      ['2', 'Elm'],
      ['7', 'Yew'],
      ['8', 'Box'],
    ]);
    expect(faults).toEqual([
      { line: 3, reason: 'has 2 fields where the header has 4; a comma or a quote is amiss' },
      { line: 4, reason: 'has 5 fields where the header has 4; a comma or a quote is amiss' },
    ]);
    expect(summary).toMatchObject({ rowsRead: 5, rowsOfAuthority: 5, faults: 2 });
  });

  it('may have line breaks in quotes, which count as lines of the file', async () => {
    const { rows: found } = await rows(
      `${HEADER}\r\n825,"Elm\r\nSchool, the ""old"" one",X,1\r\n825,Oak,X,2\r\n`,
    );
    expect(found).toEqual([
      ['2', '825', 'Elm\nSchool, the "old" one', '1'],
      ['4', '825', 'Oak', '2'],
    ]);
  });

  it('with a quote left open are faults and swallow no other row', async () => {
    const others = Array.from({ length: 120 }, (_, at) => `825,Oak ${at},"X",${at}`);
    const text = [HEADER, '825,"Elm,X,1', ...others, '825,"Last,X,1'].join('\n');
    const { rows: found, faults } = await rows(text);
    expect(found).toHaveLength(120);
    expect(faults.map(({ line }) => line)).toEqual([2, 123]);
    expect(faults[0]?.reason).toContain('opened and not closed');
  });

  it('with quotes amiss are faults that name the column, but never a personal one', async () => {
    const { rows: found, faults } = await rows(
      `${HEADER}\n825,"Elm"s" wood,X,1\n825,El"m" wood,X,2\n825,Elm,"Jo" "X",3\n825,Oak,X,4\n`,
    );
    expect(found).toHaveLength(1);
    expect(faults).toEqual([
      { line: 2, reason: expect.stringContaining('opened and not closed') as string },
      { line: 3, column: 'School name', reason: 'has a quote inside a value that is not quoted' },
      {
        line: 4,
        reason: 'has text after its closing quote; a quote inside a value is written twice',
      },
    ]);
  });

  it('of other authorities are passed over, broken or not; of one’s own none is', async () => {
    const {
      rows: found,
      faults,
      summary,
    } = await rows(
      `${HEADER}\n201,Elm,X,825\n201,"Elm,X,825\n825,Oak,X,1\n825,Ash\n201,Elm\nabc,825,X,1\n`,
      825,
    );
    expect(found).toEqual([['4', '825', 'Oak', '1']]);
    expect(faults).toEqual([
      { line: 5, reason: 'has 2 fields where the header has 4; a comma or a quote is amiss' },
      { line: 7, column: 'Code', value: 'abc', reason: 'does not tell the authority' },
    ]);
    expect(summary).toMatchObject({ rowsRead: 6, rowsOfAuthority: 3, faults: 2 });
  });

  it('are warned of when there are none, or none of the authority', async () => {
    expect((await rows(`${HEADER}\n`)).summary.warnings).toEqual([
      'The file has a header and no rows.',
    ]);
    expect((await rows(`${HEADER}\n201,Elm,X,1\n`, 825)).summary.warnings).toEqual([
      'The file has no row of the authority asked for.',
    ]);
  });

  it('longer than any should be are faults', async () => {
    const { rows: found, faults } = await rows(
      `${HEADER}\n825,${'x'.repeat(1_200_000)},X,1\n825,Oak,X,2\n`,
    );
    expect(found).toEqual([['3', '825', 'Oak', '2']]);
    expect(faults).toEqual([{ line: 2, reason: 'the line is longer than 1 MB' }]);
  });

  it('are read the same however the bytes are cut', async () => {
    const cell = fc.string({
      unit: fc.constantFrom('a', '"', ',', '\n', 'é', ' ', '’'),
      maxLength: 6,
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 40 }),
        async (cells, size) => {
          const text = stringify(
            [HEADER.split(','), ...cells.map(([name, pupils]) => ['825', name, 'X', pupils])],
            { quoted: true },
          );
          const content = Buffer.from(`\ufeff${text}`, 'utf8');
          const cut = Array.from({ length: Math.ceil(content.length / size) }, (_, at) =>
            content.subarray(at * size, (at + 1) * size),
          );
          const { rows: found, faults } = await collect(read(cut));
          expect(faults).toEqual([]);
          expect(found.map(([, , name, pupils]) => [name, pupils])).toEqual(
            cells.map(([name, pupils]) => [name.trim(), pupils.trim()]),
          );
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('letters', () => {
  it('are windows-1252 without a mark', async () => {
    const content = Buffer.concat([
      bytes(`${HEADER}\n825,St Th\xe9r\xe8se`),
      Buffer.from([0x92]),
      bytes('s 82\xb0,X,1\n'),
    ]);
    expect((await collect(read(content))).rows).toEqual([['2', '825', 'St Thérèse’s 82°', '1']]);
  });

  it('are UTF-8 with a mark, where other bytes are a fault of their line', async () => {
    const good = Buffer.from(`\ufeff${HEADER}\n825,St Thérèse’s,X,1\n`, 'utf8');
    const { rows: found, faults } = await collect(
      read(Buffer.concat([good, bytes('825,Caf\xe9,X,2\n825,Oak,X,3\n')])),
    );
    expect(found.map(([, , name]) => name)).toEqual(['St Thérèse’s', 'Oak']);
    expect(faults).toEqual([
      { line: 3, reason: 'has bytes that are not UTF-8, in a file marked as UTF-8' },
    ]);
  });

  it('are UTF-8 without a mark where they plainly are, with a warning', async () => {
    const { rows: found, summary } = await collect(
      read(Buffer.from(`${HEADER}\n825,St Thérèse’s,X,1\n`, 'utf8')),
    );
    expect(found[0]?.[2]).toBe('St Thérèse’s');
    expect(summary.warnings).toEqual([expect.stringContaining('read as UTF-8')]);
  });
});

describe('the day of a file', () => {
  it.each([
    ['edubasealldata20261101.csv', '2026-11-01'],
    ['links_edubasealldata20250422.csv', '2025-04-22'],
    [
      'Management_information_-_state-funded_schools_-_latest_inspections_as_at_31_Oct_2026.csv',
      '2026-10-31',
    ],
    ['State-funded schools - latest inspections as at 31 August 2026.csv', '2026-08-31'],
    ['edubasealldata20261301.csv', undefined],
    ['schools.csv', undefined],
  ])('is in the name: %s', (name, day) => {
    expect(dayInName(name)).toBe(day);
  });

  it('is one the calendar has', () => {
    expect(calendarDay(2024, 2, 29)).toBe('2024-02-29');
    expect(calendarDay(2026, 2, 29)).toBeUndefined();
    expect(calendarDay(99, 1, 1)).toBeUndefined();
  });
});

it('closes the file when reading is left early, and when it is refused', async () => {
  const many = Readable.from(
    Array.from({ length: 50 }, (_, at) => bytes(at === 0 ? `${HEADER}\n` : '825,Elm,X,1\n')),
  );
  const reading = await readCsvFile(many, [FORMAT], () => asIs, {});
  if ('failure' in reading) throw new Error(reading.sentence);
  for await (const item of reading.items) {
    expect(item).toEqual({ row: ['2', '825', 'Elm', '1'] });
    break;
  }
  expect(many.destroyed).toBe(true);
  const refused = Readable.from([bytes('a,b\n1,2\n')]);
  await readCsvFile(refused, [FORMAT], () => asIs, {});
  expect(refused.destroyed).toBe(true);
});

it('reads a file by its path', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'csv-'));
  const path = join(folder, 'schools20260901.csv');
  await writeFile(path, `${HEADER}\n825,Elm,X,1\n`);
  const { rows: found, summary } = await collect(readCsvFile(path, [FORMAT], () => asIs, {}));
  expect(found).toEqual([['2', '825', 'Elm', '1']]);
  expect(summary).toMatchObject({ file: 'schools20260901.csv', asAt: '2026-09-01' });
  await rm(folder, { recursive: true });
});
