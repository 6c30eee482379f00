export * from './shared/words';
export * from './shared/academic-year';
export { commandFrom, isDay, IsDay, IsPersonRef } from './shared/decorators';
export * from './shared/framework';
export { schoolsConcerned } from './shared/schools-concerned';
export * from './catalog';
export { exampleFrameworks, exampleOffers } from './policy/example';
export { exampleLetterTemplates } from './policy/example-letters';
export type { LetterOccasion, LetterTemplate, LetterValues } from './policy/letter';
export { filled, letterPlaces, textsFor } from './policy/letter';
export { exampleQualityPolicies } from './policy/example-quality';
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
export { directions } from './risk/events';
export type { Reading } from './risk/scoring';
export { scoreOf } from './risk/scoring';
export type { CategoryEvent } from './categories/events';
export {
  discussionModes,
  letterRecipients,
  representationFrom,
  reviewOutcomes,
} from './categories/events';
export { isSoleAssessor, needsDiscussion, wasDiscussed } from './categories/categorisation';
export { REVIEW_TAKES_DAYS } from './categories/reviews';
export type { CategoryDecided, Period } from './categories/periods';
export { applied, categoryOn, periodOn } from './categories/periods';
export type { Allowance, EntitlementEvent, Pot } from './support/events';
export { pots } from './support/events';
export type { Ledger } from './support/ledger';
export {
  allowanceOf,
  allowanceOffered,
  consumed,
  emptyLedger,
  grantedIn,
  heldIn,
  leftIn,
  released,
  potOf,
  reserved,
  usedIn,
} from './support/ledger';
export type { Objective, Payer, ReservationRef } from './support/deployment-shapes';
export type { DeploymentEvent } from './support/deployment-events';
export { earlyEndings, pauseReasons, priorities } from './support/deployment-events';
export type { ChampionEvent, InterestNature, InterestOutcome } from './champions/events';
export { interestNatures, interestOutcomes } from './champions/events';
export type { PublishedFramework } from './policy/framework';
export { frameworkInForce } from './policy/framework';
export type {
  BankHolidayEvent,
  CycleEvent,
  FrameworkEvent,
  LetterTemplateEvent,
  OfferEvent,
  QualityPolicyEvent,
} from './policy/events';
export type { InvolvementEvent, NoticeEvent, StatutoryEvent } from './statutory/events';
export { closingReasons, noticeRecipients, riseKinds } from './statutory/events';
export type { InterventionPower, NoticeGround, NoticeSection } from './statutory/law';
export { interventionPowers, lastDayFor, noticeGrounds, noticeSections } from './statutory/law';
export type { Cadence, HeadlineVisitEvent, TeamEvent, TeamRole, VisitKind } from './visits/events';
export { cadences, visitKinds } from './visits/events';
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
export type { DayEvent } from './calendar/day';
export type { QualityObject } from './shared/quality-policy';
export { qualityObjects } from './shared/quality-policy';
export type { QualityEvent, SampleEvent } from './quality/events';
export type { Stratum } from './quality/events';
export { closings, escalationDecisions } from './quality/events';
export type { Verdict } from './quality/scales';
export { isBelowEffective, scales } from './quality/scales';
export type { Candidate } from './quality/drawing';
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
export { usualDaysOf, usualHalfTermOn } from './governance/half-terms';
export type { ClaimedVisit, ClaimEvent, RateCard, RateCardEvent } from './money/events';
export { exampleRateCards } from './money/example';
export type {
  DirectoryEvent,
  DocumentEvent,
  DocumentKind,
  GuideEvent,
  GuidePage,
  GuideSection,
  HelpfulnessEvent,
  Responsibility,
  SectionEvent,
} from './guide/events';
export { documentKinds, guidePages, guideSections } from './guide/events';
export { inForceOn } from './guide/versions';
export { exampleGuide } from './guide/example';
