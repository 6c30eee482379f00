import { StoreError } from '#kernel';

/** SQLite's primary result codes that a caller can be told something about: https://sqlite.org/rescode.html */
const SQLITE = { BUSY: 5, LOCKED: 6, CORRUPT: 11, FULL: 13, NOTADB: 26 } as const;

/** SQLite's extended result code for a value that a unique index has already. */
const UNIQUE_VIOLATED = 2067;

/** The extended result code of an error of `node:sqlite`; undefined for any other error. */
function resultCodeOf(error: unknown): number | undefined {
  // Not `instanceof Error`: the error may come from another realm than this module.
  return typeof error === 'object' &&
    error !== null &&
    'errcode' in error &&
    typeof error.errcode === 'number'
    ? error.errcode
    : undefined;
}

export function isUniqueViolation(error: unknown): boolean {
  return resultCodeOf(error) === UNIQUE_VIOLATED;
}

/** Another connection holds the lock. */
export function isBusy(error: unknown): boolean {
  const code = resultCodeOf(error);
  return code !== undefined && (code & 0xff) === SQLITE.BUSY;
}

/** The code of an error of the operating system, such as ENOENT; undefined for any other error. */
export function systemCodeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'syscall' in error && 'code' in error
    ? error.code
    : undefined;
}

/** What SQLite or the file system said about `file`, as an answer. Any other error is a bug and is handed back as it is. */
export function storeErrorFrom(error: unknown, file: string): unknown {
  const said =
    typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : '';
  const result = resultCodeOf(error);
  if (result !== undefined) return fromSqlite(result & 0xff, said, file, error);
  const system = systemCodeOf(error);
  if (system === undefined) return error;
  return system === 'ENOSPC' ? diskFull(file, error) : unavailable(file, said, error);
}

function fromSqlite(code: number, said: string, file: string, cause: unknown): StoreError {
  switch (code) {
    case SQLITE.FULL:
      return diskFull(file, cause);
    case SQLITE.CORRUPT:
      return damaged(file, said, cause);
    case SQLITE.NOTADB:
      return foreign(file, 'it is no SQLite file, or its first bytes were overwritten', cause);
    case SQLITE.BUSY:
    case SQLITE.LOCKED:
      return unavailable(file, 'another program holds a lock on it', cause);
    default:
      return unavailable(file, said, cause);
  }
}

const because = (cause: unknown): ErrorOptions => (cause === undefined ? {} : { cause });

export const diskFull = (file: string, cause?: unknown): StoreError =>
  new StoreError(
    'disk-full',
    `There is no room left to write ${file}. Nothing of this was stored. Free space on the disk (or raise the ` +
      'size allowed for the file) and repeat the request: the same event ids are never stored twice.',
    because(cause),
  );

export const damaged = (file: string, what: string, cause?: unknown): StoreError =>
  new StoreError(
    'damaged',
    `The event store ${file} is damaged: ${what}. Stop every process that uses it, keep the file as it is for ` +
      'whoever looks into it, and put the newest backup in its place.',
    because(cause),
  );

export const foreign = (file: string, what: string, cause?: unknown): StoreError =>
  new StoreError(
    'foreign',
    `${file} is not an event store of Side by Side: ${what}. It has not been touched. Choose another data folder, or ` +
      'put a backup of the event store in its place.',
    because(cause),
  );

export const unavailable = (file: string, what: string, cause?: unknown): StoreError =>
  new StoreError(
    'unavailable',
    `The event store ${file} cannot be used: ${what}. Check that the folder exists, that this account may read and ` +
      'write it, and that the disk is well. If an append ended like this, repeat it with the same event ids: it is ' +
      'stored once, whether or not it had reached the disk.',
    because(cause),
  );
