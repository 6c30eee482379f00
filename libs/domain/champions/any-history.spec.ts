import { evolved, isRefusal } from '#kernel';
import fc from 'fast-check';
import type { ChampionEvent } from './events';
import { championId, decider, known, policy, supportedSchoolId, uuid } from './history-in-specs';
import type { Name, Step } from './random-history-in-specs';
import { decide, play, years } from './random-history-in-specs';
import type { ChampionState } from './state';
import { capOf, heldIn } from './state';

/*
 * A champion and the ledger of their days, from any legal history: made of commands drawn at random, in any order, again
 * and again. What the ledger must keep is told here once more, from the events alone.
 */
const ledger = ['ReserveChampionDays', 'ReleaseChampionDays', 'ConsumeChampionDays'] as const;
const steps: fc.Arbitrary<Step[]> = fc
  .array(
    fc.record({
      does: fc.oneof(
        { weight: 6, arbitrary: fc.constantFrom(...ledger) },
        { weight: 4, arbitrary: fc.constantFrom(...(Object.keys(decider.decide) as Name[])) },
      ),
      by: fc.constantFrom('adviser', 'team-leader', 'home-head', 'champion'),
      days: fc.nat(3),
      pick: fc.nat(5),
      halfDays: fc.integer({ min: 1, max: 14 }),
    }),
    { minLength: 30, maxLength: 60 },
  )
  .map((drawn): Step[] => [
    { does: 'RegisterChampion', by: 'adviser', days: 0, pick: 0, halfDays: 1 },
    ...drawn,
  ]);

/** What the events say of one year, added up with nothing else in mind. */
function sums(history: readonly ChampionEvent[], year: string) {
  let [cap, reserved, consumed] = [30, 0, 0];
  for (const { type, data } of history) {
    if (!('academicYear' in data) || data.academicYear !== year) continue;
    if (type === 'YearlyCapSet') cap = data.halfDays;
    if (type === 'ChampionDaysReserved') reserved += data.halfDays;
    if (type === 'ChampionDaysReleased') reserved -= data.halfDays;
    if (type === 'ChampionDaysConsumed') consumed += data.halfDays;
    if (type === 'ChampionDaysAdjusted') consumed += data.now - data.was;
  }
  return { cap, reserved, consumed };
}

const consumedIn = (state: ChampionState, year: string): number =>
  state.registered
    ? Object.values(state.reservations)
        .filter(({ academicYear }) => academicYear === year)
        .reduce((sum, { consumed }) => sum + consumed, 0)
    : 0;

