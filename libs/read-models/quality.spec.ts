import type { AnyReadModel, JsonObject } from '#kernel';
import type { DeploymentEvent, QualityEvent, RiskEvent, SampleEvent } from '#domain';
import { scales } from '#domain';
import { agreementOf } from './agreement';
import type { AssessmentRow } from './assessments';
import { assessments } from './assessments';
import type { Escalation } from './escalations';
import { escalations } from './escalations';
import type { ImprovementArea } from './improvement-areas';
import { improvementAreas } from './improvement-areas';
import type { PieceOfWork } from './quality-population';
import { qualityPopulation } from './quality-population';
import type { QualityReview } from './quality-reviews';
import { qualityReviews } from './quality-reviews';
import type { DrawnWork } from './quality-samples';
import { qualityDrawn, qualitySamples } from './quality-samples';

const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const [schoolId, reviewId, assessmentId, areaId] = [uuid(1), uuid(2), uuid(3), uuid(4)];

type AnyEvent = DeploymentEvent | QualityEvent | RiskEvent | SampleEvent;
/** given(events).in(read model): its documents by key, folded as the projector folds them. */
const given = (...events: readonly AnyEvent[]) => ({
  in: <D>(model: AnyReadModel): Readonly<Record<string, D>> => {
    const documents = new Map<string, D>();
    for (const event of events) {
      const touch = model.touches[event.type];
      const recorded = { ...event, id: uuid(9), position: 1, recordedAt: '2026-11-23T10:00:00Z' };
      for (const key of touch?.keys(recorded as never) ?? []) {
        const before = documents.get(key);
        const after = touch?.on(before as never, recorded as never, key) as D | undefined;
        if (after === undefined) documents.delete(key);
        else documents.set(key, after);
      }
    }
    return Object.fromEntries(documents);
  },
});

const about = {
  reviewId,
  object: 'assessment' as const,
  objectId: assessmentId,
  schoolId,
  academicYear: '2026/27',
  halfTerm: 1,
  reviewerId: 'person-a',
};
const begun: QualityEvent = {
  type: 'QualityReviewBegun',
  data: { ...about, occasion: 'sample', begunOn: '2026-11-09' },
};
const area = { areaId, what: 'Evidence is to be cited.', ownerId: 'person-o', due: '2027-01-29' };
const completed: QualityEvent = {
  type: 'QualityReviewCompleted',
  data: {
    ...about,
    verdict: 'return',
    objectives: [],
    evidence: 'SECRET EVIDENCE',
    improvementAreas: [area],
    completedOn: '2026-11-16',
  },
};
const moderated: QualityEvent = {
  type: 'QualityReviewModerated',
  data: {
    ...about,
    was: 'return',
    verdict: 'agree-with-change',
    moderatorId: 'person-b',
    reason: 'SECRET REASON',
    improvementAreas: [{ ...area, areaId: uuid(5) }],
    moderatedOn: '2026-11-20',
  },
};
const abandoned: QualityEvent = {
  type: 'QualityReviewAbandoned',
  data: { ...about, reason: 'SECRET REASON' },
};

describe('reviews', () => {
  it('keep the reviewer’s verdict beside the one that stands', () => {
    expect(given(begun, completed, moderated).in<QualityReview>(qualityReviews)).toEqual({
      [reviewId]: {
        ...about,
        occasion: 'sample',
        begunOn: '2026-11-09',
        stage: 'moderated',
        reviewed: 'return',
        verdict: 'agree-with-change',
        completedOn: '2026-11-16',
        moderatorId: 'person-b',
        moderatedOn: '2026-11-20',
        areas: 2,
      },
    });
    expect(given(begun, abandoned).in<QualityReview>(qualityReviews)[reviewId]).toMatchObject({
      stage: 'abandoned',
      areas: 0,
    });
  });

  it('hold nobody’s words', () => {
    const cause: QualityEvent = {
      ...begun,
      data: { ...begun.data, cause: 'SECRET CAUSE' },
    };
    const documents = given(cause, completed, moderated).in<JsonObject>(qualityReviews);
    expect(JSON.stringify(documents)).not.toContain('SECRET');
  });

  it('are folded from any history: what has no beginning is left out', () => {
    expect(given(completed, moderated, abandoned).in(qualityReviews)).toEqual({});
  });
});

