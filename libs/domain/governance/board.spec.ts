import { asDeclared, given } from '#kernel';
import { board, decider as bare } from './board';
import type { BoardData, BoardEvent } from './events';
import { boardEvents } from './events';
import { exampleBoardTerms } from './example';

const decider = asDeclared(boardEvents, bare);
const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const [meetingId, paperId, decisionId] = [uuid(50), uuid(60), uuid(70)];

const terms = {
  title: 'Terms for specs',
  example: true,
  quorum: 3,
  seats: 5,
  effectiveFrom: '2026-09-01',
};
const set: BoardEvent = { type: 'BoardTermsSet', data: terms };
const members = ['person-a', 'person-b', 'person-c'];
const meet = { meetingId, heldOn: '2026-10-07', halfTerm: 1, present: members };
const met = (more: Partial<BoardData<'BoardMeetingHeld'>> = {}): BoardEvent => ({
  type: 'BoardMeetingHeld',
  data: { ...meet, apologies: [], academicYear: '2026/27', quorum: 3, quorate: true, ...more },
});
const inquorate = met({ present: ['person-a'], quorate: false });
const table = {
  paperId,
  title: 'Deployments of the summer term',
  publishable: true,
  docRef: 'board-10-4',
  tabledOn: '2026-09-30',
};
const tabled: BoardEvent = { type: 'BoardPaperTabled', data: table };
const decide = {
  decisionId,
  meetingId,
  paperIds: [paperId],
  decision: 'The Board agrees the report.',
  publishable: true,
};
const decided: BoardEvent = {
  type: 'BoardDecisionRecorded',
  data: { ...decide, decidedOn: '2026-10-07' },
};
const sits = (...history: readonly BoardEvent[]) => given(decider, history);

describe('the terms of the Board', () => {
  it('are set with a day, once', () => {
    sits().when('SetBoardTerms', terms).then([set]).again().silent();
    sits()
      .when('SetBoardTerms', exampleBoardTerms)
      .then([{ type: 'BoardTermsSet', data: exampleBoardTerms }]);
    expect(exampleBoardTerms.title).toContain('Example');
  });

  it('have a quorum that can be had, and a day within sight', () => {
    sits()
      .when('SetBoardTerms', { ...terms, quorum: 6 })
      .refused('QuorumAboveSeats', '6');
    sits()
      .when('SetBoardTerms', { ...terms, effectiveFrom: '2028-11-24' })
      .refused('DayTooFarAhead', '2028-11-23');
    sits()
      .when('SetBoardTerms', { ...terms, effectiveFrom: '1900-01-01' })
      .refused('DayTooLongAgo');
  });

  it('are replaced on their day until a meeting was counted by them', () => {
    const other = { ...terms, quorum: 4 };
    const replaced = sits(set)
      .when('SetBoardTerms', other)
      .then([{ type: 'BoardTermsSet', data: other }]);
    expect(replaced.state.terms).toEqual([other]);
    sits(set, met()).when('SetBoardTerms', other).refused('TermsInUse', '2026-10-07');
    sits(set, met())
      .when('SetBoardTerms', { ...other, effectiveFrom: '2026-10-08' })
      .then([{ type: 'BoardTermsSet', data: { ...other, effectiveFrom: '2026-10-08' } }]);
  });
});

