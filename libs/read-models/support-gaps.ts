import type { Snapshot } from '#kernel';
import type { Category } from '#domain';
import { daysBetween } from '#domain';
import type { VisitAtSchool } from './headline-visits';
import { openVisits } from './headline-visits';
import type { Page, PageRequest } from './page';
import { DEFAULT_LIMIT, paged } from './page';
import type { RegisterLine } from './register';
import { registerOn } from './register';
import type { UnsupportedSchool } from './supported';
import { unsupportedAmong } from './supported';

/** A school in Prevention or Intervention that nobody supports, or whose headline visit is overdue, or both. */
export type SupportGap = RegisterLine & {
  /** Nobody supports it: since when, how many days ago that was, and what is on its way for it. */
  readonly deployment?: Pick<UnsupportedSchool, 'without' | 'coming'> & { readonly days: number };
  /** Visits arranged whose record is overdue, the longest overdue first. */
  readonly visits: readonly Pick<
    VisitAtSchool,
    'visitId' | 'kind' | 'number' | 'adviserId' | 'on' | 'recordDueOn' | 'daysOverdue'
  >[];
  /** Days overdue of the visit that is so longest; absent where none is. */
  readonly daysOverdue?: number;
};

export type SupportGaps = Page<SupportGap> & {
  readonly withoutDeployment: number;
  readonly visitOverdue: number;
  readonly both: number;
};

export type SupportGapsRequest = PageRequest & {
  readonly today: string;
  /** Left out: Prevention and Intervention. */
  readonly category?: Exclude<Category, 'Enhancement'>;
};

const ALL = { limit: Number.MAX_SAFE_INTEGER };

/** Schools that are to be supported and have a gap: those with an overdue visit first, then those longest without a deployment. */
export async function supportGaps(
  snapshot: Snapshot,
  { today, category, skip = 0, limit = DEFAULT_LIMIT }: SupportGapsRequest,
): Promise<SupportGaps> {
  const lines = (await registerOn(snapshot, today)).filter((line) =>
    category === undefined
      ? line.category === 'Prevention' || line.category === 'Intervention'
      : line.category === category,
  );
  const [without, overdue] = await Promise.all([
    unsupportedAmong(snapshot, lines),
    openVisits(snapshot, { today, overdue: true, ...ALL }),
  ]);
  const gaps = gapsIn(lines, { without, overdue: overdue.items, today });
  const hasNone = gaps.filter(({ deployment }) => deployment !== undefined);
  return {
    withoutDeployment: hasNone.length,
    visitOverdue: gaps.filter(({ visits }) => visits.length > 0).length,
    both: hasNone.filter(({ visits }) => visits.length > 0).length,
    ...paged(gaps.slice(skip, skip + limit), gaps.length, skip),
  };
}

interface Found {
  readonly without: readonly UnsupportedSchool[];
  readonly overdue: readonly VisitAtSchool[];
  readonly today: string;
}

function gapsIn(
  lines: readonly RegisterLine[],
  { without, overdue, today }: Found,
): readonly SupportGap[] {
  const unsupported = new Map(without.map((one) => [one.school.schoolId, one]));
  const late = Map.groupBy(overdue, ({ schoolId }) => schoolId);
  return lines
    .map((line): SupportGap => {
      const none = unsupported.get(line.school.schoolId);
      const visits = (late.get(line.school.schoolId) ?? [])
        .map(({ visitId, kind, number, adviserId, on, recordDueOn, daysOverdue = 0 }) => ({
          ...{ visitId, kind, number, adviserId, on, recordDueOn, daysOverdue },
        }))
        .toSorted((a, b) => b.daysOverdue - a.daysOverdue);
      const [longest] = visits;
      return {
        ...line,
        ...(none === undefined
          ? {}
          : {
              deployment: {
                ...{ without: none.without, coming: none.coming },
                days: daysBetween(none.without, today),
              },
            }),
        visits,
        ...(longest === undefined ? {} : { daysOverdue: longest.daysOverdue }),
      };
    })
    .filter(({ deployment, visits }) => deployment !== undefined || visits.length > 0)
    .toSorted(
      (a, b) =>
        (b.daysOverdue ?? -1) - (a.daysOverdue ?? -1) ||
        (b.deployment?.days ?? -1) - (a.deployment?.days ?? -1) ||
        a.school.name.localeCompare(b.school.name, 'en'),
    );
}
