/** Lets work on one thing wait for the work before it on the same; work on different things goes on side by side. */
export class InLine {
  readonly #last = new Map<string, Promise<unknown>>();

  next<T>(name: string, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(name);
    const now = before === undefined ? work() : before.then(work, work);
    this.#last.set(name, now);
    const done = (): void => {
      if (this.#last.get(name) === now) this.#last.delete(name);
    };
    now.then(done, done);
    return now;
  }

  async allDone(): Promise<void> {
    await Promise.allSettled(this.#last.values());
  }
}
