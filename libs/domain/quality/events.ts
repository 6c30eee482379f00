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
import { qualityObjects, samplingRules } from '../shared/quality-policy';
import { categories } from '../shared/words';
import { poorOnSupport, scales, verdicts } from './scales';

/** Why an object is reviewed: the lot fell on it, or something called for it. */
export const occasions = ['sample', 'cause'] as const;
export const closings = [
  'achieved',
  'partly-achieved',
  'not-achieved',
  'no-longer-needed',
] as const;
/** What the head of service decides about support that was found poor again. [I] domain dossier, 4.3. */
export const escalationDecisions = [
  'continue-with-support-for-the-champion',
  'substitute-the-champion',
  're-scope',
  'pause',
  'end',
] as const;

/** What is to become better, who sees to it, and by when. It says what, never who is at fault. */
export const areaShape = {
  areaId: id('internal'),
  what: text('confidential'),
  ownerId: person('internal'),
  due: date('internal'),
} as const;
export type NamedArea = DataOf<typeof areaShape>;

export const objectiveVerdictShape = {
  objectiveId: id('internal'),
  verdict: word('confidential', scales.deployment),
} as const;

/** What a record of a visit is held against. [I] domain dossier, 4.2 and 4.3. */
export const criteriaShape = {
  /** In time: the record was there when it was due. */
  timely: flag('confidential'),
  /** It judges, and does not only describe. */
  evaluative: flag('confidential'),
  evidence: flag('confidential'),
  nextSteps: flag('confidential'),
} as const;

const about = {
  reviewId: id('internal'),
  object: word('internal', qualityObjects),
  /** The assessment, the visit, the deployment or the champion. */
  objectId: id('internal'),
  /** Whose it is: the school assessed, visited or supported; of a champion, the home school. */
  schoolId: id('public'),
  /** Of a deployment and of a record of one of its visits. */
  deploymentId: optional(id('internal')),
  /** The sample it was drawn in, where the lot fell on it. */
  academicYear: optional(text('internal')),
  halfTerm: optional(integer('internal')),
  reviewerId: person('internal'),
} as const;

export const reviewEvents = {
  QualityReviewBegun: event(
    'Someone who had no part in a piece of work began to review its quality.',
    {
      ...about,
      occasion: word('internal', occasions),
      /** What called for the review, where the lot did not. */
      cause: optional(text('personal')),
      begunOn: date('internal'),
    },
    { effective: 'begunOn' },
  ),
  QualityReviewCompleted: event(
    'The reviewer judged the quality of the work, and named what is to become better.',
    {
      ...about,
      verdict: word('confidential', verdicts),
      /** Of a deployment: objective by objective, besides the verdict on the whole. */
      objectives: list(record(objectiveVerdictShape)),
      /** Of a record of a visit. */
      criteria: optional(record(criteriaShape)),
      evidence: text('personal'),
      improvementAreas: list(record(areaShape)),
      completedOn: date('internal'),
    },
    { effective: 'completedOn' },
  ),
  QualityReviewModerated: event(
    'Someone other than the reviewer checked the verdict; theirs stands in its place, and the reviewer’s stays on record.',
    {
      ...about,
      /** The reviewer's verdict. */
      was: word('confidential', verdicts),
      /** The verdict that stands from now on; the same one where the moderator agrees. */
      verdict: word('confidential', verdicts),
      moderatorId: person('internal'),
      reason: optional(text('personal')),
      improvementAreas: list(record(areaShape)),
      moderatedOn: date('internal'),
    },
    { effective: 'moderatedOn' },
  ),
  QualityReviewAbandoned: event('The review was given up before there was a verdict.', {
    ...about,
    reason: text('personal'),
  }),
} as const;
export type ReviewEvent = EventsOf<typeof reviewEvents>;

const ofArea = { areaId: id('internal'), schoolId: id('public') } as const;
const charge = { ownerId: person('internal'), due: date('internal') } as const;

