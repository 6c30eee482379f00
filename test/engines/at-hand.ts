/*
 * Says for each engine what the tests will run against here. With `--prepare` it also fetches and builds what is missing,
 * by starting each once; that takes a quarter of an hour where the server for MongoDB has to be built.
 *
 *   node dist/test/engines/at-hand.js [--prepare]
 */
import type { Engine } from './engine';
import { startEventStore } from './event-store/start';
import { startKafka, whyNoKafka } from './kafka';
import { startMongo, whyNoMongo } from './mongodb';

interface Candidate {
  readonly name: Engine['name'];
  /** The setting that says where a real one is. */
  readonly setting: string;
  /** What is started here where the setting says nothing. */
  readonly here: string;
  readonly whyNot: () => Promise<string | undefined>;
  readonly start: () => Promise<Engine>;
}

const candidates: readonly Candidate[] = [
  {
    name: 'EventStoreDB',
    setting: 'EVENTSTORE_URL',
    here: 'protocol-compatible: a server of our own, for tests only',
    whyNot: () => Promise.resolve(undefined),
    start: startEventStore,
  },
  {
    name: 'MongoDB',
    setting: 'MONGODB_URL',
    here: 'protocol-compatible: secantusd-rs, for tests only',
    whyNot: whyNoMongo,
    start: startMongo,
  },
  {
    name: 'Kafka',
    setting: 'KAFKA_BROKERS',
    here: 'real: started from its published jars',
    whyNot: whyNoKafka,
    start: startKafka,
  },
];

async function main(prepare: boolean): Promise<void> {
  for (const { name, setting, here, whyNot, start } of candidates) {
    const reason = await whyNot();
    if (reason !== undefined) console.log(`${name}: skipped. ${reason}`);
    else if (process.env[setting]) console.log(`${name}: real, where ${setting} says`);
    else {
      if (prepare) await (await start()).dispose();
      console.log(`${name}: ${here}`);
    }
  }
}

main(process.argv.includes('--prepare')).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
