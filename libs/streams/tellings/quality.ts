import type { QualityEvent, QualityPolicyEvent, SampleEvent } from '#domain';
import type { TellingsOf } from './telling';
import { untold } from './telling';

export const qualityTellings: TellingsOf<QualityEvent | SampleEvent | QualityPolicyEvent> = {
  QualityPolicyPublished: untold,
  QualitySampleDrawn: untold,
  QualityReviewBegun: untold,
  QualityReviewCompleted: untold,
  QualityReviewModerated: untold,
  QualityReviewAbandoned: untold,
  ImprovementAreaIdentified: untold,
  ImprovementAreaReassigned: untold,
  ImprovementAreaClosed: untold,
  PoorVerdictNoted: untold,
  PoorVerdictWithdrawn: untold,
  EscalatedToHeadOfService: untold,
  EscalationAnswered: untold,
};
