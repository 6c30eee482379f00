import type { Absence } from '#domain';
import { academicYear, YEARS } from './days';
import { COUNTY_INDICATORS } from './indicators';
import type { CountyIndicator } from './indicators';
import type { CountyReading } from './model';
import type { Random } from './random';
import type { BareSchool } from './schools';

const SUPPRESSED_UP_TO = 10;
/** Share of figures that had not come in; small schools are late more often. */
const LATE = { most: 0.055, small: 0.14 };
const SMALL_SCHOOL = 100;

/** Every indicator for every year with figures: a value, or one of the four reasons why there is none. */
export function makeReadings(
  school: BareSchool,
  roll: number,
  strain: Readonly<Record<string, number>>,
  random: Random,
): CountyReading[] {
  const { kind, lowAge, highAge } = school.plan.kind;
  const cohort = roll / (highAge - lowAge);
  return YEARS.flatMap((begins) =>
    COUNTY_INDICATORS.map((indicator): CountyReading => {
      const reading = {
        academicYear: academicYear(begins),
        indicator: indicator.code,
        publishedOn: publishedOn(indicator, begins),
      };
      const absence = absenceOf(indicator, school, begins, cohort, roll, random);
      if (absence) return { ...reading, absence };
      const [mean, deviation, perStrain] = indicator.drawn(kind);
      const drawn =
        mean + perStrain * (strain[reading.academicYear] ?? 0) + random.normal(0, deviation * 0.8);
      const value = Math.min(indicator.most, Math.max(indicator.least, drawn));
      return { ...reading, value: Number(value.toFixed(indicator.digits)) || 0 };
    }),
  );
}

/** Figures that come out from September to December do so in the year the academic year ends in. */
function publishedOn({ published }: CountyIndicator, begins: number): string {
  const year = published >= '09-01' ? begins + 1 : begins + 2;
  return `${year}-${published}`;
}

function absenceOf(
  indicator: CountyIndicator,
  school: BareSchool,
  begins: number,
  cohort: number,
  roll: number,
  random: Random,
): Absence | undefined {
  if (!applies(indicator, school)) return 'not-applicable';
  if (indicator.unpublished?.includes(begins) === true) return 'not-published';
  if (indicator.cohortYears !== undefined && cohort <= SUPPRESSED_UP_TO) return 'suppressed';
  return random.chance(roll < SMALL_SCHOOL ? LATE.small : LATE.most)
    ? 'not-yet-collected'
    : undefined;
}

function applies({ kinds, maintainedOnly }: CountyIndicator, school: BareSchool): boolean {
  const isAcademy = school.establishments.at(-1)?.trust !== undefined;
  return kinds.includes(school.plan.kind.kind) && !(maintainedOnly === true && isAcademy);
}
