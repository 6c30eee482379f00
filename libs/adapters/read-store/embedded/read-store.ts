import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
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
import { byDocument, byName, refused } from '../page';
import { Waiters } from '../waiters';
import { CollectionWriter } from './collection-writer';
import { ReadModelsFile } from './file';
import { Generations } from './generations';
import { GenerationSnapshot } from './snapshot';

export interface EmbeddedReadStoreOptions {
  /** Where `read-models.db` is or will be; made when it is missing. */
  readonly folder: string;
  /** Every collection that will be written or read. */
  readonly collections: readonly CollectionSpec[];
  /** For a second process that only reads while another one writes. */
  readonly readOnly?: boolean;
}

/**
 * Opens the read store of a data folder. Throws `StoreError` when the file there is damaged, of something else or of a
 * newer version; it is then left as it is.
 */
export function openEmbeddedReadStore(options: EmbeddedReadStoreOptions): ReadStore {
  const { folder, collections, readOnly = false } = options;
  const specs = byName(collections);
  if (!readOnly) mkdirSync(folder, { recursive: true });
  return new EmbeddedReadStore(new ReadModelsFile(join(folder, 'read-models.db'), readOnly), specs);
}

/** The read models in one SQLite file. Its work is done in this thread; each call is one short piece of it. */
class EmbeddedReadStore implements ReadStore {
  readonly #generations: Generations;
  readonly #waiters: Waiters;

  constructor(
    private readonly file: ReadModelsFile,
    specs: ReadonlyMap<string, CollectionSpec>,
  ) {
    this.#generations = new Generations(file, specs);
    this.#waiters = new Waiters(50, () =>
      file.guard(() => this.#generations.find()?.checkpoint ?? START),
    );
  }

  writePage(
    generation: string,
    versions: readonly DocumentVersion[],
    checkpoint: Position,
  ): Promise<void> {
    return this.#change(() => {
      const documents = byDocument(versions, checkpoint);
      const id = this.#generations.ensure(generation);
      for (const [collection, byKey] of documents) {
        const tables = this.#generations.ensureTables(id, collection);
        const writer = new CollectionWriter(this.file, tables);
        for (const [key, ofOne] of byKey) writer.write(key, ofOne);
      }
      this.#generations.advance(id, checkpoint);
    });
  }

  latest(
    generation: string,
    collection: string,
    keys: readonly string[],
    at: Position,
  ): Promise<readonly (DocumentVersion | undefined)[]> {
    return this.#answer(() => {
      this.#generations.spec(collection);
      const id = this.#generations.find(generation)?.id;
      const tables = id === undefined ? undefined : this.#generations.tables(id, collection);
      if (tables === undefined) return keys.map(() => undefined);
      return tables.versionsAt(keys, at).map((found) => found && { collection, ...found });
    });
  }

  snapshot(options: { at?: Position; generation?: string } = {}): Promise<Snapshot> {
    return this.#answer(() => {
      const generation = this.#generations.find(options.generation);
      const reached = generation?.checkpoint ?? START;
      const position = options.at ?? reached;
      if (position > reached) throw new NotThereYet(position, reached);
      return new GenerationSnapshot(
        this.file,
        this.#generations,
        generation?.id,
        position,
        (work) => this.#answer(work),
      );
    });
  }

  checkpoint(generation?: string): Promise<Position> {
    return this.#answer(() => this.#generations.find(generation)?.checkpoint ?? START);
  }

  waitFor(position: Position, timeoutMs: number): Promise<boolean> {
    return this.#answer(() => this.#waiters.wait(position, timeoutMs));
  }

  generations(): Promise<readonly GenerationStatus[]> {
    return this.#answer(() => this.#generations.all());
  }

  activate(generation: string, { notBehind = false } = {}): Promise<void> {
    return this.#change(() => {
      this.#generations.activate(generation, notBehind);
    });
  }

  drop(generation: string): Promise<void> {
    return this.#change(() => {
      this.#generations.drop(generation);
    });
  }

  mark(name: string): Promise<Position> {
    return this.#answer(() => {
      const row = this.file.statement('SELECT position FROM mark WHERE name = ?').get(name);
      return (row as { position: Position } | undefined)?.position ?? START;
    });
  }

  setMark(name: string, position: Position): Promise<void> {
    return this.#change(() => {
      this.file
        .statement('INSERT OR REPLACE INTO mark(name, position) VALUES (?, ?)')
        .run(name, position);
    });
  }

  lease(name: string, holder: string, ms: number): Promise<boolean> {
    return this.#change(() => {
      // The clock of the one machine all holders are on.
      const now = Date.now();
      const { changes } = this.file
        .statement(
          `INSERT INTO lease(name, holder, until) VALUES (?1, ?2, ?3)
           ON CONFLICT(name) DO UPDATE SET holder = ?2, until = ?3 WHERE holder = ?2 OR until <= ?4`,
        )
        .run(name, holder, now + ms, now);
      return Number(changes) > 0;
    });
  }

  release(name: string, holder: string): Promise<void> {
    return this.#change(() => {
      this.file.statement('DELETE FROM lease WHERE name = ? AND holder = ?').run(name, holder);
    });
  }

  close(): Promise<void> {
    this.#waiters.end();
    if (this.file.isOpen) this.file.close();
    return Promise.resolve();
  }

  /** Writes all of `work` or nothing of it, and tells those who wait. */
  #change<T>(work: () => T): Promise<T> {
    return this.#answer(() => {
      if (this.file.readOnly) {
        throw new StoreError('read-only', `${this.file.path} was opened for reading only.`);
      }
      const result = this.file.transaction(work);
      void this.#waiters.look();
      return result;
    });
  }

  #answer<T>(work: () => T | Promise<T>): Promise<T> {
    return new Promise((resolve) => {
      if (!this.file.isOpen) throw refused.closed();
      resolve(this.file.guard(work));
    });
  }
}
