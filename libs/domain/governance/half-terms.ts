import type { AcademicYear } from '../shared/academic-year';
import { academicYearOf, daysOf } from '../shared/academic-year';
import { daysAfter } from '../shared/working-days';

/*
 * The six half-terms of an academic year, in which Board and liaison groups meet. Their days are each county's own and
 * change every year, so whoever records a meeting says which it was; the calendar only says which it cannot have been.
 */
/**
 * The months a half-term can reach into, counted from September as 0: widely, so that no county's term dates are refused.
 * [I] domain dossier, 6: a half-term is one of six teaching periods.
 */
const months: Readonly<Record<number, readonly [first: number, last: number]>> = {
  1: [0, 2],
  2: [1, 4],
  3: [3, 6],
  4: [5, 7],
  5: [6, 9],
  6: [8, 11],
};
const HALF_TERMS = 6;

/** Can a day lie in the n-th half-term of its academic year? */
export function canBeIn(halfTerm: number, day: string): boolean {
  const [first, last] = months[halfTerm] ?? [1, 0];
  const month = (Number(day.slice(5, 7)) + 3) % 12;
  return first <= month && month <= last;
}

/**
 * The first day of each half-term as it usually lies, by month and day: for a question about a half-term whose days nobody
 * has said. [I] domain dossier, 1.5 and 6; each county's own days are a little different every year.
 */
const usuallyFrom = ['09-01', '11-01', '01-01', '02-16', '04-01', '06-01'] as const;

const dayIn = (academicYear: AcademicYear, monthAndDay: string): string => {
  const starts = Number(academicYear.slice(0, 4));
  return `${monthAndDay >= '09' ? starts : starts + 1}-${monthAndDay}`;
};

/** First and last day of a half-term of an academic year, as it usually lies. The six of them fill the year. */
export function usualDaysOf(
  academicYear: AcademicYear,
  halfTerm: number,
): { readonly first: string; readonly last: string } | undefined {
  const [from, next] = [usuallyFrom[halfTerm - 1], usuallyFrom[halfTerm]];
  const end = daysOf(academicYear)?.last;
  if (from === undefined || end === undefined) return undefined;
  const last = next === undefined ? end : daysAfter(dayIn(academicYear, next), -1);
  return { first: dayIn(academicYear, from), last };
}

/** The half-term a day usually lies in. */
export const usualHalfTermOn = (day: string): number =>
  usuallyFrom.filter((from) => dayIn(academicYearOf(day), from) <= day).length;

/** Where a meeting of that day stands in the school year. */
export const halfTermOf = (heldOn: string, halfTerm: number) => ({
  academicYear: academicYearOf(heldOn),
  halfTerm,
});

export const halfTermRefusals = {
  NotInThatHalfTerm: {
    kind: 'invalid',
    says: 'A meeting’s day lies in the half-term it is recorded for.',
    detail: (halfTerm: number, day: string) =>
      `${day} cannot lie in half-term ${halfTerm} of ${HALF_TERMS} of ${academicYearOf(day)}. Check the day and the half-term.`,
    pointer: '/halfTerm',
  },
} as const;
