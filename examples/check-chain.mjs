/**
 * Reads a topic from its beginning to its end and proves that nothing in it is missing, altered or out of order, or
 * names the first message of which that cannot be said.
 *
 *   node examples/check-chain.mjs BROKERS TOPIC [--snapshot TOPIC] [--truncated]
 *
 * --snapshot   compares the ends too, so that a last message that is missing is found
 * --truncated  the topic has let go of old messages: each key begins with the first one met
 *
 * KAFKA_USERNAME, KAFKA_PASSWORD, KAFKA_MECHANISM (plain) and KAFKA_SSL (true) are taken from the environment.
 * Ends with 0 when all is well, 1 when it is not, 2 when the topic cannot be read.
 */
import { createHash, randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { Kafka, logLevel } from 'kafkajs';
import { begin, findings, follow, sentence } from './chain.mjs';

const { positionals, values: options } = parseArgs({
  allowPositionals: true,
  options: { snapshot: { type: 'string' }, truncated: { type: 'boolean', default: false } },
});
const [brokers, topic] = positionals;
if (brokers === undefined || topic === undefined) {
  console.error('Say where: node examples/check-chain.mjs BROKERS TOPIC [--snapshot TOPIC]');
  process.exit(2);
}

const { KAFKA_USERNAME: username, KAFKA_PASSWORD: password, KAFKA_MECHANISM } = process.env;
const kafka = new Kafka({
  clientId: 'check-chain',
  brokers: brokers.split(','),
  logLevel: logLevel.NOTHING,
  ssl: process.env.KAFKA_SSL === 'true',
  ...(username ? { sasl: { mechanism: KAFKA_MECHANISM ?? 'plain', username, password } } : {}),
});
const sha256 = (text) => createHash('sha256').update(text).digest('hex');

/** Hands over every record that was in the topic when it was begun, each partition in its order. */
async function readAll(name, take) {
  const admin = kafka.admin();
  await admin.connect();
  try {
    if (!(await admin.listTopics()).includes(name))
      throw new Error(`There is no topic ${name}, or you may not read it.`);
    const open = new Map(
      (await admin.fetchTopicOffsets(name))
        .filter(({ low, high }) => Number(low) < Number(high))
        .map(({ partition, high }) => [partition, Number(high)]),
    );
    if (open.size > 0) await readTo(open, name, take, admin);
  } finally {
    await admin.disconnect();
  }
}

async function readTo(open, name, take, admin) {
  const groupId = `check-chain-${randomUUID()}`;
  const consumer = kafka.consumer({ groupId });
  const done = Promise.withResolvers();
  // It starts again by itself from what passes.
  consumer.on(consumer.events.CRASH, ({ payload: { error, restart } }) => {
    if (!restart) done.reject(error);
  });
  await consumer.connect();
  await consumer.subscribe({ topic: name, fromBeginning: true });
  await consumer.run({
    autoCommit: false,
    eachBatch: async ({ batch }) => {
      const { partition, messages } = batch;
      const end = open.get(partition);
      if (end === undefined) return;
      for (const { key, value, offset } of messages)
        if (Number(offset) < end)
          take(
            key?.toString() ?? '',
            value?.toString() ?? null,
            `offset ${offset} of ${partition}`,
          );
      if (Number(batch.lastOffset()) >= end - 1) open.delete(partition);
      if (open.size === 0) done.resolve();
    },
  });
  await done.promise;
  await consumer.disconnect();
  await admin.deleteGroups([groupId]).catch(() => undefined);
}

try {
  // The snapshots first: a message is sent before the snapshot that takes it in.
  const ends = new Map();
  if (options.snapshot !== undefined)
    await readAll(options.snapshot, (key, value) => {
      const { sequence, chainhash } = value === null ? {} : JSON.parse(value);
      ends.set(key, value === null ? null : { sequence: Number(sequence), hash: chainhash });
    });
  const check = begin({ truncated: options.truncated });
  await readAll(topic, (key, value, at) => follow(check, { key, value: value ?? '', at }, sha256));
  const found = findings(check, ends);
  for (const finding of found.slice(0, 1)) console.error(sentence(finding));
  if (found.length > 1) console.error(`And ${found.length - 1} more.`);
  if (found.length === 0)
    console.log(
      `Nothing is missing: ${check.messages} messages, ${check.repeats} of them repeats.`,
    );
  process.exitCode = found.length === 0 ? 0 : 1;
} catch (error) {
  console.error(`${topic} could not be read: ${error.message}`);
  process.exitCode = 2;
}
