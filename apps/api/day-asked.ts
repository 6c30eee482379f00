import type { Clock } from '#platform';
import { dayInEngland } from '#platform';

const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

/** The day a question without a day is about: the day it is asked as of, or today. */
export function dayAsked(asOf: string | undefined, clock: Clock): string {
  const asked = asOf?.slice(0, 10) ?? '';
  return DAY.test(asked) ? asked : dayInEngland(clock.now());
}
