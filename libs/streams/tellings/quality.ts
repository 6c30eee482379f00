import type { QualityEvent, QualityPolicyEvent, SampleEvent } from '#domain';
import type { TellingsOf } from './telling';
import { as, confided, untold } from './telling';

export const qualityTellings: TellingsOf<QualityEvent | SampleEvent | QualityPolicyEvent> = {
  QualityPolicyPublished: untold,
  QualitySampleDrawn: untold,
  QualityReviewBegun: confided,
  QualityReviewCompleted: confided,
  QualityReviewModerated: confided,
  QualityReviewAbandoned: confided,
  ImprovementAreaIdentified: as('school.improvement-area-raised.v1'),
  ImprovementAreaReassigned: confided,
  ImprovementAreaClosed: as('school.improvement-area-closed.v1'),
  PoorVerdictNoted: confided,
  PoorVerdictWithdrawn: confided,
  EscalatedToHeadOfService: confided,
  EscalationAnswered: confided,
};
