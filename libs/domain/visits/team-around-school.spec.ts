import { given } from '#kernel';
import type { TeamEvent } from './events';
import {
  actionId,
  agreed,
  closed,
  convened,
  members,
  met,
  school,
  schoolId,
  stoodDown,
  tasId,
  team,
  unregistered,
  uuid,
} from './history-in-specs';
import { teamAroundSchool } from './team-around-school';

const known = { school: school() };
const other = uuid(201);
const another = uuid(301);

describe('convening a team', () => {
  const convene = (history: readonly TeamEvent[], data: object = {}, about: object = known) =>
    given(team, history, about as { school: ReturnType<typeof school> }).when(
      'ConveneTeamAroundSchool',
      {
        ...{ schoolId, tasId, convenedOn: '2026-10-05', members, cadence: 'monthly' as const },
        reason: 'Leadership has changed three times in a year.',
        ...data,
      },
      { by: 'team-leader' },
    );

  it('happens once', () => {
    convene([]).then([convened()]).again().silent();
    convene([], { members: members.toReversed() }).then([convened()]);
    // The same request again is known by its terms, whatever became of the team.
    convene([convened(), stoodDown()]).silent();
    const { tasId: _, ...unnamed } = { schoolId, tasId, members, cadence: 'monthly' as const };
    given(team, [], known)
      .when('ConveneTeamAroundSchool', { ...unnamed, reason: 'x' })
      .then([convened({ tasId: uuid(0), convenedOn: '2026-11-23', reason: 'x' })])
      .again()
      .silent();
  });

  it('is of one team at a time', () => {
    convene([convened()], { tasId: other }).refused('TeamConvened', tasId);
    convene([convened()], { cadence: 'half-termly' }).refused('TeamConvened', '2026-10-05');
    const again = { tasId: other, convenedOn: '2026-11-23' };
    convene([convened(), stoodDown()], again).then([convened(again)]);
    convene([convened(), stoodDown()], { ...again, convenedOn: '2026-11-22' }).refused(
      'OutOfOrder',
      '2026-11-23',
    );
    convene([convened(), stoodDown()], { cadence: 'half-termly' }).refused('TasIdTaken');
  });

  it('is for maintained schools that are there', () => {
    convene([], {}, { school: school({ status: 'academy' }) }).refused(
      'TeamForMaintainedOnly',
      'trust',
    );
    convene([], {}, { school: unregistered }).refused('NotRegistered');
    convene([], {}, { school: school({ closedOn: '2026-10-04' }) }).refused('SchoolHasClosed');
  });

  it('has a day people remember, and each member once', () => {
    convene([], { convenedOn: '2026-11-24' }).refused('InTheFuture', '2026-11-24');
    convene([], { convenedOn: '2021-11-22' }).refused('TooLongAgo', '2021-11-23');
    const twice = [members[0], { personId: 'person-adviser', role: 'finance' }];
    convene([], { members: twice }).refused('MemberTwice', 'person-adviser');
  });
});

describe('meeting', () => {
  const hold = (history: readonly TeamEvent[], data: object = {}) =>
    given(team, history, known).when('HoldTasMeeting', {
      ...{ schoolId, tasId, heldOn: '2026-11-02', summary: 'Staffing was gone through.' },
      attendees: ['person-lead', 'person-head'],
      ...data,
    });

  it('is recorded once a day, guests and all', () => {
    hold([convened()]).then([met()]).again().silent();
    hold([convened(), met()], { heldOn: '2026-10-05' }).then([met({ heldOn: '2026-10-05' })]);
    hold([convened(), met()], { attendees: ['person-lead'] }).refused('MeetingOnThatDay');
  });

  it('is of a convened team, on a day of its time', () => {
    hold([]).refused('TeamUnknown');
    hold([convened(), stoodDown()]).refused('TeamStoodDown', '2026-11-23');
    hold([convened()], { heldOn: '2026-10-04' }).refused('OutOfOrder', '2026-10-05');
    hold([convened()], { heldOn: '2026-11-24' }).refused('InTheFuture');
  });
});

describe('agreeing an action', () => {
  const action = {
    ...{ schoolId, tasId, actionId, ownerId: 'person-lead' },
    ...{ agreedOn: '2026-11-02', due: '2026-12-04', what: 'Advertise the post of deputy head.' },
  };
  const agree = (history: readonly TeamEvent[], data: object = {}) =>
    given(team, history, known).when('AgreeTasAction', { ...action, ...data });

  it('names who does what by when', () => {
    agree([convened()]).then([agreed()]).again().silent();
    const { actionId: _, agreedOn: __, ...unnamed } = action;
    given(team, [convened()], known)
      .when('AgreeTasAction', unnamed)
      .then([agreed({ actionId: uuid(0), agreedOn: '2026-11-23' })])
      .again()
      .silent();
    agree([convened(), agreed()], { what: 'Something else.' }).refused('ActionIdTaken');
  });

  it('is of a convened team, with days in their order', () => {
    agree([]).refused('TeamUnknown');
    agree([convened(), stoodDown()]).refused('TeamStoodDown');
    agree([convened()], { agreedOn: '2026-10-01' }).refused('OutOfOrder', '2026-10-05');
    agree([convened()], { agreedOn: '2026-11-24' }).refused('InTheFuture');
    agree([convened()], { due: '2026-11-01' }).refused('OutOfOrder', '2026-11-02');
    agree([convened()], { due: '2028-09-01' }).refused('PlannedTooFarAhead', '2028-08-31');
    agree([convened()], { due: '2028-08-31' }).then([agreed({ due: '2028-08-31' })]);
  });
});

