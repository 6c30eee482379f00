import { setImmediate as nextTurn } from 'node:timers/promises';

/** How often a reader looks whether another process has appended, in ms. */
const POLL = 50;

/** So many turns of the event loop without an announcement are a pause. */
const QUIET = 2;

/**
 * Tells those who wait for it that the log may have grown. In the writer's process each commit announces itself; in a
 * process that only reads, the end of the log is looked at every 50 ms, as long as somebody waits.
 */
export class Arrivals {
  #announced = 0;
  readonly #waiting = new Set<() => void>();
  #timer: NodeJS.Timeout | undefined;

  /** `poll` answers true when the log has grown since it was last asked. Leave it out where every append is announced. */
  constructor(private readonly poll?: () => boolean) {}

  /** How many announcements there have been. Take it before reading, and hand it to `beyond` after. */
  get count(): number {
    return this.#announced;
  }

  announce(): void {
    this.#announced++;
    for (const wake of [...this.#waiting]) wake();
  }

  /** Resolves as soon as there has been an announcement after the first `count`, or the signal is aborted. */
  beyond(count: number, signal: AbortSignal | undefined): Promise<void> {
    if (this.#announced > count || signal?.aborted === true) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = (): void => {
        this.#waiting.delete(wake);
        signal?.removeEventListener('abort', wake);
        if (this.#waiting.size === 0) this.#stopPolling();
        resolve();
      };
      this.#waiting.add(wake);
      signal?.addEventListener('abort', wake);
      this.#startPolling();
    });
  }

  /** Resolves when announcements pause, or after so many milliseconds. */
  async pausing(ms: number): Promise<void> {
    const until = performance.now() + ms;
    for (let quiet = 0; quiet < QUIET && performance.now() < until;) {
      const before = this.#announced;
      await nextTurn();
      quiet = this.#announced === before ? quiet + 1 : 0;
    }
  }

  #startPolling(): void {
    const { poll } = this;
    if (poll === undefined) return;
    this.#timer ??= setInterval(() => {
      if (poll()) this.announce();
    }, POLL);
  }

  #stopPolling(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
