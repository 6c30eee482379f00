/*
 * Says for each engine what the tests will run against here; on stdout, one a line, the names of the specs that cannot run
 * because an engine they need is not to be had. With `--prepare` it also fetches and builds what is missing, by starting
 * each once; that takes a quarter of an hour where the server for MongoDB has to be built.
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
  /** Specs that need it, as parts of their paths. */
  readonly specs: readonly string[];
  readonly whyNot: () => Promise<string | undefined>;
  readonly start: () => Promise<Engine>;
}

const candidates: readonly Candidate[] = [
  {
    name: 'EventStoreDB',
    setting: 'EVENTSTORE_URL',
    here: 'protocol-compatible: a server of our own, for tests only',
    specs: [],
    whyNot: () => Promise.resolve(undefined),
    start: startEventStore,
  },
  {
    name: 'MongoDB',
    setting: 'MONGODB_URL',
    here: 'protocol-compatible: secantusd-rs, for tests only',
    specs: ['mongodb', 'cut-over', 'doctor', 'on-engines', 'processes.engine', 'same-history'],
    whyNot: whyNoMongo,
    start: startMongo,
  },
  {
    name: 'Kafka',
    setting: 'KAFKA_BROKERS',
    here: 'real: started from its published jars',
    specs: ['kafka', 'doctor', 'examples.engine', 'same-history'],
    whyNot: whyNoKafka,
    start: startKafka,
  },
];

async function main(prepare: boolean): Promise<void> {
  for (const { name, setting, here, specs, whyNot, start } of candidates) {
    const reason = await whyNot();
    if (reason !== undefined) {
      console.error(`${name}: skipped. ${reason}`);
      for (const spec of specs) console.log(spec);
    } else if (process.env[setting]) console.error(`${name}: real, where ${setting} says`);
    else {
      if (prepare) await (await start()).dispose();
      console.error(`${name}: ${here}`);
    }
  }
}

main(process.argv.includes('--prepare')).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
