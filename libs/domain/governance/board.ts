import type { ClassesOf, Decider, RefusalsOf } from '#kernel';
import { aggregate, refusing } from '#kernel';
import { entryOf } from '../shared/plain';
import { dayRefusals, faultOfFact, faultOfPlan, yearsAfter } from '../shared/recorded-days';
import { same } from '../shared/same';
import type { RecordBoardDecision } from './commands';
import { boardCommands } from './commands';
import type { BoardData, BoardEvent } from './events';
import { boardEvents } from './events';
import { canBeIn, halfTermOf, halfTermRefusals } from './half-terms';

/*
 * The Side by Side Board's own record: by which terms it sits, when it met and who was there, which papers lay on the
 * table, and what it decided. A meeting counts by the terms in force on its day; without a quorum nothing is decided.
 */
type Terms = BoardData<'BoardTermsSet'>;
type Meeting = Pick<
  BoardData<'BoardMeetingHeld'>,
  'meetingId' | 'heldOn' | 'halfTerm' | 'present' | 'apologies' | 'quorate'
>;
type Paper = BoardData<'BoardPaperTabled'>;
type BoardDecision = BoardData<'BoardDecisionRecorded'>;

export interface BoardState {
  /** In order of their days. */
  readonly terms: readonly Terms[];
  readonly meetings: Readonly<Record<string, Meeting>>;
  readonly papers: Readonly<Record<string, Paper>>;
  readonly decisions: Readonly<Record<string, BoardDecision>>;
}

/** How far ahead terms may be set. [I]: our own bound, against slips. */
const SET_AHEAD_YEARS = 2;

const refusals = {
  ...dayRefusals,
  ...halfTermRefusals,
  QuorumAboveSeats: {
    kind: 'invalid',
    says: 'A quorum is at most all members.',
    detail: (quorum: number, seats: number) =>
      `The Board would have ${seats} members and a quorum of ${quorum}, which it could never have. Check both.`,
    pointer: '/quorum',
  },
  TermsInUse: {
    kind: 'conflict',
    says: 'Terms by which a meeting was counted are not changed behind its back.',
    detail: (heldOn: string) =>
      `The Board met on ${heldOn} by the terms of that time. Set new ones from a later day.`,
    pointer: '/effectiveFrom',
  },
  NoTermsInForce: {
    kind: 'conflict',
    says: 'A meeting is counted by terms in force on its day.',
    detail: (day: string) => `No terms of the Board are in force on ${day}. Set them first.`,
    pointer: '/heldOn',
  },
  MoreThanSeats: {
    kind: 'invalid',
    says: 'There are not more members than seats.',
    detail: (named: number, seats: number) =>
      `${named} members are named, and the Board has ${seats} seats. Name members only, and nobody who came as a guest.`,
    pointer: '/present',
  },
  PresentAndAbsent: {
    kind: 'invalid',
    says: 'Nobody is both present and absent.',
    detail: (person: string) =>
      `${person} is named as present and as having sent apologies. Keep one of them.`,
    pointer: '/apologies',
  },
  MeetingIdTaken: {
    kind: 'conflict',
    says: 'A meeting of the Board is recorded once.',
    detail: () =>
      'A meeting with other particulars has that identity. Leave meetingId out to get a new one, or correct that meeting.',
    pointer: '/meetingId',
  },
  BoardMetThatDay: {
    kind: 'conflict',
    says: 'The Board meets once a day.',
    detail: (meetingId: string) =>
      `Meeting ${meetingId} of that day is on record. Correct that one, or check the day.`,
    pointer: '/heldOn',
  },
  MeetingUnknown: {
    kind: 'missing',
    says: 'There must be such a meeting of the Board.',
    detail: () => 'No meeting of the Board has that identity. Look it up, or record it first.',
    pointer: '/meetingId',
  },
  NotQuorate: {
    kind: 'conflict',
    says: 'The Board decides with a quorum only.',
    detail: (heldOn: string) =>
      `The meeting of ${heldOn} had no quorum, so nothing was decided there. Bring it to the next meeting, or correct who was there.`,
    pointer: '/meetingId',
  },
  PaperIdTaken: {
    kind: 'conflict',
    says: 'A paper’s identity is used once.',
    detail: () => 'Another paper has that identity. Leave paperId out to get a new one.',
    pointer: '/paperId',
  },
  PaperNotTabled: {
    kind: 'conflict',
    says: 'A decision rests on papers that lay on the table.',
    detail: (paperId: string, heldOn: string) =>
      `Paper ${paperId} had not been tabled by ${heldOn}, the day of the meeting. Table it with the day on which it was, or leave it out.`,
    pointer: '/paperIds',
  },
  DecisionIdTaken: {
    kind: 'conflict',
    says: 'A decision of the Board is recorded once, and not changed.',
    detail: () =>
      'Another decision has that identity. Leave decisionId out to get a new one; the Board changes a decision by another.',
    pointer: '/decisionId',
  },
} as const;
const refuse = refusing(refusals);
type Refused = RefusalsOf<typeof refusals>;