describe('a meeting of the Board', () => {
  it('is counted by the terms in force on its day', () => {
    sits(set).when('HoldBoardMeeting', meet).then([met()]).again().silent();
    sits(set)
      .when('HoldBoardMeeting', { ...meet, present: ['person-a'] })
      .then([inquorate]);
    const later: BoardEvent = {
      type: 'BoardTermsSet',
      data: { ...terms, quorum: 4, effectiveFrom: '2026-10-08' },
    };
    sits(later, set).when('HoldBoardMeeting', meet).then([met()]);
    sits(later, set)
      .when('HoldBoardMeeting', { ...meet, heldOn: '2026-10-08' })
      .then([met({ heldOn: '2026-10-08', quorum: 4, quorate: false })]);
  });

  it('makes an identity when none is given', () => {
    const { meetingId: _, ...unnamed } = meet;
    sits(set)
      .when('HoldBoardMeeting', { ...unnamed, apologies: ['person-d'] })
      .then([met({ meetingId: uuid(0), apologies: ['person-d'] })])
      .again()
      .silent();
  });

  it('needs terms, and people who are members', () => {
    sits().when('HoldBoardMeeting', meet).refused('NoTermsInForce', '2026-10-07');
    sits(set)
      .when('HoldBoardMeeting', { ...meet, apologies: ['person-c'] })
      .refused('PresentAndAbsent', 'person-c');
    sits(set)
      .when('HoldBoardMeeting', { ...meet, apologies: ['person-d', 'person-e', 'person-f'] })
      .refused('MoreThanSeats', '6');
  });

  it('is of the past, in its half-term', () => {
    sits(set)
      .when('HoldBoardMeeting', { ...meet, heldOn: '2026-11-24', halfTerm: 2 })
      .refused('InTheFuture');
    sits(set)
      .when('HoldBoardMeeting', { ...meet, halfTerm: 4 })
      .refused('NotInThatHalfTerm', '2026/27');
  });

  it('is recorded once', () => {
    sits(set, met())
      .when('HoldBoardMeeting', { ...meet, heldOn: '2026-10-14' })
      .refused('MeetingIdTaken');
    sits(set, met())
      .when('HoldBoardMeeting', { ...meet, meetingId: uuid(51) })
      .refused('BoardMetThatDay', meetingId);
    const { meetingId: _, ...unnamed } = meet;
    sits(set, met())
      .when('HoldBoardMeeting', { ...unnamed, present: ['person-a'] })
      .refused('BoardMetThatDay', meetingId);
  });
});

describe('a record put right', () => {
  const correct = { meetingId, present: ['person-a'], reason: 'Two had sent apologies.' };
  const corrected = (decisionIds: readonly string[]): BoardEvent => ({
    type: 'BoardRecordCorrected',
    data: {
      ...correct,
      heldOn: '2026-10-07',
      apologies: [],
      quorum: 3,
      quorate: false,
      wasQuorate: true,
      decisionIds,
    },
  });

  it('says what becomes of the quorum, and of which decisions', () => {
    sits(set, met(), tabled, decided)
      .when('CorrectBoardRecord', correct)
      .then([corrected([decisionId])])
      .again()
      .silent();
    sits(set, met(), corrected([])).when('RecordBoardDecision', decide).refused('NotQuorate');
  });

  it('is of a meeting there was, and of members', () => {
    sits(set).when('CorrectBoardRecord', correct).refused('MeetingUnknown');
    sits(set, met())
      .when('CorrectBoardRecord', { ...correct, apologies: ['person-a'] })
      .refused('PresentAndAbsent');
  });
});

describe('a paper', () => {
  it('is tabled once', () => {
    sits().when('TablePaper', table).then([tabled]).again().silent();
    sits(tabled)
      .when('TablePaper', { ...table, publishable: false })
      .refused('PaperIdTaken');
    const { paperId: _, tabledOn: __, ...unnamed } = table;
    sits()
      .when('TablePaper', unnamed)
      .then([
        { type: 'BoardPaperTabled', data: { ...table, paperId: uuid(0), tabledOn: '2026-11-23' } },
      ])
      .again()
      .silent();
    sits()
      .when('TablePaper', { ...table, tabledOn: '2026-11-24' })
      .refused('InTheFuture');
  });
});

describe('a decision', () => {
  it('is taken at a meeting with a quorum, on papers that were on the table', () => {
    sits(set, met(), tabled).when('RecordBoardDecision', decide).then([decided]).again().silent();
    const { decisionId: _, ...unnamed } = decide;
    sits(set, met())
      .when('RecordBoardDecision', { ...unnamed, paperIds: [] })
      .then([
        {
          type: 'BoardDecisionRecorded',
          data: { ...decide, decisionId: uuid(0), paperIds: [], decidedOn: '2026-10-07' },
        },
      ]);
  });

  it('is not taken without a quorum, a meeting or the paper', () => {
    sits(set, inquorate, tabled)
      .when('RecordBoardDecision', decide)
      .refused('NotQuorate', '2026-10-07');
    sits(set, tabled).when('RecordBoardDecision', decide).refused('MeetingUnknown');
    sits(set, met()).when('RecordBoardDecision', decide).refused('PaperNotTabled', paperId);
    const late: BoardEvent = {
      type: 'BoardPaperTabled',
      data: { ...table, tabledOn: '2026-10-08' },
    };
    sits(set, met(), late).when('RecordBoardDecision', decide).refused('PaperNotTabled');
  });

  it('is recorded once, and not changed', () => {
    sits(set, met(), tabled, decided)
      .when('RecordBoardDecision', { ...decide, publishable: false })
      .refused('DecisionIdTaken');
  });
});

it('is one stream', () => {
  expect(board.stream({})).toBe('board');
});
