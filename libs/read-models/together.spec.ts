import type {
  BoardEvent,
  CategoryEvent,
  CollaborationEvent,
  ConsultationEvent,
  LiaisonEvent,
  StrengthEvent,
} from '#domain';
import { boardDecisions, boardMeetings } from './board-record';
import { collaborations } from './collaborations';
import { consultationAnswers, consultations, consulted } from './consultations';
import { documentsAfter } from './folded-in-specs';
import { liaisonGroups, liaisonMeetings, liaisonMemberships } from './liaison';
import { strengths } from './strengths';

const collaborationId = 'c';
const formed: CollaborationEvent = {
  type: 'CollaborationFormed',
  data: {
    collaborationId,
    schoolIds: ['a', 'b'],
    kind: 'bespoke',
    purpose: 'Reading.',
    leadSchoolId: 'a',
    from: '2026-09-01',
    reviewDue: '2026-12-01',
  },
};
const joined = (joinedOn: string): CollaborationEvent => ({
  type: 'SchoolJoinedCollaboration',
  data: { collaborationId, schoolIds: ['a', 'b', 'c'], schoolId: 'c', joinedOn },
});
const left: CollaborationEvent = {
  type: 'SchoolLeftCollaboration',
  data: {
    collaborationId,
    schoolIds: ['b', 'c'],
    schoolId: 'a',
    leadSchoolId: 'b',
    leftOn: '2026-11-01',
    reason: 'x',
  },
};

describe('collaborations', () => {
  it('know who is in them and who went, and who leads', () => {
    expect(documentsAfter(collaborations, [formed, joined('2026-10-01'), left])).toMatchObject({
      c: {
        leadSchoolId: 'b',
        schoolIds: ['b', 'c'],
        members: [
          { schoolId: 'b', from: '2026-09-01' },
          { schoolId: 'c', from: '2026-10-01' },
          { schoolId: 'a', from: '2026-09-01', until: '2026-11-01' },
        ],
      },
    });
  });

  it('are due for review as the last one says, and not at all once ended', () => {
    const reviewed = (nextReviewDue?: string): CollaborationEvent => ({
      type: 'CollaborationReviewed',
      data: {
        collaborationId,
        schoolIds: ['a', 'b'],
        reviewedOn: '2026-11-20',
        achieved: 'Some.',
        continues: nextReviewDue !== undefined,
        ...(nextReviewDue === undefined ? {} : { nextReviewDue }),
      },
    });
    const ended: CollaborationEvent = {
      type: 'CollaborationEnded',
      data: { collaborationId, schoolIds: ['a', 'b'], endedOn: '2026-11-21', reason: 'x' },
    };
    const dueAfter = (...events: readonly CollaborationEvent[]) =>
      documentsAfter(collaborations, [formed, ...events])['c']?.['reviewDue'];
    expect(dueAfter()).toBe('2026-12-01');
    expect(dueAfter(reviewed('2027-05-01'))).toBe('2027-05-01');
    expect(dueAfter(reviewed())).toBeUndefined();
    expect(dueAfter(reviewed('2027-05-01'), ended)).toBeUndefined();
    expect(documentsAfter(collaborations, [formed, ended])['c']).toMatchObject({ open: false });
  });

  it('take a history that begins in the middle', () => {
    expect(documentsAfter(collaborations, [joined('2026-10-01'), left])).toEqual({});
  });
});

it('a strength stands until it is withdrawn', () => {
  const strength = {
    schoolId: 'a',
    strengthId: 's',
    area: 'attendance',
    phase: 'primary',
  } as const;
  const recorded: StrengthEvent = {
    type: 'StrengthRecorded',
    data: { ...strength, evidenceKind: 'visit', evidenceRef: 'x', observedOn: '2026-10-01' },
  };
  const withdrawn: StrengthEvent = {
    type: 'StrengthWithdrawn',
    data: { ...strength, withdrawnOn: '2026-11-01', reason: 'x' },
  };
  expect(documentsAfter(strengths, [recorded])).toEqual({ s: recorded.data });
  expect(documentsAfter(strengths, [recorded, withdrawn])).toEqual({});
});

it('a decision of the Board stands or falls with what is known of its quorum', () => {
  const attendance = { meetingId: 'm', heldOn: '2026-10-07', apologies: [], quorum: 2 };
  const decided: BoardEvent = {
    type: 'BoardDecisionRecorded',
    data: {
      decisionId: 'd',
      meetingId: 'm',
      decidedOn: '2026-10-07',
      paperIds: [],
      decision: 'Agreed.',
      publishable: true,
    },
  };
  const corrected = (present: readonly string[], quorate: boolean): BoardEvent => ({
    type: 'BoardRecordCorrected',
    data: {
      ...attendance,
      present,
      quorate,
      wasQuorate: !quorate,
      decisionIds: ['d'],
      reason: 'x',
    },
  });
  const history: BoardEvent[] = [
    {
      type: 'BoardMeetingHeld',
      data: {
        ...attendance,
        present: ['p', 'q'],
        quorate: true,
        academicYear: '2026/27',
        halfTerm: 1,
      },
    },
    decided,
    corrected(['p'], false),
  ];
  expect(documentsAfter(boardDecisions, history)).toMatchObject({ d: { stands: false } });
  expect(documentsAfter(boardMeetings, history)).toMatchObject({
    m: { present: ['p'], quorate: false, corrected: true },
  });
  history.push(corrected(['p', 'q'], true));
  expect(documentsAfter(boardDecisions, history)).toMatchObject({ d: { stands: true } });
  expect(documentsAfter(boardDecisions, [corrected(['p'], false)])).toEqual({});
});

