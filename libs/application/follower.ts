import { setTimeout as timer } from 'node:timers/promises';
import type { ReadStore } from '#kernel';
import type { Log } from '#platform';

/** How long a lease lasts, in milliseconds: a follower whose process died is taken over within this and a look. */
export const LEASE = 4_000;
/** A lease is renewed this often while its work runs. */
const RENEW = 1_000;
/** How often whoever has to wait looks again. */
export const LOOK = 250;
/** Before something that went wrong is tried again. */
const AGAIN = 1_000;

/** Follows the log until the signal, and says each time that it has got on. */
export type Follow = (signal: AbortSignal, seen: () => void) => Promise<void>;

/**
 * Keeps one piece of work that follows the log going: under a lease, so that of several processes one does it and the
 * others wait; and again after a fault, never past what cannot be handled. The lease saves work and nothing rests on it:
 * whoever slept over the end of it does once more what another one has done, and what they do is the same.
 */
export class Follower {
  /** What stopped it, while it stands still in this process. */
  fault: string | undefined;
  private readonly ending = new AbortController();
  private running: Promise<void> = Promise.resolve();

  constructor(
    /** As the lease calls it. */
    readonly name: string,
    private readonly follow: Follow,
    private readonly about: {
      readonly documents: ReadStore;
      readonly holder: string;
      readonly log: Log;
    },
  ) {}

  start(): this {
    this.running = this.keepGoing();
    return this;
  }

  /** Ends it where it stands: what it had finished is recorded, the rest is done again by whoever goes on. */
  async stop(): Promise<void> {
    this.ending.abort();
    await this.running;
  }

  private async keepGoing(): Promise<void> {
    const { signal } = this.ending;
    const { documents, holder, log } = this.about;
    while (!signal.aborted) {
      try {
        if (await documents.lease(this.name, holder, LEASE)) await this.turn();
        // Another process does it, and says itself how it fares.
        else this.fault = undefined;
        await pause(LOOK, signal);
      } catch (error) {
        const fault = error instanceof Error ? error.message : String(error);
        if (this.fault !== fault)
          log.error({ follower: this.name, err: error }, 'follower stopped');
        this.fault = fault;
        await pause(AGAIN, signal);
      }
    }
  }

  /** As long as the lease is had. It is given up at the end, after a fault too: another process may fare better. */
  private async turn(): Promise<void> {
    const { documents, holder } = this.about;
    const ended = new AbortController();
    const signal = AbortSignal.any([this.ending.signal, ended.signal]);
    const renewing = this.renew(signal, () => {
      ended.abort();
    });
    try {
      await this.follow(signal, () => {
        this.fault = undefined;
      });
    } finally {
      ended.abort();
      await renewing;
      // Where the store does not answer, the lease ends by itself.
      await documents.release(this.name, holder).catch(() => undefined);
    }
  }

  private async renew(signal: AbortSignal, lost: () => void): Promise<void> {
    for (;;) {
      await pause(RENEW, signal);
      if (signal.aborted) return;
      try {
        if (!(await this.about.documents.lease(this.name, this.about.holder, LEASE))) lost();
      } catch {
        // The follower asks the same store, and meets the fault itself.
      }
    }
  }
}

/** Waits, but not beyond the signal. */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  await timer(ms, undefined, signal === undefined ? {} : { signal }).catch(() => undefined);
}
