/** What reading a national file gives: rows and faults in the order of the file, or one sentence why it cannot be read. */

/** Something wrong on one line; the other lines go on. */
export interface Fault {
  /** Physical line of the file, the first being 1; of a record over several lines, its first. */
  readonly line: number;
  /** Name of the column as the format spells it; absent when the whole line is at fault. */
  readonly column?: string;
  /** What stood there, at most 80 characters; never from a personal column. */
  readonly value?: string;
  /** What was wrong and what is wanted, as a phrase that goes on from the column's name. */
  readonly reason: string;
}

export type Item<Row> = { readonly row: Row } | { readonly fault: Fault };

/** Counts grow while the items are read and are whole when they are at their end. */
export interface Summary {
  /** Base name of the file, or the name given for a stream. */
  readonly file: string;
  /** The day the file speaks of, `YYYY-MM-DD`, from its name or as given. */
  readonly asAt?: string;
  /** Records below the header, blank lines not counted. */
  rowsRead: number;
  /** Those of the authority asked for (all of them when none was), faulty ones included. */
  rowsOfAuthority: number;
  faults: number;
  readonly warnings: string[];
}

/** The file as a whole cannot be used; nothing was read from it. */
export interface FileFailure {
  readonly failure: 'unreadable' | 'empty' | 'not-csv' | 'missing-columns';
  readonly sentence: string;
  readonly whatToDo: string;
}

export interface FileReading<Row> {
  readonly summary: Summary;
  /** To be read once, to its end; leaving early closes the file. */
  readonly items: AsyncIterable<Item<Row>>;
}

export interface ReadingOptions {
  /** Three-digit code of the authority whose rows are wanted; all rows when absent. */
  readonly authority?: number;
  /** Name of the file where the source is a stream. */
  readonly fileName?: string;
  /** The day the file speaks of, `YYYY-MM-DD`, where its name does not tell. */
  readonly asAt?: string;
}
