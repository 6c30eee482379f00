import type { Decision } from '#kernel';
import { evolved, folded, isRefusal } from '#kernel';
import fc from 'fast-check';
import { daysAfter } from '../shared/working-days';
import type { TeamEvent } from './events';
import { actionOutcomes, cadences } from './events';
import { members, school, schoolId, team as decider, uuid } from './history-in-specs';
import type { TeamRefusal } from './team-refusals';
import type { TeamState } from './team-state';

/*
 * The teams around a school, from any legal history: commands drawn at random, each a little later than the one before.
 * A command is accepted or refused with a reason; what was accepted keeps the rules, told here once more from the events
 * alone; and neither a convened team nor an open action is a dead end.
 */
type Name = keyof typeof decider.decide;
const names = Object.keys(decider.decide) as Name[];
const steps = fc.array(
  fc.record({
    does: fc.oneof(
      { weight: 1, arbitrary: fc.constantFrom<Name[]>('AgreeTasAction', 'HoldTasMeeting') },
      { weight: 2, arbitrary: fc.constantFrom(...names) },
    ),
    pick: fc.nat(5),
    back: fc.nat(12),
    days: fc.nat(20),
    hands: fc.nat(3),
    academy: fc.nat(9).map((n) => n === 0),
  }),
  { minLength: 20, maxLength: 60 },
);
type Step = (typeof steps extends fc.Arbitrary<infer T> ? T : never)[number];

const openIn = ({ actions }: TeamState, tasId: string) =>
  Object.entries(actions).flatMap(([id, { closed, ...action }]) =>
    action.tasId === tasId && closed === undefined ? [id] : [],
  );

function commandOf({ does, pick, back, hands }: Step, state: TeamState, today: string): object {
  const day = daysAfter(today, -back);
  const tasId = state.convened ?? Object.keys(state.teams).at(-1) ?? uuid(1);
  const about = { schoolId, tasId };
  const person = `person-${pick}`;
  switch (does) {
    case 'ConveneTeamAroundSchool':
      return { schoolId, convenedOn: day, members, cadence: cadences[pick % 2], reason: 'x' };
    case 'HoldTasMeeting':
      return { ...about, heldOn: day, attendees: [person], summary: 'x' };
    case 'AgreeTasAction': {
      const due = daysAfter(today, back * 20 - 30);
      return { ...about, what: `${pick}`, ownerId: person, agreedOn: day, due };
    }
    case 'CloseTasAction': {
      const ids = Object.keys(state.actions);
      const actionId = ids[pick % Math.max(ids.length, 1)] ?? uuid(2);
      return { schoolId, actionId, outcome: actionOutcomes[pick % 4], closedOn: day };
    }
    case 'ChangeTasMembers':
      return { ...about, members: [...members, { personId: person, role: 'other' }] };
    case 'StandDownTeam': {
      // Mostly each open action is handed over; at times one is forgotten.
      const open = openIn(state, tasId).slice(hands === 0 ? 1 : 0);
      const handOver = open.map((actionId) => ({ actionId, toId: person }));
      return { ...about, stoodDownOn: day, reason: 'x', handOver };
    }
  }
}

type Decide = (
  state: TeamState,
  command: object,
  given: object,
) => Decision<TeamEvent, TeamRefusal>;
const decide = (name: Name, ...args: Parameters<Decide>) =>
  (decider.decide[name] as Decide)(...args);
const givenOn = (today: string, newId: (n: number) => string, academy = false) => ({
  now: `${today}T09:00:00.000Z`,
  today,
  actor: { id: 'person-leader', role: 'team-leader' },
  newId,
  known: { school: school({ status: academy ? 'academy' : 'maintained' }) },
});

function play(drawn: readonly Step[], each: (again: () => unknown) => void = () => undefined) {
  const history: TeamEvent[] = [];
  const refusals: TeamRefusal[] = [];
  let state = decider.initial;
  let today = '2026-09-01';
  drawn.forEach((step, at) => {
    today = daysAfter(today, step.days);
    const given = givenOn(today, (n) => uuid(1000 + at * 10 + n), step.academy);
    const command = commandOf(step, state, today);
    const decision = decide(step.does, state, command, given);
    if (isRefusal(decision)) {
      refusals.push(decision);
      return;
    }
    history.push(...decision);
    for (const event of decision) state = evolved(decider.evolve, state, event);
    each(() => decide(step.does, state, command, given));
  });
  return { history, refusals, today };
}

