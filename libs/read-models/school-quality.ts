import type { Snapshot } from '#kernel';
import { qualityObjects } from '#domain';
import type { EscalationLine } from './escalations';
import { escalationsIn } from './escalations';
import type { AreaLine } from './improvement-areas';
import { areasOf } from './improvement-areas';
import type { Page, PageRequest } from './page';
import type { QualityReview } from './quality-reviews';
import { qualityReviewsOf } from './quality-reviews';

/** What reviews found at one school, and what follows. */
export type SchoolQuality = {
  readonly reviews: Page<QualityReview>;
  readonly areas: Page<AreaLine>;
  readonly escalations: Page<EscalationLine>;
};

export type SchoolQualityRequest = PageRequest & {
  readonly schoolId: string;
  readonly today: string;
  /** Whether reviews of the school's champions, and what comes of them, are for who asks. */
  readonly champions: boolean;
};

/** Areas and escalations of one school are few; so many are shown beside a page of its reviews. */
const FEW = 200;

/** One school: a page of its reviews, with what is to become better and what went to the head of service. */
export async function qualityOf(
  snapshot: Snapshot,
  { schoolId, today, champions, ...piece }: SchoolQualityRequest,
): Promise<SchoolQuality> {
  const objects = qualityObjects.filter((object) => champions || object !== 'champion');
  const [reviews, areas, escalations] = await Promise.all([
    qualityReviewsOf(snapshot, { schoolId, objects, ...piece }),
    areasOf(snapshot, { schoolId, today, withoutChampions: !champions, limit: FEW }),
    escalationsIn(snapshot, { schoolId, limit: FEW }),
  ]);
  return { reviews, areas, escalations };
}
