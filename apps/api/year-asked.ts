import { academicYearOf, daysOf } from '#domain';
import { malformed, ProblemException } from './problem';

export const YEAR = /^\d{4}-\d{2}$/;
export const yearFault = (name: string): string => `${name} must be a year such as 2026-27`;
export const YEAR_FAULT = yearFault('year');

/** "2026-27" as "2026/27"; a label that is no year, such as 2026-28, ends the request as a problem. */
export function yearNamed(name: string, year: string): string {
  const label = year.replace('-', '/');
  if (daysOf(label) !== undefined) return label;
  throw new ProblemException(malformed([{ pointer: `/${name}`, detail: yearFault(name) }]));
}

/** The academic year a question is about; default that of the day asked about. */
export const yearAsked = (year: string | undefined, today: string): string =>
  year === undefined ? academicYearOf(today) : yearNamed('year', year);
