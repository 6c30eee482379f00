import type { HeadlineVisitEvent, TeamEvent } from '#domain';
import type { TellingsOf } from './telling';
import { as, confided } from './telling';

export const visitTellings: TellingsOf<HeadlineVisitEvent | TeamEvent> = {
  HeadlineVisitScheduled: as('school.headline-visit-arranged.v1'),
  HeadlineVisitRescheduled: as('school.headline-visit-arranged.v1'),
  HeadlineVisitCancelled: as('school.headline-visit-cancelled.v1'),
  HeadlineVisitCompleted: as('school.headline-visit-made.v1'),
  HeadlineVisitRecordAmended: confided,
  ExtraHeadlineVisitApproved: confided,
  TeamAroundSchoolConvened: as('school.team-convened.v1'),
  TasMeetingHeld: confided,
  TasActionAgreed: confided,
  TasActionClosed: confided,
  TasMembersChanged: confided,
  TasStoodDown: as('school.team-stood-down.v1'),
};
