import type { EventsOf } from '#kernel';
import { date, event, flag, id, list, optional, text, word } from '#kernel';
import { phases } from '../shared/words';

/** `formal`: on an agreement between the schools; `bespoke`: made for one purpose, without one. */
export const collaborationKinds = ['formal', 'bespoke'] as const;
export type CollaborationKind = (typeof collaborationKinds)[number];

/** What a strength is known from. */
export const evidenceKinds = [
  'inspection',
  'results',
  'quality-review',
  'visit',
  'peer-review',
] as const;
export type EvidenceKind = (typeof evidenceKinds)[number];

const ofCollaboration = {
  collaborationId: id('internal'),
  /** The schools in it, as of this event. */
  schoolIds: list(id('public')),
} as const;

export const collaborationEvents = {
  CollaborationFormed: event(
    'Schools began to work together, for a purpose and with one of them in the lead.',
    {
      ...ofCollaboration,
      kind: word('internal', collaborationKinds),
      /** What it is about, by a code as strengths have one, where it is about one thing. */
      area: optional(text('internal')),
      purpose: text('internal'),
      leadSchoolId: id('public'),
      /** Where the agreement is kept; a formal collaboration has one. */
      agreementRef: optional(text('internal')),
      from: date('internal'),
      reviewDue: date('internal'),
    },
    { effective: 'from' },
  ),
  SchoolJoinedCollaboration: event(
    'Another school joined schools that work together.',
    { ...ofCollaboration, schoolId: id('public'), joinedOn: date('internal') },
    { effective: 'joinedOn' },
  ),
  SchoolLeftCollaboration: event(
    'A school left the schools it had worked together with; the others go on.',
    {
      ...ofCollaboration,
      /** The school that left; it is not among `schoolIds` any more. */
      schoolId: id('public'),
      /** Who leads from now on, where it was the lead that left. */
      leadSchoolId: optional(id('public')),
      leftOn: date('internal'),
      reason: text('personal'),
    },
    { effective: 'leftOn' },
  ),
  CollaborationReviewed: event(
    'The schools’ work together was reviewed: what it achieved, and whether it goes on.',
    {
      ...ofCollaboration,
      reviewedOn: date('internal'),
      achieved: text('confidential'),
      continues: flag('internal'),
      /** Where it goes on: by when it is reviewed again. */
      nextReviewDue: optional(date('internal')),
    },
    { effective: 'reviewedOn' },
  ),
  CollaborationEnded: event(
    'The schools’ work together ended.',
    { ...ofCollaboration, endedOn: date('internal'), reason: text('personal') },
    { effective: 'endedOn' },
  ),
} as const;
export type CollaborationEvent = EventsOf<typeof collaborationEvents>;
export type CollaborationFormed = Extract<
  CollaborationEvent,
  { readonly type: 'CollaborationFormed' }
>['data'];

const ofStrength = {
  schoolId: id('public'),
  strengthId: id('internal'),
  /** A code of the county's own list, such as `early-reading`: data, not a list of ours. */
  area: text('internal'),
  phase: word('public', phases),
} as const;

export const strengthEvents = {
  StrengthRecorded: event(
    'There is evidence that the school is strong in an area, so that it could help others.',
    {
      ...ofStrength,
      evidenceKind: word('internal', evidenceKinds),
      /** Where the evidence is kept. */
      evidenceRef: text('internal'),
      observedOn: date('internal'),
    },
    { effective: 'observedOn' },
  ),
  StrengthWithdrawn: event(
    'A strength on record is not relied upon any more.',
    { ...ofStrength, withdrawnOn: date('internal'), reason: text('personal') },
    { effective: 'withdrawnOn' },
  ),
} as const;
export type StrengthEvent = EventsOf<typeof strengthEvents>;
export type StrengthRecorded = Extract<
  StrengthEvent,
  { readonly type: 'StrengthRecorded' }
>['data'];
