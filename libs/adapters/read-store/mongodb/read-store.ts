import {
  NotThereYet,
  START,
  StoreError,
  type CollectionSpec,
  type DocumentVersion,
  type GenerationStatus,
  type Position,
  type ReadStore,
  type Snapshot,
} from '#kernel';
import { byDocument, byName, declared, refused } from '../page';
import { Waiters } from '../waiters';
import { Catalogue, refuseOther, type Generation } from './catalogue';
import { BATCH, documentsOf, foundIn, versionsAt } from './collection';
import { connect, type Connection, type MongoPlace } from './connection';
import { Leases, Marks } from './leases';
import { indexesMissing, migrateMongo } from './migrate';
import { PageWriter } from './page-writer';
import { MongoSnapshot } from './snapshot';

/** How often another process's writing is looked for while somebody waits, in ms: a share of what a page may be late. */
const POLL_EVERY = 15;

export interface MongoReadStoreOptions extends MongoPlace {
  /** Every collection that will be written or read. */
  readonly collections: readonly CollectionSpec[];
  /** Make missing indexes when opening, rather than only say which command makes them. Default: only say. */
  readonly migrate?: boolean;
  /** Told what a person should look at, a sentence each. */
  readonly log?: (sentence: string) => void;
}

/**
 * Opens the read store in a database of a MongoDB replica set. Throws `StoreError` with a sentence, within some seconds,
 * for an address that is wrong or does not answer, a user it does not know or who may not, a standalone server, one that
 * is too old, and read models of a newer version of this program. Missing indexes make reading slow, never wrong: they are
 * made with each generation, and what should be missing nevertheless is said.
 */
export async function openMongoReadStore(options: MongoReadStoreOptions): Promise<ReadStore> {
  const { collections, migrate = false, log = () => undefined } = options;
  const specs = byName(collections);
  if (migrate) await migrateMongo({ ...options, log });
  const connection = await connect(options);
  const catalogue = new Catalogue(connection.db, specs);
  try {
    const missing = await connection.trouble.guard(() => indexesMissing(connection, catalogue));
    if (missing.length > 0) {
      log(
        `Indexes of the read models are missing in ${options.database} (${missing.join(', ')}): lists will be slow. Run: npm run ops -- migrate`,
      );
    }
  } catch (error) {
    await connection.client.close();
    throw error;
  }
  return new MongoReadStore(connection, catalogue, specs);
}

/** The read models in MongoDB. */
class MongoReadStore implements ReadStore {
  readonly #waiters: Waiters;
  readonly #leases: Leases;
  readonly #marks: Marks;
  /** Generations this process writes; what is known of one stays so until it is dropped. */
  readonly #written = new Map<string, Generation>();
  #closed = false;

  constructor(
    private readonly connection: Connection,
    private readonly catalogue: Catalogue,
    private readonly specs: ReadonlyMap<string, CollectionSpec>,
  ) {
    this.#leases = new Leases(connection.db);
    this.#marks = new Marks(connection.db);
    this.#waiters = new Waiters(POLL_EVERY, () => this.checkpoint());
  }

