import fc from 'fast-check';
import type { Step } from '../shared/playing-in-specs';
import {
  ask,
  dayAfter,
  drawnFrom,
  drawnWidely,
  played,
  playing,
  uuidInSpecs as uuid,
} from '../shared/playing-in-specs';
import { decider as board } from './board';
import { decider as consultation } from './consultation';
import { decider as liaison } from './liaison-group';

/*
 * The bodies that govern, from any legal history: the Board has decided nothing at a meeting that was not known to have
 * a quorum; a consultation can be brought to its end; a liaison group is never closed to schools that are free.
 */
const stepsOf = (commands: object, onwards: readonly string[], days = 20) =>
  fc.array(
    fc.record({
      does: fc.constantFrom(...drawnFrom(commands, onwards)),
      pick: fc.nat(7),
      days: fc.nat(days),
    }),
    { minLength: 15, maxLength: 50 },
  );
const sampleOf = (steps: fc.Arbitrary<Step[]>) => fc.sample(steps, { numRuns: 200, seed: 4 });

const schools = [1, 2, 3, 4, 5].map((n) => uuid(900_000 + n));
const people = [1, 2, 3, 4, 5, 6].map((n) => `person-${n}`);
const halfOf = (day: string) => {
  const month = (Number(day.slice(5, 7)) + 3) % 12;
  return [1, 1, 2, 2, 3, 3, 4, 5, 5, 6, 6, 6][month];
};

const sits = playing({
  decider: board,
  known: () => ({}),
  commands: {
    SetBoardTerms: ({ pick }, _, today) => ({
      title: 'Terms',
      example: true,
      quorum: (pick % 4) + 1,
      seats: 5,
      effectiveFrom: dayAfter(today, -pick),
    }),
    HoldBoardMeeting: ({ pick }, _, today) => {
      const heldOn = dayAfter(today, 1 - pick);
      return {
        heldOn,
        halfTerm: pick === 0 ? 4 : halfOf(heldOn),
        present: people.slice(0, (pick % 5) + 1),
      };
    },
    CorrectBoardRecord: ({ pick }, { meetings }) => ({
      meetingId: Object.keys(meetings)[pick % 3] ?? uuid(1),
      present: people.slice(0, ((pick * 3) % 5) + 1),
      reason: 'x',
    }),
    TablePaper: ({ pick }, _, today, at) => ({
      paperId: uuid(at + 1),
      title: 'A paper',
      publishable: pick % 2 === 0,
      docRef: `paper-${at}`,
      tabledOn: dayAfter(today, 1 - pick * 5),
    }),
    RecordBoardDecision: ({ pick }, { meetings, papers }, _, at) => ({
      decisionId: uuid(at + 1000),
      meetingId: Object.keys(meetings).at(-1) ?? uuid(1),
      paperIds: pick % 2 === 0 ? [] : Object.keys(papers).slice(0, 1),
      decision: 'x',
      publishable: true,
    }),
  },
});
const boardSteps = stepsOf(
  board.decide,
  ['SetBoardTerms', 'HoldBoardMeeting', 'RecordBoardDecision'],
  5,
);

describe('the Board, from any legal history', () => {
  it('had a quorum whenever it decided, as far as was known then', () => {
    let decisions = 0;
    fc.assert(
      fc.property(boardSteps, (drawn) => {
        const quorate = new Map<string, boolean>();
        for (const { type, data } of played(sits, drawn).history) {
          if (type === 'BoardMeetingHeld' || type === 'BoardRecordCorrected') {
            expect(data.quorate).toBe(data.present.length >= data.quorum);
            quorate.set(data.meetingId, data.quorate);
          }
          if (type !== 'BoardDecisionRecorded') continue;
          expect(quorate.get(data.meetingId)).toBe(true);
          decisions += 1;
        }
      }),
      { numRuns: 200 },
    );
    expect(decisions).toBeGreaterThan(100);
  });

  it('can meet again the day after, and decide', () => {
    fc.assert(
      fc.property(boardSteps, (drawn) => {
        const life = played(sits, drawn);
        if (life.state.terms.length === 0) return;
        const today = dayAfter(life.today, 1);
        const meeting = { heldOn: today, halfTerm: halfOf(today), present: people.slice(0, 5) };
        expect(ask(sits, 'HoldBoardMeeting', meeting, { state: life.state, today })).toMatchObject([
          { type: 'BoardMeetingHeld', data: { quorate: true } },
        ]);
      }),
    );
  });

  it('is drawn widely enough', () => {
    drawnWidely(sits, sampleOf(boardSteps));
  });
});

