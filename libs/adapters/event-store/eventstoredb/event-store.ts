import { setTimeout as pause } from 'node:timers/promises';
import { InLine, StoreError } from '#kernel';
import type {
  Appended,
  AppendRefused,
  EventStore,
  ExpectedRevision,
  LogFilter,
  LogIdentity,
  LogPage,
  NewEvent,
  Position,
  ReadStreamOptions,
  RecordedEvent,
  SubscribeOptions,
} from '#kernel';
import { closed } from '../closed';
import { invalid } from '../invalid';
import { IDENTITY, Volume } from './volume';
import { isOfTheLog, OWN } from './codec';
import type { Kept } from './codec';
import { KnownIds } from './known-ids';
import type { Time } from './log';
import { Log } from './log';
import { Marks } from './marks';
import { Moving } from './moving';
import { tlsAdvice } from '../../tls-probe';
import type { Address } from './address';
import { addressIn } from './address';
import type { Event } from './records';
import { Streams } from './streams';
import { Supervised } from './supervised';
import { Tail } from './tail';
import { Trouble } from './trouble';
import { checkedAppend, Writing } from './writing';

/** Events in a page when the reader does not say. */
const PAGE = 500;
/**
 * Bytes of the log between two signposts to the time: the first event behind a multiple of it gets one, so that whichever
 * process sees it puts up the same, and it does not matter how long a process lives.
 */
const STRETCH = 4 * 1024 * 1024;
/** A subscriber who was woken by nothing looks for himself after so many ms. */
const LOOK_AFTER = 30_000;

export interface EventStoreDbOptions {
  /** A connection string of EventStoreDB's own kind: `esdb://user:password@host:2113`. */
  readonly url: string;
  /** Milliseconds since 1970; default the machine's clock. */
  readonly clock?: () => number;
  /** Told of what was noticed and mended: a subscription that fell silent, for instance. */
  readonly log?: (warning: { readonly what: string } & Record<string, unknown>) => void;
  /** How long the server may take over one call, in ms; default 10,000. */
  readonly deadline?: number;
  /** How long is tried again before it is said that the store cannot be used, in ms; default 30,000. */
  readonly patience?: number;
  /** Milliseconds in two of which a silent subscription is found out by a heartbeat; default 2,000, 0 for none. */
  readonly heartbeat?: number;
}

/**
 * Opens the log on an EventStoreDB, within the patience that is given and a few seconds in which it is found out what is wrong.
 * @throws StoreError with a sentence when it cannot be used: 'unavailable' when nobody is there, this user is not let in or
 * it is too old, 'invalid' when the address is none.
 */
export async function openEventStoreDb(options: EventStoreDbOptions): Promise<EventStore> {
  const address = addressIn(options.url);
  const store = new EventStoreDb(options, address);
  try {
    await store.open();
  } catch (error) {
    await store.close();
    throw await withAdvice(error, address);
  }
  return store;
}

/** Nobody there, or somebody spoken to in the wrong way: the client says the same of both. */
async function withAdvice(error: unknown, { node, tls }: Address): Promise<unknown> {
  if (!(error instanceof StoreError) || error.code !== 'unavailable' || node === undefined)
    return error;
  if (error.cause instanceof Trouble && error.cause.why !== 'passing') return error;
  const set = (on: boolean): string => `write tls=${String(on)} into EVENTSTORE_URL`;
  const advice = await tlsAdvice(node, { tls, set });
  if (advice === undefined) return error;
  return new StoreError(error.code, `${error.message} ${advice}`, { cause: error.cause });
}

class EventStoreDb implements EventStore {
  readonly #server: Supervised;
  readonly #volume: Volume;
  readonly #times: Marks<Time>;
  readonly #log: Log;
  readonly #moving: Moving;
  readonly #streams: Streams;
  readonly #writing: Writing;
  readonly #lines = new InLine();
  readonly #clock: () => number;
  #tail: Tail | undefined;
  /** The latest time this process has seen in the log, in ms: none it gives out is before. */
  #latest = 0;
  /** Place of the last event of the log that came. */
  #before = 0;

