import { schemaOf } from '#application';
import { day, listOf, number, record, ref, words } from './answer-schemas';
import type { JsonObject } from '#kernel';
import { PageFields, WhenFields } from './query-fields';
import type { Route } from './route';
import { whichNotices } from './statutory.controller';

const propertiesOf = (takes: new () => object): JsonObject =>
  schemaOf(takes)['properties'] as JsonObject;

/** The routes about warning notices and national involvement. */
export const statutoryRoutes: Readonly<Record<string, Route>> = {
  'GET /api/v1/notices': {
    says: 'Warning notices with compliance dates, days left, copies sent and what is to be done next; what is due first comes first.',
    tag: 'The county',
    for: 'county',
    query: {
      ...propertiesOf(PageFields),
      which: {
        ...words(whichNotices),
        description:
          'live (default): something is still to be done or heeded; overdue: the compliance period ran out undecided; all.',
      },
    },
    answer: {
      says: 'A page of them.',
      schema: record({ today: day, total: number, notices: listOf(ref('NoticeLine')) }),
    },
  },
  'GET /api/v1/national-involvement': {
    says: 'Schools that the Department’s RISE teams are with or are announced to, beside the category that decides our own support.',
    tag: 'The county',
    for: 'county',
    query: propertiesOf(PageFields),
    answer: {
      says: 'A page of them, by name.',
      schema: record({ today: day, total: number, schools: listOf(ref('InvolvementLine')) }),
    },
  },
  'GET /api/v1/schools/{school}/statutory': {
    says: 'A school’s warning notices, of the authority and of the Secretary of State, and its national involvement.',
    tag: 'Schools',
    for: 'school',
    query: propertiesOf(WhenFields),
    answer: {
      says: 'All of them, newest first.',
      schema: record({
        today: day,
        notices: listOf(ref('NoticeOn')),
        involvement: listOf(ref('Involvement')),
      }),
    },
  },
};
