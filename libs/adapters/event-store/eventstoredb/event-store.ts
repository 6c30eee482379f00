import { setTimeout as pause } from 'node:timers/promises';
import { StoreError } from '#kernel';
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
import type { AppendRequest } from '../append-request';
import { appendRequest } from '../append-request';
import { closed } from '../closed';
import { invalid } from '../invalid';
import { IDENTITY, Volume } from './volume';
import { OWN, isOfTheLog, keptOf, recordedFrom } from './codec';
import type { Kept } from './codec';
import { InLine } from './in-line';
import { KnownIds } from './known-ids';
import type { Time } from './log';
import { Log } from './log';
import { Marks } from './marks';
import { Moving } from './moving';
import type { Event } from './records';
import { Supervised } from './supervised';
import { Tail } from './tail';

/** Events in a page when the reader does not say. */
const PAGE = 500;
/** Events of a stream read at a time. */
const STRIDE = 1_000;
/** Bytes that one append may bring: the server takes 1 MiB, with names and ids. */
const MAX_APPEND = 1_000_000;
/** Events of the log between two marks of the time. */
const MARK_EVERY = 4_096;
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
  /** Milliseconds between two heartbeats, which a silent subscription is found out by; default 5,000, 0 for none. */
  readonly heartbeat?: number;
}

/**
 * Opens the log on an EventStoreDB.
 * @throws StoreError 'unavailable' with a sentence when it cannot be used: nobody there, not let in, too old.
 */
export async function openEventStoreDb(options: EventStoreDbOptions): Promise<EventStore> {
  const store = new EventStoreDb(options);
  try {
    await store.open();
  } catch (error) {
    await store.close();
    throw error;
  }
  return store;
}

class EventStoreDb implements EventStore {
  readonly #server: Supervised;
  readonly #volume: Volume;
  readonly #times: Marks<Time>;
  readonly #log: Log;
  readonly #moving: Moving;
  readonly #ids = new KnownIds();
  readonly #lines = new InLine();
  readonly #clock: () => number;
  #tail: Tail | undefined;
  /** The latest time this process has seen in the log, in ms: none it gives out is before. */
  #latest = 0;
  #sinceMark = 0;

