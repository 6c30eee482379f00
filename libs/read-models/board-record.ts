import type { ReadModel, Snapshot } from '#kernel';
import type { BoardEvent } from '#domain';
import type { Page, PageRequest } from './page';
import { pageOf } from './page';

type Data<T extends BoardEvent['type']> = Extract<BoardEvent, { readonly type: T }>['data'];

/** The terms the Board sits by from a day on. */
export type BoardTerms = Data<'BoardTermsSet'>;

/** One meeting: who was there, and whether that was enough by the terms of its day. */
export type BoardMeeting = Data<'BoardMeetingHeld'> & {
  readonly all: 'all';
  /** The record of who was there was put right afterwards. */
  readonly corrected: boolean;
};
export type BoardPaper = Data<'BoardPaperTabled'>;

/** One decision; it stands as long as its meeting is known to have had a quorum. */
export type BoardDecision = Data<'BoardDecisionRecorded'> & {
  readonly all: 'all';
  readonly stands: boolean;
};

export const boardTerms: ReadModel<BoardTerms, BoardEvent> = {
  name: 'board-terms',
  says: 'By which terms the Board sits: its seats and its quorum, by the day from which they hold.',
  fixed: [],
  touches: {
    BoardTermsSet: { keys: ({ data }) => [data.effectiveFrom], on: (_, { data }) => data },
  },
};

export const boardMeetings: ReadModel<BoardMeeting, BoardEvent> = {
  name: 'board-meetings',
  says: 'When the Board met, who was there, and whether there was a quorum.',
  fixed: ['all', 'heldOn'],
  touches: {
    BoardMeetingHeld: {
      keys: ({ data }) => [data.meetingId],
      on: (_, { data }) => ({ ...data, all: 'all', corrected: false }),
    },
    BoardRecordCorrected: {
      keys: ({ data }) => [data.meetingId],
      on: (meeting, { data: { present, apologies, quorum, quorate } }) =>
        meeting && { ...meeting, present, apologies, quorum, quorate, corrected: true },
    },
  },
};

export const boardPapers: ReadModel<BoardPaper, BoardEvent> = {
  name: 'board-papers',
  says: 'Which papers were tabled for the Board, when, and which of them may be published.',
  fixed: [],
  touches: {
    BoardPaperTabled: { keys: ({ data }) => [data.paperId], on: (_, { data }) => data },
  },
};

export const boardDecisions: ReadModel<BoardDecision, BoardEvent> = {
  name: 'board-decisions',
  says: 'What the Board decided, when, on which papers, and whether it may be published.',
  fixed: ['all', 'decidedOn'],
  touches: {
    BoardDecisionRecorded: {
      keys: ({ data }) => [data.decisionId],
      on: (_, { data }) => ({ ...data, all: 'all', stands: true }),
    },
    // A decision stands or falls with the quorum of its meeting.
    BoardRecordCorrected: {
      keys: ({ data }) => data.decisionIds,
      on: (decision, { data: { quorate } }) => decision && { ...decision, stands: quorate },
    },
  },
};

/** As somebody may see a meeting: for the public without the persons. */
export type MeetingLine = Omit<BoardMeeting, 'all' | 'present' | 'apologies'> & {
  readonly membersPresent: number;
  readonly present?: readonly string[];
  readonly apologies?: readonly string[];
};

export type BoardRequest = PageRequest & {
  /** Only what may be published, and no persons. */
  readonly publishable: boolean;
};

/** Meetings of the Board, newest first. */
export async function listBoardMeetings(
  snapshot: Snapshot,
  { publishable, ...page }: BoardRequest,
): Promise<Page<MeetingLine>> {
  const found = await pageOf<BoardMeeting>(snapshot, boardMeetings, {
    ...page,
    filter: { all: 'all' },
    sort: { heldOn: -1 },
  });
  return {
    ...found,
    items: found.items.map(({ all: _, present, apologies, ...meeting }) => ({
      ...meeting,
      membersPresent: present.length,
      ...(publishable ? {} : { present, apologies }),
    })),
  };
}

export type DecisionLine = Omit<BoardDecision, 'all' | 'paperIds'> & {
  readonly papers: readonly BoardPaper[];
};

/** Decisions of the Board, newest first, with the papers they rest on. */
export async function listBoardDecisions(
  snapshot: Snapshot,
  { publishable, ...page }: BoardRequest,
): Promise<Page<DecisionLine>> {
  const found = await pageOf<BoardDecision>(snapshot, boardDecisions, {
    ...page,
    filter: { all: 'all', ...(publishable ? { publishable } : {}) },
    sort: { decidedOn: -1 },
  });
  const ids = [...new Set(found.items.flatMap(({ paperIds }) => paperIds))];
  const tabled = await Promise.all(ids.map((id) => snapshot.get<BoardPaper>(boardPapers, id)));
  const papers = tabled
    .flatMap((paper) => paper?.body ?? [])
    .filter((paper) => !publishable || paper.publishable);
  return {
    ...found,
    items: found.items.map(({ all: _, paperIds, ...decision }) => ({
      ...decision,
      papers: papers.filter(({ paperId }) => paperIds.includes(paperId)),
    })),
  };
}

/** The terms in force on a day; undefined before the first. */
export async function boardTermsOn(
  snapshot: Snapshot,
  { today }: { today: string },
): Promise<BoardTerms | undefined> {
  const [terms] = await snapshot.list<BoardTerms>(boardTerms, {
    filter: { effectiveFrom: { $lte: today } },
    sort: { effectiveFrom: -1 },
    limit: 1,
  });
  return terms?.body;
}
