import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { INestApplicationContext } from '@nestjs/common';
import { openEmbeddedPublisher } from '#adapters';
import type { Ordinals, Publishing, Request } from '#application';
import {
  Commands,
  Importing,
  makeCounty,
  ordinalsOf,
  playCounty,
  PUBLISHING,
  Reactor,
} from '#application';
import type { JsonObject, Position, Publisher, RecordedEvent } from '#kernel';
import { audiences, canonical, START } from '#kernel';
import { configFrom, logTo, PlayedClock, tokensIn } from '#platform';
import { readModels } from '#read-models';
import { countyApp } from '../../apps/standalone/county-app';
import { begin, findings, follow } from '../../examples/chain.mjs';
import { sha256 } from '../../scripts/sample-messages';
import { kafkaFor, publisherOn } from '../contracts/publisher-kafka-ground';
import type { Heard } from '../contracts/publisher-ground';
import type { KafkaEngine } from '../engines/kafka';
import { canonicalWithOrdinals } from '../support/ordinals';
import { digestOf, documentsIn, pureFold } from '../support/pure-fold';
import { seeded } from '../support/seeded';
import { EnginesTerrain } from './engines-ground';
import type { Ground } from './ground';
import { terrain as embedded } from './ground';

/*
 * One history over embedded stores and over EventStoreDB, MongoDB and Kafka. A part of the invented county is played over
 * the embedded ones; the commands that it gave are given again, each at its moment, over the engines. Everything is then
 * the same but for what the two logs count their places in.
 */

jest.setTimeout(240_000);

const SCHOOLS = 24;
const LAST_DAY = '2023-10-31';
const MOMENTS = 20;

/** A command as the play gave it. */
interface Given {
  readonly name: string;
  readonly fields: unknown;
  readonly request: Request;
  readonly moment: number;
}

/** What the outside hears at one place. */
interface Outside {
  readonly publisher: Publisher;
  heard(): Promise<readonly Heard[]>;
  snapshots(): Promise<ReadonlyMap<string, string | null>>;
  dispose(): Promise<void>;
}

/** The product over the stores of one place, where time goes on with each command. */
class Place {
  private moment = 0;
  readonly clock = { now: () => this.moment };
  readonly folder = mkdtempSync(join(tmpdir(), 'same-history-'));
  ground: Ground;
  outside: Outside;
  app: INestApplicationContext;
  ordinals: Ordinals;
  log: readonly RecordedEvent[];

  async start(ground: Ground, outside: Outside): Promise<this> {
    this.ground = ground;
    this.outside = outside;
    const config = configFrom({ DATA_DIR: this.folder, LOG_LEVEL: 'silent' });
    this.app = await countyApp({
      ...{ eventStore: ground.events, readStore: ground.documents, publisher: outside.publisher },
      ...{ clock: this.clock, config, log: logTo('silent'), tokens: tokensIn(this.folder) },
    });
    await this.app.init();
    return this;
  }

  /** Plays the county here; the commands it gave, in their order. */
  async play(): Promise<readonly Given[]> {
    const given: Given[] = [];
    const clock = new PlayedClock();
    const commands = this.app.get(Commands);
    const directly = commands.give.bind(commands);
    let before: Promise<unknown> = Promise.resolve();
    // Everybody's hands: one at a time now, so that the log comes out in one order whatever its store is.
    commands.give = (name, fields, request) => {
      if (request.actor.role === 'policy') return directly(name, fields, request);
      const mine = before.then(() => {
        const key = request.idempotencyKey ?? `the ${given.length}th`;
        const one = { name, fields, request: { ...request, idempotencyKey: key } };
        given.push({ ...one, moment: clock.now() });
        return this.answered(given.at(-1)!, directly);
      });
      before = mine.catch(() => undefined);
      return mine;
    };
    const county = makeCounty({ seed: 2026, asAt: '2026-11-01', authority: 825 });
    await playCounty({
      ...{ last: LAST_DAY, clock, commands, events: this.ground.events },
      county: { ...county, schools: county.schools.slice(0, SCHOOLS) },
      folder: mkdtempSync(join(this.folder, 'files-')),
      importing: this.app.get(Importing),
      reactor: this.app.get(Reactor),
      progress: () => undefined,
    });
    return given;
  }

