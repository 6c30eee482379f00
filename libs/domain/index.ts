export * from './shared/words';
export * from './shared/academic-year';
export { commandFrom, IsDay, IsPersonRef } from './shared/decorators';
export * from './shared/framework';
export { schoolsConcerned } from './shared/schools-concerned';
export * from './catalog';
export { exampleFrameworks, exampleOffers } from './policy/example';
export { exampleBankHolidays } from './policy/example-bank-holidays';
export type { SchoolEvent } from './schools/events';
export type { InspectionOutcome, InspectionShape } from './schools/inspection';
export {
  concernCodes,
  inspectionAreas,
  inspectionGrades,
  inspectionShapes,
  overallGrades,
  reportCardGrades,
  safeguardingWords,
} from './schools/inspection';
export type { RiskEvent, Score, ScoreStep } from './risk/events';
export type { CategoryEvent } from './categories/events';
export { discussionModes, representationFrom, reviewOutcomes } from './categories/events';
export type { CategoryDecided, Period } from './categories/periods';
export { applied, categoryOn, periodOn } from './categories/periods';
export type { BankHolidayEvent, CycleEvent, FrameworkEvent, OfferEvent } from './policy/events';
export type { EntitlementEvent } from './support/events';
export type { Cadence, HeadlineVisitEvent, TeamEvent, TeamRole, VisitKind } from './visits/events';
export { RECORD_DUE_IN_WORKING_DAYS } from './visits/headline-visits';
export type { BankHolidays, WorkingDay } from './shared/working-days';
export {
  daysAfter,
  daysBetween,
  lastDayRunOut,
  monthsAfter,
  workingDaysAfter,
} from './shared/working-days';
export type { RegisterFileEvent, RegisterFileKind } from './schools/register-file';
export { registerFileKinds, tooOld } from './schools/register-file';
