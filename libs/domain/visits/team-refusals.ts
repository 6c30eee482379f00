import type { RefusalsOf } from '#kernel';
import { refusing } from '#kernel';

/** Every no about a team around the school, with what to do about it. */
export const teamRefusals = {
  NotRegistered: {
    kind: 'missing',
    says: 'The school is not in our register.',
    detail: () => 'This school is not registered. Register it first.',
    pointer: '/schoolId',
  },
  SchoolHasClosed: {
    kind: 'conflict',
    says: 'The school had closed by then.',
    detail: (day: string, closedOn: string) =>
      `${day} is after ${closedOn}, the day the school closed. No team is convened around it.`,
    pointer: '/schoolId',
  },
  TeamForMaintainedOnly: {
    kind: 'conflict',
    says: 'A team around the school is convened for schools the authority maintains.',
    detail: () =>
      'This school is an academy: its trust answers for it, and the authority convenes no team around it. Take the matter up with the trust, or with the regions group of the Department for Education.',
    pointer: '/schoolId',
  },
  TeamConvened: {
    kind: 'conflict',
    says: 'One team around a school is convened at a time.',
    detail: (tasId: string, convenedOn: string) =>
      `Team ${tasId} is convened around this school since ${convenedOn}. Change its members, or stand it down first.`,
    pointer: '/schoolId',
  },
  TasIdTaken: {
    kind: 'conflict',
    says: 'The identity of a team is used once.',
    detail: () =>
      'Another team around this school has that identity. Leave tasId out to get a new one.',
    pointer: '/tasId',
  },
  TeamUnknown: {
    kind: 'missing',
    says: 'There must be such a team around the school.',
    detail: () => 'No such team is or was convened around this school. Look it up, or convene one.',
    pointer: '/tasId',
  },
  TeamStoodDown: {
    kind: 'conflict',
    says: 'A team that was stood down meets and agrees nothing more.',
    detail: (on: string) => `This team was stood down on ${on}. Convene another one.`,
    pointer: '/tasId',
  },
  MemberTwice: {
    kind: 'invalid',
    says: 'A person is one member of a team, in one role.',
    detail: (personId: string) => `${personId} stands there twice. Keep one role for each person.`,
    pointer: '/members',
  },
  InTheFuture: {
    kind: 'invalid',
    says: 'What has happened has a day that is not in the future.',
    detail: (field: string, day: string, today: string) =>
      `${field} is ${day}, after today (${today}). Give the day on which it happened.`,
  },
  OutOfOrder: {
    kind: 'invalid',
    says: 'A team meets, agrees and ends after it was convened, and an action is due and closed after it was agreed.',
    detail: (field: string, day: string, after: string) =>
      `${field} is ${day}, but it cannot be before ${after}. Check the day.`,
  },
  TooLongAgo: {
    kind: 'invalid',
    says: 'A team that is entered afterwards was convened in the last five years.',
    detail: (day: string, first: string) =>
      `convenedOn is ${day}, before ${first}. Check the year; what lies further back stays in the papers.`,
    pointer: '/convenedOn',
  },
  PlannedTooFarAhead: {
    kind: 'invalid',
    says: 'What is planned lies by the end of the next academic year.',
    detail: (what: string, last: string) =>
      `${what} is too far ahead. Plan for ${last} at the latest; check the year.`,
  },
  MeetingOnThatDay: {
    kind: 'conflict',
    says: 'A team meets once on a day.',
    detail: (day: string) =>
      `A meeting of this team on ${day} is on record, with other people. Check the day.`,
    pointer: '/heldOn',
  },
  ActionIdTaken: {
    kind: 'conflict',
    says: 'The identity of an action is used once.',
    detail: () =>
      'Another action of this school has that identity. Leave actionId out to get a new one.',
    pointer: '/actionId',
  },
  ActionUnknown: {
    kind: 'missing',
    says: 'There must be such an action.',
    detail: () =>
      'No team around this school agreed such an action. Look up the open ones, or agree one.',
    pointer: '/actionId',
  },
  ActionClosed: {
    kind: 'conflict',
    says: 'An action is closed once.',
    detail: (outcome: string, on: string) =>
      `This action was closed on ${on} (${outcome}). Agree another one if there is more to do.`,
    pointer: '/actionId',
  },
  ActionsOpen: {
    kind: 'conflict',
    says: 'A team is stood down when each of its actions is closed or handed over.',
    detail: (open: readonly string[]) =>
      `${open.length} ${open.length === 1 ? 'action is' : 'actions are'} open and not handed over: ${open.slice(0, 5).join(', ')}${open.length > 5 ? ' and others' : ''}. Close each, or name in handOver who sees to it.`,
    pointer: '/handOver',
  },
  ActionNotOpen: {
    kind: 'conflict',
    says: 'Only an open action of the team is handed over, once.',
    detail: (actionId: string) =>
      `${actionId} is not an open action of this team, or stands there twice. Leave it out.`,
    pointer: '/handOver',
  },
} as const;

export const refuse = refusing(teamRefusals);
export type TeamRefusal = RefusalsOf<typeof teamRefusals>;
