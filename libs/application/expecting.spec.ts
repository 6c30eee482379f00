import { expectationFrom, isDeclared } from './expecting';

const collections = [
  { name: 'register', fixed: [] },
  { name: 'journey', fixed: [] },
];
const changed = (collection: string, ...fields: readonly string[]) => ({
  collection,
  change: 'changed' as const,
  fields: fields.map((field) => ({ field })),
});

describe('what a rebuild is expected to change', () => {
  it('is nothing where nothing is said', () => {
    expect(expectationFrom(undefined, collections)).toEqual({ expected: 'none' });
    expect(isDeclared('none', changed('register', 'periods'))).toBe(false);
  });

  it('is anything where that is said aloud', () => {
    expect(expectationFrom('any', collections)).toEqual({ expected: 'any' });
    expect(isDeclared('any', { collection: 'journey', change: 'removed', fields: [] })).toBe(true);
  });

  it.each([
    ['some', /none, any, or by collection/],
    [['register'], /none, any, or by collection/],
    [null, /none, any, or by collection/],
    [{ rumours: 'any' }, /rumours.*register, journey/],
    [{ register: [] }, /register/],
    [{ register: 'changed' }, /register/],
    [{ register: [''] }, /register/],
  ])('cannot be %j', (given, says) => {
    expect(expectationFrom(given, collections)).toEqual({
      fault: expect.stringMatching(says) as string,
    });
  });

  it.each([
    [changed('register', 'periods[0].category', 'schoolId'), false],
    [changed('register', 'periods[0].category', 'periods[1]'), true],
    [changed('register', 'periodsOfTime'), false],
    [changed('journey', 'says'), false],
    [{ collection: 'journey', change: 'added' as const, fields: [] }, true],
    [{ collection: 'journey', change: 'removed' as const, fields: [] }, false],
    [{ collection: 'register', change: 'removed' as const, fields: [] }, false],
    [{ collection: 'schools', change: 'added' as const, fields: [] }, false],
  ])('covers %j: %s', (one, is) => {
    expect(isDeclared({ register: ['periods'], journey: 'added' }, one)).toBe(is);
  });
});
