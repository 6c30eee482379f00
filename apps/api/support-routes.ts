import { schemaOf } from '#application';
import { categories, championRoles } from '#domain';
import type { JsonObject } from '#kernel';
import { deploymentStages } from '#read-models';
import { day, listOf, number, record, ref, text, words } from './answer-schemas';
import { PageFields, WhenFields } from './query-fields';
import type { Route } from './route';

const propertiesOf = (takes: new () => object): JsonObject =>
  schemaOf(takes)['properties'] as JsonObject;
const when = propertiesOf(WhenFields);
const paging = propertiesOf(PageFields);
const year = {
  ...text,
  pattern: '^\\d{4}-\\d{2}$',
  description: 'An academic year such as 2026-27; default the year of the day asked about.',
};
const id = (description: string): JsonObject => ({ ...text, format: 'uuid', description });
const school = (description: string): JsonObject => ({ ...text, description });
const overdue = 'Late on the day of asOf, or today.';

/** The routes of brokered support: deployments, and what of the allowances is used. */
export const supportRoutes: Readonly<Record<string, Route>> = {
  'GET /api/v1/schools/{school}/support': {
    says: 'What a school may have in a year and has left, its deployments with objectives and visits, and what has lapsed.',
    tag: 'Schools',
    for: 'school',
    query: { ...when, year },
    answer: {
      says: 'The allowance of the year asked for; the deployments of all years, those named last first.',
      schema: record({
        academicYear: text,
        allowance: ref('Allowance'),
        years: listOf(text),
        lapsed: listOf(record({ academicYear: text, sspc: number, sslc: number })),
        deployments: listOf(ref('Deployment')),
      }),
    },
  },
  'GET /api/v1/deployments': {
    says: 'Deployments, those whose need was named last first. Who speaks for a school sees its own; a home head, without the objectives, those of their staff; a champion theirs.',
    tag: 'The county',
    for: 'deployments',
    query: {
      ...paging,
      stage: words(deploymentStages),
      open: { ...words(['true']), description: 'Only those that are not over.' },
      school: school('The school supported, by its id or any URN it ever had.'),
      homeSchool: school('The school the champion comes from, by its id or any URN it ever had.'),
      champion: id('The champion.'),
      specialism: { ...text, maxLength: 60, description: 'The code of a specialism.' },
      role: words(championRoles),
      overdue: { ...words(['true', 'false']), description: overdue },
    },
    answer: {
      says: 'A page of them.',
      schema: record({ today: day, total: number, deployments: listOf(ref('Deployment')) }),
    },
  },
  'GET /api/v1/deployments/{deployment}': {
    says: 'One deployment with its visits; of an amended record, how it was first.',
    tag: 'The county',
    for: 'deployments',
    query: when,
    answer: { says: 'How it stands.', schema: ref('Deployment') },
  },
  'GET /api/v1/allowances': {
    says: 'Half-days granted, set aside, used and left in a year, by pot, for the county and by school; with a simple forecast of what will be used; and what that comes to in pounds, with the overspend to be expected.',
    tag: 'The county',
    for: 'county',
    query: { ...paging, year },
    answer: {
      says: 'The county as a whole, and a page of schools by name.',
      schema: record({
        academicYear: text,
        county: { type: 'object' },
        money: ref('AllowanceMoney'),
        total: number,
        schools: listOf(ref('Allowance')),
      }),
    },
  },
  'GET /api/v1/schools-without-deployment': {
    says: 'Prevention and Intervention schools without a deployment that is confirmed or under way, longest without first.',
    tag: 'The county',
    for: 'county',
    query: paging,
    answer: {
      says: 'A page of them.',
      schema: record({
        today: day,
        total: number,
        schools: listOf(
          record({
            school: { type: 'object' },
            category: words(categories),
            since: day,
            without: { ...day, description: 'Since when it is without one.' },
            coming: listOf(record({ deploymentId: text, stageInWords: text })),
          }),
        ),
      }),
    },
  },
};
