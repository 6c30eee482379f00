import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { StatementSync } from 'node:sqlite';
import type { AnyReadModel, JsonObject } from '#kernel';
import type { ReadEvent } from '#application';

/** One version of one document, as the projector would hand it to the store. */
export interface Version {
  readonly model: AnyReadModel;
  readonly key: string;
  readonly knownFrom: number;
  readonly body: JsonObject | null;
}

/** Folds events into versions with nothing around it: what there is to write, worked out outside of the time measured. */
export class Versions {
  private readonly documents = new Map<string, JsonObject>();

  constructor(private readonly models: readonly AnyReadModel[]) {}

  of(events: readonly ReadEvent[]): readonly Version[] {
    return events.flatMap((event) => this.models.flatMap((model) => this.ofOne(model, event)));
  }

  private ofOne(model: AnyReadModel, event: ReadEvent): readonly Version[] {
    const touch = model.touches[event.type];
    if (touch === undefined) return [];
    return touch.keys(event as never).flatMap((key) => {
      const at = `${model.name} ${key}`;
      const before = touch.opens === true ? undefined : this.documents.get(at);
      const after = touch.on(before as never, event as never, key) as JsonObject | undefined;
      if (after === before) return [];
      if (after === undefined) this.documents.delete(at);
      else if (touch.opens !== true) this.documents.set(at, after);
      return [{ model, key, knownFrom: event.position, body: after ?? null }];
    });
  }
}

/** A body as it is bound; when it is made into text is what the two bare loops differ in. */
export type TextOf = (version: Version) => string | null;

interface Tables {
  readonly id: number;
  readonly fixed: readonly string[];
  readonly rowOf: Map<string, number | bigint>;
  readonly insert: StatementSync;
  readonly supersede: StatementSync;
  readonly replace: StatementSync;
  readonly past: StatementSync;
}

/**
 * A file with the tables and indexes of the embedded read store, copied from the file it wrote itself, and the fewest
 * statements that put the same rows into them: which documents are there already is known without asking the file.
 */
export class BareReadModels {
  private readonly db: DatabaseSync;
  private readonly original: DatabaseSync;
  private readonly tables = new Map<string, Tables>();
  private readonly begin: StatementSync;
  private readonly commit: StatementSync;
  private readonly checkpoint: StatementSync;

  constructor(
    private readonly generation: string,
    originalFolder: string,
    file: string,
  ) {
    this.original = new DatabaseSync(join(originalFolder, 'read-models.db'), { readOnly: true });
    this.db = new DatabaseSync(file);
    this.db.exec('PRAGMA page_size = 8192');
    this.copySchema('generation');
    this.db.exec("INSERT INTO generation(name, checkpoint) VALUES ('bare', 0)");
    this.db.exec(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 4000; PRAGMA cache_size = -32000',
    );
    this.begin = this.db.prepare('BEGIN IMMEDIATE');
    this.commit = this.db.prepare('COMMIT');
    this.checkpoint = this.db.prepare('UPDATE generation SET checkpoint = ? WHERE id = 1');
  }

  /** Makes the tables of a page's collections, which the store has made when it wrote that page. Not in the time measured. */
  prepare(versions: readonly Version[]): void {
    for (const { name, fixed } of new Set(versions.map(({ model }) => model))) {
      if (!this.tables.has(name)) this.tables.set(name, this.copyTables(name, fixed));
    }
  }

  /** Writes a page in one transaction. */
  write(versions: readonly Version[], textOf: TextOf, checkpoint: number): void {
    this.begin.run();
    for (const [name, byKey] of byDocument(versions)) {
      const tables = this.tables.get(name);
      if (tables === undefined) throw new Error(`${name} was not prepared.`);
      for (const [key, ofOne] of byKey) writeDocument(tables, key, ofOne, textOf);
    }
    this.checkpoint.run(checkpoint);
    this.commit.run();
  }

  /** Throws unless both files hold the same rows: what is compared must be the same work. */
  assertSameRows(): void {
    for (const [name, { id }] of this.tables) {
      for (const table of [`current_${id}`, `past_${id}`]) {
        const sums = `SELECT count(*) AS n, sum(knownFrom) AS k, sum(length(body)) AS b FROM ${table}`;
        const [ours, bare] = [this.original, this.db].map((db) =>
          JSON.stringify(db.prepare(sums).get()),
        );
        if (ours !== bare)
          throw new Error(`${name} (${table}): the store wrote ${ours}, the bare loop ${bare}.`);
      }
    }
  }

  close(): void {
    this.db.close();
    this.original.close();
  }

  private copyTables(name: string, fixed: readonly string[]): Tables {
    const row = this.original
      .prepare(
        'SELECT c.id AS id FROM collection c JOIN generation g ON g.id = c.generation WHERE g.name = ? AND c.name = ?',
      )
      .get(this.generation, name);
    const id = Number(row?.['id']);
    const [current, past] = [`current_${id}`, `past_${id}`];
    this.copySchema(current);
    this.copySchema(past);
    return {
      id,
      fixed,
      rowOf: new Map(),
      insert: this.db.prepare(
        `INSERT INTO ${current} VALUES (NULL, ?, ?, ${'?, '.repeat(fixed.length)}?)`,
      ),
      supersede: this.db.prepare(
        `INSERT INTO ${past} SELECT id, knownFrom, body FROM ${current} WHERE id = ?`,
      ),
      replace: this.db.prepare(`UPDATE ${current} SET knownFrom = ?, body = ? WHERE id = ?`),
      past: this.db.prepare(`INSERT INTO ${past} VALUES (?, ?, ?)`),
    };
  }

  private copySchema(table: string): void {
    const wanted = this.original.prepare(
      "SELECT sql FROM sqlite_schema WHERE tbl_name = ? AND sql IS NOT NULL ORDER BY type = 'index'",
    );
    for (const { sql } of wanted.all(table)) this.db.exec(String(sql));
  }
}

function byDocument(
  versions: readonly Version[],
): ReadonlyMap<string, ReadonlyMap<string, Version[]>> {
  const documents = new Map<string, Map<string, Version[]>>();
  for (const version of versions) {
    let byKey = documents.get(version.model.name);
    if (byKey === undefined)
      documents.set(version.model.name, (byKey = new Map<string, Version[]>()));
    const ofOne = byKey.get(version.key);
    if (ofOne === undefined) byKey.set(version.key, [version]);
    else ofOne.push(version);
  }
  return documents;
}

function writeDocument(
  tables: Tables,
  key: string,
  versions: readonly Version[],
  textOf: TextOf,
): void {
  const newest = versions[versions.length - 1];
  if (newest === undefined) return;
  let row = tables.rowOf.get(key);
  if (row === undefined) {
    const fixed = tables.fixed.map((field) => newest.body?.[field] as string | number);
    row = tables.insert.run(key, newest.knownFrom, ...fixed, textOf(newest)).lastInsertRowid;
    // A document that opens with its event is never written again.
    if (tables.fixed.length === 0) tables.rowOf.set(key, row);
  } else {
    tables.supersede.run(row);
    tables.replace.run(newest.knownFrom, textOf(newest), row);
  }
  for (let i = 0; i < versions.length - 1; i++) {
    const version = versions[i] as Version;
    tables.past.run(row, version.knownFrom, textOf(version));
  }
}
