import { categories } from '../shared/words';
import type { Category } from '../shared/words';
import type { CategoryEvent } from './events';

/** A stretch of days in one category. It lasts until the day before the next one begins; the last one is open. */
export interface Period {
  readonly from: string;
  readonly category: Category;
  /** The proposal it was decided on; absent where a correction alone put it there. */
  readonly proposalId?: string;
  /** The event it put right, where it is a correction's. */
  readonly correctsEventId?: string;
}

/** The three facts that say which category a school is in, and from when. */
export type CategoryDecided = Extract<
  CategoryEvent,
  { readonly type: 'CategoryConfirmed' | 'CategoryChanged' | 'CategoryCorrected' }
>;

/**
 * The one rule of who was in which category when: each of the three facts begins a period on its effective day and
 * takes the place of one that began on that same day. So a correction reaches from its day to the day on which the
 * next recorded period begins, and no two periods overlap. In order of their days; total over any history.
 */
export function applied(periods: readonly Period[], event: CategoryDecided): readonly Period[] {
  const begins = periodOf(event);
  const last = periods.at(-1);
  if (last === undefined || last.from < begins.from) return [...periods, begins];
  return [...periods.filter(({ from }) => from !== begins.from), begins].toSorted((a, b) =>
    a.from < b.from ? -1 : 1,
  );
}

function periodOf({ type, data }: CategoryDecided): Period {
  const { effectiveFrom: from } = data;
  switch (type) {
    case 'CategoryConfirmed':
      return { from, category: data.category, proposalId: data.proposalId };
    case 'CategoryChanged':
      return { from, category: data.to, proposalId: data.proposalId };
    case 'CategoryCorrected':
      return { from, category: data.shouldBe, correctsEventId: data.correctsEventId };
  }
}

/** The period a day lies in; undefined before the first. */
export const periodOn = ({ periods }: { readonly periods: readonly Period[] }, day: string) =>
  periods.findLast(({ from }) => from <= day);

/** The category in force on a day, as far as is known; undefined before the first. */
export const categoryOn = (
  state: { readonly periods: readonly Period[] },
  day: string,
): Category | undefined => periodOn(state, day)?.category;

/** Does a school in this category get more than the visits every school gets? */
export const isSupported = (category: Category | undefined): boolean =>
  category !== undefined && category !== categories[0];
