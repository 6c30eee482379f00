import type { Snapshot } from '#kernel';
import type { Category } from '#domain';
import { academicYearOf, categories, periodOn } from '#domain';
import type { Claim, ClaimStage } from './claims';
import { claims } from './claims';
import type { Page, PageRequest } from './page';
import { DEFAULT_LIMIT, paged } from './page';
import type { RegisterEntry } from './register';
import { register } from './register';
import type { SchoolCard } from './schools';
import { schools } from './schools';
import type { NamedSchool } from './schools-named';
import { LEAST_SHOWN } from './small-numbers';

/*
 * What champions cost: from claims, visit by visit, each on the day of the visit. A rejected claim costs nothing. What is
 * claimed and waits, what is approved and waits, and what is paid are stated apart; together they are the cost.
 */

export const costsMethod =
  'From claims, visit by visit, by the day of the visit; rejected claims are left out. The cost is what is claimed, approved ' +
  'and paid together. A claim’s shares are spread over its visits in the proportion of their amounts, to the penny. The category ' +
  'is the one in force at the supported school on the day of the visit. An academic year runs from 1 September, a financial ' +
  'year from 1 April. Only what is paid for champions is on record here.';

/** Whole pence and half-days. */
export type Spent = {
  readonly halfDays: number;
  readonly costPence: number;
  readonly claimedPence: number;
  readonly approvedPence: number;
  readonly paidPence: number;
  readonly authorityPence: number;
  readonly schoolPence: number;
  /** Of the schools' share, what they have been invoiced for. */
  readonly invoicedPence: number;
  /** The cost of a day, to the nearest penny; absent where there is no half-day. */
  readonly perDayPence?: number;
};

/** One visit of a claim that is not rejected, with its part of the shares. */
export type CostLine = {
  readonly schoolId: string;
  readonly homeSchoolId: string;
  readonly visitedOn: string;
  readonly halfDays: number;
  readonly amountPence: number;
  readonly authorityPence: number;
  readonly schoolPence: number;
  readonly stage: Exclude<ClaimStage, 'rejected'>;
  readonly invoiced: boolean;
};

/** The visits of claims. The authority's share of a claim is spread so that the parts of it come to the whole. */
export const costLines = (all: readonly Claim[]): readonly CostLine[] =>
  all.flatMap((claim): readonly CostLine[] => {
    const { stage, visits, authorityPence, amountPence: whole, schoolId, homeSchoolId } = claim;
    if (stage === 'rejected') return [];
    let before = 0;
    return visits.map(({ visitedOn, halfDays, amountPence }) => {
      const upTo = before + amountPence;
      const share = partOf(authorityPence, upTo, whole) - partOf(authorityPence, before, whole);
      before = upTo;
      return {
        ...{ schoolId, homeSchoolId, visitedOn, halfDays, amountPence, stage },
        ...{ authorityPence: share, schoolPence: amountPence - share },
        invoiced: claim.invoiceId !== undefined,
      };
    });
  });

const partOf = (share: number, part: number, whole: number): number =>
  whole === 0 ? 0 : Math.floor((share * part) / whole);

export function spentOn(lines: readonly CostLine[]): Spent {
  const sum = (of: (line: CostLine) => number): number =>
    lines.reduce((total, line) => total + of(line), 0);
  const at = (stage: CostLine['stage']): number =>
    sum((line) => (line.stage === stage ? line.amountPence : 0));
  const halfDays = sum((line) => line.halfDays);
  const costPence = sum(({ amountPence }) => amountPence);
  return {
    halfDays,
    costPence,
    claimedPence: at('claimed'),
    approvedPence: at('approved'),
    paidPence: at('paid'),
    authorityPence: sum(({ authorityPence }) => authorityPence),
    schoolPence: sum(({ schoolPence }) => schoolPence),
    invoicedPence: sum(({ invoiced, schoolPence }) => (invoiced ? schoolPence : 0)),
    ...(halfDays === 0 ? {} : { perDayPence: Math.round((2 * costPence) / halfDays) }),
  };
}

/** 1 April to 31 March, labelled as the council writes it: "2026/27". */
export const financialYearOf = (day: string): string => {
  const year = Number(day.slice(0, 4));
  const starts = day.slice(5) >= '04-01' ? year : year - 1;
  return `${starts}/${String((starts + 1) % 100).padStart(2, '0')}`;
};

export type CostOfCategory = Spent & {
  /** The category on the day of the visit; `none`: none was in force. */
  readonly category: Category | 'none';
  /** How many schools were visited while in it. */
  readonly schools: number;
};

export type Costs = {
  readonly academicYear?: string;
  readonly financialYear?: string;
  readonly total: Spent;
  /** All years, whatever is asked for, the last first. */
  readonly byAcademicYear: readonly (Spent & { readonly year: string })[];
  readonly byFinancialYear: readonly (Spent & { readonly year: string })[];
  readonly byCategory: readonly CostOfCategory[];
  /** What goes to schools of the county for their champions, of all that is paid for champions. */
  readonly withCountySchools: { readonly costPence: number; readonly percent?: number };
  /** Supported schools by name, a page of them; and all home schools that are paid, by name. */
  readonly schools: Page<Spent & { readonly school: NamedSchool }>;
  readonly homeSchools: readonly (Spent & { readonly school: NamedSchool })[];
  readonly method: string;
};

