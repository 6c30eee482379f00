import { randomUUID } from 'node:crypto';
import { Arrivals } from '../arrivals';
import type { Following, From } from './client';
import { ALL_STREAMS, isOfTheLog, OWN } from './codec';
import { Recent } from './recent';
import type { Event } from './records';
import type { Supervised } from './supervised';
import type { Trouble } from './trouble';

/** Between losing the subscription and asking for it again, in ms. */
const PAUSE = 100;

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
 * heartbeat, an event of our own that has to come back before the next one is due.
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
  #beating = false;
  #awaited: string | undefined;
  #sentAt = 0;
  #ended = false;
  /** How often the subscription had to be replaced. */
  drops = 0;

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
          // Something may have come in between: whoever waits has to look.
          this.arrivals.announce();
        },
        ended: (trouble) => {
          if (this.#following === following) this.#lost(trouble.message, trouble);
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

  #lost(why: string, trouble?: Trouble): void {
    this.#following?.stop();
    this.#following = undefined;
    this.#live = false;
    this.#awaited = undefined;
    if (this.#ended) return;
    this.drops++;
    this.options.warn('the live subscription was lost and is made anew', { why });
    if (trouble?.late === true) this.server.renew(this.server.now);
    // Those who wait read for themselves meanwhile, and hear where there is trouble.
    this.arrivals.announce();
    this.#again = setTimeout(() => {
      this.#follow();
    }, PAUSE);
    this.#again.unref();
  }

  /** Due again, and the last one has not come back, or the subscription has not even been confirmed: it is lost. */
  #beat(): void {
    const { heartbeat } = this.options;
    if (this.#awaited !== undefined || (!this.#live && this.#following !== undefined)) {
      if (performance.now() - this.#sentAt < heartbeat * 0.9) return;
      this.server.renew(this.server.now);
      this.#lost('a heartbeat did not come back in time');
      return;
    }
    if (this.#following === undefined || this.#beating) return;
    const id = randomUUID();
    this.#beating = true;
    this.#awaited = id;
    this.#sentAt = performance.now();
    void this.#send(id).finally(() => {
      this.#beating = false;
    });
  }

  async #send(id: string): Promise<void> {
    const type = `${OWN}heartbeat`;
    try {
      if (this.#beats === -1) await this.server.now.keepOnly(this.#stream, 1);
      const heartbeat = { id, type, data: '{}', metadata: '{}' };
      const answer = await this.server.now.append(this.#stream, this.#beats, [heartbeat]);
      if (answer !== 'conflict') this.#beats++;
    } catch {
      // It will not come back then, which is how it is noticed; and whether it was written is not known.
      await this.#count().catch(() => undefined);
    }
  }

  /** Revision of the last heartbeat. */
  #beats = -1;

  async #count(): Promise<void> {
    const read = { stream: this.#stream, from: 'end', backwards: true, limit: 1 } as const;
    const events = await this.server.now.readStream(read);
    this.#beats = events?.[0]?.revision ?? -1;
  }
}
