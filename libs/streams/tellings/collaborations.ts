import type { CollaborationEvent, StrengthEvent } from '#domain';
import type { TellingsOf } from './telling';
import { untold } from './telling';

export const collaborationTellings: TellingsOf<CollaborationEvent | StrengthEvent> = {
  CollaborationFormed: untold,
  SchoolJoinedCollaboration: untold,
  SchoolLeftCollaboration: untold,
  CollaborationReviewed: untold,
  CollaborationEnded: untold,
  StrengthRecorded: untold,
  StrengthWithdrawn: untold,
};
