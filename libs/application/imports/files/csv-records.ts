import { parse } from 'csv-parse/sync';
import type { CsvError } from 'csv-parse/sync';
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

/** What csv-parse found wrong in one record, in words, and the index of the field it was in. */
export function quoteFault(error: CsvError): { reason: string; field?: number } {
  const field = typeof error['index'] === 'number' ? { field: error['index'] } : {};
  switch (error.code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return { reason: UNCLOSED, ...field };
    case 'CSV_INVALID_CLOSING_QUOTE':
      return {
        reason: 'has text after its closing quote; a quote inside a value is written twice',
        ...field,
      };
    case 'INVALID_OPENING_QUOTE':
      return { reason: 'has a quote inside a value that is not quoted', ...field };
    default:
      return { reason: `is not readable as CSV (${error.code})`, ...field };
  }
}

const UNCLOSED = 'a quote is opened and not closed on this line; close it or write it twice';

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
      if (line.tooLong) {
        framed.push({
          line: line.number,
          bytes: line.bytes,
          broken: 'the line is longer than 1 MB',
        });
      } else if (!line.oddQuotes) {
        if (!isBlank(line.bytes)) framed.push({ line: line.number, bytes: line.bytes });
      } else {
        const end = this.closing(queue, at);
        if (end === 'beyond' && !last) break;
        const bytes = typeof end === 'number' ? joined(queue.slice(at, end + 1)) : undefined;
        if (typeof end === 'number' && bytes !== undefined && this.isRecord(bytes)) {
          framed.push({ line: line.number, bytes });
          at = end;
        } else {
          framed.push({ line: line.number, bytes: line.bytes, broken: UNCLOSED });
        }
      }
      at += 1;
    }
    this.waiting = queue.slice(at);
    return framed;
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

const joined = (lines: readonly Line[]): Buffer =>
  Buffer.concat(
    lines.flatMap(({ bytes }, at) => (at === 0 ? [bytes] : [Buffer.from('\n'), bytes])),
  );

/** Nothing but separators, as spreadsheets leave below a table. */
const isBlank = (bytes: Buffer): boolean => bytes.every((byte) => byte === 0x2c || byte === 0x20);
