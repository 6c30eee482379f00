import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { Kafka, logLevel } from 'kafkajs';
import { migrateKafka, openKafkaPublisher, topicsOf } from '#adapters';
import type { KafkaPublisherOptions } from '#adapters';
import type { Publisher } from '#kernel';
import { audiences } from '#kernel';
import { startKafka, whyNoKafka } from '../engines/kafka';
import type { KafkaEngine, KafkaOptions } from '../engines/kafka';
import type { Heard, PublisherUnderTest } from './publisher-ground';
import { aPrefix } from './publisher-ground';

/** A Kafka for a suite, or the sentence why there is none. */
export async function kafkaFor(options: KafkaOptions = {}): Promise<KafkaEngine> {
  const why = await whyNoKafka();
  if (why !== undefined) throw new Error(why);
  return startKafka(options);
}

/** A record as a reader outside gets it. */
export interface OutsideRecord {
  readonly partition: number;
  readonly key: string;
  readonly value: string | null;
  readonly headers: Readonly<Record<string, string>>;
}

export const clientOf = (url: string): Kafka =>
  new Kafka({
    brokers: url.split(','),
    logLevel: logLevel.NOTHING,
    retry: { initialRetryTime: 100, maxRetryTime: 500, retries: 60 },
  });

/** Reads a topic from its first record to its present end, each partition in order, as any consumer may. */
export async function recordsOf(url: string, topic: string): Promise<readonly OutsideRecord[]> {
  for (;;) {
    try {
      return await readOnce(clientOf(url), topic);
    } catch (error) {
      // A broker that has just started does not know yet who looks after groups and partitions.
      if (!/COORDINATOR|GROUP_LOAD|NOT_LEADER/.test((error as { type?: string }).type ?? ''))
        throw error;
    }
  }
}

async function readOnce(kafka: Kafka, topic: string): Promise<readonly OutsideRecord[]> {
  const admin = kafka.admin();
  const consumer = kafka.consumer({ groupId: `reader-${randomUUID()}`, maxWaitTimeInMs: 50 });
  const records: OutsideRecord[] = [];
  const done = Promise.withResolvers<undefined>();
  done.promise.catch(() => undefined);
  try {
    await admin.connect();
    const due = new Map(
      (await admin.fetchTopicOffsets(topic))
        .filter(({ high, low }) => Number(high) > Number(low))
        .map(({ partition, high }) => [partition, Number(high)]),
    );
    if (due.size === 0) return records;
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    consumer.on(consumer.events.CRASH, ({ payload }) => done.reject(payload.error));
    await consumer.run({
      autoCommit: false,
      eachBatch: ({ batch: { partition, messages } }) => {
        for (const { key, value, headers = {}, offset } of messages) {
          if (!due.has(partition)) break;
          records.push({
            partition,
            key: key?.toString() ?? '',
            value: value?.toString() ?? null,
            headers: Object.fromEntries(
              Object.entries(headers).map(([name, text]) => [name, String(text)]),
            ),
          });
          if (Number(offset) + 1 >= due.get(partition)!) due.delete(partition);
        }
        if (due.size === 0) done.resolve(undefined);
        return Promise.resolve();
      },
    });
    await done.promise;
    return records;
  } finally {
    await consumer.disconnect();
    await admin.disconnect();
  }
}

/** All messages outside, each topic's partitions in their order. */
export async function heardAt(url: string, prefix: string): Promise<readonly Heard[]> {
  const heard: Heard[] = [];
  for (const audience of audiences) {
    for (const { key, value } of await recordsOf(url, topicsOf(prefix)[audience].messages))
      heard.push({ audience, key, text: value ?? '' });
  }
  return heard;
}

/** The newest record of each key, by place in its partition: what compaction leaves. */
export async function snapshotsAt(
  url: string,
  prefix: string,
): Promise<ReadonlyMap<string, string | null>> {
  const newest = new Map<string, string | null>();
  for (const audience of audiences) {
    for (const { key, value } of await recordsOf(url, topicsOf(prefix)[audience].snapshot))
      newest.set(`${audience} ${key}`, value);
  }
  return newest;
}

export const optionsFor = (url: string, topicPrefix: string): KafkaPublisherOptions => ({
  brokers: url.split(','),
  topicPrefix,
});

/** Topics of their own, and a publisher on them. */
export async function publisherOn(
  url: string,
  settings: { readonly partitions?: number; readonly compression?: 'none' | 'gzip' } = {},
): Promise<PublisherUnderTest & { readonly prefix: string }> {
  const { partitions = 3, compression = 'none' } = settings;
  const prefix = aPrefix();
  const options = { ...optionsFor(url, prefix), compression };
  await migrateKafka({ ...options, partitions });
  return {
    prefix,
    publisher: await openKafkaPublisher(options),
    another: (): Promise<Publisher> => openKafkaPublisher(options),
    heard: () => heardAt(url, prefix),
    snapshots: () => snapshotsAt(url, prefix),
    dispose: async () => {
      const admin = clientOf(url).admin();
      await admin.connect();
      const topics = Object.values(topicsOf(prefix)).flatMap((of) => [of.messages, of.snapshot]);
      await admin.deleteTopics({ topics });
      await admin.disconnect();
    },
  };
}

/** Resolves when a process of ours has said a word on its standard output. */
export async function lineFrom(
  stream: NodeJS.ReadableStream,
  wanted: (line: string) => boolean,
): Promise<void> {
  let rest = '';
  for (;;) {
    const [chunk] = (await once(stream, 'data')) as [Buffer];
    rest += chunk.toString();
    const lines = rest.split('\n');
    rest = lines.pop() ?? '';
    if (lines.some(wanted)) return;
  }
}