const consultationId = uuid(1);
const asks = playing({
  decider: consultation,
  known: () => ({ open: schools }),
  commands: {
    OpenConsultation: ({ pick }, _, today) => ({
      consultationId,
      about: 'A draft',
      schoolIds: schools.slice(0, pick % 3),
      bodies: pick % 2 === 0 ? [] : ['Schools Forum'],
      openedOn: dayAfter(today, 1 - pick),
      until: dayAfter(today, 30),
    }),
    RecordConsultationAnswer: ({ pick }, _, today, at) => ({
      consultationId,
      ...(pick % 3 === 0 ? { body: 'Schools Forum' } : { schoolId: schools[pick % 4] }),
      view: 'comments',
      docRef: `answer-${at}`,
      answeredOn: dayAfter(today, 1 - pick),
    }),
    CloseConsultation: ({ pick }, _, today) => ({
      consultationId,
      outcome: 'x',
      closedOn: dayAfter(today, 1 - pick),
    }),
  },
});
const consultationSteps = stepsOf(consultation.decide, [
  'OpenConsultation',
  'RecordConsultationAnswer',
]);

describe('a consultation, from any legal history', () => {
  it('has answers of those who were asked only, late ones marked, none after its end', () => {
    let late = 0;
    fc.assert(
      fc.property(consultationSteps, (drawn) => {
        const { state, history } = played(asks, drawn);
        if (state.opened === undefined) return;
        for (const answer of state.answers) {
          const { schoolId, body } = answer;
          expect(
            schoolId === undefined
              ? state.opened.bodies.includes(body ?? '')
              : state.opened.schoolIds.includes(schoolId),
          ).toBe(true);
          expect(answer.late).toBe(answer.answeredOn > state.opened.until);
          late += answer.late ? 1 : 0;
        }
        const end = history.findIndex(({ type }) => type === 'ConsultationClosed');
        expect(end === -1 || end === history.length - 1).toBe(true);
      }),
      { numRuns: 200 },
    );
    expect(late).toBeGreaterThan(10);
  });

  it('can be closed once its time is over', () => {
    fc.assert(
      fc.property(consultationSteps, (drawn) => {
        const { state, today } = played(asks, drawn);
        if (state.opened === undefined) return;
        const command = { consultationId, outcome: 'x' };
        const day = dayAfter(today > state.opened.until ? today : state.opened.until, 1);
        const closes = ask(asks, 'CloseConsultation', command, { state, today: day });
        expect(closes).toHaveLength(state.closed === undefined ? 1 : 0);
      }),
    );
  });

  it('is drawn widely enough', () => {
    drawnWidely(asks, sampleOf(consultationSteps));
  });
});

const groupId = uuid(2);
const meets = playing({
  decider: liaison,
  known: () => ({
    open: schools,
    groups: [] as { schoolId: string; groupId: string; name: string }[],
  }),
  commands: {
    FormLiaisonGroup: ({ pick }, _, today) => ({
      groupId,
      name: 'Vale',
      schoolIds: schools.slice(0, (pick % 3) + 1),
      formedOn: dayAfter(today, 1 - pick),
    }),
    ChangeLiaisonMembership: ({ pick }, state, today) => ({
      groupId,
      schoolId: schools[pick % 5] ?? '',
      change: state.formed && state.schoolIds.includes(schools[pick % 5] ?? '') ? 'leave' : 'join',
      on: dayAfter(today, 1 - (pick % 3)),
    }),
    HoldLiaisonMeeting: ({ pick }, state, today) => {
      const heldOn = dayAfter(today, 1 - pick);
      return {
        groupId,
        heldOn,
        halfTerm: pick === 0 ? 4 : halfOf(heldOn),
        schoolIds: state.formed ? state.schoolIds.slice(0, 2) : schools.slice(0, 1),
        authorityId: 'person-adviser',
      };
    },
  },
});
const liaisonSteps = stepsOf(liaison.decide, ['FormLiaisonGroup', 'ChangeLiaisonMembership']);

describe('a liaison group, from any legal history', () => {
  it('has each school once, and one that is free can come in', () => {
    fc.assert(
      fc.property(liaisonSteps, (drawn) => {
        const { state, today } = played(meets, drawn);
        if (!state.formed) return;
        expect(new Set(state.schoolIds).size).toBe(state.schoolIds.length);
        const join = { groupId, schoolId: schools[4], change: 'join' };
        const joins = ask(meets, 'ChangeLiaisonMembership', join, { state, today });
        expect(joins).toHaveLength(state.schoolIds.includes(schools[4] ?? '') ? 0 : 1);
      }),
    );
  });

  it('is drawn widely enough', () => {
    drawnWidely(meets, sampleOf(liaisonSteps));
  });
});