describe('areas for improvement', () => {
  const identified: QualityEvent = {
    type: 'ImprovementAreaIdentified',
    data: { ...area, schoolId, reviewId, object: 'assessment', identifiedOn: '2026-11-16' },
  };
  const reassigned: QualityEvent = {
    type: 'ImprovementAreaReassigned',
    data: {
      areaId,
      schoolId,
      was: { ownerId: 'person-o', due: '2027-01-29' },
      now: { ownerId: 'person-p', due: '2027-02-26' },
      reason: 'x',
    },
  };
  const closed: QualityEvent = {
    type: 'ImprovementAreaClosed',
    data: {
      areaId,
      schoolId,
      outcome: 'achieved',
      evidence: 'SECRET',
      closedById: 'person-b',
      closedOn: '2027-02-19',
    },
  };

  it('stand as they were last given to somebody, and end with what became of them', () => {
    const open = { areaId, schoolId, ownerId: 'person-p', due: '2027-02-26', open: true };
    expect(given(identified, reassigned).in<ImprovementArea>(improvementAreas)).toMatchObject({
      [areaId]: open,
    });
    const after = given(identified, reassigned, closed).in<ImprovementArea>(improvementAreas);
    expect(after[areaId]).toMatchObject({
      ...open,
      open: false,
      outcome: 'achieved',
      closedOn: '2027-02-19',
    });
    expect(JSON.stringify(after)).not.toContain('SECRET');
    expect(given(reassigned, closed).in(improvementAreas)).toEqual({});
  });
});

describe('escalations', () => {
  const data = {
    schoolId,
    escalationId: uuid(6),
    academicYear: '2026/27',
    reviewIds: [reviewId, uuid(7)],
    escalatedOn: '2027-03-05',
  };
  const escalated: QualityEvent = { type: 'EscalatedToHeadOfService', data };
  const answered: QualityEvent = {
    type: 'EscalationAnswered',
    data: {
      schoolId,
      escalationId: uuid(6),
      decision: 'end',
      reason: 'x',
      answeredById: 'person-h',
      answeredOn: '2027-03-09',
    },
  };

  it('are open until they are answered', () => {
    expect(given(escalated).in<Escalation>(escalations)[uuid(6)]).toEqual({ ...data, open: true });
    expect(given(escalated, answered).in<Escalation>(escalations)[uuid(6)]).toEqual({
      ...data,
      open: false,
      decision: 'end',
      answeredOn: '2027-03-09',
    });
    expect(given(answered).in(escalations)).toEqual({});
  });
});

describe('a sample', () => {
  const drawn: SampleEvent = {
    type: 'QualitySampleDrawn',
    data: {
      academicYear: '2026/27',
      halfTerm: 1,
      from: '2026-09-01',
      to: '2026-10-30',
      policyVersion: 'p',
      seed: 'oak-17',
      method: 'm',
      population: [{ object: 'assessment', percent: 33, size: 5, byRule: 0, byShare: 2 }],
      drawn: [
        { object: 'assessment', objectId: assessmentId, schoolId, by: 'share' },
        { object: 'assessment', objectId: uuid(8), schoolId, by: 'share' },
      ],
      drawnById: 'person-l',
      drawnOn: '2026-11-02',
    },
  };
  const row = `2026-27-1 assessment ${assessmentId}`;
  const stage = (...events: readonly AnyEvent[]) =>
    given(drawn, ...events).in<DrawnWork>(qualityDrawn)[row];

  it('is one document, and a row for each piece of work', () => {
    expect(given(drawn).in(qualitySamples)['2026-27-1']).toMatchObject({
      seed: 'oak-17',
      drawn: 2,
    });
    expect(Object.keys(given(drawn).in(qualityDrawn))).toHaveLength(2);
  });

  it('says of each how far its review has come', () => {
    expect(stage()).toMatchObject({ stage: 'to-be-reviewed', drawnOn: '2026-11-02' });
    expect(stage(begun)).toMatchObject({ stage: 'begun', reviewId });
    expect(stage(begun, completed)).toMatchObject({ stage: 'completed', reviewId });
    expect(stage(begun, abandoned)).toEqual(stage());
    const another = { ...begun, data: { ...begun.data, reviewId: uuid(11) } } as QualityEvent;
    expect(stage(begun, another, abandoned)).toMatchObject({ stage: 'begun', reviewId: uuid(11) });
  });

  it('is not touched by a review for cause', () => {
    const { academicYear: _year, halfTerm: _term, ...subject } = about;
    const forCause: QualityEvent = {
      type: 'QualityReviewBegun',
      data: { ...subject, occasion: 'cause', cause: 'x', begunOn: '2026-11-09' },
    };
    expect(stage(forCause)).toEqual(stage());
  });
});

