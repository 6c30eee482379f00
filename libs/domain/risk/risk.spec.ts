import { asDeclared, folded, given, isRefusal } from '#kernel';
import type { Judgement, RiskEvent } from './events';
import { riskEvents } from './events';
import { frameworkInSpecs } from './framework-in-specs';
import { decider as bare } from './risk';
import type { KnownToRisk, RiskState } from './state';

const decider = asDeclared(riskEvents, bare);
const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const schoolId = uuid(900001);
const assessmentId = uuid(1);
const triggerId = uuid(2);
const about = { schoolId, assessmentId };
const cycle = '2026/27';
const by = { adviser: 'person-adviser', leader: 'person-team-leader' };

const known: KnownToRisk = {
  frameworks: { versions: { 'spec-1': frameworkInSpecs } },
  school: { registered: true, kind: 'primary', open: true },
  cycles: { cycles: { [cycle]: { frameworkVersion: 'spec-1' } }, open: cycle },
  categorisation: { triggers: { [triggerId]: {} } },
};

const started: RiskEvent = {
  type: 'RiskAssessmentStarted',
  data: { ...about, cycle, frameworkVersion: 'spec-1', kind: 'primary', startedOn: '2026-11-23' },
};
const figure = (indicator: string, value: number) => ({
  indicator,
  period: '2025/26',
  value,
  source: 'invented',
  asAt: '2026-09-01',
});
const recorded = (indicator: string, value: number, unit = '%'): RiskEvent => ({
  type: 'IndicatorRecorded',
  data: { ...about, ...figure(indicator, value), unit, example: false },
});
const readings = [
  recorded('OFSTED', 0),
  recorded('KS2', 64),
  recorded('ABSENCE', 5),
  recorded('SUSPENSIONS', 1),
  recorded('BALANCE', 8),
];

/** The history and the events of one more command; the spec fails when it was refused. */
function after(
  history: readonly RiskEvent[],
  command: 'CalculateScore',
  knowing: KnownToRisk = known,
): readonly RiskEvent[] {
  const occasion = { now: '', today: '2026-11-23', actor: { id: by.adviser, role: 'adviser' } };
  const state = folded(decider, history);
  const decision = decider.decide[command](state, about, {
    ...occasion,
    newId: uuid,
    known: knowing,
  });
  if (isRefusal(decision)) throw new Error(decision.detail);
  return [...history, ...decision];
}
const scoredLow = after([started, ...readings], 'CalculateScore');
const scoredFloor = after([started, ...readings, recorded('SAFEGUARDING', 2)], 'CalculateScore');
const scoredThin = after([started, recorded('OFSTED', 0)], 'CalculateScore');

