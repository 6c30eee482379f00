import { ageInWords, areaName } from './together.view';

it.each([
  [0, 'of today'],
  [1, '1 day old'],
  [59, '59 days old'],
  [61, '2 months old'],
  [365, '1 year old'],
  [366, '1 year old'],
  [400, '1 year 1 month old'],
  [731, '2 years old'],
])('evidence of %d days is %s', (days, words) => {
  expect(ageInWords(days)).toBe(words);
});

it('an area is shown as words, not as a code', () => {
  expect(areaName('early-reading')).toBe('Early reading');
});
