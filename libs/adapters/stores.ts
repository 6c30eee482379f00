import { mkdirSync } from 'node:fs';
import type { Batch, CollectionSpec, EventStore, Publisher, ReadStore, Resumption } from '#kernel';
import { StoreError } from '#kernel';
import type { Clock, Config, Log } from '#platform';
import { openEmbeddedEventStore } from './event-store/embedded/event-store';
import { openEventStoreDb } from './event-store/eventstoredb/event-store';
import { openEmbeddedPublisher } from './publisher/embedded/publisher';
import type { KafkaOptions } from './publisher/kafka/connection';
import { kafkaAdvice } from './publisher/kafka/examine';
import { openKafkaPublisher } from './publisher/kafka/publisher';
import { openEmbeddedReadStore } from './read-store/embedded/read-store';
import { mongoAdvice } from './read-store/mongodb/examine';
import { openMongoReadStore } from './read-store/mongodb/read-store';

/** What a process works on, behind the three ports. */
export interface Stores {
  readonly eventStore: EventStore;
  readonly readStore: ReadStore;
  /** Where messages go to, where the settings name a place. */
  readonly publisher?: Publisher;
  /** Copies the log to a new file while appends go on, where the store can. */
  readonly backup?: (file: string) => Promise<unknown>;
  /** See `EmbeddedEventStore.inOneGo`. */
  readonly inOneGo?: <T>(work: () => Promise<T>) => Promise<T>;
}

export interface OpenOptions {
  readonly clock: Clock;
  readonly log: Log;
  readonly collections: readonly CollectionSpec[];
  /** Whether this process tells the outside; those that only answer questions do not. */
  readonly publishes: boolean;
}

/**
 * Opens the stores that the settings name, side by side. All or none: when one cannot be opened, the others are closed.
 * @throws StoreError with a sentence for each that could not be opened.
 */
export async function openStores(config: Config, options: OpenOptions): Promise<Stores> {
  const [log, documents, publisher] = await Promise.allSettled([
    openLog(config, options),
    openDocuments(config, options),
    openPublisher(config, options),
  ]);
  if (
    log.status === 'fulfilled' &&
    documents.status === 'fulfilled' &&
    publisher.status === 'fulfilled'
  ) {
    return {
      ...log.value,
      readStore: documents.value,
      ...(publisher.value === undefined ? {} : { publisher: publisher.value }),
    };
  }
  const opened: { close(): Promise<void> }[] = [
    ...(log.status === 'fulfilled' ? [log.value.eventStore] : []),
    ...(documents.status === 'fulfilled' ? [documents.value] : []),
    ...(publisher.status === 'fulfilled' && publisher.value !== undefined ? [publisher.value] : []),
  ];
  await Promise.allSettled(opened.map((store) => store.close()));
  const faults = [log, documents, publisher].flatMap((one) =>
    one.status === 'rejected' ? [one.reason as unknown] : [],
  );
  throw together(faults);
}

/** One error that says all of them; what is no trouble of a store is a bug, and goes first. */
function together(faults: readonly unknown[]): unknown {
  const [first] = faults;
  if (faults.length === 1) return first;
  const bug = faults.find((fault) => !(fault instanceof StoreError));
  if (bug !== undefined) return bug;
  const sentences = faults.map((fault) => (fault as StoreError).message);
  return new StoreError((first as StoreError).code, sentences.join('\n'), {
    cause: new AggregateError(faults),
  });
}

type OpenLog = Pick<Stores, 'eventStore' | 'backup' | 'inOneGo'>;

async function openLog(config: Config, { clock, log }: OpenOptions): Promise<OpenLog> {
  const { DATA_DIR: folder, EVENTSTORE_URL: url } = config;
  const about = {
    clock: () => clock.now(),
    log: (warning: object) => {
      log.warn(warning, 'event store');
    },
  };
  if (url !== undefined) return { eventStore: await openEventStoreDb({ ...about, url }) };
  const eventStore = openEmbeddedEventStore({ ...about, folder });
  return {
    eventStore,
    backup: (file) => eventStore.backup(file),
    inOneGo: (work) => eventStore.inOneGo(work),
  };
}

