import { array, assert, constantFrom, integer, option, property, record } from 'fast-check';
import type { Category } from '#domain';
import { categories, categoryOn, daysAfter, daysBetween } from '#domain';
import { spellsOf } from './durations';

const FIRST = '2026-01-01';
const day = (n: number) => daysAfter(FIRST, n);

/** Day by day: which category was it in, and when did that change? */
function walked(
  periods: readonly { readonly from: string; readonly category: Category }[],
  today: string,
  closedOn: string | undefined,
) {
  const cut = closedOn !== undefined && closedOn <= today;
  const stop = cut ? closedOn : today;
  const spells: { category: Category; days: number; endedOn?: string; cut?: true }[] = [];
  let now: { category: Category; days: number } | undefined;
  for (let on = FIRST; on <= stop; on = daysAfter(on, 1)) {
    // On the day it closes, or that is asked about, nothing has been stayed yet.
    const category = categoryOn({ periods }, on);
    if (category === undefined || (cut && on === stop)) continue;
    if (now?.category !== category) {
      if (now !== undefined) spells.push({ ...now, endedOn: on });
      now = { category, days: 0 };
    }
    if (on < stop) now.days += 1;
  }
  if (now !== undefined) spells.push(cut ? { ...now, cut: true } : now);
  return spells;
}

describe('spells in a category', () => {
  it('are what a walk through every day finds', () => {
    const when = integer({ min: 0, max: 60 });
    assert(
      property(
        array(record({ n: when, category: constantFrom(...categories) }), { maxLength: 8 }),
        when,
        option(when, { nil: undefined }),
        (starts, today, closes) => {
          const byDay = new Map(starts.map(({ n, category }) => [n, category]));
          const periods = [...byDay]
            .toSorted(([a], [b]) => a - b)
            .map(([n, category]) => ({ from: day(n), category }));
          const closedOn = closes === undefined ? undefined : day(closes);
          expect(spellsOf(periods, { today: day(today), closedOn })).toEqual(
            walked(periods, day(today), closedOn),
          );
        },
      ),
    );
  });

  it('go on through a confirmation, and say when they ended', () => {
    const periods = [
      { from: '2024-09-01', category: 'Prevention' },
      { from: '2025-09-01', category: 'Prevention' },
      { from: '2026-03-01', category: 'Intervention' },
      { from: '2027-01-01', category: 'Prevention' },
    ] as const;
    expect(spellsOf(periods, { today: '2026-11-23' })).toEqual([
      {
        category: 'Prevention',
        days: daysBetween('2024-09-01', '2026-03-01'),
        endedOn: '2026-03-01',
      },
      { category: 'Intervention', days: daysBetween('2026-03-01', '2026-11-23') },
    ]);
  });

  it('in which the school closed have no end of their own', () => {
    const periods = [{ from: '2026-01-01', category: 'Enhancement' }] as const;
    expect(spellsOf(periods, { today: '2026-11-23', closedOn: '2026-02-01' })).toEqual([
      { category: 'Enhancement', days: 31, cut: true },
    ]);
  });
});
