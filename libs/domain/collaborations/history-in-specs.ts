import { asDeclared } from '#kernel';
import { decider as bare } from './collaboration';
import type { CollaborationEvent, CollaborationFormed } from './events';
import { collaborationEvents } from './events';

/* Schools of an invented county that work together, for the specs of this context. */
export const decider = asDeclared(collaborationEvents, bare);
export const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
export const [ash, beech, cedar, damson] = [uuid(900001), uuid(900002), uuid(900003), uuid(900004)];
export const collaborationId = uuid(10);
export const about = { collaborationId };

export const known = {
  school: { registered: true, open: true },
  open: [ash, beech, cedar, damson],
} as const;

export const form = {
  collaborationId,
  kind: 'formal',
  area: 'early-reading',
  purpose: 'Reading in mixed-age classes.',
  schoolIds: [ash, beech, cedar],
  leadSchoolId: ash,
  agreementRef: 'agreement-14',
  from: '2026-09-14',
  reviewDue: '2027-03-31',
} as const;

export const formed = (more: Partial<CollaborationFormed> = {}): CollaborationEvent => ({
  type: 'CollaborationFormed',
  data: { ...form, schoolIds: [...form.schoolIds], ...more },
});
export const joined = (joinedOn = '2026-11-02'): CollaborationEvent => ({
  type: 'SchoolJoinedCollaboration',
  data: { ...about, schoolIds: [ash, beech, cedar, damson], schoolId: damson, joinedOn },
});
export const left: CollaborationEvent = {
  type: 'SchoolLeftCollaboration',
  data: {
    ...about,
    schoolIds: [ash, beech],
    schoolId: cedar,
    leftOn: '2026-11-20',
    reason: 'It reached what it had joined for.',
  },
};
export const reviewed = (more: object = {}): CollaborationEvent => ({
  type: 'CollaborationReviewed',
  data: {
    ...about,
    schoolIds: [ash, beech, cedar],
    reviewedOn: '2026-11-16',
    achieved: 'Phonics is planned together.',
    continues: true,
    nextReviewDue: '2027-10-31',
    ...more,
  },
});
export const ended: CollaborationEvent = {
  type: 'CollaborationEnded',
  data: {
    ...about,
    schoolIds: [ash, beech, cedar],
    endedOn: '2026-11-23',
    reason: 'Its purpose is met.',
  },
};