it('a school is in the liaison group it came into last', () => {
  const group = (groupId: string) => ({ groupId, name: groupId.toUpperCase() });
  const came = (groupId: string): LiaisonEvent => ({
    type: 'SchoolJoinedLiaisonGroup',
    data: { ...group(groupId), schoolId: 'a', joinedOn: '2026-10-01' },
  });
  const went = (groupId: string): LiaisonEvent => ({
    type: 'SchoolLeftLiaisonGroup',
    data: { ...group(groupId), schoolId: 'a', leftOn: '2026-09-30' },
  });
  const begun: LiaisonEvent = {
    type: 'LiaisonGroupFormed',
    data: { ...group('v'), schoolIds: ['a', 'b'], formedOn: '2026-09-01' },
  };
  const met = (heldOn: string): LiaisonEvent => ({
    type: 'LiaisonMeetingHeld',
    data: {
      ...group('v'),
      meetingId: heldOn,
      heldOn,
      academicYear: '2026/27',
      halfTerm: 1,
      schoolIds: ['b'],
      authorityId: 'p',
    },
  });
  // Two commands at once may bring a school into two groups; leaving the first leaves it in the second.
  expect(documentsAfter(liaisonMemberships, [begun, came('d'), went('v')])).toMatchObject({
    a: { groupId: 'd' },
    b: { groupId: 'v' },
  });
  expect(documentsAfter(liaisonMemberships, [begun, went('v')])).not.toHaveProperty('a');
  expect(
    documentsAfter(liaisonGroups, [begun, met('2026-10-14'), met('2026-09-20'), went('v')]),
  ).toMatchObject({
    v: { schoolIds: ['b'], meetings: 2, lastMeeting: { heldOn: '2026-10-14' } },
  });
  expect(documentsAfter(liaisonMeetings, [begun, met('2026-10-14')])).toEqual({
    '2026-10-14': {
      ...{ all: 'all', ...group('v'), meetingId: '2026-10-14', heldOn: '2026-10-14' },
      ...{ academicYear: '2026/27', halfTerm: 1, schoolIds: ['b'] },
    },
  });
});

describe('consultations', () => {
  const about = { consultationId: 'k', about: 'The offer' };
  const asked = { schoolIds: ['a', 'b'], bodies: ['Forum'] };
  const opened: ConsultationEvent = {
    type: 'ConsultationOpened',
    data: { ...about, ...asked, openedOn: '2026-11-02', until: '2026-11-30' },
  };
  const answered = (more: { schoolId: string } | { body: string }): ConsultationEvent => ({
    type: 'ConsultationAnswered',
    data: {
      ...about,
      ...more,
      view: 'objects',
      docRef: 'x',
      answeredOn: '2026-11-03',
      late: false,
    },
  });
  const discussed: CategoryEvent = {
    type: 'ProposalDiscussed',
    data: { schoolId: 'a', proposalId: 'p', mode: 'phone', heldOn: '2026-11-03', attendees: [] },
  };
  const history = [opened, answered({ schoolId: 'a' }), answered({ body: 'Forum' }), discussed];

  it('are a line for each school and each time, and of no school but those', () => {
    const lines = Object.values(documentsAfter(consulted, history));
    expect(lines.map(({ schoolId, type }) => [schoolId, type])).toEqual([
      ['a', 'ConsultationOpened'],
      ['b', 'ConsultationOpened'],
      ['a', 'ConsultationAnswered'],
      ['a', 'ProposalDiscussed'],
    ]);
    expect(lines.at(-1)).toMatchObject({
      proposalId: 'p',
      says: 'The proposal was discussed with the school (phone) on 3 November 2026.',
    });
  });

  it('are also the letter, what was agreed on support and how it was judged, for the school it is about', () => {
    const support = { deploymentId: 'd', schoolId: 'a', championId: 'c', homeSchoolId: 'home' };
    const lines = documentsAfter(consulted, [
      {
        type: 'ProposalLetterIssued',
        data: {
          ...{ schoolId: 'a', proposalId: 'p', proposedCategory: 'Prevention', docHash: 'x' },
          ...{ templateVersion: 't', recipients: ['head'], issuedOn: '2026-11-02' },
        },
      },
      { type: 'SupportedSchoolAgreed', data: { ...support, headId: 'h', objectives: [] } },
      {
        type: 'ImpactEvaluated',
        data: { ...support, results: [], evaluatedOn: '2026-11-20', evaluatorId: 'e' },
      },
    ]);
    expect(Object.values(lines).map(({ schoolId, kind, type }) => [schoolId, kind, type])).toEqual([
      ['a', 'category', 'ProposalLetterIssued'],
      ['a', 'support', 'SupportedSchoolAgreed'],
      ['a', 'support', 'ImpactEvaluated'],
    ]);
  });

  it('have one answer for each who answered', () => {
    const twice = [...history, answered({ schoolId: 'a' })];
    expect(Object.keys(documentsAfter(consultationAnswers, twice))).toEqual(['k a', 'k Forum']);
  });

  it('say what came of them', () => {
    const closed: ConsultationEvent = {
      type: 'ConsultationClosed',
      data: { ...about, ...asked, outcome: 'Kept.', closedOn: '2026-12-01' },
    };
    expect(documentsAfter(consultations, [...history, closed])).toMatchObject({
      k: { open: false, outcome: 'Kept.', closedOn: '2026-12-01' },
    });
    expect(documentsAfter(consultations, [closed])).toEqual({});
  });
});