const judged = (more: Partial<Judgement> = {}): RiskEvent => ({
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
const evidence = [{ says: 'Record of visit, 3 November', reference: 'visit-17' }];
const departed = judged({
  proposedCategory: 'Prevention',
  agreesWithScore: false,
  direction: 'more-support',
  reasonCode: 'LEADERSHIP_CHANGE',
  evidence,
});
const moderated = (more: object = {}): RiskEvent => ({
  type: 'AssessmentModerated',
  data: {
    ...about,
    moderatorIds: [by.leader],
    outcome: 'agree',
    moderatedOn: '2026-11-23',
    ...more,
  },
});
const finalised = (more: object = {}): RiskEvent => ({
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
const abandoned: RiskEvent = {
  type: 'RiskAssessmentAbandoned',
  data: { ...about, reason: 'Started twice by mistake.' },
};

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

describe('recording readings', () => {
  it('records a figure in the framework’s unit', () => {
    given(decider, [started], known)
      .when('RecordIndicator', { ...about, ...figure('KS2', 64) })
      .then([recorded('KS2', 64)])
      .again()
      .silent();
  });

  it('records why there is none, and that it took a figure’s place', () => {
    const missing = {
      indicator: 'KS2',
      period: '2025/26',
      reason: 'suppressed',
      source: 'invented',
    } as const;
    given(decider, [started, recorded('KS2', 64)], known)
      .when('MarkIndicatorUnavailable', { ...about, ...missing })
      .then([
        {
          type: 'IndicatorMarkedUnavailable',
          data: { ...about, ...missing, supersedes: { value: 64 } },
        },
      ])
      .when('RecordIndicator', { ...about, ...figure('KS2', 60) })
      .then([
        {
          type: 'IndicatorRecorded',
          data: {
            ...about,
            ...figure('KS2', 60),
            unit: '%',
            example: false,
            supersedes: { reason: 'suppressed' },
          },
        },
      ])
      .again()
      .silent();
  });

  it('records a dashboard at once and leaves out what it says already', () => {
    const comparator = { value: 61, source: 'invented, national' };
    const absence = {
      indicator: 'ABSENCE',
      period: '2025/26',
      reason: 'not-yet-collected',
      source: 'x',
    } as const;
    given(decider, [started, recorded('OFSTED', 0)], known)
      .when('RecordReadings', {
        ...about,
        readings: [figure('OFSTED', 0), { ...figure('KS2', 64), comparator, example: true }],
        unavailable: [absence],
      })
      .then([
        {
          type: 'IndicatorRecorded',
          data: { ...about, ...figure('KS2', 64), unit: '%', comparator, example: true },
        },
        { type: 'IndicatorMarkedUnavailable', data: { ...about, ...absence } },
      ])
      .again()
      .silent();
  });

  it('lets a dashboard say that an indicator does not apply', () => {
    const absence = {
      indicator: 'ATTAINMENT8',
      period: '2025/26',
      reason: 'not-applicable',
      source: 'x',
    } as const;
    given(decider, [started], known)
      .when('MarkIndicatorUnavailable', { ...about, ...absence })
      .then([{ type: 'IndicatorMarkedUnavailable', data: { ...about, ...absence } }]);
  });

  const whenRecording = (data: ReturnType<typeof figure>, knowing = known) =>
    given(decider, [started], knowing).when('RecordIndicator', { ...about, ...data });

  it('refuses what the framework does not have or does not ask of this kind', () => {
    whenRecording(figure('PHONICS', 80)).refused('IndicatorUnknown', 'PHONICS');
    whenRecording(figure('ATTAINMENT8', 50)).refused('IndicatorNotForKind', 'primary');
    given(decider, [started], known)
      .when('MarkIndicatorUnavailable', {
        ...about,
        indicator: 'ATTAINMENT8',
        period: '2025/26',
        reason: 'suppressed',
        source: 'x',
      })
      .refused('IndicatorNotForKind');
  });

  it('refuses a finding that is none, a figure without comparison, and one from the future', () => {
    whenRecording(figure('OFSTED', 3)).refused('NotAFinding', 'OFSTED');
    whenRecording({ ...figure('KS2', 64), asAt: '2026-11-24' }).refused(
      'InTheFuture',
      '2026-11-24',
    );
    const bare = { ...frameworkInSpecs, comparators: [] };
    whenRecording(figure('KS2', 64), {
      ...known,
      frameworks: { versions: { 'spec-1': bare } },
    }).refused('NothingToCompareWith', 'KS2');
  });

  it('refuses a batch that says two things of one period, whole', () => {
    given(decider, [started], known)
      .when('RecordReadings', {
        ...about,
        readings: [figure('OFSTED', 0)],
        unavailable: [
          { indicator: 'OFSTED', period: '2025/26', reason: 'suppressed', source: 'x' },
        ],
      })
      .refused('TwiceInOneBatch', 'OFSTED for 2025/26');
  });

  it('refuses an assessment that is unknown, finalised or abandoned', () => {
    const on = (history: readonly RiskEvent[]) =>
      given(decider, history, known).when('RecordIndicator', { ...about, ...figure('KS2', 64) });
    on([]).refused('AssessmentUnknown');
    on([started, finalised()]).refused('AlreadyFinalised');
    on([started, abandoned]).refused('AssessmentAbandoned');
  });

  it('refuses when the framework it was started on cannot be found', () => {
    given(decider, [started], { ...known, frameworks: { versions: {} } })
      .when('RecordIndicator', { ...about, ...figure('KS2', 64) })
      .refused('NoFramework', 'spec-1');
  });
});

describe('the score', () => {
  it('is recorded with every step, and once for the same readings', () => {
    const score = scoredLow.at(-1);
    expect(score).toMatchObject({
      type: 'RiskScoreCalculated',
      data: { score: 0, coverage: 100, suggested: 'Enhancement', steps: { length: 7 } },
    });
    given(decider, scoredLow, known).when('CalculateScore', about).silent();
  });

  it('is worked out anew after another reading, and ends the judgement made on the old one', () => {
    const history = [...scoredLow, judged(), recorded('KS2', 40)];
    given(decider, history, known).when('FinaliseAssessment', about).refused('ScoreOutOfDate');
    given(decider, after(history, 'CalculateScore'), known)
      .when('FinaliseAssessment', about)
      .refused('NotJudged');
  });

  it('needs its framework', () => {
    given(decider, [started], { ...known, frameworks: { versions: {} } })
      .when('CalculateScore', about)
      .refused('NoFramework');
  });
});

describe('judging', () => {
  const judge = (
    history: readonly RiskEvent[],
    data: object,
    occasion: { by?: string; at?: string } = {},
  ) =>
    given(decider, history, known).when(
      'RecordJudgement',
      { ...about, proposedCategory: 'Enhancement', ...data },
      occasion,
    );

  it('with the score needs no reason', () => {
    judge(scoredLow, {}).then([judged()]).again().silent();
  });

  it('against the score says the direction, the reason and the evidence', () => {
    const command = {
      proposedCategory: 'Prevention',
      reasonCode: 'LEADERSHIP_CHANGE',
      evidence,
    } as const;
    judge(scoredLow, command).then([departed]).again().silent();
    judge(scoredLow, { ...command, reasonCode: undefined }).refused('ReasonWanted', 'Enhancement');
    judge(scoredLow, { ...command, evidence: [] }).refused('EvidenceWanted');
    judge(scoredLow, { ...command, reasonCode: 'OTHER' }).refused('ReasonTextWanted');
  });

  it('where the score suggests nothing needs a reason and says no direction', () => {
    judge(scoredThin, {}).refused('ReasonWanted', 'no category');
    judge(scoredThin, { reasonCode: 'OTHER', reasonText: 'Visited last week.' }).then([
      judged({ agreesWithScore: false, reasonCode: 'OTHER', reasonText: 'Visited last week.' }),
    ]);
  });

  it('below what a hard rule demands is for the head of service', () => {
    const below = { proposedCategory: 'Prevention', reasonCode: 'SAFEGUARDING', evidence } as const;
    judge(scoredFloor, below).refused('BelowTheFloor', 'Intervention');
    judge(scoredFloor, below, { by: 'head-of-service' }).then([
      judged({
        ...below,
        assessorId: 'person-head-of-service',
        agreesWithScore: false,
        direction: 'less-support',
      }),
    ]);
  });

  it('needs a score of today’s readings, and a day that is not to come', () => {
    judge([started, ...readings], {}).refused('NotScored');
    judge([...scoredLow, recorded('KS2', 63)], {}).refused('ScoreOutOfDate');
    judge(scoredLow, { judgedOn: '2026-12-01' }).refused('InTheFuture');
  });

  it('again is possible until it was moderated, and once it was returned', () => {
    const other = { proposedCategory: 'Prevention', reasonCode: 'ROLL', evidence } as const;
    const event = judged({
      ...other,
      agreesWithScore: false,
      direction: 'more-support',
    });
    judge([...scoredLow, judged()], other).then([event]);
    judge([...scoredLow, judged(), moderated()], other).refused('AlreadyModerated');
    judge([...scoredLow, judged(), moderated({ outcome: 'return', note: 'Why?' })], other).then([
      event,
    ]);
  });
});

describe('moderating', () => {
  const moderate = (history: readonly RiskEvent[], data: object, role = 'team-leader') =>
    given(decider, history, known).when(
      'ModerateAssessment',
      { ...about, outcome: 'agree', ...data },
      { by: role },
    );
  const history = [...scoredLow, departed];

  it('is by whoever gives the command and who else sat', () => {
    moderate(history, {}).then([moderated()]).again().silent();
    moderate(history, { moderatorIds: ['person-x', by.leader] }).then([
      moderated({ moderatorIds: [by.leader, 'person-x'] }),
    ]);
  });

  it('is never by the assessor, alone or on the panel', () => {
    moderate(history, {}, 'adviser').refused('OwnJudgement');
    moderate(history, { moderatorIds: [by.adviser] }).refused('OwnJudgement');
  });

  it('changes the category with a note', () => {
    const change = { outcome: 'change', category: 'Intervention', note: 'Two more concerns.' };
    moderate(history, change)
      .then([moderated(change)])
      .again()
      .silent();
    moderate(history, { outcome: 'change', note: 'x' }).refused('CategoryForChangeOnly');
    moderate(history, { ...change, category: 'Prevention' }).refused('CategoryForChangeOnly');
    moderate(history, { category: 'Prevention' }).refused('CategoryForChangeOnly');
    moderate(history, { outcome: 'change', category: 'Intervention' }).refused('NoteWanted');
  });

  it('puts a judgement back when it is returned', () => {
    const back = { outcome: 'return', note: 'The evidence is from last year.' };
    moderate(history, { outcome: 'return' }).refused('NoteWanted');
    const returned = moderate(history, back).then([moderated(back)]);
    returned.again().silent();
    returned
      .when('ModerateAssessment', { ...about, outcome: 'agree' }, { by: 'team-leader' })
      .refused('NotJudged');
    returned.when('FinaliseAssessment', about).refused('NotJudged');
  });

  it('does not go below a hard rule either', () => {
    const high = [...scoredFloor, judged({ proposedCategory: 'Intervention' })];
    const change = { outcome: 'change', category: 'Prevention', note: 'Resolved since.' };
    moderate(high, change).refused('BelowTheFloor');
    moderate(high, change, 'head-of-service').then([
      moderated({ ...change, moderatorIds: ['person-head-of-service'] }),
    ]);
  });

  it('needs a judgement on a score that is not overtaken, and a day that is not to come', () => {
    moderate(scoredLow, {}).refused('NotJudged');
    moderate([...history, recorded('KS2', 1)], {}).refused('ScoreOutOfDate');
    moderate(history, { moderatedOn: '2027-01-01' }).refused('InTheFuture');
  });
});

describe('finalising', () => {
  it('recommends what was judged', () => {
    given(decider, [...scoredLow, judged()], known)
      .when('FinaliseAssessment', about)
      .then([finalised()])
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
      .then([abandoned])
      .again()
      .silent();
  });

  it('frees the school for another assessment', () => {
    const state: RiskState = given(decider, [started, abandoned], known).state;
    expect(state.current).toBeUndefined();
  });
});
