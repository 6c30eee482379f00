import { asDeclared, given } from '#kernel';
import { rateCardEvents } from './events';
import { exampleRateCards } from './example';
import { card, dearer } from './history-in-specs';
import { decider as bare } from './rate-card';

const decider = asDeclared(rateCardEvents, bare);
const cards = (...published: readonly (typeof card)[]) =>
  given(
    decider,
    published.map((data) => ({ type: 'RateCardPublished', data }) as const),
  );

describe('publishing rates', () => {
  it('records them as the Board agreed them', () => {
    cards()
      .when('PublishRateCard', card)
      .then([{ type: 'RateCardPublished', data: card }])
      .again()
      .silent();
    cards(card)
      .when('PublishRateCard', dearer)
      .then([{ type: 'RateCardPublished', data: dearer }]);
  });

  it('never changes a published version', () => {
    cards(card)
      .when('PublishRateCard', { ...card, title: 'Other rates' })
      .refused('RateCardVersionTaken', 'rates-1');
  });

  it('has one card take effect on a day', () => {
    cards(card)
      .when('PublishRateCard', { ...dearer, effectiveFrom: card.effectiveFrom })
      .refused('RateCardDayTaken', '2022-09-01');
  });

  it('has one rate for a role', () => {
    cards()
      .when('PublishRateCard', { ...card, rates: [...card.rates, ...dearer.rates] })
      .refused('RateTwice', 'SSPC');
  });

  it('has days within sight', () => {
    const with_ = (days: object) => cards().when('PublishRateCard', { ...card, ...days });
    with_({ boardAgreedOn: '2026-11-24' }).refused('InTheFuture', '2026-11-23');
    with_({ boardAgreedOn: '1926-11-23' }).refused('DayTooLongAgo', '2000-01-01');
    with_({ effectiveFrom: '2031-11-24' }).refused('DayTooFarAhead', '2031-11-23');
  });

  it('takes the example, which says that it is one', () => {
    for (const data of exampleRateCards) {
      expect(data.example).toBe(true);
      expect(data.title).toMatch(/invented/);
      cards()
        .when('PublishRateCard', data)
        .then([{ type: 'RateCardPublished', data }]);
    }
  });
});
