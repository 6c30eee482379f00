import type { ClassesOf, Decider, RefusalsOf } from '#kernel';
import { aggregate, refusing } from '#kernel';
import { involvementCommands } from './commands';
import type { RecordRiseInvolvement } from './commands';
import type { InvolvementEvent, riseKinds } from './events';
import { involvementEvents } from './events';
import { monthsAfter } from '../shared/working-days';

/*
 * What the Department's RISE teams do at one school, as far as we are told. Nothing here follows from it by law: it is
 * on record so that the authority's own support is not doubled. Maintained schools and academies alike.
 */
type Kind = (typeof riseKinds)[number];
interface Involvement {
  readonly kind: Kind;
  readonly from: string;
  readonly endedOn?: string;
}
export interface InvolvementState {
  readonly involvements: Readonly<Record<string, Involvement>>;
}
interface Known {
  readonly school: { readonly registered: boolean };
}

/**
 * When each kind began. RISE advisers were at work from 2025 on [I]; support for schools that require significant
 * improvement from September 2026 [S domain dossier, 5.2].
 */
const beganOn: Readonly<Record<Kind, string>> = {
  universal: '2025-01-01',
  targeted: '2025-01-01',
  'significant-improvement': '2026-09-01',
};
/** Support lasts 18 months [S domain dossier, 5.2]; twice that is taken for a mistyped year. [I] */
const LASTS_AT_MOST_MONTHS = 36;
/** Announced at most a year ahead. [I] */
const AHEAD_MONTHS = 12;

const refusals = {
  NotRegistered: {
    kind: 'missing',
    says: 'The school is not in our register.',
    detail: () => 'This school is not in our register. Register it first, or check its identity.',
    pointer: '/schoolId',
  },
  RiseIdTaken: {
    kind: 'conflict',
    says: 'An involvement’s identity is used once.',
    detail: () =>
      'Another involvement has that identity. Leave involvementId out to get a new one.',
    pointer: '/involvementId',
  },
  RiseUnderWay: {
    kind: 'conflict',
    says: 'A school has one involvement of a kind at a time.',
    detail: (kind: Kind, from: string) =>
      `RISE (${kind}) has been with this school from ${from}, and no end is on record. End it first.`,
    pointer: '/kind',
  },
  RiseDayUnfit: {
    kind: 'invalid',
    says: 'An involvement begins when there was RISE of its kind, within a year from now, and lasts three years at most.',
    detail: (field: string, day: string, earliest: string, latest: string) =>
      `${field} is ${day}; it can be from ${earliest} to ${latest}. Check the day.`,
  },
  RiseUnknown: {
    kind: 'missing',
    says: 'There must be such an involvement of RISE.',
    detail: () => 'No such involvement of RISE is on this school’s record. Look up the open one.',
    pointer: '/involvementId',
  },
  RiseEnded: {
    kind: 'conflict',
    says: 'An involvement of RISE ends once.',
    detail: (endedOn: string) =>
      `This involvement ended on ${endedOn}. If RISE is back, record a new involvement.`,
    pointer: '/involvementId',
  },
} as const;
const refuse = refusing(refusals);

export const decider: Decider<
  InvolvementState,
  ClassesOf<typeof involvementCommands>,
  InvolvementEvent,
  RefusalsOf<typeof refusals>,
  Known
> = {
  initial: { involvements: {} },
  evolve: {
    RiseInvolvementRecorded: ({ involvements }, { involvementId, kind, from }) => ({
      involvements: { ...involvements, [involvementId]: { kind, from } },
    }),
    RiseInvolvementEnded: (state, { involvementId, endedOn }) => {
      const involvement = state.involvements[involvementId];
      if (involvement === undefined) return state;
      return {
        involvements: { ...state.involvements, [involvementId]: { ...involvement, endedOn } },
      };
    },
  },
  decide: {
    RecordRiseInvolvement: ({ involvements }, command, { today, newId, known }) => {
      const { involvementId = newId(0), kind, from } = command;
      if (isRecorded(involvements, command)) return [];
      if (!known.school.registered) return refuse.NotRegistered();
      if (involvements[involvementId] !== undefined) return refuse.RiseIdTaken();
      const no = faultOfDays(command, today);
      if (no !== undefined) return no;
      const open = Object.values(involvements).find(
        (other) => other.kind === kind && (other.endedOn === undefined || other.endedOn > from),
      );
      if (open !== undefined) return refuse.RiseUnderWay(kind, open.from);
      return [{ type: 'RiseInvolvementRecorded', data: { ...command, involvementId } }];
    },

    EndRiseInvolvement: ({ involvements }, command, { today }) => {
      const { involvementId, endedOn = today } = command;
      const involvement = involvements[involvementId];
      if (involvement === undefined) return refuse.RiseUnknown();
      if (involvement.endedOn === endedOn) return [];
      if (involvement.endedOn !== undefined) return refuse.RiseEnded(involvement.endedOn);
      if (endedOn < involvement.from || endedOn > today)
        return refuse.RiseDayUnfit('endedOn', endedOn, involvement.from, today);
      return [{ type: 'RiseInvolvementEnded', data: { ...command, endedOn } }];
    },
  },
};

function faultOfDays(
  { kind, from, expectedTo }: Readonly<RecordRiseInvolvement>,
  today: string,
): RefusalsOf<typeof refusals> | undefined {
  const ahead = monthsAfter(today, AHEAD_MONTHS);
  if (from < beganOn[kind] || from > ahead)
    return refuse.RiseDayUnfit('from', from, beganOn[kind], ahead);
  const latest = monthsAfter(from, LASTS_AT_MOST_MONTHS);
  return expectedTo !== undefined && (expectedTo < from || expectedTo > latest)
    ? refuse.RiseDayUnfit('expectedTo', expectedTo, from, latest)
    : undefined;
}

/** The same kind from the same day, under the same identity where one is given. */
const isRecorded = (
  involvements: InvolvementState['involvements'],
  { involvementId, kind, from }: Readonly<RecordRiseInvolvement>,
): boolean =>
  Object.entries(involvements).some(
    ([id, other]) => (involvementId ?? id) === id && other.kind === kind && other.from === from,
  );

export const nationalInvolvement = aggregate({
  context: 'statutory',
  name: 'rise',
  is: 'What the Department’s RISE teams do at one school, as far as the authority was told: recorded so that its own support is not doubled.',
  stream: ({ schoolId }) => `rise-${String(schoolId)}`,
  events: involvementEvents,
  commands: involvementCommands,
  refusals,
  decider,
  knows: { school: { of: 'school', stream: ({ schoolId }) => `school-${String(schoolId)}` } },
});
