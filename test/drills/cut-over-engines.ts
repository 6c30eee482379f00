import { openEventStoreDb, openMongoReadStore } from '#adapters';
import { readModels } from '#read-models';
import { startEventStore } from '../engines/event-store/start';
import { startMongo } from '../engines/mongodb';
import type { CutOverStores } from './cut-over-ground';

/** A log and read models on engines, empty and for one run. */
export async function engines(): Promise<CutOverStores> {
  const [log, documents] = await Promise.all([emptyServer(), startMongo()]);
  const database = `cut_over_${process.pid}_${Date.now()}`;
  const events = await openEventStoreDb({ url: log.url });
  return {
    name: `EventStoreDB (${log.kind}) and MongoDB (${documents.kind})`,
    events,
    another: () =>
      openMongoReadStore({
        ...{ url: documents.url, database, collections: readModels, migrate: true },
        log: () => undefined,
      }),
    dispose: async () => {
      await events.close();
      await Promise.all([log.dispose(), documents.dispose()]);
    },
  };
}

/** What is counted is the whole log: a server of our own, also where another is given to the rest of the tests. */
async function emptyServer(): ReturnType<typeof startEventStore> {
  const given = process.env['EVENTSTORE_URL'];
  delete process.env['EVENTSTORE_URL'];
  try {
    return await startEventStore();
  } finally {
    if (given !== undefined) process.env['EVENTSTORE_URL'] = given;
  }
}
