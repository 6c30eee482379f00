import type { Filter, ReadModel, Snapshot } from '#kernel';
import type { QualityEvent, QualityObject, Verdict } from '#domain';
import { qualityObjects, scales } from '#domain';
import type { Page, PageRequest } from './page';
import { pageOf } from './page';

type Data<T extends QualityEvent['type']> = Extract<QualityEvent, { readonly type: T }>['data'];

/** One review. Its evidence and reasons are text about people's work: they stand in its events, not here. */
export type QualityReview = Omit<Data<'QualityReviewBegun'>, 'cause'> & {
  readonly stage: 'begun' | 'abandoned' | 'completed' | 'moderated';
  /** The verdict that stands: the moderator's, where there is one. */
  readonly verdict?: Verdict;
  /** The reviewer's. */
  readonly reviewed?: Verdict;
  readonly objectives?: Data<'QualityReviewCompleted'>['objectives'];
  readonly criteria?: NonNullable<Data<'QualityReviewCompleted'>['criteria']>;
  readonly completedOn?: string;
  readonly moderatorId?: string;
  readonly moderatedOn?: string;
  /** How many areas for improvement it named. */
  readonly areas: number;
};

type Reviewed = Extract<QualityEvent, { readonly type: `QualityReview${string}` }>;

const key = ({ data }: { readonly data: Reviewed['data'] }): readonly string[] => [data.reviewId];

export const qualityReviews: ReadModel<QualityReview, Reviewed> = {
  name: 'quality-reviews',
  says: 'The reviews of the quality of work: of what, by whom, which verdict stands and which was given first.',
  fixed: ['schoolId', 'begunOn'],
  touches: {
    QualityReviewBegun: {
      keys: key,
      on: (_, { data: { cause: _cause, ...data } }) => ({ ...data, stage: 'begun', areas: 0 }),
    },
    QualityReviewCompleted: {
      keys: key,
      on: (review, { data }) => {
        const { verdict, objectives, criteria, completedOn, improvementAreas } = data;
        return (
          review && {
            ...review,
            stage: 'completed',
            verdict,
            reviewed: verdict,
            ...(objectives.length === 0 ? {} : { objectives }),
            ...(criteria === undefined ? {} : { criteria }),
            completedOn,
            areas: improvementAreas.length,
          }
        );
      },
    },
    QualityReviewModerated: {
      keys: key,
      on: (review, { data: { verdict, moderatorId, moderatedOn, improvementAreas } }) =>
        review && {
          ...review,
          stage: 'moderated',
          verdict,
          moderatorId,
          moderatedOn,
          areas: review.areas + improvementAreas.length,
        },
    },
    QualityReviewAbandoned: {
      keys: key,
      on: (review) => review && { ...review, stage: 'abandoned' },
    },
  },
};

export type ReviewsRequest = PageRequest & {
  readonly schoolId: string;
  /** Left out: of everything. */
  readonly objects?: readonly QualityObject[];
};

/** Reviews of one school's work, newest first. */
export function qualityReviewsOf(
  snapshot: Snapshot,
  { schoolId, objects, ...piece }: ReviewsRequest,
): Promise<Page<QualityReview>> {
  return pageOf<QualityReview>(snapshot, qualityReviews, {
    filter: { schoolId, ...(objects === undefined ? {} : { object: { $in: objects } }) },
    sort: { begunOn: -1 },
    ...piece,
  });
}

/** From the one day to the other, both included; open at either end. */
export interface Days {
  readonly from?: string;
  readonly to?: string;
}
export function within(field: string, { from, to }: Days): Filter {
  const range = {
    ...(from === undefined ? {} : { $gte: from }),
    ...(to === undefined ? {} : { $lte: to }),
  };
  return Object.keys(range).length === 0 ? {} : { [field]: range };
}

/** How often each verdict stands, of one kind of work. */
export type Distribution = {
  readonly object: QualityObject;
  readonly reviewed: number;
  readonly verdicts: readonly { readonly verdict: Verdict; readonly reviews: number }[];
};

/** How often which verdict stands, of reviews completed in a time. Names nobody and no school. */
export async function verdictDistribution(
  snapshot: Snapshot,
  days: Days,
): Promise<readonly Distribution[]> {
  const found = await snapshot.list<QualityReview>(qualityReviews, {
    filter: { stage: { $in: ['completed', 'moderated'] }, ...within('completedOn', days) },
  });
  return qualityObjects.map((object) => {
    const own = found.filter(({ body }) => body.object === object);
    return {
      object,
      reviewed: own.length,
      verdicts: scales[object].map((verdict) => ({
        verdict,
        reviews: own.filter(({ body }) => body.verdict === verdict).length,
      })),
    };
  });
}
