import { randomUUID } from 'node:crypto';
import { status } from '@grpc/grpc-js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { Ground } from './ground';
import * as refusals from './refusals';
import type { Sender } from './sender';
import type { Store, Stored } from './store';

/** As many events are read at a time; so many, times the client's interval, are looked at between two checkpoints. */
const PAGE = 32;

/** A place in `$all`: two numbers, of which the second decides where the first are equal. */
export interface Place {
  readonly commit: number;
  readonly prepare: number;
}

const isBehind = (a: Place, b: Place): boolean =>
  a.commit > b.commit || (a.commit === b.commit && a.prepare > b.prepare);

/** Where a subscription's events come from, in order. */
export interface Source {
  /** Where it begins; only `$all` has places. */
  readonly place: Place;
  /** Whether everything that is there now lies before its beginning. */
  readonly startsLive: boolean;
  /** The next event that is on the disk. */
  next(): Stored | undefined;
}

export function allSource(store: Store, from: Place | 'start' | 'end'): Source {
  const last = store.all[store.visible - 1]?.position ?? -1;
  const end = { commit: last, prepare: last };
  const place = from === 'end' ? end : from === 'start' ? { commit: -1, prepare: -1 } : from;
  const startsLive = place.commit >= 0 && !isBehind(end, place);
  if (!startsLive && place.commit >= 0 && !store.isBoundary(place.commit)) {
    throw refusals.refusal(status.INVALID_ARGUMENT, 'Trying to read from an invalid position.');
  }
  let index = store.indexFrom(place.commit);
  return {
    place,
    startsLive,
    next: () => {
      while (index < store.visible) {
        const event = store.all[index];
        index += 1;
        if (event === undefined || event.gone) continue;
        // The place is that of an event that was seen; with a smaller second number it is just before one.
        if (isBehind({ commit: event.position, prepare: event.position }, place)) return event;
      }
      return undefined;
    },
  };
}

export function streamSource(
  store: Store,
  name: string,
  options: streams.ReadReq.Options.StreamOptions | undefined,
): Source {
  const lastNow = (): number => {
    const readable = store.readable(name);
    if (readable === 'deleted') throw refusals.streamDeleted(name);
    return readable.last;
  };
  const asked = options?.hasRevision() === true ? Number(options.getRevision()) : undefined;
  const after = asked ?? (options?.hasEnd() === true ? lastNow() : -1);
  let revision = after + 1;
  return {
    place: { commit: -1, prepare: -1 },
    startsLive: after >= lastNow(),
    next: () => {
      const readable = store.readable(name);
      if (readable === 'deleted') throw refusals.streamDeleted(name);
      for (revision = Math.max(revision, readable.from); revision <= readable.last;) {
        const event = readable.events[revision];
        revision += 1;
        if (event !== undefined && !event.gone) return event;
      }
      return undefined;
    },
  };
}

/** Something to wait for that may already have rung. */
class Bell {
  #rung = false;
  #waiting: (() => void) | undefined;

  readonly ring = (): void => {
    this.#rung = true;
    this.#waiting?.();
  };

  async wait(): Promise<void> {
    if (!this.#rung) {
      await new Promise<void>((resolve) => {
        this.#waiting = resolve;
      });
    }
    this.#waiting = undefined;
    this.#rung = false;
  }
}

type Filter = streams.ReadReq.Options.FilterOptions;

/** One subscription: catches up, says so, and stays. It falls behind, and catches up again, as a real one does. */
export class Subscription {
  readonly #bell = new Bell();
  readonly #window: number;
  readonly #interval: number;
  /** What the client is known to have been told up to. */
  #told: Place;
  #checkpoint: Place | undefined;
  /** While catching up: where the page began, what it has, and how many were looked at since the last checkpoint. */
  #page: { from: Place; considered: number; matched: number };
  #considered = 0;
  #catchingUp: boolean;

  constructor(
    private readonly ground: Ground,
    private readonly sender: Sender,
    private readonly source: Source,
    private readonly matches: ((event: Stored) => boolean) | undefined,
    filter: Filter | undefined,
  ) {
    this.#window = filter?.hasMax() === true ? filter.getMax() : PAGE;
    this.#interval = this.#window * (filter?.getCheckpointintervalmultiplier() ?? 1);
    this.#told = source.place;
    this.#page = { from: source.place, considered: 0, matched: 0 };
    this.#catchingUp = !source.startsLive;
  }

