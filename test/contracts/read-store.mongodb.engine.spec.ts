import { openMongoReadStore } from '#adapters';
import { MongoClient } from 'mongodb';
import * as os from 'node:os';
import type { Engine } from '../engines/engine';
import { startMongo } from '../engines/mongodb';
import { readStoreContract } from './read-store';
import { collections } from './read-store-ground';

// Over a network, and every write waits for the disk.
jest.setTimeout(90_000);

let engine: Engine;
let databases = 0;
beforeAll(async () => {
  engine = await startMongo();
});
afterAll(() => engine.dispose());

readStoreContract('The MongoDB store', async () => {
  const database = `contract_${process.pid}_${(databases += 1)}`;
  const open = () => openMongoReadStore({ url: engine.url, database, collections });
  const store = await open();
  return {
    store,
    another: open,
    dispose: async () => {
      await store.close();
      const client = new MongoClient(engine.url, { runtimeAdapters: { os } });
      await client.db(database).dropDatabase();
      await client.close();
    },
  };
});
