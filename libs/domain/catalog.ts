import type { Aggregate, AnyPolicy } from '#kernel';
import { day } from './calendar/day';
import { categorisation } from './categories/categorisation';
import type { CategoryEvent } from './categories/events';
import { champion } from './champions/champion';
import type { ChampionEvent } from './champions/events';
import { collaboration } from './collaborations/collaboration';
import type { CollaborationEvent, StrengthEvent } from './collaborations/events';
import { strengths } from './collaborations/strengths';
import { board } from './governance/board';
import { consultation } from './governance/consultation';
import type { ConsultationEvent, LiaisonEvent } from './governance/events';
import { liaisonGroup } from './governance/liaison-group';
import { guideDirectory } from './guide/directory';
import { guideDocuments } from './guide/documents';
import { guideAnswer } from './guide/helpfulness';
import { guideSections } from './guide/sections';
import { claims } from './money/claims';
import type { ClaimEvent } from './money/events';
import { rateCard } from './money/rate-card';
import { areaRegraded } from './policies/area-regraded';
import { becameAcademy } from './policies/became-academy';
import { categoryDecided } from './policies/category-decided';
import { championRetired } from './policies/champion-retired';
import { daysGivenBack, unusedDaysGivenBack } from './policies/days-given-back';
import { daysSetAside } from './policies/days-set-aside';
import { headChanged } from './policies/head-changed';
import { homeSchoolNeedsSupport } from './policies/home-school-needs-support';
import { inspectionPublished } from './policies/inspection-published';
import { riseBegan } from './policies/rise-began';
import { visitCounted } from './policies/visit-counted';
import { warningNoticeGiven } from './policies/warning-notice-given';
import { reviewBelowEffective } from './policies/review-below-effective';
import { schoolClosing } from './policies/school-closing';
import { structureChanged } from './policies/structure-changed';
import { supportFoundPoor } from './policies/support-found-poor';
import { yearOver } from './policies/year-over';
import { bankHolidays } from './policy/bank-holidays';
import { cycle } from './policy/cycle';
import type { CycleEvent } from './policy/events';
import { framework } from './policy/framework';
import { offer } from './policy/offer';
import { letterTemplates } from './policy/letter-templates';
import { qualityPolicy } from './policy/quality-policy';
import type { QualityEvent } from './quality/events';
import { improvementArea } from './quality/improvement-area';
import { review } from './quality/review';
import { sample } from './quality/sample';
import { standing } from './quality/standing';
import type { RiskEvent } from './risk/events';
import { risk } from './risk/risk';
import type { SchoolEvent } from './schools/events';
import { registerFile } from './schools/register-file';
import { school } from './schools/school';
import { deployment } from './support/deployment';
import type { DeploymentEvent } from './support/deployment-events';
import type { StatutoryEvent } from './statutory/events';
import { nationalInvolvement } from './statutory/national-involvement';
import { notices } from './statutory/notices';
import { entitlement } from './support/entitlement';
import type { EntitlementEvent } from './support/events';
import type { HeadlineVisitEvent, TeamEvent } from './visits/events';
import { headlineVisits } from './visits/headline-visits';
import { teamAroundSchool } from './visits/team-around-school';

/** Everything the authority decides. A new aggregate is a line here; the map of the write side is this list. */
export const aggregates: readonly Aggregate[] = [
  school,
  registerFile,
  framework,
  offer,
  bankHolidays,
  letterTemplates,
  cycle,
  risk,
  categorisation,
  entitlement,
  deployment,
  day,
  champion,
  notices,
  nationalInvolvement,
  qualityPolicy,
  sample,
  review,
  improvementArea,
  standing,
  headlineVisits,
  teamAroundSchool,
  collaboration,
  strengths,
  board,
  liaisonGroup,
  consultation,
  rateCard,
  claims,
  guideSections,
  guideDocuments,
  guideDirectory,
  guideAnswer,
];

/** Whenever …, then …: in the order they are asked. */
export const policies: readonly AnyPolicy[] = [
  inspectionPublished,
  areaRegraded,
  headChanged,
  structureChanged,
  categoryDecided,
  daysSetAside,
  daysGivenBack,
  unusedDaysGivenBack,
  visitCounted,
  warningNoticeGiven,
  riseBegan,
  reviewBelowEffective,
  supportFoundPoor,
  homeSchoolNeedsSupport,
  becameAcademy,
  schoolClosing,
  championRetired,
  yearOver,
];

export type AssessmentWaived = Extract<CycleEvent, { readonly type: 'AssessmentWaived' }>;

/** Every event that concerns one school, and so stands on its journey. */
export type AnySchoolEvent =
  | AssessmentWaived
  | CategoryEvent
  | ChampionEvent
  | ClaimEvent
  | CollaborationEvent
  | ConsultationEvent
  | DeploymentEvent
  | EntitlementEvent
  | HeadlineVisitEvent
  | LiaisonEvent
  | QualityEvent
  | RiskEvent
  | SchoolEvent
  | StatutoryEvent
  | StrengthEvent
  | TeamEvent;
