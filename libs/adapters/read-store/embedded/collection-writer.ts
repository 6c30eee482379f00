import type { StatementSync } from 'node:sqlite';
import type { DocumentVersion } from '#kernel';
import { fixedOf, refuseChange, type VersionsOfOne } from '../page';
import type { Scalar } from '../scalar';
import type { CollectionTables } from './collection';
import type { ReadModelsFile } from './file';

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
    const fixed = fixedOf(this.tables.spec, key, versions);
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

  #keepFixed(row: CurrentRow, key: string, fixed: readonly Scalar[]): void {
    this.tables.columns.forEach((column, index) => {
      const present = row[column];
      if (present === fixed[index]) return;
      if (present !== null) refuseChange(this.tables.spec, key, index);
      // The document's end was written before anything else of it.
      this.file
        .statement(`UPDATE current_${this.tables.id} SET ${column} = ? WHERE id = ?`)
        .run(fixed[index] ?? null, row.id);
    });
  }
}

function textOf(version: DocumentVersion): string | null {
  return version.body === null ? null : JSON.stringify(version.body);
}