function openDocuments(config: Config, { collections, log }: OpenOptions): Promise<ReadStore> {
  const { DATA_DIR: folder, MONGODB_URL, MONGODB_DATABASE } = config;
  if (MONGODB_URL === undefined) {
    return atOnce(() => {
      mkdirSync(folder, { recursive: true });
      return openEmbeddedReadStore({ folder, collections });
    });
  }
  const opening = openMongoReadStore({
    ...{ url: MONGODB_URL, database: MONGODB_DATABASE, collections },
    log: (sentence) => {
      log.warn(sentence);
    },
  });
  return advised(opening, () => mongoAdvice(MONGODB_URL));
}

/** Opened, or what an engine said that cannot be, with what looking at its address says beyond that. */
async function advised<T>(
  opening: Promise<T>,
  look: () => Promise<string | undefined>,
): Promise<T> {
  try {
    return await opening;
  } catch (error) {
    if (!(error instanceof StoreError) || error.code !== 'unavailable') throw error;
    const advice = await look();
    if (advice === undefined) throw error;
    throw new StoreError(error.code, `${error.message} ${advice}`, { cause: error });
  }
}

/** To the brokers that are named, or beside an embedded log into its folder. Of a shared log nobody is told unasked. */
function openPublisher(
  config: Config,
  { publishes, log }: OpenOptions,
): Promise<Publisher | undefined> {
  return atOnce(() => {
    if (!publishes) return undefined;
    const kafka = kafkaIn(config);
    if (kafka !== undefined)
      return new PatientPublisher(() =>
        advised(openKafkaPublisher({ ...kafka, log }), () => kafkaAdvice(kafka)),
      );
    if (config.EVENTSTORE_URL !== undefined) return undefined;
    mkdirSync(config.DATA_DIR, { recursive: true });
    return openEmbeddedPublisher({ folder: config.DATA_DIR });
  });
}

/**
 * Opens when it is first asked where to go on, and again whenever it could not: what keeps the outside from being told
 * keeps nobody from the read models.
 */
class PatientPublisher implements Publisher {
  private opened: Publisher | undefined;
  private isClosed = false;

  constructor(private readonly open: () => Promise<Publisher>) {}

  async resume(): Promise<Resumption> {
    this.opened ??= await this.open();
    if (this.isClosed) await this.opened.close();
    return this.opened.resume();
  }

  async publish(batch: Batch): Promise<void> {
    if (this.opened === undefined)
      throw new StoreError(
        'invalid',
        'Publishing has not found its place: ask for `resume` first.',
      );
    await this.opened.publish(batch);
  }

  async close(): Promise<void> {
    this.isClosed = true;
    await this.opened?.close();
  }
}

/** The settings of Kafka as its adapter takes them; undefined where none is named. */
export function kafkaIn(config: Config): Omit<KafkaOptions, 'log'> | undefined {
  const { KAFKA_BROKERS, KAFKA_USERNAME, KAFKA_PASSWORD, KAFKA_MECHANISM } = config;
  if (KAFKA_BROKERS === undefined) return undefined;
  return {
    brokers: KAFKA_BROKERS.split(','),
    topicPrefix: config.KAFKA_TOPIC_PREFIX,
    ssl: config.KAFKA_SSL === 'true',
    ...(KAFKA_USERNAME === undefined || KAFKA_PASSWORD === undefined
      ? {}
      : {
          sasl: {
            mechanism: KAFKA_MECHANISM ?? 'scram-sha-512',
            username: KAFKA_USERNAME,
            password: KAFKA_PASSWORD,
          },
        }),
  };
}

/** What is done in this thread and at once, as a promise like that of the others. */
const atOnce = <T>(work: () => T): Promise<T> => Promise.resolve().then(work);
