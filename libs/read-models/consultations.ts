import type { ReadModel, Snapshot, Touch } from '#kernel';
import type { CategoryEvent, ConsultationEvent, ConsultationView } from '#domain';
import { schoolsConcerned } from '#domain';
import { daysBetween } from './collaborations';
import type { Fact } from './fact';
import { factOf } from './fact';
import type { Page, PageRequest } from './page';
import { DEFAULT_LIMIT, pageOf } from './page';
import { sentences } from './sentences';

/** One consultation: about what, who was asked until when, and what came of it. */
export type Consultation = {
  readonly consultationId: string;
  readonly about: string;
  readonly docRef?: string;
  readonly schoolIds: readonly string[];
  readonly bodies: readonly string[];
  readonly openedOn: string;
  readonly until: string;
  readonly open: boolean;
  readonly closedOn?: string;
  readonly outcome?: string;
};

export const consultations: ReadModel<Consultation, ConsultationEvent> = {
  name: 'consultations',
  says: 'What schools and bodies were asked about, until when, and what came of it.',
  fixed: [],
  touches: {
    ConsultationOpened: {
      keys: ({ data }) => [data.consultationId],
      on: (_, { data }) => ({ ...data, open: true }),
    },
    ConsultationClosed: {
      keys: ({ data }) => [data.consultationId],
      on: (consultation, { data: { closedOn, outcome } }) =>
        consultation && { ...consultation, open: false, closedOn, outcome },
    },
  },
};

/** The answer of a school or a body to a consultation: the last, where there were several. A row each: they may be many. */
export type ConsultationAnswer = {
  readonly consultationId: string;
  readonly schoolId?: string;
  readonly body?: string;
  readonly view: ConsultationView;
  readonly answeredOn: string;
  readonly late: boolean;
};

const answerKey = (consultationId: string, who: string): string => `${consultationId} ${who}`;

export const consultationAnswers: ReadModel<ConsultationAnswer, ConsultationEvent> = {
  name: 'consultation-answers',
  says: 'Who answered a consultation, when, and in which sense.',
  fixed: ['consultationId'],
  touches: {
    ConsultationAnswered: {
      keys: ({ data }) => [answerKey(data.consultationId, data.schoolId ?? data.body ?? '')],
      on: (_, { data: { consultationId, schoolId, body, view, answeredOn, late } }) => ({
        consultationId,
        ...(schoolId === undefined ? {} : { schoolId }),
        ...(body === undefined ? {} : { body }),
        view,
        answeredOn,
        late,
      }),
    },
  },
};

/** One time a school was asked, or said, what it thinks. */
export type ConsultedEntry = Fact & {
  readonly schoolId: string;
  readonly says: string;
  readonly consultationId?: string;
  readonly proposalId?: string;
};

type AskedOnProposal = Extract<
  CategoryEvent,
  {
    readonly type:
      | 'ProposalDiscussed'
      | 'DiscussionDeclined'
      | 'SchoolUnreachable'
      | 'SchoolRepresentationReceived';
  }
>;
type Event = ConsultationEvent | AskedOnProposal;

const row: Touch<ConsultedEntry, Event> = {
  keys: ({ id, data }) => schoolsConcerned(data).map((schoolId) => `${schoolId} ${id}`),
  on: (_, event, key) => {
    const { data } = event;
    return {
      ...factOf(event),
      schoolId: key.slice(0, key.indexOf(' ')),
      says: (sentences[event.type] as (data: Event['data']) => string)(data),
      ...('consultationId' in data ? { consultationId: data.consultationId } : {}),
      ...('proposalId' in data ? { proposalId: data.proposalId } : {}),
    };
  },
  opens: true,
};

/** The chair's question: when were we consulted? A row for each time, of whichever kind. */
export const consulted: ReadModel<ConsultedEntry, Event> = {
  name: 'consulted',
  says: 'When each school was consulted: on a proposed category, or with others; and when it answered.',
  fixed: ['schoolId', 'effectiveOn'],
  touches: {
    ConsultationOpened: row,
    ConsultationAnswered: row,
    ConsultationClosed: row,
    ProposalDiscussed: row,
    DiscussionDeclined: row,
    SchoolUnreachable: row,
    SchoolRepresentationReceived: row,
  },
};

/** A consultation that waits for a school. */
export type AskedOf = Pick<Consultation, 'consultationId' | 'about' | 'openedOn' | 'until'> & {
  readonly answered?: Pick<ConsultationAnswer, 'view' | 'answeredOn' | 'late'>;
  /** Until the day by which it is asked for; negative once it has passed. */
  readonly daysLeft: number;
};

export type ConsultedRequest = PageRequest & {
  readonly schoolId: string;
  readonly today: string;
};
export type ConsultedPage = Page<ConsultedEntry> & { readonly open: readonly AskedOf[] };

/** When a school was consulted, newest first; and which consultations it can still answer. */
export async function consultationsOf(
  snapshot: Snapshot,
  { schoolId, today, skip = 0, limit = DEFAULT_LIMIT }: ConsultedRequest,
): Promise<ConsultedPage> {
  const page = await pageOf<ConsultedEntry>(snapshot, consulted, {
    filter: { schoolId },
    sort: { effectiveOn: -1, position: -1 },
    skip,
    limit,
  });
  const asked = await snapshot.list<Consultation>(consultations, {
    filter: { open: true, schoolIds: schoolId },
    sort: { until: 1 },
  });
  const open = await Promise.all(
    asked.map(async ({ body: { consultationId, about, openedOn, until } }) => {
      const answer = await snapshot.get<ConsultationAnswer>(
        consultationAnswers,
        answerKey(consultationId, schoolId),
      );
      const asks = { consultationId, about, openedOn, until, daysLeft: daysBetween(today, until) };
      if (answer === undefined) return asks;
      const { view, answeredOn, late } = answer.body;
      return { ...asks, answered: { view, answeredOn, late } };
    }),
  );
  return { ...page, open };
}

/** A consultation, with how many were asked and how many have answered. */
export type ConsultationLine = Omit<Consultation, 'schoolIds'> & {
  readonly schools: number;
  readonly asked: number;
  readonly answered: number;
  /** Open, though the day by which answers were asked for has passed. */
  readonly overdue: boolean;
};

/** Consultations, newest first. */
export async function listConsultations(
  snapshot: Snapshot,
  { open, today, ...page }: PageRequest & { readonly open?: boolean; readonly today: string },
): Promise<Page<ConsultationLine>> {
  const found = await pageOf<Consultation>(snapshot, consultations, {
    ...page,
    filter: open === undefined ? {} : { open },
    sort: { openedOn: -1 },
  });
  const items = await Promise.all(
    found.items.map(async ({ schoolIds, ...one }) => ({
      ...one,
      schools: schoolIds.length,
      asked: schoolIds.length + one.bodies.length,
      answered: await snapshot.count(consultationAnswers, { consultationId: one.consultationId }),
      overdue: one.open && one.until < today,
    })),
  );
  return { ...found, items };
}