describe('what a sample is drawn from', () => {
  const scored = (suggested?: 'Prevention'): RiskEvent => ({
    type: 'RiskScoreCalculated',
    data: {
      schoolId,
      assessmentId,
      frameworkVersion: 'f',
      coverage: 90,
      ...(suggested === undefined ? {} : { suggested }),
      steps: [],
      hardRules: [],
      inputHash: 'x',
    },
  });
  const finalised = (recommended: 'Prevention' | 'Intervention'): RiskEvent => ({
    type: 'RiskAssessmentFinalised',
    data: {
      schoolId,
      assessmentId,
      cycle: '2026/27',
      recommended,
      coverage: 90,
      assessorId: 'person-a',
      moderatorIds: [],
      frameworkVersion: 'f',
      finalisedOn: '2026-09-20',
    },
  });
  const piece = (...events: readonly RiskEvent[]) =>
    given(...events).in<PieceOfWork>(qualityPopulation)[`assessment ${assessmentId}`];

  it('is an assessment once it is finalised; an override departs from the score', () => {
    expect(piece(scored('Prevention'))?.doneOn).toBeUndefined();
    expect(piece(scored('Prevention'), finalised('Prevention'))).toMatchObject({
      doneOn: '2026-09-20',
      category: 'Prevention',
      override: false,
    });
    expect(piece(scored('Prevention'), finalised('Intervention'))?.override).toBe(true);
    // Where the score suggested nothing there is nothing to depart from.
    expect(piece(scored('Prevention'), scored(), finalised('Intervention'))?.override).toBe(false);
  });

  it('is no assessment that was given up or superseded', () => {
    const data = { schoolId, assessmentId };
    expect(
      piece(scored(), { type: 'RiskAssessmentAbandoned', data: { ...data, reason: 'x' } }),
    ).toBeUndefined();
    const superseded: RiskEvent = {
      type: 'RiskAssessmentSuperseded',
      data: { ...data, supersededBy: uuid(12) },
    };
    expect(piece(finalised('Prevention'), superseded)?.superseded).toBe(true);
  });
});

describe('support', () => {
  const about = {
    ...{ deploymentId: uuid(20), schoolId, championId: uuid(21), homeSchoolId: uuid(22) },
  };

  it('is drawn from once it has ended, either way, and its records when they are written', () => {
    const ended: DeploymentEvent = {
      type: 'DeploymentEndedEarly',
      data: {
        ...about,
        because: 'objectives-met',
        reason: 'x',
        endedOn: '2026-10-12',
        reservations: [],
      },
    };
    const completed: DeploymentEvent = {
      type: 'DeploymentCompleted',
      data: { ...about, completedOn: '2026-10-19', reservations: [] },
    };
    const recorded: DeploymentEvent = {
      type: 'ChampionVisitRecorded',
      data: {
        ...{ ...about, visitId: uuid(23), visitedOn: '2026-09-21', halfDays: 1 },
        ...{ objectiveIds: [], notesRef: 'x', uses: [], recordedById: 'person-c' },
      },
    };
    const deployment = { object: 'deployment', objectId: uuid(20), schoolId };
    const rows = (event: DeploymentEvent) => Object.values(given(event).in(qualityPopulation));
    expect(rows(ended)).toEqual([{ ...deployment, doneOn: '2026-10-12' }]);
    expect(rows(completed)).toEqual([{ ...deployment, doneOn: '2026-10-19' }]);
    expect(rows(recorded)).toEqual([
      {
        ...{ object: 'visit-record', objectId: uuid(23), schoolId, championId: uuid(21) },
        doneOn: '2026-11-23',
      },
    ]);
  });
});

