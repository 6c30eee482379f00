import { schemaOf } from '#application';
import { categories } from '#domain';
import type { JsonObject } from '#kernel';
import { listOf, number, record, text, words } from './answer-schemas';
import { PageFields } from './query-fields';
import type { Route } from './route';

const paging = schemaOf(PageFields)['properties'] as JsonObject;
const year = { ...text, pattern: '^\\d{4}-\\d{2}$' };
const pence = (description: string): JsonObject => ({ ...number, description });
const spent = {
  halfDays: number,
  costPence: pence('Claimed, approved and paid together, in whole pence.'),
  claimedPence: pence('Claimed and not approved yet.'),
  approvedPence: pence('Approved and not paid yet.'),
  paidPence: pence('Paid.'),
  authorityPence: pence('The authority’s share.'),
  schoolPence: pence('The supported schools’ share.'),
  invoicedPence: pence('What of the schools’ share they were invoiced for.'),
  perDayPence: pence('The cost of a day, to the nearest penny.'),
};
const ofYear = listOf(record({ year: text, ...spent }));
const ofSchool = listOf(
  record({ school: record({ schoolId: text, urn: text, name: text }), ...spent }),
);

/** What champions cost. */
export const costRoutes: Readonly<Record<string, Route>> = {
  'GET /api/v1/costs': {
    says: 'What champions cost: per day, by year, by category and by school, and what of it goes to schools of the county. For the Board and scrutiny sums only, without schools; and no categories where one of them holds few schools.',
    tag: 'The county',
    for: 'costs',
    query: {
      ...paging,
      year: { ...year, description: 'Only visits in this academic year, e.g. 2026-27.' },
      financialYear: {
        ...year,
        description: 'Only visits in this financial year, 1 April to 31 March, e.g. 2026-27.',
      },
    },
    answer: {
      says: 'Sums, and for whoever may see schools by name a page of them.',
      schema: record({
        academicYear: text,
        financialYear: text,
        total: record(spent),
        byAcademicYear: ofYear,
        byFinancialYear: ofYear,
        byCategory: listOf(
          record({ category: words([...categories, 'none']), schools: number, ...spent }),
        ),
        withheld: { ...text, description: 'Why no categories are shown.' },
        withCountySchools: record({
          costPence: pence('Goes to schools of the county for their champions.'),
          percent: { type: 'number' },
        }),
        schools: ofSchool,
        schoolsTotal: number,
        homeSchools: ofSchool,
        method: { ...text, description: 'How it was worked out.' },
      }),
    },
  },
};