/** The terms in force on a day. */
const termsOn = ({ terms }: BoardState, day: string): Terms | undefined =>
  terms.findLast(({ effectiveFrom }) => effectiveFrom <= day);

export const decider: Decider<BoardState, ClassesOf<typeof boardCommands>, BoardEvent, Refused> = {
  initial: { terms: [], meetings: {}, papers: {}, decisions: {} },
  evolve: {
    BoardTermsSet: (state, data) => ({
      ...state,
      terms: [
        ...state.terms.filter(({ effectiveFrom }) => effectiveFrom !== data.effectiveFrom),
        data,
      ].toSorted((a, b) => (a.effectiveFrom < b.effectiveFrom ? -1 : 1)),
    }),
    BoardMeetingHeld: (state, data) => ({
      ...state,
      meetings: { ...state.meetings, [data.meetingId]: data },
    }),
    BoardRecordCorrected: (state, { meetingId, present, apologies, quorate }) => {
      const meeting = entryOf(state.meetings, meetingId);
      if (meeting === undefined) return state;
      const corrected = { ...meeting, present, apologies, quorate };
      return { ...state, meetings: { ...state.meetings, [meetingId]: corrected } };
    },
    BoardPaperTabled: (state, data) => ({
      ...state,
      papers: { ...state.papers, [data.paperId]: data },
    }),
    BoardDecisionRecorded: (state, data) => ({
      ...state,
      decisions: { ...state.decisions, [data.decisionId]: data },
    }),
  },
  decide: {
    SetBoardTerms: (state, command, { today }) => {
      const { quorum, seats, effectiveFrom } = command;
      const data = { ...command };
      if (state.terms.some((terms) => same(terms, data))) return [];
      if (quorum > seats) return refuse.QuorumAboveSeats(quorum, seats);
      const fault = faultOfPlan('effectiveFrom', effectiveFrom, {
        latest: yearsAfter(today, SET_AHEAD_YEARS),
      });
      if (fault !== undefined) return fault;
      const counted = Object.values(state.meetings).find(({ heldOn }) => heldOn >= effectiveFrom);
      return counted === undefined
        ? [{ type: 'BoardTermsSet', data }]
        : refuse.TermsInUse(counted.heldOn);
    },

    HoldBoardMeeting: (state, command, { today, newId }) => {
      const { heldOn, halfTerm } = command;
      const attended = attendanceOf(command);
      const recorded = Object.values(state.meetings).find(
        (meeting) => meeting.meetingId === command.meetingId || meeting.heldOn === heldOn,
      );
      if (recorded !== undefined) return recordedBefore(recorded, command, attended);
      const meetingId = command.meetingId ?? newId(0);
      const fault = faultOfFact('heldOn', heldOn, { today });
      if (fault !== undefined) return fault;
      if (!canBeIn(halfTerm, heldOn)) return refuse.NotInThatHalfTerm(halfTerm, heldOn);
      const counted = count(state, heldOn, attended);
      if ('refused' in counted) return counted;
      const data = { meetingId, heldOn, ...halfTermOf(heldOn, halfTerm), ...attended, ...counted };
      return [{ type: 'BoardMeetingHeld', data }];
    },

    CorrectBoardRecord: (state, command) => {
      const { meetingId, reason } = command;
      const meeting = entryOf(state.meetings, meetingId);
      if (meeting === undefined) return refuse.MeetingUnknown();
      const { heldOn, quorate: wasQuorate } = meeting;
      const attended = attendanceOf(command);
      if (same(attendanceOf(meeting), attended)) return [];
      const counted = count(state, heldOn, attended);
      if ('refused' in counted) return counted;
      const decisionIds = Object.values(state.decisions)
        .filter((decision) => decision.meetingId === meetingId)
        .map(({ decisionId }) => decisionId);
      const data = { meetingId, heldOn, ...attended, ...counted, wasQuorate, decisionIds, reason };
      return [{ type: 'BoardRecordCorrected', data }];
    },

    TablePaper: ({ papers }, command, { today, newId }) => {
      const { tabledOn = today } = command;
      const data = { ...command, paperId: command.paperId ?? newId(0), tabledOn };
      const paper = entryOf(papers, data.paperId);
      if (paper !== undefined) {
        const again = same(paper, { ...data, tabledOn: command.tabledOn ?? paper.tabledOn });
        return again ? [] : refuse.PaperIdTaken();
      }
      return faultOfFact('tabledOn', tabledOn, { today }) ?? [{ type: 'BoardPaperTabled', data }];
    },

    RecordBoardDecision: (state, command, { newId }) => {
      const meeting = entryOf(state.meetings, command.meetingId);
      if (meeting === undefined) return refuse.MeetingUnknown();
      const decisionId = command.decisionId ?? newId(0);
      const { heldOn: decidedOn } = meeting;
      const data = { ...command, paperIds: [...command.paperIds], decisionId, decidedOn };
      const recorded = entryOf(state.decisions, decisionId);
      if (recorded !== undefined) return same(recorded, data) ? [] : refuse.DecisionIdTaken();
      return undecidable(state, command, meeting) ?? [{ type: 'BoardDecisionRecorded', data }];
    },
  },
};

