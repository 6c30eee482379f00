import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Readable } from 'node:stream';
import { calendarDay } from './calendar';
import type { CsvFormat, Header } from './csv-header';
import { findHeader, MOST_TITLE_LINES } from './csv-header';
import type { Line } from './csv-lines';
import { linesOf } from './csv-lines';
import { startsWithUtf8Mark, withoutUtf8Mark } from './decoding';
import type { FileFailure, FileReading, Item, ReadingOptions, Summary } from './reading';
import type { ReadRecord } from './record-reader';
import { RecordReader } from './record-reader';

/** A path, or bytes as they come from an upload. */
export type CsvSource = string | Readable;

const CHUNK_BYTES = 1 << 20;

/**
 * Reads a CSV file as a stream, in memory that does not grow with the file. Finds the header, then gives what `read`
 * makes of each record of the authority. `read` is told the format where there are several.
 */
export async function readCsvFile<Name extends string, Row>(
  source: CsvSource,
  formats: readonly CsvFormat<Name>[],
  read: (format: CsvFormat<Name>) => ReadRecord<Name, Row>,
  options: ReadingOptions,
): Promise<FileFailure | FileReading<Row>> {
  const file = options.fileName ?? (typeof source === 'string' ? basename(source) : 'the file');
  const opened = typeof source === 'string' ? await openFile(source, file) : source;
  if ('failure' in opened) return opened;
  const batches = linesOf(opened);
  const top = headed(await topOf(batches), formats, file);
  if ('failure' in top) {
    opened.destroy();
    return top;
  }
  const { header, body, markedUtf8 } = top;
  const summary = summaryOf(file, options.asAt ?? dayInName(file), header.warnings);
  const readRecord = read(header.format);
  const reader = new RecordReader(header, markedUtf8, options.authority, summary, readRecord);
  return { summary, items: itemsOf(reader, body, batches) };
}

const summaryOf = (
  file: string,
  asAt: string | undefined,
  warnings: readonly string[],
): Summary => ({
  file,
  ...(asAt === undefined ? {} : { asAt }),
  rowsRead: 0,
  rowsOfAuthority: 0,
  faults: 0,
  warnings: [...warnings],
});

/** The header among the first lines, and those of the lines that follow it. */
function headed<Name extends string>(
  top: readonly Line[],
  formats: readonly CsvFormat<Name>[],
  file: string,
): FileFailure | { header: Header<Name>; body: Line[]; markedUtf8: boolean } {
  const first = top[0];
  const spoiled = first && notText(first.bytes, file);
  if (spoiled) return spoiled;
  const markedUtf8 = first !== undefined && startsWithUtf8Mark(first.bytes);
  const filled = top
    .map((line) =>
      markedUtf8 && line === first ? { ...line, bytes: withoutUtf8Mark(line.bytes) } : line,
    )
    .filter(({ bytes, tooLong }) => bytes.length > 0 || tooLong);
  if (filled.length === 0) return EMPTY(file);
  const header = findHeader(filled.slice(0, MOST_TITLE_LINES + 1), formats, file);
  if ('failure' in header) return header;
  return { header, body: top.filter(({ number }) => number > header.line), markedUtf8 };
}

async function* itemsOf<Name extends string, Row>(
  reader: RecordReader<Name, Row>,
  body: readonly Line[],
  batches: AsyncGenerator<Line[]>,
): AsyncGenerator<Item<Row>> {
  try {
    yield* reader.push(body, false);
    for await (const lines of batches) yield* reader.push(lines, false);
    yield* reader.push([], true);
    reader.finish();
  } finally {
    await batches.return(undefined);
  }
}

/** Enough lines to have every title line and the header, where the file has that many. */
async function topOf(batches: AsyncGenerator<Line[]>): Promise<Line[]> {
  let lines: Line[] = [];
  const filled = (): number => lines.filter(({ bytes }) => bytes.length > 0).length;
  while (filled() <= MOST_TITLE_LINES && lines.length < MOST_LINES_ABOVE) {
    const next = await batches.next();
    if (next.done === true) break;
    lines = lines.concat(next.value);
  }
  return lines;
}

/** Blank lines included; a file of nothing else is not read to its end. */
const MOST_LINES_ABOVE = 1000;

const EMPTY = (file: string): FileFailure => ({
  failure: 'empty',
  sentence: `${file} is empty.`,
  whatToDo: 'Download it again and look at its size before importing it.',
});

async function openFile(path: string, file: string): Promise<Readable | FileFailure> {
  try {
    const handle = await open(path);
    const isFile = (await handle.stat()).isFile();
    if (isFile) return createReadStream(path, { fd: handle, highWaterMark: CHUNK_BYTES });
    await handle.close();
    return unreadable(file, 'it is not a file');
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    return unreadable(file, WHY_UNREADABLE[code] ?? message);
  }
}

const WHY_UNREADABLE: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'this account may not read it',
};

const unreadable = (file: string, why: string): FileFailure => ({
  failure: 'unreadable',
  sentence: `${file} cannot be read: ${why}.`,
  whatToDo: 'Look at the path and at who may read it.',
});

/** A spreadsheet or zip file, or text of two bytes a letter, says so in its first bytes. */
function notText(bytes: Buffer, file: string): FileFailure | undefined {
  const zipped = bytes.subarray(0, 2).toString('latin1') === 'PK';
  if (!zipped && !bytes.includes(0)) return undefined;
  return {
    failure: 'not-csv',
    sentence: `${file} is ${zipped ? 'a spreadsheet or zip file' : 'a binary or UTF-16 file'}, not CSV.`,
    whatToDo: zipped
      ? 'Unpack it, or save the sheet as CSV.'
      : 'Save it as CSV in windows-1252 or UTF-8.',
  };
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** The day in a published file's name: `…20261101.csv`, `…as_at_31_Oct_2026.csv` or `…31 October 2026…`. */
export function dayInName(file: string): string | undefined {
  const digits = /(\d{4})(\d{2})(\d{2})\.csv$/i.exec(file);
  if (digits) return calendarDay(Number(digits[1]), Number(digits[2]), Number(digits[3]));
  const words = /(\d{1,2})[ _-]([a-z]{3,9})[ _-](\d{4})/i.exec(file);
  const month = MONTHS.indexOf(words?.[2]?.slice(0, 3).toLowerCase() ?? '') + 1;
  return words && month > 0 ? calendarDay(Number(words[3]), month, Number(words[1])) : undefined;
}