describe('from any legal history', () => {
  it('the same command twice changes nothing the second time', () => {
    fc.assert(
      fc.property(steps, (drawn) => {
        play(drawn, (_history, _state, again) => {
          expect(again()).toEqual([]);
        });
      }),
    );
  });

  it('the sum of the events is the state, and never overdraws', () => {
    let used = 0;
    fc.assert(
      fc.property(steps, (drawn) => {
        play(drawn, (history, state) => {
          for (const year of years) {
            const { cap, reserved, consumed } = sums(history, year);
            expect(0 <= consumed && consumed <= reserved && reserved <= cap).toBe(true);
            if (!state.registered) throw new Error('The champion is not registered.');
            expect([capOf(state, year), heldIn(state, year), consumedIn(state, year)]).toEqual([
              cap,
              reserved,
              consumed,
            ]);
            used += consumed;
          }
          if (!state.registered) return;
          for (const { halfDays, consumed, released } of Object.values(state.reservations)) {
            expect(consumed <= halfDays && (!released || consumed === halfDays)).toBe(true);
          }
        });
      }),
      { numRuns: 120 },
    );
    expect(used).toBeGreaterThan(200);
  });

  it('a reservation is made once, a visit counted once of each, and what is released stays so', () => {
    fc.assert(
      fc.property(steps, (drawn) => {
        const { history } = play(drawn);
        const made = history.flatMap(({ type, data }) =>
          type === 'ChampionDaysReserved' ? [data.reservationId] : [],
        );
        const visits = history.flatMap(({ type, data }) =>
          type === 'ChampionDaysConsumed' ? [`${data.visitId} ${data.reservationId}`] : [],
        );
        expect(made).toEqual([...new Set(made)]);
        expect(visits).toEqual([...new Set(visits)]);
        history.forEach(({ type, data }, i) => {
          if (type !== 'ChampionDaysReleased') return;
          const later = history
            .slice(i + 1)
            .flatMap((event) =>
              'reservationId' in event.data && event.data.reservationId === data.reservationId
                ? [event]
                : [],
            );
          // Only figures put right, each with what it gives back.
          expect(later.map((event) => event.type)).not.toContain('ChampionDaysReserved');
          expect(later.map((event) => event.type)).not.toContain('ChampionDaysConsumed');
        });
      }),
      { numRuns: 120 },
    );
  });

  it('days are booked of an active champion, where no interest is in the way', () => {
    let booked = 0;
    fc.assert(
      fc.property(steps, (drawn) => {
        const { history } = play(drawn);
        history.forEach(({ type, data }, i) => {
          if (type !== 'ChampionDaysReserved') return;
          booked += 1;
          const before = history.slice(0, i);
          const last = before.findLast((past) =>
            /^Champion(Registered|Paused|Resumed|Retired)$/.test(past.type),
          );
          expect(last?.type).toMatch(/^Champion(Registered|Resumed)$/);
          for (const past of before) {
            if (past.type !== 'InterestDeclared') continue;
            const { interestId, counterpartyIds } = past.data;
            if (!counterpartyIds.includes(data.supportedSchoolId)) continue;
            const decided = before.findLast(
              (event) => event.type === 'InterestResolved' && event.data.interestId === interestId,
            );
            expect(decided?.data).toMatchObject({ outcome: 'may-work' });
          }
        });
      }),
      { numRuns: 120 },
    );
    expect(booked).toBeGreaterThan(50);
  });

  it('a champion can be brought back to work, and nothing stays reserved for ever', () => {
    let freed = 0;
    fc.assert(
      fc.property(steps, (drawn) => {
        const { today, ...played } = play(drawn);
        let { state } = played;
        const so = (name: Name, command: object, actor: { id: string; role: string }) => {
          const given = { now: '', today, actor, newId: uuid, known };
          const decision = decide(name, state, command, given);
          if (isRefusal(decision)) throw new Error(`${name}: ${decision.detail}`);
          for (const event of decision) state = evolved(decider.evolve, state, event);
          return decision.length;
        };
        const head = { id: 'person-z', role: 'head-of-service' };
        if (!state.registered) throw new Error('The champion is not registered.');
        so('ResumeChampion', { championId, reason: 'x' }, head);
        for (const interestId of Object.keys(state.interests))
          so('ResolveInterest', { championId, interestId, outcome: 'may-work', reason: 'x' }, head);
        for (const reservationId of Object.keys(state.reservations))
          freed += so('ReleaseChampionDays', { championId, reservationId }, policy);
        const [year] = years;
        const left = capOf(state, year) - consumedIn(state, year);
        if (left === 0) return;
        const booking = { reservationId: uuid(690), deploymentId: uuid(790), supportedSchoolId };
        const period = { academicYear: year, from: '2026-12-01', to: '2027-07-16' };
        const { homeSchoolId } = state;
        so(
          'ReserveChampionDays',
          { championId, homeSchoolId, ...booking, ...period, halfDays: left },
          policy,
        );
      }),
      { numRuns: 120 },
    );
    expect(freed).toBeGreaterThan(20);
  });

  it('is drawn widely enough: every event happens, and refusals do', () => {
    const played = fc.sample(steps, { numRuns: 150, seed: 4 }).map((drawn) => play(drawn));
    const seen = new Set(played.flatMap(({ history }) => history.map(({ type }) => type)));
    expect([...seen].toSorted()).toEqual(Object.keys(decider.evolve).toSorted());
    const refusals = played.flatMap((life) => life.refusals);
    expect(new Set(refusals.map(({ refused }) => refused))).toEqual(
      new Set([
        ...['CapBelowReserved', 'CapReached', 'ChampionIsRetired', 'ChampionNotActive'],
        ...['ChampionRegisteredAlready', 'DaysStillReserved', 'InterestInTheWay'],
        ...['InterestUnknown', 'OwnInterest', 'ReservationIdTaken', 'ReservationReleased'],
        ...['ReservationUnknown', 'ReservationUsedUp', 'TeamsToResume'],
      ]),
    );
    // Every one is a sentence.
    expect(refusals.filter(({ detail }) => !/\w{3} .*\.$/.test(detail))).toEqual([]);
  });
});
