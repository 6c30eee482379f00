/*
 * Counts of schools that may be published: in a line for the whole county, and in tables that break the county down by rows
 * whose totals anybody can count in the national register.
 *
 * What holds, whatever the counts are: whoever knows every figure shown, the total of every row and of the county, and that
 * counts are whole and not below nought, finds for each count from 1 to 4 at least one more value that fits all they know,
 * across the county's line and all its tables at once.
 *
 * What does not hold: that nothing can be guessed. Whoever knows more (which schools were in a category the year before; the
 * category of some of the schools in a row) can narrow a figure down as they could without the table.
 */

/** The smallest count shown, nought aside: "counts per category with small-number suppression" [I domain dossier, 5.5]. */
export const LEAST_SHOWN = 5;

/** By row, then by column. */
export type Counted = readonly (readonly number[])[];
/** The same, saying of each figure whether it is hidden. */
export type Hiding = readonly (readonly boolean[])[];

export interface Hidden {
  readonly county: readonly boolean[];
  readonly tables: readonly Hiding[];
}

const isSmall = (count: number): boolean => 0 < count && count < LEAST_SHOWN;
const sum = (of: readonly number[]): number => of.reduce((all, one) => all + one, 0);

/** Columns hide each other in pairs, whatever they hold: which one was small is not told by which one is hidden too. */
const partnerOf = (column: number): number => column ^ 1;

/**
 * Which figures are hidden of a county broken down by each of these tables, all of the same columns, an even number of
 * them. Undefined: nothing can be published, because the county has fewer than five schools or all of them stand in one
 * column, so that each row's total would be a figure by itself.
 */
export function hiddenIn(tables: readonly Counted[]): Hidden | undefined {
  const county = columnsOf(tables[0] ?? []);
  if (sum(county) < LEAST_SHOWN || county.filter((count) => count > 0).length < 2) return undefined;
  const hidden = county.map(
    (count, column) => isSmall(count) || isSmall(county[partnerOf(column)] ?? 0),
  );
  return { county: hidden, tables: tables.map((table) => hiddenInTable(table, county)) };
}

const columnsOf = (table: Counted): readonly number[] =>
  (table[0] ?? []).map((_, column) => sum(table.map((row) => row[column] ?? 0)));

/**
 * A row of fewer than five schools is hidden as a whole. A table with schools in one row only says what the county's line
 * says, and hides what that hides.
 */
function hiddenInTable(table: Counted, county: readonly number[]): Hiding {
  const hidden = table.map((row) => row.map((count) => isSmall(count) || isSmall(sum(row))));
  const at = (row: number, column: number): number => table[row]?.[column] ?? 0;
  const hide = (row: number, column: number): void => {
    const cells = hidden[row];
    if (cells !== undefined) cells[column] = true;
  };
  const rows = rowsBySize(table);
  // Where the county's own figure is small, a school could have been its partner's in each table alike.
  for (const [column, count] of county.entries()) {
    const row = rows.findLast((one) => at(one, column) > 0);
    if (isSmall(count) && row !== undefined) hide(row, partnerOf(column));
  }
  // Any other small figure: it and three more could be one more or one less without any total being another.
  for (const row of rows) {
    for (const column of county.keys()) {
      if (!isSmall(at(row, column))) continue;
      const swing = swingOf(row, column, { rows, columns: county.length, at, hidden });
      for (const [r, c] of swing) hide(r, c);
    }
  }
  return hidden;
}

/** The largest first: what is hidden besides is hidden where it is missed least. */
const rowsBySize = (table: Counted): readonly number[] =>
  [...table.keys()].toSorted((a, b) => sum(table[b] ?? []) - sum(table[a] ?? []) || a - b);

interface Table {
  readonly rows: readonly number[];
  readonly columns: number;
  readonly at: (row: number, column: number) => number;
  readonly hidden: Hiding;
}
type Place = readonly [row: number, column: number];

/**
 * Four figures of two rows and two columns, one of them given, of which two can be one less and two one more. There is one
 * wherever two rows and two columns of a table hold a school. The one that hides least besides; else the first.
 */
function swingOf(
  row: number,
  column: number,
  { rows, columns, at, hidden }: Table,
): readonly Place[] {
  const swings = rows
    .filter((other) => other !== row)
    .flatMap((other) =>
      // Its partner first, so that the same two columns are hidden where it can be.
      [partnerOf(column), ...Array(columns).keys()]
        .filter((partner, n, all) => partner !== column && all.indexOf(partner) === n)
        .filter(
          (partner) =>
            (at(row, column) > 0 && at(other, partner) > 0) ||
            (at(row, partner) > 0 && at(other, column) > 0),
        )
        .map((partner): readonly Place[] => [
          [row, column],
          [row, partner],
          [other, column],
          [other, partner],
        ]),
    );
  const shownBefore = (swing: readonly Place[]): number =>
    swing.filter(([r, c]) => hidden[r]?.[c] !== true).length;
  return swings.toSorted((a, b) => shownBefore(a) - shownBefore(b))[0] ?? [];
}
