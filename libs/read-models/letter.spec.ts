import { exampleLetterTemplates, exampleOffers } from '#domain';
import { documentsAfter } from './folded-in-specs';
import { daysInPrint, fundingInWords } from './letter';
import { letterTemplates } from './letter-templates';
import { offers } from './offers';

const [template] = exampleLetterTemplates;
const [offer] = exampleOffers;

it.each([
  [0, 'no days'],
  [1, '½ day'],
  [2, '1 day'],
  [3, '1½ days'],
  [9, '4½ days'],
  [36, '18 days'],
])('prints %i half-days as %s', (halfDays, words) => {
  expect(daysInPrint(halfDays)).toBe(words);
});

it.each([
  [100, 'the council pays for all of it'],
  [0, 'the school pays for all of it'],
  [50, 'the council pays 50% of it and the school the rest'],
])('says who pays %i in a hundred', (percent, words) => {
  expect(fundingInWords(percent)).toBe(words);
});

it('keeps each version of template and offer as it was published', () => {
  const next = { ...template, version: 'next' };
  const published = [template, next].map((data) => ({
    type: 'LetterTemplatePublished',
    data: data!,
  }));
  expect(documentsAfter(letterTemplates, published)).toEqual({
    'example-letter-1': { ...template, position: 1 },
    next: { ...next, position: 2 },
  });
  const { version } = offer!;
  expect(documentsAfter(offers, [{ type: 'SupportOfferPublished', data: offer! }])).toEqual({
    [version]: offer,
  });
});