describe('closing an action', () => {
  const close = (history: readonly TeamEvent[], data: object = {}) =>
    given(team, history, known).when('CloseTasAction', {
      ...{ schoolId, actionId, outcome: 'done' as const, closedOn: '2026-11-20' },
      ...data,
    });
  const open = [convened(), agreed()];

  it('says what came of it, once', () => {
    close(open).then([closed()]).again().silent();
    close(open, { note: 'It went well.' }).then([closed({ note: 'It went well.' })]);
    close([...open, closed()], { outcome: 'not-done' }).refused('ActionClosed', 'done');
    close([...open, closed()], { closedOn: '2026-11-21' }).refused('ActionClosed', '2026-11-20');
    close([convened()]).refused('ActionUnknown');
  });

  it('has a day after it was agreed', () => {
    close(open, { closedOn: '2026-11-01' }).refused('OutOfOrder', '2026-11-02');
    close(open, { closedOn: '2026-11-24' }).refused('InTheFuture');
  });

  it('is possible after it was handed over', () => {
    const over = stoodDown({ handedOver: [{ actionId, toId: 'person-next' }] });
    close([...open, over]).then([closed()]);
  });
});

describe('changing members', () => {
  const change = (history: readonly TeamEvent[], now: readonly object[]) =>
    given(team, history, known).when('ChangeTasMembers', {
      ...{ schoolId, tasId, members: now as typeof members },
    });
  const head = { personId: 'person-head', role: 'headteacher' } as const;

  it('says who they were and who they are', () => {
    const now = [members[0], head, members[1]];
    change([convened()], now.toReversed())
      .then([{ type: 'TasMembersChanged', data: { schoolId, tasId, was: members, members: now } }])
      .again()
      .silent();
    change([convened()], members.toReversed()).silent();
    change([convened()], [head, head]).refused('MemberTwice', 'person-head');
  });

  it('is of a convened team', () => {
    change([], members).refused('TeamUnknown');
    change([convened(), stoodDown()], [head]).refused('TeamStoodDown');
  });
});

describe('standing down', () => {
  const standDown = (history: readonly TeamEvent[], data: object = {}) =>
    given(team, history, known).when(
      'StandDownTeam',
      { schoolId, tasId, reason: 'Leadership is settled.', handOver: [], ...data },
      { by: 'team-leader' },
    );
  const open = [convened(), agreed(), agreed({ actionId: another, what: 'Find a mentor.' })];
  const to = (id: string) => ({ actionId: id, toId: 'person-next' });

  it('leaves no action without somebody who sees to it', () => {
    standDown([convened()]).then([stoodDown()]).again().silent();
    standDown(open).refused('ActionsOpen', '2 actions are open');
    standDown([...open, closed()]).refused('ActionsOpen', another);
    const handOver = [to(actionId), to(another)];
    standDown(open, { handOver })
      .then([stoodDown({ handedOver: handOver })])
      .again()
      .silent();
    standDown([...open, closed()], { handOver: [to(another)] }).then([
      stoodDown({ handedOver: [to(another)] }),
    ]);
    standDown([...open, closed()], { handOver }).refused('ActionNotOpen', actionId);
    standDown(open, { handOver: [...handOver, to(another)] }).refused('ActionNotOpen', another);
  });

  it('comes after all that is on record', () => {
    standDown([convened(), met()], { stoodDownOn: '2026-11-01' }).refused(
      'OutOfOrder',
      '2026-11-02',
    );
    standDown([convened()], { stoodDownOn: '2026-10-04' }).refused('OutOfOrder', '2026-10-05');
    standDown([convened()], { stoodDownOn: '2026-11-24' }).refused('InTheFuture');
    standDown([]).refused('TeamUnknown');
    standDown([convened(), stoodDown()], { stoodDownOn: '2026-11-22' }).refused('TeamStoodDown');
  });
});

it('asks about the school only when a team is convened', () => {
  const { school: asked } = teamAroundSchool.knows;
  if (asked === undefined || 'asks' in asked) throw new Error('It is a neighbour.');
  expect(teamAroundSchool.stream({ schoolId })).toBe(`tas-${schoolId}`);
  expect(asked.stream({ schoolId, cadence: 'monthly' }, undefined)).toBe(`school-${schoolId}`);
  expect(asked.stream({ schoolId }, undefined)).toBeUndefined();
});
