import { given } from '#kernel';
import type { RiskEvent } from './events';
import { frameworkInSpecs } from './framework-in-specs';
import {
  abandoned,
  about,
  assessmentId,
  by,
  cycle,
  decider,
  departed,
  finalised,
  judged,
  known,
  moderated,
  schoolId,
  scoredFloor,
  scoredLow,
  scoredThin,
  started,
  triggerId,
  uuid,
} from './history-in-specs';
import type { RiskState } from './state';

describe('starting an assessment', () => {
  const start = { schoolId, assessmentId, cycle };

  it('takes the framework of the round and the kind of the school', () => {
    given(decider, [], known).when('StartAssessment', start).then([started]).again().silent();
  });

  it('makes an identity when none is given, and is silent when asked again', () => {
    given(decider, [], known)
      .when('StartAssessment', { schoolId, cycle })
      .then([{ ...started, data: { ...started.data, assessmentId: uuid(0) } } as RiskEvent])
      .again()
      .silent();
  });

  it('for a trigger takes the framework in force on the day', () => {
    const later = { ...frameworkInSpecs, version: 'spec-2', effectiveFrom: '2026-12-01' };
    const { cycle: _, ...data } = started.data as Extract<
      RiskEvent,
      { type: 'RiskAssessmentStarted' }
    >['data'];
    given(decider, [], {
      ...known,
      frameworks: { versions: { 'spec-1': frameworkInSpecs, 'spec-2': later } },
    })
      .when('StartAssessment', { schoolId, assessmentId, triggerId })
      .then([{ type: 'RiskAssessmentStarted', data: { ...data, triggerId } }]);
  });

  it.each([
    ['a round and a trigger at once', { cycle, triggerId }, 'OneOccasionWanted'],
    ['neither of the two', {}, 'OneOccasionWanted'],
    ['a round that is not open', { cycle: '2025/26' }, 'CycleNotOpen'],
    ['a trigger that is not open', { triggerId: uuid(77) }, 'TriggerNotOpen'],
    ['a day to come', { cycle, startedOn: '2026-11-24' }, 'InTheFuture'],
    ['a day before any framework', { triggerId, startedOn: '2025-05-31' }, 'NoFramework'],
  ] as const)('is refused for %s', (_, occasion, code) => {
    given(decider, [], known)
      .when('StartAssessment', { schoolId, ...occasion })
      .refused(code);
  });

  it('is refused while another is in progress, naming it', () => {
    given(decider, [started], known)
      .when('StartAssessment', { schoolId, triggerId })
      .refused('AssessmentInProgress', assessmentId);
    given(decider, [started], known)
      .when('StartAssessment', { ...start, assessmentId: uuid(9) })
      .refused('AssessmentInProgress');
  });

  it('is refused for an unknown and for a closed school', () => {
    given(decider, [], { ...known, school: { registered: false } })
      .when('StartAssessment', start)
      .refused('SchoolNotRegistered');
    given(decider, [], { ...known, school: { registered: true, kind: 'primary', open: false } })
      .when('StartAssessment', start)
      .refused('SchoolIsClosed');
  });

  it('does not use an identity again; a finalised one asked for again is silent', () => {
    given(decider, [started, abandoned], known)
      .when('StartAssessment', start)
      .refused('AssessmentIdTaken');
    given(decider, [started, finalised()], known).when('StartAssessment', start).silent();
    given(decider, [started, finalised()], known)
      .when('StartAssessment', { schoolId, assessmentId, triggerId })
      .refused('AssessmentIdTaken');
  });
});

describe('finalising', () => {
  it('recommends what was judged', () => {
    given(decider, [...scoredLow, judged()], known)
      .when('FinaliseAssessment', about)
      .then([
        {
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
          },
        },
      ])
      .again()
      .silent();
  });

  it('recommends what the moderators changed it to, and names them', () => {
    const change = moderated({ outcome: 'change', category: 'Intervention', note: 'x' });
    given(decider, [...scoredLow, departed, change], known)
      .when('FinaliseAssessment', about)
      .then([finalised({ recommended: 'Intervention', moderatorIds: [by.leader] })]);
  });

  it('waits for moderation of Intervention, of departures and where nothing is suggested', () => {
    const thin = judged({ agreesWithScore: false, reasonCode: 'ROLL' });
    const moderatorIds = [by.leader];
    for (const [history, recommendation] of [
      [
        [...scoredFloor, judged({ proposedCategory: 'Intervention' })],
        { recommended: 'Intervention', moderatorIds },
      ],
      [[...scoredLow, departed], { recommended: 'Prevention', moderatorIds }],
      [[...scoredThin, thin], { coverage: 40, moderatorIds }],
    ] as const) {
      given(decider, history, known).when('FinaliseAssessment', about).refused('ModerationWanted');
      given(decider, [...history, moderated()], known)
        .when('FinaliseAssessment', about)
        .then([finalised(recommendation)]);
    }
  });

  it('supersedes the finalised assessment of the same round, not that of another', () => {
    const old = { assessmentId: uuid(5) };
    const ofTrigger = { assessmentId: uuid(6), cycle: undefined, triggerId };
    given(decider, [finalised(old), finalised(ofTrigger), ...scoredLow, judged()], known)
      .when('FinaliseAssessment', about)
      .then([
        finalised(),
        {
          type: 'RiskAssessmentSuperseded',
          data: { schoolId, ...old, supersededBy: assessmentId },
        },
      ])
      .again()
      .silent();
  });

  it('needs a judgement and a day that is not to come', () => {
    given(decider, scoredLow, known).when('FinaliseAssessment', about).refused('NotJudged');
    given(decider, [...scoredLow, judged()], known)
      .when('FinaliseAssessment', { ...about, finalisedOn: '2026-11-24' })
      .refused('InTheFuture');
  });
});

describe('abandoning', () => {
  it('ends the assessment without a recommendation, with a reason', () => {
    given(decider, [started], known)
      .when('AbandonAssessment', { ...about, reason: 'Started twice by mistake.' })
      .then([
        {
          type: 'RiskAssessmentAbandoned',
          data: { ...about, reason: 'Started twice by mistake.' },
        },
      ])
      .again()
      .silent();
  });

  it('frees the school for another assessment', () => {
    const state: RiskState = given(decider, [started, abandoned], known).state;
    expect(state.current).toBeUndefined();
  });
});
