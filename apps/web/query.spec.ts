import fc from 'fast-check';
import { pageLinks } from './paging';
import { dateField, filledIn, localPath } from './query';

const TODAY = '2026-11-23';
const asOf = (query: Record<string, unknown>) => dateField(query, 'asOf', TODAY);

describe('a date of a page', () => {
  it('is read from three fields or from one, and is the same day', () => {
    expect(asOf({ 'asOf-day': ' 1', 'asOf-month': '3', 'asOf-year': '2026' }).value).toBe(
      '2026-03-01',
    );
    expect(asOf({ asOf: '2026-03-01' }).value).toBe('2026-03-01');
    expect(filledIn(asOf({}), '2026-03-01')).toMatchObject({
      day: '1',
      month: '3',
      year: '2026',
      value: '2026-03-01',
    });
  });
  it('was not asked for when all fields are empty', () => {
    expect(asOf({ 'asOf-day': '', 'asOf-month': '', 'asOf-year': '' })).not.toHaveProperty('fault');
  });
  it.each([
    [{ 'asOf-day': '1' }, 'must include'],
    [{ asOf: '2026-02-29' }, 'real date'],
    [{ asOf: '26-02-01' }, 'real date'],
    [{ 'asOf-day': 'x', 'asOf-month': '3', 'asOf-year': '2026' }, 'real date'],
    [{ asOf: '2026-11-24' }, 'today or in the past'],
  ])('says what is wrong with %j', (query, fault) => {
    expect(asOf(query)).toMatchObject({ fault: expect.stringContaining(fault) as string });
    expect(asOf(query)).not.toHaveProperty('value');
  });
  it('never fails, whatever is in the address', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.constantFrom('asOf', 'asOf-day', 'asOf-month', 'asOf-year'),
          fc.anything(),
        ),
        (query) => {
          const { value } = asOf(query);
          if (value !== undefined) expect(new Date(value).toISOString().slice(0, 10)).toBe(value);
        },
      ),
    );
  });
});

it('going on after signing in stays on this service, whatever is asked', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.webUrl(),
        fc.string(),
        fc.webPath().map((path) => `/${path}`),
      ),
      (to) => {
        const path = localPath(to);
        if (path === undefined) return;
        expect(path).toMatch(/^\/(?![/\\])/);
        expect(new URL(path, 'http://127.0.0.1:3000').origin).toBe('http://127.0.0.1:3000');
      },
    ),
  );
  expect(localPath('/schools/900001?asOf=2026-03-01')).toBe('/schools/900001?asOf=2026-03-01');
});

describe('pages of a list', () => {
  const links = (skip: number, total: number) =>
    pageLinks({ skip, limit: 50, total }, (to) => `skip=${to}`);
  it('are not shown for a list of one page', () => {
    expect(links(0, 50)).toEqual({ total: 50, first: 1, last: 50 });
    expect(links(0, 0)).toEqual({ total: 0, first: 0, last: 0 });
  });
  it('lead to those beside it, the first and the last', () => {
    expect(links(250, 1000)).toMatchObject({
      first: 251,
      last: 300,
      pagination: { previous: { href: 'skip=200' }, next: { href: 'skip=300' } },
    });
    expect(links(250, 1000).pagination?.items).toEqual([
      { number: 1, href: 'skip=0', current: false },
      { ellipsis: true },
      { number: 5, href: 'skip=200', current: false },
      { number: 6, href: 'skip=250', current: true },
      { number: 7, href: 'skip=300', current: false },
      { ellipsis: true },
      { number: 20, href: 'skip=950', current: false },
    ]);
  });
  it('lead back from beyond the end', () => {
    expect(links(5000, 120).pagination?.previous).toEqual({ href: 'skip=100' });
  });
});
