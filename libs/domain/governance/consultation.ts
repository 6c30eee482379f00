import type { ClassesOf, Decider, RefusalsOf } from '#kernel';
import { aggregate, refusing } from '#kernel';
import { present } from '../shared/plain';
import { dayRefusals, faultOfFact, faultOfPlan, later, yearsAfter } from '../shared/recorded-days';
import { same } from '../shared/same';
import type { RecordConsultationAnswer } from './commands';
import { consultationCommands } from './commands';
import type { ConsultationEvent } from './events';
import { consultationEvents } from './events';
import { schoolsNotOpen } from '../shared/schools-not-open';

/*
 * One question the authority put to schools or to bodies that speak for them: about what, who was asked and until when,
 * who answered when, and what came of it. Late answers count until it is closed, and are marked late.
 */
type Opened = Extract<ConsultationEvent, { readonly type: 'ConsultationOpened' }>['data'];
type Answered = Extract<ConsultationEvent, { readonly type: 'ConsultationAnswered' }>['data'];
type Closed = Extract<ConsultationEvent, { readonly type: 'ConsultationClosed' }>['data'];

export interface Consultation {
  readonly opened: Opened;
  readonly answers: readonly Answered[];
  readonly closed?: Closed;
}
export type ConsultationState = { readonly opened: undefined } | Consultation;

interface Known {
  /** Of the schools that are to be asked those that are open; empty where nobody asked. */
  readonly open: readonly string[];
}

/** How long a consultation may last. [I]: our own bound, against slips. */
const LASTS_YEARS = 1;

const refusals = {
  ...dayRefusals,
  ...schoolsNotOpen,
  ConsultationIdTaken: {
    kind: 'conflict',
    says: 'A consultation’s identity is used once.',
    detail: () =>
      'A consultation with other particulars has that identity. Give a new consultationId.',
    pointer: '/consultationId',
  },
  ConsultationUnknown: {
    kind: 'missing',
    says: 'There must be such a consultation.',
    detail: () => 'No consultation has that identity. Look it up, or open it first.',
    pointer: '/consultationId',
  },
  ConsultationIsClosed: {
    kind: 'conflict',
    says: 'Nothing more is said to a consultation that is closed.',
    detail: (closedOn: string) =>
      `This consultation was closed on ${closedOn}. Open another one where there is more to ask.`,
    pointer: '/consultationId',
  },
  NobodyConsulted: {
    kind: 'invalid',
    says: 'A consultation asks somebody.',
    detail: () => 'Neither a school nor a body is named. Say who is asked.',
    pointer: '/schoolIds',
  },
  SchoolOrBody: {
    kind: 'invalid',
    says: 'An answer is a school’s or a body’s, never both or neither.',
    detail: () => 'Name the school that answered (schoolId) or the body, and not both.',
    pointer: '/schoolId',
  },
  NotConsulted: {
    kind: 'conflict',
    says: 'Only those who were asked answer.',
    detail: (who: string) =>
      `${who} is not among those who were asked in this consultation. Look up who was.`,
  },
  ClosesTooSoon: {
    kind: 'conflict',
    says: 'A consultation stays open as long as was promised, unless all have answered.',
    detail: (until: string, unanswered: number) =>
      `Those who were asked have until ${until}, and ${unanswered} of them have not answered. Close it after that day.`,
    pointer: '/closedOn',
  },
} as const;
const refuse = refusing(refusals);
type Refused = RefusalsOf<typeof refusals>;

export const decider: Decider<
  ConsultationState,
  ClassesOf<typeof consultationCommands>,
  ConsultationEvent,
  Refused,
  Known