  constructor(private readonly options: EventStoreDbOptions) {
    const { url, clock = Date.now, deadline = 10_000, patience = 30_000 } = options;
    this.#clock = clock;
    this.#server = new Supervised(url, { deadline, patience }, withoutPassword(url));
    this.#volume = new Volume(this.#server);
    this.#times = new Marks<Time>(this.#server, `${OWN}times`);
    this.#log = new Log(this.#server, this.#volume, () => this.#tail, this.#times);
    this.#moving = new Moving(this.#server, this.#volume, this.#log, {
      write: (stream, behind, events) => this.#write(stream, behind, events),
      mark: (time) => this.#times.put(time),
    });
  }

  async open(): Promise<void> {
    const { called } = this.#server;
    const recent = await this.#server.again('be used', (connection) => connection.isRecent());
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
    this.#latest = last === undefined ? 0 : timeOf(last);
    const { heartbeat = 5_000, log = () => undefined } = this.options;
    this.#tail = new Tail(
      this.#server,
      { at: newest?.place ?? 'start', last: last?.place ?? 0 },
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
      const request = this.#checked(stream, expected, events);
      resolve(this.#lines.next(stream, () => this.#append(request)));
    });
  }

  async readStream(
    stream: string,
    options: ReadStreamOptions = {},
  ): Promise<readonly RecordedEvent[]> {
    this.#assertOpen();
    const { direction = 'forwards', limit = Infinity } = options;
    if (options.from !== undefined) refuseUnlessCount('from', options.from);
    if (limit !== Infinity) refuseUnlessCount('limit', limit);
    if (limit === 0) return [];
    const backwards = direction === 'backwards';
    const events: RecordedEvent[] = [];
    let next = options.from;
    while (events.length < limit) {
      const want = Math.min(STRIDE, limit - events.length);
      const read = await this.#readPart(stream, next, want, backwards);
      events.push(...read.map((event) => this.#recorded(event)));
      const last = read.at(-1);
      if (last === undefined || read.length < want || (backwards && last.revision === 0)) break;
      next = last.revision + (backwards ? -1 : 1);
    }
    assertWhole(stream, events, { ...options, limit });
    if (!backwards) this.#ids.add(stream, events);
    return events;
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
      const page = await this.#log.page(scannedTo, filter, pageSize);
      if (isAborted(signal)) return;
      if (page.scannedTo > scannedTo || !caughtUpOnce) {
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

  #checked(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): AppendRequest {
    const request = appendRequest(stream, expected, events);
    if (!isOfTheLog({ stream }))
      throw invalid(
        `${stream} cannot be written: names that begin with "$" are the server's, and with "${OWN}" the adapter's.`,
      );
    const size = request.events.reduce(
      (sum, { type, data, metadata }) => sum + type.length + data.length + metadata.length + 400,
      0,
    );
    if (size > MAX_APPEND)
      throw invalid(
        `An append to ${stream} brings ${size} characters; at most ${MAX_APPEND} fit. Split it.`,
      );
    return request;
  }

  async #append(request: AppendRequest): Promise<Appended | AppendRefused> {
    const { stream, expected, events } = request;
    for (;;) {
      const known = this.#ids.next(stream);
      // All ids of the stream have to be known, up to where the writer believes it to end.
      if (known === undefined ? expected !== -1 : expected !== 'any' && expected >= known)
        await this.#learn(stream);
      const standing = this.#ids.standing(request);
      if (standing.is === 'elsewhere') {
        const { id, revision, stream: there } = standing;
        return { appended: false, reason: 'id-taken', id, stream: there, revision };
      }
      if (standing.is === 'here') {
        const position = await this.#positionOf(stream, standing.revision);
        return { appended: true, revision: standing.revision, position, repeated: true };
      }
      const behind = expected === 'any' ? (this.#ids.next(stream) ?? 0) - 1 : expected;
      const recordedAt = this.#now();
      const answer = await this.#write(
        stream,
        behind,
        events.map((event) => ({ ...event, metadata: keptOf(recordedAt, event.metadata) })),
      );
      if (answer !== 'conflict') {
        const revision = behind + events.length;
        return { appended: true, revision, position: answer, repeated: false };
      }
      await this.#learn(stream);
      if (expected === 'any' || this.#ids.standing(request).is !== 'new') continue;
      return { appended: false, reason: 'conflict', actual: (this.#ids.next(stream) ?? 0) - 1 };
    }
  }

  /**
   * Writes events behind a revision. Where an answer is lost the same events are sent again to the same place, which
   * writes them once however often it is done, until the outcome is known or patience runs out.
   */
  async #write(
    stream: string,
    behind: number,
    events: AppendRequest['events'],
  ): Promise<Position | 'conflict'> {
    const answer = await this.#server.until(`append to ${stream}`, async (connection, tries) => {
      const written = await connection.append(stream, behind, events);
      if (written !== 'conflict') return { done: written.place };
      // An earlier try may have written them after all, and others gone on behind.
      const there = tries > 0 && (await this.#stand(stream, behind, events));
      return { done: there === false ? ('conflict' as const) : there };
    });
    if (answer === 'conflict') return answer;
    this.#ids.add(
      stream,
      events.map(({ id }, i) => ({ id, revision: behind + 1 + i })),
    );
    // A repeat may be answered without a place.
    const place = Number.isNaN(answer)
      ? this.#volume.placeOf(await this.#positionOf(stream, behind + events.length))
      : answer;
    this.#tail?.wrote(place);
    return this.#volume.positionOf(place);
  }

  /** The place of the last of these events when they all stand behind this revision; false when others do. */
  async #stand(
    stream: string,
    behind: number,
    events: AppendRequest['events'],
  ): Promise<number | false> {
    const read = { stream, from: behind + 1, limit: events.length };
    const there = (await this.#server.now.readStream(read)) ?? [];
    const same = there.length === events.length && there.every(({ id }, i) => id === events[i]?.id);
    return same ? (there.at(-1)?.place ?? false) : false;
  }

  /** Reads what is not known yet of the ids of a stream. */
  async #learn(stream: string): Promise<void> {
    for (;;) {
      const from = this.#ids.next(stream) ?? 0;
      const read = await this.#readPart(stream, from, STRIDE, false);
      this.#ids.add(stream, read);
      if (from === 0 && read.length === 0) this.#ids.empty(stream);
      if (read.length < STRIDE) return;
    }
  }

  async #positionOf(stream: string, revision: number): Promise<Position> {
    const [event] = await this.#readPart(stream, revision, 1, false);
    if (event?.revision !== revision)
      throw new StoreError('damaged', `Revision ${revision} of ${stream} is not there any more.`);
    return this.#volume.positionOf(event.place);
  }

  async #readPart(
    stream: string,
    from: number | undefined,
    limit: number,
    backwards: boolean,
  ): Promise<readonly Event[]> {
    return this.#server.again(`read ${stream}`, async (connection) => {
      const start = from ?? (backwards ? 'end' : 'start');
      const read = { stream, from: start, limit, backwards } as const;
      const events = (await connection.readStream(read)) ?? [];
      if (events.length > 0 || !backwards || from === undefined) return events;
      // Behind the end, read backwards: some servers say nothing, so the end is asked for.
      const all = (await connection.readStream({ ...read, from: 'end' })) ?? [];
      return all.filter(({ revision }) => revision <= from);
    });
  }

  #recorded(event: Event): RecordedEvent {
    const recorded = recordedFrom(event, this.#volume.positionOf);
    if (recorded !== undefined) return recorded;
    throw new StoreError(
      'foreign',
      `Revision ${event.revision} of ${event.stream} was not written by Side by Side. Another program writes streams of the same name; give it a server of its own.`,
    );
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
    if (time === 0 || ++this.#sinceMark < MARK_EVERY) return;
    this.#sinceMark = 0;
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

/** Revisions are counted without gaps; where one is missing, the server has thrown events away. */
function assertWhole(
  stream: string,
  events: readonly RecordedEvent[],
  { from, direction, limit = Infinity }: ReadStreamOptions,
): void {
  const backwards = direction === 'backwards';
  const step = backwards ? -1 : 1;
  const first = events[0]?.revision ?? 0;
  const whole =
    events.every(({ revision }, i) => revision === first + i * step) &&
    (events.length === 0 ||
      (backwards
        ? events.length >= limit || events.at(-1)?.revision === 0
        : first === (from ?? 0)));
  if (whole) return;
  throw new StoreError(
    'damaged',
    `Events of ${stream} are missing: its history was truncated or scavenged on the server. The record is incomplete; restore the server's data from a backup, and let no retention be set on the streams of Side by Side.`,
  );
}

function refuseUnlessCount(name: string, value: number): void {
  if (Number.isSafeInteger(value) && value >= 0) return;
  throw invalid(`${name} must be a whole number of at least 0, not ${value}.`);
}

/** A connection string as it may be shown: without who asks and with what password. */
function withoutPassword(url: string): string {
  return url
    .replace(/^[a-z+]+:\/\//i, '')
    .replace(/^.*@/, '')
    .replace(/[/?].*$/, '');
}

const isAborted = (signal: AbortSignal | undefined): boolean => signal?.aborted === true;

const anyOf = (one: AbortSignal | undefined, other: AbortSignal): AbortSignal =>
  one === undefined ? other : AbortSignal.any([one, other]);
