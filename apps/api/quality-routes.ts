import { schemaOf } from '#application';
import { closings, escalationDecisions, qualityObjects, scales } from '#domain';
import type { JsonObject } from '#kernel';
import { drawnStages } from '#read-models';
import { day, listOf, number, record, text, words } from './answer-schemas';
import { PageFields, WhenFields } from './query-fields';
import type { Route } from './route';

const propertiesOf = (takes: new () => object): JsonObject =>
  schemaOf(takes)['properties'] as JsonObject;
const when = propertiesOf(WhenFields);
const paging = propertiesOf(PageFields);
const id = { ...text, format: 'uuid' };
const yesOrNo = { type: 'boolean' };
const verdict = words(Object.values(scales).flat());
const object = words(qualityObjects);
const school = record({ schoolId: text, urn: text, name: text });
const today = {
  ...day,
  description: 'The day taken for today; default the day of asOf, or today.',
};
const between = {
  ...when,
  from: { ...day, description: 'Not before this day; default from the beginning.' },
  to: { ...day, description: 'Not after this day; default to the end.' },
};

const review = record({
  reviewId: id,
  object,
  objectId: id,
  schoolId: id,
  deploymentId: id,
  occasion: words(['sample', 'cause']),
  academicYear: text,
  halfTerm: number,
  reviewerId: text,
  begunOn: day,
  stage: words(['begun', 'abandoned', 'completed', 'moderated']),
  verdict: { ...verdict, description: 'The verdict that stands.' },
  reviewed: { ...verdict, description: 'The reviewer’s, also where a moderator found otherwise.' },
  objectives: listOf(record({ objectiveId: id, verdict: words(scales.deployment) })),
  criteria: record({
    timely: yesOrNo,
    evaluative: yesOrNo,
    evidence: yesOrNo,
    nextSteps: yesOrNo,
  }),
  completedOn: day,
  moderatorId: text,
  moderatedOn: day,
  areas: { ...number, description: 'How many areas for improvement it named.' },
});
const area = record({
  areaId: id,
  school,
  reviewId: id,
  object,
  what: text,
  ownerId: text,
  due: day,
  identifiedOn: day,
  open: yesOrNo,
  overdueDays: {
    ...number,
    description: 'Calendar days since it was due; absent unless it is overdue.',
  },
  outcome: words(closings),
  closedOn: day,
});
const escalation = record({
  escalationId: id,
  school,
  academicYear: text,
  reviewIds: listOf(id),
  escalatedOn: day,
  open: yesOrNo,
  decision: words(escalationDecisions),
  answeredOn: day,
});

const agreement = {
  of: words(['judgement', ...qualityObjects]),
  n: number,
  agreed: number,
  percent: { type: 'number', description: 'Absent where none was moderated.' },
  kappa: { type: 'number', description: 'Absent where it is not defined; says tells why.' },
  says: text,
  verdicts: listOf(text),
  table: listOf(record({ first: text, second: listOf(number) })),
};

/** The routes about the quality of the team's work. */
export const qualityRoutes: Readonly<Record<string, Route>> = {
  'GET /api/v1/schools/{school}/quality': {
    says: 'Reviews of the quality of work at a school, what is to become better, and what went to the head of service. Reviews of champions are left out for those who speak for the school.',
    tag: 'Schools',
    for: 'school',
    query: { ...paging, today },
    answer: {
      says: 'A page of reviews, newest first; with the first areas, open ones first, and escalations.',
      schema: record({
        today: day,
        total: number,
        reviews: listOf(review),
        improvementAreas: listOf(area),
        escalations: listOf(escalation),
      }),
    },
  },
  'GET /api/v1/quality/areas': {
    says: 'What is to become better and is open, with who sees to it and by when; due first, first.',
    tag: 'The county',
    for: 'county',
    query: {
      ...paging,
      today,
      owner: {
        ...text,
        pattern: '^[a-z0-9-]{3,64}$',
        description: 'Only what this person sees to.',
      },
      overdue: { ...words(['true', 'false']), description: 'Only what is overdue, or is not.' },
    },
    answer: {
      says: 'A page of them.',
      schema: record({
        today: day,
        total: number,
        overdue: { ...number, description: 'Of all that match, how many are overdue.' },
        improvementAreas: listOf(area),
      }),
    },
  },
  'GET /api/v1/quality/verdicts': {
    says: 'How often which verdict stands, for each kind of work, of reviews completed between two days.',
    tag: 'The county',
    for: 'board',
    query: between,
    answer: {
      says: 'Counts; no school and nobody is named.',
      schema: record({
        from: day,
        to: day,
        objects: listOf(
          record({
            object,
            reviewed: number,
            verdicts: listOf(record({ verdict, reviews: number })),
          }),
        ),
      }),
    },
  },
  'GET /api/v1/quality/agreement': {
    says: 'How far moderators agree with assessors’ judgements of risk and with reviewers’ verdicts, of moderations between two days: percentage and Cohen’s kappa; of judgements also by the domain that has most points in the score.',
    tag: 'The county',
    for: 'board',
    query: between,
    answer: {
      says: 'For each kind the counts, the percentage, kappa, and the table they are worked out from; and all of it in words.',
      schema: record({
        from: day,
        to: day,
        agreement: listOf(
          record({ ...agreement, byDomain: listOf(record({ domain: text, ...agreement })) }),
        ),
      }),
    },
  },
  'GET /api/v1/quality/escalations': {
    says: 'Support that was found poor again in a year and went to the head of service; what waits for an answer first.',
    tag: 'The county',
    for: 'county',
    query: {
      ...paging,
      open: {
        ...words(['true', 'false']),
        description: 'Only what waits for an answer, or does not.',
      },
    },
    answer: {
      says: 'A page of them.',
      schema: record({ total: number, escalations: listOf(escalation) }),
    },
  },
  'GET /api/v1/quality/samples': {
    says: 'The samples of work to review, newest first: with policy, seed and population, so that each can be drawn again.',
    tag: 'The county',
    for: 'county',
    query: paging,
    answer: {
      says: 'A page of them.',
      schema: record({
        total: number,
        samples: listOf(
          record({
            academicYear: text,
            halfTerm: number,
            from: day,
            to: day,
            policyVersion: text,
            seed: text,
            method: text,
            population: listOf(
              record({
                object,
                category: text,
                percent: number,
                size: number,
                byRule: number,
                byShare: number,
              }),
            ),
            drawn: number,
            drawnById: text,
            drawnOn: day,
          }),
        ),
      }),
    },
  },
  'GET /api/v1/quality/drawn': {
    says: 'The work that was drawn, and how far its review has come.',
    tag: 'The county',
    for: 'county',
    query: {
      ...paging,
      sample: {
        ...text,
        pattern: '^\\d{4}-\\d{2}-[1-6]$',
        description: 'One sample: the academic year and the half-term, such as 2026-27-1.',
      },
      stage: words(drawnStages),
    },
    answer: {
      says: 'A page of it.',
      schema: record({
        total: number,
        work: listOf(
          record({
            sample: text,
            object,
            objectId: id,
            school,
            by: text,
            drawnOn: day,
            stage: words(drawnStages),
            reviewId: id,
          }),
        ),
      }),
    },
  },
};
