import type { ClassesOf, Decider, RefusalsOf } from '#kernel';
import { aggregate, refusing } from '#kernel';
import { present } from '../shared/plain';
import { dayRefusals, faultOfFact } from '../shared/recorded-days';
import { same } from '../shared/same';
import { liaisonCommands } from './commands';
import type { LiaisonEvent } from './events';
import { liaisonEvents } from './events';
import { canBeIn, halfTermOf, halfTermRefusals } from './half-terms';
import { schoolsNotOpen } from '../shared/schools-not-open';

/*
 * The heads of an area's schools, who meet every half-term with somebody of the authority. A school is in one group at a
 * time: whoever brings it into another first records that it left.
 */
type Formed = Extract<LiaisonEvent, { readonly type: 'LiaisonGroupFormed' }>['data'];
type Meeting = Extract<LiaisonEvent, { readonly type: 'LiaisonMeetingHeld' }>['data'];

export interface LiaisonGroup {
  readonly formed: true;
  readonly terms: Formed;
  readonly schoolIds: readonly string[];
  /** When each school came in last, and when it went. */
  readonly joined: Readonly<Record<string, string>>;
  readonly left: Readonly<Record<string, string>>;
  readonly meetings: Readonly<Record<string, Meeting>>;
}
export type LiaisonState = { readonly formed: false } | LiaisonGroup;

interface Known {
  /** Of the schools that are to come in those that are open; empty where nobody asked. */
  readonly open: readonly string[];
  /** The liaison groups these schools are in now. */
  readonly groups: readonly {
    readonly schoolId: string;
    readonly groupId: string;
    readonly name: string;
  }[];
}

/** So that what is known of one group stays small. */
const MOST_SCHOOLS = 100;

const refusals = {
  ...dayRefusals,
  ...halfTermRefusals,
  ...schoolsNotOpen,
  LiaisonGroupIdTaken: {
    kind: 'conflict',
    says: 'A liaison group’s identity is used once.',
    detail: () =>
      'A liaison group with other particulars has that identity. Give a new groupId, or change who is in that one.',
    pointer: '/groupId',
  },
  LiaisonGroupUnknown: {
    kind: 'missing',
    says: 'There must be such a liaison group.',
    detail: () => 'No liaison group has that identity. Look it up, or form it first.',
    pointer: '/groupId',
  },
  InOtherLiaisonGroup: {
    kind: 'conflict',
    says: 'A school is in one liaison group at a time.',
    detail: (schoolId: string, name: string) =>
      `School ${schoolId} is in the liaison group ${name}. Record first that it leaves that one.`,
  },
  NotInLiaisonGroup: {
    kind: 'conflict',
    says: 'Only schools of a liaison group leave it or meet in it.',
    detail: (schoolIds: readonly string[]) =>
      `Not in this liaison group: ${schoolIds.slice(0, 5).join(', ')}${schoolIds.length > 5 ? ' and others' : ''}. Leave them out, or record that they came in.`,
  },
  LiaisonGroupFull: {
    kind: 'conflict',
    says: 'No more than 100 schools are in one liaison group.',
    detail: () => 'There are 100 schools in this group, and no more go in. Form another one.',
    pointer: '/schoolId',
  },
  LiaisonMeetingIdTaken: {
    kind: 'conflict',
    says: 'A meeting of a liaison group is recorded once.',
    detail: () =>
      'Another meeting of this group has that identity or that day. Look it up, and check the day.',
    pointer: '/meetingId',
  },
} as const;
const refuse = refusing(refusals);
type Refused = RefusalsOf<typeof refusals>;

const change =
  <D>(to: (state: LiaisonGroup, data: D) => Partial<LiaisonGroup>) =>
  (state: LiaisonState, data: D): LiaisonState =>
    state.formed ? { ...state, ...to(state, data) } : state;

export const decider: Decider<
  LiaisonState,
  ClassesOf<typeof liaisonCommands>,
  LiaisonEvent,
  Refused,
  Known
