import type { Snapshot } from '#kernel';
import type { Category } from '#domain';
import { academicYearOf, phases, statuses } from '#domain';
import { schoolsOn } from './register';
import { hiddenIn } from './small-numbers';

/*
 * What may be published of the county: how many schools and pupils in each category, on one day a year. The figures of a
 * day are those known at its end, and are never worked out anew: whoever asks today and tomorrow gets the same, so that
 * nothing can be told by comparing two answers.
 */

/** The day of the year figures are of: by then the categories of the round have taken effect [I domain dossier, 1.5]. */
const FIGURES_ON = '10-31';
/** Of how many years. */
const YEARS = 5;
/**
 * Everybody can look up how many pupils a school has; were the sum exact, it would say which schools it is of [I].
 */
export const PUPILS_ROUNDED_TO = 100;

/** In an order that puts those who hide each other side by side. */
export const figureColumns = [
  'Enhancement',
  'none',
  'Prevention',
  'Intervention',
] as const satisfies readonly (Category | 'none')[];
export type FigureColumn = (typeof figureColumns)[number];

/** A figure, or that it is left out because it, or one beside it, is too small. */
export type Figure = number | 'hidden';
export type Figures = Readonly<Record<FigureColumn, Figure>>;

export interface FigureRow {
  readonly of: string;
  /** All schools of it: anybody can count them in the national register. */
  readonly schools: number;
  readonly byCategory: Figures;
}

export interface DayFigures {
  readonly day: string;
  readonly academicYear: string;
  readonly schools: number;
  readonly pupils: number;
  /** Absent where nothing can be published: fewer than five schools, or all of them in one category. */
  readonly published?: {
    readonly schools: Figures;
    /** To the nearest hundred. */
    readonly pupils: Figures;
    readonly byPhase: readonly FigureRow[];
    readonly byStatus: readonly FigureRow[];
  };
}

/** The days whose figures are out by a day, the last first. */
export function figureDays(today: string): readonly string[] {
  const year = Number(today.slice(0, 4));
  const last = `${year}-${FIGURES_ON}` < today ? year : year - 1;
  return Array.from({ length: YEARS }, (_, n) => `${last - n}-${FIGURES_ON}`);
}

/** The figures of a day, as the snapshot knows it; undefined where it knows of no school. */
export async function figuresOn(
  snapshot: Snapshot,
  { day }: { readonly day: string },
): Promise<DayFigures | undefined> {
  const lines = (await schoolsOn(snapshot, day)).map(({ card, period }) => ({
    ...card,
    category: period?.category ?? 'none',
  }));
  if (lines.length === 0) return undefined;
  type Line = (typeof lines)[number];
  const countsOf = (of: readonly Line[]): readonly number[] =>
    figureColumns.map((column) => of.filter(({ category }) => category === column).length);
  const rowsBy = (words: readonly string[], wordOf: (line: Line) => string) =>
    words
      .map((of) => ({ of, lines: lines.filter((line) => wordOf(line) === of) }))
      .filter((row) => row.lines.length > 0)
      .map((row) => ({ of: row.of, schools: row.lines.length, counts: countsOf(row.lines) }));
  const byPhase = rowsBy(phases, ({ phase }) => phase);
  const byStatus = rowsBy(statuses, ({ status }) => status);
  const hidden = hiddenIn([byPhase, byStatus].map((rows) => rows.map(({ counts }) => counts)));
  const pupilsOf = (of: readonly Line[]): number =>
    PUPILS_ROUNDED_TO *
    Math.round(of.reduce((sum, { pupils = 0 }) => sum + pupils, 0) / PUPILS_ROUNDED_TO);
  const whole = {
    ...{ day, academicYear: academicYearOf(day) },
    ...{ schools: lines.length, pupils: pupilsOf(lines) },
  };
  if (hidden === undefined) return whole;
  const pupils = figureColumns.map((column) =>
    pupilsOf(lines.filter(({ category }) => category === column)),
  );
  const shown = (rows: typeof byPhase, table: (typeof hidden.tables)[number] | undefined) =>
    rows.map(({ of, schools, counts }, n) => ({
      ...{ of, schools },
      byCategory: figuresIn(counts, table?.[n]),
    }));
  return {
    ...whole,
    published: {
      schools: figuresIn(countsOf(lines), hidden.county),
      pupils: figuresIn(pupils, hidden.county),
      byPhase: shown(byPhase, hidden.tables[0]),
      byStatus: shown(byStatus, hidden.tables[1]),
    },
  };
}

/** What nothing was said of is hidden. */
const figuresIn = (counts: readonly number[], hidden: readonly boolean[] = []): Figures =>
  Object.fromEntries(
    figureColumns.map((column, n) => [
      column,
      hidden[n] === false ? (counts[n] ?? 'hidden') : 'hidden',
    ]),
  ) as Figures;
