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

export interface TailOptions {
  /** Milliseconds between two heartbeats; 0 for none. */
  readonly heartbeat: number;
  /** Told of each event of the log and of this adapter's own streams, in order. */
  readonly seen: (event: Event) => void;
  readonly warn: (what: string, more: object) => void;
}

/**
 * The end of the log, followed by one subscription for everybody in this process who waits for news. A subscription that
 * breaks, ends or falls silent is replaced by one that goes on behind the last event that came; silence shows by a
 * heartbeat, an event of our own that has to come back before the next one is due. The connection is left only where the
 * server does not even confirm a new subscription on it: what others have under way on it would have to begin again.
 */
export class Tail {
  readonly arrivals = new Arrivals();
  readonly recent: Recent;
  readonly #stream = `${OWN}heartbeat.${randomUUID()}`;
  #following: Following | undefined;
  #timer: NodeJS.Timeout | undefined;
  #again: NodeJS.Timeout | undefined;
  #at: From;
  #last = 0;
  #live = false;
  /** The heartbeat that is to come back. */
  #awaited: string | undefined;
  /** When it was sent, or the subscription was asked for. */
  #sentAt = 0;
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
      this.#timer = setInterval(() => {
        this.#beat();
      }, heartbeat);
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
          if (this.#following === following) this.#at = Math.max(this.at, place);
        },
        confirmed: () => {
          if (this.#following !== following) return;
          this.#live = true;
          this.#awaited = undefined;
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
    this.#sentAt = performance.now();
  }

  #came(event: Event): void {
    if (event.stream === this.#stream && event.id === this.#awaited) this.#awaited = undefined;
    // After a break the server may tell of something twice.
    if (event.place <= this.at) return;
    this.#at = event.place;
    if (isOfTheLog(event)) {
      this.#last = Math.max(this.#last, event.place);
      this.recent.add(event);
    } else if (event.stream === this.#stream || event.stream.startsWith(`${OWN}heartbeat`)) return;
    this.options.seen(event);
    this.arrivals.announce();
  }

  #lost(why: string): void {
    const wasLive = this.#live;
    this.#following?.stop();
    this.#following = undefined;
    this.#live = false;
    this.#awaited = undefined;
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

  /** The next heartbeat is due. */
  #beat(): void {
    const { heartbeat } = this.options;
    const { now } = this.server;
    const waited = performance.now() - this.#sentAt;
    if (this.#following === undefined) return;
    if (!this.#live) {
      // A server that is only slow is given time; on a connection that is dead nothing will ever come.
      if (waited < heartbeat * 1.9) return;
      this.server.renew(now);
      this.#lost('the subscription was not confirmed in time');
    } else if (this.#awaited === undefined) {
      const id = randomUUID();
      this.#awaited = id;
      this.#sentAt = performance.now();
      void this.#send(now, id);
    } else if (waited >= heartbeat * 0.9) {
      this.#lost(`a heartbeat did not come back in time${this.#failure}`);
    }
  }

  async #send(connection: Connection, id: string): Promise<void> {
    try {
      await this.#keepShort(connection);
      const heartbeat = { id, type: `${OWN}heartbeat`, data: '{}', metadata: '{}' };
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
