import type { Ask, Recorded } from '#kernel';
import { policy } from '#kernel';
import type { DataFor, QualityEvent } from '../quality/events';

type Named = Recorded<{
  readonly type: string;
  readonly data: Pick<
    DataFor<'QualityReviewCompleted'>,
    'schoolId' | 'reviewId' | 'object' | 'improvementAreas'
  >;
}>;

/** A verdict below effective cannot be given without one; other verdicts may name some too. */
const identified = (
  { id, data: { schoolId, reviewId, object, improvementAreas } }: Named,
  identifiedOn: string,
): readonly Ask[] =>
  improvementAreas.map((area) => ({
    command: 'IdentifyImprovementArea',
    data: { ...area, schoolId, reviewId, object, identifiedOn, becauseOf: id },
  }));

export const reviewBelowEffective = policy<QualityEvent>({
  name: 'review-below-effective',
  says:
    'Whenever a quality review, or its moderation, names areas for improvement, as every verdict below effective must, ' +
    'identify each with its owner and its day.',
  whenever: {
    QualityReviewCompleted: (event) => identified(event, event.data.completedOn),
    QualityReviewModerated: (event) => identified(event, event.data.moderatedOn),
  },
});
