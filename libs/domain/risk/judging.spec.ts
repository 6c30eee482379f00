import { given } from '#kernel';
import type { RiskEvent } from './events';
import {
  about,
  by,
  decider,
  departed,
  evidence,
  judged,
  known,
  moderated,
  readings,
  recorded,
  scoredFloor,
  scoredLow,
  scoredThin,
  started,
} from './history-in-specs';

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
    judge(scoredLow, {})
      .then([
        {
          type: 'ProfessionalJudgementRecorded',
          data: {
            ...about,
            assessorId: by.adviser,
            proposedCategory: 'Enhancement',
            agreesWithScore: true,
            evidence: [],
            judgedOn: '2026-11-23',
          },
        },
      ])
      .again()
      .silent();
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
    moderate(history, {})
      .then([
        {
          type: 'AssessmentModerated',
          data: {
            ...about,
            moderatorIds: [by.leader],
            outcome: 'agree',
            moderatedOn: '2026-11-23',
          },
        },
      ])
      .again()
      .silent();
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
