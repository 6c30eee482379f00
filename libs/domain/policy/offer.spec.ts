import { asDeclared, given } from '#kernel';
import { commandFrom } from '../shared/decorators';
import { PublishOffer } from './commands';
import type { OfferRow } from '../shared/framework';
import type { OfferEvent } from './events';
import { offerEvents } from './events';
import type { OfferToPublish } from './example';
import { exampleOffers } from './example';
import { decider, offerInForce } from './offer';

const policy = asDeclared(offerEvents, decider);
const [autumn, april, next] = exampleOffers;
if (autumn === undefined || april === undefined || next === undefined)
  throw new Error('There are more.');
const events = ({ supersedes, ...data }: OfferToPublish): OfferEvent[] => [
  { type: 'SupportOfferPublished', data },
  ...(supersedes === undefined
    ? []
    : [
        {
          type: 'SupportOfferSuperseded',
          data: {
            version: supersedes,
            supersededBy: data.version,
            academicYear: data.academicYear,
            effectiveFrom: data.effectiveFrom,
          },
        } as const,
      ]),
];

it('publishes the examples one after another, each once', () => {
  let history = given(policy, []);
  for (const offer of exampleOffers) {
    const read = commandFrom(PublishOffer, offer);
    if ('faults' in read) throw new Error(JSON.stringify(read.faults));
    history = history.when('PublishOffer', { ...read.command }).then(events(offer));
    history.again().silent();
    expect(offer.title).toContain('Example');
    expect(offer.example).toBe(true);
  }
});
it('never changes a published offer', () => {
  given(policy, events(autumn))
    .when('PublishOffer', { ...autumn, title: 'Example, better' })
    .refused('OfferVersionTaken');
});
it('waits for the Board', () => {
  given(policy, []).when('PublishOffer', autumn, { at: '2022-07-05' }).then(events(autumn));
  given(policy, [])
    .when('PublishOffer', autumn, { at: '2022-07-04' })
    .refused('BoardHasNotAgreed', '2022-07-05');
});
it('takes effect within its year', () => {
  given(policy, [])
    .when('PublishOffer', { ...autumn, effectiveFrom: '2023-09-01' })
    .refused('EffectiveOutsideYear', '2022/23');
});
it('has one row for a category and status', () => {
  given(policy, [])
    .when('PublishOffer', { ...autumn, rows: [...autumn.rows, ...autumn.rows] })
    .refused('RowTwice', 'Enhancement and maintained');
});
describe('headline visits that count against the days', () => {
  const told = (more: Partial<OfferRow>) => ({
    ...autumn,
    rows: autumn.rows.map((row) => (row.category === 'Intervention' ? { ...row, ...more } : row)),
  });

  it('take so many half-days each, which is said with it', () => {
    const whole = told({ halfDaysPerHeadlineVisit: 2 });
    given(policy, []).when('PublishOffer', whole).then(events(whole));
    const { halfDaysPerHeadlineVisit: _, ...silent } = whole.rows.at(-1)!;
    given(policy, [])
      .when('PublishOffer', { ...autumn, rows: [silent] })
      .refused('HeadlineVisitTakesWhat', 'Intervention and academy');
    given(policy, [])
      .when('PublishOffer', told({ headlineVisitsCountAgainstDays: false }))
      .refused('HeadlineVisitTakesWhat');
  });

  it('take no more than leadership champions have', () => {
    const all = told({ headlineVisits: 18, halfDaysPerHeadlineVisit: 2 });
    given(policy, []).when('PublishOffer', all).then(events(all));
    given(policy, [])
      .when('PublishOffer', told({ headlineVisits: 37, halfDaysPerHeadlineVisit: 1 }))
      .refused('HeadlineVisitsTakeMore', 'take 37 half-days, and leadership champions have 36');
  });
});

it('replaces the offer of its year only when it says so, and rightly', () => {
  const { supersedes: _, ...silently } = april;
  given(policy, events(autumn))
    .when('PublishOffer', silently)
    .refused('YearHasOffer', autumn.version);
  given(policy, []).when('PublishOffer', april).refused('NothingToSupersede');
  given(policy, events(autumn))
    .when('PublishOffer', { ...april, supersedes: 'another' })
    .refused('NothingToSupersede', 'another');
  given(policy, [...events(autumn), ...events(april)])
    .when('PublishOffer', { ...april, version: 'third' })
    .refused('NothingToSupersede', autumn.version);
  given(policy, events({ ...autumn, effectiveFrom: '2023-05-01' }))
    .when('PublishOffer', april)
    .refused('TakesEffectBeforeReplaced', '2023-05-01');
});

describe('the offer in force', () => {
  const { state } = given(policy, [...events(autumn), ...events(april), ...events(next)]);
  it.each([
    ['2022-08-31', undefined],
    ['2022-09-01', autumn.version],
    ['2023-03-31', autumn.version],
    ['2023-04-01', april.version],
    ['2023-08-31', april.version],
    ['2023-09-01', next.version],
    ['2024-09-01', undefined],
  ])('on %s is %s', (day, version) => {
    expect(offerInForce(state, day)?.version).toBe(version);
  });
});