  /**
   * In this order, each confirmed by a majority before the next: what is superseded goes into the history, the newest
   * versions move forward, the checkpoint moves forward. At no moment is a version anywhere out of reach, and none counts
   * before the checkpoint has come to it: no reader needs to know of a page being written, nor of one whose writer died.
   */
  writePage(
    generation: string,
    versions: readonly DocumentVersion[],
    checkpoint: Position,
  ): Promise<void> {
    return this.#answer(async () => {
      const documents = byDocument(versions, checkpoint);
      for (const name of documents.keys()) declared(this.specs, name);
      const written = await this.#ensure(generation);
      const writers = [...documents].map(([name, byKey]) => {
        const spec = declared(this.specs, name);
        refuseOther(written, spec);
        return new PageWriter(this.connection.db, spec, written.id, byKey);
      });
      await Promise.all(writers.map((writer) => writer.prepare()));
      await allOf(writers.map((writer) => writer.writePast()));
      await allOf(writers.map((writer) => writer.writeNewest()));
      if (!(await this.catalogue.advance(written.id, checkpoint))) {
        this.#written.delete(generation);
        // Writing has made the collections of the dropped generation again.
        await this.catalogue.forget(written);
        throw new StoreError(
          'invalid',
          `Generation ${generation} was dropped while a page of it was being written. Build it anew from the first event.`,
        );
      }
      void this.#waiters.look();
    });
  }

  latest(
    generation: string,
    collection: string,
    keys: readonly string[],
    at: Position,
  ): Promise<readonly (DocumentVersion | undefined)[]> {
    return this.#answer(async () => {
      const spec = declared(this.specs, collection);
      const found = this.#written.get(generation) ?? (await this.catalogue.find(generation));
      if (found === undefined) return keys.map(() => undefined);
      refuseOther(found, spec);
      const documents = documentsOf(this.connection.db, collection, found.id);
      const then = new Map<string, DocumentVersion>();
      const changed: string[] = [];
      for (let from = 0; from < keys.length; from += BATCH) {
        const asked = { _id: { $in: keys.slice(from, from + BATCH) } };
        const cursor = documents.latest.find(asked, { batchSize: BATCH });
        for (const newest of await cursor.toArray()) {
          if (newest.knownFrom > at) changed.push(newest._id);
          else for (const one of foundIn(newest)) then.set(one.key, { collection, ...one });
        }
      }
      for (const one of await versionsAt(documents, changed, at))
        then.set(one.key, { collection, ...one });
      return keys.map((key) => then.get(key));
    });
  }

  snapshot(options: { at?: Position; generation?: string } = {}): Promise<Snapshot> {
    return this.#answer(async () => {
      const generation = await this.catalogue.find(options.generation);
      const reached = generation?.checkpoint ?? START;
      const position = options.at ?? reached;
      if (position > reached) throw new NotThereYet(position, reached);
      const { db } = this.connection;
      return new MongoSnapshot(db, this.catalogue, this.specs, generation, position, (work) =>
        this.#answer(work),
      );
    });
  }

  checkpoint(generation?: string): Promise<Position> {
    return this.#answer(async () => (await this.catalogue.find(generation))?.checkpoint ?? START);
  }

  waitFor(position: Position, timeoutMs: number): Promise<boolean> {
    if (this.#closed) return Promise.reject(refused.closed());
    return this.#waiters.wait(position, timeoutMs);
  }

  generations(): Promise<readonly GenerationStatus[]> {
    return this.#answer(() => this.catalogue.all());
  }

  activate(generation: string, { notBehind = false } = {}): Promise<void> {
    return this.#answer(async () => {
      await this.catalogue.activate(generation, notBehind);
      void this.#waiters.look();
    });
  }

  drop(generation: string): Promise<void> {
    return this.#answer(async () => {
      this.#written.delete(generation);
      await this.catalogue.drop(generation);
    });
  }

  mark(name: string): Promise<Position> {
    return this.#answer(() => this.#marks.get(name));
  }

  setMark(name: string, position: Position): Promise<void> {
    return this.#answer(() => this.#marks.set(name, position));
  }

  lease(name: string, holder: string, ms: number): Promise<boolean> {
    return this.#answer(() => this.#leases.take(name, holder, ms));
  }

  release(name: string, holder: string): Promise<void> {
    return this.#answer(() => this.#leases.release(name, holder));
  }

  async close(): Promise<void> {
    this.#waiters.end();
    this.#closed = true;
    await this.connection.client.close();
  }

  async #ensure(name: string): Promise<Generation> {
    const known = this.#written.get(name);
    if (known !== undefined) return known;
    const generation = await this.catalogue.ensure(name);
    this.#written.set(name, generation);
    return generation;
  }

  #answer<T>(work: () => Promise<T>): Promise<T> {
    if (this.#closed) return Promise.reject(refused.closed());
    return this.connection.trouble.bounded(work);
  }
}

/** Waits for all, also when one fails: nothing of a page is still on its way when its fate is told. */
async function allOf(works: readonly Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(works)).find((one) => one.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}
