import type { Header, Whose } from './csv-header';
import type { Line } from './csv-lines';
import type { Framed } from './csv-records';
import { fieldsOf, fieldsOfOne, RecordFramer } from './csv-records';
import { decode } from './decoding';
import type { Fault, Item, Summary } from './reading';

/** The columns of one record that the format reads; no other value of the record is in it. */
export interface CsvRecord<Name extends string> {
  readonly line: number;
  /** The value without white space around it; '' where the file has no such column. */
  get(column: Name): string;
}

/** Makes rows of a record; faults instead of a row, or beside it where a part of the record is good. */
export type ReadRecord<Name extends string, Row> = (record: CsvRecord<Name>) => {
  readonly row?: Row;
  readonly faults: readonly Fault[];
};

const UTF8_UNMARKED =
  'Some rows are UTF-8 though the file is not marked so; they were read as UTF-8.';

/** Turns physical lines into items: frames records, passes over other authorities, parses the rest a batch at a time. */
export class RecordReader<Name extends string, Row> {
  private readonly framer: RecordFramer;
  private readonly whose: Whose<Name> | undefined;
  private readonly width: number;
  private readonly wanted: readonly (readonly [Name, number])[];

  constructor(
    private readonly header: Header<Name>,
    private readonly markedUtf8: boolean,
    authority: number | undefined,
    private readonly summary: Summary,
    private readonly read: ReadRecord<Name, Row>,
  ) {
    this.width = header.names.length;
    this.framer = new RecordFramer(
      (fields) => fields <= this.width && fields >= this.width - header.unnamed,
    );
    this.whose = authority === undefined ? undefined : header.format.whose?.(authority);
    this.wanted = [...header.index].filter(([, at]) => !header.personal.has(at));
  }

  push(lines: readonly Line[], last: boolean): Item<Row>[] {
    const framed = this.framer.push(lines, last);
    this.summary.rowsRead += framed.length;
    const { whose } = this;
    const perhapsOurs = whose
      ? framed.filter(({ bytes }) => bytes.length === 0 || bytes.includes(whose.bytes))
      : framed;
    return this.parsed(perhapsOurs).flatMap((found) => this.itemsOf(found));
  }

  finish(): void {
    if (this.summary.rowsRead === 0)
      this.summary.warnings.push('The file has a header and no rows.');
    else if (this.summary.rowsOfAuthority === 0) {
      this.summary.warnings.push('The file has no row of the authority asked for.');
    }
  }

  private parsed(records: readonly Framed[]): Parsed[] {
    const texts = records.map((record): { record: Framed; text?: string; broken?: string } => {
      if ('broken' in record) return { record, broken: record.broken };
      const decoded = decode(record.bytes, this.markedUtf8);
      if (!decoded)
        return { record, broken: 'has bytes that are not UTF-8, in a file marked as UTF-8' };
      if (decoded.encoding === 'utf-8' && !this.markedUtf8) this.warnOnce(UTF8_UNMARKED);
      return { record, text: decoded.text };
    });
    const whole = texts.flatMap(({ text }) => (text === undefined ? [] : [text]));
    const together = fieldsOfAll(whole);
    let next = 0;
    return texts.map(({ record, text, broken }): Parsed => {
      const { line, bytes } = record;
      if (text === undefined) return { line, bytes, fault: { reason: broken ?? '' } };
      const fields = together?.[next] ?? fieldsOfOne(text);
      next += 1;
      if (!Array.isArray(fields)) return { line, bytes, fault: fields };
      for (const at of this.header.personal) if (at < fields.length) fields[at] = '';
      return { line, fields };
    });
  }

  private itemsOf(found: Parsed): Item<Row>[] {
    const { line } = found;
    if ('fault' in found) {
      if (this.isPlainlyOthers(found.bytes)) return [];
      this.summary.rowsOfAuthority += 1;
      return this.faulty([
        { line, ...this.columnAt(found.fault.field), reason: found.fault.reason },
      ]);
    }
    const told = this.toldBy(found.fields);
    if (told?.whose === 'others') return [];
    this.summary.rowsOfAuthority += 1;
    const misfit = this.misfit(found.fields);
    if (misfit !== undefined) return this.faulty([{ line, reason: misfit }]);
    if (told?.whose === 'unclear') {
      const value = told.value.slice(0, 80);
      return this.faulty([
        { line, column: told.column, value, reason: 'does not tell the authority' },
      ]);
    }
    const { row, faults } = this.read(this.recordOf(line, found.fields));
    return row === undefined ? this.faulty(faults) : [...this.faulty(faults), { row }];
  }

  /** Whose row it is and by what; undefined when the rows of all are wanted. */
  private toldBy(fields: readonly string[]) {
    if (!this.whose) return undefined;
    const { column, is } = this.whose;
    const value = fields[this.header.index.get(column) ?? -1]?.trim() ?? '';
    return { column, value, whose: is(value) };
  }

  private misfit(fields: readonly string[]): string | undefined {
    const wanted = this.width - this.header.unnamed;
    const surplus = fields.slice(this.width).some((field) => field.trim() !== '');
    if (!surplus && fields.length >= wanted) return undefined;
    return `has ${fields.length} fields where the header has ${wanted}; a comma or a quote is amiss`;
  }

  private recordOf(line: number, fields: readonly string[]): CsvRecord<Name> {
    const values = new Map(this.wanted.map(([name, at]) => [name, (fields[at] ?? '').trim()]));
    return { line, get: (column) => values.get(column) ?? '' };
  }

  /** Of a record that cannot be parsed: its cells up to the one that tells the authority are mostly good all the same. */
  private isPlainlyOthers(bytes: Buffer): boolean {
    if (!this.whose) return false;
    const cell = bytes.toString('latin1').split(',')[
      this.header.index.get(this.whose.column) ?? -1
    ];
    return cell !== undefined && this.whose.is(cell.replaceAll('"', '').trim()) === 'others';
  }

  private faulty(faults: readonly Fault[]): Item<Row>[] {
    this.summary.faults += faults.length;
    return faults.map((fault) => ({ fault }));
  }

  private columnAt(field: number | undefined): { column?: string } {
    const name =
      field === undefined || this.header.personal.has(field)
        ? ''
        : this.header.names[field]?.trim();
    return name ? { column: name } : {};
  }

  private warnOnce(warning: string): void {
    if (!this.summary.warnings.includes(warning)) this.summary.warnings.push(warning);
  }
}

type Parsed =
  | { readonly line: number; readonly fields: string[] }
  | {
      readonly line: number;
      readonly bytes: Buffer;
      readonly fault: { readonly reason: string; readonly field?: number };
    };

/** All records in one go, which is ten times as fast; undefined when one of them is at fault. */
function fieldsOfAll(texts: readonly string[]): string[][] | undefined {
  try {
    const records = fieldsOf(texts.join('\n'));
    return records.length === texts.length ? records : undefined;
  } catch {
    return undefined;
  }
}
