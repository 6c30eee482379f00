import { evolved, isRefusal } from '#kernel';
import fc from 'fast-check';
import type { NoticeEvent } from './events';
import { schoolId } from './history-in-specs';
import { lastDayFor } from './law';
import { decider } from './notices';
import type { Played, Step } from './random-history-in-specs';
import { dayAfter, decide, givenOn, play } from './random-history-in-specs';
import type { NoticesState } from './state';
import { inUse, isLive, liveNotice, standing } from './state';

/*
 * The state machine of a notice, from any legal history: made of commands drawn at random, each a little later than the
 * one before. A command is accepted or refused with a reason; what was accepted keeps what the Act asks for, told here
 * once more from the events alone; and from every state a person can bring the school to where it can be warned again.
 */
const onwards = [
  'IssueWarningNotice',
  'DecideCompliance',
  'NotifyInterventionIntent',
  'ExerciseInterventionPower',
] as const;
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    does: fc.oneof(
      { weight: 7, arbitrary: fc.constantFrom(...onwards) },
      { weight: 2, arbitrary: fc.constantFrom(...(Object.keys(decider.decide) as Step['does'][])) },
    ),
    pick: fc.nat(3),
    days: fc.nat(16),
  }),
  { minLength: 30, maxLength: 70 },
);
const anyHistory = (holds: (played: Played) => void) => {
  fc.assert(
    fc.property(steps, (drawn) => {
      holds(play(drawn));
    }),
    { numRuns: 200 },
  );
};
type Exercised = Extract<NoticeEvent, { readonly type: 'InterventionPowerExercised' }>;

describe('from any legal history', () => {
  it('the same command twice changes nothing the second time', () => {
    fc.assert(
      fc.property(steps, (drawn) => {
        play(drawn, (_, again) => {
          expect(again()).toEqual([]);
        });
      }),
    );
  });

  it('one notice of the authority is live at most, and none was given while the Secretary of State’s stood', () => {
    fc.assert(
      fc.property(steps, (drawn) => {
        let state: NoticesState = decider.initial;
        play(drawn, (events) => {
          for (const event of events) {
            if (event.type === 'WarningNoticeIssued') expect(standing(state)).toEqual([]);
            state = evolved(decider.evolve, state, event);
          }
          expect(Object.values(state.notices).filter(isLive).length).toBeLessThanOrEqual(1);
        });
      }),
    );
  });

  it('a notice of the Secretary of State leaves no earlier one of the authority alive', () => {
    anyHistory(({ state }) => {
      const live = liveNotice(state);
      if (live === undefined) return;
      for (const [, { givenOn: day }] of standing(state))
        expect(day < live.given.issuedOn).toBe(true);
    });
  });

  it('a power was used after the period, non-compliance and written notice, in time and with consent', () => {
    let powers = 0;
    anyHistory(({ history }) => {
      history.forEach((event, i) => {
        if (event.type !== 'InterventionPowerExercised') return;
        powers += 1;
        asTheActAsks(event, history.slice(0, i));
      });
    });
    expect(powers).toBeGreaterThan(50);
  });

  it('nothing is done on a notice that is over, but to end a power that was left in use', () => {
    anyHistory(({ history }) => {
      const over = new Set<string>();
      for (const { type, data } of history) {
        if (!('noticeId' in data)) continue;
        if (over.has(data.noticeId)) expect(type).toBe('InterventionEnded');
        const complied = type === 'ComplianceDecided' && data.outcome === 'complied';
        if (complied || /^Notice(Ceased|Closed|Withdrawn)$/.test(type)) over.add(data.noticeId);
      }
    });
  });

  it('a person can always bring it to where nothing is open and the authority may warn', () => {
    const ways = new Set<string>();
    anyHistory(({ state, today }) => {
      const left = finished(state, dayAfter(today, 60), ways);
      expect(liveNotice(left)).toBeUndefined();
      expect(Object.values(left.notices).flatMap(inUse)).toEqual([]);
      expect(standing(left)).toEqual([]);
    });
    expect([...ways].toSorted()).toEqual(
      ['CloseNotice', 'EndIntervention', 'RecordPermissionToWarn', 'WithdrawNotice'].toSorted(),
    );
  });

  it('is drawn widely enough: every event happens, and refusals do', () => {
    const played = fc.sample(steps, { numRuns: 200, seed: 4 }).map((drawn) => play(drawn));
    const seen = new Set(played.flatMap(({ history }) => history.map(({ type }) => type)));
    expect([...seen].toSorted()).toEqual(Object.keys(decider.evolve).toSorted());
    const refusals = played.flatMap((life) => life.refusals);
    expect(refusals.length).toBeGreaterThan(1000);
    // Every one is a sentence.
    expect(refusals.filter(({ detail }) => !/\w{3} .*\.$/.test(detail))).toEqual([]);
  });
});

function asTheActAsks({ data }: Exercised, before: readonly NoticeEvent[]) {
  const own = before.filter(
    (event) => 'noticeId' in event.data && event.data.noticeId === data.noticeId,
  );
  const stated = own.flatMap((event) =>
    'complianceTo' in event.data ? [event.data.complianceTo] : [],
  );
  const complianceTo = stated.at(-1) ?? '';
  const against = own.flatMap((event) =>
    event.type === 'ComplianceDecided' && event.data.outcome === 'not-complied'
      ? [event.data.decidedOn]
      : [],
  );
  expect(against).toHaveLength(1);
  expect((against[0] ?? '') > complianceTo).toBe(true);
  const told = own.flatMap((event) =>
    event.type === 'InterventionIntentNotified' && event.data.powers.includes(data.power)
      ? [event.data.notBefore]
      : [],
  );
  expect(told.some((notBefore) => notBefore <= data.exercisedOn)).toBe(true);
  expect(data.exercisedOn <= (lastDayFor(data.power, complianceTo) ?? data.exercisedOn)).toBe(true);
  expect('secretaryOfStateConsentedOn' in data).toBe(data.power === 'interim-executive-board');
}

/** Ends what is in use, then the live notice, then what the Secretary of State's stands in the way of. */
function finished(state: NoticesState, today: string, ways: Set<string>): NoticesState {
  let now = state;
  const give = (name: Step['does'], command: object) => {
    const decision = decide(name, now, { schoolId, ...command }, givenOn(today));
    if (isRefusal(decision)) throw new Error(`${name}: ${decision.detail}`);
    for (const event of decision) now = evolved(decider.evolve, now, event);
    ways.add(name);
  };
  for (const notice of Object.values(now.notices))
    for (const { power } of inUse(notice))
      give('EndIntervention', { noticeId: notice.given.noticeId, power, reason: 'x' });
  const live = liveNotice(now);
  if (live !== undefined) {
    const of = { noticeId: live.given.noticeId, reason: 'x' };
    if (live.decided === undefined) give('WithdrawNotice', of);
    else give('CloseNotice', { ...of, because: 'no-power-needed' });
  }
  if (standing(now).length > 0) give('RecordPermissionToWarn', {});
  return now;
}
