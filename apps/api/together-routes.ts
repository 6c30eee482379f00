import { schemaOf } from '#application';
import { collaborationKinds, phases } from '#domain';
import type { JsonObject } from '#kernel';
import { listOf, number, record, ref, text, words } from './answer-schemas';
import { PageFields } from './query-fields';
import type { Route } from './route';

const paging = schemaOf(PageFields)['properties'] as JsonObject;
const area = {
  ...text,
  pattern: '^[a-z0-9-]{1,60}$',
  description: 'The code of an area, such as early-reading.',
};
const school = (description: string): JsonObject => ({ ...text, description });

/** The routes of schools that help each other, and of the bodies that govern. */
export const togetherRoutes: Readonly<Record<string, Route>> = {
  'GET /api/v1/collaborations': {
    says: 'Which schools work together, newest first, and whose review is overdue.',
    tag: 'The county',
    for: 'county',
    query: {
      ...paging,
      kind: words(collaborationKinds),
      area,
      school: school('A school that is or was in them, by its id or any URN it ever had.'),
      open: words(['true', 'false']),
    },
    answer: {
      says: 'A page of them.',
      schema: record({ total: number, collaborations: listOf(ref('Collaboration')) }),
    },
  },
  'GET /api/v1/schools/{school}/collaborations': {
    says: 'With whom a school works together and worked, and what it is strong in.',
    tag: 'Schools',
    for: 'school',
    query: paging,
    answer: {
      says: 'A page of collaborations, newest first, and all its strengths with the age of their evidence.',
      schema: record({
        total: number,
        collaborations: listOf(ref('Collaboration')),
        strengths: listOf(ref('Strength')),
      }),
    },
  },
  'GET /api/v1/strengths': {
    says: 'Who could help whom: open schools that are strong in an area, those with the newest evidence first.',
    tag: 'The county',
    for: 'county',
    query: {
      ...paging,
      area,
      phase: words(phases),
      for: school(
        'The school that is to be helped: left out of the answer; who works with it already is marked.',
      ),
    },
    answer: {
      says: 'A page of schools.',
      schema: record({
        total: number,
        schools: listOf(
          record({
            school: ref('NamedSchool'),
            strengths: listOf(ref('Strength')),
            collaborations: number,
            together: { type: 'boolean' },
          }),
        ),
      }),
    },
  },
  'GET /api/v1/board/meetings': {
    says: 'Meetings of the Board, newest first, whether each had a quorum, and the terms it sits by. Scrutiny sees no persons.',
    tag: 'The county',
    for: 'minutes',
    query: paging,
    answer: {
      says: 'A page of them.',
      schema: record({
        total: number,
        meetings: listOf({ type: 'object' }),
        terms: { type: 'object' },
      }),
    },
  },
  'GET /api/v1/board/decisions': {
    says: 'What the Board decided, newest first, on which papers. Scrutiny sees what may be published.',
    tag: 'The county',
    for: 'minutes',
    query: paging,
    answer: {
      says: 'A page of them.',
      schema: record({ total: number, decisions: listOf({ type: 'object' }) }),
    },
  },
  'GET /api/v1/liaison-groups': {
    says: 'Liaison groups by name, with their schools and their last meeting.',
    tag: 'The county',
    for: 'county',
    query: paging,
    answer: {
      says: 'A page of them.',
      schema: record({ total: number, groups: listOf({ type: 'object' }) }),
    },
  },
  'GET /api/v1/liaison-meetings': {
    says: 'Meetings of liaison groups, or of one of them, newest first, with the schools whose heads were there.',
    tag: 'The county',
    for: 'county',
    query: {
      ...paging,
      group: { type: 'string', format: 'uuid', description: 'Only those of this liaison group.' },
    },
    answer: {
      says: 'A page of them.',
      schema: record({ total: number, meetings: listOf({ type: 'object' }) }),
    },
  },
  'GET /api/v1/consultations': {
    says: 'Consultations, newest first: about what, until when, how many were asked and how many answered.',
    tag: 'The county',
    for: 'county',
    query: { ...paging, open: words(['true', 'false']) },
    answer: {
      says: 'A page of them.',
      schema: record({ total: number, consultations: listOf({ type: 'object' }) }),
    },
  },
  'GET /api/v1/schools/{school}/consultations': {
    says: 'When a school was consulted, newest first: on proposals for its category and with others; and what it can still answer.',
    tag: 'Schools',
    for: 'school',
    query: paging,
    answer: {
      says: 'A page of it.',
      schema: record({
        total: number,
        consulted: listOf({ type: 'object' }),
        open: listOf({ type: 'object' }),
      }),
    },
  },
};
