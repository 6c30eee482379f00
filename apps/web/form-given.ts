import { derivedId } from '#application';
import type { Json } from '#kernel';
import type { FormField } from './form-fields';
import type { DateField, Query } from './query';
import { dateField } from './query';

/*
 * What somebody gave on a form: read from the flat names a form or an address has (`members/0/personId`), kept as it was
 * typed so that it can be shown again, and turned into what the command takes.
 */

/** A field and what was given in it. `at` is its path, which is the fault's pointer without the first stroke. */
export type Entry = { readonly field: FormField; readonly at: string } & (
  | { readonly is: 'one'; readonly text: string }
  | { readonly is: 'several'; readonly chosen: readonly string[] }
  | { readonly is: 'day'; readonly day: DateField }
  | { readonly is: 'record'; readonly entries: readonly Entry[] }
  | { readonly is: 'list'; readonly rows: readonly (readonly Entry[])[] }
);

/** What somebody asks of a form instead of recording: one row more, or one fewer. */
export interface Change {
  readonly add?: string;
  readonly remove?: string;
  /** Or what there is to choose from, now that it is known of what. */
  readonly show?: true;
}

interface Reading {
  readonly given: Query;
  readonly change: Change;
}

/** The fields as given. Rows in which nothing was given are dropped, unless somebody is still adding rows. */
export function entriesFrom(
  fields: readonly FormField[],
  given: Query,
  change: Change = {},
): readonly Entry[] {
  return entriesIn(fields, { given, change }, '', '');
}

/** `from` is the path in what was given, `at` the path it has now: rows before it may have gone. */
function entriesIn(
  fields: readonly FormField[],
  reading: Reading,
  from: string,
  at: string,
): readonly Entry[] {
  return fields.map((field) =>
    entryFrom(field, reading, `${from}${field.name}`, `${at}${field.name}`),
  );
}

/** No date on a form is too late for a form; whether it is for the command, the command says. */
const LATEST = '9999-12-31';

function entryFrom(field: FormField, reading: Reading, from: string, at: string): Entry {
  const { control } = field;
  const { given } = reading;
  if (control.is === 'day') return { field, at, is: 'day', day: dateField(given, from, LATEST) };
  if (control.is === 'choices') return { field, at, is: 'several', chosen: textsIn(given[from]) };
  if (control.is === 'record')
    return {
      ...{ field, at, is: 'record' },
      entries: entriesIn(control.fields, reading, `${from}/`, `${at}/`),
    };
  if (control.is !== 'list')
    return { field, at, is: 'one', text: typedIn(control, textsIn(given[from])) };
  const kept = rowsKept(field, control, reading, from);
  const rows = kept.map((row, i) =>
    entriesIn(control.fields, reading, `${from}/${row}/`, `${at}/${i}/`),
  );
  return { field, at, is: 'list', rows };
}

/** A link may name several in one field, where each has its line. */
const typedIn = ({ is }: FormField['control'], texts: readonly string[]): string =>
  ((is === 'lines' ? texts.join('\n') : texts[0]) ?? '').replaceAll('\r\n', '\n');

const textsIn = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string');

/** Which rows of a list there are, by the numbers they had. */
function rowsKept(
  field: FormField,
  { fields, least, most }: { fields: readonly FormField[]; least: number; most: number },
  reading: Reading,
  from: string,
): readonly number[] {
  const { given, change } = reading;
  const numbered = Object.keys(given)
    .filter((name) => name.startsWith(`${from}/`))
    .map((name) => Number(name.slice(from.length + 1).split('/', 1)[0]));
  const counted = Number(textsIn(given[`${from}/rows`])[0] ?? 0);
  const count = Math.min(
    Math.max(0, counted || 0, ...numbered.filter(isRow).map((n) => n + 1)),
    most,
  );
  const all = [...Array(count).keys()].filter((row) => change.remove !== `${from}/${row}`);
  const adding = Object.keys(change).length > 0;
  const full = adding
    ? all
    : all.filter((row) => !entriesIn(fields, reading, `${from}/${row}/`, '').every(isBlank));
  // A number beyond all that were given: a row with nothing in it.
  if (change.add === from && full.length < most) return [...full, count];
  return full.length === 0 && least > 0 && !field.optional ? [count] : full;
}

