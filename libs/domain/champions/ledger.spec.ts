import { given } from '#kernel';
import {
  adjusted,
  booking,
  capSet,
  championId,
  consumed,
  decider,
  declared,
  homeSchoolId,
  known,
  leader,
  otherSchoolId,
  paused,
  policy,
  registered,
  released,
  reservationId,
  reserved,
  resolved,
  retired,
  supportedSchoolId,
  term,
  uuid,
  visitId,
} from './history-in-specs';

const by = policy;
const reserve = (halfDays: number, more: object = {}) => ({
  championId,
  homeSchoolId,
  ...booking,
  ...term,
  halfDays,
  ...more,
});
const another = { reservationId: uuid(61) };
const release = { championId, reservationId };
const consume = (halfDays: number) => ({ championId, reservationId, visitId, halfDays });

describe('the yearly cap', () => {
  const cap = (halfDays: number) => ({
    championId,
    academicYear: '2026/27',
    halfDays,
    reason: 'Half a post.',
  });

  it('of a year is set, and again', () => {
    given(decider, [registered()], known)
      .when('SetYearlyCap', cap(16), { by: leader })
      .then([capSet(30, 16)])
      .when('SetYearlyCap', cap(20), { by: leader })
      .then([capSet(16, 20)])
      .again()
      .silent();
    given(decider, [registered()], known).when('SetYearlyCap', cap(30)).silent();
  });

  it('is not below what is reserved, nor of a year out of reach', () => {
    given(decider, [registered(), reserved(8)], known)
      .when('SetYearlyCap', cap(7))
      .refused('CapBelowReserved', '8 half-days of 2026/27');
    given(decider, [registered(), reserved(8)], known)
      .when('SetYearlyCap', cap(8))
      .then([capSet(30, 8)]);
    given(decider, [registered()], known)
      .when('SetYearlyCap', { ...cap(8), academicYear: '2029/30' })
      .refused('YearOutOfReach', '2021/22 to 2028/29');
  });
});

describe('reserving days', () => {
  it('takes them up to the cap of the year, and says what is left', () => {
    const history = given(decider, [registered()], known)
      .when('ReserveChampionDays', reserve(24), { by })
      .then([reserved(24)]);
    history.when('ReserveChampionDays', reserve(24), { by }).silent();
    history
      .when('ReserveChampionDays', reserve(8, another), { by })
      .refused('CapReached', '6 half-days left of 30 for 2026/27, 8 needed.');
    history
      .when('ReserveChampionDays', reserve(6, another), { by })
      .then([reserved(6, another)])
      .when('ReserveChampionDays', reserve(1, { reservationId: uuid(62) }), { by })
      .refused('CapReached', '0 half-days left');
    const next = { academicYear: '2027/28', from: '2027-09-06', to: '2027-12-17' };
    history
      .when('ReserveChampionDays', reserve(30, { ...another, ...next }), { by })
      .then([reserved(30, { ...another, ...next })]);
    given(decider, [registered(), capSet(30, 31)], known)
      .when('ReserveChampionDays', reserve(31), { by })
      .then([reserved(31)]);
  });

  it('is once for a reservation, and never again when it was released', () => {
    given(decider, [registered(), reserved(8)], known)
      .when('ReserveChampionDays', reserve(9), { by })
      .refused('ReservationIdTaken');
    given(decider, [registered(), reserved(8), released(8)], known)
      .when('ReserveChampionDays', reserve(8), { by })
      .refused('ReservationReleased');
  });

  it('is of an active champion, within their vetting', () => {
    for (const last of [paused(), retired]) {
      given(decider, [registered(), last], known)
        .when('ReserveChampionDays', reserve(8), { by })
        .refused('ChampionNotActive', '2026-10-05');
    }
    given(decider, [registered({ vettedUntil: '2027-03-25' })], known)
      .when('ReserveChampionDays', reserve(8), { by })
      .refused('VettingLapsed', '2027-03-26');
    given(decider, [registered({ vettedUntil: '2027-03-26' })], known)
      .when('ReserveChampionDays', reserve(8), { by })
      .then([reserved(8)]);
  });

  it('is not where an interest is in the way', () => {
    given(decider, [registered(), declared()], known)
      .when('ReserveChampionDays', reserve(8), { by })
      .refused('InterestInTheWay', '(family) in the school is not resolved');
    given(decider, [registered(), declared(), resolved('bars')], known)
      .when('ReserveChampionDays', reserve(8), { by })
      .refused('InterestInTheWay', 'bars this champion');
    given(decider, [registered(), declared(), resolved('may-work')], known)
      .when('ReserveChampionDays', reserve(8), { by })
      .then([reserved(8)]);
    given(decider, [registered(), declared({ counterpartyIds: [otherSchoolId] })], known)
      .when('ReserveChampionDays', reserve(8), { by })
      .then([reserved(8)]);
  });

  it('is for another school than their own, as released by the head they have', () => {
    given(decider, [registered()], known)
      .when('ReserveChampionDays', reserve(8, { supportedSchoolId: homeSchoolId }), { by })
      .refused('HomeSchoolNotSupported');
    given(decider, [registered({ homeSchoolId: otherSchoolId })], known)
      .when('ReserveChampionDays', reserve(8), { by })
      .refused('HomeSchoolIsAnother');
  });

  it('is for days of its academic year', () => {
    given(decider, [registered()], known)
      .when('ReserveChampionDays', reserve(8, { to: '2027-09-01' }), { by })
      .refused('OutsideYear', '2026/27');
    given(decider, [registered()], known)
      .when('ReserveChampionDays', reserve(8, { academicYear: '2039/40' }), { by })
      .refused('YearOutOfReach', '2028/29');
  });
});

