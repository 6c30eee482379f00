import type { Filter, ReadModel, Recorded, Snapshot, Touch } from '#kernel';
import type { CollaborationEvent, CollaborationKind } from '#domain';
import { daysBetween } from '#domain';
import type { NamedSchool } from './named';
import { namedIn, schoolsNamed } from './named';
import type { Page, PageRequest } from './page';
import { pageOf } from './page';

/** A school's time in a collaboration: the last one, where it came in more than once. */
type Member = { readonly schoolId: string; readonly from: string; readonly until?: string };

/** One collaboration. Bounded: an entry for each school that was ever in it, and its last review. */
export type Collaboration = {
  readonly collaborationId: string;
  readonly kind: CollaborationKind;
  readonly area?: string;
  readonly purpose: string;
  readonly leadSchoolId: string;
  readonly agreementRef?: string;
  readonly from: string;
  /** The schools in it now, or when it ended. */
  readonly schoolIds: readonly string[];
  readonly members: readonly Member[];
  readonly open: boolean;
  readonly reviewDue?: string;
  readonly lastReview?: {
    readonly reviewedOn: string;
    readonly achieved: string;
    readonly continues: boolean;
  };
  readonly endedOn?: string;
};

type Data<T extends CollaborationEvent['type']> = Extract<
  CollaborationEvent,
  { readonly type: T }
>['data'];
type On<T extends CollaborationEvent['type']> = Touch<
  Collaboration,
  Extract<CollaborationEvent, { readonly type: T }>
>;

const key = ({ data }: Recorded<CollaborationEvent>): readonly string[] => [data.collaborationId];

/** What an event changes of a collaboration that was formed. */
const change = <T extends CollaborationEvent['type']>(
  to: (data: Data<T>, before: Collaboration) => Collaboration,
): On<T> => ({
  keys: (event) => key(event),
  on: (before, event) => {
    const { data } = event as Recorded<CollaborationEvent>;
    return before && to(data as Data<T>, before);
  },
});

export const collaborations: ReadModel<Collaboration, CollaborationEvent> = {
  name: 'collaborations',
  says: 'Which schools work together, for what purpose, since when, and what came of it.',
  fixed: [],
  touches: {
    CollaborationFormed: {
      keys: key,
      on: (_, { data }) => ({
        ...data,
        members: data.schoolIds.map((schoolId) => ({ schoolId, from: data.from })),
        open: true,
      }),
    },
    SchoolJoinedCollaboration: change(({ schoolId, schoolIds, joinedOn }, before) => ({
      ...before,
      schoolIds,
      members: [...others(before, schoolId), { schoolId, from: joinedOn }],
    })),
    SchoolLeftCollaboration: change(({ schoolId, schoolIds, leadSchoolId, leftOn }, before) => ({
      ...before,
      schoolIds,
      leadSchoolId: leadSchoolId ?? before.leadSchoolId,
      members: [
        ...others(before, schoolId),
        {
          schoolId,
          from: before.members.find((member) => member.schoolId === schoolId)?.from ?? before.from,
          until: leftOn,
        },
      ],
    })),
    CollaborationReviewed: change(
      ({ reviewedOn, achieved, continues, nextReviewDue }, { reviewDue: _, ...before }) => ({
        ...before,
        lastReview: { reviewedOn, achieved, continues },
        ...(nextReviewDue === undefined ? {} : { reviewDue: nextReviewDue }),
      }),
    ),
    CollaborationEnded: change(({ endedOn }, { reviewDue: _, ...before }) => ({
      ...before,
      open: false,
      endedOn,
    })),
  },
};

const others = ({ members }: Collaboration, schoolId: string): readonly Member[] =>
  members.filter((member) => member.schoolId !== schoolId);

/** How a collaboration stands on a day. */
export type Standing = 'not-begun' | 'going-on' | 'review-overdue' | 'to-be-ended' | 'ended';

/** One collaboration with its schools by name. */
export type CollaborationLine = Omit<Collaboration, 'schoolIds' | 'members'> & {
  readonly standing: Standing;
  /** Where its review is overdue: by how many days. */
  readonly daysOverdue?: number;
  readonly lead?: NamedSchool;
  readonly schools: readonly NamedSchool[];
  /** Those that went before it ended. */
  readonly former: readonly (NamedSchool & { readonly until: string })[];
};

export type CollaborationSearch = PageRequest & {
  readonly kind?: CollaborationKind;
  readonly area?: string;
  /** Those a school is in or was in, by its id. */
  readonly schoolId?: string;
  readonly open?: boolean;
  /** The day by which reviews are due or overdue. */
  readonly today: string;
};

/** Collaborations, newest first. */
export async function listCollaborations(
  snapshot: Snapshot,
  { kind, area, schoolId, open, today, ...page }: CollaborationSearch,
): Promise<Page<CollaborationLine>> {
  const filter: Filter = {
    ...(kind === undefined ? {} : { kind }),
    ...(area === undefined ? {} : { area }),
    ...(schoolId === undefined ? {} : { 'members.schoolId': schoolId }),
    ...(open === undefined ? {} : { open }),
  };
  const found = await pageOf<Collaboration>(snapshot, collaborations, {
    ...page,
    filter,
    sort: { from: -1 },
  });
  const ids = found.items.flatMap(({ members }) => members.map((member) => member.schoolId));
  const names = await schoolsNamed(snapshot, ids);
  return {
    ...found,
    items: found.items.map((item) => lineOf(asSeenFrom(item, schoolId), names, today)),
  };
}

/** What came of it after a school left is no part of that school's story. */
function asSeenFrom(collaboration: Collaboration, schoolId: string | undefined): Collaboration {
  const until = collaboration.members.find((member) => member.schoolId === schoolId)?.until;
  const { lastReview, ...rest } = collaboration;
  return until !== undefined && lastReview !== undefined && lastReview.reviewedOn > until
    ? rest
    : collaboration;
}

function lineOf(
  { schoolIds, members, ...collaboration }: Collaboration,
  names: ReadonlyMap<string, NamedSchool>,
  today: string,
): CollaborationLine {
  const standing = standingOf(collaboration, today);
  const lead = names.get(collaboration.leadSchoolId);
  const went = new Map(members.map((member) => [member.schoolId, member.until]));
  return {
    ...collaboration,
    standing,
    ...(standing === 'review-overdue' && collaboration.reviewDue !== undefined
      ? { daysOverdue: daysBetween(collaboration.reviewDue, today) }
      : {}),
    ...(lead === undefined ? {} : { lead }),
    schools: namedIn(names, schoolIds),
    former: namedIn(names, [...went.keys()]).flatMap((school) => {
      const until = went.get(school.schoolId);
      return until === undefined ? [] : [{ ...school, until }];
    }),
  };
}

function standingOf(
  { open, from, lastReview, reviewDue }: Omit<Collaboration, 'schoolIds' | 'members'>,
  today: string,
): Standing {
  if (!open) return 'ended';
  if (from > today) return 'not-begun';
  if (lastReview?.continues === false) return 'to-be-ended';
  return reviewDue !== undefined && reviewDue < today ? 'review-overdue' : 'going-on';
}
