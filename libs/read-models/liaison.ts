import type { ReadModel, Recorded, Snapshot, Touch } from '#kernel';
import type { LiaisonEvent } from '#domain';
import type { NamedSchool } from './named';
import { idsIn, namedIn, schoolsNamed } from './named';
import type { Page, PageRequest } from './page';
import { pageOf } from './page';

/** One liaison group: its schools, and when it met last. */
export type LiaisonGroup = {
  readonly groupId: string;
  readonly name: string;
  readonly formedOn: string;
  readonly schoolIds: readonly string[];
  readonly meetings: number;
  readonly lastMeeting?: {
    readonly heldOn: string;
    readonly academicYear: string;
    readonly halfTerm: number;
    /** The schools whose heads were there. */
    readonly schoolIds: readonly string[];
  };
};

type Data<T extends LiaisonEvent['type']> = Extract<LiaisonEvent, { readonly type: T }>['data'];
type On<T extends LiaisonEvent['type']> = Touch<
  LiaisonGroup,
  Extract<LiaisonEvent, { readonly type: T }>
>;

/** What an event changes of a group that was formed. */
const change = <T extends LiaisonEvent['type']>(
  to: (data: Data<T>, before: LiaisonGroup) => Partial<LiaisonGroup>,
): On<T> => ({
  keys: (event) => [(event as Recorded<LiaisonEvent>).data.groupId],
  on: (before, event) => {
    const { data } = event as Recorded<LiaisonEvent>;
    return before && { ...before, ...to(data as Data<T>, before) };
  },
});

export const liaisonGroups: ReadModel<LiaisonGroup, LiaisonEvent> = {
  name: 'liaison-groups',
  says: 'The liaison groups of the county: which schools are in each, and when it met last.',
  fixed: [],
  touches: {
    LiaisonGroupFormed: {
      keys: ({ data }) => [data.groupId],
      on: (_, { data }) => ({ ...data, meetings: 0 }),
    },
    SchoolJoinedLiaisonGroup: change(({ schoolId }, { schoolIds }) => ({
      schoolIds: [...schoolIds.filter((id) => id !== schoolId), schoolId],
    })),
    SchoolLeftLiaisonGroup: change(({ schoolId }, { schoolIds }) => ({
      schoolIds: schoolIds.filter((id) => id !== schoolId),
    })),
    LiaisonMeetingHeld: change(
      ({ heldOn, academicYear, halfTerm, schoolIds }, { meetings, lastMeeting }) => ({
        meetings: meetings + 1,
        // One may be told late, after a newer one.
        ...(lastMeeting === undefined || lastMeeting.heldOn <= heldOn
          ? { lastMeeting: { heldOn, academicYear, halfTerm, schoolIds } }
          : {}),
      }),
    ),
  },
};

/** One meeting of a liaison group, without who was there for the authority. */
export type LiaisonMeeting = Omit<Data<'LiaisonMeetingHeld'>, 'authorityId'> & {
  readonly all: 'all';
};

export const liaisonMeetings: ReadModel<LiaisonMeeting, LiaisonEvent> = {
  name: 'liaison-meetings',
  says: 'When each liaison group met, and which schools were there.',
  fixed: ['all', 'heldOn'],
  touches: {
    LiaisonMeetingHeld: {
      keys: ({ data }) => [data.meetingId],
      on: (_, { data: { authorityId: __, ...meeting } }) => ({ ...meeting, all: 'all' }),
      opens: true,
    },
  },
};

/** The liaison group a school is in; no document while it is in none. */
export type LiaisonMembership = {
  readonly schoolId: string;
  readonly groupId: string;
  readonly name: string;
  readonly since: string;
};

