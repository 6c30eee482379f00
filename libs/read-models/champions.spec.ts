import type { ChampionEvent } from '#domain';
import type { Position, Recorded } from '#kernel';
import type { Champion } from './champions';
import { champions } from './champions';

const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const of = { championId: uuid(1), homeSchoolId: uuid(900001) };

/** The event as it is read back; a read model of champions looks at nothing but its data. */
const recorded = <E extends ChampionEvent>(event: E, at: number): Recorded<E> => ({
  ...event,
  id: uuid(at),
  position: at as Position,
  stream: `champion-${of.championId}`,
  revision: at,
  recordedAt: '2026-11-23T09:00:00.000Z',
  effectiveOn: '2026-11-23',
  metadata: {
    version: 1,
    actor: { id: 'person-adviser', role: 'adviser' },
    commandId: uuid(at),
    correlationId: uuid(at),
  },
});

type AnyTouch = {
  readonly keys: (event: Recorded<ChampionEvent>) => readonly string[];
  readonly on: (
    document: Champion | undefined,
    event: Recorded<ChampionEvent>,
    key: string,
  ) => Champion | undefined;
};

/** The document after these events, each of which touches that one. */
function after(...events: readonly ChampionEvent[]): Champion | undefined {
  let document: Champion | undefined;
  for (const [at, event] of events.entries()) {
    const touch = champions.touches[event.type] as AnyTouch;
    expect(touch.keys(recorded(event, at))).toEqual([of.championId]);
    document = touch.on(document, recorded(event, at), of.championId);
  }
  return document;
}

const particulars = {
  ...of,
  personRef: 'person-champion-01',
  roles: ['SSLC'],
  specialisms: ['early-reading'],
  phases: ['primary'],
  vettedOn: '2026-06-01',
  vettedUntil: '2029-05-31',
  yearlyCapHalfDays: 30,
} as const;
const registered: ChampionEvent = {
  type: 'ChampionRegistered',
  data: { ...particulars, registeredOn: '2026-09-01' },
};
const booking = {
  ...of,
  reservationId: uuid(60),
  deploymentId: uuid(70),
  supportedSchoolId: uuid(900003),
  academicYear: '2026/27',
};
const reserved: ChampionEvent = {
  type: 'ChampionDaysReserved',
  data: { ...booking, halfDays: 12, from: '2026-11-30', to: '2027-03-26' },
};
const reason = 'SECRET REASON';

describe('what is known of a champion', () => {
  it('is what was said last of them', () => {
    expect(
      after(
        registered,
        { type: 'ChampionUpdated', data: { ...of, roles: ['SSLC', 'ABLE'] } },
        {
          type: 'ChampionPaused',
          data: { ...of, byHomeSchool: true, pausedOn: '2026-10-01', reason },
        },
        {
          type: 'ChampionMoved',
          data: {
            ...of,
            homeSchoolId: uuid(900002),
            fromSchoolId: of.homeSchoolId,
            schoolIds: [of.homeSchoolId, uuid(900002)],
            movedOn: '2026-10-02',
          },
        },
      ),
    ).toEqual({
      ...particulars,
      homeSchoolId: uuid(900002),
      roles: ['SSLC', 'ABLE'],
      status: 'paused',
      since: '2026-10-01',
      years: {},
      availability: [],
      interests: [],
    });
    const resumed = { ...of, resumedOn: '2026-10-05', reason };
    const retired = { ...of, retiredOn: '2026-10-09', reason };
    expect(after(registered, { type: 'ChampionResumed', data: resumed })).toMatchObject({
      status: 'active',
      since: '2026-10-05',
    });
    expect(after(registered, { type: 'ChampionRetired', data: retired })).toMatchObject({
      status: 'retired',
      since: '2026-10-09',
    });
  });

  it('counts the days of each year, and keeps the cap of its own', () => {
    const visit = { ...booking, visitId: uuid(80) };
    const ledger: readonly ChampionEvent[] = [
      registered,
      {
        type: 'YearlyCapSet',
        data: { ...of, academicYear: '2026/27', was: 30, halfDays: 20, reason },
      },
      reserved,
      { type: 'ChampionDaysConsumed', data: { ...visit, halfDays: 4 } },
      { type: 'ChampionDaysAdjusted', data: { ...visit, was: 4, now: 3 } },
      { type: 'ChampionDaysReleased', data: { ...booking, halfDays: 9 } },
    ];
    expect(after(...ledger.slice(0, 3))?.years).toEqual({
      '2026/27': { cap: 20, reserved: 12, consumed: 0 },
    });
    expect(after(...ledger)?.years).toEqual({ '2026/27': { cap: 20, reserved: 3, consumed: 3 } });
  });

  it('has the availability said last of any day, in order', () => {
    const said = (from: string, to: string, halfDays: number): ChampionEvent => ({
      type: 'AvailabilityDeclared',
      data: { ...of, academicYear: '2026/27', from, to, halfDays, per: 'week' },
    });
    const known = after(
      registered,
      said('2027-01-04', '2027-03-26', 2),
      said('2026-09-01', '2026-12-18', 1),
      said('2027-02-01', '2027-07-16', 0),
    );
    expect(known?.availability.map(({ from, halfDays }) => [from, halfDays])).toEqual([
      ['2026-09-01', 1],
      ['2027-02-01', 0],
    ]);
  });

  it('has each interest with what was decided last, and nobody’s reasons', () => {
    const interest = { ...of, interestId: uuid(50) };
    const known = after(
      registered,
      {
        type: 'InterestDeclared',
        data: {
          ...interest,
          counterpartyIds: [uuid(900003)],
          nature: 'supplier',
          declaredById: 'person-adviser',
          declaredOn: '2026-10-01',
          note: reason,
        },
      },
      {
        type: 'InterestResolved',
        data: {
          ...interest,
          outcome: 'bars',
          resolvedById: 'person-leader',
          resolvedOn: '2026-10-02',
          reason,
        },
      },
    );
    expect(known?.interests).toEqual([
      {
        interestId: uuid(50),
        counterpartyIds: [uuid(900003)],
        nature: 'supplier',
        declaredOn: '2026-10-01',
        outcome: 'bars',
        resolvedOn: '2026-10-02',
      },
    ]);
    expect(JSON.stringify(known)).not.toContain(reason);
  });

  it('is nothing of somebody who was never registered', () => {
    expect(after(reserved)).toBeUndefined();
  });
});
