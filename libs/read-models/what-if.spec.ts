import { array, assert, constantFrom, float, option, property, record } from 'fast-check';
import type { Framework, Reading, RiskEvent } from '#domain';
import { absences, exampleFrameworks, scoreOf } from '#domain';
import { documentsAfter } from './folded-in-specs';
import { trialFrom, tried } from './trial';
import type { ScoredReadings } from './what-if';
import { scoredReadings } from './what-if';

const framework = exampleFrameworks.at(-1)!;
const [schoolId, assessmentId] = ['s', 'a'];
const kind = 'primary';

/** What is kept of an assessment that was scored on these readings. */
function kept(readings: readonly Reading[]): ScoredReadings {
  const about = { schoolId, assessmentId, frameworkVersion: framework.version };
  const history: readonly RiskEvent[] = [
    { type: 'RiskAssessmentStarted', data: { ...about, kind, startedOn: '2026-09-07' } },
    { type: 'RiskScoreCalculated', data: { ...about, ...scoreOf(framework, kind, readings) } },
  ];
  return documentsAfter(scoredReadings, history)['s'] as unknown as ScoredReadings;
}

const anyReadings = array(
  record({
    indicator: constantFrom(...framework.indicators.map(({ code }) => code)),
    period: constantFrom('2024/25', '2025/26', '2025/26 autumn'),
    value: option(float({ min: 0, max: 100, noNaN: true }), { nil: undefined }),
    absence: constantFrom(...absences),
    own: option(float({ min: 0, max: 100, noNaN: true }), { nil: undefined }),
  }),
  { maxLength: 25 },
).map((all) =>
  all.map(({ value, absence, own, ...reading }): Reading =>
    value === undefined
      ? { ...reading, absence }
      : {
          ...reading,
          value,
          ...(own === undefined ? {} : { comparator: { value: own, source: 'own' } }),
        },
  ),
);

const scoredTo = (on: Framework, readings: readonly Reading[]) => {
  const { score, coverage, suggested, floor } = scoreOf(on, kind, readings);
  return { score, coverage, suggested, floor };
};

describe('what is kept to try other weights on', () => {
  it('scores as the readings do, as the framework is and with anything tried', () => {
    const other = tried(framework, {
      prevention: 30,
      intervention: 55,
      weights: { ofsted: 5, complaints: 0, headship: 12.5 },
    }) as Framework;
    assert(
      property(anyReadings, (readings) => {
        const { scored } = kept(readings);
        for (const on of [framework, other])
          expect(scoredTo(on, scored?.readings ?? [])).toEqual(scoredTo(on, readings));
      }),
    );
  });

  it('is of the last score only, and not of one of an assessment that was begun after it', () => {
    const begun: RiskEvent = {
      type: 'RiskAssessmentStarted',
      data: {
        ...{ schoolId, assessmentId: 'b', frameworkVersion: 'f', kind: 'junior' },
        startedOn: '2026-09-08',
      },
    };
    const late: RiskEvent = {
      type: 'RiskScoreCalculated',
      data: {
        ...{ schoolId, assessmentId, frameworkVersion: 'f' },
        ...scoreOf(framework, kind, []),
      },
    };
    expect(documentsAfter(scoredReadings, [begun, late])).toEqual({
      s: { schoolId, begun: { assessmentId: 'b', kind: 'junior' } },
    });
  });
});

describe('what is tried', () => {
  it('leaves the framework as it is where nothing is said', () => {
    expect(tried(framework, { weights: {} })).toEqual(framework);
    expect(trialFrom({ prevention: '', 'weight.ofsted': '', asOf: '7', q: 'x' })).toEqual({
      weights: {},
    });
  });

  it('is read from an address', () => {
    expect(trialFrom({ prevention: '25', 'weight.ofsted': '12.5', 'weight.a.b': '0' })).toEqual({
      prevention: 25,
      weights: { ofsted: 12.5, 'a.b': 0 },
    });
  });

  it.each(['-1', '1e2', 'x', '0x10', ' 5', '12.345', '1000', ['5', '6'], 'NaN', '٣'])(
    'is no number: %j',
    (value) => {
      expect(trialFrom({ 'weight.ofsted': value })).toMatchObject({
        faults: [{ parameter: 'weight.ofsted' }],
      });
      expect(trialFrom({ intervention: value })).toMatchObject({
        faults: [{ parameter: 'intervention' }],
      });
    },
  );

  const ofsted = { ofsted: 1 };
  it.each([
    ['prevention', { prevention: 0, weights: {} }],
    ['prevention', { prevention: 101, weights: {} }],
    ['intervention', { intervention: 100.5, weights: {} }],
    ['intervention', { prevention: 50, intervention: 50, weights: {} }],
    ['intervention', { prevention: framework.thresholds.intervention, weights: ofsted }],
    ['minimumCoverage', { minimumCoverage: 101, weights: {} }],
    ['weight.nonsense', { weights: { nonsense: 5 } }],
    ['weight.__proto__', { weights: Object.fromEntries([['__proto__', 5]]) }],
    ['weight.ofsted', { weights: { ofsted: 101 } }],
  ])('is absurd in %s', (parameter, trial) => {
    expect(tried(framework, trial)).toEqual({
      faults: [{ parameter, detail: expect.stringMatching(/.{20}/) as string }],
    });
  });

  it('weighs something', () => {
    const nothing = Object.fromEntries(framework.indicators.map(({ code }) => [code, 0]));
    expect(tried(framework, { weights: nothing })).toMatchObject({
      faults: [{ detail: expect.stringContaining('at least one') as string }],
    });
  });
});
