import { given } from '#kernel';
import type { QualityObject } from '../shared/quality-policy';
import { qualityObjects } from '../shared/quality-policy';
import type { ReviewEvent } from './events';
import {
  abandoned,
  area,
  begin,
  begun,
  championId,
  completed,
  decider,
  deploymentId,
  homeSchoolId,
  known,
  objectiveIds,
  reviewId,
  schoolId,
  uuid,
  visitId,
} from './history-in-specs';
import { review } from './review';
import type { KnownToReview } from './review-state';

const bySample = { occasion: 'sample', academicYear: '2026/27', halfTerm: 1 } as const;
const byPerson = (id: string, more: object = {}) => ({ by: { id, role: 'adviser', ...more } });
const supportIn = (more: Partial<KnownToReview['deployment']>): KnownToReview => ({
  ...known,
  deployment: { ...known.deployment, ...more },
});

describe('beginning a review', () => {
  const start = (object: QualityObject, more: object = {}, of = known, by = {}) =>
    given(decider, [], of).when('BeginQualityReview', begin(object, more), by);

  it.each(qualityObjects)('of %s is on record with who gives it, once', (object) => {
    start(object)
      .then([begun(object)])
      .again()
      .silent();
  });

  it('by the sample names the sample it was drawn in, and is of what was drawn', () => {
    const drawn = { ...begin(), ...bySample };
    const { cause: _, ...command } = drawn;
    const { cause: _cause, ...data } = begun().data as { cause?: string };
    given(decider, [], known)
      .when('BeginQualityReview', command)
      .then([{ type: 'QualityReviewBegun', data: { ...data, ...bySample } } as ReviewEvent])
      .again()
      .silent();
    const another = { ...command, object: 'assessment' as const, objectId: uuid(30) };
    given(decider, [], known)
      .when('BeginQualityReview', another)
      .refused('NotInSample', 'half-term 1 of 2026/27');
    given(decider, [], { ...known, sample: { drawn: undefined } })
      .when('BeginQualityReview', command)
      .refused('NotInSample');
    given(decider, [], known)
      .when('BeginQualityReview', drawn)
      .refused('OccasionUnfit', 'no cause');
    given(decider, [], known)
      .when('BeginQualityReview', { ...begin('deployment', { occasion: 'sample' }) })
      .refused('OccasionUnfit');
  });

  it('for cause says the cause, and names no sample', () => {
    const { cause: _, ...unsaid } = begin();
    given(decider, [], known).when('BeginQualityReview', unsaid).refused('OccasionUnfit', 'cause');
    start('deployment', { halfTerm: 1 }).refused('OccasionUnfit', 'no sample');
  });

  it('is refused for a day to come and for a used identity', () => {
    start('deployment', { begunOn: '2026-11-24' }).refused('InTheFuture', '2026-11-24');
    given(decider, [begun()], known)
      .when('BeginQualityReview', begin('assessment'))
      .refused('QualityReviewIdTaken');
    given(decider, [begun()], known)
      .when('BeginQualityReview', begin('deployment', { begunOn: '2026-11-20' }))
      .refused('QualityReviewIdTaken');
    given(decider, [begun()], known)
      .when('BeginQualityReview', begin(), byPerson('person-else'))
      .refused('QualityReviewIdTaken');
  });

  it('is of something on record', () => {
    start('assessment', { objectId: uuid(31) }).refused('NothingToJudge', 'assessment');
    start('visit-record', { objectId: uuid(22) }).refused('NothingToJudge', 'visit');
    start('deployment', {}, supportIn({ stage: 'none' })).refused('NothingToJudge', 'deployment');
    start('champion', {}, { ...known, champion: { registered: false } }).refused(
      'NothingToJudge',
      'champion',
    );
    start('visit-record', { deploymentId: undefined }).refused('DeploymentNotNamed', 'Say which');
    start('assessment', { deploymentId }).refused('DeploymentNotNamed', 'Leave');
  });

  it.each(['needed', 'matched', 'confirming', 'confirmed', 'declined', 'lapsed'])(
    'is not of support that is %s: there is no work yet',
    (stage) => {
      start('deployment', {}, supportIn({ stage })).refused('SupportNotStarted', stage);
    },
  );

  it.each(['started', 'paused', 'completed', 'ended-early', 'closed'])(
    'is of support that is %s',
    (stage) => {
      start('deployment', {}, supportIn({ stage })).then([begun()]);
    },
  );

  it('is on the record of the school it is about', () => {
    start('deployment', { schoolId: homeSchoolId }).refused('OfAnotherSchool', schoolId);
    start('visit-record', { schoolId: homeSchoolId }).refused('OfAnotherSchool');
    start('champion', { schoolId }).refused('OfAnotherSchool', homeSchoolId);
  });

  it.each([
    ['assessment', 'person-assessor', 'You assessed'],
    ['assessment', 'person-panel', 'You moderated'],
    ['deployment', 'person-broker', 'You brokered'],
    ['deployment', 'person-champion', 'You are the champion'],
    ['visit-record', 'person-broker', 'You brokered'],
    ['visit-record', 'person-champion', 'You are the champion'],
    ['visit-record', 'person-recorder', 'You wrote'],
    ['champion', 'person-champion', 'You are this champion'],
  ] as const)('of %s is not for %s', (object, person, part) => {
    start(object, {}, known, byPerson(person)).refused('NotIndependent', part);
  });

  it.each([
    ['deployment', schoolId],
    ['deployment', homeSchoolId],
    ['visit-record', homeSchoolId],
    ['assessment', schoolId],
    ['champion', homeSchoolId],
  ] as const)('of %s is not for anybody of the schools', (object, of) => {
    start(object, {}, known, byPerson('person-of-school', { schoolId: of })).refused(
      'NotIndependent',
      'belong to a school',
    );
  });

  it('of an assessment is for somebody of another school', () => {
    const elsewhere = { by: { id: 'person-adviser', role: 'adviser', schoolId: homeSchoolId } };
    start('assessment', {}, known, elsewhere).then([begun('assessment')]);
  });
});

