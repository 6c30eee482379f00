/**
 * The client alone, without our adapter, doing what kills the process it runs in: for specs that show why the adapter is
 * there. Not a test by itself. Tells what comes to pass in lines of JSON.
 *
 *   foreign-error URL_A URL_B   an append to A fails while one to B is in flight
 *   bad-checkpoint URL          a filtered subscription whose checkpoint callback rejects
 *   bad-id URL                  an append whose event id is no UUID, and one after it
 *   drop URL                    a subscription without an `error` listener
 */
import { writeSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { EventStoreDBClient, jsonEvent, streamNameFilter } from '@eventstore/db-client';

/** Longer than the two seconds after which a server answers a bad append again. */
const LONG = 2600;

const tell = (fact: Record<string, unknown>): void => {
  writeSync(1, `${JSON.stringify(fact)}\n`);
};

// Either ends a process that does not listen for it.
process.on('uncaughtException', (error) => tell({ fatal: error.message }));
process.on('unhandledRejection', (error) => tell({ fatal: String(error) }));

const event = (id?: string) =>
  jsonEvent({ type: 'Tried', data: {}, ...(id === undefined ? {} : { id }) });

const outcome = (appending: Promise<unknown>): Promise<string> =>
  Promise.race([
    appending.then(
      () => 'written',
      (error: unknown) => `failed: ${error instanceof Error ? error.message : String(error)}`,
    ),
    delay(LONG, 'pending'),
  ]);

async function foreignError(urlA: string, urlB: string): Promise<void> {
  const [a, b] = [urlA, urlB].map((url) => EventStoreDBClient.connectionString(url));
  if (a === undefined || b === undefined) throw new Error('two addresses are needed');
  await Promise.all([a.appendToStream('warm', event()), b.appendToStream('warm', event())]);
  const healthy = outcome(b.appendToStream('healthy', event()));
  tell({ a: await outcome(a.appendToStream('cut', event())) });
  tell({ b: await healthy });
  await delay(LONG);
  let written = 0;
  for await (const _event of b.readStream('healthy')) written += 1;
  tell({ writtenByB: written });
}

async function badCheckpoint(url: string): Promise<void> {
  const client = EventStoreDBClient.connectionString(url);
  const filter = streamNameFilter({
    prefixes: ['s-'],
    checkpointReached: () => Promise.reject(new Error('the checkpoint could not be kept')),
  });
  let seen = 0;
  const subscription = client.subscribeToAll({ filter });
  subscription.on('data', () => (seen += 1));
  subscription.on('error', (error) => tell({ error: error.message }));
  for (let round = 0; round < 10; round += 1) {
    await client.appendToStream(
      `s-${round}`,
      Array.from({ length: 40 }, () => event()),
    );
  }
  await delay(LONG / 2);
  tell({ written: 400, seen, destroyed: subscription.destroyed });
}

async function badId(url: string): Promise<void> {
  const client = EventStoreDBClient.connectionString(url);
  tell({ first: await outcome(client.appendToStream('s', event('no-uuid'))) });
  await delay(LONG);
  tell({ next: await outcome(client.appendToStream('s', event())) });
}

async function drop(url: string): Promise<void> {
  const client = EventStoreDBClient.connectionString(url);
  const subscription = client.subscribeToAll();
  subscription.on('data', () => undefined);
  subscription.once('caughtUp', () => tell({ caughtUp: true }));
  await delay(LONG);
}

const [verb, first = '', second = ''] = process.argv.slice(2);
const verbs: Record<string, () => Promise<void>> = {
  'foreign-error': () => foreignError(first, second),
  'bad-checkpoint': () => badCheckpoint(first),
  'bad-id': () => badId(first),
  drop: () => drop(first),
};
void verbs[verb ?? '']?.().finally(() => process.exit(0));
