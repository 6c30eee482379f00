import { given } from '#kernel';
import { champion } from './champion';
import {
  championId,
  consumed,
  decider,
  homeHead,
  homeSchoolId,
  known,
  leader,
  nothing,
  otherSchoolId,
  particulars,
  paused,
  personRef,
  registered,
  reserved,
  retired,
  themself,
  uuid,
} from './history-in-specs';

const register = { ...particulars, registeredOn: '2026-09-01' };
const of = { championId, homeSchoolId };

describe('registering a champion', () => {
  it('takes 30 half-days for the cap, and today for the day, where nothing else is said', () => {
    given(decider, [], known)
      .when('RegisterChampion', particulars)
      .then([registered({ registeredOn: '2026-11-23' })])
      .again()
      .silent();
    given(decider, [], known)
      .when('RegisterChampion', { ...register, yearlyCapHalfDays: 12 })
      .then([registered({ yearlyCapHalfDays: 12 })]);
  });

  it('says the same again in any order, and nothing else under the same id', () => {
    const two = registered({ roles: ['SSLC', 'ABLE'] });
    given(decider, [two], known)
      .when('RegisterChampion', { ...register, roles: ['ABLE', 'SSLC'] })
      .silent();
    given(decider, [two], known)
      .when('RegisterChampion', register)
      .refused('ChampionRegisteredAlready');
  });

  it('is of a person without a record, at a school that is registered and open', () => {
    given(decider, [], { ...known, records: [uuid(2)] })
      .when('RegisterChampion', register)
      .refused('PersonIsChampion', uuid(2));
    given(decider, [], nothing)
      .when('RegisterChampion', register)
      .refused('HomeSchoolNotRegistered');
    given(decider, [], { ...known, school: { registered: true, open: false } })
      .when('RegisterChampion', register)
      .refused('HomeSchoolClosed');
  });

  it('wants vetting that was confirmed, lasts today, and not for ever', () => {
    const vetted = (vettedOn: string, vettedUntil: string) =>
      given(decider, [], known).when('RegisterChampion', { ...register, vettedOn, vettedUntil });
    vetted('2026-06-01', '2026-05-31').refused('VettingPeriodUnfit', '2026-05-31');
    vetted('2026-06-01', '2036-06-02').refused('VettingPeriodUnfit', 'ten years');
    vetted('2026-06-01', '2026-11-22').refused('VettingLapsed', '2026-11-22');
    vetted('2026-11-24', '2027-11-24').refused('InTheFuture', 'vettedOn');
    vetted('2026-11-23', '2026-11-23').then([
      registered({ vettedOn: '2026-11-23', vettedUntil: '2026-11-23' }),
    ]);
    given(decider, [], known)
      .when('RegisterChampion', { ...register, registeredOn: '2026-11-24' })
      .refused('InTheFuture', 'registeredOn');
  });
});

