import { calendarDay } from './calendar';
import { hasUnreadable } from './decoding';
import type { Fault } from './reading';
import type { CsvRecord } from './record-reader';

/** Typed values of one record. What is wrong is kept in `faults`; a caller that finds any there gives no row. */
export class Cells<Name extends string> {
  readonly faults: Fault[] = [];

  constructor(private readonly record: CsvRecord<Name>) {}

  get line(): number {
    return this.record.line;
  }

  fault(column: Name, reason: string): undefined {
    const value = this.record.get(column).slice(0, MOST_OF_A_VALUE);
    if (this.faults.some((known) => known.column === column && known.reason === reason))
      return undefined;
    this.faults.push({ line: this.line, column, ...(value === '' ? {} : { value }), reason });
    return undefined;
  }

  text(column: Name): string | undefined {
    const value = this.record.get(column);
    if (hasUnreadable(value))
      return this.fault(column, 'has a byte that is no letter in the file’s encoding');
    return value === '' ? undefined : value;
  }

  /** '' after a fault, so that reading goes on and every fault of the record is found. */
  required(column: Name): string {
    const before = this.faults.length;
    const value = this.text(column);
    if (value === undefined && this.faults.length === before) this.fault(column, 'is empty');
    return value ?? '';
  }

  matching(column: Name, pattern: RegExp, wanted: string): string | undefined {
    const value = this.text(column);
    if (value === undefined || pattern.test(value)) return value;
    return this.fault(column, `is not ${wanted}`);
  }

  requiredMatching(column: Name, pattern: RegExp, wanted: string): string {
    const value = this.required(column);
    if (value !== '' && !pattern.test(value)) this.fault(column, `is not ${wanted}`);
    return value;
  }

  number(column: Name, least: number, most: number): number | undefined {
    const value = this.text(column);
    if (value === undefined) return undefined;
    const number = /^\d+(\.\d+)?$/.test(value) ? Number(value) : NaN;
    if (number >= least && number <= most) return number;
    return this.fault(column, `is not a number from ${least} to ${most}`);
  }

  integer(column: Name, least: number, most: number): number | undefined {
    const number = this.number(column, least, most);
    if (number === undefined || Number.isInteger(number)) return number;
    return this.fault(column, 'is not a whole number');
  }

  /** `YYYY-MM-DD` of a day written day-month-year with `-` or `/`, or already so. */
  day(column: Name): string | undefined {
    const value = this.text(column);
    if (value === undefined) return undefined;
    const british = /^(\d{1,2})[-/](\d{1,2})[-/](\d{4})$/.exec(value);
    const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value);
    const day = british
      ? calendarDay(Number(british[3]), Number(british[2]), Number(british[1]))
      : iso && calendarDay(Number(iso[1]), Number(iso[2]), Number(iso[3]));
    if (day) return day;
    const written = british ?? iso;
    return this.fault(
      column,
      written ? 'is a day the calendar does not have' : 'is not a day written day-month-year',
    );
  }

  requiredDay(column: Name): string {
    if (this.record.get(column) === '') this.fault(column, 'is empty');
    return this.day(column) ?? '';
  }

  /** One of a list of words, compared without case; undefined with a fault for any other. */
  word<Word>(column: Name, words: Readonly<Record<string, Word>>): Word | undefined {
    const value = this.required(column);
    if (value === '') return undefined;
    const word = words[value.toLowerCase()];
    return word ?? this.fault(column, 'is not a word this column is known to have');
  }
}

const MOST_OF_A_VALUE = 80;

/** Leaves out what is undefined, as optional fields under `exactOptionalPropertyTypes` want. */
export function present<T extends object>(
  fields: T,
): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
