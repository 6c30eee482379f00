import { schemaOf } from '#application';
import type { JsonObject } from '#kernel';
import { claimStages } from '#read-models';
import { day, listOf, number, record, text, words } from './answer-schemas';
import { PageFields, WhenFields } from './query-fields';
import type { Route } from './route';

const propertiesOf = (takes: new () => object): JsonObject =>
  schemaOf(takes)['properties'] as JsonObject;
const uuid = { ...text, format: 'uuid' };
const pence = { ...number, description: 'In whole pence.' };
const homeSchool = {
  ...text,
  description: 'The champions’ own school, which is paid: its id or any URN it ever had.',
};
const from = { ...day, description: 'Visits from this day on.' };
const to = { ...day, description: 'Visits up to this day, included.' };
const asClaimed = { visitedOn: day, halfDays: number, amountPence: pence };

const claim = {
  claimId: uuid,
  deploymentId: uuid,
  schoolId: uuid,
  homeSchoolId: uuid,
  stage: words(claimStages),
  visits: listOf(
    record({ visitId: uuid, ...asClaimed, rateVersion: text, pencePerHalfDay: pence }),
  ),
  firstVisitOn: day,
  lastVisitOn: day,
  halfDays: number,
  amountPence: pence,
  authorityPercent: number,
  authorityPence: pence,
  schoolPence: pence,
  claimedOn: day,
  claimantId: text,
  approvedOn: day,
  approverId: text,
  rejectedOn: day,
  paidOn: day,
  reference: text,
  invoiceId: uuid,
  invoicedOn: day,
};

/** The routes about what support costs. */
export const moneyRoutes: Readonly<Record<string, Route>> = {
  'GET /api/v1/claims': {
    says: 'What home schools claimed for visits of their champions, the latest visits first.',
    tag: 'The county',
    for: 'claims',
    query: {
      ...propertiesOf(PageFields),
      homeSchool,
      deployment: { ...uuid, description: 'Only those of this deployment.' },
      stage: words(claimStages),
      from,
      to,
    },
    answer: {
      says: 'A page of them.',
      schema: record({ total: number, claims: listOf(record(claim)) }),
    },
  },
  'GET /api/v1/schools/{school}/reconciliation': {
    says: 'Whether the claims of one home school agree with the visits of its champions in a period: which visits are not claimed, and which changed since.',
    tag: 'Schools',
    for: 'county',
    query: {
      ...propertiesOf(WhenFields),
      from: {
        ...from,
        description: 'Visits from this day on; default the first of the academic year.',
      },
      to: { ...to, description: 'Visits up to this day, included; default the last of the year.' },
    },
    answer: {
      says: 'Visit by visit, those that do not match first. All three parameters are wanted.',
      schema: record({
        from: day,
        to: day,
        totals: record({
          visits: number,
          halfDays: number,
          matched: number,
          notClaimed: number,
          changedSince: number,
          claimedPence: pence,
          paidPence: pence,
        }),
        visits: listOf(
          record({
            match: words(['matched', 'not-claimed', 'changed-since']),
            visitId: uuid,
            deploymentId: uuid,
            schoolId: uuid,
            visitedOn: day,
            halfDays: number,
            claim: record({ claimId: uuid, stage: words(claimStages), ...asClaimed }),
          }),
        ),
      }),
    },
  },
};
