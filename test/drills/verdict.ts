import { Kafka, logLevel } from 'kafkajs';
import { openEventStoreDb, openMongoReadStore } from '#adapters';
import { EventCodec, openDoor } from '#application';
import { aggregates } from '#domain';
import type { EventStore, Position, RecordedEvent } from '#kernel';
import { canonical, START } from '#kernel';
import { readModels } from '#read-models';
import { toMessages } from '#streams';
import type { Documents } from '../support/pure-fold';
import { digestOf, documentsIn, pureFold } from '../support/pure-fold';
import type { Acknowledged } from './load';
import type { Stack } from './stack';

/** What a drill found at its end; everything but the counts has to be 0 or true. */
export interface Verdict {
  readonly acknowledged: number;
  readonly events: number;
  /** Acknowledged, but not in the log. */
  readonly lost: number;
  /** In the log more than once. */
  readonly doubled: number;
  readonly readModelsEqualPureFold: boolean;
  readonly messages: number;
  /** Events that ought to have been told and were not. */
  readonly missing: number;
  /** Told without an event behind them. */
  readonly invented: number;
  /** Messages of one key that came before one they follow. */
  readonly outOfOrder: number;
  /** Told again, and known for what they are by their sequence and hash. */
  readonly repeats: number;
  /** Told again in other words: nobody could tell. */
  readonly unrecognisable: number;
}

export const isRight = (v: Verdict): boolean =>
  v.lost + v.doubled + v.missing + v.invented + v.outOfOrder + v.unrecognisable === 0 &&
  v.readModelsEqualPureFold;

/** Holds the log, the read models and the topics against what was acknowledged and against each other. */
export async function verdictOn(
  stack: Stack,
  acknowledged: ReadonlyMap<string, Acknowledged>,
): Promise<Verdict> {
  const { settings } = stack;
  const events = await openEventStoreDb({ url: settings['EVENTSTORE_URL'] ?? '' });
  const documents = await openMongoReadStore({
    url: settings['MONGODB_URL'] ?? '',
    database: settings['MONGODB_DATABASE'] ?? '',
    collections: readModels,
  });
  try {
    const log = await wholeLog(events);
    const end = await events.end();
    if (!(await documents.waitFor(end, 60_000)))
      throw new Error(`The read models did not come to ${end}.`);
    const snapshot = await documents.snapshot({ at: end });
    const projected = await documentsIn(snapshot, readModels);
    const folded = await pureFold(events, readModels, end);
    sayDifferences(projected, folded);
    return {
      acknowledged: acknowledged.size,
      events: log.length,
      ...inTheLog(log, acknowledged),
      readModelsEqualPureFold: digestOf(projected) === digestOf(folded),
      ...(await inTheTopics(stack, log)),
    };
  } finally {
    await documents.close();
    await events.close();
  }
}

/** Names some of the documents that are not as they should be. */
function sayDifferences(projected: Documents, folded: Documents): void {
  const names = [...new Set([...projected.keys(), ...folded.keys()])];
  const differing = names.filter(
    (name) => canonical(projected.get(name) ?? null) !== canonical(folded.get(name) ?? null),
  );
  for (const name of differing.slice(0, 5)) {
    const [is, should] = [projected, folded].map((documents) =>
      canonical(documents.get(name) ?? null).slice(0, 600),
    );
    console.error(`${name}\n  is        ${is ?? ''}\n  should be ${should ?? ''}`);
  }
  if (differing.length > 0)
    console.error(`${differing.length} of ${names.length} documents differ`);
}

async function wholeLog(events: EventStore): Promise<readonly RecordedEvent[]> {
  const all: RecordedEvent[] = [];
  let after: Position = START;
  for (let atEnd = false; !atEnd;) {
    const page = await events.readLog(after, { limit: 5000 });
    all.push(...page.events);
    ({ scannedTo: after, atEnd } = page);
  }
  return all;
}

