import { daysBetween, daysAfter } from '#domain';
import type { Random } from './random';

export { daysAfter, daysBetween } from '#domain';

/** Days of school in which inspections begin and things are decided: month and day, within an academic year. */
const TERMS = [
  ['09-10', '12-11'],
  ['01-10', '03-24'],
  ['04-21', '07-09'],
] as const;

/** A day in term between two days, both included, Monday to Friday; inspections paused from March 2020 to August 2021. */
export function inTerm(random: Random, from: string, to: string): string {
  const days = daysBetween(from, to);
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const day = daysAfter(from, random.between(0, days));
    const weekday = new Date(day).getUTCDay();
    const paused = day >= '2020-03-17' && day < '2021-09-01';
    const inTerms = TERMS.some(([first, last]) => day.slice(5) >= first && day.slice(5) <= last);
    if (weekday > 0 && weekday < 6 && inTerms && !paused) return day;
  }
  throw new Error(`no day of term from ${from} to ${to}`);
}

const MOST_TRIES = 1000;

/** The academic year's label by the year it begins in. */
export const academicYear = (begins: number): string =>
  `${begins}/${String((begins + 1) % 100).padStart(2, '0')}`;

/** Years for which the county has figures, by the year they begin in. */
export const YEARS = [2022, 2023, 2024, 2025] as const;