describe('from any legal history of teams around a school', () => {
  it('the same command twice changes nothing the second time', () => {
    fc.assert(
      fc.property(steps, (drawn) => {
        play(drawn, (again) => {
          expect(again()).toEqual([]);
        });
      }),
      { numRuns: 200 },
    );
  });

  it('one team is convened at a time, and what it does lies in its time', () => {
    let teams = 0;
    fc.assert(
      fc.property(steps, (drawn) => {
        let now: { tasId: string; convenedOn: string } | undefined;
        let ended = '';
        for (const { type, data } of play(drawn).history) {
          switch (type) {
            case 'TeamAroundSchoolConvened':
              expect(now).toBeUndefined();
              expect(data.convenedOn >= ended).toBe(true);
              now = data;
              teams += 1;
              break;
            case 'TasMeetingHeld':
              expect(data.tasId).toBe(now?.tasId);
              expect(data.heldOn >= now!.convenedOn).toBe(true);
              break;
            case 'TasActionAgreed':
              expect(data.tasId).toBe(now?.tasId);
              expect(data.agreedOn >= now!.convenedOn && data.due >= data.agreedOn).toBe(true);
              break;
            case 'TasMembersChanged':
              expect(data.tasId).toBe(now?.tasId);
              break;
            case 'TasStoodDown':
              expect(data.tasId).toBe(now?.tasId);
              [now, ended] = [undefined, data.stoodDownOn];
              break;
            case 'TasActionClosed':
          }
        }
      }),
      { numRuns: 200 },
    );
    expect(teams).toBeGreaterThan(200);
  });

  it('when a team was stood down each of its actions is closed or in other hands', () => {
    let handed = 0;
    fc.assert(
      fc.property(steps, (drawn) => {
        const { history } = play(drawn);
        history.forEach((event, i) => {
          if (event.type !== 'TasStoodDown') return;
          const before = history.slice(0, i);
          const idsOf = (type: 'TasActionAgreed' | 'TasActionClosed') =>
            before.flatMap((past) =>
              past.type === type && past.data.tasId === event.data.tasId
                ? [past.data.actionId]
                : [],
            );
          const closed = idsOf('TasActionClosed');
          const open = idsOf('TasActionAgreed').filter((id) => !closed.includes(id));
          const over = event.data.handedOver.map(({ actionId }) => actionId);
          expect(over.toSorted()).toEqual(open.toSorted());
          handed += over.length;
        });
      }),
      { numRuns: 200 },
    );
    expect(handed).toBeGreaterThan(50);
  });

  it('a convened team can be stood down and any open action be closed', () => {
    let finished = 0;
    fc.assert(
      fc.property(steps, (drawn) => {
        const { history, today } = play(drawn);
        const state = folded(decider, history);
        const given = givenOn(today, uuid);
        for (const [actionId, action] of Object.entries(state.actions)) {
          if (action.closed !== undefined) continue;
          const command = { schoolId, actionId, outcome: 'done' };
          expect(decide('CloseTasAction', state, command, given)).toHaveLength(1);
        }
        const { convened: tasId } = state;
        if (tasId === undefined) return;
        const handOver = openIn(state, tasId).map((actionId) => ({ actionId, toId: 'person-z' }));
        const command = { schoolId, tasId, reason: 'x', handOver };
        expect(decide('StandDownTeam', state, command, given)).toHaveLength(1);
        finished += 1;
      }),
    );
    expect(finished).toBeGreaterThan(20);
  });

  it('is drawn widely enough: every event happens, and refusals do', () => {
    const played = fc.sample(steps, { numRuns: 150, seed: 4 }).map((drawn) => play(drawn));
    const seen = new Set(played.flatMap(({ history }) => history.map(({ type }) => type)));
    expect([...seen].toSorted()).toEqual(Object.keys(decider.evolve).toSorted());
    const refusals = played.flatMap((life) => life.refusals);
    expect(refusals.length).toBeGreaterThan(500);
    // Every one is a sentence.
    expect(refusals.filter(({ detail }) => !/\w{3} .*\.$/.test(detail))).toEqual([]);
  });
});
