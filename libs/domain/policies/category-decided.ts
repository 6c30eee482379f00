import type { Ask, Recorded } from '#kernel';
import { policy } from '#kernel';
import type { CategoryEvent } from '../categories/events';
import type { CategoryDecided } from '../categories/periods';

/** A correction names no offer: the one granted by stays, or the one in force is taken. */
function granted({ id, data }: Recorded<CategoryDecided>): readonly Ask[] {
  const { schoolId, effectiveFrom } = data;
  const offerVersion = 'offerVersion' in data ? { offerVersion: data.offerVersion } : {};
  return [
    {
      command: 'GrantEntitlement',
      data: { schoolId, effectiveFrom, ...offerVersion, becauseOf: id },
    },
  ];
}

export const categoryDecided = policy<CategoryEvent>({
  name: 'category-decided',
  says:
    'Whenever a category is confirmed, changed or corrected, grant the entitlement of the academic year in which it ' +
    'takes effect, or adjust what was granted.',
  whenever: { CategoryConfirmed: granted, CategoryChanged: granted, CategoryCorrected: granted },
});
