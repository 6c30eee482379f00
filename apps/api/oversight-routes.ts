import { schemaOf } from '#application';
import type { JsonObject } from '#kernel';
import { suggestedColumns } from '#read-models';
import { day, listOf, number, record, ref, text, words } from './answer-schemas';
import { method } from './oversight-schemas';
import { PageFields, WhenFields } from './query-fields';
import type { Route } from './route';

const propertiesOf = (takes: new () => object): JsonObject =>
  schemaOf(takes)['properties'] as JsonObject;
const when = propertiesOf(WhenFields);
const paging = propertiesOf(PageFields);
const figure = { type: 'number' };
const year = {
  ...text,
  pattern: '^\\d{4}-\\d{2}$',
  description: 'An academic year such as 2026-27; default the year of the day asked about.',
};
const lastYear = {
  from: { ...day, description: 'The first day; default a year before the last.' },
  to: { ...day, description: 'The last day; default the day of asOf, or today.' },
};
const between = {
  from: { ...day, description: 'Not before this day; default from the beginning.' },
  to: { ...day, description: 'Not after this day; default to the end.' },
};
const limit = (description: string): JsonObject => ({
  ...text,
  pattern: '^\\d{1,3}(\\.\\d{1,2})?$',
  description,
});

/** The routes of the head of service, the auditor and scrutiny: how the county’s own work was done. */
export const oversightRoutes: Readonly<Record<string, Route>> = {
  'GET /api/v1/decisions/breaches': {
    says: 'Decisions on a category held against the rules: those that broke one, and which; then those taken without a talk because it was declined or nobody could be reached, twice.',
    tag: 'The county',
    for: 'county',
    query: { ...paging, ...between },
    answer: {
      says: 'How many were looked at, and a page of those to look into.',
      schema: record({
        decisions: number,
        breaches: number,
        withoutTalk: number,
        says: text,
        total: number,
        lines: listOf(ref('CheckedDecision')),
      }),
    },
  },
  'GET /api/v1/overrides': {
    says: 'Judgements of a year that departed from the score: counts by adviser, direction and reason with the rate of each adviser, and the judgements themselves. Advisers are references.',
    tag: 'The county',
    for: 'county',
    query: { ...paging, year },
    answer: {
      says: 'The counts, and a page of overrides, newest first.',
      schema: record({
        academicYear: text,
        all: ref('OverrideCounts'),
        byReason: ref('OverridesByReason'),
        byAdviser: listOf(ref('OverridesOfAdviser')),
        says: method,
        total: number,
        overrides: listOf(ref('Override')),
      }),
    },
  },
  'GET /api/v1/flows': {
    says: 'Schools in each category on two days, by default a year apart: the difference, and who moved from which to which, for the county and by phase and status.',
    tag: 'The county',
    for: 'board',
    query: { ...when, ...lastYear },
    answer: {
      says: 'Counts; no school is named.',
      schema: record({
        from: day,
        to: day,
        county: ref('Flows'),
        byPhase: listOf(ref('Flows')),
        byStatus: listOf(ref('Flows')),
        says: method,
      }),
    },
  },
  'GET /api/v1/durations': {
    says: 'How long schools are in each category, ended and running spells apart; how long it takes from trigger and from proposal to decision: median, p90 and how many, for the county and by phase and status.',
    tag: 'The county',
    for: 'board',
    query: {
      ...when,
      from: { ...day, description: 'Only spells that ended, and decisions taken, from this day.' },
      to: { ...day, description: 'Only spells that ended, and decisions taken, up to this day.' },
    },
    answer: {
      says: 'In calendar days; no school is named.',
      schema: record({
        today: day,
        from: day,
        to: day,
        county: ref('Durations'),
        byPhase: listOf(ref('Durations')),
        byStatus: listOf(ref('Durations')),
        says: method,
      }),
    },
  },
  'GET /api/v1/prevention-outcomes': {
    says: 'Whether schools in Prevention avoided decline: where they were a time later, beside schools of the same phases that were in Enhancement and had no support.',
    tag: 'The county',
    for: 'board',
    query: { ...when, ...lastYear },
    answer: {
      says: 'Counts, with how they are compared and what they cannot show.',
      schema: record({
        from: day,
        to: day,
        prevention: ref('Outcome'),
        withDeployment: ref('Outcome'),
        withoutDeployment: ref('Outcome'),
        like: ref('LikeOutcome'),
        byPhase: listOf(record({ phase: text, prevention: ref('Outcome'), like: ref('Outcome') })),
        says: method,
        caution: text,
      }),
    },
  },
  'GET /api/v1/served-by-status': {
    says: 'Whether academies are served differently: categories, support, visits, funding and durations of a year, by status.',
    tag: 'The county',
    for: 'board',
    query: { ...when, year },
    answer: {
      says: 'Counts; no school is named.',
      schema: record({
        academicYear: text,
        today: day,
        statuses: listOf(ref('Served')),
        says: method,
      }),
    },
  },
  'GET /api/v1/what-if': {
    says: 'Which schools would be suggested another category if thresholds or weights of the framework were other. Worked out on the readings of each school’s last score; nothing is saved.',
    tag: 'The county',
    for: 'county',
    query: {
      ...paging,
      framework: {
        ...text,
        maxLength: 60,
        description: 'A version of the framework; default the one in force.',
      },
      prevention: limit('Prevention from this score, instead of what the framework says.'),
      intervention: limit('Intervention from this score.'),
      minimumCoverage: limit('Below this coverage, in percent, nothing is suggested.'),
      'weight.CODE': limit(
        'The weight of an indicator, its code in place of CODE, e.g. weight.ofsted=30; 0 leaves it out.',
      ),
      all: { ...words(['true']), description: 'Those too that would be suggested the same.' },
    },
    answer: {
      says: 'What was held against what, the counts, and a page of schools: to more support first.',
      schema: record({
        framework: record({
          version: text,
          title: text,
          example: { type: 'boolean' },
          effectiveFrom: day,
        }),
        thresholds: listOf(record({ parameter: text, was: figure, now: figure })),
        weights: listOf(record({ code: text, name: text, domain: text, was: figure, now: figure })),
        schools: number,
        withoutScore: number,
        changed: number,
        moreSupport: number,
        lessSupport: number,
        table: listOf(record({ was: words(suggestedColumns), now: ref('Counts') })),
        says: method,
        total: number,
        lines: listOf(ref('WhatIfLine')),
      }),
    },
    also: { 404: 'NoFramework: none is in force on the day asked about.' },
  },
  'GET /api/v1/urn-changes': {
    says: 'Schools whose URN changed or that closed into others, by name: the chain of URNs, and whether the history before is joined to the history since.',
    tag: 'The county',
    for: 'county',
    query: paging,
    answer: {
      says: 'A page of them.',
      schema: record({ total: number, schools: listOf(ref('UrnChain')) }),
    },
  },
};
