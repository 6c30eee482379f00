import {
  type CollectionSpec,
  type Filter,
  type Found,
  type JsonObject,
  type ListOptions,
  type Position,
  type Snapshot,
} from '#kernel';
import { passing, refuseUnlessByKey, refuseUnlessCount } from '../filtering';
import { byFieldsThenKey } from '../order';
import { foundIn, versionsSql, type CollectionTables, type VersionRow } from './collection';
import type { ReadModelsFile } from './file';
import type { Generations } from './generations';
import { select, type Selection } from './selection';

/** Does a piece of the store's work and answers by a promise; refuses when the store is closed. */
export type Answer = <T>(work: () => T) => Promise<T>;

/**
 * Reading one generation at one position. Every read is one SQL statement over the versions known by then, so whatever
 * is written meanwhile, and by whom, it sees the same documents.
 */
export class GenerationSnapshot implements Snapshot {
  constructor(
    private readonly file: ReadModelsFile,
    private readonly generations: Generations,
    /** undefined: there is no such generation, and so no document. */
    private readonly generation: number | undefined,
    readonly position: Position,
    private readonly answer: Answer,
  ) {}

  get<T = JsonObject>(collection: CollectionSpec, key: string): Promise<Found<T> | undefined> {
    return this.answer(() => {
      return this.#tables(collection)?.versionsAt([key], this.position)[0];
    }) as Promise<Found<T> | undefined>;
  }

  list<T = JsonObject>(
    collection: CollectionSpec,
    options: ListOptions = {},
  ): Promise<readonly Found<T>[]> {
    return this.answer(() => {
      const tables = this.#tables(collection);
      return tables === undefined ? [] : this.#list(tables, options);
    }) as Promise<readonly Found<T>[]>;
  }

  count(collection: CollectionSpec, filter: Filter = {}): Promise<number> {
    return this.answer(() => {
      const tables = this.#tables(collection);
      if (tables === undefined) return 0;
      const selection = select(tables.spec.fixed, filter, {});
      if (selection.rest !== undefined) return this.#matching(tables, selection, Infinity).length;
      const row = this.file
        .statement(versionsSql(tables.id, selection.terms, 'count(*) AS count'))
        .get(this.position, ...selection.values) as { count: number };
      return row.count;
    });
  }

  #tables(collection: CollectionSpec): CollectionTables | undefined {
    this.generations.spec(collection.name);
    return this.generation === undefined
      ? undefined
      : this.generations.tables(this.generation, collection.name);
  }

  #list(
    tables: CollectionTables,
    { filter = {}, sort = {}, skip = 0, limit = Infinity, after }: ListOptions,
  ): readonly Found<JsonObject>[] {
    refuseUnlessCount('skip', skip);
    if (limit !== Infinity) refuseUnlessCount('limit', limit);
    if (after !== undefined) refuseUnlessByKey(sort);
    const selection = behind(after, select(tables.spec.fixed, filter, sort));
    if (selection.order === undefined) {
      return this.#matching(tables, selection, Infinity)
        .sort(byFieldsThenKey(sort))
        .slice(skip, skip + limit);
    }
    if (selection.rest !== undefined) {
      return this.#matching(tables, selection, skip + limit).slice(skip);
    }
    const rows = this.file
      .statement(pageSql(tables.id, selection))
      .all(this.position, ...selection.values, limit === Infinity ? -1 : limit, skip);
    return (rows as VersionRow[]).map(foundIn);
  }

  /** The first `wanted` documents that pass the whole filter, in the order of the selection if it has one. */
  #matching(tables: CollectionTables, selection: Selection, wanted: number): Found<JsonObject>[] {
    const passes = passing(selection.rest ?? {});
    const documents: Found<JsonObject>[] = [];
    if (wanted === 0) return documents;
    const rows = this.file
      .statement(`${versionsSql(tables.id, selection.terms)} ${ordered(selection)}`)
      .iterate(this.position, ...selection.values);
    for (const row of rows) {
      const document = foundIn(row as VersionRow);
      if (!passes(document.body)) continue;
      documents.push(document);
      if (documents.length === wanted) break;
    }
    return documents;
  }
}

/** The same selection, of the documents behind a key alone. */
function behind(after: string | undefined, selection: Selection): Selection {
  if (after === undefined) return selection;
  const { terms, values } = selection;
  return { ...selection, terms: [...terms, 'c.key > ?'], values: [...values, after] };
}

/** One page of a list that SQLite answers alone. Exported for the test that asks SQLite how it goes about it. */
export function pageSql(id: number, selection: Selection): string {
  return `${versionsSql(id, selection.terms)} ${ordered(selection)} LIMIT ? OFFSET ?`;
}

function ordered({ order }: Selection): string {
  return order === undefined ? '' : `ORDER BY ${order}`;
}
