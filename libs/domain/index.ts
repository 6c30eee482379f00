export * from './shared/words';
export * from './shared/academic-year';
export { commandFrom, IsDay } from './shared/decorators';
export * from './shared/framework';
export { schoolsConcerned } from './shared/schools-concerned';
export * from './catalog';
export { exampleFrameworks, exampleOffers } from './policy/example';
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
export type { CycleEvent, FrameworkEvent, OfferEvent } from './policy/events';
export type { EntitlementEvent } from './support/events';
export type { RegisterFileEvent, RegisterFileKind } from './schools/register-file';
export { registerFileKinds, tooOld } from './schools/register-file';
export type {
  CollaborationEvent,
  CollaborationKind,
  EvidenceKind,
  StrengthEvent,
} from './collaborations/events';
export { collaborationKinds, evidenceKinds } from './collaborations/events';
export type {
  BoardEvent,
  ConsultationEvent,
  ConsultationView,
  LiaisonEvent,
} from './governance/events';
export { exampleBoardTerms } from './governance/example';
