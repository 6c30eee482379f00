import { randomBytes } from 'node:crypto';
import { openEmbeddedEventStore, openEventStoreDb, openMongoReadStore } from '#adapters';
import { EventCodec, moveHistory, openDoor, Projector } from '#application';
import { aggregates } from '#domain';
import type { ReadStore } from '#kernel';
import { readModels } from '#read-models';
import type { Engine } from '../engines/engine';
import type { EventStoreEngine } from '../engines/event-store/start';
import { startEventStore, startOwnEventStore } from '../engines/event-store/start';
import { startMongo } from '../engines/mongodb';
import playTheCounty, { folder as playedFolder } from '../support/played-county';
import type { Ground, GroundOptions, Terrain } from './ground';
import { closing } from './ground';

/** EventStoreDB and MongoDB, for the journeys of one test file: one MongoDB, with a database for each ground. */
export class EnginesTerrain {
  private documents: Engine | undefined;
  private county: Promise<EventStoreEngine> | undefined;
  /** The name of the database with the played county's read models. */
  private projected: Promise<string> | undefined;

  async begin(): Promise<void> {
    this.documents = await startMongo();
  }

  /** Moves the played county here, so that no journey waits for it: half a minute, or two more where it has yet to be played. */
  async bringCounty(): Promise<void> {
    await (this.projected ??= this.project());
  }

  async end(): Promise<void> {
    await this.county?.then(
      (engine) => engine.dispose(),
      () => undefined,
    );
    await this.documents?.dispose();
  }

  /** A log that holds nothing, on a server of its own: also where another is given to the rest of the tests. */
  readonly alone: Terrain = {
    shared: false,
    ground: (options) => this.ground(startOwnEventStore, options),
    played: () => this.played(),
    logAlone: () => this.logAlone(),
  };

  /** A log on the server that is given to the tests, which others have written to; where none is given, a server of its own. */
  readonly beside: Terrain = {
    ...this.alone,
    shared: process.env['EVENTSTORE_URL'] !== undefined,
    ground: (options) => this.ground(startEventStore, options),
  };

  private async ground(
    start: () => Promise<EventStoreEngine>,
    { clock }: GroundOptions,
  ): Promise<Ground> {
    return this.over(await start(), { clock, isOwn: true });
  }

  private async over(
    engine: EventStoreEngine,
    { clock = Date.now, database = aName(), isOwn = false },
  ): Promise<Ground> {
    const [events, documents] = await Promise.all([
      openEventStoreDb({ url: engine.url, clock }),
      this.readStore(database),
    ]);
    const close = closing(events, documents);
    return {
      events,
      documents,
      dispose: async () => {
        await close();
        if (isOwn) await engine.dispose();
      },
    };
  }

  private readStore(database: string): Promise<ReadStore> {
    return openMongoReadStore({
      ...{ url: this.documents?.url ?? '', database },
      ...{ collections: readModels, migrate: true, log: () => undefined },
    });
  }

  /** The server that the played county's log was moved to. */
  private server(): Promise<EventStoreEngine> {
    return (this.county ??= moved());
  }

  private async logAlone(): Promise<Ground> {
    return this.over(await this.server(), {});
  }

  private async played(): Promise<Ground> {
    const database = await (this.projected ??= this.project());
    return this.over(await this.server(), { database });
  }

  private async project(): Promise<string> {
    const database = aName();
    const ground = await this.over(await this.server(), { database });
    const codec = new EventCodec(aggregates, openDoor);
    await new Projector(ground.events, ground.documents, codec, readModels, 'g1').catchUp();
    await ground.documents.activate('g1');
    await ground.dispose();
    return database;
  }
}

const aName = (): string => `journeys_${randomBytes(6).toString('hex')}`;

async function moved(): Promise<EventStoreEngine> {
  const [engine] = await Promise.all([startOwnEventStore(), playTheCounty()]);
  const played = openEmbeddedEventStore({ folder: playedFolder(), readOnly: true });
  const there = await openEventStoreDb({ url: engine.url });
  await moveHistory(played, there);
  await closing(played, there)();
  return engine;
}
