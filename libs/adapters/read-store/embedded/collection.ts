import type { CollectionSpec, Found, JsonObject, Position } from '#kernel';
import type { ReadModelsFile } from './file';
import { columnOf } from './selection';

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

/**
 * The documents of one collection in one generation, in two tables. `current_N` has the newest version of every
 * document, ended ones too, with a column for each fixed field. `past_N` has the versions before it, in the order they
 * were superseded. A version stands in one of the two, never in both: a document that never changes, such as a row of
 * a journey, is written once and stands in no index of the past.
 */
export class CollectionTables {
  /** The columns of the fixed fields. */
  readonly columns: readonly string[];

  constructor(
    private readonly file: ReadModelsFile,
    readonly id: number,
    readonly spec: CollectionSpec,
  ) {
    this.columns = spec.fixed.map((_, index) => columnOf(index));
  }

  create(): void {
    const columns = this.columns.join(', ');
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

  /** Documents as they were known at a position, in the order asked; undefined where there was none or it had ended. */
  versionsAt(keys: readonly string[], at: Position): readonly (Found<JsonObject> | undefined)[] {
    const statement = this.file.statement(versionsSql(this.id, ['c.key = ?']));
    return keys.map((key) => {
      const row = statement.get(at, key) as VersionRow | undefined;
      return row && foundIn(row);
    });
  }
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
