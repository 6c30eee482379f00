import type { Decider, ClassesOf, Evolve } from '#kernel';
import { entryOf } from '../shared/plain';
import type { teamCommands } from './commands';
import type { Cadence, TeamEvent, TeamRole } from './events';
import type { TeamRefusal } from './team-refusals';

export interface Member {
  readonly personId: string;
  readonly role: TeamRole;
}
export interface Team {
  /** As it was convened: the same request again is known by it. */
  readonly first: {
    readonly convenedOn: string;
    readonly cadence: Cadence;
    readonly members: readonly Member[];
  };
  readonly members: readonly Member[];
  /** Who was there, by the day of the meeting. */
  readonly meetings: Readonly<Record<string, readonly string[]>>;
  readonly stoodDownOn: string | undefined;
}
export interface Action {
  readonly tasId: string;
  readonly what: string;
  readonly ownerId: string;
  readonly agreedOn: string;
  readonly due: string;
  /** Who sees to it since the team was stood down. */
  readonly handedTo: string | undefined;
  readonly closed: { readonly outcome: string; readonly on: string } | undefined;
}
export interface TeamState {
  readonly teams: Readonly<Record<string, Team>>;
  /** The team that is convened now. */
  readonly convened: string | undefined;
  readonly actions: Readonly<Record<string, Action>>;
}

/** What a team must know of the school. */
export interface KnownToTeam {
  readonly school:
    | { readonly registered: false }
    | {
        readonly registered: true;
        readonly status: 'maintained' | 'academy';
        readonly closedOn: string | undefined;
      };
}
export type TeamDecider = Decider<
  TeamState,
  ClassesOf<typeof teamCommands>,
  TeamEvent,
  TeamRefusal,
  KnownToTeam
>;

export const initial: TeamState = { teams: {}, convened: undefined, actions: {} };

export const evolve: Evolve<TeamState, TeamEvent> = {
  TeamAroundSchoolConvened: (state, { tasId, convenedOn, cadence, members }) => ({
    ...state,
    convened: tasId,
    teams: {
      ...state.teams,
      [tasId]: {
        first: { convenedOn, cadence, members },
        members,
        meetings: {},
        stoodDownOn: undefined,
      },
    },
  }),
  TasMeetingHeld: (state, { tasId, heldOn, attendees }) =>
    inTeam(state, tasId, ({ meetings }) => ({ meetings: { ...meetings, [heldOn]: attendees } })),
  TasActionAgreed: (state, { tasId, actionId, what, ownerId, agreedOn, due }) => ({
    ...state,
    actions: {
      ...state.actions,
      [actionId]: {
        ...{ tasId, what, ownerId, agreedOn, due },
        handedTo: undefined,
        closed: undefined,
      },
    },
  }),
  TasActionClosed: (state, { actionId, outcome, closedOn: on }) =>
    inAction(state, actionId, { closed: { outcome, on } }),
  TasMembersChanged: (state, { tasId, members }) => inTeam(state, tasId, () => ({ members })),
  TasStoodDown: (state, { tasId, stoodDownOn, handedOver }) => {
    const down = inTeam(state, tasId, () => ({ stoodDownOn }));
    const handed = handedOver.reduce<TeamState>(
      (so, { actionId, toId }) => inAction(so, actionId, { handedTo: toId }),
      down,
    );
    return { ...handed, convened: state.convened === tasId ? undefined : state.convened };
  },
};

function inTeam(state: TeamState, tasId: string, change: (team: Team) => Partial<Team>): TeamState {
  const team = entryOf(state.teams, tasId);
  return team === undefined
    ? state
    : { ...state, teams: { ...state.teams, [tasId]: { ...team, ...change(team) } } };
}

function inAction(state: TeamState, actionId: string, change: Partial<Action>): TeamState {
  const action = entryOf(state.actions, actionId);
  return action === undefined
    ? state
    : { ...state, actions: { ...state.actions, [actionId]: { ...action, ...change } } };
}
