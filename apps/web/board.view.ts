import type { Category } from '#domain';
import { categories, supportAbove } from '#domain';
import type { Board, Counts, Flow, RegisterLine } from '#read-models';
import { categoryColumns } from '#read-models';
import { counted, dayInWords, phasesInWords, statusesInWords } from './words';

type Column = (typeof categoryColumns)[number];
const percent = (part: number, of: number): number =>
  of === 0 ? 0 : Math.round((100 * part) / of);

/** One piece of the bar: where it begins and how long it is, out of `BAR`. */
export interface Segment {
  readonly column: Column;
  readonly schools: number;
  readonly percent: number;
  readonly x: number;
  readonly width: number;
}
export const BAR = 1000;

/** The bar of schools by category: the pieces fill it exactly, and a category without schools has none. */
export function segmentsOf({ schools, counts }: Board): readonly Segment[] {
  const edges = categoryColumns.map((_, i) =>
    schools === 0 ? 0 : Math.round((BAR * sumOf(counts, categoryColumns.slice(0, i))) / schools),
  );
  return categoryColumns.map((column, i) => ({
    column,
    schools: counts[column],
    percent: percent(counts[column], schools),
    x: edges[i] ?? 0,
    width: (edges[i + 1] ?? (schools === 0 ? 0 : BAR)) - (edges[i] ?? 0),
  }));
}

const sumOf = (counts: Counts, columns: readonly Column[]): number =>
  columns.reduce((sum, column) => sum + counts[column], 0);

/** "Of 236 schools on 23 November 2026, 17 (7%) are in Intervention, 45 (19%) in Prevention and 174 (74%) in Enhancement." */
export function boardSentence({ day, schools, counts }: Board): string {
  if (schools === 0) return `No school was on record for ${dayInWords(day)}.`;
  const share = (category: Category): string =>
    `${counts[category]} (${percent(counts[category], schools)}%)`;
  const undecided =
    counts.none === 0
      ? ''
      : `; ${counts.none} ${counts.none === 1 ? 'has' : 'have'} no category yet`;
  return (
    `Of ${counted(schools, 'school')} on ${dayInWords(day)}, ` +
    `${share('Intervention')} ${counts.Intervention === 1 ? 'is' : 'are'} in Intervention, ` +
    `${share('Prevention')} in Prevention and ${share('Enhancement')} in Enhancement${undecided}.`
  );
}

export interface CountRow {
  readonly name: string;
  readonly counts: Counts;
  readonly total: number;
}
const countRow = (name: string, counts: Counts): CountRow => ({
  name,
  counts,
  total: sumOf(counts, categoryColumns),
});

/** Tables by status and by phase; a phase the county has no school of is left out. */
export function tablesOf({ byStatus, byPhase }: Board): {
  status: readonly CountRow[];
  phase: readonly CountRow[];
} {
  const named = (table: Readonly<Record<string, string>>, word: string): string =>
    table[word] ?? word;
  return {
    status: byStatus.map(({ status, counts }) => countRow(named(statusesInWords, status), counts)),
    phase: byPhase
      .map(({ phase, counts }) => countRow(named(phasesInWords, phase), counts))
      .filter(({ total }) => total > 0),
  };
}

/** The flow in a sentence: how many moved to more support, how many to less, how many stayed. */
export function flowSentence({ from, to, rows, came, went }: Flow): string {
  const moves = rows.flatMap(({ category, to: counts }) =>
    categories.map((now) => ({ was: category, now, schools: counts[now] })),
  );
  const sum = (of: (was: Category, now: Category) => boolean): number =>
    moves.reduce(
      (total, { was, now, schools }) => (was !== 'none' && of(was, now) ? total + schools : total),
      0,
    );
  const more = sum((was, now) => supportAbove(now, was) > 0);
  const less = sum((was, now) => supportAbove(now, was) < 0);
  const same = sum((was, now) => was === now);
  const others = [
    ...(came === 0 ? [] : [`${counted(came, 'school was', 'schools were')} new`]),
    ...(went === 0 ? [] : [`${counted(went, 'school was', 'schools were')} no longer open`]),
  ];
  return (
    `Between ${dayInWords(from)} and ${dayInWords(to)}, ${counted(more, 'school')} moved to more support, ` +
    `${less.toLocaleString('en-GB')} moved to less, and ${same.toLocaleString('en-GB')} stayed where they were.` +
    (others.length === 0 ? '' : ` ${others.join(', and ')}.`)
  );
}

/** The columns of the flow that hold a school; the three categories always. */
export function flowColumns({ rows }: Flow): readonly Column[] {
  return categoryColumns.filter(
    (column) =>
      column !== 'none' ||
      rows.some(
        ({ category, to }) =>
          to.none > 0 || (category === 'none' && sumOf(to, categoryColumns) > 0),
      ),
  );
}

export interface SchoolSearch {
  readonly q?: string;
  readonly category?: string;
  readonly phase?: string;
  readonly status?: string;
  /** The school that has or had the URN in `q`, where it is one. */
  readonly holderOfUrn?: string | undefined;
}

/** The lines of the register that were asked for. */
export function found(
  lines: readonly RegisterLine[],
  search: SchoolSearch,
): readonly RegisterLine[] {
  const q = search.q?.toLowerCase();
  return lines.filter(
    ({ school, category = 'none' }) =>
      (q === undefined ||
        school.name.toLowerCase().includes(q) ||
        school.schoolId === search.holderOfUrn) &&
      (search.category === undefined || category === search.category) &&
      (search.phase === undefined || school.phase === search.phase) &&
      (search.status === undefined || school.status === search.status),
  );
}
