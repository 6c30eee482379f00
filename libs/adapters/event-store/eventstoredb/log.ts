import type { LogFilter, LogPage, Position } from '#kernel';
import { StoreError } from '#kernel';
import type { ReadAll, ServerFilter } from './client';
import { isOfTheLog, LOG_STREAMS } from './codec';
import { Gathering, selectionFor } from './gathering';
import type { Marks } from './marks';
import type { Event } from './records';
import type { Supervised } from './supervised';
import type { Seen, Tail } from './tail';
import { seenBy } from './tail';
import { Trouble } from './trouble';
import type { Volume } from './volume';

/** Where the log was at a moment. */
export type Time = { readonly place: number; readonly recordedAt: string };

/** Events read at a time on the way to a place: what is looked for is often near, so at first few. */
const FIRST_STRIDE = 64;
const STRIDE = 1_000;
/** Events looked at from the end when the last of the log is asked for: a few heartbeats of other processes lie there. */
const GLANCE = 16;
/** Events looked through for one page at most: whoever reads on hears how far it is. */
const LOOKED_THROUGH = 20_000;

/** Reading the log, in its order. */
export class Log {
  /**
   * Filters with which the server did not answer in time. It says nothing while it looks through what a filter leaves out,
   * so that in a long log nobody knows whether it still does: from then on the log is read as it is, which takes longer, and
   * comes to an end.
   */
  readonly #sparse = new Set<string>();

  constructor(
    private readonly server: Supervised,
    private readonly volume: Volume,
    private readonly tail: () => Tail | undefined,
    private readonly times: Marks<Time>,
  ) {}

  /** As `EventStore.readLog`. */
  async page(after: Position, filter: LogFilter, limit: number): Promise<LogPage> {
    const from = this.volume.placeOf(after);
    const selection = selectionFor(filter);
    if (selection === undefined) {
      const end = await this.end();
      return { events: [], scannedTo: end > after ? end : after, atEnd: true };
    }
    const known = this.tail()?.last ?? 0;
    const page = new Gathering(from, selection, this.volume.positionOf);
    const { events } = page;
    let looked = 0;
    for (let empty = 0; ;) {
      const want = limit - events.length;
      const read = await this.#behind(page.scanned, selection.server, want);
      page.add(read, limit);
      looked += read.length;
      if (events.length >= limit || looked >= LOOKED_THROUGH)
        return { events, scannedTo: this.volume.positionOf(page.scanned), atEnd: false };
      // A reading that found less than was asked for has come to the end, or was broken off in good order: the next one
      // tells. Where it has come to all that is known of, there is nothing to be told; where not, nothing found is not
      // believed at once.
      empty = read.length > 0 ? 0 : empty + 1;
      const isShort = selection.isWhole && read.length < want && known > 0;
      if (page.scanned >= known ? isShort || empty > 0 : empty > 1) break;
    }
    return {
      events,
      scannedTo: this.volume.positionOf(
        selection.isWhole ? page.scanned : Math.max(page.scanned, known),
      ),
      atEnd: true,
    };
  }

  /**
   * A page out of what the live subscription has brought, without asking the server; undefined when it has not brought all
   * that lies behind `after`, or cannot be relied on at the moment.
   */
  fresh(after: Position, filter: LogFilter, limit: number): LogPage | undefined {
    const tail = this.tail();
    const from = this.volume.placeOf(after);
    const selection = selectionFor(filter);
    if (tail?.isLive !== true || selection === undefined) return undefined;
    const came = tail.recent.behind(from);
    if (came === undefined) return undefined;
    const page = new Gathering(from, selection, this.volume.positionOf);
    page.add(came, limit);
    const scannedTo = this.volume.positionOf(page.scanned);
    return { events: page.events, scannedTo, atEnd: page.scanned >= tail.last };
  }

  /** The last event of the log. */
  async end(): Promise<Position> {
    return this.volume.positionOf(await this.last());
  }