  /** Gives commands that were given elsewhere. */
  async give(given: readonly Given[]): Promise<void> {
    const commands = this.app.get(Commands);
    for (const one of given) await this.answered(one, commands.give.bind(commands));
  }

  /** A command at its moment, and what policies ask for because of it, and because of that. */
  private async answered(
    { name, fields, request, moment }: Given,
    give: Commands['give'],
  ): ReturnType<Commands['give']> {
    this.moment = moment;
    const answer = await give(name, fields, request);
    const reactor = this.app.get(Reactor);
    for (let end = await this.ground.events.end(); ;) {
      await reactor.caughtUp(end);
      const now = await this.ground.events.end();
      if (now === end) return answer;
      end = now;
    }
  }

  /** Resolves when read models and messages have come to the end of the log, which is then read. */
  async settle(): Promise<void> {
    const { events, documents } = this.ground;
    const end = await events.end();
    expect(await documents.waitFor(end, 60_000)).toBe(true);
    const publishing = this.app.get<Publishing>(PUBLISHING);
    for (const by = Date.now() + 60_000; publishing.position < end; await pause(20))
      if (Date.now() > by) throw new Error(`Told up to ${publishing.position} of ${end} only.`);
    this.ordinals = await ordinalsOf(events);
    const log: RecordedEvent[] = [];
    for (let after = START, atEnd = false; !atEnd;) {
      const page = await events.readLog(after, { limit: 1_000 });
      log.push(...page.events);
      ({ scannedTo: after, atEnd } = page);
    }
    this.log = log;
  }

  ordinalOf(position: number): number {
    return position === START ? 0 : (this.ordinals.get(position) ?? NaN);
  }

  /** The read models at a position, with ordinals for positions. */
  async documentsAt(at: Position): Promise<ReturnType<typeof canonicalWithOrdinals>> {
    const snapshot = await this.ground.documents.snapshot({ at });
    return canonicalWithOrdinals(await documentsIn(snapshot, readModels), this.ordinals);
  }

