import { refusing } from '#kernel';

/**
 * The first day a record may be of. Nothing this product records of schools together and of the Board is older; an
 * earlier day is a slip of the pen. [I]
 */
export const FIRST_DAY = '2000-01-01';

/** What is wrong with a day, for aggregates whose facts have days of their own. */
export const dayRefusals = {
  InTheFuture: {
    kind: 'invalid',
    says: 'What has happened has a day that is not in the future.',
    detail: (field: string, day: string, today: string) =>
      `${field} is ${day}, after today (${today}). Give the day on which it happened.`,
  },
  DayTooLongAgo: {
    kind: 'invalid',
    says: 'A day on record is not before 2000.',
    detail: (field: string, day: string) =>
      `${field} is ${day}; days on record begin with ${FIRST_DAY}. Check the year.`,
  },
  BeforeItsTime: {
    kind: 'invalid',
    says: 'Things happen in their order: nothing is joined, reviewed, answered or ended before it began.',
    detail: (field: string, day: string, earliest: string) =>
      `${field} is ${day}, and cannot be before ${earliest}. Check the day.`,
  },
  DayTooFarAhead: {
    kind: 'invalid',
    says: 'What is planned has a day within sight.',
    detail: (field: string, day: string, latest: string) =>
      `${field} is ${day}, and can be ${latest} at the latest. Check the year.`,
  },
} as const;
const refuse = refusing(dayRefusals);
export type DayRefusal = ReturnType<(typeof refuse)[keyof typeof dayRefusals]>;

/** Why something cannot have happened on a day. */
export function faultOfFact(
  field: string,
  day: string,
  { today, since = FIRST_DAY }: { readonly today: string; readonly since?: string },
): DayRefusal | undefined {
  if (day < FIRST_DAY) return refuse.DayTooLongAgo(field, day);
  if (day > today) return refuse.InTheFuture(field, day, today);
  return day < since ? refuse.BeforeItsTime(field, day, since) : undefined;
}

/** Why something cannot be planned for a day: it lies between two others, both included. */
export function faultOfPlan(
  field: string,
  day: string,
  { earliest = FIRST_DAY, latest }: { readonly earliest?: string; readonly latest: string },
): DayRefusal | undefined {
  if (day < FIRST_DAY) return refuse.DayTooLongAgo(field, day);
  if (day < earliest) return refuse.BeforeItsTime(field, day, earliest);
  return day > latest ? refuse.DayTooFarAhead(field, day, latest) : undefined;
}

export const later = (a: string, b: string): string => (a > b ? a : b);

/** The same day some years on; 28 February for 29 February. */
export function yearsAfter(day: string, years: number): string {
  const year = String(Number(day.slice(0, 4)) + years).padStart(4, '0');
  return day.endsWith('-02-29') ? `${year}-02-28` : `${year}${day.slice(4)}`;
}
