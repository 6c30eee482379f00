import { performance } from 'node:perf_hooks';
import {
  EventStoreDBClient,
  excludeSystemEvents,
  jsonEvent,
  NO_STREAM,
} from '@eventstore/db-client';
import type { AnyBulkWriteOperation, Db, Document } from 'mongodb';
import { MongoClient } from 'mongodb';
import { openEventStoreDb, openMongoReadStore } from '#adapters';
import { Projector } from '#application';
import type { EventStore, Position } from '#kernel';
import { START } from '#kernel';
import { readModels } from '#read-models';
import { startEventStore } from '../engines/event-store/start';
import { startMongo } from '../engines/mongodb';
import { spread } from './appending';
import type { ToAppend } from './appending';
import type { Version } from './bare-read-models';
import { Versions } from './bare-read-models';
import { codec, toAppend } from './ground';
import { historyOf } from './history';
import type { Done, Figure } from './measuring';
import { figureOf, median, perSecond, timed, turnAbout } from './measuring';

const SCHOOLS = 236;
const WAYS = [
  { what: 'Appends to EventStoreDB, 64 at once', atOnce: 64, rounds: 15, count: 960 },
  { what: 'Appends to EventStoreDB, one at a time', atOnce: 1, rounds: 25, count: 100 },
] as const;

/** Appends of one event each through the adapter, beside the client alone appending the same events to the same server. */
export async function appendingToEventStoreDb(): Promise<readonly Figure[]> {
  const engine = await startEventStore();
  const store = await openEventStoreDb({ url: engine.url });
  const client = EventStoreDBClient.connectionString(engine.url);
  const events = spread();
  const next = (count: number): readonly ToAppend[] =>
    Array.from({ length: count }, () => events.next().value);
  const inTurns = async (
    count: number,
    atOnce: number,
    append: (one: ToAppend) => Promise<void>,
  ): Promise<Done> => {
    const wanted = next(count);
    return timed(count, async () => {
      for (let i = 0; i < count; i += atOnce)
        await Promise.all(wanted.slice(i, i + atOnce).map(append));
    });
  };
  const last = new Map<string, number>();
  const ours = async ({ stream, event }: ToAppend): Promise<void> => {
    const answer = await store.append(stream, last.get(stream) ?? 'none', [event]);
    if (!answer.appended) throw new Error(`The store refused an append: ${answer.reason}.`);
    last.set(stream, answer.revision);
  };
  const lastBare = new Map<string, bigint>();
  const bare = async ({ stream, event }: ToAppend): Promise<void> => {
    const { id, type, data, metadata } = event;
    const { nextExpectedRevision } = await client.appendToStream(
      `bare-${stream}`,
      jsonEvent({ id, type, data: data, metadata: metadata }),
      { expectedRevision: lastBare.get(stream) ?? NO_STREAM },
    );
    lastBare.set(stream, nextExpectedRevision);
  };
  const figures: Figure[] = [];
  for (const { what, atOnce, rounds, count } of WAYS) {
    const beside = await turnAbout(
      rounds,
      () => inTurns(count, atOnce, ours),
      () => inTurns(count, atOnce, bare),
    );
    figures.push(figureOf(what, beside, { limit: { atLeast: 0.8 } }));
  }
  await store.close();
  await client.dispose();
  await engine.dispose();
  return figures;
}

/** Events in a page, as the projector takes them. */
const PAGE = 500;

/**
 * The read models from EventStoreDB into MongoDB, beside a bare loop that subscribes to the same events with the client
 * alone and writes the same documents by unordered bulk, page by page, acknowledged alike. What the documents are is
 * worked out for the bare loop outside of the time measured.
 */
