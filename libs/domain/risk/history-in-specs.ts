import { asDeclared, folded, isRefusal } from '#kernel';
import type { Judgement, RiskEvent } from './events';
import { riskEvents } from './events';
import { frameworkInSpecs } from './framework-in-specs';
import { decider as bare } from './risk';
import type { KnownToRisk } from './state';

/* Facts of one invented school, for the specs of this context. */

export const decider = asDeclared(riskEvents, bare);
export const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
export const schoolId = uuid(900001);
export const assessmentId = uuid(1);
export const triggerId = uuid(2);
export const about = { schoolId, assessmentId };
export const cycle = '2026/27';
export const by = { adviser: 'person-adviser', leader: 'person-team-leader' };

export const known: KnownToRisk = {
  frameworks: { versions: { 'spec-1': frameworkInSpecs } },
  school: { registered: true, kind: 'primary', open: true },
  cycles: { cycles: { [cycle]: { frameworkVersion: 'spec-1' } }, open: cycle },
  categorisation: { triggers: { [triggerId]: {} } },
};

export const started: RiskEvent = {
  type: 'RiskAssessmentStarted',
  data: { ...about, cycle, frameworkVersion: 'spec-1', kind: 'primary', startedOn: '2026-11-23' },
};
export const figure = (indicator: string, value: number) => ({
  indicator,
  period: '2025/26',
  value,
  source: 'invented',
  asAt: '2026-09-01',
});
export const recorded = (indicator: string, value: number, unit = '%'): RiskEvent => ({
  type: 'IndicatorRecorded',
  data: { ...about, ...figure(indicator, value), unit, example: false },
});
export const readings = [
  recorded('OFSTED', 0),
  recorded('KS2', 64),
  recorded('ABSENCE', 5),
  recorded('SUSPENSIONS', 1),
  recorded('BALANCE', 8),
];

/** The history with the score worked out from its readings. */
export function withScore(history: readonly RiskEvent[]): readonly RiskEvent[] {
  const actor = { id: by.adviser, role: 'adviser' };
  const occasion = { now: '', today: '2026-11-23', actor, newId: uuid, known };
  const decision = decider.decide.CalculateScore(folded(decider, history), about, occasion);
  if (isRefusal(decision)) throw new Error(decision.detail);
  return [...history, ...decision];
}
export const scoredLow = withScore([started, ...readings]);
export const scoredFloor = withScore([started, ...readings, recorded('SAFEGUARDING', 2)]);
export const scoredThin = withScore([started, recorded('OFSTED', 0)]);

export const judged = (more: Partial<Judgement> = {}): RiskEvent => ({
  type: 'ProfessionalJudgementRecorded',
  data: {
    ...about,
    assessorId: by.adviser,
    proposedCategory: 'Enhancement',
    agreesWithScore: true,
    evidence: [],
    judgedOn: '2026-11-23',
    ...more,
  },
});
export const evidence = [{ says: 'Record of visit, 3 November', reference: 'visit-17' }];
export const departed = judged({
  proposedCategory: 'Prevention',
  agreesWithScore: false,
  direction: 'more-support',
  reasonCode: 'LEADERSHIP_CHANGE',
  evidence,
});
export const moderated = (more: object = {}): RiskEvent => ({
  type: 'AssessmentModerated',
  data: {
    ...about,
    moderatorIds: [by.leader],
    outcome: 'agree',
    moderatedOn: '2026-11-23',
    ...more,
  },
});
export const finalised = (more: object = {}): RiskEvent => ({
  type: 'RiskAssessmentFinalised',
  data: {
    ...about,
    cycle,
    recommended: 'Enhancement',
    score: 0,
    coverage: 100,
    assessorId: by.adviser,
    moderatorIds: [],
    frameworkVersion: 'spec-1',
    finalisedOn: '2026-11-23',
    ...more,
  },
});
export const abandoned: RiskEvent = {
  type: 'RiskAssessmentAbandoned',
  data: { ...about, reason: 'Started twice by mistake.' },
};
