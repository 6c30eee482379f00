import type { RiskEvent } from '#domain';
import type { TellingsOf } from './telling';
import { tell, untold } from './telling';

export const riskTellings: TellingsOf<RiskEvent> = {
  RiskAssessmentStarted: untold,
  IndicatorRecorded: untold,
  IndicatorMarkedUnavailable: untold,
  RiskScoreCalculated: untold,
  ProfessionalJudgementRecorded: untold,
  AssessmentModerated: untold,
  RiskAssessmentFinalised: (data) => tell('school.assessed.v1', { ...data, round: data.cycle }),
  RiskAssessmentSuperseded: untold,
  RiskAssessmentAbandoned: untold,
};
