/** So many at most within so many milliseconds. */
interface Limit {
  readonly most: number;
  readonly within: number;
}

/** Lets through so many at most, whoever they are: nothing is kept of anybody, only when somebody came. */
export class AtMost {
  private times: readonly number[] = [];

  constructor(private readonly limits: readonly Limit[]) {}

  /** Whether there is room for one more now; if there is, it is taken. */
  takes(now: number): boolean {
    const longest = Math.max(...this.limits.map(({ within }) => within));
    this.times = this.times.filter((time) => time > now - longest);
    const full = this.limits.some(
      ({ most, within }) => this.times.filter((time) => time > now - within).length >= most,
    );
    if (!full) this.times = [...this.times, now];
    return !full;
  }
}
