import { assert, constantFrom, integer, array, property, record, tuple } from 'fast-check';
import type { EntitlementEvent } from '#domain';
import { aggregates } from '#domain';
import type { AllowanceEntry, PotLine } from './allowances';
import { allowances, forecastOf } from './allowances';
import { documentsAfter } from './folded-in-specs';

/* Events of one school's year, then what is left of it: beside the ledger of the stream, and beside plain sums. */
const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const year = { schoolId: uuid(1), academicYear: '2026/27' };
const row = { category: 'Prevention', headlineVisits: 3, fundedPercent: 100 } as const;
const granted: EntitlementEvent = {
  type: 'EntitlementGranted',
  data: {
    ...{ ...year, ...row, sspcHalfDays: 18, sslcHalfDays: 4, status: 'maintained' },
    ...{ offerVersion: 'example', effectiveFrom: '2026-09-15', becauseOf: uuid(2) },
  },
};
const { decider } = aggregates.find(({ name }) => name === 'entitlement')!;
const { initial, evolve, decide } = decider as unknown as {
  initial: unknown;
  evolve: Record<string, (state: unknown, data: object) => unknown>;
  decide: Record<string, (state: unknown, command: object, given: object) => unknown>;
};

const after = (history: readonly EntitlementEvent[]): AllowanceEntry =>
  documentsAfter(allowances, history)['00000000-0000-4000-8000-000000000001 2026/27'] as never;

const entry = (n: number) => ({ ...year, reservationId: uuid(n), deploymentId: uuid(90) });
/** What anybody may ask of the ledger, legal or not. */
const asked = record({
  command: constantFrom('ReserveDays', 'ReleaseDays', 'ConsumeDays', 'ApproveExtraDays'),
  reservation: integer({ min: 10, max: 14 }),
  visit: integer({ min: 20, max: 24 }),
  halfDays: integer({ min: 0, max: 9 }),
  role: constantFrom('SSPC', 'ABLE', 'SSLC'),
});
const legal = array(asked, { maxLength: 40 }).map((asks) => {
  let state = evolve['EntitlementGranted']!(initial, granted.data);
  const history: EntitlementEvent[] = [granted];
  asks.forEach(({ command, reservation, visit, halfDays, role }, n) => {
    const fields = {
      ...{ ...entry(reservation), visitId: uuid(visit), halfDays: Math.max(1, halfDays), role },
      ...{ approvalId: uuid(200 + n), pot: role === 'SSLC' ? 'sslc' : 'sspc', reason: 'Asked' },
      ...(command === 'ConsumeDays' ? { halfDays } : {}),
    };
    const given = { actor: { id: 'person-a', role: 'policy' }, today: '2026-11-23', known: {} };
    const answer = decide[command]!(state, fields, { ...given, newId: uuid });
    if (!Array.isArray(answer)) return;
    for (const event of answer as EntitlementEvent[]) {
      state = evolve[event.type]!(state, event.data);
      history.push(event);
    }
  });
  return { history, state: state as { ledger: AllowanceEntry['ledger'] } };
});

const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);