export async function projectingIntoMongo({
  events,
  passes,
}: {
  readonly events: number;
  readonly passes: number;
}): Promise<readonly Figure[]> {
  const [log, mongo] = [await startEventStore(), await startMongo()];
  const store = await openEventStoreDb({ url: log.url });
  await fill(store, events);
  const end = await store.end();
  const versions = await versionsByPosition(store, end);
  const client = await MongoClient.connect(mongo.url, { w: 'majority', journal: true });
  const database = `bench_${process.pid}`;
  const documents = await openMongoReadStore({
    url: mongo.url,
    database,
    collections: readModels,
  });
  const rates: { ours: number; bare: number }[] = [];
  for (let pass = 0; pass <= passes; pass++) {
    const pair = { ours: 0, bare: 0 };
    const turns = [
      async () => {
        const generation = `g${pass + 1}`;
        await documents.writePage(generation, [], START);
        const begun = performance.now();
        const stop = new AbortController();
        await new Projector(store, documents, codec, readModels, generation).follow(
          stop.signal,
          (position) => {
            if (position >= end) stop.abort();
          },
        );
        pair.ours = events / ((performance.now() - begun) / 1000);
        if (pass > 0) await documents.drop(generation);
      },
      async () => {
        const begun = performance.now();
        await bareProjection(log.url, client.db(`${database}_bare_${pass}`), versions, end);
        pair.bare = events / ((performance.now() - begun) / 1000);
        await client.db(`${database}_bare_${pass}`).dropDatabase();
      },
    ];
    for (const turn of pass % 2 === 0 ? turns : turns.toReversed()) await turn();
    // The first pass, in which code gets warm, does not count.
    if (pass > 0) rates.push(pair);
  }
  await documents.close();
  await client.close();
  await store.close();
  await log.dispose();
  await mongo.dispose();
  return [
    {
      what: 'Read models from EventStoreDB into MongoDB',
      ours: perSecond(median(rates.map(({ ours }) => ours))),
      beside: perSecond(median(rates.map(({ bare }) => bare))),
      value: median(rates.map(({ ours, bare }) => ours / bare)),
      unit: 'of bare',
      limit: { atLeast: 0.5 },
      events,
    },
  ];
}

async function fill(store: EventStore, events: number): Promise<void> {
  const last = new Map<string, Promise<unknown>>();
  for (const batch of historyOf(SCHOOLS, events)) {
    // In order for each stream, streams side by side.
    const before = last.get(batch.stream);
    const now = (async () => {
      await before;
      await store.append(batch.stream, 'any', toAppend(batch));
    })();
    last.set(batch.stream, now);
    if (last.size >= 256) {
      await Promise.all(last.values());
      last.clear();
    }
  }
  await Promise.all(last.values());
}

async function versionsByPosition(
  store: EventStore,
  end: Position,
): Promise<ReadonlyMap<number, readonly Version[]>> {
  const made = new Versions(readModels);
  const byPosition = new Map<number, readonly Version[]>();
  for (let after = START; after < end;) {
    const page = await store.readLog(after, { limit: 5000 });
    for (const recorded of page.events)
      byPosition.set(recorded.position, made.of([codec.fromStore(recorded)]));
    after = page.scannedTo;
  }
  return byPosition;
}

/** Subscribes with the client alone and writes the documents of each page: the newest of each apart from the earlier ones. */
async function bareProjection(
  url: string,
  db: Db,
  versions: ReadonlyMap<number, readonly Version[]>,
  end: Position,
): Promise<void> {
  const client = EventStoreDBClient.connectionString(url);
  const known = new Map<string, Document>();
  const subscription = client.subscribeToAll({ filter: excludeSystemEvents() });
  let page: Version[] = [];
  let count = 0;
  for await (const { event } of subscription) {
    const position = Number(event?.position.commit ?? 0n);
    const made = versions.get(position);
    if (made === undefined) continue;
    page.push(...made);
    if (++count % PAGE !== 0 && position < end) continue;
    await writeBare(db, page, known, position);
    page = [];
    if (position >= end) break;
  }
  await subscription.unsubscribe();
  await client.dispose();
}

async function writeBare(
  db: Db,
  page: readonly Version[],
  known: Map<string, Document>,
  checkpoint: number,
): Promise<void> {
  const byModel = Map.groupBy(page, ({ model }) => model.name);
  await Promise.all(
    [...byModel].map(async ([name, made]) => {
      const past: Document[] = [];
      const newest = new Map<string, Document>();
      // As bare as can be: what is not there yet is inserted, without a look.
      const fresh = new Set<string>();
      for (const { key, knownFrom, body } of made) {
        const at = `${name} ${key}`;
        const before = known.get(at);
        if (before !== undefined)
          past.push({ ...before, _id: { key, knownFrom: before['knownFrom'] as number } });
        else fresh.add(key);
        const document = { _id: key as never, knownFrom, body };
        known.set(at, document);
        newest.set(key, document);
      }
      if (past.length > 0) await db.collection(`${name}.past`).insertMany(past, { ordered: false });
      const writes = [...newest].map(([key, document]): AnyBulkWriteOperation =>
        fresh.has(key)
          ? { insertOne: { document } }
          : { replaceOne: { filter: { _id: key as never }, replacement: document } },
      );
      await db.collection(name).bulkWrite(writes, { ordered: false });
    }),
  );
  await db
    .collection('checkpoint')
    .updateOne({ _id: 'bare' as never }, { $max: { checkpoint } }, { upsert: true });
}
