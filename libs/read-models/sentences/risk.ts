import type { AssessmentWaived, RiskEvent } from '#domain';
import type { SentencesFor } from './words';
import { absenceInWords, occasion } from './words';

export const riskSentences: SentencesFor<RiskEvent | AssessmentWaived> = {
  AssessmentWaived: ({ academicYear }) =>
    `It was agreed that it need not be assessed in the round of ${academicYear}.`,
  RiskAssessmentStarted: (data) =>
    `A risk assessment was started ${occasion(data)}, on framework ${data.frameworkVersion}.`,
  IndicatorRecorded: ({ indicator, period, value, unit, example }) =>
    `Reading of ${indicator} for ${period}: ${value} ${unit}${example ? ' (example data)' : ''}.`,
  IndicatorMarkedUnavailable: ({ indicator, period, reason }) =>
    `No reading of ${indicator} for ${period}: ${absenceInWords(reason)}.`,
  RiskScoreCalculated: ({ score, coverage, suggested }) =>
    `The score is ${score ?? 'not to be had'} of 100 with ${coverage}% of the weight covered; ${suggested === undefined ? 'no category is suggested, the panel decides' : `it suggests ${suggested}`}.`,
  ProfessionalJudgementRecorded: ({ proposedCategory, agreesWithScore }) =>
    `The adviser judged that it needs ${proposedCategory}, ${agreesWithScore ? 'as the score suggests' : 'departing from the score'}.`,
  AssessmentModerated: ({ outcome, category }) =>
    outcome === 'agree'
      ? 'The judgement was moderated and agreed.'
      : outcome === 'return'
        ? 'The judgement was moderated and returned to the adviser.'
        : `The judgement was moderated and changed to ${category ?? 'another category'}.`,
  RiskAssessmentFinalised: ({ recommended, ...data }) =>
    `The assessment ${occasion(data)} was finalised and recommends ${recommended}.`,
  RiskAssessmentSuperseded: () => 'A newer assessment took the place of this one.',
  RiskAssessmentAbandoned: () => 'The assessment was given up before it was finished.',
};