export const liaisonMemberships: ReadModel<LiaisonMembership, LiaisonEvent> = {
  name: 'liaison-memberships',
  says: 'Which liaison group each school is in, since when.',
  fixed: [],
  touches: {
    LiaisonGroupFormed: {
      keys: ({ data }) => data.schoolIds,
      on: (_, { data: { groupId, name, formedOn } }, schoolId) => ({
        schoolId,
        groupId,
        name,
        since: formedOn,
      }),
    },
    SchoolJoinedLiaisonGroup: {
      keys: ({ data }) => [data.schoolId],
      on: (_, { data: { schoolId, groupId, name, joinedOn } }) => ({
        schoolId,
        groupId,
        name,
        since: joinedOn,
      }),
    },
    SchoolLeftLiaisonGroup: {
      keys: ({ data }) => [data.schoolId],
      on: (membership, { data }) => (membership?.groupId === data.groupId ? undefined : membership),
    },
  },
};

/** For a decision: the liaison groups these schools (`schools`, ids with commas between) are in. */
export async function liaisonGroupsOf(
  snapshot: Snapshot,
  about: Readonly<Record<string, string>>,
): Promise<readonly LiaisonMembership[]> {
  const found = await Promise.all(
    idsIn(about).map((id) => snapshot.get<LiaisonMembership>(liaisonMemberships, id)),
  );
  return found.flatMap((membership) => membership?.body ?? []);
}

export type LiaisonGroupLine = Omit<LiaisonGroup, 'schoolIds' | 'lastMeeting'> & {
  readonly schools: readonly NamedSchool[];
  readonly lastMeeting?: {
    readonly heldOn: string;
    readonly academicYear: string;
    readonly halfTerm: number;
    /** How many schools were there. */
    readonly schools: number;
  };
};

/** Liaison groups by name, with their schools. */
export async function listLiaisonGroups(
  snapshot: Snapshot,
  page: PageRequest,
): Promise<Page<LiaisonGroupLine>> {
  const found = await pageOf<LiaisonGroup>(snapshot, liaisonGroups, { ...page, sort: { name: 1 } });
  const names = await schoolsNamed(
    snapshot,
    found.items.flatMap(({ schoolIds }) => schoolIds),
  );
  return {
    ...found,
    items: found.items.map(({ schoolIds, lastMeeting, ...group }) => ({
      ...group,
      schools: namedIn(names, schoolIds),
      ...(lastMeeting === undefined
        ? {}
        : { lastMeeting: { ...lastMeeting, schools: lastMeeting.schoolIds.length } }),
    })),
  };
}

export type LiaisonMeetingLine = Omit<LiaisonMeeting, 'all' | 'schoolIds'> & {
  /** Those whose heads were there. */
  readonly schools: readonly NamedSchool[];
};

/** Meetings of liaison groups, or of one of them, newest first. */
export async function listLiaisonMeetings(
  snapshot: Snapshot,
  { groupId, ...page }: PageRequest & { readonly groupId?: string },
): Promise<Page<LiaisonMeetingLine>> {
  const found = await pageOf<LiaisonMeeting>(snapshot, liaisonMeetings, {
    ...page,
    filter: { all: 'all', ...(groupId === undefined ? {} : { groupId }) },
    sort: { heldOn: -1 },
  });
  const names = await schoolsNamed(
    snapshot,
    found.items.flatMap(({ schoolIds }) => schoolIds),
  );
  return {
    ...found,
    items: found.items.map(({ all: _, schoolIds, ...meeting }) => ({
      ...meeting,
      schools: namedIn(names, schoolIds),
    })),
  };
}

/** The liaison group of one school, and whether its head was at the last meeting; undefined when it is in none. */
export type LiaisonOfSchool = LiaisonMembership & {
  readonly schools: number;
  readonly lastMeeting?: { readonly heldOn: string; readonly wasThere: boolean };
};

export async function liaisonOf(
  snapshot: Snapshot,
  { schoolId }: { schoolId: string },
): Promise<LiaisonOfSchool | undefined> {
  const membership = (await snapshot.get<LiaisonMembership>(liaisonMemberships, schoolId))?.body;
  if (membership === undefined) return undefined;
  const group = (await snapshot.get<LiaisonGroup>(liaisonGroups, membership.groupId))?.body;
  const last = group?.lastMeeting;
  return {
    ...membership,
    schools: group?.schoolIds.length ?? 0,
    ...(last === undefined
      ? {}
      : { lastMeeting: { heldOn: last.heldOn, wasThere: last.schoolIds.includes(schoolId) } }),
  };
}
