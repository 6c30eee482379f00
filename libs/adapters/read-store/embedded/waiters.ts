import type { Position } from '#kernel';

/** How often another process's writing is looked for, in milliseconds. */
const POLL_EVERY = 50;

interface Waiter {
  readonly position: Position;
  readonly resolve: (reached: boolean) => void;
  readonly reject: (error: unknown) => void;
  readonly deadline: NodeJS.Timeout;
}

/** Those who wait for a position. Timers run only while somebody waits. */
export class Waiters {
  readonly #waiting = new Set<Waiter>();
  readonly #reached: () => Position;
  #poll: NodeJS.Timeout | undefined;

  /** `reached` reads how far the read models are; one row, cheap enough to ask twenty times a second. */
  constructor(reached: () => Position) {
    this.#reached = reached;
  }

  /** True as soon as the position is reached, false when `timeoutMs` have passed before. */
  async wait(position: Position, timeoutMs: number): Promise<boolean> {
    if (this.#reached() >= position) return true;
    if (timeoutMs <= 0) return false;
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
      this.#poll ??= setInterval(() => {
        this.look();
      }, POLL_EVERY);
    });
  }

  /** Lets those go whose position has been reached. */
  look(): void {
    if (this.#waiting.size === 0) return;
    try {
      const reached = this.#reached();
      for (const waiter of this.#leaving(({ position }) => position <= reached))
        waiter.resolve(true);
    } catch (error) {
      for (const waiter of this.#leaving()) waiter.reject(error);
    }
  }

  /** Nobody needs to wait any longer. */
  end(): void {
    for (const waiter of this.#leaving()) waiter.resolve(false);
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
