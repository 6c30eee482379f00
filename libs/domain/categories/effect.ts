import { academicYearOf, daysOf, yearsFrom } from '../shared/academic-year';
import type { Category } from '../shared/words';
import type { CategoryEvent } from './events';
import { isSupported } from './periods';
import type { CategoryRefusal } from './refusals';
import { refuse } from './refusals';
import type { CategorisationState } from './state';

/** What bars a category from taking effect on a day; undefined when nothing does. */
export function faultOfEffect(
  { periods, transition }: CategorisationState,
  to: Category,
  effectiveFrom: string,
  today: string,
): CategoryRefusal | undefined {
  const last = periods.at(-1);
  // Later than all that is on record, so periods do not overlap and `from` is the category in force on that day.
  if (last !== undefined && effectiveFrom <= last.from)
    return refuse.PeriodsWouldOverlap(last.from);
  const latest = daysOf(yearsFrom(academicYearOf(today), 1))?.last;
  if (latest !== undefined && effectiveFrom > latest)
    return refuse.TooFarAhead(effectiveFrom, latest);
  return leavesSupport(last?.category, to) && !wayOutAgreed(transition)
    ? refuse.WayOutWanted()
    : undefined;
}

/** A move, and with it the end of the pathway it was agreed to come by, where it brings the school out of support. */
export function moved(
  { transition }: CategorisationState,
  data: Extract<CategoryEvent, { readonly type: 'CategoryChanged' }>['data'],
): readonly CategoryEvent[] {
  const { schoolId, proposalId, from, to, effectiveFrom: completedOn } = data;
  const changed = { type: 'CategoryChanged', data } as const;
  return transition.pathway !== undefined && leavesSupport(from, to)
    ? [changed, { type: 'TransitionCompleted', data: { schoolId, proposalId, completedOn } }]
    : [changed];
}

const leavesSupport = (from: Category | undefined, to: Category): boolean =>
  isSupported(from) && !isSupported(to);

const wayOutAgreed = ({ heldOn, noNeedAgreedOn }: CategorisationState['transition']): boolean =>
  heldOn !== undefined || noNeedAgreedOn !== undefined;
