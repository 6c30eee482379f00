import type { EventsOf } from '#kernel';
import {
  date,
  event,
  flag,
  id,
  integer,
  list,
  optional,
  person,
  record,
  text,
  word,
} from '#kernel';

/** `new-to-headship`: for a head who is new to the post or to the county; it counts beside the others. */
export const visitKinds = ['headline', 'new-to-headship'] as const;
export type VisitKind = (typeof visitKinds)[number];

/** How often a team around the school meets. */
export const cadences = ['monthly', 'half-termly'] as const;
export type Cadence = (typeof cadences)[number];

/** What somebody is to a team around the school. */
export const teamRoles = [
  'lead',
  'adviser',
  'headteacher',
  'chair-of-governors',
  'champion',
  'finance',
  'human-resources',
  'governance',
  'inclusion',
  'safeguarding',
  'other',
] as const;
export type TeamRole = (typeof teamRoles)[number];

export const actionOutcomes = ['done', 'done-in-part', 'not-done', 'no-longer-needed'] as const;
export type ActionOutcome = (typeof actionOutcomes)[number];

const schoolId = id('public');
const ofVisit = { schoolId, visitId: id('internal') } as const;
/** Which visit of which year it is. How many a school has tells its category. */
const inYear = {
  academicYear: text('public'),
  kind: word('internal', visitKinds),
  number: integer('confidential'),
} as const;

export const headlineVisitEvents = {
  HeadlineVisitScheduled: event('A visit by the adviser was arranged for a day.', {
    ...ofVisit,
    ...inYear,
    adviserId: person('internal'),
    on: date('internal'),
    /** Of a new-to-headship visit: whose headship it is about. */
    headId: optional(person('internal')),
  }),
  HeadlineVisitRescheduled: event(
    'An arranged visit was moved to another day, or given to another adviser.',
    {
      ...ofVisit,
      was: date('internal'),
      on: date('internal'),
      adviserId: person('internal'),
      reason: text('personal'),
    },
  ),
  HeadlineVisitCancelled: event('An arranged visit was called off; it does not count.', {
    ...ofVisit,
    ...inYear,
    reason: text('personal'),
  }),
  HeadlineVisitCompleted: event(
    'The adviser made the visit and wrote down what was found and what happens next, and which dashboard it went by.',
    {
      ...ofVisit,
      ...inYear,
      adviserId: person('internal'),
      visitedOn: date('internal'),
      findings: text('confidential'),
      nextSteps: text('confidential'),
      /** The position of the log the dashboard was read at: asked as of it, the dashboard says what it said then. */
      dashboardPosition: integer('internal'),
      dashboardSnapshotId: id('internal'),
      /** The day by which the record had to be there. */
      recordDueOn: date('internal'),
      late: flag('internal'),
      /** False: no bank holidays were published for the time, and only weekends were left out. */
      holidaysKnown: flag('internal'),
    },
    { effective: 'visitedOn' },
  ),
  HeadlineVisitRecordAmended: event(
    'The record of a visit was put right: what was found or what happens next; the record before stays as it was.',
    {
      ...ofVisit,
      findings: text('confidential'),
      nextSteps: text('confidential'),
      reason: text('confidential'),
      amendedById: person('internal'),
    },
  ),
  ExtraHeadlineVisitApproved: event(
    'The head of service approved one headline visit more than the school’s entitlement for the year.',
    {
      schoolId,
      extraVisitId: id('internal'),
      academicYear: text('public'),
      reason: text('confidential'),
      approverId: person('internal'),
    },
  ),
} as const;
export type HeadlineVisitEvent = EventsOf<typeof headlineVisitEvents>;

const ofTeam = { schoolId, tasId: id('internal') } as const;
const members = list(record({ personId: person('internal'), role: word('internal', teamRoles) }));

export const teamEvents = {
  TeamAroundSchoolConvened: event(
    'A team of the authority was convened around a maintained school in special difficulty.',
    {
      ...ofTeam,
      convenedOn: date('confidential'),
      members,
      cadence: word('internal', cadences),
      reason: text('confidential'),
    },
    { effective: 'convenedOn' },
  ),
  TasMeetingHeld: event(
    'The team around the school met.',
    {
      ...ofTeam,
      heldOn: date('confidential'),
      attendees: list(person('internal')),
      summary: text('personal'),
    },
    { effective: 'heldOn' },
  ),
  TasActionAgreed: event(
    'The team around the school agreed who does what by when.',
    {
      ...ofTeam,
      actionId: id('internal'),
      what: text('confidential'),
      ownerId: person('internal'),
      agreedOn: date('confidential'),
      due: date('confidential'),
    },
    { effective: 'agreedOn' },
  ),
  TasActionClosed: event(
    'An action of the team around the school came to its end, done or not.',
    {
      ...ofTeam,
      actionId: id('internal'),
      outcome: word('confidential', actionOutcomes),
      note: optional(text('personal')),
      closedOn: date('confidential'),
    },
    { effective: 'closedOn' },
  ),
  TasMembersChanged: event(
    'The team around the school has other members, or members in other roles.',
    { ...ofTeam, was: members, members },
  ),
  TasStoodDown: event(
    'The team around the school is no longer needed; what was left open was handed over.',
    {
      ...ofTeam,
      stoodDownOn: date('confidential'),
      reason: text('confidential'),
      /** Actions that were open, and who sees to each from now on. */
      handedOver: list(record({ actionId: id('internal'), toId: person('internal') })),
    },
    { effective: 'stoodDownOn' },
  ),
} as const;
export type TeamEvent = EventsOf<typeof teamEvents>;