type Attendance = Pick<Meeting, 'present' | 'apologies'>;
const attendanceOf = ({
  present,
  apologies = [],
}: {
  readonly present: readonly string[];
  readonly apologies?: readonly string[];
}): Attendance => ({ present: [...present], apologies: [...apologies] });

/** Whether those who were there made a quorum by the terms of the day. */
function count(
  state: BoardState,
  heldOn: string,
  { present, apologies }: Attendance,
): { readonly quorum: number; readonly quorate: boolean } | Refused {
  const terms = termsOn(state, heldOn);
  if (terms === undefined) return refuse.NoTermsInForce(heldOn);
  const both = present.find((person) => apologies.includes(person));
  if (both !== undefined) return refuse.PresentAndAbsent(both);
  const named = present.length + apologies.length;
  if (named > terms.seats) return refuse.MoreThanSeats(named, terms.seats);
  return { quorum: terms.quorum, quorate: present.length >= terms.quorum };
}

/** The same record again, or another of a meeting that is on record. */
function recordedBefore(
  recorded: Meeting,
  command: { readonly meetingId?: string; readonly heldOn: string; readonly halfTerm: number },
  attended: Attendance,
): readonly BoardEvent[] | Refused {
  const { meetingId = recorded.meetingId, heldOn, halfTerm } = command;
  if (meetingId !== recorded.meetingId) return refuse.BoardMetThatDay(recorded.meetingId);
  const again =
    recorded.heldOn === heldOn &&
    recorded.halfTerm === halfTerm &&
    same(attendanceOf(recorded), attended);
  if (again) return [];
  return command.meetingId === undefined
    ? refuse.BoardMetThatDay(recorded.meetingId)
    : refuse.MeetingIdTaken();
}

/** Why nothing was decided there, or not on these papers. */
function undecidable(
  { papers }: BoardState,
  { paperIds }: Readonly<RecordBoardDecision>,
  { quorate, heldOn }: Meeting,
): Refused | undefined {
  if (!quorate) return refuse.NotQuorate(heldOn);
  const untabled = paperIds.find((id) => (entryOf(papers, id)?.tabledOn ?? '9999') > heldOn);
  return untabled === undefined ? undefined : refuse.PaperNotTabled(untabled, heldOn);
}

export const board = aggregate({
  context: 'governance',
  name: 'board',
  is: 'The Side by Side Board’s record: its terms, its meetings and who was there, the papers tabled, and what it decided with a quorum.',
  stream: () => 'board',
  events: boardEvents,
  commands: boardCommands,
  refusals,
  decider,
});
