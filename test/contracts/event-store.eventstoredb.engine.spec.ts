import fc from 'fast-check';
import { openEventStoreDb } from '#adapters';
import type { EventStore } from '#kernel';
import type { EventStoreEngine } from '../engines/event-store/start';
import { startEventStore } from '../engines/event-store/start';
import { eventStoreContract } from './event-store';
import type { EmptyStore } from './event-store-moving';

/* The contract of every event store, on EventStoreDB: on the one EVENTSTORE_URL names, or on the server of the tests. */

// A server is started for each history that moves: fewer of them than where a store is a file.
fc.configureGlobal({ numRuns: 20 });
jest.setTimeout(120_000);

const shared = process.env['EVENTSTORE_URL'] !== undefined;
let engine: EventStoreEngine;
beforeAll(async () => {
  engine = await startEventStore();
});
afterAll(() => engine.dispose());

async function onSharedServer() {
  const store = await openEventStoreDb({ url: engine.url });
  return { store, dispose: () => store.close() };
}

/** A server of its own, because what takes a history over has to hold nothing. */
async function makeEmpty(): Promise<EmptyStore> {
  const own = await startEventStore();
  const opened: EventStore[] = [];
  const open = async (): Promise<EventStore> => {
    const store = await openEventStoreDb({ url: own.url });
    opened.push(store);
    return store;
  };
  return {
    store: await open(),
    reopen: async () => {
      await opened.at(-1)?.close();
      return open();
    },
    dispose: async () => {
      for (const store of opened) await store.close();
      await own.dispose();
    },
  };
}

if (shared) eventStoreContract('EventStoreDB', onSharedServer);
else eventStoreContract('EventStoreDB', onSharedServer, makeEmpty);