describe('using days', () => {
  it('counts a visit once, and not above the reservation', () => {
    const history = given(decider, [registered(), reserved(3)], known)
      .when('ConsumeChampionDays', consume(2), { by })
      .then([consumed(2)]);
    history.when('ConsumeChampionDays', consume(2), { by }).silent();
    history
      .when('ConsumeChampionDays', { ...consume(2), visitId: uuid(81) }, { by })
      .refused(
        'ReservationUsedUp',
        '1 half-day of the reservation is left for this visit, 2 needed',
      );
    history
      .when('ConsumeChampionDays', { ...consume(1), visitId: uuid(81) }, { by })
      .then([consumed(1, { visitId: uuid(81) })]);
    given(decider, [registered(), reserved(3)], known)
      .when('ConsumeChampionDays', consume(0), { by })
      .silent();
  });

  it('of a visit that counts another figure is adjusted', () => {
    const history = given(decider, [registered(), reserved(3), consumed(2)], known);
    history
      .when('ConsumeChampionDays', consume(3), { by })
      .then([adjusted(2, 3)])
      .again()
      .silent();
    history
      .when('ConsumeChampionDays', consume(4), { by })
      .refused('ReservationUsedUp', '3 half-days of the reservation are left');
    const none = history.when('ConsumeChampionDays', consume(0), { by }).then([adjusted(2, 0)]);
    none.when('ConsumeChampionDays', consume(1), { by }).then([adjusted(0, 1)]);
  });

  it('of a reservation that is over: no more than were used, and what is given back is free', () => {
    const history = given(decider, [registered(), reserved(8), consumed(3), released(5)], known);
    history.when('ConsumeChampionDays', consume(4), { by }).refused('ReservationUsedUp');
    const freed = history
      .when('ConsumeChampionDays', consume(1), { by })
      .then([adjusted(3, 1), released(2)]);
    expect(freed.state).toMatchObject({
      reservations: { [reservationId]: { halfDays: 1, consumed: 1, released: true } },
    });
    freed.when('ReserveChampionDays', reserve(29, another), { by }).then([reserved(29, another)]);
  });

  it('wants a reservation, and the same one for a visit always', () => {
    given(decider, [registered()], known)
      .when('ConsumeChampionDays', consume(1), { by })
      .refused('ReservationUnknown');
  });

  it('counts one visit against two reservations, where the work was extended', () => {
    const { state } = given(
      decider,
      [registered(), reserved(3), reserved(3, another), consumed(1)],
      known,
    )
      .when('ConsumeChampionDays', { ...consume(2), ...another }, { by })
      .then([consumed(2, another)]);
    expect(state).toMatchObject({
      reservations: {
        [reservationId]: { consumed: 1 },
        [another.reservationId]: { consumed: 2 },
      },
    });
  });

  it('goes on while the champion is paused or has stopped: it has happened', () => {
    for (const last of [paused(), retired]) {
      given(decider, [registered(), reserved(3), last], known)
        .when('ConsumeChampionDays', consume(2), { by })
        .then([consumed(2)]);
    }
  });
});

describe('releasing days', () => {
  it('frees what was not used, once', () => {
    given(decider, [registered(), reserved(8), consumed(3)], known)
      .when('ReleaseChampionDays', release, { by })
      .then([released(5)])
      .again()
      .silent();
  });

  it('ends a reservation that was used up as well', () => {
    given(decider, [registered(), reserved(3), consumed(3)], known)
      .when('ReleaseChampionDays', release, { by })
      .then([released(0)]);
  });

  it('of nothing is silent', () => {
    given(decider, [registered()], known).when('ReleaseChampionDays', release, { by }).silent();
    given(decider, [], known).when('ReleaseChampionDays', release, { by }).silent();
  });
});

it('keeps the supported school off the journeys of that name', () => {
  const events = [reserved(1), released(1), consumed(1), adjusted(1, 2)];
  for (const { data } of events) {
    expect(data).toMatchObject({ homeSchoolId, supportedSchoolId });
    expect(data).not.toHaveProperty('schoolId');
    expect(data).not.toHaveProperty('schoolIds');
  }
});
