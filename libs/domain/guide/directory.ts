import type { ClassesOf, Decider, RefusalsOf } from '#kernel';
import { aggregate, refusing } from '#kernel';
import { entryOf } from '../shared/plain';
import { same } from '../shared/same';
import { directoryCommands } from './commands';
import type { DirectoryEvent, Responsibility } from './events';
import { directoryEvents } from './events';

/*
 * The directory of responsibilities: which role answers for what, and how its office is reached. Roles, not people: the
 * name of whoever holds a post stands there only when the council publishes it, and only together with the person it is
 * of, so that it goes with everything else about that person.
 */
export interface DirectoryState {
  readonly entries: Readonly<Record<string, Responsibility & { readonly removed?: true }>>;
}

const refusals = {
  ResponsibilityIdTaken: {
    kind: 'conflict',
    says: 'An entry’s identity is used once.',
    detail: () =>
      'Another entry has, or had, that identity. Change that one, or leave responsibilityId out to get a new one.',
    pointer: '/responsibilityId',
  },
  ResponsibilityInDirectory: {
    kind: 'conflict',
    says: 'A role stands in the directory once for each phase and area.',
    detail: (role: string, responsibilityId: string) =>
      `${role} is in the directory for that phase and area, as entry ${responsibilityId}. Change that one.`,
    pointer: '/role',
  },
  ResponsibilityUnknown: {
    kind: 'missing',
    says: 'There must be such an entry in the directory.',
    detail: () => 'The directory has no such entry. Look up those it has at /api/v1/model-guide.',
    pointer: '/responsibilityId',
  },
  NobodyToReach: {
    kind: 'invalid',
    says: 'An entry of the directory says how its office is reached.',
    detail: () => 'Give the mailbox or the telephone number of the office, or both.',
    pointer: '/mailbox',
  },
  NameOfNobody: {
    kind: 'invalid',
    says: 'A published name is of a person on record, and goes with that person’s data.',
    detail: () =>
      'publishedName and personRef belong together: give both, or leave both out and publish the role alone.',
    pointer: '/personRef',
  },
} as const;
const refuse = refusing(refusals);
type Refused = RefusalsOf<typeof refusals>;

export const decider: Decider<
  DirectoryState,
  ClassesOf<typeof directoryCommands>,
  DirectoryEvent,
  Refused
> = {
  initial: { entries: {} },
  evolve: {
    ResponsibilityEntered: entered,
    ResponsibilityChanged: entered,
    ResponsibilityRemoved: (state, { responsibilityId }) => {
      const entry = entryOf(state.entries, responsibilityId);
      if (entry === undefined) return state;
      return { entries: { ...state.entries, [responsibilityId]: { ...entry, removed: true } } };
    },
  },
  decide: {
    EnterResponsibility: (state, command, { newId }) => {
      const data = { ...command, responsibilityId: command.responsibilityId ?? newId(0) };
      const known = entryOf(state.entries, data.responsibilityId);
      if (known !== undefined) return same(known, data) ? [] : refuse.ResponsibilityIdTaken();
      return faultOf(state, data) ?? [{ type: 'ResponsibilityEntered', data }];
    },
    ChangeResponsibility: (state, command) => {
      const entry = entryOf(state.entries, command.responsibilityId);
      if (entry === undefined || entry.removed === true) return refuse.ResponsibilityUnknown();
      const data = { ...command };
      if (same(entry, data)) return [];
      return faultOf(state, data) ?? [{ type: 'ResponsibilityChanged', data }];
    },
    RemoveResponsibility: ({ entries }, { responsibilityId }) => {
      const entry = entryOf(entries, responsibilityId);
      if (entry === undefined) return refuse.ResponsibilityUnknown();
      if (entry.removed === true) return [];
      return [{ type: 'ResponsibilityRemoved', data: { responsibilityId } }];
    },
  },
};

function entered({ entries }: DirectoryState, data: Responsibility): DirectoryState {
  return { entries: { ...entries, [data.responsibilityId]: data } };
}

function faultOf({ entries }: DirectoryState, data: Responsibility): Refused | undefined {
  if (data.mailbox === undefined && data.phone === undefined) return refuse.NobodyToReach();
  if ((data.publishedName === undefined) !== (data.personRef === undefined))
    return refuse.NameOfNobody();
  const twin = Object.values(entries).find(
    ({ responsibilityId, removed, role, phase, area }) =>
      responsibilityId !== data.responsibilityId &&
      removed !== true &&
      same({ role, phase, area }, { role: data.role, phase: data.phase, area: data.area }),
  );
  return twin && refuse.ResponsibilityInDirectory(data.role, twin.responsibilityId);
}

export const guideDirectory = aggregate({
  context: 'guide',
  name: 'guide-directory',
  is: 'The public directory: which role answers for what, and how its office is reached.',
  stream: () => 'guide-directory',
  events: directoryEvents,
  commands: directoryCommands,
  refusals,
  decider,
});
