import {
  academicYear,
  amended,
  begun,
  championId,
  completed,
  deploymentId,
  endedEarly,
  extensionBegun,
  failed,
  homeSchoolId,
  lapsed,
  reopened,
  reservation,
  reservationId,
  schoolId,
  second,
  uses,
  visitId,
  visited,
} from '../support/deployment-in-specs';
import { daysGivenBack, unusedDaysGivenBack } from './days-given-back';
import { daysSetAside } from './days-set-aside';
import type { Asked } from './policy-in-specs';
import { given, no } from './policy-in-specs';
import { visitCounted } from './visit-counted';

describe('a deployment that is being confirmed', () => {
  const of = { deploymentId, reservationId };
  const setAside = { ...of, academicYear, halfDays: 12 };
  const fail: Asked = {
    command: 'FailConfirmation',
    data: { ...of, refused: no.refused, why: no.detail },
  };
  const back: Asked = { command: 'ReleaseDays', data: { schoolId, academicYear, reservationId } };
  const backOfChampion: Asked = {
    command: 'ReleaseChampionDays',
    data: { championId, reservationId },
  };
  const ofChampion = (...backOfSchool: readonly Asked[]): Asked => ({
    command: 'ReserveChampionDays',
    data: {
      ...{ ...setAside, championId, homeSchoolId, supportedSchoolId: schoolId },
      ...{ from: '2026-11-02', to: '2027-03-26' },
    },
    then: [
      {
        command: 'CompleteConfirmation',
        data: of,
        otherwise: [...backOfSchool, backOfChampion],
      },
    ],
    otherwise: [fail, ...backOfSchool],
  });

  it('has its half-days set aside of the allowance, then of the champion’s year, then is confirmed', () => {
    given(begun())
      .when(daysSetAside)
      .asks([
        {
          command: 'ReserveDays',
          data: { ...setAside, schoolId, role: 'SSPC' },
          then: [ofChampion(back)],
          otherwise: [fail],
        },
      ]);
  });

  it('paid by the school takes nothing of the allowance', () => {
    given(begun({ paidBy: 'school' }))
      .when(daysSetAside)
      .asks([ofChampion()]);
  });

  it('is answered while whoever confirms it waits', () => {
    expect(daysSetAside.atOnce).toBe(true);
    expect(daysGivenBack.atOnce).toBe(true);
  });
});

describe('a deployment that is being extended', () => {
  it('has the further half-days set aside, then is extended; or the extension is given up', () => {
    const of = { deploymentId, reservationId: second };
    const setAside = { ...of, academicYear, halfDays: 4 };
    const fail: Asked = {
      command: 'FailExtension',
      data: { ...of, refused: no.refused, why: no.detail },
    };
    const back: Asked = {
      command: 'ReleaseDays',
      data: { schoolId, academicYear, reservationId: second },
    };
    const backOfChampion: Asked = {
      command: 'ReleaseChampionDays',
      data: { championId, reservationId: second },
    };
    const ofChampion = (...backOfSchool: readonly Asked[]): Asked => ({
      command: 'ReserveChampionDays',
      data: {
        ...{ ...setAside, championId, homeSchoolId, supportedSchoolId: schoolId },
        ...{ from: '2026-11-02', to: '2027-05-28' },
      },
      then: [
        { command: 'CompleteExtension', data: of, otherwise: [...backOfSchool, backOfChampion] },
      ],
      otherwise: [fail, ...backOfSchool],
    });
    given(extensionBegun())
      .when(daysSetAside)
      .asks([
        {
          command: 'ReserveDays',
          data: { ...setAside, schoolId, role: 'SSPC' },
          then: [ofChampion(back)],
          otherwise: [fail],
        },
      ]);
    given(extensionBegun({ paidBy: 'school' }))
      .when(daysSetAside)
      .asks([ofChampion()]);
  });
});

describe('half-days that are not used', () => {
  const ofSchool = (id: string): Asked => ({
    command: 'ReleaseDays',
    data: { schoolId, academicYear, reservationId: id },
  });
  const ofChampion = (id: string): Asked => ({
    command: 'ReleaseChampionDays',
    data: { championId, reservationId: id },
  });
  const both = [ofSchool(reservationId), ofChampion(reservationId)];

  it('go back to both ledgers when the work ends, reservation by reservation', () => {
    given(completed()).when(unusedDaysGivenBack).asks(both);
    given(endedEarly()).when(unusedDaysGivenBack).asks(both);
    const reservations = [reservation, { ...reservation, reservationId: second }];
    given(completed({ reservations }))
      .when(unusedDaysGivenBack)
      .asks([...both, ofSchool(second), ofChampion(second)]);
  });

  it('go back when it could not be confirmed or extended', () => {
    given(failed('DeploymentConfirmationFailed')).when(daysGivenBack).asks(both);
    given(failed('DeploymentExtensionFailed', second))
      .when(daysGivenBack)
      .asks([ofSchool(second), ofChampion(second)]);
  });

  it('go back when the need lapses, where anything was set aside', () => {
    given(lapsed({ championId, homeSchoolId, reservations: [reservation] }))
      .when(daysGivenBack)
      .asks(both);
    given(lapsed({ championId, homeSchoolId })).when(daysGivenBack).asks([]);
    given(lapsed()).when(daysGivenBack).asks([]);
  });

  it('go back when the champion cannot come after all', () => {
    given(reopened()).when(daysGivenBack).asks(both);
    given(reopened({ reservations: [] }))
      .when(daysGivenBack)
      .asks([]);
  });

  it('paid by the school are the champion’s alone', () => {
    given(completed({ reservations: [{ ...reservation, paidBy: 'school' }] }))
      .when(unusedDaysGivenBack)
      .asks([ofChampion(reservationId)]);
  });
});

describe('a visit', () => {
  const ofSchool = (halfDays: number, id = reservationId): Asked => ({
    command: 'ConsumeDays',
    data: { schoolId, academicYear, reservationId: id, visitId, halfDays },
  });
  const ofChampion = (halfDays: number, id = reservationId): Asked => ({
    command: 'ConsumeChampionDays',
    data: { championId, reservationId: id, visitId, halfDays },
  });

  it('is counted in both ledgers, of each reservation it draws on', () => {
    given(visited())
      .when(visitCounted)
      .asks([ofSchool(2), ofChampion(2)]);
    given(visited({ halfDays: 3, uses: [uses(2), uses(1, second)] }))
      .when(visitCounted)
      .asks([ofSchool(2), ofChampion(2), ofSchool(1, second), ofChampion(1, second)]);
  });

  it('put right is counted anew, of what it no longer draws on as none', () => {
    given(amended({ halfDays: 1, uses: [uses(1), uses(0, second)] }))
      .when(visitCounted)
      .asks([ofSchool(1), ofChampion(1), ofSchool(0, second), ofChampion(0, second)]);
  });

  it('paid by the school counts in the champion’s year alone', () => {
    given(visited({ uses: [{ ...uses(2), paidBy: 'school' }] }))
      .when(visitCounted)
      .asks([ofChampion(2)]);
  });
});
