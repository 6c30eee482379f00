import type { ReadModel, Snapshot, Touch } from '#kernel';
import type { CategoryEvent, ConsultationEvent, ConsultationView, DeploymentEvent } from '#domain';
import { schoolsConcerned, daysBetween } from '#domain';
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

/** On what a school was asked or told, or said what it thinks. */
export const consultedKinds = ['consultation', 'category', 'review', 'support'] as const;
export type ConsultedKind = (typeof consultedKinds)[number];

/** One time a school was asked, or said, what it thinks. */
export type ConsultedEntry = Fact & {
  readonly schoolId: string;
  readonly kind: ConsultedKind;
  readonly says: string;
  readonly consultationId?: string;
  readonly proposalId?: string;
  readonly deploymentId?: string;
};

type AskedOnCategory = Extract<
  CategoryEvent,
  {
    readonly type:
      | 'ProposalLetterIssued'
      | 'ProposalDiscussed'
      | 'DiscussionDeclined'
      | 'SchoolUnreachable'
      | 'SchoolRepresentationReceived'
      | 'CategoryReviewRequested'
      | 'CategoryReviewDecided'
      | 'TransitionMeetingHeld'
      | 'NoFurtherNeedAgreed';
  }
>;
/** Support is brokered with the school: it agrees to it or declines it, and judges with the team what it achieved. */
type AskedOnSupport = Extract<
  DeploymentEvent,
  {
    readonly type:
      | 'SupportNeedIdentified'
      | 'SupportedSchoolAgreed'
      | 'SupportedSchoolDeclined'
      | 'ImpactEvaluated';
  }
>;
type Event = ConsultationEvent | AskedOnCategory | AskedOnSupport;

const row = (
  kind: ConsultedKind,
  schools: (data: Event['data']) => readonly string[],
): Touch<ConsultedEntry, Event> => ({
  keys: ({ id, data }) => schools(data).map((schoolId) => `${schoolId} ${id}`),
  on: (_, event, key) => {
    const { data } = event;
    return {
      ...factOf(event),
      schoolId: key.slice(0, key.indexOf(' ')),
      kind,
      says: (sentences[event.type] as (data: Event['data']) => string)(data),
      ...('consultationId' in data ? { consultationId: data.consultationId } : {}),
      ...('proposalId' in data ? { proposalId: data.proposalId } : {}),
      ...('deploymentId' in data ? { deploymentId: data.deploymentId } : {}),
    };
  },
  opens: true,
});
const asked = row('consultation', schoolsConcerned);
/** The school it is about: the school that lends a champion is not consulted on it. */
const itself = (data: Event['data']): readonly string[] =>
  'schoolId' in data ? [data.schoolId] : [];
const onCategory = row('category', itself);
const onReview = row('review', itself);
const onSupport = row('support', itself);

/** The chair's question: when were we consulted? A row for each time, of whichever kind. */
export const consulted: ReadModel<ConsultedEntry, Event> = {
  name: 'consulted',
  says: 'When each school was consulted: on its category, on support, or with others; and when it answered.',
  fixed: ['schoolId', 'effectiveOn'],
  touches: {
    ConsultationOpened: asked,
    ConsultationAnswered: asked,
    ConsultationClosed: asked,
    ProposalLetterIssued: onCategory,
    ProposalDiscussed: onCategory,
    DiscussionDeclined: onCategory,
    SchoolUnreachable: onCategory,
    SchoolRepresentationReceived: onCategory,
    TransitionMeetingHeld: onCategory,
    NoFurtherNeedAgreed: onCategory,
    CategoryReviewRequested: onReview,
    CategoryReviewDecided: onReview,
    SupportNeedIdentified: onSupport,
    SupportedSchoolAgreed: onSupport,
    SupportedSchoolDeclined: onSupport,
    ImpactEvaluated: onSupport,
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
  const toAnswer = await snapshot.list<Consultation>(consultations, {
    filter: { open: true, schoolIds: schoolId },
    sort: { until: 1 },
  });
  const open = await Promise.all(
    toAnswer.map(async ({ body: { consultationId, about, openedOn, until } }) => {
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
