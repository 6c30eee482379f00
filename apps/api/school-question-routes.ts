import { schemaOf } from '#application';
import { categories, championRoles } from '#domain';
import type { JsonObject } from '#kernel';
import { claimStages, deploymentStages, digestHeadings, stages } from '#read-models';
import { day, listOf, number, record, ref, text, words } from './answer-schemas';
import { PageFields, WhenFields } from './query-fields';
import type { Route } from './route';

const propertiesOf = (takes: new () => object): JsonObject =>
  schemaOf(takes)['properties'] as JsonObject;
const when = propertiesOf(WhenFields);
const category = words(categories);
const object = { type: 'object' };
const pence = { ...number, description: 'In whole pence.' };
const yesOrNo = { type: 'boolean' };
const school = record({ schoolId: text, urn: text, name: text });
const halfDaysOf = record({ agreed: number, used: number, left: number });

const visitLeft = record({
  ...{ academicYear: text, granted: number, extra: number, scheduled: number },
  ...{ completed: number, left: number, newToHeadship: number },
});

const standing = record({
  today: day,
  academicYear: text,
  says: { ...text, description: 'The category in a sentence.' },
  category,
  since: day,
  coming: record({ category, from: day }),
  because: listOf(record({ stage: words(stages), says: text, on: day })),
  changeId: { ...text, description: 'The decision, as /why takes it.' },
  allowance: ref('Allowance'),
  visits: visitLeft,
  proposal: record({ to: category, stage: text, since: day, says: text }),
  review: record({ decideBy: day }),
  respond: listOf(
    record({
      what: words([
        ...['discuss', 'represent', 'ask-for-review', 'await-review', 'answer-consultation'],
      ]),
      says: text,
      open: { ...yesOrNo, description: 'Whether the school can do it now.' },
      by: { ...day, description: 'The last day; absent where none is laid down.' },
      consultationId: text,
    }),
  ),
});

const impact = record({
  summary: record({
    ...{ deployments: number, reviewed: number, objectives: number, reached: number },
    ...{ partly: number, notReached: number, notJudged: number },
  }),
  says: text,
  deployments: listOf(
    record({
      ...{ deploymentId: text, specialism: text, role: words(championRoles) },
      ...{ stage: words(deploymentStages), stageInWords: text, from: day, to: day },
      halfDaysUsed: number,
      evaluation: record({ on: day, withSchool: yesOrNo }),
      objectives: listOf(
        record({
          ...{ objectiveId: text, what: text, measure: text, baseline: text, target: text },
          ...{ result: words(['reached', 'partly', 'not-reached']), now: text, evidence: text },
          change: record({ by: { type: 'number' }, unit: text }),
          verdict: text,
        }),
      ),
      verdict: record({ reviewId: text, verdict: text, on: day, moderated: yesOrNo }),
    }),
  ),
});

const lending = record({
  academicYear: text,
  says: text,
  champions: listOf(
    record({
      ...{ championId: text, personRef: text, roles: listOf(words(championRoles)), status: text },
      capacity: record({
        ...{ academicYear: text, cap: number, reserved: number, consumed: number, left: number },
      }),
      out: record({ agreed: number, used: number, toCome: number }),
      deployments: listOf(
        record({
          ...{ deploymentId: text, school, stage: words(deploymentStages), stageInWords: text },
          ...{ role: words(championRoles), from: day, to: day, halfDays: halfDaysOf },
          visits: listOf(record({ visitedOn: day, halfDays: number })),
        }),
      ),
    }),
  ),
  calendar: listOf(
    record({
      month: { ...text, pattern: '^\\d{4}-\\d{2}$' },
      halfDays: number,
      visits: listOf(record({ visitedOn: day, halfDays: number, championId: text, school })),
    }),
  ),
  owed: record({
    notClaimed: record({
      ...{ visits: number, halfDays: number, amountPence: pence },
      withoutRate: { ...number, description: 'Visits no rate is on record for.' },
    }),
    ...{ claimedPence: pence, approvedPence: pence, paidPence: pence },
    owedPence: { ...pence, description: 'Claimed or approved and not paid, in whole pence.' },
  }),
  claims: listOf(
    record({
      ...{ claimId: text, deploymentId: text, school, stage: words(claimStages), visits: number },
      ...{ firstVisitOn: day, lastVisitOn: day, halfDays: number, amountPence: pence },
      ...{ claimedOn: day, approvedOn: day, paidOn: day, rejectedOn: day, reference: text },
    }),
  ),
  method: text,
});

/** Questions the people around one school ask. */
export const schoolQuestionRoutes: Readonly<Record<string, Route>> = {
  'GET /api/v1/schools/{school}/standing': {
    says: 'Where a school stands, in plain words: its category, since when and why, what it may have this year and has left, and how it can respond or ask for a review, by when.',
    tag: 'Schools',
    for: 'school',
    query: when,
    answer: { says: 'As it stands on the day asked about.', schema: standing },
  },
  'GET /api/v1/schools/{school}/impact': {
    says: 'Whether support had impact at a school: each objective from where it began to where it has come, and what reviews found of the quality of the work.',
    tag: 'Schools',
    for: 'school',
    query: when,
    answer: { says: 'A summary, and deployment by deployment.', schema: impact },
  },
  'GET /api/v1/schools/{school}/lending': {
    says: 'What a school lends in a year: how many days its champions are out and where, and what is claimed, owed and paid for them. Of the schools they support nothing but their names.',
    tag: 'Schools',
    for: 'lending',
    query: {
      ...when,
      year: {
        ...text,
        pattern: '^\\d{4}-\\d{2}$',
        description: 'The academic year; default that of the day asked about.',
      },
    },
    answer: { says: 'Of one academic year.', schema: lending },
  },
  'GET /api/v1/schools/{school}/since-last-visit': {
    says: 'What changed at a school since its last headline visit: the dashboard the visit went by held against the one of now, verdicts given since, and everything recorded since.',
    tag: 'Schools',
    for: 'school',
    query: {
      ...propertiesOf(PageFields),
      since: {
        ...day,
        description:
          'Since the beginning of this day instead; without a visit the default is the academic year.',
      },
    },
    answer: {
      says: 'What is otherwise than then, and a page of what was recorded since, newest first.',
      schema: record({
        today: day,
        since: day,
        basis: words(['visit', 'day']),
        thenPosition: {
          ...number,
          description: 'Ask any question with asOf this position to see what was known then.',
        },
        visit: object,
        then: object,
        now: object,
        changes: {
          ...object,
          description: 'What is otherwise, each with then and now; a side is absent for none.',
        },
        counts: listOf(record({ heading: words(digestHeadings), events: number })),
        readings: { ...number, description: 'Readings recorded since; they are not listed.' },
        verdicts: listOf(object),
        total: number,
        entries: listOf(ref('Line')),
      }),
    },
  },
};
