import type { ReadModel, Snapshot } from '#kernel';
import type { GuidePage, HelpfulnessEvent } from '#domain';
import { guidePages } from '#domain';
import type { Page, PageRequest } from './page';
import { pageOf } from './page';

/** How often each of the five points was given, from 1 (not at all) to 5 (very). */
export type Points = readonly [number, number, number, number, number];
const NONE: Points = [0, 0, 0, 0, 0];

export type MonthOfPage = {
  readonly page: GuidePage;
  /** `2026-11` */
  readonly month: string;
  readonly points: Points;
};

export const helpfulness: ReadModel<MonthOfPage, HelpfulnessEvent> = {
  name: 'guide-helpfulness',
  says: 'How helpful people found each page of the public guide, by month.',
  fixed: ['page', 'month'],
  touches: {
    PageHelpfulnessGiven: {
      keys: ({ data, effectiveOn }) => [`${data.page} ${effectiveOn.slice(0, 7)}`],
      on: (known, { data: { page, points }, effectiveOn }) => ({
        page,
        month: effectiveOn.slice(0, 7),
        points: summed(
          known?.points ?? NONE,
          NONE.map((_, i) => (i + 1 === points ? 1 : 0)),
        ),
      }),
    },
  },
};

export type GuideComment = {
  readonly all: 'all';
  readonly page: GuidePage;
  readonly points: number;
  readonly comment: string;
  readonly givenOn: string;
  /** Of two of one day, the later has the greater. */
  readonly position: number;
};

export const guideComments: ReadModel<GuideComment, HelpfulnessEvent> = {
  name: 'guide-comments',
  says: 'What people wrote about pages of the public guide; who did is not known.',
  fixed: ['all', 'position'],
  touches: {
    PageHelpfulnessGiven: {
      keys: ({ data }) => (data.comment === undefined ? [] : [data.answerId]),
      on: (_, { data: { page, points, comment = '' }, effectiveOn, position }) => ({
        all: 'all',
        page,
        points,
        comment,
        givenOn: effectiveOn,
        position,
      }),
      opens: true,
    },
  },
};

/** What was answered, counted. */
export type Helpfulness = {
  readonly answers: number;
  readonly points: Points;
  /** Half of the answers are at least this, half at most; absent where nobody answered. */
  readonly median?: number;
};

export type PageHelpfulness = Helpfulness & {
  readonly page: GuidePage;
  /** Newest first; a month without an answer is left out. */
  readonly months: readonly (Helpfulness & { readonly month: string })[];
};

/** How helpful each page was found, as a whole and by month. */
export async function helpfulnessOf(snapshot: Snapshot): Promise<readonly PageHelpfulness[]> {
  const found = await snapshot.list<MonthOfPage>(helpfulness, { sort: { month: -1 } });
  return guidePages.map((page) => {
    const months = found.flatMap(({ body }) => (body.page === page ? [body] : []));
    return {
      page,
      ...counted(months.reduce((sum, { points }) => summed(sum, points), NONE)),
      months: months.map(({ month, points }) => ({ month, ...counted(points) })),
    };
  });
}

/** What people wrote, newest first. */
export async function listGuideComments(
  snapshot: Snapshot,
  page: PageRequest,
): Promise<Page<Omit<GuideComment, 'all' | 'position'>>> {
  const found = await pageOf<GuideComment>(snapshot, guideComments, {
    ...page,
    filter: { all: 'all' },
    sort: { position: -1 },
  });
  return { ...found, items: found.items.map(({ all: _, position: __, ...comment }) => comment) };
}

const summed = (a: Points, b: readonly number[]): Points => [
  a[0] + (b[0] ?? 0),
  a[1] + (b[1] ?? 0),
  a[2] + (b[2] ?? 0),
  a[3] + (b[3] ?? 0),
  a[4] + (b[4] ?? 0),
];

function counted(points: Points): Helpfulness {
  const answers = points.reduce((sum, n) => sum + n, 0);
  if (answers === 0) return { answers, points };
  const [low, high] = [Math.ceil(answers / 2), Math.floor(answers / 2) + 1];
  return { answers, points, median: (nth(points, low) + nth(points, high)) / 2 };
}

/** The points of the n-th answer, in order of points. */
function nth(points: Points, n: number): number {
  let seen = 0;
  return points.findIndex((count) => (seen += count) >= n) + 1;
}