> = {
  initial: { formed: false },
  evolve: {
    LiaisonGroupFormed: (_, terms) => ({
      formed: true,
      terms,
      schoolIds: terms.schoolIds,
      joined: Object.fromEntries(terms.schoolIds.map((id) => [id, terms.formedOn])),
      left: {},
      meetings: {},
    }),
    SchoolJoinedLiaisonGroup: change(({ schoolIds, joined }, { schoolId, joinedOn }) => ({
      schoolIds: [...schoolIds.filter((id) => id !== schoolId), schoolId],
      joined: { ...joined, [schoolId]: joinedOn },
    })),
    SchoolLeftLiaisonGroup: change(({ schoolIds, left }, { schoolId, leftOn }) => ({
      schoolIds: schoolIds.filter((id) => id !== schoolId),
      left: { ...left, [schoolId]: leftOn },
    })),
    LiaisonMeetingHeld: change(({ meetings }, data) => ({
      meetings: { ...meetings, [data.meetingId]: data },
    })),
  },
  decide: {
    FormLiaisonGroup: (state, command, { known, today }) => {
      const { formedOn = today } = command;
      const data = { ...command, schoolIds: [...command.schoolIds], formedOn };
      if (state.formed) {
        const { terms } = state;
        const again = same(terms, { ...data, formedOn: command.formedOn ?? terms.formedOn });
        return again ? [] : refuse.LiaisonGroupIdTaken();
      }
      return (
        faultOfFact('formedOn', formedOn, { today }) ??
        barOf(known, command.groupId, data.schoolIds) ?? [{ type: 'LiaisonGroupFormed', data }]
      );
    },

    ChangeLiaisonMembership: (state, command, { known, today }) => {
      if (!state.formed) return refuse.LiaisonGroupUnknown();
      const { groupId, schoolId, on = today } = command;
      const about = { groupId, name: state.terms.name, schoolId };
      const isIn = state.schoolIds.includes(schoolId);
      if (command.change === 'leave') {
        if (!isIn) {
          return state.left[schoolId] === undefined ? refuse.NotInLiaisonGroup([schoolId]) : [];
        }
        const since = state.joined[schoolId] ?? state.terms.formedOn;
        return (
          faultOfFact('on', on, { today, since }) ?? [
            { type: 'SchoolLeftLiaisonGroup', data: { ...about, leftOn: on } },
          ]
        );
      }
      if (isIn) return [];
      const since = state.left[schoolId] ?? state.terms.formedOn;
      return (
        faultOfFact('on', on, { today, since }) ??
        (state.schoolIds.length >= MOST_SCHOOLS ? refuse.LiaisonGroupFull() : undefined) ??
        barOf(known, groupId, [schoolId]) ?? [
          { type: 'SchoolJoinedLiaisonGroup', data: { ...about, joinedOn: on } },
        ]
      );
    },

    HoldLiaisonMeeting: (state, command, { today, newId }) => {
      if (!state.formed) return refuse.LiaisonGroupUnknown();
      const { groupId, heldOn, halfTerm, schoolIds, authorityId, notesRef } = command;
      const recorded = Object.values(state.meetings).find(
        (held) => held.meetingId === command.meetingId || held.heldOn === heldOn,
      );
      const meetingId = command.meetingId ?? recorded?.meetingId ?? newId(0);
      const data = {
        groupId,
        name: state.terms.name,
        meetingId,
        heldOn,
        ...halfTermOf(heldOn, halfTerm),
        schoolIds: [...schoolIds],
        authorityId,
        ...present({ notesRef }),
      };
      if (recorded !== undefined) return same(recorded, data) ? [] : refuse.LiaisonMeetingIdTaken();
      const fault = faultOfFact('heldOn', heldOn, { today, since: state.terms.formedOn });
      if (fault !== undefined) return fault;
      if (!canBeIn(halfTerm, heldOn)) return refuse.NotInThatHalfTerm(halfTerm, heldOn);
      const strangers = schoolIds.filter((id) => !wasIn(state, id, heldOn));
      return strangers.length > 0
        ? refuse.NotInLiaisonGroup(strangers)
        : [{ type: 'LiaisonMeetingHeld', data }];
    },
  },
};

/** Was a school in the group on a day? Who left later may still have been at an earlier meeting. */
function wasIn({ schoolIds, joined, left }: LiaisonGroup, schoolId: string, day: string): boolean {
  const since = joined[schoolId];
  if (since === undefined || since > day) return false;
  return schoolIds.includes(schoolId) || (left[schoolId] ?? '') >= day;
}

/** Why schools cannot come into a group. */
function barOf(
  { open, groups }: Known,
  groupId: string,
  schoolIds: readonly string[],
): Refused | undefined {
  const missing = schoolIds.filter((id) => !open.includes(id));
  if (missing.length > 0) return refuse.SchoolsNotOpen(missing);
  const elsewhere = groups.find((group) => group.groupId !== groupId);
  return elsewhere && refuse.InOtherLiaisonGroup(elsewhere.schoolId, elsewhere.name);
}

/** The schools that are to come in, as a question takes them; none where nobody is to. */
function comingIn({
  schoolIds,
  schoolId,
  change: what,
  heldOn,
}: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  if (what === 'join') return { schools: String(schoolId) };
  return Array.isArray(schoolIds) && heldOn === undefined ? { schools: schoolIds.join(',') } : {};
}

export const liaisonGroup = aggregate({
  context: 'governance',
  name: 'liaison-group',
  is: 'The heads of an area’s schools, who meet every half-term with somebody of the authority: which schools since when, and each meeting.',
  stream: ({ groupId }) => `liaison-${String(groupId)}`,
  events: liaisonEvents,
  commands: liaisonCommands,
  refusals,
  decider,
  knows: {
    open: { asks: 'open-schools-among', about: comingIn },
    groups: { asks: 'liaison-groups-of', about: comingIn },
  },
});
