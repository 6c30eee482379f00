import type { CollectionSpec } from '#kernel';
import { byName } from '../page';
import { Catalogue } from './catalogue';
import { makeIndexes, missingIndexes } from './collection';
import { connect, type Connection, type MongoPlace } from './connection';

export interface MongoMigration extends MongoPlace {
  readonly collections: readonly CollectionSpec[];
  /** Told what was made, a line each. */
  readonly log: (line: string) => void;
}

/**
 * Makes what collections and indexes are missing in the database, for every generation there is; what is there already is
 * left alone. It may take its time where there are many documents.
 * @throws StoreError when the database cannot be reached or does not let us.
 */
export async function migrateMongo({ collections, log, ...place }: MongoMigration): Promise<void> {
  const specs = byName(collections);
  const { client, db, trouble } = await connect(place, { slow: true });
  try {
    await trouble.guard(async () => {
      const generations = await new Catalogue(db, specs).generations();
      if (generations.length === 0) {
        log(`${place.database}: no read models yet; collections and indexes come with the first.`);
      }
      for (const generation of generations) {
        const before = generation.collections.map(({ name }) => name);
        const made: string[] = [];
        for (const spec of generation.collections)
          made.push(...(await makeIndexes(db, spec, generation.id)));
        const { collections: after } = await new Catalogue(db, specs).ensure(generation.name);
        const fresh = after.map(({ name }) => name).filter((name) => !before.includes(name));
        for (const index of made) log(`${generation.name}: made the index ${index}.`);
        for (const name of fresh) log(`${generation.name}: made the collection ${name}.`);
        if (made.length + fresh.length === 0) log(`${generation.name}: nothing to make.`);
      }
    });
  } finally {
    await client.close();
  }
}

/** The declared indexes that generations lack, as sentences would name them. */
export async function indexesMissing(
  { db }: Connection,
  catalogue: Catalogue,
): Promise<readonly string[]> {
  const missing: string[] = [];
  for (const generation of await catalogue.generations()) {
    const lists = await Promise.all(
      generation.collections.map(async (spec) => {
        const { latest, history } = await missingIndexes(db, spec, generation.id);
        return [...latest, ...history].map(({ name }) => `${generation.name} ${spec.name} ${name}`);
      }),
    );
    missing.push(...lists.flat());
  }
  return missing;
}
