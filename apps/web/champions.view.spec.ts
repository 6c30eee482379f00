import { capacitySentence } from './champions.view';

describe('what is left of a champion’s year, in words', () => {
  const year = { academicYear: '2026/27', cap: 30 };
  it.each([
    [{ reserved: 0, consumed: 0, left: 30 }, '30 are left: nothing is reserved.'],
    [
      { reserved: 1, consumed: 0, left: 29 },
      '29 are left: 1 half-day is reserved, of which none have been used.',
    ],
    [
      { reserved: 29, consumed: 1, left: 1 },
      '1 is left: 29 half-days are reserved, of which 1 has been used.',
    ],
    [
      { reserved: 30, consumed: 12, left: 0 },
      'none are left: 30 half-days are reserved, of which 12 have been used.',
    ],
  ])('%j', (days, says) => {
    expect(capacitySentence({ ...year, ...days })).toBe(`Of 30 half-days in 2026/27, ${says}`);
  });
});
