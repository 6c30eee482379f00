import type { ReadModel, Recorded, Snapshot, Touch } from '#kernel';
import type { Cadence, TeamEvent, TeamRole } from '#domain';
import { monthsAfter } from '#domain';
import type { SchoolCard } from './schools';
import { schoolsOf } from './headline-visits';
import type { Page, PageRequest } from './page';
import { pageOf } from './page';

/** A team around a school, convened or stood down. */
export type TeamAround = {
  readonly schoolId: string;
  readonly tasId: string;
  readonly convenedOn: string;
  readonly cadence: Cadence;
  readonly reason: string;
  readonly members: readonly { readonly personId: string; readonly role: TeamRole }[];
  readonly meetings: number;
  readonly lastMetOn?: string;
  /** The day by which it meets next, by its cadence; absent once it was stood down. */
  readonly meetsBy?: string;
  readonly stoodDownOn?: string;
};

/** An action a team agreed: open, handed over (and still open) or closed. */
export type TeamAction = {
  readonly schoolId: string;
  readonly tasId: string;
  readonly actionId: string;
  readonly what: string;
  /** Who sees to it now. */
  readonly ownerId: string;
  readonly agreedOn: string;
  readonly due: string;
  readonly handedOver: boolean;
  readonly state: 'open' | 'closed';
  readonly outcome?: string;
  readonly closedOn?: string;
};

type Data<T extends TeamEvent['type']> = Extract<TeamEvent, { readonly type: T }>['data'];
type Event<T extends TeamEvent['type']> = Extract<TeamEvent, { readonly type: T }>;

/**
 * A month, or two: a year has six half-terms [I domain dossier, glossary: HalfTerm], and which days they are is not on
 * record here.
 */
const MONTHS: Readonly<Record<Cadence, number>> = { monthly: 1, 'half-termly': 2 };

const team = <T extends TeamEvent['type']>(
  to: (data: Data<T>, team: TeamAround) => Partial<TeamAround>,
): Touch<TeamAround, Event<T>> => ({
  keys: ({ data }: Recorded<TeamEvent>) => [`${data.schoolId} ${data.tasId}`],
  on: (before, { data }) =>
    before === undefined ? undefined : { ...before, ...to(data as Data<T>, before) },
});

export const teamsAround: ReadModel<TeamAround, TeamEvent> = {
  name: 'teams-around-schools',
  says: 'The teams around schools: who belongs to them, when they met and by when they meet next.',
  fixed: ['schoolId'],
  touches: {
    TeamAroundSchoolConvened: {
      keys: ({ data }) => [`${data.schoolId} ${data.tasId}`],
      on: (_, { data }) => ({
        ...data,
        meetings: 0,
        meetsBy: monthsAfter(data.convenedOn, MONTHS[data.cadence]),
      }),
    },
    TasMeetingHeld: team(({ heldOn }, { cadence, meetings, lastMetOn = '' }) => {
      const last = heldOn > lastMetOn ? heldOn : lastMetOn;
      return {
        meetings: meetings + 1,
        lastMetOn: last,
        meetsBy: monthsAfter(last, MONTHS[cadence]),
      };
    }),
    TasMembersChanged: team(({ members }) => ({ members })),
    TasStoodDown: {
      keys: ({ data }) => [`${data.schoolId} ${data.tasId}`],
      on: (before, { data: { stoodDownOn } }) => {
        if (before === undefined) return undefined;
        const { meetsBy: _, ...ended } = before;
        return { ...ended, stoodDownOn };
      },
    },
  },
};

export const teamActions: ReadModel<TeamAction, TeamEvent> = {
  name: 'team-actions',
  says: 'What teams around schools agreed to do: who, by when, and what came of it.',
  fixed: ['schoolId'],
  touches: {
    TasActionAgreed: {
      keys: ({ data }) => [`${data.schoolId} ${data.actionId}`],
      on: (_, { data }) => ({ ...data, handedOver: false, state: 'open' }),
    },
    TasActionClosed: {
      keys: ({ data }) => [`${data.schoolId} ${data.actionId}`],
      on: (action, { data: { outcome, closedOn } }) =>
        action === undefined ? undefined : { ...action, state: 'closed', outcome, closedOn },
    },
    TasStoodDown: {
      keys: ({ data }) => data.handedOver.map(({ actionId }) => `${data.schoolId} ${actionId}`),
      on: (action, { data }) => {
        const to = data.handedOver.find(({ actionId }) => actionId === action?.actionId)?.toId;
        return action === undefined || to === undefined
          ? action
          : { ...action, ownerId: to, handedOver: true };
      },
    },
  },
};

/** A team with the actions that are open, those due first first. */
export type TeamWithActions = TeamAround & { readonly open: readonly TeamAction[] };

/** The teams around one school, the newest first, each with its open actions. */
export async function teamsAroundSchool(
  snapshot: Snapshot,
  { schoolId }: { readonly schoolId: string },
): Promise<readonly TeamWithActions[]> {
  const [teams, actions] = await Promise.all([
    snapshot.list<TeamAround>(teamsAround, { filter: { schoolId }, sort: { convenedOn: -1 } }),
    snapshot.list<TeamAction>(teamActions, {
      filter: { schoolId, state: 'open' },
      sort: { due: 1 },
    }),
  ]);
  const open = actions.map(({ body }) => body);
  return teams.map(({ body }) => ({
    ...body,
    open: open.filter(({ tasId }) => tasId === body.tasId),
  }));
}

export type ConvenedTeamsRequest = PageRequest & {
  /** Only those with this member. */
  readonly member?: string;
  /** Only those that meet by a day before this one. */
  readonly meetsBefore?: string;
};
export type TeamAtSchool = TeamAround & {
  readonly school: Pick<SchoolCard, 'schoolId' | 'urn' | 'name'>;
};

/** The convened teams of the whole county, those that meet next first. */
export async function convenedTeams(
  snapshot: Snapshot,
  { member, meetsBefore, ...piece }: ConvenedTeamsRequest,
): Promise<Page<TeamAtSchool>> {
  const page = await pageOf<TeamAround>(snapshot, teamsAround, {
    ...piece,
    filter: {
      stoodDownOn: { $exists: false },
      ...(member === undefined ? {} : { 'members.personId': member }),
      ...(meetsBefore === undefined ? {} : { meetsBy: { $lt: meetsBefore } }),
    },
    sort: { meetsBy: 1 },
  });
  const named = await schoolsOf(snapshot, page.items);
  return { ...page, items: page.items.map(named) };
}
