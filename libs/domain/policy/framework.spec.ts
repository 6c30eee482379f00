import { asDeclared, given } from '#kernel';
import { commandFrom } from '../shared/decorators';
import { PublishFramework } from './commands';
import type { FrameworkEvent } from './events';
import { frameworkEvents } from './events';
import { exampleFrameworks } from './example';
import { decider, frameworkInForce } from './framework';

const policy = asDeclared(frameworkEvents, decider);
const [example, revised] = exampleFrameworks;
if (example === undefined || revised === undefined) throw new Error('There are two examples.');
const draft: Readonly<PublishFramework> = { ...example, author: 'person-author' };
const board = { by: { id: 'person-board', role: 'board' } };
const published = (framework: typeof example): FrameworkEvent => ({
  type: 'AssessmentFrameworkPublished',
  data: { ...framework, author: 'person-author', approver: 'person-board' },
});
const publishing = (change: Partial<PublishFramework>) =>
  given(policy, []).when('PublishFramework', { ...draft, ...change }, board);
const indicator = (code: string) => {
  const found = draft.indicators.find((known) => known.code === code);
  if (found === undefined) throw new Error(`The example has no ${code}.`);
  return found;
};
const [ks2, ofsted, balance] = [
  indicator('ks2-rwm'),
  indicator('ofsted'),
  indicator('revenue-balance'),
];
const alone = (changed: PublishFramework['indicators'][number]) =>
  publishing({ indicators: [changed], comparators: [], hardRules: [] });

it.each(exampleFrameworks)('publishes the $version as it came in, once', (framework) => {
  const read = commandFrom(PublishFramework, { ...framework, author: 'person-author' });
  if ('faults' in read) throw new Error(JSON.stringify(read.faults));
  expect(framework.title).toContain('Example');
  expect(framework.example).toBe(true);
  given(policy, [])
    .when('PublishFramework', { ...read.command }, board)
    .then([published(framework)])
    .again()
    .silent();
});
it('never changes a published version', () => {
  given(policy, [published(example)])
    .when('PublishFramework', { ...draft, title: 'Example, better' }, board)
    .refused('VersionTaken', example.version);
});
it('is approved by someone else than the author', () => {
  given(policy, [])
    .when('PublishFramework', draft, { by: { id: 'person-author', role: 'board' } })
    .refused('ApproverIsAuthor');
});
it('has each indicator and each hard rule once', () => {
  publishing({ indicators: [...draft.indicators, ks2] }).refused('IndicatorTwice', 'ks2-rwm');
  publishing({ hardRules: [...draft.hardRules, ...draft.hardRules] }).refused(
    'HardRuleTwice',
    'ofsted-concern',
  );
});
it('weighs every indicator, but for one that only serves a hard rule', () => {
  alone({ ...ks2, weight: 0 }).refused('WeightNotPositive', 'ks2-rwm');
  alone({ ...ks2, weight: -1 }).refused('WeightNotPositive');
  expect(indicator('safeguarding-audit').weight).toBe(0);
});
it('has bands in the order the measure needs', () => {
  alone({ ...ks2, amber: 10, red: 5 }).refused('BandsOutOfOrder', 'red above amber');
  alone({ ...balance, amber: 0, red: 2 }).refused('BandsOutOfOrder', 'red must be below amber');
  alone({ ...ofsted, amber: 2, red: 3 }).refused('BandsOutOfOrder', 'amber must be 1 and red 2');
  const { worse: _, ...unsided } = ks2;
  alone({ ...unsided, measure: 'at-least', amber: 5, red: 5 }).refused(
    'BandsOutOfOrder',
    'red must be above amber',
  );
  const comparator = {
    indicator: 'ks2-rwm',
    kind: 'primary',
    value: 60,
    source: 'example',
    red: 4,
  } as const;
  publishing({ comparators: [comparator] }).refused(
    'BandsOutOfOrder',
    'ks2-rwm for primary schools',
  );
});
it('says of a gap, and of nothing else, which side is worse', () => {
  const { worse: _, ...unsided } = ks2;
  alone(unsided).refused('SideNotSaid', 'whether below or above');
  alone({ ...ofsted, worse: 'above' }).refused('SideNotSaid', 'leave out');
});
it('compares and rules only what it looks at', () => {
  const comparator = {
    indicator: 'ks2-rwm',
    kind: 'primary',
    value: 60,
    source: 'example',
  } as const;
  publishing({ comparators: [{ ...comparator, indicator: 'ks3' }] }).refused(
    'UnknownIndicator',
    'The comparator names ks3',
  );
  publishing({ comparators: [{ ...comparator, kind: 'grammar' }] }).refused(
    'ComparatorUnfit',
    'does not apply',
  );
  publishing({ comparators: [comparator, comparator] }).refused('ComparatorUnfit', 'twice');
  const rule = {
    code: 'r',
    says: 'So it is.',
    indicator: 'ks3',
    band: 'red',
    floor: 'Prevention',
  } as const;
  publishing({ hardRules: [...draft.hardRules, rule] }).refused('UnknownIndicator', 'hard rule r');
});
it.each([
  [0, 50],
  [50, 50],
  [25, 101],
])('refuses thresholds %d and %d', (prevention, intervention) => {
  publishing({ thresholds: { ...draft.thresholds, prevention, intervention } }).refused(
    'ThresholdsOutOfOrder',
  );
});

describe('the framework in force', () => {
  const { state } = given(policy, [published(revised), published(example)]);
  it.each([
    ['2022-05-31', undefined],
    ['2022-06-01', example.version],
    ['2025-05-31', example.version],
    ['2025-06-01', revised.version],
  ])('on %s is %s', (day, version) => {
    expect(frameworkInForce(state, day)?.version).toBe(version);
  });
  it('of two from the same day is the one published last', () => {
    const again = given(policy, [published(revised), published({ ...revised, version: 'again' })]);
    expect(frameworkInForce(again.state, '2026-01-01')?.version).toBe('again');
  });
});

it('has a comparator for every kind of school that a gap or a ratio applies to', () => {
  for (const { indicators, comparators } of exampleFrameworks) {
    const wanted = indicators
      .filter(({ measure }) => measure === 'gap' || measure === 'ratio')
      .flatMap(({ code, appliesTo }) => appliesTo.map((kind) => `${code} ${kind}`));
    expect(comparators.map((known) => `${known.indicator} ${known.kind}`).toSorted()).toEqual(
      wanted.toSorted(),
    );
  }
});
