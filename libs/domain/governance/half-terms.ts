import { academicYearOf } from '../shared/academic-year';

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
