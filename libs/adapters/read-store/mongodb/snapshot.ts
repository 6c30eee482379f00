import { StoreError } from '#kernel';
import type {
  CollectionSpec,
  Filter,
  Found,
  JsonObject,
  ListOptions,
  Position,
  Snapshot,
} from '#kernel';
import type { Db, Filter as MongoFilter } from 'mongodb';
import { passing, refuseUnlessByKey, refuseUnlessCount } from '../filtering';
import { byFieldsThenKey } from '../order';
import { declared, refused } from '../page';
import { refuseOther, type Catalogue, type Generation } from './catalogue';
import {
  BATCH,
  documentsOf,
  foundIn,
  versionsAt,
  type Documents,
  type LatestDocument,
} from './collection';
import { select, type Selection } from './selection';

type Asked = MongoFilter<LatestDocument>;

/** Does a piece of the store's work; refuses when the store is closed, and explains what goes wrong. */
export type Answer = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * Reading one generation at one position, without a transaction. A read goes in two steps, in this order: (1) the newest
 * versions that were known by then; (2) the documents that have a newer one, each as it stood then, out of the history.
 * A version goes into the history before it is superseded, and the newest only moves forward: so whatever is written
 * between the two steps, a document is found by the first, by the second, or (and then the same version) by both.
 */
export class MongoSnapshot implements Snapshot {
  constructor(
    private readonly db: Db,
    private readonly catalogue: Catalogue,
    private readonly specs: ReadonlyMap<string, CollectionSpec>,
    /** undefined: there is no such generation, and so no document. */
    private readonly generation: Generation | undefined,
    readonly position: Position,
    private readonly answer: Answer,
  ) {}

  get<T = JsonObject>(collection: CollectionSpec, key: string): Promise<Found<T> | undefined> {
    return this.answer(async () => {
      const documents = this.#documents(collection);
      if (documents === undefined) return undefined;
      const newest = await documents.latest.findOne({ _id: key });
      const found = newest === null ? [] : await this.#then(documents, newest);
      if (found.length === 0) await this.#refuseWhenDropped();
      return found[0];
    }) as Promise<Found<T> | undefined>;
  }