> = {
  initial: { opened: undefined },
  evolve: {
    ConsultationOpened: (_, opened) => ({ opened, answers: [] }),
    ConsultationAnswered: (state, data) =>
      state.opened === undefined ? state : { ...state, answers: [...state.answers, data] },
    ConsultationClosed: (state, closed) =>
      state.opened === undefined ? state : { ...state, closed },
  },
  decide: {
    OpenConsultation: (state, command, { known, today }) => {
      const { openedOn = state.opened?.openedOn ?? today, bodies = [], until } = command;
      const schoolIds = [...command.schoolIds];
      const data = { ...command, schoolIds, bodies: [...bodies], openedOn };
      if (state.opened !== undefined) {
        return same(state.opened, data) ? [] : refuse.ConsultationIdTaken();
      }
      if (schoolIds.length + bodies.length === 0) return refuse.NobodyConsulted();
      const missing = schoolIds.filter((id) => !known.open.includes(id));
      return (
        faultOfFact('openedOn', openedOn, { today }) ??
        faultOfPlan('until', until, {
          earliest: openedOn,
          latest: yearsAfter(openedOn, LASTS_YEARS),
        }) ??
        (missing.length > 0
          ? refuse.SchoolsNotOpen(missing)
          : [{ type: 'ConsultationOpened', data }])
      );
    },

    RecordConsultationAnswer: (state, command, { actor, today }) => {
      if (state.opened === undefined) return refuse.ConsultationUnknown();
      const { opened, answers, closed } = state;
      const { answeredOn = today } = command;
      const fault = faultOfWho(opened, command);
      if (fault !== undefined) return fault;
      const answererId = command.answererId ?? (speaks(actor.role) ? actor.id : undefined);
      const { answererId: _, ...said } = command;
      if (answers.some((answer) => isAgain(answer, command))) return [];
      if (closed !== undefined) return refuse.ConsultationIsClosed(closed.closedOn);
      const late = answeredOn > opened.until;
      const data = { ...said, about: opened.about, answeredOn, late, ...present({ answererId }) };
      return (
        faultOfFact('answeredOn', answeredOn, { today, since: opened.openedOn }) ?? [
          { type: 'ConsultationAnswered', data },
        ]
      );
    },

    CloseConsultation: (state, command, { today }) => {
      if (state.opened === undefined) return refuse.ConsultationUnknown();
      const { opened, answers, closed } = state;
      const { consultationId, outcome, closedOn = today } = command;
      if (closed !== undefined) {
        return closed.outcome === outcome &&
          closed.closedOn === (command.closedOn ?? closed.closedOn)
          ? []
          : refuse.ConsultationIsClosed(closed.closedOn);
      }
      const since = answers.map((answer) => answer.answeredOn).reduce(later, opened.openedOn);
      const fault = faultOfFact('closedOn', closedOn, { today, since });
      if (fault !== undefined) return fault;
      const unanswered = silentIn(state);
      if (closedOn <= opened.until && unanswered > 0)
        return refuse.ClosesTooSoon(opened.until, unanswered);
      const { about, schoolIds, bodies } = opened;
      const data = { consultationId, about, schoolIds, bodies, outcome, closedOn };
      return [{ type: 'ConsultationClosed', data }];
    },
  },
};

/** A head or chair who answers is the one who did. */
const speaks = (role: string): boolean => role === 'headteacher' || role === 'chair';

function faultOfWho(
  { schoolIds, bodies }: Opened,
  { schoolId, body }: Readonly<RecordConsultationAnswer>,
): Refused | undefined {
  if ((schoolId === undefined) === (body === undefined)) return refuse.SchoolOrBody();
  if (schoolId !== undefined)
    return schoolIds.includes(schoolId) ? undefined : refuse.NotConsulted(`School ${schoolId}`);
  return body !== undefined && !bodies.includes(body) ? refuse.NotConsulted(body) : undefined;
}

/** The same paper of the same school or body. */
const isAgain = (
  answer: Answered,
  { schoolId, body, docRef }: Readonly<RecordConsultationAnswer>,
): boolean => answer.docRef === docRef && answer.schoolId === schoolId && answer.body === body;

/** How many of those who were asked have not answered. */
const silentIn = ({ opened: { schoolIds, bodies }, answers }: Consultation): number =>
  schoolIds.filter((id) => !answers.some(({ schoolId }) => schoolId === id)).length +
  bodies.filter((name) => !answers.some(({ body }) => body === name)).length;

export const consultation = aggregate({
  context: 'governance',
  name: 'consultation',
  is: 'One question put to schools, or to bodies that speak for them: about what, who was asked until when, who answered, and what came of it.',
  stream: ({ consultationId }) => `consultation-${String(consultationId)}`,
  events: consultationEvents,
  commands: consultationCommands,
  refusals,
  decider,
  knows: {
    open: {
      asks: 'open-schools-among',
      about: ({ schoolIds }) =>
        Array.isArray(schoolIds) && schoolIds.length > 0 ? { schools: schoolIds.join(',') } : {},
    },
  },
});
