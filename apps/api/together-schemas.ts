import { collaborationKinds, evidenceKinds, phases } from '#domain';
import type { JsonObject } from '#kernel';
import { day, listOf, number, record, ref, text, words } from './answer-schemas';

const flag = { type: 'boolean' };
const uuid = { ...text, format: 'uuid' };

/** Shapes of schools that help each other. */
export const togetherSchemas: Readonly<Record<string, JsonObject>> = {
  NamedSchool: {
    ...record({ schoolId: uuid, urn: text, name: text, open: flag }),
    required: ['schoolId', 'urn', 'name', 'open'],
  },
  Collaboration: {
    ...record({
      collaborationId: uuid,
      kind: words(collaborationKinds),
      area: text,
      purpose: text,
      leadSchoolId: uuid,
      agreementRef: text,
      from: day,
      open: flag,
      standing: words(['not-begun', 'going-on', 'review-overdue', 'to-be-ended', 'ended']),
      reviewDue: day,
      daysOverdue: number,
      lastReview: record({ reviewedOn: day, achieved: text, continues: flag }),
      endedOn: day,
      lead: ref('NamedSchool'),
      schools: listOf(ref('NamedSchool')),
      former: listOf({ allOf: [ref('NamedSchool'), record({ until: day })] }),
    }),
    required: [
      'collaborationId',
      'kind',
      'purpose',
      'from',
      'open',
      'standing',
      'schools',
      'former',
    ],
  },
  Strength: {
    ...record({
      schoolId: uuid,
      strengthId: uuid,
      area: text,
      phase: words(phases),
      evidenceKind: words(evidenceKinds),
      evidenceRef: text,
      observedOn: day,
      ageDays: { ...number, description: 'How old the evidence is.' },
    }),
    required: ['schoolId', 'strengthId', 'area', 'phase', 'evidenceKind', 'observedOn', 'ageDays'],
  },
};
