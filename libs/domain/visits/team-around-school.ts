import { aggregate } from '#kernel';
import { academicYearOf, daysOf, yearsFrom } from '../shared/academic-year';
import { entryOf } from '../shared/plain';
import { same } from '../shared/same';
import { monthsAfter } from '../shared/working-days';
import type { ConveneTeamAroundSchool, StandDownTeam } from './commands';
import { teamCommands } from './commands';
import { teamEvents } from './events';
import type { TeamRefusal } from './team-refusals';
import { refuse, teamRefusals } from './team-refusals';
import type { Action, KnownToTeam, Member, Team, TeamDecider, TeamState } from './team-state';
import { evolve, initial } from './team-state';

const TEAM =
  'The teams of the authority around one maintained school in special difficulty, one at a time: who belongs to it, ' +
  'when it met, which actions it agreed and what came of each. A team is stood down when each of its actions is closed ' +
  'or in other hands; one that was handed over stays open with whoever took it until it is closed.';

/** Five years: teams that began before the records did can be entered, a slip of the year cannot [I]. */
const MONTHS_BACK = 60;

const decide: TeamDecider['decide'] = {
  ConveneTeamAroundSchool: (state, command, { known, today, newId }) => {
    const { schoolId, tasId = newId(0), convenedOn = today, cadence, reason } = command;
    const before = convened(state, command, today);
    if (before !== undefined) return before;
    const no =
      notAround(known, convenedOn) ??
      faultOfBeginning(state, convenedOn, today) ??
      memberTwice(command.members);
    if (no !== undefined) return no;
    const members = plain(command.members);
    const data = { schoolId, tasId, convenedOn, members, cadence, reason };
    return [{ type: 'TeamAroundSchoolConvened', data }];
  },

  HoldTasMeeting: (state, command, { today }) => {
    const { tasId, heldOn } = command;
    const attendees = [...command.attendees].sort();
    const held = entryOf(entryOf(state.teams, tasId)?.meetings ?? {}, heldOn);
    if (held !== undefined) return same(held, attendees) ? [] : refuse.MeetingOnThatDay(heldOn);
    const team = convenedTeam(state, tasId);
    if ('refused' in team) return team;
    const no = faultOfDay('heldOn', heldOn, team.first.convenedOn, today);
    return no ?? [{ type: 'TasMeetingHeld', data: { ...command, attendees } }];
  },

  AgreeTasAction: (state, command, { today, newId }) => {
    const { schoolId, tasId, actionId = newId(0), what, ownerId, due, agreedOn = today } = command;
    const terms = { tasId, what, ownerId, agreedOn, due };
    const known = entryOf(state.actions, actionId);
    if (known !== undefined) return agreesWith(known, terms) ? [] : refuse.ActionIdTaken();
    const alike = Object.values(state.actions).some((action) => agreesWith(action, terms));
    if (alike && command.actionId === undefined) return [];
    const team = convenedTeam(state, tasId);
    if ('refused' in team) return team;
    const no =
      faultOfDay('agreedOn', agreedOn, team.first.convenedOn, today) ??
      faultOfDue(due, agreedOn, today);
    return no ?? [{ type: 'TasActionAgreed', data: { schoolId, actionId, ...terms } }];
  },

  CloseTasAction: (state, command, { today }) => {
    const { schoolId, actionId, outcome, note, closedOn = today } = command;
    const action = entryOf(state.actions, actionId);
    if (action === undefined) return refuse.ActionUnknown();
    const { tasId, closed } = action;
    if (closed !== undefined) {
      return closed.outcome === outcome && closed.on === (command.closedOn ?? closed.on)
        ? []
        : refuse.ActionClosed(closed.outcome, closed.on);
    }
    const no = faultOfDay('closedOn', closedOn, action.agreedOn, today);
    if (no !== undefined) return no;
    const data = { schoolId, tasId, actionId, outcome, closedOn };
    return [{ type: 'TasActionClosed', data: note === undefined ? data : { ...data, note } }];
  },

  ChangeTasMembers: (state, { schoolId, tasId, members }) => {
    const team = convenedTeam(state, tasId);
    if ('refused' in team) return team;
    if (same(team.members, plain(members))) return [];
    const no = memberTwice(members);
    if (no !== undefined) return no;
    const data = { schoolId, tasId, was: team.members, members: plain(members) };
    return [{ type: 'TasMembersChanged', data }];
  },

  StandDownTeam: (state, command, { today }) => {
    const { schoolId, tasId, reason, stoodDownOn = today } = command;
    const past = entryOf(state.teams, tasId)?.stoodDownOn;
    if (past !== undefined && past === (command.stoodDownOn ?? past)) return [];
    const team = convenedTeam(state, tasId);
    if ('refused' in team) return team;
    const no =
      faultOfDay('stoodDownOn', stoodDownOn, lastDayOf(team), today) ?? leftOpen(state, command);
    if (no !== undefined) return no;
    const handedOver = command.handOver.map(({ actionId, toId }) => ({ actionId, toId }));
    return [{ type: 'TasStoodDown', data: { schoolId, tasId, stoodDownOn, reason, handedOver } }];
  },
};

