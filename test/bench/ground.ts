import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Logger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { openEmbeddedEventStore, openEmbeddedReadStore } from '#adapters';
import type { EmbeddedEventStore } from '#adapters';
import { ApplicationModule, EventCodec, openDoor } from '#application';
import { aggregates, policies } from '#domain';
import type { EventStore, NewEvent } from '#kernel';
import { configFrom, logTo, systemClock, tokensIn } from '#platform';
import { questions, readModels } from '#read-models';
import type { Batch } from './history';
import { historyOf } from './history';

export const codec = new EventCodec(aggregates, openDoor);

/** A batch as the port takes it, as if one command had made it. */
export function toAppend({ stream, events }: Batch): readonly NewEvent[] {
  const commandId = randomUUID();
  const metadata = {
    actor: { id: 'person-adviser-01', role: 'adviser' },
    commandId,
    fingerprint: commandId.slice(0, 8) + commandId.slice(24, 32),
    correlationId: commandId,
  };
  return events.map((event) => codec.toStore(stream, event, randomUUID(), metadata));
}

/** Appends under way at once while a history is made. */
const AT_ONCE = 256;

/** Makes a log of so many events in a folder, through the port. */
export async function makeHistory(folder: string, schools: number, events: number): Promise<void> {
  let now = 0;
  const store = openEmbeddedEventStore({ folder, clock: () => now });
  let group: Promise<unknown>[] = [];
  for (const batch of historyOf(schools, events)) {
    now = batch.at;
    group.push(store.append(batch.stream, 'any', toAppend(batch)));
    if (group.length < AT_ONCE) continue;
    await Promise.all(group);
    group = [];
  }
  await Promise.all(group);
  await store.close();
}

/** An event store in a folder, and beside it the file itself for the bare loop: the same schema and the same pragmas. */
export async function bareLog(folder: string): Promise<DatabaseSync> {
  await openEmbeddedEventStore({ folder }).close();
  const db = new DatabaseSync(join(folder, 'events.db'));
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA fullfsync = ON');
  db.exec('PRAGMA journal_size_limit = 67108864; PRAGMA cache_size = -16384');
  return db;
}

export const BARE_INSERT = `INSERT INTO events (position, stream, revision, id, type, recorded_at, data, metadata)
  VALUES (?, ?, ?, unhex(?, '-'), ?, ?, ?, ?)`;

/** The application over embedded stores in a folder, as the service runs it, without HTTP. */
export async function openApplication(folder: string) {
  const eventStore: EmbeddedEventStore = openEmbeddedEventStore({ folder });
  const readStore = openEmbeddedReadStore({ folder, collections: readModels });
  Logger.overrideLogger(['error', 'warn']);
  const app = await NestFactory.createApplicationContext(
    ApplicationModule.over(
      {
        eventStore,
        readStore,
        clock: systemClock,
        log: logTo('error'),
        config: configFrom({ DATA_DIR: folder }),
        tokens: tokensIn(folder),
      },
      { aggregates, policies, readModels, questions },
    ),
  );
  const close = async (): Promise<void> => {
    await app.close();
    await readStore.close();
    await eventStore.close();
  };
  return { app, eventStore, readStore, close };
}

/** Runs work at a store and closes it again. */
export async function withLog<T>(
  folder: string,
  work: (events: EventStore) => Promise<T>,
): Promise<T> {
  const events = openEmbeddedEventStore({ folder });
  try {
    return await work(events);
  } finally {
    await events.close();
  }
}
