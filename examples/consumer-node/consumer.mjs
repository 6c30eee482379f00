/**
 * Listens to a topic of Side by Side and prints what it is told, each message once.
 *
 *   node consumer.mjs BROKERS TOPIC [COUNT]
 *
 * COUNT: ends after so many messages. KAFKA_USERNAME, KAFKA_PASSWORD, KAFKA_MECHANISM (plain) and KAFKA_SSL (true) are
 * taken from the environment.
 */
import { Kafka, logLevel } from 'kafkajs';

const [brokers = '127.0.0.1:9092', topic = 'sidebyside.schools.v1', count = 'Infinity'] =
  process.argv.slice(2);
const { KAFKA_USERNAME: username, KAFKA_PASSWORD: password, KAFKA_MECHANISM } = process.env;
const kafka = new Kafka({
  clientId: 'side-by-side-example',
  brokers: brokers.split(','),
  logLevel: logLevel.NOTHING,
  ssl: process.env.KAFKA_SSL === 'true',
  ...(username ? { sasl: { mechanism: KAFKA_MECHANISM ?? 'plain', username, password } } : {}),
});

// Where each key's chain stands. Keep it beside what you make of the messages, and write both together: then a restart
// loses nothing and does nothing twice.
const chains = new Map();

/** Is it news? Throws when one before it is missing. */
function isNews({ subject: key, sequence, previoushash = '', hash, endskey }) {
  const last = chains.get(key);
  const place = Number(sequence);
  const next = last === undefined || last.ended ? 1 : last.place + 1;
  // What was read before comes again after a restart of whoever sends it or reads it: the same message, the same hash.
  if (last?.seen.has(hash)) return false;
  if (place !== next || previoushash !== (next === 1 ? '' : last.hash))
    throw new Error(`Before number ${place} of ${key} a message is missing.`);
  chains.set(key, {
    place,
    hash,
    ended: endskey === true,
    seen: (last?.seen ?? new Set()).add(hash),
  });
  return true;
}

let told = 0;
const done = Promise.withResolvers();
const consumer = kafka.consumer({ groupId: `side-by-side-example-${process.pid}` });
// It starts again by itself from what passes.
consumer.on(consumer.events.CRASH, ({ payload: { error, restart } }) => {
  if (!restart) done.reject(error);
});
await consumer.connect();
await consumer.subscribe({ topic, fromBeginning: true });
await consumer.run({
  eachMessage: async ({ message }) => {
    const event = JSON.parse(message.value.toString());
    try {
      if (told >= Number(count) || !isNews(event)) return;
    } catch (error) {
      return done.reject(error);
    }
    console.log(event.time, event.type, JSON.stringify(event.data));
    if (++told >= Number(count)) done.resolve();
  },
});
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => done.resolve());
try {
  await done.promise;
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
await consumer.disconnect();
