import type { Aggregate, AnyPolicy } from '#kernel';
import { categorisation } from './categories/categorisation';
import type { CategoryEvent } from './categories/events';
import { collaboration } from './collaborations/collaboration';
import type { CollaborationEvent, StrengthEvent } from './collaborations/events';
import { strengths } from './collaborations/strengths';
import { board } from './governance/board';
import { consultation } from './governance/consultation';
import type { ConsultationEvent, LiaisonEvent } from './governance/events';
import { liaisonGroup } from './governance/liaison-group';
import { areaRegraded } from './policies/area-regraded';
import { categoryDecided } from './policies/category-decided';
import { headChanged } from './policies/head-changed';
import { inspectionPublished } from './policies/inspection-published';
import { structureChanged } from './policies/structure-changed';
import { cycle } from './policy/cycle';
import type { CycleEvent } from './policy/events';
import { framework } from './policy/framework';
import { offer } from './policy/offer';
import type { RiskEvent } from './risk/events';
import { risk } from './risk/risk';
import type { SchoolEvent } from './schools/events';
import { registerFile } from './schools/register-file';
import { school } from './schools/school';
import { entitlement } from './support/entitlement';
import type { EntitlementEvent } from './support/events';

/** Everything the authority decides. A new aggregate is a line here; the map of the write side is this list. */
export const aggregates: readonly Aggregate[] = [
  school,
  registerFile,
  framework,
  offer,
  cycle,
  risk,
  categorisation,
  entitlement,
  collaboration,
  strengths,
  board,
  liaisonGroup,
  consultation,
];

/** Whenever …, then …: in the order they are asked. */
export const policies: readonly AnyPolicy[] = [
  inspectionPublished,
  areaRegraded,
  headChanged,
  structureChanged,
  categoryDecided,
];

export type AssessmentWaived = Extract<CycleEvent, { readonly type: 'AssessmentWaived' }>;

/** Every event that concerns one school, and so stands on its journey. */
export type AnySchoolEvent =
  | SchoolEvent
  | RiskEvent
  | CategoryEvent
  | EntitlementEvent
  | AssessmentWaived
  | CollaborationEvent
  | StrengthEvent
  | LiaisonEvent
  | ConsultationEvent;
