import type { ReadModel, Snapshot } from '#kernel';
import type { QualityEvent } from '#domain';
import type { Page, PageRequest } from './page';
import { pageOf } from './page';
import type { NamedSchool } from './schools-named';
import { schoolsNamed } from './schools-named';

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
  readonly school: NamedSchool;
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
  const named = await schoolsNamed(
    snapshot,
    page.items.map((one) => one.schoolId),
  );
  const items = page.items.map((one) => ({ ...one, school: named(one.schoolId) }));
  return { ...page, items };
}
