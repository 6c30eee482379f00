import type { HeadlineVisitEvent, TeamEvent } from '#domain';
import type { TellingsOf } from './telling';
import { untold } from './telling';

export const visitTellings: TellingsOf<HeadlineVisitEvent | TeamEvent> = {
  HeadlineVisitScheduled: untold,
  HeadlineVisitRescheduled: untold,
  HeadlineVisitCancelled: untold,
  HeadlineVisitCompleted: untold,
  HeadlineVisitRecordAmended: untold,
  ExtraHeadlineVisitApproved: untold,
  TeamAroundSchoolConvened: untold,
  TasMeetingHeld: untold,
  TasActionAgreed: untold,
  TasActionClosed: untold,
  TasMembersChanged: untold,
  TasStoodDown: untold,
};
