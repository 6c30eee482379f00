import { mkdirSync } from 'node:fs';
import type { CollectionSpec, EventStore, Publisher, ReadStore } from '#kernel';
import { StoreError } from '#kernel';
import type { Clock, Config, Log } from '#platform';
import { openEmbeddedEventStore } from './event-store/embedded/event-store';
import { openEmbeddedReadStore } from './read-store/embedded/read-store';

/** What a process works on, behind the three ports. */
export interface Stores {
  readonly eventStore: EventStore;
  readonly readStore: ReadStore;
  /** Where messages go to, where the settings name a place. */
  readonly publisher?: Publisher;
  /** Copies the log to a new file while appends go on, where the store can. */
  readonly backup?: (file: string) => Promise<unknown>;
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
    Promise.resolve(undefined),
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
  const opened = [
    log.status === 'fulfilled' ? log.value.eventStore : undefined,
    documents.status === 'fulfilled' ? documents.value : undefined,
    publisher.status === 'fulfilled' ? publisher.value : undefined,
  ];
  await Promise.allSettled(opened.map((store) => store?.close()));
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

function openLog(
  { DATA_DIR: folder }: Config,
  { clock, log }: OpenOptions,
): Promise<Pick<Stores, 'eventStore' | 'backup'>> {
  return Promise.resolve().then(() => {
    const eventStore = openEmbeddedEventStore({
      folder,
      clock: () => clock.now(),
      log: (warning) => {
        log.warn(warning, 'event store');
      },
    });
    return { eventStore, backup: (file: string) => eventStore.backup(file) };
  });
}

function openDocuments(
  { DATA_DIR: folder }: Config,
  { collections }: OpenOptions,
): Promise<ReadStore> {
  return Promise.resolve().then(() => {
    mkdirSync(folder, { recursive: true });
    return openEmbeddedReadStore({ folder, collections });
  });
}
