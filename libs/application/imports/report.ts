import type { Readable } from 'node:stream';
import type { Position, Refusal } from '#kernel';
import type { RegisterFileKind } from '#domain';
import type { Fault } from './files/reading';

/** One file to be brought in. */
export interface ImportRequest {
  readonly kind: RegisterFileKind;
  readonly source: Readable;
  /** Base name of the file; its date is read from it where `asAt` does not say. */
  readonly fileName: string;
  /** The day the file speaks of, `YYYY-MM-DD`. */
  readonly asAt?: string;
  /** Take it although a file of a later day was taken before. */
  readonly evenIfOlder?: boolean;
  /** Say what would change, and change nothing. */
  readonly dryRun?: boolean;
}

/** What a file brought, line by line where something could not be used. */
export interface ImportReport {
  readonly imported: true;
  readonly dryRun: boolean;
  readonly kind: RegisterFileKind;
  readonly file: string;
  readonly fileDate: string;
  /** SHA-256 of the file's bytes, in hexadecimal. */
  readonly digest: string;
  readonly rowsRead: number;
  readonly rowsOfAuthority: number;
  readonly schoolsChanged: number;
  readonly eventsAppended: number;
  /** How many events of which type were recorded, or with `dryRun` would be. */
  readonly events: Readonly<Record<string, number>>;
  /** Every line, or part of one, that could not be used; all others went in. */
  readonly faults: readonly Fault[];
  readonly warnings: readonly string[];
  /** What was passed over on purpose, counted. */
  readonly leftOut: Readonly<Record<string, number>>;
  /** What a reader must have seen to see all of it. */
  readonly position: Position;
}

/** The file as a whole was not taken; nothing was written. */
export interface ImportRefused {
  readonly imported: false;
  readonly refusal: Refusal;
}

/** What one line asks for. */
export interface LineAsks {
  readonly line: number;
  readonly command: string;
  readonly data: Readonly<Record<string, unknown>> & { readonly schoolId: string };
}

/** What a file asks for, in steps: each may need what the one before it did. */
export interface ImportPlan {
  readonly steps: readonly (readonly LineAsks[])[];
  readonly faults: readonly Fault[];
  readonly warnings: readonly string[];
  readonly leftOut: Readonly<Record<string, number>>;
}
