import type { Ask, Recorded } from '#kernel';
import { policy } from '#kernel';
import type { CategoryEvent } from '../categories/events';
import type { Category } from '../shared/words';
import type { OpenDeployment } from './looking-again';
import { isAgreed, lookedAtAgain } from './looking-again';

interface Known {
  /** Of champions of the school whose category it is. */
  readonly lent: readonly OpenDeployment[];
}

/** How much support a category stands for: whoever moves to one that needs more has less to lend. */
const needs: Readonly<Record<Category, number>> = {
  Enhancement: 0,
  Prevention: 1,
  Intervention: 2,
};

type Moved = Extract<CategoryEvent, { type: 'CategoryChanged' | 'CategoryCorrected' }>;

function needsMore(data: Moved['data']): boolean {
  const [from, to] = 'shouldBe' in data ? [data.was, data.shouldBe] : [data.from, data.to];
  return needs[to] > needs[from ?? 'Enhancement'];
}

const looked = ({ id, data }: Recorded<Moved>, { lent }: Known): readonly Ask[] =>
  needsMore(data) ? lookedAtAgain(lent.filter(isAgreed), 'home-school', id) : [];

/** [I domain dossier, 3.5]: existing deployments are reviewed, not ended by themselves. */
export const homeSchoolNeedsSupport = policy<CategoryEvent, Known>({
  name: 'home-school-needs-support',
  says:
    'Whenever a school moves to Prevention, or on to Intervention, have the deployments of its own champions looked at ' +
    'again: they are reviewed, not ended.',
  knows: {
    lent: {
      asks: 'open-deployments',
      about: ({ data }) => {
        const moved = data as Moved['data'];
        return needsMore(moved) ? { homeSchoolId: moved.schoolId } : {};
      },
    },
  },
  whenever: { CategoryChanged: looked, CategoryCorrected: looked },
});
