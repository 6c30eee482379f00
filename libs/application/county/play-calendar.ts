import { exampleBankHolidays } from '#domain';
import { academicYear, daysAfter } from './days';

/** A half-term of the county's calendar: the days schools are open, and those up to the next one. */
export interface HalfTerm {
  readonly academicYear: string;
  /** 1 to 6, the first in autumn. */
  readonly halfTerm: number;
  /** First and last day of school. */
  readonly opens: string;
  readonly closes: string;
  /** First and last day that is counted to it: with those of its neighbours they make up the year. */
  readonly from: string;
  readonly to: string;
}

/** Month and day; those before September lie in the year after. Easter moves within the weeks left out around it. */
const HALF_TERMS = [
  ['09-05', '10-20', '09-01', '10-31'],
  ['10-31', '12-18', '11-01', '12-31'],
  ['01-06', '02-13', '01-01', '02-20'],
  ['02-23', '03-27', '02-21', '04-10'],
  ['04-20', '05-22', '04-11', '05-31'],
  ['06-03', '07-17', '06-01', '08-31'],
] as const;

export const halfTermsOf = (begins: number): readonly HalfTerm[] =>
  HALF_TERMS.map((days, n) => {
    const dated = (day: string): string => `${day >= '09' ? begins : begins + 1}-${day}`;
    const [opens, closes, from, to] = days;
    return {
      academicYear: academicYear(begins),
      halfTerm: n + 1,
      ...{ opens: dated(opens), closes: dated(closes), from: dated(from), to: dated(to) },
    };
  });

const holidays = new Set(exampleBankHolidays.flatMap(({ days }) => days));
const weekdayOf = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay();
const isWorkingDay = (day: string): boolean => weekdayOf(day) % 6 !== 0 && !holidays.has(day);

/**
 * Mondays and Thursdays: what is written down about support is written down then. Categories are decided on Tuesdays, or
 * entered anew on 9 October, so that whoever goes by a category finds the same whatever came first on the day; and few days
 * with much to do are played faster than many with little.
 */
const isEntryDay = (day: string): boolean =>
  isWorkingDay(day) && [1, 4].includes(weekdayOf(day)) && !day.endsWith('-10-09');

const isSchoolDay = (day: string): boolean =>
  isWorkingDay(day) &&
  HALF_TERMS.some(([first, last]) => first <= day.slice(5) && day.slice(5) <= last);

const firstFrom =
  (fits: (day: string) => boolean) =>
  (day: string): string => {
    let found = day;
    while (!fits(found)) found = daysAfter(found, 1);
    return found;
  };

/** The day itself or the first after it on which things are written down. */
export const officeDay = firstFrom(isEntryDay);

/** The day itself or the first after it on which schools are open. */
export const schoolDay = firstFrom(isSchoolDay);

/** The day itself or the first after it on which schools are open and things are written down. */
export const schoolEntryDay = firstFrom((day) => isSchoolDay(day) && isEntryDay(day));

/** The first Friday on which schools are open, from that day on. */
export const schoolFriday = firstFrom((day) => isSchoolDay(day) && weekdayOf(day) === 5);

/** So many working days later. */
export function workingDaysLater(day: string, n: number): string {
  let later = day;
  for (let left = n; left > 0; left -= 1) later = firstFrom(isWorkingDay)(daysAfter(later, 1));
  return later;
}
