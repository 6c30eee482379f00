import type { Collection, CreateIndexesOptions, Db, IndexSpecification } from 'mongodb';
import type { CollectionSpec, Found, JsonObject, Position } from '#kernel';
import { bodyIn } from './body';

/**
 * The newest version of a document, ended ones too. One that was written once (a row of a feed) has neither `since` nor
 * `moved`, stands in no index but that of its fixed fields, and has no history.
 */
export interface LatestDocument {
  /** The document's key. */
  readonly _id: string;
  readonly knownFrom: Position;
  /** Where the first version is known from, once there are several: before that there was nothing. */
  readonly since?: Position;
  /** `knownFrom` again, once there are several versions: what an index over changed documents alone is made of. */
  readonly moved?: Position;
  /** The document has ended; `body` has its fixed fields, as far as they are known. */
  readonly gone?: true;
  readonly body: JsonObject;
  readonly json?: string;
}

/** A version that was superseded. */
export interface PastVersion {
  /** Key and position in one text: MongoDB compares texts alike wherever they come from. */
  readonly _id: string;
  readonly key: string;
  readonly knownFrom: Position;
  readonly gone?: true;
  readonly body?: JsonObject;
  readonly json?: string;
}

/** The documents of one collection in one generation. A version stands in both only while it is being superseded. */
export interface Documents {
  readonly latest: Collection<LatestDocument>;
  readonly history: Collection<PastVersion>;
}

/** The two collections of MongoDB's that hold a read model in a generation. */
export function documentsOf(db: Db, name: string, generation: string): Documents {
  return {
    latest: db.collection(`${name}.latest.${generation}`),
    history: db.collection(`${name}.history.${generation}`),
  };
}

/** The id of a version in the history: 16 digits hold every position. */
export const versionId = (key: string, knownFrom: Position): string =>
  `${key}\0${String(knownFrom).padStart(16, '0')}`;

interface Index extends CreateIndexesOptions {
  readonly name: string;
  readonly key: IndexSpecification;
}

/** The indexes of a read model's two collections: declared here, made with each generation and by `migrateMongo`. */
export function indexesOf(spec: CollectionSpec): Record<keyof Documents, readonly Index[]> {
  const fixed = spec.fixed.map((field) => [`body.${field}`, 1] as const);
  return {
    latest: [
      // Backwards it is the order of a feed: newest first, ties by key.
      ...(fixed.length === 0
        ? []
        : [{ name: 'fixed', key: Object.fromEntries([...fixed, ['_id', -1]]) }]),
      // Sparse: rows that never change are not in it.
      { name: 'moved', key: { moved: 1 }, sparse: true },
    ],
    history: [{ name: 'version', key: { key: 1, knownFrom: 1 } }],
  };
}

/** Makes what indexes of a read model are missing; answers with their names. */
export async function makeIndexes(
  db: Db,
  spec: CollectionSpec,
  generation: string,
): Promise<readonly string[]> {
  const missing = await missingIndexes(db, spec, generation);
  const documents = documentsOf(db, spec.name, generation);
  for (const part of ['latest', 'history'] as const) {
    const [first, ...more] = missing[part];
    if (first !== undefined) await documents[part].createIndexes([first, ...more] as never);
  }
  return (['latest', 'history'] as const).flatMap((part) =>
    missing[part].map((index) => `${documents[part].collectionName}: ${index.name}`),
  );
}

/** The indexes that are declared and not there. */
export async function missingIndexes(
  db: Db,
  spec: CollectionSpec,
  generation: string,
): Promise<Record<keyof Documents, readonly Index[]>> {
  const documents = documentsOf(db, spec.name, generation);
  const declared = indexesOf(spec);
  const missing = async (part: keyof Documents) => {
    const there = await indexNames(db, documents[part].collectionName);
    return declared[part].filter(({ name }) => !there.has(name));
  };
  return { latest: await missing('latest'), history: await missing('history') };
}

async function indexNames(db: Db, collection: string): Promise<ReadonlySet<string>> {
  if ((await db.listCollections({ name: collection }).toArray()).length === 0) return new Set();
  return new Set((await db.collection(collection).indexes()).map(({ name }) => name ?? ''));
}

/** Documents asked for in one request. */
export const BATCH = 1000;
/** Up to here a seek for each is quicker than asking for all, whatever the history. */
const FEW = 6;
/** With more versions of a document than this, a seek for each is quicker than looking at the index entries of all. */
const MANY_VERSIONS = 64;
/** Seeks on their way at once. */
const SEEKS = 50;

/** Versions known at a position of documents that have a later one; nothing for those that had none or had ended. */
export async function versionsAt(
  documents: Documents,
  keys: readonly string[],
  at: Position,
): Promise<readonly Found<JsonObject>[]> {
  const bySeek = keys.length <= FEW || (await versionsOfOne(documents)) > MANY_VERSIONS;
  const [find, size] = bySeek ? [sought, SEEKS] : [gathered, BATCH];
  const found: PastVersion[] = [];
  for (let from = 0; from < keys.length; from += size) {
    found.push(...(await find(documents.history, keys.slice(from, from + size), at)));
  }
  return found.flatMap(foundInPast);
}

/** On the average, out of the collections' own counts: near enough to choose by. */
async function versionsOfOne({ latest, history }: Documents): Promise<number> {
  const [past, documents] = await Promise.all([
    history.estimatedDocumentCount(),
    latest.estimatedDocumentCount(),
  ]);
  return past / Math.max(documents, 1);
}

/** One step down the index for each, however long the history. */
async function sought(
  history: Documents['history'],
  keys: readonly string[],
  at: Position,
): Promise<readonly PastVersion[]> {
  const found = await Promise.all(
    keys.map((key) =>
      history.findOne({ key, knownFrom: { $lte: at } }, { sort: { knownFrom: -1 } }),
    ),
  );
  return found.filter((version) => version !== null);
}

/** First which versions, out of the index alone, then those: the bodies of others are not touched. */
async function gathered(
  history: Documents['history'],
  keys: readonly string[],
  at: Position,
): Promise<readonly PastVersion[]> {
  const newest = await history
    .aggregate<{ _id: string; knownFrom: Position }>([
      { $match: { key: { $in: keys }, knownFrom: { $lte: at } } },
      { $group: { _id: '$key', knownFrom: { $max: '$knownFrom' } } },
    ])
    .toArray();
  if (newest.length === 0) return [];
  const ids = newest.map(({ _id, knownFrom }) => versionId(_id, knownFrom));
  return history.find({ _id: { $in: ids } }, { batchSize: BATCH }).toArray();
}

/** The document of a newest version; nothing when it has ended. */
export function foundIn({
  _id: key,
  knownFrom,
  gone,
  ...stored
}: LatestDocument): Found<JsonObject>[] {
  return gone === true ? [] : [{ key, knownFrom, body: bodyIn(stored) }];
}

function foundInPast({ key, knownFrom, body, json }: PastVersion): Found<JsonObject>[] {
  if (body === undefined) return [];
  return [{ key, knownFrom, body: bodyIn(json === undefined ? { body } : { body, json }) }];
}
