import { fieldsOf } from './csv-records';
import { decode } from './decoding';
import type { Line } from './csv-lines';
import type { FileFailure } from './reading';

/** A format of file by the names of its columns, as its publisher writes them. */
export interface CsvFormat<Name extends string> {
  /** For sentences, e.g. "schools register". */
  readonly title: string;
  readonly required: readonly Name[];
  readonly optional: readonly Name[];
  /** All column names any edition of the format has had; others are worth a warning. */
  readonly known: readonly string[];
  /** Dropped at the door: no value of theirs leaves the reader, not even in a fault. */
  readonly personal?: readonly string[];
  /** Absent where no column tells. */
  readonly whose?: (authority: number) => Whose<Name>;
}

/** How to know the rows of one authority. */
export interface Whose<Name extends string> {
  readonly column: Name;
  /** Occurs somewhere in every row of the authority: rows without it are passed over unparsed. */
  readonly bytes: string;
  /** `unclear` when the value is no code at all. */
  readonly is: (value: string) => 'theirs' | 'others' | 'unclear';
}

/** The header as found: its columns by name, and what is worth telling. */
export interface Header<Name extends string> {
  readonly format: CsvFormat<Name>;
  readonly line: number;
  /** Names as the file has them. */
  readonly names: readonly string[];
  /** Where each column of the format stands in a record. */
  readonly index: ReadonlyMap<Name, number>;
  readonly personal: ReadonlySet<number>;
  /** Columns at the end without a name, as spreadsheets add. */
  readonly unnamed: number;
  readonly warnings: readonly string[];
}

/** Title lines that may stand above the header. */
export const MOST_TITLE_LINES = 5;

/** Names are the same when they differ in case and runs of white space only. */
const same = (name: string): string => name.replace(/\s+/g, ' ').trim().toLowerCase();

/** The line with most of the required columns of any of the formats is the header; it must have all of one format. */
export function findHeader<Name extends string>(
  lines: readonly Line[],
  formats: readonly CsvFormat<Name>[],
  file: string,
): Header<Name> | FileFailure {
  const candidates = lines.flatMap((line) => {
    const names = namesOn(line);
    return formats.map((format) => match(names, line.number, format));
  });
  const best = candidates.reduce<Match<Name> | undefined>(better, undefined);
  if (!best) return notThisKind(file, formats, lines.length);
  return best.missing.length === 0 ? best.header : missingColumns(file, best.header, best.missing);
}

/** One line taken as a header of one format. */
interface Match<Name extends string> {
  readonly header: Header<Name>;
  readonly found: number;
  readonly missing: readonly Name[];
}

/** One that has all its required columns before one that lacks some, then the one that has more; a line with none is none. */
function better<Name extends string>(
  best: Match<Name> | undefined,
  other: Match<Name>,
): Match<Name> | undefined {
  if (other.found === 0) return best;
  if (!best) return other;
  const [bestWhole, otherWhole] = [best.missing.length === 0, other.missing.length === 0];
  if (bestWhole !== otherWhole) return otherWhole ? other : best;
  return other.found > best.found ? other : best;
}

const notThisKind = <Name extends string>(
  file: string,
  formats: readonly CsvFormat<Name>[],
  lines: number,
): FileFailure => ({
  failure: 'not-csv',
  sentence: `${file} is not a ${formats.map(({ title }) => title).join(' or ')} file: none of its first ${lines} lines names a column of one.`,
  whatToDo: `Give the CSV file as published, with its header line in the first ${MOST_TITLE_LINES + 1} lines.`,
});

function namesOn(line: Line): string[] {
  try {
    return fieldsOf(decode(line.bytes, false)?.text ?? '')[0] ?? [];
  } catch {
    return [];
  }
}

function match<Name extends string>(
  names: readonly string[],
  line: number,
  format: CsvFormat<Name>,
): Match<Name> {
  const at = new Map<string, number>();
  const twice: string[] = [];
  names.forEach((name, index) => {
    if (same(name) === '') return;
    if (at.has(same(name))) twice.push(name.trim());
    else at.set(same(name), index);
  });
  const known = new Set([...format.known, ...format.required, ...format.optional].map(same));
  const unknown = unique(
    names.map((name) => name.trim()).filter((name) => name !== '' && !known.has(same(name))),
  );
  const index = new Map<Name, number>();
  for (const name of [...format.required, ...format.optional]) {
    const found = at.get(same(name));
    if (found !== undefined) index.set(name, found);
  }
  const missing = format.required.filter((name) => !index.has(name));
  const personalNames = new Set((format.personal ?? []).map(same));
  const personal = new Set(
    names.flatMap((name, column) => (personalNames.has(same(name)) ? [column] : [])),
  );
  const unnamed = names.length - (names.findLastIndex((name) => same(name) !== '') + 1);
  const absent = format.optional.filter((name) => !index.has(name));
  const warnings = [
    ...(unknown.length > 0
      ? [`Columns that are not known and not read: ${unknown.join(', ')}.`]
      : []),
    ...(twice.length > 0
      ? [`Columns named twice, of which the first is read: ${unique(twice).join(', ')}.`]
      : []),
    ...(absent.length > 0 ? [`Columns that may be absent and are: ${absent.join(', ')}.`] : []),
  ];
  return {
    header: { format, line, names, index, personal, unnamed, warnings },
    found: format.required.length - missing.length,
    missing,
  };
}

function missingColumns<Name extends string>(
  file: string,
  header: Header<Name>,
  missing: readonly Name[],
): FileFailure {
  const known = new Set([...header.format.known, ...header.format.required].map(same));
  const unknown = header.names.filter((name) => same(name) !== '' && !known.has(same(name)));
  const named = missing.map((name) => {
    const near = nearest(name, unknown);
    return near === undefined
      ? `"${name}"`
      : `"${name}" (the file has "${near.trim()}", which is not known)`;
  });
  return {
    failure: 'missing-columns',
    sentence: `${file} is not a complete ${header.format.title} file: line ${header.line} has no column ${named.join(', no column ')}.`,
    whatToDo: 'Give the file as published, or put the name of the column right. Nothing was read.',
  };
}

/** The name that needs the fewest changes, when they are fewer than half its letters. */
function nearest(name: string, candidates: readonly string[]): string | undefined {
  const ranked = candidates
    .map((candidate) => ({ candidate, changes: editDistance(same(name), same(candidate)) }))
    .filter(({ changes }) => changes * 2 < name.length)
    .sort((a, b) => a.changes - b.changes);
  return ranked[0]?.candidate;
}

/** Levenshtein distance, one row at a time. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const changed = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, changed));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

const unique = (names: readonly string[]): string[] => [...new Set(names)];
