import { createHash } from 'node:crypto';
import type {
  AnyReadModel,
  CollectionSpec,
  EventStore,
  JsonObject,
  Position,
  Snapshot,
} from '#kernel';
import { canonical, START } from '#kernel';
import { EventCodec, openDoor } from '#application';
import { aggregates } from '#domain';

/** Documents by `collection key`. */
export type Documents = ReadonlyMap<string, JsonObject>;

/**
 * The read models as a fold over the log and nothing else: no pages, no store, no versions. What a snapshot at the same
 * position says must be exactly this.
 */
export async function pureFold(
  events: EventStore,
  models: readonly AnyReadModel[],
  upTo: Position,
  only: (event: { readonly data: JsonObject }) => boolean = () => true,
): Promise<Documents> {
  const codec = new EventCodec(aggregates, openDoor);
  const documents = new Map<string, JsonObject>();
  let after = START;
  for (let atEnd = false; !atEnd && after < upTo;) {
    const page = await events.readLog(after, { limit: 5000 });
    for (const recorded of page.events) {
      if (recorded.position > upTo) break;
      const event = codec.fromStore(recorded);
      if (only(event)) foldOne(models, event, documents);
    }
    ({ scannedTo: after, atEnd } = page);
  }
  return documents;
}

/** One more event folded into the documents it touches. */
export function foldOne(
  models: readonly AnyReadModel[],
  event: ReturnType<EventCodec['fromStore']>,
  documents: Map<string, JsonObject>,
): void {
  for (const model of models) {
    const touch = model.touches[event.type];
    if (touch === undefined) continue;
    for (const key of touch.keys(event as never)) {
      const at = `${model.name} ${key}`;
      const after = touch.on(documents.get(at) as never, event as never, key) as
        JsonObject | undefined;
      if (after === undefined) documents.delete(at);
      else documents.set(at, after);
    }
  }
}

/** All documents a snapshot has of these collections. */
export async function documentsIn(
  snapshot: Snapshot,
  collections: readonly CollectionSpec[],
): Promise<Documents> {
  const documents = new Map<string, JsonObject>();
  for (const collection of collections) {
    for (const { key, body } of await snapshot.list(collection))
      documents.set(`${collection.name} ${key}`, body);
  }
  return documents;
}

/** One hash over all documents, whatever order they and their fields come in. */
export function digestOf(documents: Documents): string {
  const hash = createHash('sha256');
  for (const name of [...documents.keys()].sort())
    hash.update(`${name} ${canonical(documents.get(name) ?? null)}\n`);
  return hash.digest('hex');
}
