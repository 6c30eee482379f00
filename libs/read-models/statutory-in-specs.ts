import type { AnyReadModel, EventMetadata, Position, Recorded } from '#kernel';
import type { StatutoryEvent } from '#domain';

/* Facts of one invented school, and the documents that a read model has of them. */
export const schoolId = '00000000-0000-4000-8000-000000900001';
export const noticeId = '00000000-0000-4000-8000-000000000010';
export const secretaryNoticeId = '00000000-0000-4000-8000-000000000020';
export const involvementId = '00000000-0000-4000-8000-000000000030';
export const about = { schoolId, noticeId };

const metadata: EventMetadata = {
  version: 1,
  actor: { id: 'person-head-of-service', role: 'head-of-service' },
  commandId: '00000000-0000-4000-8000-000000000001',
  correlationId: '00000000-0000-4000-8000-000000000001',
};

/** Every document of the model after these events, by its key. */
export function documentsOf(
  model: AnyReadModel,
  events: readonly StatutoryEvent[],
): Readonly<Record<string, unknown>> {
  const documents = new Map<string, unknown>();
  events.forEach((event, i) => {
    const touch = model.touches[event.type];
    if (touch === undefined) return;
    const recorded: Recorded<StatutoryEvent> = {
      ...event,
      id: `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`,
      position: (i + 1) as Position,
      stream: `notices-${schoolId}`,
      revision: i,
      recordedAt: '2026-11-23T09:00:00.000Z',
      effectiveOn: '2026-11-23',
      metadata,
    };
    for (const key of touch.keys(recorded as never)) {
      const after = touch.on(documents.get(key) as never, recorded as never, key);
      if (after === undefined) documents.delete(key);
      else documents.set(key, after);
    }
  });
  return Object.fromEntries(documents);
}

const given = {
  section: '60',
  grounds: ['standards'],
  matters: 'Standards are far below those of similar schools.',
  actionsRequired: 'Agree a plan.',
  mindedTo: 'Appoint additional governors.',
  copies: [{ to: 'secretary-of-state', sentOn: '2026-09-01' }],
  issuedById: 'person-head-of-service',
  issuedOn: '2026-09-01',
} as const;
export const issued: StatutoryEvent = {
  type: 'WarningNoticeIssued',
  data: { ...about, ...given, complianceFrom: '2026-09-02', complianceTo: '2026-10-31' },
};
/** The document a notice begins as. */
export const begins = {
  ...about,
  ...given,
  givenBy: 'authority',
  compliance: { from: '2026-09-02', to: '2026-10-31' },
  stage: 'issued',
  live: true,
  intents: [],
  powers: [],
};
export const decided = (outcome: 'complied' | 'not-complied'): StatutoryEvent => ({
  type: 'ComplianceDecided',
  data: {
    ...about,
    outcome,
    reasons: 'SEALED',
    deciderId: 'person-head-of-service',
    decidedOn: '2026-11-02',
  },
});
export const intended: StatutoryEvent = {
  type: 'InterventionIntentNotified',
  data: {
    ...about,
    powers: ['additional-governors'],
    notBefore: '2026-11-16',
    notifiedOn: '2026-11-03',
  },
};
export const exercised: StatutoryEvent = {
  type: 'InterventionPowerExercised',
  data: { ...about, power: 'additional-governors', exercisedOn: '2026-11-16' },
};
export const powerEnded: StatutoryEvent = {
  type: 'InterventionEnded',
  data: { ...about, power: 'additional-governors', reason: 'SEALED', endedOn: '2026-11-20' },
};
export const secretaryGave: StatutoryEvent = {
  type: 'SecretaryOfStateNoticeRecorded',
  data: { schoolId, secretaryNoticeId, toldOn: '2026-11-18', givenOn: '2026-11-17' },
};
export const ceased: StatutoryEvent = {
  type: 'NoticeCeased',
  data: { ...about, secretaryNoticeId, ceasedOn: '2026-11-17' },
};
