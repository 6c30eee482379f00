/* The county's own work in tables: every figure a cell, every table with a caption that says what is counted. */

/** A table of figures; the first cell of a row is its name. */
export interface FiguresTable {
  readonly caption: string;
  readonly first: string;
  readonly columns: readonly string[];
  readonly rows: readonly { readonly name: string; readonly cells: readonly string[] }[];
}

export const DASH = '–';
/** 1234 as "1,234", what is not there as a dash. */
export const figure = (n: number | undefined): string =>
  n === undefined ? DASH : n.toLocaleString('en-GB').replace('-', '−');
/** 12.5 as "12.5%". */
export const share = (percent: number | undefined): string =>
  percent === undefined ? DASH : `${figure(percent)}%`;
/** A difference with its sign. */
export const signed = (n: number): string => (n > 0 ? `+${figure(n)}` : figure(n));
