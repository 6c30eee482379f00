import {
  START,
  StoreError,
  type CollectionSpec,
  type DocumentVersion,
  type Position,
} from '#kernel';
import { isScalar, type Scalar } from './scalar';

/** Versions of one document in a page. */
export type VersionsOfOne = [DocumentVersion, ...DocumentVersion[]];

/** The versions of a page by collection and key. */
export function byDocument(
  versions: readonly DocumentVersion[],
  checkpoint: Position,
): ReadonlyMap<string, ReadonlyMap<string, VersionsOfOne>> {
  const documents = new Map<string, Map<string, VersionsOfOne>>();
  for (const version of versions) {
    const { collection, key, knownFrom } = version;
    if (key === '' || !key.isWellFormed()) {
      throw new StoreError('invalid', `A document of ${collection} has an empty or broken key.`);
    }
    if (!(knownFrom > START && knownFrom <= checkpoint)) {
      throw new StoreError(
        'invalid',
        `${collection}/${key} is known from ${knownFrom}, outside of a page up to ${checkpoint}.`,
      );
    }
    let byKey = documents.get(collection);
    if (byKey === undefined) documents.set(collection, (byKey = new Map<string, VersionsOfOne>()));
    const ofOne = byKey.get(key);
    if (ofOne === undefined) byKey.set(key, [version]);
    else ofOne.push(version);
  }
  return documents;
}

/** The values of the fixed fields, the same in all the versions; undefined when all of them end the document. */
export function fixedOf(
  spec: CollectionSpec,
  key: string,
  versions: Readonly<VersionsOfOne>,
): readonly Scalar[] | undefined {
  let found: readonly Scalar[] | undefined;
  for (const { body, knownFrom } of versions) {
    if (body === null) continue;
    const values = spec.fixed.map((field) => {
      const value = body[field];
      if (isScalar(value)) return value;
      throw new StoreError(
        'invalid',
        `${spec.name}/${key} at position ${knownFrom}: the fixed field ${field} is ` +
          `${value === undefined ? 'missing' : 'neither text nor number'}. Every version of a document has its fixed fields.`,
      );
    });
    values.forEach((value, index) => {
      if (found !== undefined && found[index] !== value) refuseChange(spec, key, index);
    });
    found = values;
  }
  return found;
}

/** Says that a fixed field does not stay as it was. */
export function refuseChange(spec: CollectionSpec, key: string, index: number): never {
  throw new StoreError(
    'invalid',
    `${spec.name}/${key}: the fixed field ${spec.fixed[index]} has another value than before. ` +
      'Fixed fields stay as they are over the life of a document; declare the collection without this one.',
  );
}

/** The collections by name; two of one name are refused. */
export function byName(
  collections: readonly CollectionSpec[],
): ReadonlyMap<string, CollectionSpec> {
  const specs = new Map<string, CollectionSpec>();
  for (const spec of collections) {
    if (specs.has(spec.name)) {
      throw new StoreError('invalid', `The collection ${spec.name} is declared twice.`);
    }
    specs.set(spec.name, spec);
  }
  return specs;
}

/** How a collection is declared; one that is not is refused. */
export function declared(specs: ReadonlyMap<string, CollectionSpec>, name: string): CollectionSpec {
  const spec = specs.get(name);
  if (spec !== undefined) return spec;
  throw new StoreError(
    'invalid',
    `There is no collection ${name} in this read store; it has ${[...specs.keys()].join(', ')}. Declare it when opening.`,
  );
}

/** Refuses a generation whose collection was made with other fixed fields (as JSON) than are declared now. */
export function refuseOtherFixed(generation: string, spec: CollectionSpec, made: string): void {
  const now = JSON.stringify(spec.fixed);
  if (made === now) return;
  throw new StoreError(
    'invalid',
    `Generation ${generation} has ${spec.name} with the fixed fields ${made}, and this version of Side by Side ` +
      `declares ${now}. Rebuild into a new generation.`,
  );
}

/** What is said of generations, by every store alike. */
export const refused = {
  unknown: (name: string) =>
    new StoreError('invalid', `There is no generation ${name} to make active. Build it first.`),
  dropActive: (name: string) =>
    new StoreError(
      'invalid',
      `Generation ${name} is the active one and can not be dropped. Make another one active first.`,
    ),
  dropped: () =>
    new StoreError('invalid', 'This generation has been dropped. Take a new snapshot.'),
  closed: () => new StoreError('closed', 'The read store has been closed.'),
} as const;