  list<T = JsonObject>(
    collection: CollectionSpec,
    { filter = {}, sort = {}, skip = 0, limit = Infinity, after }: ListOptions = {},
  ): Promise<readonly Found<T>[]> {
    return this.answer<readonly Found<JsonObject>[]>(async () => {
      const documents = this.#documents(collection);
      refuseUnlessCount('skip', skip);
      if (limit !== Infinity) refuseUnlessCount('limit', limit);
      if (after !== undefined) refuseUnlessByKey(sort);
      const passes = passing(filter);
      if (documents === undefined || limit === 0) return [];
      const spec = declared(this.specs, collection.name);
      const selection = behind(after, select(spec, filter, sort));
      const byServer = selection.rest === undefined && selection.order !== undefined;
      if (byServer) {
        const [page] = await Promise.all([
          this.#known(documents, selection, skip, limit),
          this.#refuseLists(documents, selection),
        ]);
        if ((await this.#changed(documents, selection)).length === 0) {
          await this.#refuseWhenDropped();
          return page;
        }
      }
      // Some documents are to be taken as they stood then: those may push others off the page, or give them room.
      const first = byServer ? skip + limit : Infinity;
      const found = await this.#united(documents, selection, passes, first);
      return found.sort(byFieldsThenKey(sort)).slice(skip, skip + limit);
    }) as Promise<readonly Found<T>[]>;
  }

  count(collection: CollectionSpec, filter: Filter = {}): Promise<number> {
    return this.answer(async () => {
      const documents = this.#documents(collection);
      const passes = passing(filter);
      if (documents === undefined) return 0;
      const selection = select(declared(this.specs, collection.name), filter, {});
      if (selection.rest === undefined) {
        const count = await documents.latest.countDocuments(this.#asked(selection));
        if ((await this.#changed(documents, selection)).length === 0) {
          await this.#refuseWhenDropped();
          return count;
        }
      }
      return (await this.#united(documents, selection, passes, Infinity)).length;
    });
  }

  /** A document as it stood, whose newest version is this. */
  async #then(documents: Documents, newest: LatestDocument): Promise<readonly Found<JsonObject>[]> {
    return newest.knownFrom > this.position
      ? versionsAt(documents, [newest._id], this.position)
      : foundIn(newest);
  }

  #documents(collection: CollectionSpec): Documents | undefined {
    const spec = declared(this.specs, collection.name);
    if (this.generation === undefined) return undefined;
    refuseOther(this.generation, spec);
    return documentsOf(this.db, spec.name, this.generation.id);
  }

  /** What the first step asks for. */
  #asked({ filter }: Selection): Asked {
    const known = { knownFrom: { $lte: this.position }, gone: { $ne: true } };
    return { ...filter, ...known } as unknown as Asked;
  }

  /** The first step. */
  async #known(
    { latest }: Documents,
    selection: Selection,
    skip: number,
    limit: number,
  ): Promise<Found<JsonObject>[]> {
    const cursor = latest.find(this.#asked(selection), {
      batchSize: Math.min(limit, BATCH),
      ...(limit === Infinity ? {} : { limit }),
      ...(skip === 0 ? {} : { skip }),
    });
    if (selection.order !== undefined) cursor.sort(selection.order);
    return (await cursor.toArray()).flatMap(foundIn);
  }

  /** The second step: keys of the documents that have changed since and were there then. */
  async #changed({ latest }: Documents, { fixed }: Selection): Promise<readonly string[]> {
    const later = { moved: { $gt: this.position }, since: { $lte: this.position } };
    const asked = { ...fixed, ...later } as unknown as Asked;
    const cursor = latest.find(asked, { projection: { _id: 1 }, batchSize: BATCH });
    return (await cursor.toArray()).map(({ _id }) => _id);
  }

  /** Both steps: all that pass the filter, or at least the first ones in the order of the selection. */
  async #united(
    documents: Documents,
    selection: Selection,
    passes: (body: JsonObject) => boolean,
    first: number,
  ): Promise<Found<JsonObject>[]> {
    const known = await this.#known(documents, selection, 0, first);
    const changed = await this.#changed(documents, selection);
    const then = await versionsAt(documents, changed, this.position);
    await this.#refuseWhenDropped();
    const united = new Map(known.map((found) => [found.key, found]));
    for (const found of then) united.set(found.key, found);
    return [...united.values()].filter(({ body }) => passes(body));
  }

  /** MongoDB would order lists by one of their members; no store of ours orders by a list. */
  async #refuseLists({ latest }: Documents, selection: Selection): Promise<void> {
    if (selection.unsure.length === 0) return;
    const lists = selection.unsure.map((path) => ({
      [`body.${path}`]: { $type: ['array', 'object'] },
    }));
    const asked = { $and: [this.#asked(selection), { $or: lists }] } as unknown as Asked;
    if ((await latest.findOne(asked, { projection: { _id: 1 } })) === null) return;
    throw new StoreError(
      'invalid',
      `Documents can not be sorted by ${selection.unsure.join(', ')}: there are lists or objects in it. Sort by a text, a number or a truth value.`,
    );
  }

  /** After reading: what was read of a generation that is still there was all there. */
  async #refuseWhenDropped(): Promise<void> {
    if (this.generation === undefined || (await this.catalogue.has(this.generation.id))) return;
    throw refused.dropped();
  }
}

/** The same selection, of the documents behind a key alone. */
function behind(after: string | undefined, selection: Selection): Selection {
  if (after === undefined) return selection;
  const further = { _id: { $gt: after } };
  const { filter, fixed } = selection;
  return { ...selection, filter: { ...filter, ...further }, fixed: { ...fixed, ...further } };
}
