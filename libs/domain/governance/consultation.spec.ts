import type { Question } from '#kernel';
import { asDeclared, given } from '#kernel';
import { consultation, decider as bare } from './consultation';
import type { ConsultationEvent } from './events';
import { consultationEvents } from './events';

const decider = asDeclared(consultationEvents, bare);
const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const [ash, beech, cedar] = [uuid(900001), uuid(900002), uuid(900003)];
const consultationId = uuid(95);
const topic = 'The support offer for 2027/28';
const known = { open: [ash, beech] };

const open = {
  consultationId,
  about: topic,
  schoolIds: [ash, beech],
  bodies: ['Schools Forum'],
  openedOn: '2026-11-02',
  until: '2026-11-20',
};
const opened = (more: object = {}): ConsultationEvent => ({
  type: 'ConsultationOpened',
  data: { ...open, ...more },
});
const say = {
  consultationId,
  schoolId: ash,
  view: 'comments',
  docRef: 'answer-31',
  answeredOn: '2026-11-18',
} as const;
const answered = (more: object = {}): ConsultationEvent => ({
  type: 'ConsultationAnswered',
  data: { ...say, about: topic, late: false, ...more },
});
const close = {
  consultationId,
  outcome: 'The offer goes to the Board with their words.',
  closedOn: '2026-11-21',
};
const closed: ConsultationEvent = {
  type: 'ConsultationClosed',
  data: { ...close, about: topic, schoolIds: [ash, beech], bodies: ['Schools Forum'] },
};
const about = (...history: readonly ConsultationEvent[]) => given(decider, history, known);

describe('opening a consultation', () => {
  it('says about what, who is asked, and until when', () => {
    about().when('OpenConsultation', open).then([opened()]).again().silent();
    const { bodies: _, openedOn: __, ...short } = open;
    about()
      .when('OpenConsultation', { ...short, docRef: 'draft-2', until: '2026-12-01' })
      .then([
        opened({ bodies: [], docRef: 'draft-2', openedOn: '2026-11-23', until: '2026-12-01' }),
      ])
      .again()
      .silent();
  });

  it('asks somebody, and open schools only', () => {
    about()
      .when('OpenConsultation', { ...open, schoolIds: [], bodies: [] })
      .refused('NobodyConsulted');
    about()
      .when('OpenConsultation', { ...open, schoolIds: [ash, cedar] })
      .refused('SchoolsNotOpen', cedar);
    about(opened())
      .when('OpenConsultation', { ...open, about: 'Another' })
      .refused('ConsultationIdTaken');
  });

  it('leaves time, and not for ever', () => {
    about()
      .when('OpenConsultation', { ...open, until: '2026-11-01' })
      .refused('BeforeItsTime', '2026-11-02');
    about()
      .when('OpenConsultation', { ...open, until: '2027-11-03' })
      .refused('DayTooFarAhead', '2027-11-02');
    about()
      .when('OpenConsultation', { ...open, openedOn: '2026-11-24', until: '2026-12-01' })
      .refused('InTheFuture');
  });
});

describe('an answer', () => {
  it('is a school’s or a body’s, each paper once', () => {
    about(opened()).when('RecordConsultationAnswer', say).then([answered()]).again().silent();
    const { schoolId: _, ...unsigned } = say;
    const body = { ...unsigned, body: 'Schools Forum', answererId: 'person-clerk' };
    about(opened(), answered())
      .when('RecordConsultationAnswer', body)
      .then([{ type: 'ConsultationAnswered', data: { ...body, about: topic, late: false } }]);
  });

  it('of a head or chair is theirs; of somebody else’s it is said whose', () => {
    about(opened())
      .when('RecordConsultationAnswer', say, { by: { id: 'person-chair', role: 'chair' } })
      .then([answered({ answererId: 'person-chair' })]);
    about(opened())
      .when(
        'RecordConsultationAnswer',
        { ...say, answererId: 'person-chair' },
        { by: 'team-leader' },
      )
      .then([answered({ answererId: 'person-chair' })]);
  });

  it('that comes late is marked, as long as it is open', () => {
    about(opened())
      .when('RecordConsultationAnswer', { ...say, answeredOn: '2026-11-21' })
      .then([answered({ answeredOn: '2026-11-21', late: true })]);
    about(opened(), closed)
      .when('RecordConsultationAnswer', say)
      .refused('ConsultationIsClosed', '2026-11-21');
    about(opened(), answered(), closed).when('RecordConsultationAnswer', say).silent();
  });

  it('is of those who were asked, and of one of them', () => {
    const { schoolId: _, ...unsigned } = say;
    about(opened()).when('RecordConsultationAnswer', unsigned).refused('SchoolOrBody');
    about(opened())
      .when('RecordConsultationAnswer', { ...say, body: 'Schools Forum' })
      .refused('SchoolOrBody');
    about(opened())
      .when('RecordConsultationAnswer', { ...say, schoolId: cedar })
      .refused('NotConsulted', cedar);
    about(opened())
      .when('RecordConsultationAnswer', { ...unsigned, body: 'The press' })
      .refused('NotConsulted', 'The press');
    about().when('RecordConsultationAnswer', say).refused('ConsultationUnknown');
  });

  it('comes after the question, and not in the future', () => {
    about(opened())
      .when('RecordConsultationAnswer', { ...say, answeredOn: '2026-11-01' })
      .refused('BeforeItsTime', '2026-11-02');
    about(opened())
      .when('RecordConsultationAnswer', { ...say, answeredOn: '2026-11-24' })
      .refused('InTheFuture');
  });
});

describe('the end of a consultation', () => {
  it('comes when the time is over, once', () => {
    about(opened()).when('CloseConsultation', close).then([closed]).again().silent();
    about(opened(), closed)
      .when('CloseConsultation', { ...close, outcome: 'Another' })
      .refused('ConsultationIsClosed');
    about().when('CloseConsultation', close).refused('ConsultationUnknown');
  });

  it('comes sooner only when all have answered', () => {
    const soon = { ...close, closedOn: '2026-11-19' };
    about(opened(), answered())
      .when('CloseConsultation', soon)
      .refused('ClosesTooSoon', /2 of them/);
    about(opened({ schoolIds: [ash], bodies: [] }), answered())
      .when('CloseConsultation', soon)
      .then([
        {
          type: 'ConsultationClosed',
          data: { ...soon, about: topic, schoolIds: [ash], bodies: [] },
        },
      ]);
  });

  it('comes after the last answer, and not in the future', () => {
    about(opened(), answered({ answeredOn: '2026-11-22', late: true }))
      .when('CloseConsultation', close)
      .refused('BeforeItsTime', '2026-11-22');
    about(opened())
      .when('CloseConsultation', { ...close, closedOn: '2026-11-24' })
      .refused('InTheFuture');
  });
});

it('asks whether the schools are open, where any are asked', () => {
  const asked = (command: object) =>
    (consultation.knows['open'] as Question).about({ ...command }, {});
  expect(asked(open)).toEqual({ schools: `${ash},${beech}` });
  expect(asked({ ...open, schoolIds: [] })).toEqual({});
  expect(asked(say)).toEqual({});
  expect(consultation.stream(open)).toBe(`consultation-${consultationId}`);
});
