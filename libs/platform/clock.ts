import { Temporal } from 'temporal-polyfill';

/** The one source of time of a process. What is pure gets its time from a command or an event, never from here. */
export interface Clock {
  /** Milliseconds since 1970, UTC. */
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };

/** A clock that can be set while the past is played, and is the machine's before it is first set and after its release. */
export class PlayedClock implements Clock {
  private moment: number | undefined;

  now(): number {
    return this.moment ?? Date.now();
  }

  /** Stands still at a moment (ms since 1970). */
  setTo(moment: number): void {
    this.moment = moment;
  }

  release(): void {
    this.moment = undefined;
  }
}

const ZONE = 'Europe/London';

const formatter = new Intl.DateTimeFormat('en-CA', {
  timeZone: ZONE,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});
let lastHour = -1;
let lastDay = '';

/** The calendar day in England at a moment (ms): `2026-11-23`. */
export function dayInEngland(ms: number): string {
  // A day only changes on the hour, and formatting costs more than everything else a command does.
  const hour = Math.floor(ms / 3_600_000);
  if (hour !== lastHour) {
    lastDay = formatter.format(ms);
    lastHour = hour;
  }
  return lastDay;
}

/** The last millisecond of a calendar day in England, as an ISO instant in UTC. Throws RangeError for no real day. */
export function endOfDayInEngland(day: string): string {
  const start = Temporal.PlainDate.from(day).add({ days: 1 }).toZonedDateTime(ZONE);
  return new Date(start.epochMilliseconds - 1).toISOString();
}
