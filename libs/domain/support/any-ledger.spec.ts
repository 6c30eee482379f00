import type { Decision } from '#kernel';
import { evolved, folded, isRefusal } from '#kernel';
import fc from 'fast-check';
import type { Category, ChampionRole } from '../shared/words';
import { championRoles } from '../shared/words';
import { academicYear, decider, deploymentId, known, schoolId, uuid } from './entitlement-in-specs';
import type { EntitlementRefusal } from './entitlement-refusals';
import type { EntitlementEvent, Pot } from './events';
import { pots } from './events';
import { grantedIn, heldIn, leftIn } from './ledger';

/*
 * The half-days of one school and year under any sequence of commands. What stands in the ledger is told here once more,
 * from the events alone: whatever happens, 0 ≤ used ≤ set aside, and nothing is set aside that is not there.
 */
interface Step {
  readonly does: keyof typeof decider.decide;
  /** Which reservation, visit or approval. */
  readonly pick: number;
  readonly visit: number;
  readonly halfDays: number;
  readonly role: ChampionRole;
  readonly pot: Pot;
  readonly category: Exclude<Category, 'Enhancement'>;
}
const often = ['ReserveDays', 'ConsumeDays', 'ReleaseDays'] as const;
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    does: fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...often) },
      { weight: 1, arbitrary: fc.constantFrom('ApproveExtraDays', 'GrantEntitlement') },
    ),
    pick: fc.nat(5),
    visit: fc.nat(4),
    halfDays: fc.nat(12),
    role: fc.constantFrom(...championRoles),
    pot: fc.constantFrom(...pots),
    category: fc.constantFrom('Prevention', 'Intervention'),
  }),
  { minLength: 10, maxLength: 30 },
);

function commandOf({ does, pick, visit, halfDays, role, pot }: Step): object {
  const of = { schoolId, academicYear };
  const reservationId = uuid(100 + pick);
  switch (does) {
    case 'GrantEntitlement':
      return { schoolId, effectiveFrom: '2026-09-15', becauseOf: uuid(1) };
    case 'ApproveExtraDays':
      return { ...of, approvalId: uuid(300 + pick), pot, halfDays: halfDays + 1, reason: 'x' };
    case 'ReserveDays':
      return { ...of, reservationId, deploymentId, role, halfDays: halfDays + 1 };
    case 'ReleaseDays':
      return { ...of, reservationId };
    case 'ConsumeDays':
      return { ...of, reservationId, visitId: uuid(200 + visit), halfDays };
    case 'LapseEntitlement':
      return of;
  }
}

type Decide = (
  state: typeof decider.initial,
  command: object,
  given: object,
) => Decision<EntitlementEvent, EntitlementRefusal>;
const decide = (step: Step, state: typeof decider.initial) =>
  (decider.decide[step.does] as Decide)(state, commandOf(step), {
    now: '2027-09-01T09:00:00.000Z',
    today: '2027-09-01',
    actor: { id: 'person-head-of-service', role: 'head-of-service' },
    newId: uuid,
    known: known(['2026-09-15', step.category]),
  });

const granting: Step = {
  ...{ does: 'GrantEntitlement', category: 'Intervention', role: 'SSPC', pot: 'sspc' },
  ...{ pick: 0, visit: 0, halfDays: 0 },
};
/** Plays the steps after a grant, and at the end of the year lets the rest lapse; `each` is told after every command. */
function play(
  drawn: readonly Step[],
  each: (history: readonly EntitlementEvent[], now: readonly EntitlementEvent[]) => void = () =>
    undefined,
) {
  const history: EntitlementEvent[] = [];
  const refusals: EntitlementRefusal[] = [];
  let state = decider.initial;
  const life: readonly Step[] = [granting, ...drawn, { ...granting, does: 'LapseEntitlement' }];
  // Visits are still put right, and half-days go back, after the year is over.
  for (const step of [...life, ...drawn]) {
    const decision = decide(step, state);
    if (isRefusal(decision)) {
      refusals.push(decision);
      continue;
    }
    history.push(...decision);
    for (const event of decision) state = evolved(decider.evolve, state, event);
    expect(decide(step, state)).toEqual([]);
    each(history, decision);
  }
  return { history, refusals };
}

const sum = (numbers: Iterable<number>) => [...numbers].reduce((all, one) => all + one, 0);