export const areaEvents = {
  ImprovementAreaIdentified: event(
    'Something that is to become better was named, with who sees to it and by when.',
    {
      ...ofArea,
      /** The review it came from, where it came from one. */
      reviewId: optional(id('internal')),
      object: optional(word('internal', qualityObjects)),
      what: text('confidential'),
      ...charge,
      identifiedOn: date('internal'),
      /** The event that named it. */
      becauseOf: optional(id('internal')),
    },
    { effective: 'identifiedOn' },
  ),
  ImprovementAreaReassigned: event('Another person sees to it now, or by another day.', {
    ...ofArea,
    was: record(charge),
    now: record(charge),
    reason: text('personal'),
  }),
  ImprovementAreaClosed: event(
    'It was looked at what became of an area for improvement, and it was closed.',
    {
      ...ofArea,
      outcome: word('confidential', closings),
      evidence: text('personal'),
      closedById: person('internal'),
      closedOn: date('internal'),
    },
    { effective: 'closedOn' },
  ),
} as const;
export type AreaEvent = EventsOf<typeof areaEvents>;

export const standingEvents = {
  PoorVerdictNoted: event(
    'Support for the school was found to work partly or not at all.',
    {
      schoolId: id('public'),
      reviewId: id('internal'),
      deploymentId: id('internal'),
      verdict: word('confidential', poorOnSupport),
      academicYear: text('internal'),
      foundOn: date('internal'),
      becauseOf: id('internal'),
    },
    { effective: 'foundOn' },
  ),
  PoorVerdictWithdrawn: event(
    'A moderator found better of the support than the reviewer had; the poor verdict counts no more.',
    { schoolId: id('public'), reviewId: id('internal'), becauseOf: id('internal') },
  ),
  EscalatedToHeadOfService: event(
    'Support for the school was found poor again in the same year, and it goes to the head of service.',
    {
      schoolId: id('public'),
      escalationId: id('internal'),
      academicYear: text('internal'),
      /** The reviews of the year that count, oldest first. */
      reviewIds: list(id('internal')),
      escalatedOn: date('internal'),
    },
    { effective: 'escalatedOn' },
  ),
  EscalationAnswered: event(
    'The head of service decided what becomes of support that was found poor again.',
    {
      schoolId: id('public'),
      escalationId: id('internal'),
      decision: word('confidential', escalationDecisions),
      reason: text('personal'),
      answeredById: person('internal'),
      answeredOn: date('internal'),
    },
    { effective: 'answeredOn' },
  ),
} as const;
export type StandingEvent = EventsOf<typeof standingEvents>;

/** Why an object is in a sample: by one of the policy's rules, or by the lot. */
export const drawnBy = [...samplingRules, 'share'] as const;

export const drawnShape = {
  object: word('internal', qualityObjects),
  objectId: id('internal'),
  /** Whose it is; a sample is no event of a school's journey, so these are not at its top. */
  schoolId: id('public'),
  by: word('internal', drawnBy),
} as const;
export type Drawn = DataOf<typeof drawnShape>;

/** One part of the population, from which a share is drawn. */
export const stratumShape = {
  object: word('internal', qualityObjects),
  /** Absent: the others of this object, for which the policy has no row of their category. */
  category: optional(word('internal', categories)),
  percent: integer('public'),
  /** All there are. */
  size: integer('internal'),
  /** Of these, taken by a rule before the lot. */
  byRule: integer('internal'),
  /** Of the others, taken by the lot. */
  byShare: integer('internal'),
} as const;
export type Stratum = DataOf<typeof stratumShape>;

export const sampleEvents = {
  QualitySampleDrawn: event(
    'It was drawn by lot which work of a half-term is reviewed; with the seed anybody can draw it again.',
    {
      academicYear: text('public'),
      halfTerm: integer('public'),
      /** First and last day of the half-term. */
      from: date('public'),
      to: date('public'),
      policyVersion: text('public'),
      seed: text('internal'),
      /** How it was drawn: see the drawing of this name. */
      method: text('internal'),
      population: list(record(stratumShape)),
      drawn: list(record(drawnShape)),
      drawnById: person('internal'),
      drawnOn: date('internal'),
    },
    { effective: 'drawnOn' },
  ),
} as const;
export type SampleEvent = EventsOf<typeof sampleEvents>;

export type QualityEvent = ReviewEvent | AreaEvent | StandingEvent;
export type DataFor<T extends (QualityEvent | SampleEvent)['type']> = Extract<
  QualityEvent | SampleEvent,
  { readonly type: T }
>['data'];
