import {
  NotThereYet,
  START,
  type CollectionSpec,
  type GenerationStatus,
  type Position,
} from '#kernel';
import { declared, refuseOtherFixed, refused } from '../page';
import { CollectionTables } from './collection';
import type { ReadModelsFile } from './file';

/** A generation as the catalogue has it. */
export type GenerationRow = {
  readonly id: number;
  readonly name: string;
  readonly checkpoint: Position;
  readonly active: 0 | 1;
};

/** Which generations there are, how far each is, and where its collections stand. */
export class Generations {
  constructor(
    private readonly file: ReadModelsFile,
    private readonly specs: ReadonlyMap<string, CollectionSpec>,
  ) {}

  /** The generation of this name, or the active one. */
  find(name?: string): GenerationRow | undefined {
    const sql = `SELECT id, name, checkpoint, active FROM generation WHERE ${name === undefined ? 'active = 1' : 'name = ?'}`;
    const statement = this.file.statement(sql);
    const row = name === undefined ? statement.get() : statement.get(name);
    return row as GenerationRow | undefined;
  }

  all(): readonly GenerationStatus[] {
    const rows = this.file
      .statement('SELECT id, name, checkpoint, active FROM generation ORDER BY id')
      .all() as GenerationRow[];
    return rows.map(({ name, checkpoint, active }) => ({ name, checkpoint, active: active === 1 }));
  }

  /** The id of the generation of this name, made when there is none. */
  ensure(name: string): number {
    const found = this.find(name);
    if (found !== undefined) return found.id;
    const { lastInsertRowid } = this.file
      .statement('INSERT INTO generation(name, checkpoint) VALUES (?, ?)')
      .run(name, START);
    return Number(lastInsertRowid);
  }

  /** Moves the checkpoint, forwards only. */
  advance(id: number, checkpoint: Position): void {
    this.file
      .statement('UPDATE generation SET checkpoint = ?1 WHERE id = ?2 AND checkpoint < ?1')
      .run(checkpoint, id);
  }

  /** Within a transaction: what is compared here is what is switched. */
  activate(name: string, notBehind: boolean): void {
    const [asked, reached] = [this.find()?.checkpoint, this.find(name)?.checkpoint];
    if (notBehind && asked !== undefined && reached !== undefined && reached < asked)
      throw new NotThereYet(asked, reached);
    const known = this.file
      .statement(
        'UPDATE generation SET active = (name = ?1) WHERE EXISTS (SELECT 1 FROM generation WHERE name = ?1)',
      )
      .run(name);
    if (Number(known.changes) === 0) throw refused.unknown(name);
  }

  drop(name: string): void {
    const generation = this.find(name);
    if (generation === undefined) return;
    if (generation.active === 1) throw refused.dropActive(name);
    const rows = this.file
      .statement('SELECT id, name, fixed FROM collection WHERE generation = ?')
      .all(generation.id) as { id: number; name: string; fixed: string }[];
    for (const row of rows)
      new CollectionTables(this.file, row.id, { name: row.name, fixed: [] }).drop();
    this.file.statement('DELETE FROM collection WHERE generation = ?').run(generation.id);
    this.file.statement('DELETE FROM generation WHERE id = ?').run(generation.id);
  }

  /** How a collection is declared; one that is not is refused. */
  spec(name: string): CollectionSpec {
    return declared(this.specs, name);
  }

  /** The tables of a collection in a generation; undefined while nothing has been written to it. */
  tables(generation: number, name: string): CollectionTables | undefined {
    const spec = this.spec(name);
    const row = this.file
      .statement(
        `SELECT g.name AS generation, c.id, c.fixed FROM generation g
         LEFT JOIN collection c ON c.generation = g.id AND c.name = ? WHERE g.id = ?`,
      )
      .get(name, generation) as
      { generation: string; id: number | null; fixed: string | null } | undefined;
    if (row === undefined) throw refused.dropped();
    if (row.id === null) return undefined;
    refuseOtherFixed(row.generation, spec, row.fixed ?? '');
    return new CollectionTables(this.file, row.id, spec);
  }

  /** The same, made when they are not there yet. */
  ensureTables(generation: number, name: string): CollectionTables {
    const found = this.tables(generation, name);
    if (found !== undefined) return found;
    const spec = this.spec(name);
    const { lastInsertRowid } = this.file
      .statement('INSERT INTO collection(generation, name, fixed) VALUES (?, ?, ?)')
      .run(generation, name, JSON.stringify(spec.fixed));
    const tables = new CollectionTables(this.file, Number(lastInsertRowid), spec);
    tables.create();
    return tables;
  }
}
