import { academicYearOf, daysOf } from '#domain';
import { malformed, ProblemException } from './problem';

export const YEAR = /^\d{4}-\d{2}$/;
export const YEAR_FAULT = 'year must be an academic year such as 2026-27';

/** The academic year a question is about, by default that of the day asked about. */
export function yearAsked(year: string | undefined, today: string): string {
  if (year === undefined) return academicYearOf(today);
  const academicYear = year.replace('-', '/');
  if (daysOf(academicYear) !== undefined) return academicYear;
  throw new ProblemException(malformed([{ pointer: '/year', detail: YEAR_FAULT }]));
}
