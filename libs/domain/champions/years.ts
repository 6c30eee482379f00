import type { AcademicYear } from '../shared/academic-year';
import { academicYearOf, daysOf, yearsFrom } from '../shared/academic-year';
import { daysBetween } from '../shared/working-days';
import type { ChampionRefusal } from './refusals';
import { refuse } from './refusals';

/** How far from the present year days are counted: late entries on one side, plans on the other. */
const YEARS_BACK = 5;
const YEARS_AHEAD = 2;

/** A year that days may be counted in on this day; else why not. */
export function faultOfYear(year: AcademicYear, today: string): ChampionRefusal | undefined {
  const now = academicYearOf(today);
  const [first, last] = [yearsFrom(now, -YEARS_BACK), yearsFrom(now, YEARS_AHEAD)];
  return year < first || year > last ? refuse.YearOutOfReach(year, first, last) : undefined;
}

/** A period that lies in such a year; else why not. */
export function faultOfPeriod(
  {
    academicYear,
    from,
    to,
  }: { readonly academicYear: AcademicYear; readonly from: string; readonly to: string },
  today: string,
): ChampionRefusal | undefined {
  const { first, last } = daysOf(academicYear) ?? { first: '', last: '' };
  const pointer =
    from < first || from > last ? '/from' : to < from || to > last ? '/to' : undefined;
  return (
    faultOfYear(academicYear, today) ??
    (pointer && { ...refuse.OutsideYear(from, to, academicYear, first, last), pointer })
  );
}

/** How many days a period has, its first and last included. */
export const daysIn = (from: string, to: string): number => daysBetween(from, to) + 1;
