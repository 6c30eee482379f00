import { schemaOf } from '#application';
import type { JsonObject } from '#kernel';
import { day, listOf, number, record, text, words } from './answer-schemas';
import { PageFields, WhenFields } from './query-fields';
import type { Route } from './route';

const propertiesOf = (takes: new () => object): JsonObject =>
  schemaOf(takes)['properties'] as JsonObject;
const person = { ...text, pattern: '^[a-z0-9-]{3,64}$' };
const yesOrNo = { type: 'boolean' };
const today = {
  ...day,
  description: 'The day taken for today; default the day of asOf, or today.',
};

const visit = {
  visitId: { ...text, format: 'uuid' },
  academicYear: text,
  kind: words(['headline', 'new-to-headship']),
  number,
  adviserId: text,
  state: words(['scheduled', 'completed', 'cancelled']),
  on: { ...day, description: 'Arranged for or, once made, made on.' },
  moved: { ...number, description: 'How often it was moved, or given to another adviser.' },
  recordDueOn: day,
  daysOverdue: {
    ...number,
    description: 'Calendar days since the record was due; absent unless it is overdue.',
  },
};
const madeVisit = {
  ...visit,
  record: record({
    findings: text,
    nextSteps: text,
    recordedAt: { ...text, format: 'date-time' },
    dueOn: day,
    late: yesOrNo,
    holidaysKnown: yesOrNo,
    dashboardPosition: {
      ...number,
      description: 'Ask any question with asOf this position to see what the dashboard said then.',
    },
    dashboardSnapshotId: text,
    amended: {
      ...record({ times: number, lastAt: text, was: record({ findings: text, nextSteps: text }) }),
      description:
        'How often it was put right, when last, and what it said first; absent where it never was.',
    },
  }),
};
const team = {
  tasId: { ...text, format: 'uuid' },
  convenedOn: day,
  cadence: words(['monthly', 'half-termly']),
  reason: text,
  members: listOf(record({ personId: text, role: text })),
  meetings: number,
  lastMetOn: day,
  meetsBy: { ...day, description: 'By its cadence; absent once it was stood down.' },
  stoodDownOn: day,
};
const school = record({ schoolId: text, urn: text, name: text });

/** The routes about visits of advisers and teams around schools. */
export const visitRoutes: Readonly<Record<string, Route>> = {
  'GET /api/v1/schools/{school}/visits': {
    says: 'Its headline visits: arranged, overdue, made and called off, and how many are left of the offer; and the teams around it with their open actions.',
    tag: 'Schools',
    for: 'school',
    query: { ...propertiesOf(WhenFields), today },
    answer: {
      says: 'As they stand on that day.',
      schema: record({
        today: day,
        dashboardPosition: {
          ...number,
          description: 'Where this was read: what the record of a visit gives as the dashboard.',
        },
        holidaysKnown: {
          ...yesOrNo,
          description:
            'False: no bank holidays are published for this year; only weekends are left out.',
        },
        years: listOf(
          record({
            academicYear: text,
            granted: number,
            extra: number,
            scheduled: number,
            completed: number,
            left: number,
            newToHeadship: number,
          }),
        ),
        overdue: listOf(record(visit)),
        scheduled: listOf(record(visit)),
        completed: listOf(record(madeVisit)),
        cancelled: listOf(record(visit)),
        teams: listOf(
          record({
            ...team,
            open: listOf(
              record({
                actionId: text,
                what: text,
                ownerId: text,
                agreedOn: day,
                due: day,
                handedOver: yesOrNo,
              }),
            ),
          }),
        ),
      }),
    },
  },
  'GET /api/v1/visits': {
    says: 'Visits that are arranged and not recorded, in every school, the earliest day first.',
    tag: 'The county',
    for: 'county',
    query: {
      ...propertiesOf(PageFields),
      today,
      adviser: { ...person, description: 'Only those of this adviser.' },
      overdue: {
        ...words(['true', 'false']),
        description: 'Only those whose record is overdue, or only the others.',
      },
      dueBefore: { ...day, description: 'Only those arranged for a day before this one.' },
    },
    answer: {
      says: 'A page of them.',
      schema: record({ today: day, total: number, visits: listOf(record({ ...visit, school })) }),
    },
  },
  'GET /api/v1/visits/teams': {
    says: 'The teams convened around schools, those that meet next first.',
    tag: 'The county',
    for: 'county',
    query: {
      ...propertiesOf(PageFields),
      member: { ...person, description: 'Only those this person belongs to.' },
      meetsBefore: { ...day, description: 'Only those that are to meet before this day.' },
    },
    answer: {
      says: 'A page of them.',
      schema: record({ total: number, teams: listOf(record({ ...team, school })) }),
    },
  },
};
