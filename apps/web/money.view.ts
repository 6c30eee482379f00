import type { Claim, Costs, NamedSchool, Reconciliation, Spent } from '#read-models';
import { daysInWords, poundsInWords, sumsOnly } from '#read-models';
import { claimStage } from './school-questions.view';
import type { Cell, Table } from './tables';
import { numeric, plain, schoolCell } from './tables';
import { counted, dayInWords, inDays } from './words';

/*
 * What support costs, in words and tables: sums, claims, and whether claims and visits agree.
 */
const money = (of: Spent): readonly Cell[] => [
  inDays(of.halfDays),
  poundsInWords(of.costPence),
  poundsInWords(of.claimedPence),
  poundsInWords(of.approvedPence),
  poundsInWords(of.paidPence),
  of.perDayPence === undefined ? '–' : poundsInWords(of.perDayPence),
];
const moneyColumns = [
  ...['Days', 'Cost', 'Claimed', 'Approved', 'Paid', 'Cost of a day'].map(numeric),
];
const moneyTable = (
  caption: string,
  of: string,
  lines: readonly (readonly [Cell, Spent])[],
): Table => ({
  caption,
  columns: [plain(of), ...moneyColumns],
  rows: lines.map(([name, spent]) => [name, ...money(spent)]),
});

export function costsView(costs: Costs, named: boolean) {
  const { total, withCountySchools, byAcademicYear, byFinancialYear, method } = costs;
  const sums = sumsOnly(costs);
  const byCategory = named ? costs.byCategory : 'byCategory' in sums ? sums.byCategory : undefined;
  return {
    method,
    says:
      total.halfDays === 0
        ? 'Nothing was claimed for champions.'
        : `Champions cost ${poundsInWords(total.costPence)} for ${daysInWords(total.halfDays)}: ${poundsInWords(total.paidPence)} is paid, ${poundsInWords(total.approvedPence)} approved and ${poundsInWords(total.claimedPence)} claimed. ` +
          `A day cost ${poundsInWords(total.perDayPence ?? 0)}. The authority bears ${poundsInWords(total.authorityPence)}, supported schools ${poundsInWords(total.schoolPence)}, of which they were invoiced for ${poundsInWords(total.invoicedPence)}.`,
    share:
      withCountySchools.percent === undefined
        ? undefined
        : `${withCountySchools.percent}% of it, ${poundsInWords(withCountySchools.costPence)}, goes to schools of the county for their champions.`,
    years: [
      moneyTable(
        'By academic year',
        'Year',
        byAcademicYear.map((one) => [one.year, one]),
      ),
      moneyTable(
        'By financial year, 1 April to 31 March',
        'Year',
        byFinancialYear.map((one) => [one.year, one]),
      ),
    ],
    withheld: byCategory === undefined && 'withheld' in sums ? sums.withheld : undefined,
    categories:
      byCategory &&
      moneyTable(
        'By the category the supported school was in on the day',
        'Category',
        byCategory.map((one) => [
          {
            text: one.category === 'none' ? 'No category' : one.category,
            aside: counted(one.schools, 'school'),
          },
          one,
        ]),
      ),
    ...(named
      ? {
          schools: moneyTable(
            'By supported school',
            'School',
            costs.schools.items.map((one) => [schoolCell(one.school, '/support'), one]),
          ),
          homeSchools: moneyTable(
            'By home school, which is paid',
            'School',
            costs.homeSchools.map((one) => [schoolCell(one.school, '/lending'), one]),
          ),
        }
      : {}),
  };
}

export const claimsTable = (
  claims: readonly Claim[],
  named: (schoolId: string) => NamedSchool,
): Table => ({
  caption: 'Claims, those of the latest visits first',
  columns: [
    plain('Claimed on'),
    plain('Home school'),
    plain('Supported school'),
    numeric('Days'),
    numeric('Amount'),
    plain('Stage'),
    plain('Invoiced'),
  ],
  rows: claims.map((claim): readonly Cell[] => [
    dayInWords(claim.claimedOn),
    schoolCell(named(claim.homeSchoolId), '/lending'),
    schoolCell(named(claim.schoolId), '/support'),
    inDays(claim.halfDays),
    poundsInWords(claim.amountPence),
    claimStage(claim),
    claim.schoolPence === 0
      ? 'Nothing to invoice'
      : claim.invoicedOn === undefined
        ? {
            text: 'Not yet',
            aside: `${poundsInWords(claim.schoolPence)} is the school’s`,
          }
        : { text: dayInWords(claim.invoicedOn), aside: poundsInWords(claim.schoolPence) },
  ]),
});

const matches = {
  matched: { name: 'Agrees', tag: 'green' },
  'not-claimed': { name: 'Not claimed', tag: 'yellow' },
  'changed-since': { name: 'Changed since', tag: 'red' },
} as const;

export const reconciliationView = (
  { totals, visits }: Reconciliation,
  named: (schoolId: string) => NamedSchool,
) => ({
  says:
    totals.visits === 0
      ? 'No visit and no claim lies in this time.'
      : `Of ${counted(totals.visits, 'visit')} (${daysInWords(totals.halfDays)}), ${totals.matched} ${totals.matched === 1 ? 'agrees' : 'agree'} with a claim, ${totals.notClaimed} ${totals.notClaimed === 1 ? 'is' : 'are'} not claimed and ${totals.changedSince} changed since. ${poundsInWords(totals.claimedPence)} is claimed, of which ${poundsInWords(totals.paidPence)} is paid.`,
  table: {
    caption: 'Visit by visit, those that do not agree first',
    columns: [
      plain('Visit'),
      plain('Supported school'),
      numeric('Days'),
      plain('Claim'),
      numeric('Amount'),
    ],
    rows: visits.map(({ match, visitedOn, schoolId, halfDays, claim }): readonly Cell[] => [
      dayInWords(visitedOn),
      schoolCell(named(schoolId), '/support'),
      inDays(halfDays),
      claim !== undefined && match === 'changed-since'
        ? {
            ...matches[match],
            aside: `claimed as ${daysInWords(claim.halfDays)} on ${dayInWords(claim.visitedOn)}`,
          }
        : matches[match],
      claim === undefined ? '–' : poundsInWords(claim.amountPence),
    ]),
  } satisfies Table,
});
