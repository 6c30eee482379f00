import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { openEmbeddedEventStore, openEmbeddedReadStore } from '#adapters';
import type { EventStore, ReadStore } from '#kernel';
import { readModels } from '#read-models';
import { copy } from '../support/played-county';

/** The stores a journey stands on. */
export interface Ground {
  readonly events: EventStore;
  readonly documents: ReadStore;
  /** Copies the log to a file, where the store can. */
  readonly backup?: (file: string) => Promise<unknown>;
  /** Closes the stores, unless that has been done, and takes away what is beneath them. */
  readonly dispose: () => Promise<void>;
}

export interface GroundOptions {
  /** For stores that are files: where they lie, or are to lie. */
  readonly folder: string;
  readonly clock: () => number;
}

/** Where journeys take place: the same ones on every kind of stores. */
export interface Terrain {
  /** Whether the log may hold what others wrote before: then nobody counts on being alone in it. */
  readonly shared: boolean;
  /** Stores of one journey's own; those that lie in the folder go on with what is there. */
  ground(options: GroundOptions): Promise<Ground>;
  /** The log of the played county and its read models. */
  played(): Promise<Ground>;
  /** The log of the played county, and read models that hold nothing yet. */
  logAlone(): Promise<Ground>;
}

const embedded: Terrain = {
  shared: false,
  ground: ({ folder, clock }) => {
    const events = openEmbeddedEventStore({ folder, clock });
    const documents = openEmbeddedReadStore({ folder, collections: readModels });
    return Promise.resolve({
      events,
      documents,
      backup: (file: string) => events.backup(file),
      dispose: closing(events, documents),
    });
  },
  played: () => Promise.resolve(onFolder(copy())),
  logAlone: () => {
    const folder = copy();
    for (const name of ['read-models.db', 'read-models.db-wal', 'read-models.db-shm'])
      rmSync(join(folder, name), { force: true });
    return Promise.resolve(onFolder(folder));
  },
};

/** Stores on a folder that goes with them. */
function onFolder(folder: string): Ground {
  const events = openEmbeddedEventStore({ folder });
  const documents = openEmbeddedReadStore({ folder, collections: readModels });
  const close = closing(events, documents);
  return {
    events,
    documents,
    dispose: async () => {
      await close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Closing what is closed already changes nothing. */
export const closing =
  (...stores: readonly { close(): Promise<void> }[]) =>
  async (): Promise<void> => {
    for (const store of stores) await store.close();
  };

let here = embedded;

/** Where the journeys of this test file take place from now on; embedded until somebody says otherwise. */
export function standOn(terrain: Terrain): void {
  here = terrain;
}

export const terrain = (): Terrain => here;
