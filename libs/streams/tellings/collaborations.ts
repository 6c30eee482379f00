import type { CollaborationEvent, StrengthEvent } from '#domain';
import { schoolsConcerned } from '#domain';
import type { TellingsOf } from './telling';
import { confided, tellEach } from './telling';

export const collaborationTellings: TellingsOf<CollaborationEvent | StrengthEvent> = {
  CollaborationFormed: (data) =>
    tellEach('school.collaboration-formed.v1', schoolsConcerned(data), data),
  SchoolJoinedCollaboration: (data) =>
    tellEach('school.collaboration-changed.v1', schoolsConcerned(data), data),
  SchoolLeftCollaboration: (data) =>
    tellEach('school.collaboration-changed.v1', schoolsConcerned(data), data),
  CollaborationReviewed: confided,
  CollaborationEnded: (data) =>
    tellEach('school.collaboration-ended.v1', schoolsConcerned(data), data),
  StrengthRecorded: confided,
  StrengthWithdrawn: confided,
};
