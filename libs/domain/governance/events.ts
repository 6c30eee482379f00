import type { EventsOf } from '#kernel';
import { date, event, flag, id, integer, list, optional, person, text, word } from '#kernel';

/** Quorum and seats are the Board's own: data with a date. */
export const boardTermsShape = {
  title: text('public'),
  /** True for terms made up as an example; said wherever they are shown. */
  example: flag('public'),
  /** How many members must be present. */
  quorum: integer('public'),
  seats: integer('public'),
  effectiveFrom: date('public'),
} as const;

const attendance = {
  meetingId: id('internal'),
  heldOn: date('internal'),
  /** Members who were there, by reference. */
  present: list(person('internal')),
  apologies: list(person('internal')),
  /** The quorum by the terms in force on the day. */
  quorum: integer('public'),
  quorate: flag('internal'),
} as const;

const half = {
  academicYear: text('public'),
  /** The first to the sixth half-term of the academic year. */
  halfTerm: integer('public'),
} as const;

export const boardEvents = {
  BoardTermsSet: event(
    'The Board’s terms were set: how many members it has and how many make a quorum, from a day on.',
    boardTermsShape,
    { effective: 'effectiveFrom' },
  ),
  BoardMeetingHeld: event(
    'The Board met; whether enough members were there was worked out by its terms.',
    { ...attendance, ...half },
    { effective: 'heldOn' },
  ),
  BoardRecordCorrected: event(
    'Who was at a meeting of the Board was put right; the wrong record stays in the history.',
    {
      ...attendance,
      wasQuorate: flag('internal'),
      /** Decisions of that meeting: they stand or fall with its quorum. */
      decisionIds: list(id('internal')),
      reason: text('personal'),
    },
    { effective: 'heldOn' },
  ),
  BoardPaperTabled: event(
    'A paper was tabled for the Board.',
    {
      paperId: id('internal'),
      title: text('internal'),
      /** Whether it may be published. */
      publishable: flag('internal'),
      /** Where the paper is kept. */
      docRef: text('internal'),
      tabledOn: date('internal'),
    },
    { effective: 'tabledOn' },
  ),
  BoardDecisionRecorded: event(
    'The Board decided, at a meeting with a quorum.',
    {
      decisionId: id('internal'),
      meetingId: id('internal'),
      decidedOn: date('internal'),
      paperIds: list(id('internal')),
      decision: text('confidential'),
      publishable: flag('internal'),
    },
    { effective: 'decidedOn' },
  ),
} as const;
export type BoardEvent = EventsOf<typeof boardEvents>;
export type BoardData<T extends BoardEvent['type']> = Extract<
  BoardEvent,
  { readonly type: T }
>['data'];

const group = { groupId: id('internal'), name: text('public') } as const;

export const liaisonEvents = {
  LiaisonGroupFormed: event(
    'The heads of an area’s schools formed a liaison group.',
    { ...group, schoolIds: list(id('public')), formedOn: date('internal') },
    { effective: 'formedOn' },
  ),
  SchoolJoinedLiaisonGroup: event(
    'A school came into a liaison group.',
    { ...group, schoolId: id('public'), joinedOn: date('internal') },
    { effective: 'joinedOn' },
  ),
  SchoolLeftLiaisonGroup: event(
    'A school went from a liaison group.',
    { ...group, schoolId: id('public'), leftOn: date('internal') },
    { effective: 'leftOn' },
  ),
  LiaisonMeetingHeld: event(
    'A liaison group met, with somebody of the authority.',
    {
      ...group,
      meetingId: id('internal'),
      heldOn: date('internal'),
      ...half,
      /** The schools whose heads were there. */
      schoolIds: list(id('public')),
      /** Who was there for the authority, by reference. */
      authorityId: person('internal'),
      notesRef: optional(text('internal')),
    },
    { effective: 'heldOn' },
  ),
} as const;
export type LiaisonEvent = EventsOf<typeof liaisonEvents>;

/** What somebody who is consulted says to it, in one word. */
export const consultationViews = ['supports', 'objects', 'comments'] as const;
export type ConsultationView = (typeof consultationViews)[number];

const ofConsultation = { consultationId: id('internal'), about: text('internal') } as const;
const consulted = {
  schoolIds: list(id('public')),
  /** Others than schools, by name, such as the Schools Forum. */
  bodies: list(text('internal')),
} as const;

export const consultationEvents = {
  ConsultationOpened: event(
    'Schools, or bodies that speak for them, were asked what they say to something, until a day.',
    {
      ...ofConsultation,
      ...consulted,
      /** Where the paper they were asked about is kept. */
      docRef: optional(text('internal')),
      openedOn: date('internal'),
      until: date('internal'),
    },
    { effective: 'openedOn' },
  ),
  ConsultationAnswered: event(
    'A school or a body that was consulted answered.',
    {
      ...ofConsultation,
      schoolId: optional(id('public')),
      body: optional(text('internal')),
      view: word('internal', consultationViews),
      /** Where the answer is kept. */
      docRef: text('internal'),
      /** Who answered, by reference, where it is known. */
      answererId: optional(person('internal')),
      answeredOn: date('internal'),
      /** It came after the day by which it was asked for. */
      late: flag('internal'),
    },
    { effective: 'answeredOn' },
  ),
  ConsultationClosed: event(
    'A consultation ended, and what came of it was said.',
    { ...ofConsultation, ...consulted, outcome: text('confidential'), closedOn: date('internal') },
    { effective: 'closedOn' },
  ),
} as const;
export type ConsultationEvent = EventsOf<typeof consultationEvents>;
