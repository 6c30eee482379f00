import type { Clock } from '#platform';
import { dayInEngland } from '#platform';

const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

/** The day a question without a day is about: the day it is asked as of, or today. */
export function dayAsked(asOf: string | undefined, clock: Clock): string {
  const asked = asOf?.slice(0, 10) ?? '';
  return DAY.test(asked) ? asked : dayInEngland(clock.now());
}

/** The same day a year before; 28 February for 29 February. */
export function yearBefore(day: string): string {
  const year = String(Number(day.slice(0, 4)) - 1).padStart(4, '0');
  return day.endsWith('-02-29') ? `${year}-02-28` : `${year}${day.slice(4)}`;
}