/** Every acknowledged command made its event once, at the position that was told. */
function inTheLog(
  log: readonly RecordedEvent[],
  acknowledged: ReadonlyMap<string, Acknowledged>,
): Pick<Verdict, 'lost' | 'doubled'> {
  const positions = new Set(log.map(({ position }) => position as number));
  const heads = Map.groupBy(
    log.filter(({ type }) => type === 'HeadteacherChangeRecorded'),
    ({ data }) => `${data['schoolId'] as string} ${data['personRef'] as string}`,
  );
  let lost = 0;
  for (const { body, position, path } of acknowledged.values()) {
    const key = `${body['schoolId'] as string} ${body['personRef'] as string}`;
    const there = path.endsWith('record-head-change') ? heads.has(key) : true;
    if (!there || !positions.has(position)) lost++;
  }
  const ids = new Set(log.map(({ id }) => id));
  const doubled = [...heads.values()].filter((same) => same.length > 1).length;
  return { lost, doubled: doubled + log.length - ids.size };
}

interface Told {
  readonly id: string;
  readonly key: string;
  readonly sequence: number;
  readonly previousHash: string;
  readonly hash: string;
}

/** Reads both topics from their beginning, as a consumer who believes nothing would. */
async function inTheTopics(
  stack: Stack,
  log: readonly RecordedEvent[],
): Promise<
  Pick<Verdict, 'messages' | 'missing' | 'invented' | 'outOfOrder' | 'repeats' | 'unrecognisable'>
> {
  const codec = new EventCodec(aggregates, openDoor);
  const expected = {
    public: new Set<string>(),
    confidential: new Set<string>(),
  };
  for (const event of log)
    for (const { audience, id } of toMessages(codec.fromStore(event))) expected[audience].add(id);
  const count = {
    messages: 0,
    missing: 0,
    invented: 0,
    outOfOrder: 0,
    repeats: 0,
    unrecognisable: 0,
  };
  const prefix = stack.settings['KAFKA_TOPIC_PREFIX'] ?? '';
  for (const [audience, topic] of [
    ['public', `${prefix}.schools.v1`],
    ['confidential', `${prefix}.schools.confidential.v1`],
  ] as const) {
    const told = new Set<string>();
    const chains = new Map<string, Told[]>();
    for (const message of await everythingOn(stack, topic)) {
      count.messages++;
      let chain = chains.get(message.key);
      if (chain === undefined) chains.set(message.key, (chain = []));
      const before = chain[message.sequence - 1];
      if (before !== undefined) {
        if (before.hash === message.hash) count.repeats++;
        else count.unrecognisable++;
      } else if (
        message.sequence !== chain.length + 1 ||
        message.previousHash !== (chain.at(-1)?.hash ?? '')
      ) {
        count.outOfOrder++;
      } else chain.push(message);
      told.add(message.id);
    }
    count.missing += [...expected[audience]].filter((id) => !told.has(id)).length;
    count.invented += [...told].filter((id) => !expected[audience].has(id)).length;
  }
  return count;
}

async function everythingOn(stack: Stack, topic: string): Promise<readonly Told[]> {
  const kafka = new Kafka({
    brokers: stack.engines.kafka.url.split(','),
    logLevel: logLevel.NOTHING,
    // A broker that has just come back is still finding its groups.
    retry: { initialRetryTime: 200, maxRetryTime: 2000, retries: 60 },
  });
  const admin = kafka.admin();
  await admin.connect();
  const ends = new Map(
    (await admin.fetchTopicOffsets(topic)).map(({ partition, high }) => [partition, Number(high)]),
  );
  await admin.disconnect();
  for (const [partition, high] of ends) if (high === 0) ends.delete(partition);
  const told: Told[] = [];
  if (ends.size === 0) return told;
  const consumer = kafka.consumer({ groupId: `verdict-${process.pid}-${topic}` });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  const read = Promise.withResolvers<undefined>();
  // What it begins again after by itself is no end of it.
  consumer.on('consumer.crash', ({ payload: { error, restart } }) => {
    if (!restart) read.reject(error);
  });
  await consumer.run({
    eachMessage: ({ partition, message }) => {
      const value = JSON.parse(message.value?.toString() ?? 'null') as Record<string, string>;
      told.push({
        id: value['id'] ?? '',
        key: message.key?.toString() ?? '',
        sequence: Number(value['sequence']),
        previousHash: value['previoushash'] ?? '',
        hash: value['hash'] ?? '',
      });
      if (Number(message.offset) >= (ends.get(partition) ?? 0) - 1) ends.delete(partition);
      if (ends.size === 0) read.resolve(undefined);
      return Promise.resolve();
    },
  });
  await read.promise;
  await consumer.disconnect();
  return told;
}