  /** The place of the last event of the log as the server has it; 0 when there is none. */
  async last(): Promise<number> {
    const last = (await this.#lastInSight()) ?? (await this.#lastOfAll());
    return Math.max(last, this.tail()?.last ?? 0);
  }

  /**
   * Looks from the end over what is not of the log, down to where the tail has come: this process's, or that of another,
   * whose heartbeat lies there. Undefined when nothing says how far anybody has come.
   */
  async #lastInSight(): Promise<number | undefined> {
    const tail = this.tail();
    let seen: Seen | undefined = tail?.isLive === true ? tail : undefined;
    let from: number | 'end' = 'end';
    for (let looked = 0; seen !== undefined || looked < 4 * GLANCE;) {
      const events: readonly Event[] = await this.#read({ from, backwards: true, limit: GLANCE });
      for (const event of events) {
        if (isOfTheLog(event)) return event.place;
        seen ??= seenBy(event);
        if (seen !== undefined && event.place <= seen.at) return seen.last;
      }
      const least = events.at(-1);
      if (least === undefined) return seen?.last;
      from = least.place;
      looked += events.length;
    }
    return undefined;
  }

  async #lastOfAll(): Promise<number> {
    const filter = { by: 'stream', regex: LOG_STREAMS } as const;
    const [event] = await this.#read({ from: 'end', backwards: true, limit: 1, filter });
    return event?.place ?? 0;
  }

  /** What stands at a place. */
  async at(place: number): Promise<Event | undefined> {
    const [event] = place === 0 ? [] : await this.#read({ from: place, limit: 1 });
    return event?.place === place ? event : undefined;
  }

  /** As `EventStore.positionAt`, for an instant that was checked. */
  async positionAt(instant: string): Promise<Position> {
    const mark = await this.times.before(({ recordedAt }) => recordedAt <= instant);
    let found = mark?.place ?? 0;
    for (const stride of strides()) {
      const page = await this.page(this.volume.positionOf(found), {}, stride);
      const later = page.events.findIndex(({ recordedAt }) => recordedAt > instant);
      const last = page.events[later === -1 ? page.events.length - 1 : later - 1];
      if (last !== undefined) found = this.volume.placeOf(last.position);
      if (later !== -1 || page.atEnd) break;
    }
    return this.volume.positionOf(found);
  }

  async #behind(after: number, filter: ServerFilter, limit: number): Promise<readonly Event[]> {
    if (after === 0) return this.#read({ from: 'start', limit, filter });
    try {
      // Reading forwards begins with the event at the place itself.
      const events = await this.#read({ from: after, limit: limit + 1, filter });
      return events.filter(({ place }) => place > after);
    } catch (error) {
      if (!isNoSuchPlace(error)) throw error;
      return this.#behindNoPlace(after, filter);
    }
  }

  /** Between two events there is no place the server could read from: begins at a signpost before, and passes over. */
  async #behindNoPlace(after: number, filter: ServerFilter): Promise<readonly Event[]> {
    const mark = await this.times.before(({ place }) => place <= after);
    for (let from: number | 'start' = mark?.place ?? 'start'; ;) {
      const events: readonly Event[] = await this.#read({ from, limit: STRIDE, filter });
      const behind = events.filter(({ place }) => place > after);
      const last = events.at(-1);
      if (behind.length > 0 || last === undefined || events.length < STRIDE) return behind;
      from = last.place;
    }
  }

  /** With a filter that was found too sparse, what it lets through has yet to be picked out of what is read. */
  #read(read: ReadAll): Promise<readonly Event[]> {
    const { regex = LOG_STREAMS } = read.filter ?? {};
    return this.server.again('read the log', async (connection) => {
      if (this.#sparse.has(regex)) {
        const filter = { by: 'stream', regex: LOG_STREAMS } as const;
        return connection.readAll({ ...read, filter, limit: Math.max(read.limit, STRIDE) });
      }
      try {
        return await connection.readAll(read);
      } catch (error) {
        if (error instanceof Trouble && error.late && regex !== LOG_STREAMS)
          this.#sparse.add(regex);
        throw error;
      }
    });
  }
}

/** How many events to read next on the way to a place: more and more. */
export function* strides(): Generator<number, never> {
  for (let stride = FIRST_STRIDE; ; stride = Math.min(2 * stride, STRIDE)) yield stride;
}

const isNoSuchPlace = (error: unknown): boolean =>
  error instanceof StoreError &&
  error.cause instanceof Trouble &&
  error.cause.why === 'no-such-place';
