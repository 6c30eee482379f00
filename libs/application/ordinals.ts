import { createHash } from 'node:crypto';
import type {
  CollectionSpec,
  EventStore,
  JsonObject,
  Position,
  ReadStore,
  Snapshot,
} from '#kernel';
import { canonical, START } from '#kernel';

/** Events and documents read at a time. */
const PAGE = 1_000;

/** For each event of a log which one it is: 1, 2, 3, … by its position. */
export type Ordinals = ReadonlyMap<number, number>;

export async function ordinalsOf(events: EventStore): Promise<Ordinals> {
  const ordinals = new Map<number, number>();
  for (let after: Position = START, atEnd = false; !atEnd;) {
    const page = await events.readLog(after, { limit: PAGE });
    for (const { position } of page.events) ordinals.set(position, ordinals.size + 1);
    ({ scannedTo: after, atEnd } = page);
  }
  return ordinals;
}

/**
 * A document with the ordinal of the event wherever it holds its position, in its key too: what read models of one history
 * have in common, whatever its store counts its places in. Throws for a position that is of no event.
 */
export function inOrdinals(
  key: string,
  body: JsonObject,
  ordinals: Ordinals,
): { readonly key: string; readonly body: JsonObject } {
  const ordinalOf = (position: number): number => {
    const ordinal = ordinals.get(position);
    if (ordinal === undefined) throw new Error(`No event of the log is at position ${position}.`);
    return ordinal;
  };
  const replaced = (value: unknown, field?: string): unknown => {
    if (field === 'position' && typeof value === 'number') return ordinalOf(value);
    if (Array.isArray(value)) return value.map((item) => replaced(item));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, of]) => [name, replaced(of, name)]),
    );
  };
  // Rows that are kept one per event have its position in their key, padded so that they sort as they happened.
  const padded = (digits: string): string => String(ordinalOf(Number(digits))).padStart(16, '0');
  return {
    key: key.replace(/(?<![\w-])\d{16}(?![\w-])/, padded),
    body: replaced(body) as JsonObject,
  };
}

/** A log and what was made of it. */
export interface Stood {
  readonly events: EventStore;
  readonly documents: ReadStore;
}

export type ReadModelsCompared =
  | {
      /** Documents of all collections, at the position the old ones had reached. */
      readonly documents: number;
      /** SHA-256 over all of them; only where they are the same. */
      readonly digest?: string;
      /** Collections that are not the same. */
      readonly differing: readonly string[];
    }
  | { readonly notYet: string };

/** Compares the read models of a history at two places, as of where the old ones have come to. */
export async function compareReadModels(
  old: Stood,
  fresh: Stood,
  collections: readonly CollectionSpec[],
): Promise<ReadModelsCompared> {
  const at = await old.documents.checkpoint();
  const there = await fresh.events.translated(at);
  const reached = await fresh.documents.checkpoint();
  if (at === START) return { notYet: 'There are no read models at the old place.' };
  if (there === undefined || reached < there) {
    return {
      notYet: `The read models at the new place have reached position ${reached} of ${there ?? 'a log they are not of'}; let its workers come up to the log and ask again.`,
    };
  }
  const [before, after] = await Promise.all([
    old.documents.snapshot({ at }),
    fresh.documents.snapshot({ at: there }),
  ]);
  const [oldOnes, freshOnes] = [await ordinalsOf(old.events), await ordinalsOf(fresh.events)];
  const whole = createHash('sha256');
  const differing: string[] = [];
  let documents = 0;
  for (const collection of collections) {
    const [one, other] = await Promise.all([
      digestOfCollection(before, collection, oldOnes),
      digestOfCollection(after, collection, freshOnes),
    ]);
    documents += one.documents;
    if (one.digest !== other.digest) differing.push(collection.name);
    whole.update(`${collection.name} ${one.digest}\n`);
  }
  return {
    documents,
    differing,
    ...(differing.length === 0 ? { digest: whole.digest('hex') } : {}),
  };
}

/** Gone through by key: a key with a padded position sorts as the one with the ordinal does. */
async function digestOfCollection(
  snapshot: Snapshot,
  collection: CollectionSpec,
  ordinals: Ordinals,
): Promise<{ readonly documents: number; readonly digest: string }> {
  const hash = createHash('sha256');
  let documents = 0;
  for (let last: string | undefined, more = true; more;) {
    const page = await snapshot.list(collection, {
      limit: PAGE,
      ...(last === undefined ? {} : { after: last }),
    });
    for (const found of page) {
      const { key, body } = inOrdinals(found.key, found.body, ordinals);
      hash.update(`${key} ${canonical(body)}\n`);
    }
    documents += page.length;
    last = page.at(-1)?.key;
    more = page.length === PAGE;
  }
  return { documents, digest: hash.digest('hex') };
}