describe('a champion', () => {
  it('must be registered for everything that follows', () => {
    given(decider, [], known)
      .when('RetireChampion', { championId, reason: 'New post.' })
      .refused('ChampionNotRegistered');
  });

  it('is updated with what is said and is not so already', () => {
    given(decider, [registered()], known)
      .when('UpdateChampion', {
        championId,
        roles: ['SSLC'],
        specialisms: ['early-reading', 'phonics'],
        phases: ['nursery', 'primary'],
        vettedOn: '2026-11-01',
        vettedUntil: '2029-10-31',
      })
      .then([
        {
          type: 'ChampionUpdated',
          data: {
            ...of,
            specialisms: ['early-reading', 'phonics'],
            phases: ['nursery', 'primary'],
            vettedOn: '2026-11-01',
            vettedUntil: '2029-10-31',
          },
        },
      ])
      .again()
      .silent();
  });

  it('keeps what an update leaves out, and is held to a vetting period that fits', () => {
    const history = given(decider, [registered()], known)
      .when('UpdateChampion', { championId, vettedUntil: '2030-05-31' })
      .then([{ type: 'ChampionUpdated', data: { ...of, vettedUntil: '2030-05-31' } }]);
    expect(history.state).toMatchObject({ roles: ['SSLC'], vettedOn: '2026-06-01' });
    history
      .when('UpdateChampion', { championId, vettedUntil: '2026-01-01' })
      .refused('VettingPeriodUnfit');
    // Out of date, but not what this is about.
    given(decider, [registered({ vettedUntil: '2026-10-01' })], known)
      .when('UpdateChampion', { championId, phases: ['special'] })
      .then([{ type: 'ChampionUpdated', data: { ...of, phases: ['special'] } }]);
  });

  it('moves to another school, and is on the journey of both', () => {
    given(decider, [registered(), reserved(4), consumed(4)], known)
      .when('MoveChampion', { championId, toSchoolId: otherSchoolId, movedOn: '2026-11-02' })
      .then([
        {
          type: 'ChampionMoved',
          data: {
            championId,
            homeSchoolId: otherSchoolId,
            fromSchoolId: homeSchoolId,
            schoolIds: [homeSchoolId, otherSchoolId],
            movedOn: '2026-11-02',
          },
        },
      ])
      .again()
      .silent();
  });

  it('does not move from what is booked, to where no school is, or before they came', () => {
    const move = { championId, toSchoolId: otherSchoolId };
    given(decider, [registered(), reserved(4), consumed(3)], known)
      .when('MoveChampion', move)
      .refused('DaysStillReserved', '1 half-day is');
    given(decider, [registered()], nothing)
      .when('MoveChampion', move)
      .refused('HomeSchoolNotRegistered');
    given(decider, [registered()], known)
      .when('MoveChampion', { ...move, movedOn: '2026-08-31' })
      .refused('BeforeTheLast', '2026-09-01');
    given(decider, [registered()], known)
      .when('MoveChampion', { ...move, movedOn: '2026-11-24' })
      .refused('InTheFuture');
  });
});

describe('pausing, resuming and retiring', () => {
  const pause = { ...of, reason: 'Illness.', pausedOn: '2026-10-05' };
  const resume = { ...of, reason: 'Well again.', resumedOn: '2026-10-20' };
  const resumed = {
    type: 'ChampionResumed',
    data: { ...of, resumedOn: '2026-10-20', reason: 'Well again.' },
  } as const;

  it('a pause by the home head is ended by either', () => {
    const history = given(decider, [registered()], known)
      .when('PauseChampion', pause, { by: homeHead })
      .then([paused({ byHomeSchool: true })]);
    history.when('PauseChampion', pause, { by: homeHead }).silent();
    history.when('ResumeChampion', resume, { by: homeHead }).then([resumed]).again().silent();
    history.when('ResumeChampion', resume).then([resumed]);
  });

  it('a pause or an end by the team is ended by the team', () => {
    for (const last of [paused(), retired]) {
      const history = given(decider, [registered(), last], known);
      history.when('ResumeChampion', resume, { by: homeHead }).refused('TeamsToResume');
      history.when('ResumeChampion', resume).then([resumed]);
    }
  });

  it('happens in order, not in the future, today where no day is said', () => {
    const history = given(decider, [registered(), paused()], known);
    history
      .when('ResumeChampion', { ...resume, resumedOn: '2026-10-04' })
      .refused('BeforeTheLast', '2026-10-05');
    history
      .when('RetireChampion', { championId, reason: 'New post.', retiredOn: '2026-11-24' })
      .refused('InTheFuture', 'retiredOn');
    history
      .when('ResumeChampion', { ...of, reason: 'Well again.' })
      .then([{ ...resumed, data: { ...resumed.data, resumedOn: '2026-11-23' } }]);
  });

  it('whoever retired is not paused, nor available, nor retired twice', () => {
    given(decider, [registered()], known)
      .when('RetireChampion', { championId, reason: 'New post.', retiredOn: '2026-10-05' })
      .then([retired])
      .again()
      .silent();
    const history = given(decider, [registered(), retired], known);
    history.when('PauseChampion', pause).refused('ChampionIsRetired', '2026-10-05');
    history.when('DeclareAvailability', { ...year, ...of }).refused('ChampionIsRetired');
  });

  it('a home head of another school has no say', () => {
    given(decider, [registered()], known)
      .when('PauseChampion', { ...pause, homeSchoolId: otherSchoolId })
      .refused('HomeSchoolIsAnother');
  });
});

