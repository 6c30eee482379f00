import { asDeclared, given } from '#kernel';
import { commandFrom } from '../shared/decorators';
import { PublishQualityPolicy } from './commands';
import type { QualityPolicyEvent } from './events';
import { qualityPolicyEvents } from './events';
import { exampleQualityPolicies } from './example-quality';
import { decider, qualityPolicy } from './quality-policy';

const policy = asDeclared(qualityPolicyEvents, decider);
const [example] = exampleQualityPolicies;
if (example === undefined) throw new Error('There is one.');
const published: QualityPolicyEvent = { type: 'QualityPolicyPublished', data: example };
const publish = (history: readonly QualityPolicyEvent[], more: object = {}) =>
  given(policy, history).when(
    'PublishQualityPolicy',
    { ...example, ...more },
    { by: 'head-of-service' },
  );

it('publishes the example, once, and it says that it is one', () => {
  const read = commandFrom(PublishQualityPolicy, example);
  if ('faults' in read) throw new Error(JSON.stringify(read.faults));
  given(policy, [])
    .when('PublishQualityPolicy', { ...read.command })
    .then([published])
    .again()
    .silent();
  expect([example.example, example.title]).toEqual([true, expect.stringContaining('Example')]);
  expect(qualityPolicy.stream({})).toBe('policy-quality');
});

it('never changes a published policy', () => {
  publish([published], { title: 'Example, better' }).refused('QualityPolicyVersionTaken');
  publish([published], { version: 'next', effectiveFrom: '2026-09-01' }).then([
    {
      type: 'QualityPolicyPublished',
      data: { ...example, version: 'next', effectiveFrom: '2026-09-01' },
    },
  ]);
});

it('has one share for each kind of work and category', () => {
  const shares = [...example.shares, { object: 'assessment' as const, percent: 50 }];
  publish([], { shares }).refused('ShareTwice', 'assessment of any other category');
  const prevention = { object: 'deployment', category: 'Prevention', percent: 1 } as const;
  publish([], { shares: [prevention, prevention] }).refused('ShareTwice', 'Prevention');
});

it.each([
  [{ object: 'champion', rule: 'all-overrides' }],
  [{ object: 'assessment', rule: 'all-overrides', first: 3 }],
  [{ object: 'deployment', rule: 'first-of-a-new-champion', first: 3 }],
  [{ object: 'visit-record', rule: 'first-of-a-new-champion' }],
])('has no rule that cannot be: %j', (rule) => {
  publish([], { always: [rule] }).refused('AlwaysUnfit', rule.rule);
});

it.each([[{ percent: 33.3 }], [{ percent: -1 }], [{ percent: 101 }]])(
  'has no share of %j',
  (share) => {
    const shares = [{ object: 'assessment', ...share }];
    expect(commandFrom(PublishQualityPolicy, { ...example, shares })).toMatchObject({
      faults: [{ pointer: '/shares/0/percent' }],
    });
  },
);
