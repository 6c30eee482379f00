import { randomUUID } from 'node:crypto';
import { Arrivals } from '../arrivals';
import type { Connection, Following, From } from './client';
import { ALL_STREAMS, isOfTheLog, OWN } from './codec';
import { Recent } from './recent';
import type { Event } from './records';
import type { Supervised } from './supervised';
import { troubleFrom } from './trouble';

/** Between losing the subscription and asking for it again, in ms: at first, and at most. */
const FIRST_PAUSE = 100;
const LONGEST_PAUSE = 1_000;

/*
 * In heartbeats: how often is looked, how long it may be quiet at least before one is written and by how much that differs,
 * and how long is waited for what has to come. What is written last is noticed after QUIET + SPREAD + AWAITED and twice LOOK.
 */
const LOOK = 0.1;
const QUIET = 0.6;
const SPREAD = 0.25;
const AWAITED = 0.85;
const UNCONFIRMED = 1.9;

const HEARTBEATS = `${OWN}heartbeat.`;

/** What a heartbeat says of who wrote it: up to which place everything had come, and which was the last event of the log. */
export interface Seen {
  readonly at: number;
  readonly last: number;
}

/** Undefined for what is no heartbeat. */
export function seenBy({ stream, data }: Event): Seen | undefined {
  if (!stream.startsWith(HEARTBEATS)) return undefined;
  const { at, last } = (data ?? {}) as Partial<Seen>;
  return typeof at === 'number' && typeof last === 'number' ? { at, last } : undefined;
}

export interface TailOptions {
  /** Milliseconds between two heartbeats; 0 for none. */
  readonly heartbeat: number;
  /** Told of each event of the log and of this adapter's own streams, in order. */
  readonly seen: (event: Event) => void;
  readonly warn: (what: string, more: object) => void;
}

/**
 * The end of the log, followed by one subscription for everybody in this process who waits for news. A subscription that
 * breaks, ends or falls silent is replaced by one that goes on behind the last event that came. Where nothing comes for most
 * of a heartbeat's time, an event of our own is written: it has to come back, in less than two heartbeats from the first
 * moment of silence. What others write shows as well that all is well, so that of many processes one at a time is heard, and
 * under load none. The connection is left only where the server does not even confirm a new subscription on it: what others
 * have under way on it would have to begin again.
 */
export class Tail {
  readonly arrivals = new Arrivals();
  readonly recent: Recent;
  readonly #stream = `${HEARTBEATS}${randomUUID()}`;
  #following: Following | undefined;
  #timer: NodeJS.Timeout | undefined;
  #again: NodeJS.Timeout | undefined;
  #at: From;
  #last = 0;
  #live = false;
  /** When the subscription was asked for, when it last brought something, and since when a heartbeat is to come back. */
  #askedAt = 0;
  #heardAt = 0;
  #sentAt: number | undefined;
  /** How long it may be quiet before a heartbeat is written, in ms; not the same for all, so that one is the first. */
  #quiet = 0;
  #lookedAt = 0;
  #pause = FIRST_PAUSE;
  #ended = false;
  /** What became of the last heartbeat that could not be sent. */
  #failure = '';
  #isKeptShort = false;

  constructor(
    private readonly server: Supervised,
    from: { readonly at: 'start' | number; readonly last: number },
    private readonly options: TailOptions,
  ) {
    this.#at = from.at;
    this.#last = from.last;
    this.recent = new Recent(from.at === 'start' ? 0 : from.at);
  }

  /** The server has said that it listens, and nothing has gone wrong since. */
  get isLive(): boolean {
    return this.#live;
  }

  /** Every event up to here has come; 0 before the first. */
  get at(): number {
    return typeof this.#at === 'number' ? this.#at : 0;
  }

  /** The last event of the log that is known of, whether it came here or was just written. */
  get last(): number {
    return this.#last;
  }

