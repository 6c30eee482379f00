import type {
  AssessmentWaived,
  BankHolidayEvent,
  CycleEvent,
  DayEvent,
  FrameworkEvent,
  LetterTemplateEvent,
  OfferEvent,
  RegisterFileEvent,
} from '#domain';
import type { TellingsOf } from './telling';
import { as, tell, untold } from './telling';

export const policyTellings: TellingsOf<
  | AssessmentWaived
  | BankHolidayEvent
  | CycleEvent
  | DayEvent
  | FrameworkEvent
  | LetterTemplateEvent
  | OfferEvent
  | RegisterFileEvent
> = {
  AssessmentWaived: ({ schoolId, academicYear: round }) =>
    tell('school.assessment-waived.v1', { schoolId, round }),
  AssessmentFrameworkPublished: as('county.framework-published.v1'),
  SupportOfferPublished: as('county.offer-published.v1'),
  SupportOfferSuperseded: untold,
  AssessmentCycleOpened: as('county.round-opened.v1'),
  AssessmentCycleClosed: as('county.round-closed.v1'),
  BankHolidaysPublished: untold,
  LetterTemplatePublished: untold,
  FileImported: untold,
  DayTurned: untold,
};