describe('what is known of an allowance', () => {
  it('is what the offer grants, until something is set aside', () => {
    const { pots, granted: terms } = after([granted]);
    expect(terms).toEqual({
      ...{ ...row, sspcHalfDays: 18, sslcHalfDays: 4 },
      ...{ offerVersion: 'example', effectiveFrom: '2026-09-15' },
    });
    const untouched = { extra: 0, reserved: 0, consumed: 0, released: 0 };
    expect(pots).toEqual({
      sspc: { ...untouched, granted: 18, left: 18 },
      sslc: { ...untouched, granted: 4, left: 4 },
    });
  });

  it('counts what is set aside, used, amended and given back', () => {
    const history: EntitlementEvent[] = [
      granted,
      { type: 'DaysReserved', data: { ...entry(10), halfDays: 10, role: 'ABLE', pot: 'sspc' } },
      { type: 'DaysConsumed', data: { ...entry(10), visitId: uuid(20), halfDays: 1 } },
      {
        type: 'DaysConsumedAmended',
        data: { ...entry(10), visitId: uuid(20), halfDays: 3, was: 1 },
      },
    ];
    expect(after(history).pots.sspc).toEqual({
      ...{ granted: 18, extra: 0, reserved: 10, consumed: 3, released: 0, left: 8 },
    });
    history.push({ type: 'DaysReleased', data: { ...entry(10), halfDays: 7 } });
    expect(after(history).pots.sspc).toEqual({
      ...{ granted: 18, extra: 0, reserved: 3, consumed: 3, released: 7, left: 15 },
    });
  });

  it('keeps what was agreed when the grant becomes smaller, and has nothing left then', () => {
    const { pots } = after([
      granted,
      { type: 'DaysReserved', data: { ...entry(10), halfDays: 10, role: 'SSPC', pot: 'sspc' } },
      {
        type: 'EntitlementAdjusted',
        data: {
          ...{ ...year, status: 'maintained', offerVersion: 'example', becauseOf: uuid(3) },
          effectiveFrom: '2027-01-04',
          was: { ...row, sspcHalfDays: 18, sslcHalfDays: 4 },
          now: { ...row, sspcHalfDays: 6, sslcHalfDays: 0, category: 'Enhancement' },
        },
      },
    ]);
    expect(pots.sspc).toMatchObject({ granted: 6, reserved: 10, left: 0 });
  });

  it('has nothing left once it has lapsed, and says what lapsed', () => {
    const { pots, lapsed } = after([
      granted,
      { type: 'EntitlementLapsed', data: { ...year, sspcHalfDays: 18, sslcHalfDays: 4 } },
    ]);
    expect([pots.sspc.left, pots.sslc.left, lapsed]).toEqual([0, 0, { sspc: 18, sslc: 4 }]);
  });

  it('is, after any legal history, the ledger of the stream and the plain sums of its events', () => {
    assert(
      property(tuple(legal), ([{ history, state }]) => {
        const { ledger, pots } = after(history);
        expect(ledger).toEqual(state.ledger);
        for (const pot of ['sspc', 'sslc'] as const)
          expect(pots[pot]).toEqual(bySums(history, pot));
      }),
      { numRuns: 300 },
    );
  });
});

/** What the events add up to, each visit by its last figure. */
function bySums(history: readonly EntitlementEvent[], pot: 'sspc' | 'sslc'): PotLine {
  const reserved = history.flatMap((event) =>
    event.type === 'DaysReserved' && event.data.pot === pot ? [event.data] : [],
  );
  const extra = sum(
    history.flatMap((event) =>
      event.type === 'ExtraDaysApproved' && event.data.pot === pot ? [event.data.halfDays] : [],
    ),
  );
  const usedBy = (reservationId: string): number => {
    const visits = new Map<string, number>();
    for (const event of history)
      if (
        (event.type === 'DaysConsumed' || event.type === 'DaysConsumedAmended') &&
        event.data.reservationId === reservationId
      )
        visits.set(event.data.visitId, event.data.halfDays);
    return sum([...visits.values()]);
  };
  const backOf = (reservationId: string) =>
    history.flatMap((event) =>
      event.type === 'DaysReleased' && event.data.reservationId === reservationId
        ? [event.data.halfDays]
        : [],
    );
  const held = sum(
    reserved.map(({ reservationId, halfDays }) =>
      backOf(reservationId).length > 0 ? usedBy(reservationId) : halfDays,
    ),
  );
  const offered = pot === 'sspc' ? 18 : 4;
  return {
    granted: offered,
    extra,
    reserved: held,
    consumed: sum(reserved.map(({ reservationId }) => usedBy(reservationId))),
    released: sum(reserved.flatMap(({ reservationId }) => backOf(reservationId))),
    left: offered + extra - held,
  };
}

describe('the forecast of a year', () => {
  it.each([
    ['2026-09-01', 2, 730],
    ['2027-03-01', 91, 183],
    ['2027-08-31', 100, 100],
    ['2028-01-01', 100, 100],
  ])('on %s, after %d half-days, is %d', (day, used, consumed) => {
    expect(forecastOf(used, '2026/27', day)).toMatchObject({ consumed, daysOfYear: 365 });
  });

  it('is none before the year has begun, and knows a leap year', () => {
    expect(forecastOf(0, '2026/27', '2026-08-31')).toBeUndefined();
    expect(forecastOf(1, '2027/28', '2027-09-01')).toMatchObject({ daysOfYear: 366 });
    expect(forecastOf(5, '2026/27', '2028-01-01')?.says).toContain('The year is over');
  });
});
