import type { StatementSync } from 'node:sqlite';
import { StoreError, type DocumentVersion } from '#kernel';
import type { CollectionTables } from './collection';
import type { ReadModelsFile } from './file';
import { isScalar, type Scalar } from './selection';

/** Versions of one document in a page. */
export type VersionsOfOne = [DocumentVersion, ...DocumentVersion[]];

/** A document in the current table: `f0`, `f1`, … are its fixed fields, null while only its end is known. */
type CurrentRow = { readonly id: number; readonly knownFrom: number } & Readonly<
  Record<string, Scalar | null>
>;

/** Writes one page's versions of one collection. Those that are there already stay as they are. */
export class CollectionWriter {
  readonly #find: StatementSync;
  readonly #insert: StatementSync;
  readonly #supersede: StatementSync;
  readonly #replace: StatementSync;
  readonly #past: StatementSync;

  constructor(
    private readonly file: ReadModelsFile,
    private readonly tables: CollectionTables,
  ) {
    const { id, columns } = tables;
    const current = `current_${id}`;
    const past = `past_${id}`;
    this.#find = file.statement(
      `SELECT ${['id', 'knownFrom', ...columns].join(', ')} FROM ${current} WHERE key = ?`,
    );
    this.#insert = file.statement(
      `INSERT INTO ${current} VALUES (NULL, ?, ?, ${'?, '.repeat(columns.length)}?)`,
    );
    this.#supersede = file.statement(
      `INSERT OR IGNORE INTO ${past} SELECT id, knownFrom, body FROM ${current} WHERE id = ?`,
    );
    this.#replace = file.statement(`UPDATE ${current} SET knownFrom = ?, body = ? WHERE id = ?`);
    this.#past = file.statement(`INSERT OR IGNORE INTO ${past} VALUES (?, ?, ?)`);
  }

  write(key: string, versions: Readonly<VersionsOfOne>): void {
    const row = this.#find.get(key) as CurrentRow | undefined;
    const fixed = this.#fixedOf(key, versions);
    const newest = versions.reduce((a, b) => (b.knownFrom > a.knownFrom ? b : a));
    const id = row === undefined ? this.#begin(newest, fixed) : this.#goOn(row, newest, fixed);
    const standing = Math.max(newest.knownFrom, row?.knownFrom ?? 0);
    for (const version of versions) {
      if (version.knownFrom === standing || version.knownFrom === row?.knownFrom) continue;
      this.#past.run(id, version.knownFrom, textOf(version));
    }
  }

  #begin(newest: DocumentVersion, fixed: readonly Scalar[] | undefined): number {
    const { key, knownFrom } = newest;
    const values = fixed ?? this.tables.columns.map(() => null);
    return Number(this.#insert.run(key, knownFrom, ...values, textOf(newest)).lastInsertRowid);
  }

  #goOn(row: CurrentRow, newest: DocumentVersion, fixed: readonly Scalar[] | undefined): number {
    if (fixed !== undefined) this.#keepFixed(row, newest.key, fixed);
    if (newest.knownFrom > row.knownFrom) {
      this.#supersede.run(row.id);
      this.#replace.run(newest.knownFrom, textOf(newest), row.id);
    }
    return row.id;
  }

  /** The values of the fixed fields, the same in all the versions; undefined when all of them end the document. */
  #fixedOf(key: string, versions: Readonly<VersionsOfOne>): readonly Scalar[] | undefined {
    let found: readonly Scalar[] | undefined;
    for (const { body, knownFrom } of versions) {
      if (body === null) continue;
      const values = this.tables.spec.fixed.map((field) => {
        const value = body[field];
        if (isScalar(value)) return value;
        throw new StoreError(
          'invalid',
          `${this.tables.spec.name}/${key} at position ${knownFrom}: the fixed field ${field} is ` +
            `${value === undefined ? 'missing' : 'neither text nor number'}. Every version of a document has its fixed fields.`,
        );
      });
      values.forEach((value, index) => {
        if (found !== undefined && found[index] !== value) this.#refuseChange(key, index);
      });
      found = values;
    }
    return found;
  }

  #keepFixed(row: CurrentRow, key: string, fixed: readonly Scalar[]): void {
    this.tables.columns.forEach((column, index) => {
      const present = row[column];
      if (present === fixed[index]) return;
      if (present !== null) this.#refuseChange(key, index);
      // The document's end was written before anything else of it.
      this.file
        .statement(`UPDATE current_${this.tables.id} SET ${column} = ? WHERE id = ?`)
        .run(fixed[index] ?? null, row.id);
    });
  }

  #refuseChange(key: string, index: number): never {
    throw new StoreError(
      'invalid',
      `${this.tables.spec.name}/${key}: the fixed field ${this.tables.spec.fixed[index]} has another value than before. ` +
        'Fixed fields stay as they are over the life of a document; declare the collection without this one.',
    );
  }
}

function textOf(version: DocumentVersion): string | null {
  return version.body === null ? null : JSON.stringify(version.body);
}
