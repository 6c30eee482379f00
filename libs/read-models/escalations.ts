import type { ReadModel, Snapshot } from '#kernel';
import type { QualityEvent } from '#domain';
import type { Page, PageRequest } from './page';
import { pageOf } from './page';
import type { SchoolCard } from './schools';
import { schools } from './schools';

type EscalationEvent = Extract<
  QualityEvent,
  { readonly type: 'EscalatedToHeadOfService' | 'EscalationAnswered' }
>;
type Data<T extends EscalationEvent['type']> = Extract<
  EscalationEvent,
  { readonly type: T }
>['data'];

/** Support that was found poor again, and what the head of service decided. */
export type Escalation = Data<'EscalatedToHeadOfService'> & {
  readonly open: boolean;
  readonly decision?: Data<'EscalationAnswered'>['decision'];
  readonly answeredOn?: string;
};

export const escalations: ReadModel<Escalation, EscalationEvent> = {
  name: 'escalations',
  says: 'Where support was found poor again in a year and went to the head of service, and what was decided.',
  fixed: ['schoolId', 'escalatedOn'],
  touches: {
    EscalatedToHeadOfService: {
      keys: ({ data }) => [data.escalationId],
      on: (_, { data }) => ({ ...data, open: true }),
      opens: true,
    },
    EscalationAnswered: {
      keys: ({ data }) => [data.escalationId],
      on: (escalation, { data: { decision, answeredOn } }) =>
        escalation && { ...escalation, open: false, decision, answeredOn },
    },
  },
};

export type EscalationLine = Escalation & {
  readonly school: Pick<SchoolCard, 'schoolId' | 'urn' | 'name'> | undefined;
};

export type EscalationsRequest = PageRequest & {
  /** Left out: of the whole county. */
  readonly schoolId?: string;
  /** Only what waits for an answer. */
  readonly open?: boolean;
};

/** What went to the head of service: what waits for an answer first, then newest first. */
export async function escalationsIn(
  snapshot: Snapshot,
  { schoolId, open, ...piece }: EscalationsRequest,
): Promise<Page<EscalationLine>> {
  const page = await pageOf<Escalation>(snapshot, escalations, {
    filter: {
      ...(schoolId === undefined ? {} : { schoolId }),
      ...(open === undefined ? {} : { open }),
    },
    sort: { open: -1, escalatedOn: -1 },
    ...piece,
  });
  const items = await Promise.all(
    page.items.map(async (escalation): Promise<EscalationLine> => {
      const card = (await snapshot.get<SchoolCard>(schools, escalation.schoolId))?.body;
      const school = card && { schoolId: card.schoolId, urn: card.urn, name: card.name };
      return { ...escalation, school };
    }),
  );
  return { ...page, items };
}
