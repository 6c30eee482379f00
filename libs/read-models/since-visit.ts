import type { Filter, Snapshot } from '#kernel';
import { aggregates } from '#domain';
import type { HeadlineVisit } from './headline-visits';
import { headlineVisitRows } from './headline-visits';
import type { JourneyEntry } from './journey';
import { journey } from './journey';
import type { Page, PageRequest } from './page';
import { DEFAULT_LIMIT, paged } from './page';
import type { QualityReview } from './quality-reviews';
import { qualityReviews } from './quality-reviews';

/*
 * What changed at a school since the last headline visit: what was recorded after the moment at which the visit's dashboard
 * was read, under a heading each. Readings are left to the dashboards, which say what they were and are.
 */

/** The last visit that was made, of either kind; with where its dashboard was read. */
export type VisitMade = Pick<HeadlineVisit, 'visitId' | 'kind' | 'number' | 'adviserId' | 'on'> & {
  readonly dashboardPosition: number;
  readonly dashboardSnapshotId: string;
};

export async function lastVisitMade(
  snapshot: Snapshot,
  { schoolId }: { readonly schoolId: string },
): Promise<VisitMade | undefined> {
  const [last] = await snapshot.list<HeadlineVisit>(headlineVisitRows, {
    filter: { schoolId, state: 'completed' },
    sort: { on: -1 },
    limit: 1,
  });
  if (last?.body.record === undefined) return undefined;
  const { visitId, kind, number, adviserId, on, record } = last.body;
  const { dashboardPosition, dashboardSnapshotId } = record;
  return { visitId, kind, number, adviserId, on, dashboardPosition, dashboardSnapshotId };
}

export const digestHeadings = [
  'category',
  'assessment',
  'inspections',
  'leadership',
  'support',
  'visits',
  'quality',
  'statutory',
  'together',
  'money',
  'register',
] as const;
export type DigestHeading = (typeof digestHeadings)[number];

/** By the context an event belongs to; what is of no context named here is of the register. */
const headingOfContext: Readonly<Record<string, DigestHeading>> = {
  categories: 'category',
  risk: 'assessment',
  policy: 'assessment',
  support: 'support',
  champions: 'support',
  visits: 'visits',
  quality: 'quality',
  statutory: 'statutory',
  collaborations: 'together',
  governance: 'together',
  money: 'money',
};

const headings: ReadonlyMap<string, DigestHeading> = new Map(
  aggregates.flatMap(({ context, events }) =>
    Object.keys(events).map((type) => [
      type,
      type.startsWith('Inspection')
        ? 'inspections'
        : /^(Headteacher|ChairOfGovernors)/.test(type)
          ? 'leadership'
          : (headingOfContext[context] ?? 'register'),
    ]),
  ),
);
export const headingOf = (type: string): DigestHeading => headings.get(type) ?? 'register';

/** Single readings: the dashboards say what became of them. */
const readingsOnly = ['IndicatorRecorded', 'IndicatorMarkedUnavailable'];

export type Digest = Page<JourneyEntry & { readonly heading: DigestHeading }> & {
  /** How many of each heading; readings are counted among the assessment's and not listed. */
  readonly counts: readonly { readonly heading: DigestHeading; readonly events: number }[];
  readonly readings: number;
  /** Verdicts given since, of work at the school; of champions none. */
  readonly verdicts: readonly Pick<
    QualityReview,
    'reviewId' | 'object' | 'objectId' | 'verdict' | 'stage' | 'completedOn' | 'moderatedOn'
  >[];
};

export type DigestRequest = PageRequest & {
  readonly schoolId: string;
  /** What was recorded behind this position. */
  readonly after: number;
  /** The day of it, by which reviews are known. */
  readonly since: string;
};

/** Everything recorded of a school behind a position, newest first. */
export async function digestSince(
  snapshot: Snapshot,
  { schoolId, after, since, skip = 0, limit = DEFAULT_LIMIT }: DigestRequest,
): Promise<Digest> {
  const filter: Filter = {
    schoolId,
    position: { $gt: after, $lte: snapshot.position },
  };
  const [found, reviews] = await Promise.all([
    snapshot.list<JourneyEntry>(journey, { filter, sort: { position: -1 } }),
    snapshot.list<QualityReview>(qualityReviews, {
      filter: {
        ...{ schoolId, object: { $ne: 'champion' }, stage: { $in: ['completed', 'moderated'] } },
        $or: [{ completedOn: { $gte: since } }, { moderatedOn: { $gte: since } }],
      },
    }),
  ]);
  const entries = found.map(({ body }) => ({ ...body, heading: headingOf(body.type) }));
  const told = entries.filter(({ type }) => !readingsOnly.includes(type));
  return {
    counts: digestHeadings.flatMap((heading) => {
      const events = entries.filter((entry) => entry.heading === heading).length;
      return events === 0 ? [] : [{ heading, events }];
    }),
    readings: entries.length - told.length,
    verdicts: reviews.map(({ body }) => verdictOf(body)),
    ...paged(told.slice(skip, skip + limit), told.length, skip),
  };
}

const verdictOf = (review: QualityReview) => {
  const { reviewId, object, objectId, stage, verdict, completedOn, moderatedOn } = review;
  return {
    ...{ reviewId, object, objectId, stage },
    ...(verdict === undefined ? {} : { verdict }),
    ...(completedOn === undefined ? {} : { completedOn }),
    ...(moderatedOn === undefined ? {} : { moderatedOn }),
  };
};