/** Whether the team was convened so before, by its identity or else by its terms; undefined when it is another one. */
function convened(
  { teams, convened: now }: TeamState,
  command: Readonly<ConveneTeamAroundSchool>,
  today: string,
) {
  const { tasId = now ?? '', cadence, convenedOn } = command;
  const team = entryOf(teams, tasId);
  if (team !== undefined) {
    const terms = { convenedOn: convenedOn ?? today, cadence, members: plain(command.members) };
    if (same(team.first, terms)) return [];
    if (tasId !== now) return refuse.TasIdTaken();
  }
  const other = now === undefined ? undefined : entryOf(teams, now);
  return now === undefined || other === undefined
    ? undefined
    : refuse.TeamConvened(now, other.first.convenedOn);
}

/** The convened team of that identity, or why there is none to act on. */
function convenedTeam({ teams }: TeamState, tasId: string): Team | TeamRefusal {
  const team = entryOf(teams, tasId);
  if (team === undefined) return refuse.TeamUnknown();
  return team.stoodDownOn === undefined ? team : refuse.TeamStoodDown(team.stoodDownOn);
}

/** Why the authority convenes no team around this school. */
function notAround({ school }: KnownToTeam, day: string): TeamRefusal | undefined {
  if (!school.registered) return refuse.NotRegistered();
  const { status, closedOn } = school;
  if (closedOn !== undefined && day > closedOn) return refuse.SchoolHasClosed(day, closedOn);
  return status === 'maintained' ? undefined : refuse.TeamForMaintainedOnly();
}

/** A team begins when the one before it has ended, and not in another age. */
function faultOfBeginning(
  { teams }: TeamState,
  day: string,
  today: string,
): TeamRefusal | undefined {
  const first = monthsAfter(today, -MONTHS_BACK);
  if (day < first) return refuse.TooLongAgo(day, first);
  const ended = Object.values(teams).map(({ stoodDownOn = '' }) => stoodDownOn);
  return faultOfDay('convenedOn', day, [...ended, ''].sort().at(-1) ?? '', today);
}

function faultOfDay(
  field: string,
  day: string,
  earliest: string,
  today: string,
): TeamRefusal | undefined {
  if (day > today) return { ...refuse.InTheFuture(field, day, today), pointer: `/${field}` };
  return day < earliest
    ? { ...refuse.OutOfOrder(field, day, earliest), pointer: `/${field}` }
    : undefined;
}

function faultOfDue(due: string, agreedOn: string, today: string): TeamRefusal | undefined {
  if (due < agreedOn) return { ...refuse.OutOfOrder('due', due, agreedOn), pointer: '/due' };
  const last = daysOf(yearsFrom(academicYearOf(today), 1))?.last ?? today;
  return due > last
    ? { ...refuse.PlannedTooFarAhead(`due (${due})`, last), pointer: '/due' }
    : undefined;
}

/** The last day something is on record of a team. */
const lastDayOf = ({ first, meetings }: Team): string =>
  [first.convenedOn, ...Object.keys(meetings)].sort().at(-1) ?? first.convenedOn;

const openOf = ({ actions }: TeamState, tasId: string): readonly string[] =>
  Object.entries(actions).flatMap(([id, action]) =>
    action.tasId === tasId && action.closed === undefined ? [id] : [],
  );

/** Each open action goes into other hands, and no other does. */
function leftOpen(
  state: TeamState,
  { tasId, handOver }: Readonly<StandDownTeam>,
): TeamRefusal | undefined {
  const open = openOf(state, tasId);
  const handed = handOver.map(({ actionId }) => actionId);
  const stray = handed.find((id, i) => !open.includes(id) || handed.indexOf(id) !== i);
  if (stray !== undefined) return refuse.ActionNotOpen(stray);
  const left = open.filter((id) => !handed.includes(id));
  return left.length === 0 ? undefined : refuse.ActionsOpen(left);
}

function memberTwice(members: readonly Member[]): TeamRefusal | undefined {
  const people = members.map(({ personId }) => personId);
  const twice = people.find((person, i) => people.indexOf(person) !== i);
  return twice === undefined ? undefined : refuse.MemberTwice(twice);
}

const agreesWith = (
  action: Action,
  terms: Pick<Action, 'tasId' | 'what' | 'ownerId' | 'due'>,
): boolean =>
  action.tasId === terms.tasId &&
  action.what === terms.what &&
  action.ownerId === terms.ownerId &&
  action.due === terms.due;

/** In one order, so that the same people in the same roles are the same members. */
const plain = (members: readonly Member[]): readonly Member[] =>
  members
    .map(({ personId, role }) => ({ personId, role }))
    .sort((a, b) => (a.personId < b.personId ? -1 : 1));

export const decider: TeamDecider = { initial, evolve, decide };

export const teamAroundSchool = aggregate({
  context: 'visits',
  name: 'tas',
  is: TEAM,
  stream: ({ schoolId }) => `tas-${String(schoolId)}`,
  events: teamEvents,
  commands: teamCommands,
  refusals: teamRefusals,
  decider,
  // Only convening asks what kind of school it is: a team whose school becomes an academy can still end well.
  knows: {
    school: {
      of: 'school',
      stream: ({ schoolId, cadence }) =>
        cadence === undefined ? undefined : `school-${String(schoolId)}`,
    },
  },
});
