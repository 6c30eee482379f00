import { setTimeout as delay } from 'node:timers/promises';
import { openEventStoreDb } from '#adapters';
import type { Appended, EventStore, NewEvent, Position, RecordedEvent } from '#kernel';
import type { EventStoreEngine, EventStoreOptions } from '../engines/event-store/start';
import { startOwnEventStore } from '../engines/event-store/start';
import { anEvent } from './event-store-ground';

type Options = Parameters<typeof openEventStoreDb>[0];
type Warning = Parameters<NonNullable<Options['log']>>[0];

/** Short, so that a fault shows soon; a real one is given longer. All in ms. */
const BOUNDS = { deadline: 600, patience: 15_000, heartbeat: 400 };

/** Servers and stores of one test, and what the stores warned of. */
export class FaultyGround {
  engine!: EventStoreEngine;
  readonly warnings: Warning[] = [];
  readonly #engines: EventStoreEngine[] = [];
  readonly #stores: EventStore[] = [];

  async begin(options?: EventStoreOptions): Promise<void> {
    this.engine = await this.another(options);
  }

  async another(options?: EventStoreOptions): Promise<EventStoreEngine> {
    const engine = await startOwnEventStore(options);
    this.#engines.push(engine);
    return engine;
  }

  async open(options: Partial<Options> = {}): Promise<EventStore> {
    const store = await openEventStoreDb({
      url: this.engine.url,
      log: (warning) => this.warnings.push(warning),
      ...BOUNDS,
      ...options,
    });
    this.#stores.push(store);
    return store;
  }

  /** Nothing is left running, and what a store had under way has come to an end: late failures show in this test. */
  async end(): Promise<void> {
    for (const engine of this.#engines) engine.thaw();
    for (const store of this.#stores.splice(0)) await store.close();
    for (const engine of this.#engines.splice(0)) await engine.dispose();
    await delay(20);
    this.warnings.length = 0;
  }
}

export async function appended(
  store: EventStore,
  stream: string,
  expected: 'none' | 'any' | number,
  events: readonly NewEvent[],
): Promise<Appended> {
  const answer = await store.append(stream, expected, events);
  if (!answer.appended) throw new Error(`refused: ${JSON.stringify(answer)}`);
  return answer;
}

/** Waits by looking. */
export async function until(what: string, isSo: () => boolean, within = 20_000): Promise<void> {
  const begun = performance.now();
  while (!isSo()) {
    if (performance.now() - begun > within) throw new Error(`${what}: not within ${within} ms.`);
    await delay(2);
  }
}

/** A reader that follows the log and keeps what it was given, in order. */
export class Follower {
  readonly events: RecordedEvent[] = [];
  scannedTo: Position | undefined;
  isAtEnd = false;
  /** What it ended with; a subscription has no good end but an abort. */
  ended: unknown;
  readonly #stop = new AbortController();
  readonly #over: Promise<void>;

  constructor(store: EventStore, after: Position, streamPrefixes?: readonly string[]) {
    const filter = streamPrefixes === undefined ? {} : { streamPrefixes };
    const pages = store.subscribe({ after, filter, signal: this.#stop.signal });
    this.#over = (async () => {
      for await (const page of pages) {
        this.events.push(...page.events);
        this.scannedTo = page.scannedTo;
        this.isAtEnd = page.atEnd;
      }
    })().then(
      () => {
        this.ended = this.#stop.signal.aborted ? 'stopped' : 'it just stopped';
      },
      (error: unknown) => {
        this.ended = error;
      },
    );
  }

  async caughtUp(): Promise<void> {
    await until('caught up', () => this.isAtEnd || this.ended !== undefined);
  }

  async has(count: number): Promise<void> {
    const enough = () => this.events.length >= count || this.ended !== undefined;
    await until(`${count} events`, enough, 30_000);
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#over;
  }
}

/** Writers that append one event after another to streams of their own, for as long as trouble goes on and somewhat longer. */
export async function underLoad(
  store: EventStore,
  trouble: () => Promise<void>,
  writers = 6,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const written = new Map<string, string[]>();
  let left = Infinity;
  const write = async (writer: number): Promise<void> => {
    const stream = `load-${writer}`;
    const ids: string[] = [];
    written.set(stream, ids);
    for (let after = 0; after < 5; after += left === Infinity ? 0 : 1) {
      // Every third append brings several: whole or not at all.
      const events = Array.from({ length: ids.length % 3 === 0 ? 3 : 1 }, () =>
        anEvent({ writer, n: ids.length }),
      );
      const expected = ids.length === 0 ? 'none' : ids.length - 1;
      const { revision } = await appended(store, stream, expected, events);
      ids.push(...events.map(({ id }) => id));
      if (revision !== ids.length - 1)
        throw new Error(`${stream} is at ${revision}, not ${ids.length - 1}.`);
    }
  };
  const writing = Promise.all(Array.from({ length: writers }, (_, writer) => write(writer)));
  const going = () => [...written.values()].every((ids) => ids.length >= 6);
  await Promise.race([until('writers at work', going), writing]);
  await trouble();
  left = 0;
  await writing;
  return written;
}
