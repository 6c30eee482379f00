import type { BoardEvent, ConsultationEvent, LiaisonEvent } from '#domain';
import type { TellingsOf } from './telling';
import { tell, untold } from './telling';

export const governanceTellings: TellingsOf<BoardEvent | LiaisonEvent | ConsultationEvent> = {
  BoardTermsSet: untold,
  BoardMeetingHeld: untold,
  BoardRecordCorrected: untold,
  BoardPaperTabled: untold,
  BoardDecisionRecorded: (data) => (data.publishable ? tell('county.board-decided.v1', data) : []),
  LiaisonGroupFormed: untold,
  SchoolJoinedLiaisonGroup: untold,
  SchoolLeftLiaisonGroup: untold,
  LiaisonMeetingHeld: untold,
  ConsultationOpened: untold,
  ConsultationAnswered: untold,
  ConsultationClosed: untold,
};
