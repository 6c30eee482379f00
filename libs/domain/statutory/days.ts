import { monthsAfter } from '../shared/working-days';
import { LAW_FROM } from './law';
import type { NoticeRefusal } from './refusals';
import { refuse } from './refusals';

/** A day on which something happened, under the field that says it. */
interface Happened {
  readonly field: string;
  readonly day: string;
  /** What it follows, and on which day that was. */
  readonly after: string;
  readonly what: string;
}

/** What has happened is not in the future, and follows what it follows. */
export function faultOfDay(
  { field, day, after, what }: Happened,
  today: string,
): NoticeRefusal | undefined {
  if (day > today) return refuse.InTheFuture(field, day, today);
  return day < after ? refuse.OutOfOrder(field, day, after, what) : undefined;
}

/** A notice is given today or before, and under the law as it is. */
export function faultOfGiving(
  field: string,
  day: string,
  today: string,
): NoticeRefusal | undefined {
  if (day > today) return refuse.InTheFuture(field, day, today);
  return day < LAW_FROM ? refuse.BeforeThisLaw(field, day, LAW_FROM) : undefined;
}

/**
 * The law leaves the length of a period to the authority; a year guards against a mistyped one. [I]
 */
export const yearAfter = (day: string): string => monthsAfter(day, 12);
