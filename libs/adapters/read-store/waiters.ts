import type { Position } from '#kernel';

interface Waiter {
  readonly position: Position;
  readonly resolve: (reached: boolean) => void;
  readonly reject: (error: unknown) => void;
  readonly deadline: NodeJS.Timeout;
}

/** Those who wait for a position. Timers run, and the store is asked, only while somebody waits. */
export class Waiters {
  readonly #waiting = new Set<Waiter>();
  #poll: NodeJS.Timeout | undefined;
  #looking = false;

  /**
   * @param every how often another process's writing is looked for, in milliseconds.
   * @param reached reads how far the read models are: one row or one small document.
   */
  constructor(
    private readonly every: number,
    private readonly reached: () => Position | Promise<Position>,
  ) {}

  /** True as soon as the position is reached, false when `timeoutMs` have passed before. */
  async wait(position: Position, timeoutMs: number): Promise<boolean> {
    if (timeoutMs <= 0) return (await this.reached()) >= position;
    return new Promise((resolve, reject) => {
      const waiter: Waiter = {
        position,
        resolve,
        reject,
        deadline: setTimeout(() => {
          this.#leave(waiter);
          resolve(false);
        }, timeoutMs),
      };
      this.#waiting.add(waiter);
      this.#poll ??= setInterval(() => void this.look(), this.every);
      void this.#ask([waiter]);
    });
  }

  /** Lets those go whose position has been reached. One look at a time: a slow store is not asked again meanwhile. */
  async look(): Promise<void> {
    if (this.#waiting.size === 0 || this.#looking) return;
    this.#looking = true;
    await this.#ask(this.#waiting);
    this.#looking = false;
  }

  /** Nobody needs to wait any longer. */
  end(): void {
    for (const waiter of this.#leaving()) waiter.resolve(false);
  }

  async #ask(forWhom: Iterable<Waiter>): Promise<void> {
    try {
      const reached = await this.reached();
      for (const waiter of this.#leaving(({ position }) => position <= reached))
        waiter.resolve(true);
    } catch (error) {
      const whose = new Set(forWhom);
      for (const waiter of this.#leaving((one) => whose.has(one))) waiter.reject(error);
    }
  }

  #leaving(which: (waiter: Waiter) => boolean = () => true): readonly Waiter[] {
    const leaving = [...this.#waiting].filter(which);
    for (const waiter of leaving) this.#leave(waiter);
    return leaving;
  }

  #leave(waiter: Waiter): void {
    clearTimeout(waiter.deadline);
    this.#waiting.delete(waiter);
    if (this.#waiting.size === 0) {
      clearInterval(this.#poll);
      this.#poll = undefined;
    }
  }
}
