import { openEventStoreDb, openMongoReadStore } from '#adapters';
import { readModels } from '#read-models';
import type { Engine } from '../engines/engine';
import { startEventStore } from '../engines/event-store/start';
import { startMongo } from '../engines/mongodb';
import { cutOverJourney } from './cut-over';

// Two workers, two processes that answer and one that rebuilds, over a network.
jest.setTimeout(300_000);

let documents: Engine;
let databases = 0;
beforeAll(async () => {
  documents = await startMongo();
});
afterAll(() => documents.dispose());

/** What is counted is the whole log: a server of our own, also where another is given to the rest of the tests. */
async function emptyServer(): Promise<Engine> {
  const given = process.env['EVENTSTORE_URL'];
  delete process.env['EVENTSTORE_URL'];
  try {
    return await startEventStore();
  } finally {
    if (given !== undefined) process.env['EVENTSTORE_URL'] = given;
  }
}

cutOverJourney(
  'EventStoreDB and MongoDB',
  async () => {
    const log = await emptyServer();
    const database = `cut_over_${process.pid}_${(databases += 1)}`;
    const events = await openEventStoreDb({ url: log.url });
    return {
      name: 'engines',
      events,
      another: () =>
        openMongoReadStore({
          ...{ url: documents.url, database, collections: readModels, migrate: true },
          log: () => undefined,
        }),
      dispose: async () => {
        await events.close();
        await log.dispose();
      },
    };
  },
  5,
);