/** What the events come to, told without the ledger. */
function accounts(history: readonly EntitlementEvent[]) {
  const of = <T extends EntitlementEvent['type']>(type: T) =>
    history.flatMap((event) =>
      event.type === type ? [event.data as Extract<EntitlementEvent, { type: T }>['data']] : [],
    );
  const lastGrant = history.findLast(
    ({ type }) => type === 'EntitlementGranted' || type === 'EntitlementAdjusted',
  );
  const byOffer = (pot: Pot): number => {
    if (lastGrant?.type === 'EntitlementGranted') return lastGrant.data[`${pot}HalfDays`];
    return lastGrant?.type === 'EntitlementAdjusted' ? lastGrant.data.now[`${pot}HalfDays`] : 0;
  };
  const reservations = of('DaysReserved').map((one) => {
    const mine = ({ reservationId }: { readonly reservationId: string }) =>
      reservationId === one.reservationId;
    const releasedAt = history.findIndex(
      ({ type, data }) => type === 'DaysReleased' && data.reservationId === one.reservationId,
    );
    const used =
      sum(
        of('DaysConsumed')
          .filter(mine)
          .map(({ halfDays }) => halfDays),
      ) +
      sum(
        of('DaysConsumedAmended')
          .filter(mine)
          .map(({ halfDays, was }) => halfDays - was),
      );
    const back = of('DaysReleased').filter(mine);
    const lessAfterwards = history
      .slice(releasedAt)
      .flatMap((event) =>
        event.type === 'DaysConsumedAmended' && mine(event.data)
          ? [event.data.halfDays - event.data.was]
          : [],
      );
    const released = releasedAt >= 0;
    const wentBack = sum(back.map(({ halfDays }) => halfDays));
    const holds = released ? one.halfDays - wentBack + sum(lessAfterwards) : one.halfDays;
    return { ...one, used, released, times: back.length, holds };
  });
  const held = (pot: Pot) =>
    sum(reservations.filter((one) => one.pot === pot).map(({ holds }) => holds));
  const granted = (pot: Pot) =>
    byOffer(pot) +
    sum(
      of('ExtraDaysApproved')
        .filter((one) => one.pot === pot)
        .map(({ halfDays }) => halfDays),
    );
  return { reservations, held, granted };
}

describe('from any history of the ledger', () => {
  it('no more is used than set aside, nor less than nothing', () => {
    fc.assert(
      fc.property(steps, (drawn) => {
        play(drawn, (history) => {
          const { reservations } = accounts(history);
          expect(
            reservations.filter(
              ({ used, holds, halfDays }) => used < 0 || used > holds || holds > halfDays,
            ),
          ).toEqual([]);
        });
      }),
    );
  });

  it('no more is set aside than is granted, unless the grant became smaller', () => {
    let pressed = 0;
    fc.assert(
      fc.property(steps, (drawn) => {
        play(drawn, (history, now) => {
          const after = accounts(history);
          const before = accounts(history.slice(0, history.length - now.length));
          for (const pot of pots) {
            const more = after.held(pot) - before.held(pot);
            if (more > 0) expect(after.held(pot)).toBeLessThanOrEqual(after.granted(pot));
            if (after.held(pot) <= after.granted(pot)) continue;
            expect(after.held(pot)).toBeLessThanOrEqual(before.held(pot));
            pressed += 1;
          }
        });
      }),
    );
    expect(pressed).toBeGreaterThan(10);
  });

  it('the sum of the events is what stands in the ledger', () => {
    fc.assert(
      fc.property(steps, (drawn) => {
        play(drawn, (history) => {
          const { granted, ledger } = folded(decider, history);
          const { reservations, ...told } = accounts(history);
          const stands = pots.map((pot) => ({
            held: heldIn(ledger, pot),
            granted: grantedIn(granted?.allowance, ledger, pot),
            left: leftIn(granted?.allowance, ledger, pot),
          }));
          const counted = pots.map((pot) => {
            const [held, all] = [told.held(pot), told.granted(pot)];
            return { held, granted: all, left: ledger.lapsed ? 0 : Math.max(0, all - held) };
          });
          expect(stands).toEqual(counted);
          const entries = Object.entries(ledger.reservations).map(([reservationId, one]) => {
            const { pot, released, halfDays } = one;
            return { reservationId, pot, released, halfDays, used: sum(Object.values(one.used)) };
          });
          expect(entries).toEqual(
            reservations.map(({ reservationId, role, released, halfDays, used }) => {
              const pot = role === 'SSLC' ? 'sslc' : 'sspc';
              return { reservationId, pot, released, halfDays, used };
            }),
          );
        });
      }),
    );
  });

  it('what was given back holds what its visits used, and is never set aside again', () => {
    let back = 0;
    fc.assert(
      fc.property(steps, (drawn) => {
        const { reservations } = accounts(play(drawn).history);
        const ids = reservations.map(({ reservationId }) => reservationId);
        expect(ids).toEqual([...new Set(ids)]);
        for (const { released, times, holds, used } of reservations) {
          expect(times).toBe(released ? 1 : 0);
          if (released) expect(holds).toBe(used);
          back += times;
        }
      }),
    );
    expect(back).toBeGreaterThan(50);
  });

  it('is drawn widely enough: every event happens, and every no but for want of a grant', () => {
    const played = fc.sample(steps, { numRuns: 100, seed: 4 }).map((drawn) => play(drawn));
    const seen = new Set(played.flatMap(({ history }) => history.map(({ type }) => type)));
    expect([...seen].toSorted()).toEqual(Object.keys(decider.evolve).toSorted());
    const refusals = played.flatMap((life) => life.refusals);
    expect([...new Set(refusals.map(({ refused }) => refused))].toSorted()).toEqual([
      'AllowanceSpent',
      'ApprovalIdTaken',
      'EntitlementIsOver',
      'MoreThanReserved',
      'ReservationEnded',
      'ReservationUnknown',
    ]);
    // Every one is a sentence.
    expect(refusals.filter(({ detail }) => !/\w{3} .*\.$/.test(detail))).toEqual([]);
  });
});