  async end(): Promise<void> {
    await this.app.close();
    await this.outside.dispose();
    await this.ground.dispose();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function embeddedOutside(folder: string): Outside {
  const publisher = openEmbeddedPublisher({ folder });
  return {
    publisher,
    heard: () =>
      Promise.resolve(
        audiences.flatMap((audience) =>
          publisher.read(audience, 0, 1_000_000).map(({ key, text }) => ({ audience, key, text })),
        ),
      ),
    snapshots: () =>
      Promise.resolve(
        new Map(
          audiences.flatMap((audience) =>
            publisher
              .snapshots(audience)
              .map(({ key, text }) => [`${audience} ${key}`, text] as const),
          ),
        ),
      ),
    dispose: () => publisher.close(),
  };
}

describe('one history over embedded stores and over engines', () => {
  const engines = new EnginesTerrain();
  let kafka: KafkaEngine;
  const here = new Place();
  const there = new Place();

  beforeAll(async () => {
    [kafka] = await Promise.all([kafkaFor(), engines.begin()]);
    const place = (one: Place) => ({ folder: one.folder, clock: one.clock.now });
    await here.start(await embedded().ground(place(here)), embeddedOutside(here.folder));
    await there.start(await engines.alone.ground(place(there)), await publisherOn(kafka.url));
    await there.give(await here.play());
    await Promise.all([here.settle(), there.settle()]);
  });
  afterAll(async () => {
    await Promise.all([here.end(), there.end()]);
    await kafka.dispose();
    await engines.end();
  });

  /** An event with the ordinal of the event wherever a position is: its own, and that of what a policy answered. */
  const withOrdinals = (
    { position, metadata, ...event }: RecordedEvent,
    place: Place,
  ): JsonObject => {
    const cause = metadata['causationPosition'];
    return {
      ...event,
      position: place.ordinalOf(position),
      metadata:
        typeof cause === 'number'
          ? { ...metadata, causationPosition: place.ordinalOf(cause) }
          : metadata,
    };
  };

  it('is the same log, event by event', () => {
    expect(here.log.length).toBeGreaterThan(1_000);
    expect(here.log.some(({ metadata }) => 'causationPosition' in metadata)).toBe(true);
    expect(there.log).toHaveLength(here.log.length);
    for (const [i, event] of here.log.entries())
      expect(withOrdinals(there.log[i]!, there)).toEqual(withOrdinals(event, here));
  });

  it('has the same read models, which are the pure fold of it', async () => {
    const [one, other] = await Promise.all(
      [here, there].map(async (place) => place.documentsAt(await place.ground.events.end())),
    );
    expect(one!.size).toBeGreaterThan(500);
    expect(digestOf(other!)).toBe(digestOf(one!));
    const end = await there.ground.events.end();
    const folded = await pureFold(there.ground.events, readModels, end);
    expect(digestOf(canonicalWithOrdinals(folded, there.ordinals))).toBe(digestOf(one!));
  });

  it(`had the same read models at ${MOMENTS} moments of the past`, async () => {
    const random = seeded(5);
    const [first, last] = [here.log[0]!, here.log.at(-1)!].map(({ recordedAt }) =>
      Date.parse(recordedAt),
    ) as [number, number];
    const sizes = new Set<number>();
    for (let i = 0; i < MOMENTS; i++) {
      const moment = new Date(first + random() * (last - first)).toISOString();
      const [one, other] = await Promise.all(
        [here, there].map(async (place) => {
          const at = await place.ground.events.positionAt(moment);
          return { ordinal: place.ordinalOf(at), documents: await place.documentsAt(at) };
        }),
      );
      expect([moment, other!.ordinal]).toEqual([moment, one!.ordinal]);
      expect([moment, digestOf(other!.documents)]).toEqual([moment, digestOf(one!.documents)]);
      sizes.add(one!.documents.size);
    }
    expect(sizes.size).toBeGreaterThan(MOMENTS / 4);
  });

  /**
   * What stands outside but for what depends on the log's own places and name: `logposition` as an ordinal, `source`
   * without the log's id, and of the hashes, which are taken over both, only that they are there.
   */
  const told = (text: string, place: Place): string => {
    const { hash, previoushash, chainhash, logposition, source, ...rest } = JSON.parse(
      text,
    ) as Record<string, string>;
    return canonical({
      ...rest,
      // A message has its own, and the one before unless it is the first; a snapshot has that of its chain.
      hashes: [hash, previoushash, chainhash].map((one) => one !== undefined),
      logposition: place.ordinalOf(Number(logposition)),
      source: source!.replace(/[0-9a-f-]{36}/, ''),
    });
  };

  it('is told to the outside in the same words, in the same order of every key, in whole chains', async () => {
    const chains = async (place: Place): Promise<Readonly<Record<string, readonly string[]>>> => {
      const heard = await place.outside.heard();
      const ends = await place.outside.snapshots();
      for (const audience of audiences) {
        const check = begin();
        const own = heard.filter((one) => one.audience === audience);
        own.forEach(({ key, text }, i) => {
          follow(check, { key, value: text, at: `message ${i}` }, sha256);
        });
        expect(findings(check)).toEqual([]);
        expect(check.repeats).toBe(0);
      }
      const all = Map.groupBy(heard, ({ audience, key }) => `${audience} ${key}`);
      return Object.fromEntries(
        [...all].map(([chain, own]) => [
          chain,
          [...own.map(({ text }) => text), ends.get(chain) ?? undefined].flatMap((text) =>
            text === undefined ? [] : [told(text, place)],
          ),
        ]),
      );
    };
    const [one, other] = await Promise.all([chains(here), chains(there)]);
    expect(Object.keys(one).length).toBeGreaterThan(SCHOOLS);
    expect(other).toEqual(one);
  });
});
