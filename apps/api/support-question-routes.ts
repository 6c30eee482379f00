import { schemaOf } from '#application';
import { categories, championRoles, scales } from '#domain';
import type { JsonObject } from '#kernel';
import { exceptionKinds } from '#read-models';
import { day, listOf, number, record, text, words } from './answer-schemas';
import { PageFields, WhenFields } from './query-fields';
import type { Route } from './route';

const propertiesOf = (takes: new () => object): JsonObject =>
  schemaOf(takes)['properties'] as JsonObject;
const when = propertiesOf(WhenFields);
const school = record({ schoolId: text, urn: text, name: text });
const method = { ...text, description: 'How it was worked out.' };
const from = { ...day, description: 'Not before this day.' };
const to = { ...day, description: 'Not after this day.' };
const real = { type: 'number' };
const reached = {
  objectives: number,
  reached: number,
  partly: number,
  notReached: number,
  changes: listOf(record({ unit: text, objectives: number, medianChange: real })),
  way: record({ objectives: number, medianPercent: real }),
};
const all = record({ deployments: number, withSchool: number, ...reached });
const bySpecialism = listOf(record({ specialism: text, ...reached }));
const reason = { code: text, says: text };

/** Questions about support over the county. */
export const supportQuestionRoutes: Readonly<Record<string, Route>> = {
  'GET /api/v1/support-gaps': {
    says: 'Prevention and Intervention schools that nobody supports, or whose headline visit is overdue, with days: the longest overdue first, then those longest without.',
    tag: 'The county',
    for: 'county',
    query: { ...propertiesOf(PageFields), category: words(['Prevention', 'Intervention']) },
    answer: {
      says: 'How many of each, and a page of schools.',
      schema: record({
        today: day,
        total: number,
        withoutDeployment: number,
        visitOverdue: number,
        both: number,
        schools: listOf(
          record({
            school: { type: 'object' },
            category: words(categories),
            since: day,
            deployment: record({
              without: { ...day, description: 'Since when nobody supports it.' },
              days: number,
              coming: listOf(record({ deploymentId: text, stageInWords: text })),
            }),
            visits: listOf(
              record({
                ...{ visitId: text, kind: text, number, adviserId: text },
                ...{ on: day, recordDueOn: day, daysOverdue: number },
              }),
            ),
            daysOverdue: { ...number, description: 'Of the visit that is so longest.' },
          }),
        ),
      }),
    },
  },
  'GET /api/v1/unmet-needs': {
    says: 'Needs that wait for a champion and that no champion can meet: area by specialism, how many, and why nobody fits. Schools are named only for whoever may see the county’s schools.',
    tag: 'The county',
    for: 'board',
    query: when,
    answer: {
      says: 'Rows, columns and the cells with an open need. Areas are liaison groups.',
      schema: record({
        today: day,
        open: number,
        unmet: number,
        areas: listOf(text),
        specialisms: listOf(text),
        cells: listOf(
          record({
            ...{ area: text, specialism: text, open: number, unmet: number },
            reasons: listOf(record({ ...reason, needs: number })),
            needs: listOf(
              record({
                ...{ deploymentId: text, school, role: words(championRoles), identifiedOn: day },
                specialists: number,
                because: listOf(record({ ...reason, champions: number })),
              }),
            ),
          }),
        ),
        method,
      }),
    },
  },
  'GET /api/v1/impact': {
    says: 'What came of the objectives of support that were judged between two days: reached, in part, not; and the median change where it was told in figures. The Board sees it by specialism, others also by measure.',
    tag: 'The county',
    for: 'board',
    query: { ...when, from, to },
    answer: {
      says: 'Counts; no school is named.',
      schema: record({
        ...{ from: day, to: day, all, bySpecialism },
        byMeasure: listOf(record({ specialism: text, measure: text, ...reached })),
        method,
      }),
    },
  },
  'GET /api/v1/board/deployments': {
    says: 'Deployments against what they were to achieve, in a half-term: counts, outcomes, verdicts, and exceptions that name no school.',
    tag: 'The county',
    for: 'board',
    query: {
      ...when,
      year: {
        ...text,
        pattern: '^\\d{4}-\\d{2}$',
        description: 'The academic year; default that of the day asked about.',
      },
      halfTerm: {
        ...text,
        pattern: '^[1-6]$',
        description: 'The half-term, by its usual days; default that of the day asked about.',
      },
      from: { ...day, description: 'The first day, where the half-term begins on another.' },
      to: { ...day, description: 'The last day, where the half-term ends on another.' },
    },
    answer: {
      says: 'As they stand at the moment asked about.',
      schema: record({
        ...{ today: day, academicYear: text, halfTerm: number, from: day, to: day },
        ...{ named: number, started: number, underWay: number, completed: number },
        ...{ endedEarly: number, judged: all, bySpecialism },
        verdicts: listOf(record({ verdict: words(scales.deployment), reviews: number })),
        exceptions: listOf(
          record({
            kind: words(exceptionKinds),
            ...{ says: text, specialism: text, role: words(championRoles), on: day },
          }),
        ),
        method,
      }),
    },
  },
};
