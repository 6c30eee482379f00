import { Kafka, logLevel, Partitioners } from 'kafkajs';
import type { Producer, TopicMessages } from 'kafkajs';
import { migrateKafka, openKafkaPublisher, topicsOf } from '#adapters';
import { Publishing } from '#application';
import type { Audience, Batch, EventStore, Publisher } from '#kernel';
import { START } from '#kernel';
import { startKafka } from '../engines/kafka';
import { codec, makeHistory, withLog } from './ground';
import type { Done, Figure } from './measuring';
import { figureOf, timed, turnAbout } from './measuring';

const SCHOOLS = 236;
const EVENTS = 20_000;
const ROUNDS = 6;
const CONTENT = { 'content-type': 'application/cloudevents+json; charset=UTF-8' };

/**
 * The relay from an embedded log into Kafka, beside a bare idempotent producer that finds the same messages ready made and
 * sends them in batches of the same size to topics of the same kind. The relay reads, tells, chains and hashes them, and
 * keeps the end of every chain in the compacted topics as well; finding its place is not counted.
 */
export async function publishing(folder: string): Promise<readonly Figure[]> {
  await makeHistory(folder, SCHOOLS, EVENTS);
  const kafka = await startKafka();
  const brokers = kafka.url.split(',');
  let prefixes = 0;
  const topics = async (): Promise<string> => {
    const topicPrefix = `bench-${process.pid}-${++prefixes}`;
    await migrateKafka({ brokers, topicPrefix });
    return topicPrefix;
  };
  try {
    const figure = await withLog(folder, async (events) => {
      const batches = await batchesOf(events);
      const count = batches.reduce((sum, { messages }) => sum + messages.length, 0);
      return turnAbout(
        ROUNDS,
        async () => {
          const publisher = await openKafkaPublisher({ brokers, topicPrefix: await topics() });
          const done = await relayed(events, publisher);
          await publisher.close();
          return { ...done, count };
        },
        async () => bare(brokers, await topics(), batches),
      );
    });
    return [
      figureOf('Messages told to Kafka from the log', figure, {
        limit: { atLeast: 0.5 },
        events: EVENTS,
      }),
    ];
  } finally {
    await kafka.dispose();
  }
}

/** Runs the relay from the beginning to the end of the log; timed from the moment it has its place. */
async function relayed(events: EventStore, publisher: Publisher): Promise<Done> {
  const end = await events.end();
  const ending = new AbortController();
  const found = await publisher.resume();
  const relay = new Publishing(
    events,
    { ...on(publisher), resume: () => Promise.resolve(found) },
    codec,
  );
  return timed(0, () =>
    relay.follow(ending.signal, () => {
      if (relay.position >= end) ending.abort();
    }),
  );
}

/** The batches the relay makes of the log, caught where they would go out. */
async function batchesOf(events: EventStore): Promise<readonly Batch[]> {
  const batches: Batch[] = [];
  await relayed(events, {
    resume: () => Promise.resolve({ after: START, ends: [] }),
    publish: (batch) => {
      batches.push(batch);
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  });
  return batches;
}

const on = (publisher: Publisher): Publisher => ({
  resume: () => publisher.resume(),
  publish: (batch) => publisher.publish(batch),
  close: () => publisher.close(),
});

async function bare(
  brokers: readonly string[],
  prefix: string,
  batches: readonly Batch[],
): Promise<Done> {
  const producer = new Kafka({ brokers: [...brokers], logLevel: logLevel.NOTHING }).producer({
    idempotent: true,
    maxInFlightRequests: 1,
    createPartitioner: Partitioners.DefaultPartitioner,
  });
  await producer.connect();
  const ready = batches.map(({ messages }) =>
    [...Map.groupBy(messages, ({ audience }) => audience)].map(
      ([audience, some]: [Audience, Batch['messages']]) => ({
        topic: topicsOf(prefix)[audience].messages,
        messages: some.map(({ key, text }) => ({ key, value: text, headers: CONTENT })),
      }),
    ),
  );
  const count = batches.reduce((sum, { messages }) => sum + messages.length, 0);
  const done = await timed(count, () => sendAll(producer, ready));
  await producer.disconnect();
  return done;
}

async function sendAll(producer: Producer, ready: readonly TopicMessages[][]): Promise<void> {
  for (const topicMessages of ready) await producer.sendBatch({ acks: -1, topicMessages });
}