  async run(): Promise<void> {
    const { ground, sender } = this;
    const stops = [ground.store.watch(this.#bell.ring), ground.faults.watch(this.#bell.ring)];
    for (const name of ['cancelled', 'close']) sender.call.once(name, this.#bell.ring);
    try {
      const id = new streams.ReadResp.SubscriptionConfirmation().setSubscriptionId(randomUUID());
      await sender.message(new streams.ReadResp().setConfirmation(id));
      if (this.source.startsLive) await this.#caughtUp();
      while (!sender.gone && !(await this.#ended(undefined))) {
        if (await this.#deliver()) return;
        await this.#bell.wait();
      }
    } finally {
      for (const stop of stops) stop();
    }
  }

  /** Everything that is there. true: a fault has ended the subscription. */
  async #deliver(): Promise<boolean> {
    let sent = 0;
    for (let event = this.source.next(); event !== undefined; event = this.source.next()) {
      if (this.sender.gone) return false;
      if (this.ground.faults.any && (await this.#ended(event.stream))) return true;
      sent += 1;
      if (sent > PAGE) this.#catchingUp = true;
      const matched = this.matches?.(event) ?? true;
      if (matched) await this.#send(event);
      if (this.matches !== undefined) await this.#count(event, matched);
    }
    if (!this.#catchingUp) return false;
    if (this.matches !== undefined) await this.#tellCheckpoint(this.#page.from);
    this.#catchingUp = false;
    this.#considered = 0;
    await this.#caughtUp();
    return false;
  }

  async #send(event: Stored): Promise<void> {
    this.#told = { commit: event.position, prepare: event.position };
    const waiting = this.sender.event(event);
    await waiting;
    if (this.ground.faults.bites('subscription-duplicate', event.stream) !== undefined) {
      await this.sender.event(event);
    }
  }

  /** Checkpoints of a filtered subscription. One sent while it catches up may lie just before an event, not at one. */
  async #count(event: Stored, matched: boolean): Promise<void> {
    const page = this.#page;
    page.considered += 1;
    if (matched) page.matched += 1;
    if (!this.#catchingUp) {
      this.#considered += 1;
      this.#page = { from: { commit: event.next, prepare: 0 }, considered: 0, matched: 0 };
      if (this.#considered < this.#interval) return;
      this.#considered = 0;
      await this.#tellCheckpoint({ commit: event.position, prepare: event.position });
      return;
    }
    if (page.considered < this.#window && page.matched < PAGE) return;
    this.#considered += page.considered;
    if (this.#considered >= this.#interval) {
      this.#considered %= this.#interval;
      await this.#tellCheckpoint(page.from);
    }
    this.#page = { from: { commit: event.next, prepare: 0 }, considered: 0, matched: 0 };
  }

  async #tellCheckpoint(reached: Place): Promise<void> {
    if (isBehind(reached, this.#told)) this.#told = reached;
    if (this.#told.commit < 0) return;
    if (this.#checkpoint !== undefined && !isBehind(this.#told, this.#checkpoint)) return;
    this.#checkpoint = this.#told;
    const checkpoint = new streams.ReadResp.Checkpoint()
      .setCommitPosition(this.#told.commit.toString())
      .setPreparePosition(this.#told.prepare.toString());
    await this.sender.message(new streams.ReadResp().setCheckpoint(checkpoint));
  }

  async #caughtUp(): Promise<void> {
    await this.sender.message(new streams.ReadResp().setCaughtUp(new streams.ReadResp.CaughtUp()));
  }

  /** Waits while a fault says to be silent; true where one has ended the call. */
  async #ended(stream: string | undefined): Promise<boolean> {
    const { faults } = this.ground;
    while (
      !this.sender.gone &&
      (faults.bites('subscription-silent', stream) ?? faults.bites('black-hole', stream))
    ) {
      await this.#bell.wait();
    }
    if (faults.bites('subscription-end', stream) !== undefined) {
      this.sender.end();
      return true;
    }
    const error = faults.bites('subscription-error', stream);
    if (error === undefined) return false;
    throw error.cancelled === true
      ? refusals.refusal(status.CANCELLED, 'Operation canceled')
      : refusals.refusal(status.UNAVAILABLE, 'Connection dropped');
  }
}
