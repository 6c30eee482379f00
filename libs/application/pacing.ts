import type { EventStore, ReadStore } from '#kernel';
import { placeOf } from '#kernel';
import type { Position } from '#kernel';
import type { Clock } from '#platform';
import { pause } from './follower';
import type { Progress } from './projector';

/** The read models people see may be behind by this before a builder waits for them, in milliseconds. */
const BEHIND = 2_000;
/** How often that is looked at. */
const EVERY = 250;
/** Read models that have not moved for so long while a builder waited are not waiting for it. */
const STAND_STILL = 5_000;

/** How far a build has come, how fast it goes and how long it will take, as far as can be told. */
export interface Pace {
  readonly position: Position;
  readonly end: Position;
  readonly eventsPerSecond?: number;
  readonly secondsLeft?: number;
}

/** Slows a build down: to a number of events a second, and for as long as the read models people see fall behind. */
export class Pacing {
  private readonly begun = performance.now();
  private folded = 0;
  private looked = performance.now();
  private waited = 0;

  constructor(
    private readonly about: {
      readonly events: EventStore;
      readonly documents: ReadStore;
      readonly clock: Clock;
      /** Events a second at most; undefined: as fast as it goes. */
      readonly rate: number | undefined;
      readonly signal: AbortSignal;
      readonly from: Position;
    },
  ) {}

  /** Events folded so far. */
  get events(): number {
    return this.folded;
  }

  seen({ position, end, events }: Progress): Pace {
    this.folded += events;
    const seconds = (performance.now() - this.begun) / 1000;
    const done = placeOf(position) - placeOf(this.about.from);
    const left = placeOf(end) - placeOf(position);
    // At the end there is nothing left to tell.
    if (left <= 0 || done <= 0 || seconds === 0) return { position, end };
    return {
      position,
      end,
      eventsPerSecond: Math.round(this.folded / seconds),
      secondsLeft: Math.ceil((left / done) * seconds),
    };
  }

  /** Resolves when the next page may be folded. */
  async turn(): Promise<void> {
    const { rate, signal } = this.about;
    if (rate !== undefined) {
      const due = this.begun + this.waited + (this.folded / rate) * 1000;
      await pause(Math.max(0, due - performance.now()), signal);
    }
    const now = performance.now();
    if (now - this.looked < EVERY) return;
    await this.letOthersBy();
    this.looked = performance.now();
    // Time spent waiting for others is not made up for afterwards.
    this.waited += this.looked - now;
  }

  private async letOthersBy(): Promise<void> {
    const { events, documents, clock, signal } = this.about;
    let moved = performance.now();
    let before: Position | undefined;
    while (!signal.aborted) {
      const at = await documents.checkpoint();
      const [next] = (await events.readLog(at, { limit: 1 })).events;
      if (next === undefined || clock.now() - Date.parse(next.recordedAt) <= BEHIND) return;
      if (at !== before) moved = performance.now();
      if (performance.now() - moved > STAND_STILL) return;
      before = at;
      await pause(EVERY, signal);
    }
  }
}
