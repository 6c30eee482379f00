import { CsvError, parse } from 'csv-parse/sync';
import type { Line } from './csv-lines';

/** One record: its first physical line and its bytes, or why the line could not be made part of one. */
export type Framed =
  | { readonly line: number; readonly bytes: Buffer }
  | { readonly line: number; readonly bytes: Buffer; readonly broken: string };

/** A quoted value may run over this many lines; what is still open after that was never meant to be. */
const MOST_LINES_OF_A_RECORD = 50;

/** Fields of a text of whole records. Strict about quotes, easy about the number of fields: the caller counts. */
export function fieldsOf(text: string): string[][] {
  return parse(text, { relax_column_count: true, record_delimiter: '\n' });
}

/** Fields of one record, or what is wrong with its quotes, in words, and the index of the field it is in. */
export function fieldsOfOne(text: string): string[] | { reason: string; field?: number } {
  try {
    return fieldsOf(text)[0] ?? [];
  } catch (error) {
    if (error instanceof CsvError) return quoteFault(error);
    throw error;
  }
}

function quoteFault(error: CsvError): { reason: string; field?: number } {
  const field = typeof error['index'] === 'number' ? { field: error['index'] } : {};
  return { reason: REASONS[error.code] ?? `is not readable as CSV (${error.code})`, ...field };
}

const UNCLOSED = 'a quote is opened and not closed on this line; close it or write it twice';

const REASONS: Readonly<Partial<Record<string, string>>> = {
  CSV_QUOTE_NOT_CLOSED: UNCLOSED,
  CSV_INVALID_CLOSING_QUOTE:
    'has text after its closing quote; a quote inside a value is written twice',
  INVALID_OPENING_QUOTE: 'has a quote inside a value that is not quoted',
};

/**
 * Puts physical lines together to records. A parser alone would let one forgotten quote swallow the file, so an open
 * quote is followed only as far as it makes a record of the right width; otherwise the line is at fault by itself and
 * reading goes on with the next.
 */
export class RecordFramer {
  private waiting: Line[] = [];

  /** `width`: may a record have this many fields? */
  constructor(private readonly width: (fields: number) => boolean) {}

  /** Records that are whole after these lines; `last` when there are no more. */
  push(lines: readonly Line[], last: boolean): Framed[] {
    const queue = this.waiting.length === 0 ? lines : [...this.waiting, ...lines];
    const framed: Framed[] = [];
    let at = 0;
    for (let line = queue[at]; line !== undefined; line = queue[at]) {
      const taken = line.oddQuotes ? this.opened(queue, at, last) : single(line);
      if (taken === 'wait') break;
      framed.push(...taken.framed);
      at += taken.lines;
    }
    this.waiting = queue.slice(at);
    return framed;
  }

  /** A record of several lines; the first line alone and at fault when it makes none with those that follow. */
  private opened(queue: readonly Line[], at: number, last: boolean): Taken | 'wait' {
    const end = this.closing(queue, at);
    if (end === 'beyond' && !last) return 'wait';
    if (typeof end === 'number') {
      const lines = queue.slice(at, end + 1);
      const bytes = joined(lines);
      if (this.isRecord(bytes)) {
        return { framed: [{ line: lines[0]?.number ?? 0, bytes }], lines: lines.length };
      }
    }
    const broken = queue
      .slice(at, at + 1)
      .map(({ number, bytes }) => ({ line: number, bytes, broken: UNCLOSED }));
    return { framed: broken, lines: 1 };
  }

  private closing(queue: readonly Line[], opened: number): number | 'beyond' | 'never' {
    const furthest = opened + MOST_LINES_OF_A_RECORD;
    for (let at = opened + 1; at < furthest; at += 1) {
      const line = queue[at];
      if (line === undefined) return 'beyond';
      if (line.oddQuotes) return at;
    }
    return 'never';
  }

  private isRecord(bytes: Buffer): boolean {
    try {
      const records = fieldsOf(bytes.toString('latin1'));
      return records.length === 1 && this.width(records[0]?.length ?? 0);
    } catch {
      return false;
    }
  }
}

/** Records taken from a queue of lines, and how many lines they were. */
interface Taken {
  readonly framed: readonly Framed[];
  readonly lines: number;
}

function single({ number, bytes, tooLong }: Line): Taken {
  if (tooLong)
    return { framed: [{ line: number, bytes, broken: 'the line is longer than 1 MB' }], lines: 1 };
  return { framed: isBlank(bytes) ? [] : [{ line: number, bytes }], lines: 1 };
}

const joined = (lines: readonly Line[]): Buffer =>
  Buffer.concat(
    lines.flatMap(({ bytes }, at) => (at === 0 ? [bytes] : [Buffer.from('\n'), bytes])),
  );

/** Nothing but separators, as spreadsheets leave below a table. */
const isBlank = (bytes: Buffer): boolean => bytes.every((byte) => byte === 0x2c || byte === 0x20);
