import type { ReadModel, Snapshot } from '#kernel';
import type { QualityEvent, QualityObject, SampleEvent } from '#domain';
import type { Page, PageRequest } from './page';
import { pageOf } from './page';
import type { NamedSchool } from './schools-named';
import { schoolsNamed } from './schools-named';

type Drawing = SampleEvent['data'];

/** One sample, without what was drawn: that is a row each. */
export type QualitySample = Omit<Drawing, 'drawn'> & { readonly drawn: number };

const nameOf = ({
  academicYear,
  halfTerm,
}: {
  readonly academicYear: string;
  readonly halfTerm: number;
}): string => `${academicYear.replace('/', '-')}-${halfTerm}`;

export const qualitySamples: ReadModel<QualitySample, SampleEvent> = {
  name: 'quality-samples',
  says: 'The samples of work to review, half-term by half-term: by which policy, with which seed, from how much.',
  fixed: [],
  touches: {
    QualitySampleDrawn: {
      keys: ({ data }) => [nameOf(data)],
      on: (_, { data }) => ({ ...data, drawn: data.drawn.length }),
      opens: true,
    },
  },
};

export const drawnStages = ['to-be-reviewed', 'begun', 'completed'] as const;

/** One piece of work the lot fell on, and how far its review has come. */
export type DrawnWork = Drawing['drawn'][number] & {
  readonly sample: string;
  readonly drawnOn: string;
  readonly stage: (typeof drawnStages)[number];
  readonly reviewId?: string;
};

type Reviewed = Extract<
  QualityEvent,
  { readonly type: 'QualityReviewBegun' | 'QualityReviewCompleted' | 'QualityReviewAbandoned' }
>;

const rowOf = (sample: string, object: QualityObject, objectId: string): string =>
  `${sample} ${object} ${objectId}`;

/** The row of a review that was begun by a sample; none where it was for cause. */
const rowsOf = ({ data }: { readonly data: Reviewed['data'] }): readonly string[] => {
  const { academicYear, halfTerm, object, objectId } = data;
  if (academicYear === undefined || halfTerm === undefined) return [];
  return [rowOf(nameOf({ academicYear, halfTerm }), object, objectId)];
};

export const qualityDrawn: ReadModel<DrawnWork, SampleEvent | Reviewed> = {
  name: 'quality-drawn',
  says: 'Which work was drawn to be reviewed, and which of it has been.',
  fixed: ['sample'],
  touches: {
    QualitySampleDrawn: {
      keys: ({ data }) =>
        data.drawn.map(({ object, objectId }) => rowOf(nameOf(data), object, objectId)),
      on: (row, { data }, key) => {
        const sample = nameOf(data);
        const drawn = data.drawn.find(
          ({ object, objectId }) => rowOf(sample, object, objectId) === key,
        );
        return drawn === undefined
          ? row
          : { ...drawn, sample, drawnOn: data.drawnOn, stage: 'to-be-reviewed' };
      },
      opens: true,
    },
    QualityReviewBegun: {
      keys: rowsOf,
      on: (row, { data: { reviewId } }) => row && { ...row, stage: 'begun', reviewId },
    },
    QualityReviewCompleted: {
      keys: rowsOf,
      on: (row, { data: { reviewId } }) => row && { ...row, stage: 'completed', reviewId },
    },
    // It waits for another review; where another was begun meanwhile, that one counts.
    QualityReviewAbandoned: {
      keys: rowsOf,
      on: (row, { data: { reviewId: abandoned } }) => {
        if (row?.reviewId !== abandoned) return row;
        const { reviewId: _, ...rest } = row;
        return { ...rest, stage: 'to-be-reviewed' };
      },
    },
  },
};

/** Every sample, newest first. */
export async function listSamples(
  snapshot: Snapshot,
  piece: PageRequest,
): Promise<Page<QualitySample>> {
  return pageOf<QualitySample>(snapshot, qualitySamples, { sort: { drawnOn: -1 }, ...piece });
}

export type DrawnRequest = PageRequest & {
  /** As it is named, `2026-27-1`. Left out: of every sample. */
  readonly sample?: string;
  readonly stage?: DrawnWork['stage'];
};

export type DrawnLine = DrawnWork & { readonly school: NamedSchool };

/** What was drawn, sample by sample. */
export async function drawnWork(
  snapshot: Snapshot,
  { sample, stage, ...piece }: DrawnRequest,
): Promise<Page<DrawnLine>> {
  const page = await pageOf<DrawnWork>(snapshot, qualityDrawn, {
    filter: {
      ...(sample === undefined ? {} : { sample }),
      ...(stage === undefined ? {} : { stage }),
    },
    sort: { sample: 1 },
    ...piece,
  });
  const named = await schoolsNamed(
    snapshot,
    page.items.map(({ schoolId }) => schoolId),
  );
  return { ...page, items: page.items.map((one) => ({ ...one, school: named(one.schoolId) })) };
}
