import { open } from 'node:fs/promises';
import { stringify } from 'csv-stringify/sync';

/** Numbers stand bare and text in quotes, as in the register; `undefined` is an empty number, '' an empty text. */
export type CsvCell = string | number | undefined;

export interface CsvStyle {
  /** The register quotes every text, the inspection file only where it must. */
  readonly quoteText: boolean;
}

const ROWS_AT_ONCE = 500;

/** Bytes above ASCII that windows-1252 has another letter for than Latin-1. */
const WINDOWS_1252 = new Map(
  Array.from({ length: 0x20 }, (_, at): [string, number] => {
    const byte = 0x80 + at;
    return [new TextDecoder('windows-1252').decode(Uint8Array.of(byte)), byte];
  }),
);

/** Text in windows-1252; a letter it does not have is a mistake of the caller. */
export function windows1252(text: string): Buffer {
  const bytes = Buffer.from(text, 'latin1');
  for (const { 0: letter, index } of text.matchAll(BEYOND_LATIN_1)) {
    const byte = WINDOWS_1252.get(letter);
    if (byte === undefined) throw new Error(`windows-1252 has no "${letter}"`);
    bytes[index] = byte;
  }
  return bytes;
}

const BEYOND_LATIN_1 = new RegExp('[\\u0080-\\u009f\\u0100-\\uffff]', 'g');

/** Writes rows as windows-1252 CSV with CRLF line ends, a few hundred at a time. */
export async function writeCsv(
  path: string,
  rows: Iterable<readonly CsvCell[]>,
  style: CsvStyle,
): Promise<void> {
  const file = await open(path, 'w');
  try {
    let batch: (readonly CsvCell[])[] = [];
    const flush = async (): Promise<void> => {
      const text = stringify(batch, {
        quoted_string: style.quoteText,
        record_delimiter: 'windows',
      });
      await file.write(windows1252(text));
      batch = [];
    };
    for (const row of rows) {
      batch.push(row);
      if (batch.length >= ROWS_AT_ONCE) await flush();
    }
    if (batch.length > 0) await flush();
  } finally {
    await file.close();
  }
}

/** `2026-11-01` as `01-11-2026` or `01/11/2026`; '' for none. */
export const british = (day: string | undefined, between: '-' | '/'): string =>
  day === undefined ? '' : day.split('-').toReversed().join(between);
