import {
  StoreError,
  type CollectionSpec,
  type DocumentVersion,
  type Found,
  type JsonObject,
  type Position,
} from '#kernel';
import type { ReadModelsFile } from './file';
import { columnOf, isScalar, type Scalar } from './selection';

/** A version as a row has it: the body is still text. */
export type VersionRow = {
  readonly key: string;
  readonly knownFrom: Position;
  readonly body: string;
};

/** The document of a row. */
export function foundIn(row: VersionRow): Found<JsonObject> {
  return { key: row.key, knownFrom: row.knownFrom, body: JSON.parse(row.body) as JsonObject };
}

type CurrentRow = { readonly id: number; readonly knownFrom: number };

/**
 * The documents of one collection in one generation, in two tables. `current_N` has the newest version of every
 * document, ended ones too, with a column for each fixed field. `past_N` has the versions before it, in the order they
 * were superseded. A version stands in one of the two, never in both: a document that never changes, such as a row of
 * a journey, is written once and stands in no index of the past.
 */
export class CollectionTables {
  readonly #columns: readonly string[];

  constructor(
    private readonly file: ReadModelsFile,
    readonly id: number,
    readonly spec: CollectionSpec,
  ) {
    this.#columns = spec.fixed.map((_, index) => columnOf(index));
  }

  create(): void {
    const columns = this.#columns.join(', ');
    // The columns have no type, so that SQLite keeps a text a text and a number a number.
    // The body is last: a row that is passed over is not read to its end.
    this.file.define(`
      CREATE TABLE current_${this.id}(
        id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, knownFrom INTEGER NOT NULL, ${columns && `${columns}, `}body TEXT
      );
      CREATE TABLE past_${this.id}(doc INTEGER NOT NULL, knownFrom INTEGER NOT NULL, body TEXT);
      CREATE UNIQUE INDEX past_of_${this.id} ON past_${this.id}(doc, knownFrom);
      ${columns && `CREATE INDEX fixed_of_${this.id} ON current_${this.id}(${columns});`}
    `);
  }

  drop(): void {
    this.file.define(`DROP TABLE current_${this.id}; DROP TABLE past_${this.id};`);
  }

  /** A document as it was known at a position; undefined when there was none or it had ended. */
  versionAt(key: string, at: Position): Found<JsonObject> | undefined {
    const row = this.file.statement(versionsSql(this.id, ['c.key = ?'])).get(at, key);
    return row && foundIn(row as VersionRow);
  }

  /** Writes versions of one document, at least one. Those that are there already stay as they are. */
  write(key: string, versions: readonly [DocumentVersion, ...DocumentVersion[]]): void {
    const newest = versions.reduce((a, b) => (b.knownFrom > a.knownFrom ? b : a));
    const columns = ['id', 'knownFrom', ...this.#columns].join(', ');
    const row = this.file
      .statement(`SELECT ${columns} FROM current_${this.id} WHERE key = ?`)
      .get(key) as CurrentRow | undefined;
    const fixed = this.#fixedOf(key, versions);
    let id: number;
    if (row === undefined) {
      id = this.#insert(newest, fixed);
    } else {
      id = row.id;
      this.#keepFixed(key, Object.values(row).slice(2), fixed, id);
      if (newest.knownFrom > row.knownFrom) this.#supersede(id, newest);
    }
    if (versions.length === 1 && newest.knownFrom >= (row?.knownFrom ?? 0)) return;
    const past = this.file.statement(`INSERT OR IGNORE INTO past_${this.id} VALUES (?, ?, ?)`);
    const standing = Math.max(newest.knownFrom, row?.knownFrom ?? 0);
    for (const version of versions) {
      const { knownFrom } = version;
      if (knownFrom !== standing && knownFrom !== row?.knownFrom)
        past.run(id, knownFrom, textOf(version));
    }
  }

  #insert(version: DocumentVersion, fixed: readonly Scalar[] | undefined): number {
    const places = '?, '.repeat(this.#columns.length);
    const values = fixed ?? this.#columns.map(() => null);
    const { lastInsertRowid } = this.file
      .statement(`INSERT INTO current_${this.id} VALUES (NULL, ?, ?, ${places}?)`)
      .run(version.key, version.knownFrom, ...values, textOf(version));
    return Number(lastInsertRowid);
  }

  #supersede(id: number, version: DocumentVersion): void {
    this.file
      .statement(
        `INSERT OR IGNORE INTO past_${this.id} SELECT id, knownFrom, body FROM current_${this.id} WHERE id = ?`,
      )
      .run(id);
    this.file
      .statement(`UPDATE current_${this.id} SET knownFrom = ?, body = ? WHERE id = ?`)
      .run(version.knownFrom, textOf(version), id);
  }

  /** The values of the fixed fields, the same in all the versions; undefined when all of them end the document. */
  #fixedOf(key: string, versions: readonly DocumentVersion[]): readonly Scalar[] | undefined {
    let found: readonly Scalar[] | undefined;
    for (const { body, knownFrom } of versions) {
      if (body === null) continue;
      const values = this.spec.fixed.map((field) => {
        const value = body[field];
        if (isScalar(value)) return value;
        throw new StoreError(
          'invalid',
          `${this.spec.name}/${key} at position ${knownFrom}: the fixed field ${field} is ` +
            `${value === undefined ? 'missing' : 'neither text nor number'}. Every version of a document has its fixed fields.`,
        );
      });
      if (found !== undefined) this.#refuseChange(key, found, values);
      found = values;
    }
    return found;
  }

  #keepFixed(
    key: string,
    present: readonly (Scalar | null)[],
    fixed: readonly Scalar[] | undefined,
    id: number,
  ): void {
    if (fixed === undefined || fixed.length === 0) return;
    if (present[0] !== null) {
      this.#refuseChange(key, present, fixed);
      return;
    }
    // Its end was written before anything else of it.
    const assignments = this.#columns.map((column) => `${column} = ?`).join(', ');
    this.file
      .statement(`UPDATE current_${this.id} SET ${assignments} WHERE id = ?`)
      .run(...fixed, id);
  }

  #refuseChange(key: string, before: readonly (Scalar | null)[], after: readonly Scalar[]): void {
    const changed = this.spec.fixed.find((_, index) => before[index] !== after[index]);
    if (changed === undefined) return;
    throw new StoreError(
      'invalid',
      `${this.spec.name}/${key}: the fixed field ${changed} has another value than before. ` +
        'Fixed fields stay as they are over the life of a document; declare it without this one.',
    );
  }
}

function textOf(version: DocumentVersion): string | null {
  return version.body === null ? null : JSON.stringify(version.body);
}

const VERSION = `c.key AS key, iif(c.knownFrom <= ?1, c.knownFrom, p.knownFrom) AS knownFrom,
  iif(c.knownFrom <= ?1, c.body, p.body) AS body`;

/**
 * The versions known at position `?1` of the documents for which the terms over the current table `c` hold. A document
 * whose newest version is later than that is looked up in the past by one seek; for the others the past is not touched.
 */
export function versionsSql(id: number, terms: readonly string[], columns = VERSION): string {
  return `SELECT ${columns} FROM current_${id} c
    LEFT JOIN past_${id} p ON p.rowid = CASE WHEN c.knownFrom > ?1 THEN
      (SELECT rowid FROM past_${id} WHERE doc = c.id AND knownFrom <= ?1 ORDER BY knownFrom DESC LIMIT 1) END
    WHERE ${[...terms, '(c.knownFrom <= ?1 AND c.body IS NOT NULL OR p.body IS NOT NULL)'].join(' AND ')}`;
}