export type CostsRequest = PageRequest & {
  /** Only visits in this academic year, or in this financial one. */
  readonly academicYear?: string;
  readonly financialYear?: string;
};

export interface CostGround {
  readonly lines: readonly CostLine[];
  readonly schools: ReadonlyMap<string, SchoolCard>;
  readonly register: ReadonlyMap<string, RegisterEntry>;
}

export async function costsIn(snapshot: Snapshot, about: CostsRequest): Promise<Costs> {
  const [all, cards, entries] = await Promise.all([
    snapshot.list<Claim>(claims),
    snapshot.list<SchoolCard>(schools),
    snapshot.list<RegisterEntry>(register),
  ]);
  return costsFrom(
    {
      lines: costLines(all.map(({ body }) => body)),
      schools: new Map(cards.map(({ key, body }) => [key, body])),
      register: new Map(entries.map(({ key, body }) => [key, body])),
    },
    about,
  );
}

export function costsFrom(
  { lines: all, schools: cards, register: periods }: CostGround,
  { academicYear, financialYear, skip = 0, limit = DEFAULT_LIMIT }: CostsRequest,
): Costs {
  const lines = all.filter(
    ({ visitedOn }) =>
      (academicYear === undefined || academicYearOf(visitedOn) === academicYear) &&
      (financialYear === undefined || financialYearOf(visitedOn) === financialYear),
  );
  const categoryOf = ({ schoolId, visitedOn }: CostLine): Category | 'none' =>
    periodOn(periods.get(schoolId) ?? { periods: [] }, visitedOn)?.category ?? 'none';
  const bySchool = named(lines, 'schoolId', cards);
  const inCounty = lines.filter(({ homeSchoolId }) => cards.has(homeSchoolId));
  return {
    ...(academicYear === undefined ? {} : { academicYear }),
    ...(financialYear === undefined ? {} : { financialYear }),
    total: spentOn(lines),
    byAcademicYear: byYear(all, academicYearOf),
    byFinancialYear: byYear(all, financialYearOf),
    byCategory: byCategory(lines, categoryOf),
    withCountySchools: shareOf(inCounty, lines),
    schools: paged(bySchool.slice(skip, skip + limit), bySchool.length, skip),
    homeSchools: named(lines, 'homeSchoolId', cards),
    method: costsMethod,
  };
}

const byYear = (lines: readonly CostLine[], yearOf: (day: string) => string) =>
  [...Map.groupBy(lines, ({ visitedOn }) => yearOf(visitedOn))]
    .map(([year, of]) => ({ year, ...spentOn(of) }))
    .toSorted((a, b) => b.year.localeCompare(a.year));

function byCategory(
  lines: readonly CostLine[],
  categoryOf: (line: CostLine) => Category | 'none',
): readonly CostOfCategory[] {
  const groups = Map.groupBy(lines, categoryOf);
  return [...categories, 'none' as const].flatMap((category) => {
    const of = groups.get(category) ?? [];
    const visited = new Set(of.map(({ schoolId }) => schoolId));
    // That nothing was spent on a category says something; that nothing was spent on none does not.
    return category === 'none' && of.length === 0
      ? []
      : [{ category, schools: visited.size, ...spentOn(of) }];
  });
}

function named(
  lines: readonly CostLine[],
  by: 'schoolId' | 'homeSchoolId',
  cards: ReadonlyMap<string, SchoolCard>,
) {
  return [...Map.groupBy(lines, (line) => line[by])]
    .map(([schoolId, of]) => {
      const { urn = '', name = schoolId } = cards.get(schoolId) ?? {};
      return { school: { schoolId, urn, name }, ...spentOn(of) };
    })
    .toSorted(
      (a, b) =>
        a.school.name.localeCompare(b.school.name, 'en') ||
        (a.school.schoolId < b.school.schoolId ? -1 : 1),
    );
}

function shareOf(part: readonly CostLine[], whole: readonly CostLine[]) {
  const sum = (lines: readonly CostLine[]) =>
    lines.reduce((total, { amountPence }) => total + amountPence, 0);
  const [costPence, of] = [sum(part), sum(whole)];
  return of === 0
    ? { costPence }
    : { costPence, percent: Math.round((1000 * costPence) / of) / 10 };
}

export const costsWithheld =
  'By category nothing is shown: in one of them there are so few schools that it would tell what a single school cost.';

/**
 * As somebody sees them who may see sums only: no school, and no categories where one of them holds few schools. All of
 * them are left out then, so that what is left out cannot be worked out from the total.
 */
export function sumsOnly(costs: Costs) {
  const { schools: _s, homeSchools: _h, byCategory: by, ...sums } = costs;
  const few = by.some(({ schools: n }) => n > 0 && n < LEAST_SHOWN);
  return few ? { ...sums, withheld: costsWithheld } : { ...sums, byCategory: by };
}
