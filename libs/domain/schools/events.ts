import type { DataOf, EventsOf } from '#kernel';
import {
  date,
  event,
  flag,
  id,
  integer,
  list,
  number,
  optional,
  person,
  record,
  text,
  word,
} from '#kernel';
import { phases, schoolKinds, statuses } from '../shared/words';
import {
  inspectionAreas,
  inspectionGrades,
  inspectionOutcomeShape,
  inspectionShapes,
} from './inspection';

/** A trust or a federation, by the register's own number for it. */
const group = { uid: text('public'), name: text('public') } as const;
export type Group = DataOf<typeof group>;

/** Where a school is. Easting and northing in metres on the national grid. */
export const addressShape = {
  town: optional(text('public')),
  postcode: optional(text('public')),
  easting: optional(number('public')),
  northing: optional(number('public')),
} as const;

export const numbersShape = {
  pupils: optional(integer('public')),
  /** Places the school has. */
  capacity: optional(integer('public')),
  /** Share of pupils who may have free school meals, in percent. */
  fsmPercent: optional(number('public')),
  censusOn: optional(date('public')),
} as const;

export const ageRangeShape = {
  ageFrom: optional(integer('public')),
  ageTo: optional(integer('public')),
} as const;

/** What a head or chair is to the post; `vacant`: there is none. */
export const headKinds = ['permanent', 'interim', 'acting', 'vacant'] as const;
export const chairKinds = ['chair', 'acting', 'vacant'] as const;

/** What of a school's record can be put right by a correction. */
export const correctable = [
  'name',
  'typeName',
  'phase',
  'kind',
  'status',
  'laestab',
  'openedOn',
  'closedOn',
] as const;

const schoolId = id('public');
/** Day of the register that first said so: true from then at the latest. */
const asAt = date('public');