const isRow = (n: number): boolean => Number.isInteger(n) && n >= 0 && n < 1000;

/** Nothing was given in it. */
export function isBlank(entry: Entry): boolean {
  switch (entry.is) {
    case 'one':
      return entry.text.trim() === '';
    case 'several':
      return entry.chosen.length === 0;
    case 'day':
      return [entry.day.day, entry.day.month, entry.day.year].every((part) => part === '');
    case 'record':
      return entry.entries.every(isBlank);
    case 'list':
      return entry.rows.every((row) => row.every(isBlank));
  }
}

/** What is typed where schools are named, one text each. */
export function schoolsNamed(entries: readonly Entry[]): readonly string[] {
  return entries.flatMap((entry) => {
    if (entry.is === 'record') return schoolsNamed(entry.entries);
    if (entry.is === 'list') return entry.rows.flatMap(schoolsNamed);
    const { control } = entry.field;
    if (entry.is !== 'one' || !namesSchools(control)) return [];
    return linesOf(entry.text);
  });
}

export const namesSchools = (control: FormField['control']): boolean =>
  control.is === 'school' || (control.is === 'lines' && control.kind === 'schools');

export const linesOf = (text: string): readonly string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** What a command is made with besides what was typed. */
export interface Known {
  /** The id of the school known by a URN or an id; undefined: none is. */
  readonly schoolId: (called: string) => string | undefined;
  /** The name of this form's request, which what begins with it has its identity from. */
  readonly key: string;
}

/** The command's fields, as the API would have them as JSON. What cannot be read stays as it was typed, for the command to refuse. */
export function commandOf(entries: readonly Entry[], known: Known): Readonly<Record<string, Json>> {
  const given = entries.map((entry) => [entry.field.name, valueOf(entry, known)] as const);
  return Object.fromEntries(given.filter((one): one is [string, Json] => one[1] !== undefined));
}

function valueOf(entry: Entry, known: Known): Json | undefined {
  const { optional, control } = entry.field;
  if (control.is === 'begun') return derivedId(`${entry.at} ${known.key}`, BEGUN);
  if (optional && isBlank(entry)) return undefined;
  switch (entry.is) {
    case 'one':
      return oneValue(entry.field, entry.text, known);
    case 'several':
      return entry.chosen;
    case 'day':
      return dayValue(entry.day);
    case 'record':
      return commandOf(entry.entries, known);
    case 'list':
      return entry.rows.filter((row) => !row.every(isBlank)).map((row) => commandOf(row, known));
  }
}

/** Namespace of the ids of what begins with a form. */
const BEGUN = '0d1f7e52-6c5b-5f0e-9a47-3b8f5c6a2e91';

function dayValue({ day, month, year, value }: DateField): string | undefined {
  const typed = [year, month, day].filter((part) => part !== '').join('-');
  return value ?? (typed === '' ? undefined : typed);
}

function oneValue({ control }: FormField, typed: string, known: Known): Json | undefined {
  const text = typed.trim();
  if (control.is === 'lines')
    return linesOf(text).map((line) =>
      control.kind === 'schools' ? (known.schoolId(line) ?? line) : line,
    );
  if (text === '') return undefined;
  if (control.is === 'school') return known.schoolId(text) ?? text;
  if (control.is === 'number') return /^-?\d{1,15}(\.\d{1,10})?$/.test(text) ? Number(text) : text;
  if (control.is === 'flag') return text === 'yes' ? true : text === 'no' ? false : text;
  if (control.is === 'choice') return control.words.find((word) => word === text) ?? text;
  return text;
}
