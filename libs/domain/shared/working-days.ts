import { entryOf } from './plain';

/** Bank holidays as published, by calendar year. */
export type BankHolidays = Readonly<Record<string, { readonly days: readonly string[] }>>;

/** A day counted in working days. */
export interface WorkingDay {
  readonly day: string;
  /** False when no bank holidays are published for a year that was counted through: then only weekends are left out. */
  readonly holidaysKnown: boolean;
}

const DAY = 86_400_000;
const at = (day: string): number => Date.parse(`${day}T00:00:00Z`);
const dayAt = (moment: number): string => new Date(moment).toISOString().slice(0, 10);

export const daysAfter = (day: string, days: number): string => dayAt(at(day) + days * DAY);

/** How many days one day lies before another; negative when it lies behind it. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((at(to) - at(from)) / DAY);

/** The same day so many months later, or the last of that month where it is shorter. */
export function monthsAfter(day: string, months: number): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return dayAt(Date.UTC(year, month - 1 + months, Math.min(date, last)));
}

/** The n-th working day after a day: Mondays to Fridays that are no bank holiday. */
export function workingDaysAfter(day: string, n: number, holidays: BankHolidays): WorkingDay {
  let [counted, reached, holidaysKnown] = [0, day, true];
  while (counted < n) {
    reached = daysAfter(reached, 1);
    const year = entryOf(holidays, reached.slice(0, 4));
    if (year === undefined) holidaysKnown = false;
    if (!isWeekend(reached) && year?.days.includes(reached) !== true) counted += 1;
  }
  return { day: reached, holidaysKnown };
}

/** The last day whose n-th working day after it has passed by today: a term that began then or earlier has run out. */
export function lastDayRunOut(today: string, n: number, holidays: BankHolidays): string {
  let day = daysAfter(today, -n);
  while (workingDaysAfter(day, n, holidays).day >= today) day = daysAfter(day, -1);
  return day;
}

const isWeekend = (day: string): boolean => [0, 6].includes(new Date(at(day)).getUTCDay());