describe('the verdict', () => {
  const evidence = 'Six records and a talk with the head.';
  const objectives = objectiveIds.map((objectiveId) => ({
    objectiveId,
    verdict: 'effective' as const,
  }));
  const criteria = { timely: true, evaluative: true, evidence: true, nextSteps: true };
  const { areaId: _, ...unnamed } = area;
  const complete = (object: QualityObject, more: object, by: object = {}) =>
    given(decider, [begun(object)], known).when(
      'CompleteQualityReview',
      { reviewId, verdict: 'effective', evidence, ...more },
      by,
    );

  it('on a deployment is on each objective and the whole', () => {
    complete('deployment', { objectives })
      .then([completed('deployment', 'effective', { objectives })])
      .again()
      .silent();
    complete('deployment', {}).refused('ObjectivesUnfit', objectiveIds[0]);
    complete('deployment', { objectives: objectives.slice(0, 1) }).refused('ObjectivesUnfit');
    complete('deployment', { objectives: [...objectives, ...objectives] }).refused(
      'ObjectivesUnfit',
      'twice',
    );
    complete('deployment', {
      objectives: [...objectives, { objectiveId: uuid(52), verdict: 'effective' }],
    }).refused('ObjectivesUnfit', uuid(52));
    complete('assessment', { verdict: 'agree', objectives }).refused('ObjectivesUnfit', 'Leave');
  });

  it('on a record of a visit goes by the four criteria', () => {
    complete('visit-record', { verdict: 'meets', criteria })
      .then([completed('visit-record', 'meets', { criteria })])
      .again()
      .silent();
    complete('visit-record', { verdict: 'meets' }).refused('CriteriaUnfit', 'timely');
    complete('visit-record', {
      verdict: 'meets',
      criteria: { ...criteria, nextSteps: false },
    }).refused('CriteriaUnfit', 'not met');
    complete('visit-record', { verdict: 'minor', criteria: { ...criteria, timely: false } }).then([
      completed('visit-record', 'minor', { criteria: { ...criteria, timely: false } }),
    ]);
    complete('champion', { verdict: 'continue', criteria }).refused('CriteriaUnfit', 'Leave');
  });

  it.each([
    ['assessment', 'redo', 'agree, agree-with-change, return'],
    ['visit-record', 'agree', 'meets, minor, redo'],
    ['deployment', 'continue', 'highly-effective'],
    ['champion', 'effective', 'continue, continue-with-development, pause, end'],
  ] as const)('on %s is on its own scale, not %s', (object, verdict, scale) => {
    complete(object, { verdict }).refused('VerdictNotOnScale', scale);
  });

  it.each([
    ['assessment', 'return'],
    ['visit-record', 'redo'],
    ['deployment', 'partly-effective'],
    ['deployment', 'not-effective'],
    ['champion', 'pause'],
    ['champion', 'end'],
  ] as const)('on %s below effective (%s) names what is to become better', (object, verdict) => {
    const fields = {
      ...(object === 'deployment' ? { objectives } : {}),
      ...(object === 'visit-record' ? { criteria } : {}),
    };
    complete(object, { verdict, ...fields }).refused('AreaWanted', verdict.replace('-', ' '));
    complete(object, { verdict, ...fields, improvementAreas: [] }).refused('AreaWanted');
    complete(object, { verdict, ...fields, improvementAreas: [unnamed] })
      .then([
        completed(object, verdict, {
          ...fields,
          improvementAreas: [{ ...unnamed, areaId: uuid(0) }],
        }),
      ])
      .again()
      .silent();
  });

  it('below effective on one objective names what is to become better too', () => {
    const uneven = [objectives[0]!, { ...objectives[1]!, verdict: 'not-effective' as const }];
    complete('deployment', { objectives: uneven }).refused('AreaWanted', 'not effective');
    complete('deployment', { objectives: uneven, improvementAreas: [area] }).then([
      completed('deployment', 'effective', { objectives: uneven, improvementAreas: [area] }),
    ]);
  });

  it.each([
    ['assessment', 'agree-with-change', {}],
    ['visit-record', 'minor', { criteria }],
    ['champion', 'continue-with-development', {}],
  ] as const)('on %s that is %s may name some, or none', (object, verdict, fields) => {
    complete(object, { verdict, ...fields }).then([completed(object, verdict, fields)]);
    complete(object, { verdict, ...fields, improvementAreas: [area] }).then([
      completed(object, verdict, { ...fields, improvementAreas: [area] }),
    ]);
  });

  it.each(['2026-11-22', '2027-11-25'])(
    'names areas with a day that can be kept, not %s',
    (due) => {
      complete('assessment', { verdict: 'return', improvementAreas: [{ ...area, due }] }).refused(
        'AreaDueUnfit',
        'from 2026-11-23 to 2027-11-24',
      );
    },
  );

  it('names each area once', () => {
    complete('assessment', { verdict: 'return', improvementAreas: [area, area] }).refused(
      'AreaTwice',
      area.areaId,
    );
  });

  it('is given by who began, once, and never edited', () => {
    complete('assessment', { verdict: 'agree' }, byPerson('person-else')).refused('NotYourReview');
    const history = [begun('assessment'), completed('assessment', 'agree')];
    const again = (more: object, by: object = {}) =>
      given(decider, history, known).when(
        'CompleteQualityReview',
        { reviewId, verdict: 'agree', evidence, ...more },
        by,
      );
    again({}).silent();
    again({ completedOn: '2026-11-23' }).silent();
    again({ verdict: 'agree-with-change' }).refused('QualityReviewCompletedBefore', 'moderate');
    again({ evidence: 'Other.' }).refused('QualityReviewCompletedBefore');
    again({ improvementAreas: [area] }).refused('QualityReviewCompletedBefore');
    again({}, byPerson('person-else')).refused('QualityReviewCompletedBefore');
  });

  it('comes after the beginning and not on a day to come, on a review that goes on', () => {
    complete('assessment', { verdict: 'agree', completedOn: '2026-11-24' }).refused('InTheFuture');
    complete('assessment', { verdict: 'agree', completedOn: '2026-11-22' }).refused(
      'BeforeItBegan',
      '2026-11-23',
    );
    const verdict = { reviewId, verdict: 'effective' as const, evidence };
    given(decider, [], known).when('CompleteQualityReview', verdict).refused('NoSuchQualityReview');
    given(decider, [begun(), abandoned], known)
      .when('CompleteQualityReview', verdict)
      .refused('QualityReviewAbandonedBefore');
  });
});