describe('agreement', () => {
  type Counted = readonly [first: string, second: string, n: number];
  const pairs = (...counts: readonly Counted[]) =>
    counts.flatMap(([first, second, n]) => Array.from({ length: n }, () => ({ first, second })));

  it('is the percentage and Cohen’s kappa: the worked example of the textbooks', () => {
    // 50 grant proposals, two readers: 20 yes and yes, 15 no and no, 5 and 10 apart; kappa 0.4.
    const of = pairs(['yes', 'yes', 20], ['yes', 'no', 5], ['no', 'yes', 10], ['no', 'no', 15]);
    expect(agreementOf('assessment', ['yes', 'no'], of)).toEqual({
      of: 'assessment',
      n: 50,
      agreed: 35,
      percent: 70,
      kappa: 0.4,
      says: 'Of 50 moderated, 35 were agreed (70%). Kappa is 0.40.',
      verdicts: ['yes', 'no'],
      table: [
        { first: 'yes', second: [20, 5] },
        { first: 'no', second: [10, 15] },
      ],
    });
  });

  it('is whole, as by chance, and worse than chance', () => {
    const kappa = (...counts: readonly Counted[]) =>
      agreementOf('assessment', ['a', 'b'], pairs(...counts)).kappa;
    expect(kappa(['a', 'a', 3], ['b', 'b', 2])).toBe(1);
    expect(kappa(['a', 'a', 1], ['a', 'b', 1], ['b', 'a', 1], ['b', 'b', 1])).toBe(0);
    expect(kappa(['a', 'b', 2], ['b', 'a', 2])).toBe(-1);
  });

  it('says in words where there is no percentage, or no kappa', () => {
    const none = agreementOf('champion', scales.champion, []);
    expect(none).toMatchObject({
      n: 0,
      agreed: 0,
      says: expect.stringContaining('None') as string,
    });
    expect([none.percent, none.kappa]).toEqual([undefined, undefined]);
    const one = agreementOf('champion', scales.champion, pairs(['end', 'end', 4]));
    expect([one.percent, one.kappa]).toEqual([100, undefined]);
    expect(one.says).toMatch(/4 were agreed \(100%\).*kappa is not defined/);
    const single = agreementOf('champion', scales.champion, pairs(['end', 'pause', 1]));
    expect(single).toMatchObject({ percent: 0, kappa: 0 });
    expect(single.says).toContain('Of 1 moderated, 0 were agreed (0%). Kappa is 0.00.');
  });

  it('of judgements takes every moderation, also of one that was returned before', () => {
    const judged = (proposedCategory: 'Prevention' | 'Intervention'): RiskEvent => ({
      type: 'ProfessionalJudgementRecorded',
      data: {
        schoolId,
        assessmentId,
        assessorId: 'person-a',
        proposedCategory,
        agreesWithScore: true,
        evidence: [],
        judgedOn: '2026-09-10',
      },
    });
    const panel = (
      outcome: 'agree' | 'change' | 'return',
      category?: 'Enhancement',
    ): RiskEvent => ({
      type: 'AssessmentModerated',
      data: {
        schoolId,
        assessmentId,
        moderatorIds: ['person-b'],
        outcome,
        ...(category === undefined ? {} : { category }),
        moderatedOn: '2026-09-12',
      },
    });
    const started: RiskEvent = {
      type: 'RiskAssessmentStarted',
      data: {
        ...{ schoolId, assessmentId, frameworkVersion: 'f', kind: 'primary' },
        startedOn: '2026-09-07',
      },
    };
    const on = '2026-09-12';
    expect(
      given(
        started,
        judged('Intervention'),
        panel('return'),
        judged('Prevention'),
        panel('agree'),
        judged('Prevention'),
        panel('change', 'Enhancement'),
      ).in<AssessmentRow>(assessments),
    ).toMatchObject({
      [assessmentId]: {
        judgement: { judged: 'Prevention' },
        moderations: [
          { judged: 'Intervention', moderated: 'return', on },
          { judged: 'Prevention', moderated: 'Prevention', on },
          { judged: 'Prevention', moderated: 'Enhancement', on },
        ],
        moderatedOn: on,
      },
    });
    expect(given(panel('agree')).in(assessments)).toEqual({});
    expect(given(started, panel('agree')).in<AssessmentRow>(assessments)).toMatchObject({
      [assessmentId]: { moderations: [] },
    });
  });
});
