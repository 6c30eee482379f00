import { capital, dayInWords } from './words';

/*
 * Tables as a page shows them: a row's first cell is its heading. What a cell says is worked out here, so that a template
 * has nothing to decide.
 */

/** Plain words; a link; or a tag, whose word says what its colour does. With something said beside it, where there is. */
export type Cell =
  | string
  | { readonly text: string; readonly href: string; readonly aside?: string }
  | { readonly name: string; readonly tag: string; readonly aside?: string }
  | { readonly text: string; readonly aside: string };

export interface Column {
  readonly name: string;
  readonly numeric?: true;
}
export interface Table {
  readonly caption: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
}

export const numeric = (name: string): Column => ({ name, numeric: true });
export const plain = (name: string): Column => ({ name });

/** A school by its name, with a link to one of its pages where it has a number. */
export const schoolCell = (
  { urn, name }: { readonly urn: string; readonly name: string },
  page = '',
): Cell => (urn === '' ? name : { text: name, href: `/schools/${urn}${page}` });

export const dayOrNone = (day: string | undefined): string =>
  day === undefined ? '–' : dayInWords(day);

/** `early-reading` → "Early reading"; `send` → "SEND". */
export function codeInWords(code: string): string {
  const words = code
    .replaceAll(/\b(send|eyfs)\b/g, (short) => short.toUpperCase())
    .replaceAll('-', ' ');
  return capital(words);
}