  constructor(
    private readonly options: EventStoreDbOptions,
    { called }: Address,
  ) {
    const { url, clock = Date.now, deadline = 10_000, patience = 30_000 } = options;
    this.#clock = clock;
    this.#server = new Supervised(url, { deadline, patience }, called);
    this.#volume = new Volume(this.#server);
    this.#times = new Marks<Time>(this.#server, `${OWN}times`);
    this.#log = new Log(this.#server, this.#volume, () => this.#tail, this.#times);
    const ids = new KnownIds();
    this.#streams = new Streams(this.#server, this.#volume, ids);
    this.#writing = new Writing(
      ...([this.#server, this.#volume, ids, this.#streams] as const),
      () => this.#tail,
      () => this.#now(),
    );
    this.#moving = new Moving(this.#server, this.#volume, this.#log, {
      write: (stream, behind, events) => this.#writing.write(stream, behind, events),
      mark: (time) => this.#times.put(time),
      lengthOf: async (stream) => {
        await this.#streams.learn(stream);
        return ids.next(stream) ?? 0;
      },
      has: (stream, id) => ids.streamOf(id) === stream,
    });
  }

  async open(): Promise<void> {
    const { called } = this.#server;
    const recent = await this.#server.again('answer', (connection) => connection.isRecent());
    if (!recent) {
      throw new StoreError(
        'unavailable',
        `EventStoreDB at ${called} is too old: version 21.10 or later is needed, 24.10 is recommended.`,
      );
    }
    await this.#volume.read();
    const [newest] = await this.#server.again('read $all', (connection) =>
      connection.readAll({ from: 'end', backwards: true, limit: 1 }),
    );
    const last = await this.#log.last();
    const lastEvent = await this.#log.at(last);
    this.#latest = lastEvent === undefined ? 0 : timeOf(lastEvent);
    this.#before = last;
    const { heartbeat = 2_000, log = () => undefined } = this.options;
    this.#tail = new Tail(
      this.#server,
      { at: newest?.place ?? 'start', last },
      {
        heartbeat,
        seen: (event) => {
          this.#seen(event);
        },
        warn: (what, more) => {
          log({ what, ...more });
        },
      },
    );
    this.#tail.start();
  }

  append(
    stream: string,
    expected: ExpectedRevision,
    events: readonly NewEvent[],
  ): Promise<Appended | AppendRefused> {
    return new Promise((resolve) => {
      this.#assertOpen();
      const request = checkedAppend(stream, expected, events);
      resolve(this.#lines.next(stream, () => this.#writing.append(request)));
    });
  }

  async readStream(
    stream: string,
    options: ReadStreamOptions = {},
  ): Promise<readonly RecordedEvent[]> {
    this.#assertOpen();
    return this.#streams.read(stream, options);
  }

  async readLog(
    after: Position,
    options: { filter?: LogFilter; limit?: number } = {},
  ): Promise<LogPage> {
    this.#assertOpen();
    const { filter = {}, limit = PAGE } = options;
    if (!Number.isSafeInteger(limit) || limit < 1)
      throw invalid(`A page must have room for at least one event; limit was ${limit}.`);
    return this.#log.page(after, filter, limit);
  }

  async *subscribe(options: SubscribeOptions): AsyncGenerator<LogPage, void, undefined> {
    const { after, filter = {}, pageSize = PAGE, signal } = options;
    let scannedTo = after;
    let caughtUpOnce = false;
    while (!isAborted(signal)) {
      this.#assertOpen();
      const arrivals = this.#tail?.arrivals;
      const count = arrivals?.count ?? 0;
      const page =
        this.#log.fresh(scannedTo, filter, pageSize) ??
        (await this.#log.page(scannedTo, filter, pageSize));
      if (isAborted(signal)) return;
      if (page.scannedTo > scannedTo || (page.atEnd && !caughtUpOnce)) {
        scannedTo = page.scannedTo;
        caughtUpOnce ||= page.atEnd;
        yield page;
      } else {
        // Woken by the tail; and should that be out of order, not for ever asleep.
        const look = new AbortController();
        await Promise.race([
          arrivals?.beyond(count, anyOf(signal, look.signal)),
          pause(LOOK_AFTER, undefined, { signal: anyOf(signal, look.signal), ref: false }).catch(
            () => undefined,
          ),
        ]);
        look.abort();
      }
    }
  }

  async end(): Promise<Position> {
    this.#assertOpen();
    return this.#log.end();
  }

  async positionAt(instant: string): Promise<Position> {
    this.#assertOpen();
    const time = Date.parse(instant);
    if (Number.isNaN(time) || new Date(time).toISOString() !== instant) {
      throw invalid(
        `"${instant}" is no instant in UTC with milliseconds, such as 2026-11-23T18:20:00.000Z.`,
      );
    }
    return this.#log.positionAt(instant);
  }

  async identity(): Promise<LogIdentity> {
    this.#assertOpen();
    return this.#volume.read();
  }

  async takeOver(from: LogIdentity, events: readonly RecordedEvent[]): Promise<Position> {
    this.#assertOpen();
    return this.#lines.next('a move', () => this.#moving.takeOver(from, events));
  }

  async takenOver(): Promise<Position> {
    this.#assertOpen();
    return (await this.#moving.takenOver()).position;
  }

  async translated(position: Position): Promise<Position | undefined> {
    this.#assertOpen();
    return this.#moving.translated(position);
  }

  async close(): Promise<void> {
    if (this.#server.isClosed) return;
    await this.#lines.allDone();
    this.#tail?.stop();
    this.#server.close();
  }

  /** The time of what is recorded now: never before what this process has seen in the log. */
  #now(): string {
    this.#latest = Math.max(this.#latest, Math.trunc(this.#clock()));
    return new Date(this.#latest).toISOString();
  }

  #seen(event: Event): void {
    if (event.stream === IDENTITY) this.#volume.heard(event);
    if (!isOfTheLog(event)) return;
    const time = timeOf(event);
    this.#latest = Math.max(this.#latest, time);
    const isFirst = Math.floor(event.place / STRETCH) > Math.floor(this.#before / STRETCH);
    this.#before = event.place;
    if (time === 0 || !isFirst) return;
    this.#times
      .put({ place: event.place, recordedAt: new Date(time).toISOString() })
      // Without it a search takes a little longer.
      .catch(() => undefined);
  }

  #assertOpen(): void {
    if (this.#server.isClosed) throw closed();
  }
}

/** When an event was recorded, in ms; 0 for one that is not ours. */
function timeOf({ metadata }: Event): number {
  const time = Date.parse(String((metadata as Kept | undefined)?.recordedAt));
  return Number.isNaN(time) ? 0 : time;
}

const isAborted = (signal: AbortSignal | undefined): boolean => signal?.aborted === true;

const anyOf = (one: AbortSignal | undefined, other: AbortSignal): AbortSignal =>
  one === undefined ? other : AbortSignal.any([one, other]);