describe('giving a review up', () => {
  const abandon = (history: readonly ReviewEvent[], by: object = {}) =>
    given(decider, history, known).when(
      'AbandonQualityReview',
      { reviewId, reason: 'It was begun by mistake.' },
      by,
    );

  it('is for the reviewer or whoever leads them, once', () => {
    abandon([begun()]).then([abandoned]).again().silent();
    abandon([begun()], byPerson('person-else')).refused('NotYourReview');
    abandon([begun()], { by: 'team-leader' }).then([abandoned]);
    abandon([begun()], { by: 'head-of-service' }).then([abandoned]);
    // A review does not go away because of whom it is about.
    abandon([begun()], { by: { id: 'person-broker', role: 'team-leader' } }).refused(
      'NotIndependent',
    );
  });

  it('is refused without a review and after the verdict', () => {
    abandon([]).refused('NoSuchQualityReview');
    abandon([begun(), completed('deployment', 'effective')]).refused(
      'QualityReviewCompletedBefore',
    );
  });
});

describe('what a review asks its neighbours', () => {
  const asked = (command: object, history: readonly ReviewEvent[] = []) => {
    const { state } = given(decider, history, known);
    return Object.fromEntries(
      Object.entries(review.knows).flatMap(([name, neighbour]) => {
        const stream =
          'stream' in neighbour ? neighbour.stream({ ...command }, state) : 'a question';
        return stream === undefined ? [] : [[name, stream]];
      }),
    );
  };

  it('is where its object is on record, and the sample it names', () => {
    expect(asked(begin('assessment'))).toEqual({ risk: `risk-${schoolId}` });
    expect(asked(begin('deployment'))).toEqual({ deployment: `deployment-${deploymentId}` });
    expect(asked(begin('visit-record'))).toEqual({ deployment: `deployment-${deploymentId}` });
    expect(asked(begin('champion'))).toEqual({ champion: `champion-${championId}` });
    expect(asked(begin('assessment', bySample))).toEqual({
      risk: `risk-${schoolId}`,
      sample: 'qualitySample-2026-27-1',
    });
  });

  it('is the same afterwards, when the command names the review only', () => {
    const verdict = { reviewId, verdict: 'effective', evidence: 'x' };
    expect(asked(verdict, [begun('visit-record')])).toEqual({
      deployment: `deployment-${deploymentId}`,
    });
    expect(asked(verdict, [begun('champion')])).toEqual({ champion: `champion-${championId}` });
    expect(asked(verdict)).toEqual({});
    expect(review.stream(verdict)).toBe(`qualityReview-${reviewId}`);
    expect(visitId).not.toBe(deploymentId);
  });
});
