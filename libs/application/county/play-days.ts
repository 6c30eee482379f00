import { daysAfter } from './days';

/**
 * The days of a play. Whatever happens over days is told as a process that waits for the day of its next step; time
 * moves on when every process waits, and ends with the last day: what waits for a later one stays undone.
 */
export class PlayDays {
  private now: string;
  private awake = 0;
  private failure: { readonly error: unknown } | undefined;
  private atRest: (() => void) | undefined;
  private readonly waiting = new Map<string, (() => void)[]>();

  constructor(
    first: string,
    private readonly last: string,
    private readonly morning: (day: string) => void,
  ) {
    this.now = first;
    morning(first);
  }

  get today(): string {
    return this.now;
  }

  begin(process: () => Promise<void>): void {
    this.awake += 1;
    void process()
      .catch((error: unknown) => {
        this.failure ??= { error };
      })
      .finally(() => {
        this.rest();
      });
  }

  /** Goes on when the day has come; at once when it is today or past. */
  async until(day: string): Promise<void> {
    if (day <= this.now) return;
    const come = new Promise<void>((wake) => {
      const others = this.waiting.get(day);
      if (others === undefined) this.waiting.set(day, [wake]);
      else others.push(wake);
    });
    this.rest();
    await come;
  }

  /** Plays to the last day. `evening` ends a day; what it begins still happens on that day, and has its own evening. */
  async play(evening: () => Promise<void>): Promise<void> {
    for (;;) {
      if (this.awake > 0) await new Promise<void>((resolve) => (this.atRest = resolve));
      if (this.failure !== undefined) throw this.failure.error;
      await evening();
      if (this.awake > 0) continue;
      const next = [...this.waiting.keys()].reduce((a, b) => (b < a ? b : a), '9999');
      if (next > this.last) return;
      this.now = next;
      this.morning(next);
      const woken = this.waiting.get(next) ?? [];
      this.waiting.delete(next);
      this.awake += woken.length;
      for (const wake of woken) wake();
    }
  }

  private rest(): void {
    this.awake -= 1;
    if (this.awake === 0) this.atRest?.();
  }
}

const weekday = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay();

/** The day itself, or the Monday after. */
export const workday = (day: string): string => daysAfter(day, { 0: 1, 6: 2 }[weekday(day)] ?? 0);

/** The team meets on Tuesdays, but not in August and at Christmas: the first meeting on the day or after it. */
export function meeting(day: string): string {
  const tuesday = daysAfter(day, (9 - weekday(day)) % 7);
  const date = tuesday.slice(5);
  const away = date.startsWith('08') || date >= '12-20' || date < '01-04';
  return away ? meeting(daysAfter(tuesday, 7)) : tuesday;
}
