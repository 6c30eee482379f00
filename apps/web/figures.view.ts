import type { DayFigures, Figure, Figures } from '#read-models';
import { LEAST_SHOWN, PUPILS_ROUNDED_TO } from '#read-models';
import { dayInWords, phasesInWords, statusesInWords } from './words';

/** As the page has them: by how much support; those without a category only where there are any. */
const columns = ['Enhancement', 'Prevention', 'Intervention', 'none'] as const;
type Column = (typeof columns)[number];

export interface FigureLine {
  readonly name: string;
  readonly all: string;
  readonly figures: readonly string[];
}
/** A piece of the bar of one day; of what is left out there is one piece, as long as the rest. */
export interface Piece {
  readonly of: Column | 'hidden';
  readonly x: number;
  readonly width: number;
}
export const BAR_LENGTH = 1000;

/** What is published, as tables and bars. */
export function figuresView(days: readonly DayFigures[]) {
  const shown = columns.filter(
    (column) => column !== 'none' || days.some(({ published }) => published?.schools.none !== 0),
  );
  const lineOf = (name: string, all: number, figures: Figures): FigureLine => ({
    ...{ name, all: inWords(all) },
    figures: shown.map((column) => inWords(figures[column])),
  });
  const named = (table: Readonly<Record<string, string>>, word: string): string =>
    table[word] ?? word;
  const published = days.flatMap(({ day, schools, pupils, published: all }) =>
    all === undefined ? [] : [{ day, schoolsInAll: schools, pupilsInAll: pupils, ...all }],
  );
  return {
    ...{ columns: shown, barLength: BAR_LENGTH, leastHidden: LEAST_SHOWN - 1 },
    roundedTo: PUPILS_ROUNDED_TO,
    schools: published.map((one) => lineOf(dayInWords(one.day), one.schoolsInAll, one.schools)),
    pupils: published.map((one) => lineOf(dayInWords(one.day), one.pupilsInAll, one.pupils)),
    bars: published.map(({ day, schoolsInAll, schools }) => ({
      day,
      sentence: sentenceOf(schoolsInAll, schools),
      pieces: piecesOf(schoolsInAll, schools),
    })),
    days: published.map(({ day, byPhase, byStatus }) => ({
      day,
      phases: byPhase.map((row) =>
        lineOf(named(phasesInWords, row.of), row.schools, row.byCategory),
      ),
      statuses: byStatus.map((row) =>
        lineOf(named(statusesInWords, row.of), row.schools, row.byCategory),
      ),
    })),
    withheld: days.flatMap((one) => (one.published === undefined ? [one.day] : [])),
  };
}

const inWords = (figure: Figure): string =>
  figure === 'hidden' ? 'left out' : figure.toLocaleString('en-GB');

/** "Of 236 schools, 172 are in Enhancement, 48 in Prevention and 16 in Intervention." */
function sentenceOf(all: number, figures: Figures): string {
  const said = columns.flatMap((column) => {
    const figure = figures[column];
    if (figure === 0 && column === 'none') return [];
    const where = column === 'none' ? 'have no category yet' : `are in ${column}`;
    return [figure === 'hidden' ? `how many ${where} is left out` : `${figure} ${where}`];
  });
  return `Of ${all} schools, ${said.slice(0, -1).join(', ')} and ${said.at(-1) ?? ''}.`;
}

function piecesOf(all: number, figures: Figures): readonly Piece[] {
  const known = columns.flatMap((column) => {
    const figure = figures[column];
    return figure === 'hidden' ? [] : [{ of: column, schools: figure }];
  });
  const rest = all - known.reduce((sum, { schools }) => sum + schools, 0);
  const pieces = [...known, { of: 'hidden' as const, schools: rest }];
  const edge = (n: number): number =>
    Math.round(
      (BAR_LENGTH * pieces.slice(0, n).reduce((sum, { schools }) => sum + schools, 0)) / all,
    );
  return pieces.map(({ of }, n) => ({ of, x: edge(n), width: edge(n + 1) - edge(n) }));
}
