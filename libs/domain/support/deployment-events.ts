import type { DataOf, EventsOf } from '#kernel';
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
import { categories, championRoles } from '../shared/words';
import {
  about,
  between,
  objectiveShape,
  payerShape,
  payments,
  reservationShape,
} from './deployment-shapes';
import { reviewEvents } from './review-events';

export const priorities = ['routine', 'soon', 'urgent'] as const;
/** Who said no to a champion. */
export const decliners = ['champion', 'home-school', 'supported-school', 'team'] as const;
/** Why a deployment ended before its time [I domain dossier, 3.6]. */
export const earlyEndings = [
  'objectives-met',
  'became-academy',
  'relationship',
  'safeguarding',
  'category-change',
  'champion-unavailable',
  'school-request',
  'other',
] as const;
export const pauseReasons = [
  'inspection',
  'head-absent',
  'champion-absent',
  'school-request',
  'other',
] as const;
export const results = ['reached', 'partly', 'not-reached'] as const;
/** Half-days a visit used, of each reservation it drew on. */
const usesShape = { ...reservationShape, halfDays: integer('internal') } as const;
export type Use = DataOf<typeof usesShape>;

const terms = {
  ...between,
  reservationId: id('internal'),
  role: word('internal', championRoles),
  halfDays: integer('internal'),
  from: date('internal'),
  to: date('internal'),
  academicYear: text('public'),
  paidBy: word('internal', payments),
} as const;
const visit = {
  ...between,
  visitId: id('internal'),
  visitedOn: date('internal'),
  halfDays: integer('internal'),
  objectiveIds: list(id('internal')),
  /** Where the record of the visit is kept. */
  notesRef: text('confidential'),
  uses: list(record(usesShape)),
} as const;

export const deploymentEvents = {
  SupportNeedIdentified: event(
    'The team and the school’s leaders named what the school needs support with.',
    {
      ...about,
      /** What it is about, by the code of a specialism. */
      specialism: text('internal'),
      focus: text('confidential'),
      priority: word('confidential', priorities),
      role: word('internal', championRoles),
      proposedBy: word('internal', ['school', 'team']),
      identifiedOn: date('internal'),
      /** The category in force, where there is one. */
      category: optional(word('confidential', categories)),
      /** The school asked for support it pays itself. */
      selfFunded: flag('internal'),
    },
    { effective: 'identifiedOn' },
  ),
  ChampionProposed: event(
    'A champion was proposed for the need, and why this one was said.',
    {
      ...between,
      championPersonRef: person('internal'),
      /** Who brokers the support. */
      brokerId: person('internal'),
      rationale: text('confidential'),
      proposedOn: date('internal'),
    },
    { effective: 'proposedOn' },
  ),
  ChampionDeclined: event('The champion proposed was declined; another is wanted.', {
    ...between,
    by: word('internal', decliners),
    reason: text('confidential'),
  }),
  HomeSchoolReleaseAgreed: event(
    'The home head agreed to release the champion for this many half-days in this time.',
    {
      ...between,
      homeHeadId: person('internal'),
      halfDays: integer('internal'),
      from: date('internal'),
      to: date('internal'),
    },
  ),
  HomeSchoolReleaseWithdrawn: event(
    'The home head took the release back; what is agreed or under way is to be looked at.',
    { ...between, reason: text('confidential') },
  ),
  SupportedSchoolAgreed: event(
    'The head of the school to be supported agreed to the champion and to the objectives.',
    { ...between, headId: person('internal'), objectives: list(record(objectiveShape)) },
  ),
  SupportedSchoolDeclined: event('The head of the school declined the support.', {
    ...about,
    reason: text('confidential'),
  }),
  SupportNeedLapsed: event('The need lapsed before any support began.', {
    ...about,
    championId: optional(id('internal')),
    homeSchoolId: optional(id('public')),
    reason: text('confidential'),
    reservations: list(record(reservationShape)),
  }),
  DeploymentConfirmationBegun: event(
    'The deployment was put together, and its half-days are being set aside.',
    {
      ...terms,
      scope: text('confidential'),
      rateVersion: optional(text('internal')),
      confirmedById: person('internal'),
    },
  ),
  DeploymentConfirmed: event(
    'The deployment was confirmed: released, accepted, and its half-days set aside or paid by the school.',
    {
      ...terms,
      scope: text('confidential'),
      objectives: list(record(objectiveShape)),
      payer: record(payerShape),
      rateVersion: optional(text('internal')),
      confirmedById: person('internal'),
    },
  ),
  DeploymentConfirmationFailed: event(
    'The deployment could not be confirmed, and what had been set aside for it goes back.',
    {
      ...between,
      /** Code and words of the refusal. */
      refused: text('internal'),
      why: text('confidential'),
      reservations: list(record(reservationShape)),
    },
  ),
  DeploymentStarted: event(
    'The champion’s work at the school began.',
    { ...between, startedOn: date('internal') },
    { effective: 'startedOn' },
  ),
  DeploymentPaused: event(
    'The champion’s work rests, and why was said.',
    {
      ...between,
      pausedOn: date('internal'),
      because: word('internal', pauseReasons),
      reason: optional(text('confidential')),
    },
    { effective: 'pausedOn' },
  ),
  DeploymentResumed: event(
    'The champion’s work went on.',
    { ...between, resumedOn: date('internal') },
    { effective: 'resumedOn' },
  ),
  DeploymentExtensionBegun: event(
    'More half-days were agreed for the deployment and are being set aside.',
    { ...terms, reason: text('confidential') },
  ),
  DeploymentExtended: event('The deployment was extended.', {
    ...terms,
    reason: text('confidential'),
  }),
  DeploymentExtensionFailed: event(
    'The deployment could not be extended, and what had been set aside for it goes back.',
    {
      ...between,
      refused: text('internal'),
      why: text('confidential'),
      reservations: list(record(reservationShape)),
    },
  ),
  ChampionVisitRecorded: event(
    'The champion visited the school and recorded the visit.',
    { ...visit, recordedById: person('internal') },
    { effective: 'visitedOn' },
  ),
  VisitRecordAmended: event(
    'The record of a visit was put right; the record before stays as it was.',
    { ...visit, reason: text('confidential'), amendedById: person('internal') },
    { effective: 'visitedOn' },
  ),
  DeploymentCompleted: event(
    'The champion’s work was completed, and half-days not used go back.',
    {
      ...between,
      completedOn: date('internal'),
      reservations: list(record(reservationShape)),
    },
    { effective: 'completedOn' },
  ),
  DeploymentEndedEarly: event(
    'The champion’s work ended before its time, why was said, and half-days not used go back.',
    {
      ...between,
      endedOn: date('internal'),
      because: word('internal', earlyEndings),
      reason: optional(text('confidential')),
      reservations: list(record(reservationShape)),
    },
    { effective: 'endedOn' },
  ),
  ImpactEvaluated: event(
    'What the deployment achieved was judged objective by objective, with the school.',
    {
      ...between,
      results: list(
        record({
          objectiveId: id('internal'),
          result: word('confidential', results),
          now: text('confidential'),
          evidence: text('confidential'),
        }),
      ),
      /** The head who agreed with the judgement; absent: the school does not agree with it, or has not yet. */
      headId: optional(person('internal')),
      evaluatedOn: date('internal'),
      evaluatorId: person('internal'),
    },
    { effective: 'evaluatedOn' },
  ),
  DeploymentClosed: event('The deployment was closed after its evaluation.', {
    ...between,
    closedById: person('internal'),
  }),
  ...reviewEvents,
} as const;

export type DeploymentEvent = EventsOf<typeof deploymentEvents>;
