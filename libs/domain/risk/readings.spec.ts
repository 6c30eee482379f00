import { given } from '#kernel';
import type { RiskEvent } from './events';
import { frameworkInSpecs } from './framework-in-specs';
import {
  abandoned,
  about,
  decider,
  figure,
  finalised,
  judged,
  known,
  recorded,
  scoredLow,
  started,
  withScore,
} from './history-in-specs';

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
    given(decider, withScore(history), known)
      .when('FinaliseAssessment', about)
      .refused('NotJudged');
  });

  it('needs its framework', () => {
    given(decider, [started], { ...known, frameworks: { versions: {} } })
      .when('CalculateScore', about)
      .refused('NoFramework');
  });
});
