import type { Absence } from '#domain';
import type { InspectionOutcome } from '../imports/files/inspection-outcomes';
import { COUNTY_INDICATORS } from './indicators';
import type { County, CountySchool } from './model';
import { Random } from './random';

/** A figure for the framework's indicator, or why there is none. */
export type PlayedReading = { readonly indicator: string; readonly period: string } & (
  { readonly value: number } | { readonly absence: Absence }
);

/** What changes within the year and is known within it; results of tests come once a year. */
const WITHIN_THE_YEAR = new Set([
  'overall-absence',
  'persistent-absence',
  'suspensions',
  'permanent-exclusions',
  'governor-vacancies',
  'revenue-balance',
  'complaints',
  'safeguarding-audit',
  'surplus-places',
]);

/** Figures of 2021/22 lie before the model's own; no results of that year were published by school. */
const FIRST_YEAR = '2021/22';
const RESULTS_OF_FIRST_YEAR = new Set(['disadvantage-gap']);

/** The dashboard of the annual round in which the school year ends. */
export function dashboardOfRound(
  county: County,
  school: CountySchool,
  year: string,
  day: string,
): PlayedReading[] {
  return [...figuresOf(county, school, year), ...findingsOn(school, year, day)];
}

/** The dashboard on a day within the school year: last year's results, and what this year has shown so far. */
export function dashboardWithinYear(
  county: County,
  school: CountySchool,
  year: string,
  before: string,
  day: string,
): PlayedReading[] {
  const term = day.slice(5) >= '09-01' ? 'autumn' : day.slice(5) < '04-15' ? 'spring' : 'summer';
  const now = new Map(
    figuresOf(county, school, year)
      .filter(({ indicator }) => WITHIN_THE_YEAR.has(indicator))
      .map((reading) => [reading.indicator, { ...reading, period: `${year} ${term}` }]),
  );
  const figures = figuresOf(county, school, before).map(
    (reading) => now.get(reading.indicator) ?? reading,
  );
  return [...figures, ...findingsOn(school, year, day)];
}

function figuresOf(county: County, school: CountySchool, year: string): PlayedReading[] {
  if (year === FIRST_YEAR) return figuresOfFirstYear(county, school);
  return school.readings
    .filter(({ academicYear }) => academicYear === year)
    .map((reading) => ({
      indicator: reading.indicator,
      period: year,
      ...('absence' in reading ? { absence: reading.absence } : { value: reading.value }),
    }));
}

function figuresOfFirstYear(county: County, school: CountySchool): PlayedReading[] {
  const random = new Random(county.seed, `figures ${FIRST_YEAR} ${school.id}`);
  const strain = Object.values(school.strain)[0] ?? 0;
  return COUNTY_INDICATORS.filter(({ kinds }) => kinds.includes(school.kind)).map(
    ({ code, drawn, least, most, digits, maintainedOnly }): PlayedReading => {
      const about = { indicator: code, period: FIRST_YEAR };
      const [mean, deviation, perStrain] = drawn(school.kind);
      const value = mean + perStrain * strain + random.normal(0, deviation * 0.8);
      if (maintainedOnly === true && school.establishments.at(-1)?.trust !== undefined)
        return { ...about, absence: 'not-applicable' };
      if (RESULTS_OF_FIRST_YEAR.has(code)) return { ...about, absence: 'not-published' };
      if (random.chance(0.06)) return { ...about, absence: 'not-yet-collected' };
      return {
        ...about,
        value: Number(Math.min(most, Math.max(least, value)).toFixed(digits)) || 0,
      };
    },
  );
}

/** What people find out themselves: the latest inspection and how old it is, and who leads the school. */
function findingsOn(school: CountySchool, period: string, day: string): PlayedReading[] {
  const known = school.inspections.filter(({ publishedOn }) => publishedOn <= day);
  const latest = known.at(-1)?.outcome;
  const full = known.findLast(({ outcome }) => outcome.shape !== 'ungraded')?.outcome;
  const none = { absence: 'not-published' } as const;
  return [
    {
      indicator: 'ofsted',
      period,
      ...(latest === undefined ? none : { value: weakestFinding(latest, full) }),
    },
    {
      indicator: 'years-since-inspection',
      period,
      ...(full === undefined ? none : { value: yearsBetween(full.startedOn, day) }),
    },
    { indicator: 'headship', period, value: headshipOn(school, day) },
  ];
}

/** 1: an area below the expected standard. 2: a category of concern, safeguarding not met, or the lowest grade. */
function weakestFinding(latest: InspectionOutcome, full: InspectionOutcome | undefined): number {
  if (latest.concern !== undefined) return 2;
  switch (latest.shape) {
    case 'report-card': {
      const grades = latest.areas.map(({ grade }) => grade);
      if (latest.safeguarding === 'not-met' || grades.includes('Urgent improvement')) return 2;
      return grades.includes('Needs attention') ? 1 : 0;
    }
    case 'graded':
      return findingOf([latest.overall, ...Object.values(latest.judgements)]);
    case 'graded-without-overall':
      return findingOf(Object.values(latest.judgements));
    case 'ungraded':
      // It says how the school stands against the last full inspection.
      return full === undefined || full === latest ? 0 : weakestFinding(full, undefined);
  }
}

const findingOf = (grades: readonly (number | undefined)[]): number => {
  if (grades.includes(4)) return 2;
  return grades.includes(3) ? 1 : 0;
};

/** 1: new to the post within the last year. 2: led by someone standing in for more than a term. */
function headshipOn(school: CountySchool, day: string): number {
  const head = school.heads.findLast(({ from }) => from <= day);
  if (head === undefined) return 0;
  const years = yearsBetween(head.from, day);
  if (head.kind !== 'permanent') return years > 0.33 ? 2 : 1;
  return years < 1 ? 1 : 0;
}

const YEAR = 365.25 * 86_400_000;
const yearsBetween = (from: string, to: string): number =>
  Number(((Date.parse(to) - Date.parse(from)) / YEAR).toFixed(1));