const year = {
  academicYear: '2026/27',
  from: '2026-09-01',
  to: '2027-08-31',
  halfDays: 2,
  per: 'week',
} as const;

describe('declaring availability', () => {
  const said = (period: object) => ({
    type: 'AvailabilityDeclared' as const,
    data: { ...of, ...year, ...period },
  });
  const spring = { from: '2027-01-04', to: '2027-03-26', halfDays: 0 };
  const autumn = { from: '2026-09-01', to: '2026-12-18', halfDays: 12, per: 'period' } as const;

  it('is for the champion, their head and the team', () => {
    for (const by of [themself, homeHead, leader]) {
      given(decider, [registered()], known)
        .when('DeclareAvailability', { ...of, ...year }, { by })
        .then([said({})])
        .again()
        .silent();
    }
    given(decider, [registered()], known)
      .when('DeclareAvailability', { ...of, ...year }, { by: { ...themself, id: 'person-other' } })
      .refused('NotThemselves');
  });

  it('takes the place of what was said of any part of the period', () => {
    const history = given(decider, [registered(), said(autumn), said(spring)], known);
    expect(history.state).toMatchObject({ availability: [autumn, spring] });
    const after = history
      .when('DeclareAvailability', { ...of, ...year, from: '2027-01-11', to: '2027-02-12' })
      .then([said({ from: '2027-01-11', to: '2027-02-12' })]);
    expect(after.state).toMatchObject({
      availability: [autumn, { from: '2027-01-11', to: '2027-02-12', halfDays: 2 }],
    });
  });

  it.each([
    [{ from: '2027-01-02', to: '2027-01-01' }, 'OutsideYear', '2026-09-01'],
    [{ from: '2026-08-31' }, 'OutsideYear', '2026/27'],
    [{ to: '2027-09-01' }, 'OutsideYear', '2027-08-31'],
    [
      { academicYear: '2020/21', from: '2020-09-01', to: '2020-12-18' },
      'YearOutOfReach',
      '2021/22',
    ],
    [
      { academicYear: '2029/30', from: '2029-09-01', to: '2029-12-18' },
      'YearOutOfReach',
      '2028/29',
    ],
    [{ halfDays: 11 }, 'MoreThanThereIs', '10'],
    [{ to: '2026-09-02', halfDays: 5, per: 'period' }, 'MoreThanThereIs', 'which is 4'],
    [{ to: '2026-09-02', halfDays: 5 }, 'MoreThanThereIs', 'which is 4'],
  ] as const)('of %j is refused: %s', (more, code, about) => {
    given(decider, [registered()], known)
      .when('DeclareAvailability', { ...of, ...year, ...more })
      .refused(code, about);
  });
});

it('stands on a stream of its own, and asks its neighbours only when it must', () => {
  expect(champion.stream({ championId })).toBe(`champion-${championId}`);
  const asks = (command: object) =>
    Object.values(champion.knows).map((wanted) =>
      'asks' in wanted ? wanted.about({ ...command }, {}) : wanted.stream({ ...command }, {}),
    );
  expect(asks(particulars)).toEqual([`school-${homeSchoolId}`, { personRef }, {}]);
  expect(asks({ championId, toSchoolId: otherSchoolId })).toEqual([
    `school-${otherSchoolId}`,
    {},
    {},
  ]);
  expect(asks({ ...of, counterpartyIds: [uuid(7), uuid(8)] })).toEqual([
    undefined,
    {},
    { schools: `${uuid(7)} ${uuid(8)}` },
  ]);
});
