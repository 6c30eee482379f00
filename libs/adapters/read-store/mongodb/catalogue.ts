import { randomBytes } from 'node:crypto';
import type { Collection, Db, Filter } from 'mongodb';
import {
  NotThereYet,
  START,
  StoreError,
  type CollectionSpec,
  type GenerationStatus,
  type Position,
} from '#kernel';
import { refuseOtherFixed, refused } from '../page';
import { documentsOf, makeIndexes } from './collection';
import { isTaken } from './trouble';

/** Written into the catalogue; a higher one was made by a newer version of this program. */
const FORMAT = 1;

/** A generation as the catalogue has it. Its id is given once: a generation dropped and built anew is another one. */
export interface Generation {
  readonly id: string;
  readonly name: string;
  readonly checkpoint: Position;
  /** The collections that have their indexes, and which fields they were made for. */
  readonly collections: readonly CollectionSpec[];
}

interface CatalogueDocument {
  readonly _id: 'catalogue';
  readonly format: number;
  /** Id of the generation readers see. */
  readonly active?: string;
  readonly generations: readonly Generation[];
}

/**
 * Which generations there are, how far each is, and which is the active one: one document, so that all of it is read at
 * one moment, and every change of it is one atomic write that says by `matchedCount` whether it found what it expected.
 */
export class Catalogue {
  readonly #documents: Collection<CatalogueDocument>;

  constructor(
    private readonly db: Db,
    private readonly specs: ReadonlyMap<string, CollectionSpec>,
  ) {
    this.#documents = db.collection('catalogue');
  }

  /** The generation of this name, or the active one. */
  async find(name?: string): Promise<Generation | undefined> {
    const catalogue = await this.#read();
    return catalogue?.generations.find((one) =>
      name === undefined ? one.id === catalogue.active : one.name === name,
    );
  }

  async all(): Promise<readonly GenerationStatus[]> {
    const catalogue = await this.#read();
    return (catalogue?.generations ?? []).map(({ id, name, checkpoint }) => {
      return { name, checkpoint, active: id === catalogue?.active };
    });
  }

  /** Whole generations, for those who look after their collections. */
  async generations(): Promise<readonly Generation[]> {
    return (await this.#read())?.generations ?? [];
  }

  /** True while a generation has not been dropped. */
  async has(id: string): Promise<boolean> {
    const found = await this.#documents.findOne(
      { _id: 'catalogue', 'generations.id': id },
      { projection: { _id: 1 } },
    );
    return found !== null;
  }

  /** The generation of this name, made when there is none, with the indexes of all collections that are declared. */
  async ensure(name: string): Promise<Generation> {
    let found = await this.find(name);
    if (found === undefined) {
      await this.#begin(name);
      found = await this.find(name);
      if (found === undefined) throw refused.dropped();
    }
    return this.#withIndexes(found);
  }

  /** Moves the checkpoint, forwards only. False when the generation is gone. */
  async advance(id: string, checkpoint: Position): Promise<boolean> {
    const { matchedCount } = await this.#documents.updateOne(
      { _id: 'catalogue', 'generations.id': id },
      { $max: { 'generations.$.checkpoint': checkpoint } },
    );
    return matchedCount === 1;
  }

  /**
   * Switches by a write that finds the catalogue only as it was looked at: the generation is still there and, where it
   * must not be behind, the active one is still the same and has not passed it. Checkpoints only grow, so that it can not
   * have fallen behind meanwhile. Each further try means that somebody else has got on.
   */
  async activate(name: string, notBehind: boolean): Promise<void> {
    for (;;) {
      const catalogue = await this.#read();
      const next = catalogue?.generations.find((one) => one.name === name);
      if (next === undefined) throw refused.unknown(name);
      const present = catalogue?.generations.find(({ id }) => id === catalogue.active);
      const there = { generations: { $elemMatch: { id: next.id } } };
      const conditions: Filter<CatalogueDocument>[] = [there];
      if (notBehind && present !== undefined && present.id !== next.id) {
        const { checkpoint } = next;
        if (checkpoint < present.checkpoint) throw new NotThereYet(present.checkpoint, checkpoint);
        const passed = { $elemMatch: { id: present.id, checkpoint: { $lte: checkpoint } } };
        conditions.push({ active: present.id, generations: passed });
      }
      const { matchedCount } = await this.#documents.updateOne(
        { _id: 'catalogue', $and: conditions },
        { $set: { active: next.id } },
      );
      if (matchedCount === 1) return;
    }
  }

  async drop(name: string): Promise<void> {
    const generation = await this.find(name);
    if (generation === undefined) return;
    const { matchedCount } = await this.#documents.updateOne(
      { _id: 'catalogue', active: { $ne: generation.id } },
      { $pull: { generations: { id: generation.id } } },
    );
    if (matchedCount === 0) throw refused.dropActive(name);
    // Only now: a reader that finds the generation in the catalogue after reading has read what was all there.
    await this.forget(generation);
  }

  /** Removes the collections of a generation that is not in the catalogue. */
  async forget({ id, collections }: Generation): Promise<void> {
    const names = new Set([...collections.map((spec) => spec.name), ...this.specs.keys()]);
    for (const name of names) {
      const { latest, history } = documentsOf(this.db, name, id);
      await latest.drop();
      await history.drop();
    }
  }

  async #read(): Promise<CatalogueDocument | null> {
    const catalogue = await this.#documents.findOne({ _id: 'catalogue' });
    if (catalogue !== null && catalogue.format > FORMAT) {
      throw new StoreError(
        'newer-format',
        `The read models in the database ${this.db.databaseName} have format ${catalogue.format}; this version of Side by Side reads up to ${FORMAT}. ` +
          'Use the newer version, or another database: the read models are rebuilt from the events.',
      );
    }
    return catalogue;
  }

  async #begin(name: string): Promise<void> {
    const id = randomBytes(6).toString('hex');
    const generation: Generation = { id, name, checkpoint: START, collections: [] };
    try {
      await this.#documents.updateOne(
        { _id: 'catalogue', 'generations.name': { $ne: name } },
        { $push: { generations: generation }, $setOnInsert: { format: FORMAT } },
        { upsert: true },
      );
    } catch (error) {
      // The catalogue is there and the filter did not find it: somebody else has just made this generation.
      if (!isTaken(error)) throw error;
    }
  }

  async #withIndexes(generation: Generation): Promise<Generation> {
    const made = new Map(generation.collections.map((spec) => [spec.name, spec]));
    const missing = [...this.specs.values()].filter(({ name }) => !made.has(name));
    if (missing.length === 0) return generation;
    await Promise.all(missing.map((spec) => makeIndexes(this.db, spec, generation.id)));
    const entries = missing.map(({ name, fixed }) => ({ name, fixed: [...fixed] }));
    await this.#documents.updateOne(
      { _id: 'catalogue', 'generations.id': generation.id },
      { $addToSet: { 'generations.$.collections': { $each: entries } } },
    );
    return { ...generation, collections: [...generation.collections, ...entries] };
  }
}

/** The same fixed fields as when the collection was made, or a refusal. */
export function refuseOther(generation: Generation, spec: CollectionSpec): void {
  const made = generation.collections.find(({ name }) => name === spec.name);
  if (made !== undefined) refuseOtherFixed(generation.name, spec, JSON.stringify(made.fixed));
}