export const schoolEvents = {
  SchoolRegistered: event(
    'The school was entered in our own register, under an identity that stays when its URN changes.',
    {
      schoolId,
      urn: text('public'),
      laestab: optional(text('public')),
      name: text('public'),
      phase: word('public', phases),
      kind: word('public', schoolKinds),
      status: word('public', statuses),
      /** The register's type of establishment, e.g. "Voluntary aided school". */
      typeName: text('public'),
      /** False for a school that is proposed and has not opened yet. */
      open: flag('public'),
      openedOn: optional(date('public')),
      ...ageRangeShape,
      ...numbersShape,
      ...addressShape,
      trust: optional(record(group)),
      federation: optional(record(group)),
      asAt,
    },
    { effective: 'asAt' },
  ),
  SchoolRenamed: event(
    'The school has a new name.',
    { schoolId, name: text('public'), was: text('public'), asAt },
    { effective: 'asAt' },
  ),
  SchoolTypeChanged: event(
    'The school is now another type of establishment, e.g. a foundation instead of a community school.',
    {
      schoolId,
      typeName: text('public'),
      typeWas: text('public'),
      status: word('public', statuses),
      statusWas: word('public', statuses),
      asAt,
    },
    { effective: 'asAt' },
  ),
  SchoolPhaseChanged: event(
    'The school now teaches another phase, or is compared with another kind of school.',
    {
      schoolId,
      phase: word('public', phases),
      phaseWas: word('public', phases),
      kind: word('public', schoolKinds),
      kindWas: word('public', schoolKinds),
      asAt,
    },
    { effective: 'asAt' },
  ),
  AgeRangeChanged: event(
    'The school takes pupils of other ages.',
    { schoolId, ...ageRangeShape, asAt },
    { effective: 'asAt' },
  ),
  LaestabChanged: event(
    'The school has another establishment number.',
    { schoolId, laestab: text('public'), was: optional(text('public')), asAt },
    { effective: 'asAt' },
  ),
  PupilNumbersRecorded: event(
    'Pupils on roll and places were counted.',
    { schoolId, ...numbersShape, asAt },
    { effective: 'asAt' },
  ),
  SchoolAddressChanged: event(
    'The school moved, or its address was put right in the register.',
    { schoolId, ...addressShape, asAt },
    { effective: 'asAt' },
  ),
  TrustJoined: event(
    'The academy joined a trust.',
    { schoolId, trust: record(group), asAt },
    { effective: 'asAt' },
  ),
  TrustLeft: event(
    'The academy left its trust.',
    { schoolId, trust: record(group), asAt },
    { effective: 'asAt' },
  ),
  TrustRenamed: event(
    'The trust of the academy has a new name.',
    { schoolId, trust: record(group), was: text('public'), asAt },
    { effective: 'asAt' },
  ),
  SchoolFederated: event(
    'The school is governed together with others in a federation of this name.',
    { schoolId, federation: record(group), federatedOn: date('public') },
    { effective: 'federatedOn' },
  ),
  FederationLeft: event(
    'The school left its federation.',
    { schoolId, federation: record(group), leftOn: date('public') },
    { effective: 'leftOn' },
  ),
  SchoolOpened: event(
    'The proposed school opened.',
    { schoolId, openedOn: date('public') },
    { effective: 'openedOn' },
  ),
  ClosureProposed: event(
    'It was proposed to close the school.',
    { schoolId, closesOn: optional(date('public')), asAt },
    { effective: 'asAt' },
  ),
  ClosureProposalWithdrawn: event(
    'The school is no longer proposed to close.',
    { schoolId, asAt },
    { effective: 'asAt' },
  ),
  SchoolClosed: event(
    'The school closed.',
    { schoolId, closedOn: date('public'), successorIds: list(id('public')) },
    { effective: 'closedOn' },
  ),
  SchoolReopened: event(
    'The school is open again, or had not closed after all.',
    { schoolId, reopenedOn: date('public') },
    { effective: 'reopenedOn' },
  ),
  SchoolConvertedToAcademy: event(
    'The maintained school became an academy and has a new URN; it is still the same school.',
    {
      schoolId,
      oldUrn: text('public'),
      newUrn: text('public'),
      laestab: optional(text('public')),
      typeName: optional(text('public')),
      trust: optional(record(group)),
      convertedOn: date('public'),
    },
    { effective: 'convertedOn' },
  ),
  UrnChanged: event(
    'The school has a new URN without becoming an academy, e.g. an academy given to another trust.',
    { schoolId, oldUrn: text('public'), newUrn: text('public'), changedOn: date('public') },
    { effective: 'changedOn' },
  ),
  PredecessorUrnRecorded: event('The school was found to have had another URN before we knew it.', {
    schoolId,
    urn: text('public'),
    until: optional(date('public')),
  }),
  SuccessorUrnNamed: event(
    'The national links name another URN as the one that follows the school\u2019s; the register has yet to show what it is.',
    { schoolId, urn: text('public'), from: optional(date('public')) },
  ),
  SchoolsMerged: event(
    'Schools became one: this one continues, or closes into the one that does.',
    {
      schoolId,
      part: word('public', ['continues', 'closes']),
      survivorId: id('public'),
      closingIds: list(id('public')),
      mergedOn: date('public'),
    },
    { effective: 'mergedOn' },
  ),
  HeadteacherChangeRecorded: event(
    'The headship changed hands, or its first holder was recorded.',
    {
      schoolId,
      /** Left out when the post is vacant. */
      personRef: optional(person('internal')),
      kind: word('internal', headKinds),
      from: date('internal'),
      /** Someone became the permanent head who was not just before; an interim made permanent counts. */
      newToPost: flag('internal'),
      /** Nobody was recorded before: we learnt who it is, nothing changed. */
      first: flag('internal'),
    },
    { effective: 'from' },
  ),
  ChairOfGovernorsChangeRecorded: event(
    'The chair of governors changed, or the first one was recorded.',
    {
      schoolId,
      personRef: optional(person('internal')),
      kind: word('internal', chairKinds),
      from: date('internal'),
      first: flag('internal'),
    },
    { effective: 'from' },
  ),
  InspectionOutcomeRecorded: event(
    'Ofsted inspected the school; this is what it found, in the terms of its framework at the time.',
    { schoolId, ...inspectionOutcomeShape, asAt },
    { effective: 'startedOn' },
  ),
  InspectionAreaRegraded: event(
    'A later visit gave one area of a report card another grade or confirmed it.',
    {
      schoolId,
      inspectionNumber: text('public'),
      shape: word('public', inspectionShapes),
      area: word('public', inspectionAreas),
      grade: word('public', inspectionGrades),
      was: word('public', inspectionGrades),
      gradedOn: date('public'),
      asAt,
    },
    { effective: 'gradedOn' },
  ),
  InspectionOutcomeRestated: event(
    'Ofsted now says something else of an inspection than it said before; this is all it says now.',
    { schoolId, ...inspectionOutcomeShape, asAt },
    { effective: 'asAt' },
  ),
  InspectionOutcomeWithdrawn: event(
    'An inspection outcome on our record does not stand: it was withdrawn, or was never this school\u2019s.',
    {
      schoolId,
      inspectionNumber: text('public'),
      shape: word('public', inspectionShapes),
      reason: text('confidential'),
    },
  ),
  SchoolRecordCorrected: event(
    'A fact on the school\u2019s record was wrong and was put right; the wrong one stays in the history.',
    {
      schoolId,
      /** The event that recorded the wrong fact. */
      correctsEventId: id('internal'),
      field: word('public', correctable),
      was: optional(text('public')),
      shouldBe: text('public'),
      reason: text('confidential'),
    },
  ),
} as const;

export type SchoolEvent = EventsOf<typeof schoolEvents>;
type DataOfEvent<T extends SchoolEvent['type']> = Extract<SchoolEvent, { type: T }>['data'];
export type SchoolRegistered = DataOfEvent<'SchoolRegistered'>;
export type HeadKind = (typeof headKinds)[number];
export type ChairKind = (typeof chairKinds)[number];
export type Correctable = (typeof correctable)[number];