  start(): void {
    this.#follow();
    const { heartbeat } = this.options;
    if (heartbeat > 0) {
      this.#lookedAt = performance.now();
      this.#timer = setInterval(() => {
        this.#look(heartbeat);
      }, heartbeat * LOOK);
      this.#timer.unref();
    }
  }

  /** An event of the log stands there: this process has just written it. */
  wrote(place: number): void {
    this.#last = Math.max(this.#last, place);
    // Who follows live hears of it when it comes.
    if (!this.#live) this.arrivals.announce();
  }

  stop(): void {
    this.#ended = true;
    clearInterval(this.#timer);
    clearTimeout(this.#again);
    this.#following?.stop();
    this.arrivals.announce();
  }

  #follow(): void {
    if (this.#ended || this.server.isClosed) return;
    const { now } = this.server;
    const following = now.follow(
      this.#at,
      { by: 'stream', regex: ALL_STREAMS },
      {
        event: (event) => {
          if (this.#following === following) this.#came(event);
        },
        passed: (place) => {
          if (this.#following !== following) return;
          this.#heardAt = performance.now();
          this.#at = Math.max(this.at, place);
        },
        confirmed: () => {
          if (this.#following !== following) return;
          this.#live = true;
          this.#heardAt = performance.now();
          this.#sentAt = undefined;
          this.#pause = FIRST_PAUSE;
          // Something may have come in between: whoever waits has to look.
          this.arrivals.announce();
        },
        ended: (trouble) => {
          if (this.#following === following) this.#lost(trouble.message);
        },
      },
    );
    this.#following = following;
    this.#askedAt = performance.now();
  }

  #came(event: Event): void {
    this.#heardAt = performance.now();
    // After a break the server may tell of something twice.
    if (event.place <= this.at) return;
    this.#at = event.place;
    if (isOfTheLog(event)) {
      this.#last = Math.max(this.#last, event.place);
      this.recent.add(event);
    } else if (event.stream.startsWith(HEARTBEATS)) return;
    this.options.seen(event);
    this.arrivals.announce();
  }

  #lost(why: string): void {
    const wasLive = this.#live;
    this.#following?.stop();
    this.#following = undefined;
    this.#live = false;
    this.#sentAt = undefined;
    if (this.#ended) return;
    // Said once, not at each try to have it back.
    if (wasLive) this.options.warn('the live subscription was lost and is made anew', { why });
    // Those who wait read for themselves meanwhile, and hear where there is trouble.
    this.arrivals.announce();
    this.#again = setTimeout(() => {
      this.#follow();
    }, this.#pause);
    this.#again.unref();
    this.#pause = Math.min(2 * this.#pause, LONGEST_PAUSE);
  }

  #look(heartbeat: number): void {
    const now = performance.now();
    const heldUp = now - this.#lookedAt > heartbeat * 3 * LOOK;
    this.#lookedAt = now;
    // Where this process itself was held up, what has come meanwhile is still to be heard.
    if (heldUp || this.#following === undefined) return;
    if (!this.#live) {
      // A server that is only slow is given time; on a connection that is dead nothing will ever come.
      if (now - this.#askedAt < heartbeat * UNCONFIRMED) return;
      this.server.renew(this.server.now);
      this.#lost('the subscription was not confirmed in time');
    } else if (this.#sentAt === undefined || this.#heardAt > this.#sentAt) {
      this.#sentAt = undefined;
      if (now - this.#heardAt < this.#quiet) return;
      this.#quiet = heartbeat * (QUIET + SPREAD * Math.random());
      this.#sentAt = now;
      void this.#send(this.server.now);
    } else if (now - this.#sentAt >= heartbeat * AWAITED) {
      this.#lost(`a heartbeat did not come back in time${this.#failure}`);
    }
  }

  async #send(connection: Connection): Promise<void> {
    try {
      await this.#keepShort(connection);
      const data = JSON.stringify({ at: this.at, last: this.last } satisfies Seen);
      const heartbeat = { id: randomUUID(), type: `${OWN}heartbeat`, data, metadata: '{}' };
      await connection.append(this.#stream, 'any', [heartbeat]);
      this.#failure = '';
    } catch (error) {
      // It will not come back then, which is how it is noticed.
      const { message, late } = troubleFrom(error);
      this.#failure = `: ${message}`;
      if (late) this.server.renew(connection);
    }
  }

  /** Of the heartbeats the server is to keep the last one only. */
  async #keepShort(connection: Connection): Promise<void> {
    if (this.#isKeptShort) return;
    const data = JSON.stringify({ $maxCount: 1 });
    const metadata = { id: randomUUID(), type: '$metadata', data, metadata: '{}' };
    // Where it was written and not answered it stands there already.
    await connection.append(`$$${this.#stream}`, -1, [metadata]);
    this.#isKeptShort = true;
  }
}
