import { given } from '#kernel';
import { commandFrom } from '../shared/decorators';
import { CompleteHeadlineVisit, ScheduleHeadlineVisit } from './commands';
import type { HeadlineVisitEvent } from './events';
import { headlineVisits } from './headline-visits';
import {
  adviserId,
  amended,
  approved,
  cancelled,
  completed,
  known,
  rescheduled,
  scheduled,
  school,
  schoolId,
  unregistered,
  uuid,
  visitId,
  visits,
} from './history-in-specs';

const year = { academicYear: '2026/27' };
const other = uuid(101);
const dates = { '2026-11-16': visitId, '2027-02-01': other, '2027-05-03': uuid(102) };
/** All three visits of the year arranged. */
const three = Object.entries(dates).map(([on, id], i) =>
  scheduled({ visitId: id, on, number: i + 1 }),
);

describe('arranging a visit', () => {
  const schedule = (
    history: readonly HeadlineVisitEvent[],
    data: object = {},
    about: ReturnType<typeof known> = known(),
  ) =>
    given(visits, history, about).when('ScheduleHeadlineVisit', {
      ...{ schoolId, visitId, ...year, adviserId, on: '2026-11-16' },
      ...data,
    });
  const another = { visitId: other, on: '2027-02-01' };

  it('takes the next number of the year', () => {
    schedule([]).then([scheduled()]).again().silent();
    schedule([scheduled()], another)
      .then([scheduled({ ...another, number: 2 })])
      .again()
      .silent();
  });

  it('without an identity gets one, and is told by its day, its kind and its adviser', () => {
    const { visitId: _, ...unnamed } = { schoolId, visitId, ...year, adviserId };
    given(visits, [], known())
      .when('ScheduleHeadlineVisit', { ...unnamed, on: '2026-11-16' })
      .then([scheduled({ visitId: uuid(0) })])
      .again()
      .silent();
  });

  it('asked for once more is silent, whatever became of it since', () => {
    schedule([scheduled(), rescheduled()]).silent();
    schedule([scheduled(), cancelled()]).silent();
    schedule([scheduled()], { adviserId: 'person-other' }).refused('VisitIdTaken');
    schedule([scheduled()], { on: '2026-11-17' }).refused('VisitIdTaken');
  });

  it('keeps to what the offer grants, unless an extra one is approved', () => {
    const fourth = { visitId: uuid(103), on: '2027-06-07' };
    schedule(three, fourth).refused('VisitsUsedUp', '3 headline visits');
    schedule([...three, approved()], fourth).then([scheduled({ ...fourth, number: 4 })]);
    schedule([...three, approved({ academicYear: '2025/26' })], fourth).refused('VisitsUsedUp');
    const fifth = { visitId: uuid(104), on: '2027-06-08' };
    schedule([...three, approved(), scheduled({ ...fourth, number: 4 })], fifth).refused(
      'VisitsUsedUp',
      '1 more',
    );
  });

  it('takes the place and the number of one that was called off', () => {
    const second = cancelled({ visitId: other, number: 2 });
    schedule([...three, second], { visitId: uuid(103), on: '2027-02-01' }).then([
      scheduled({ visitId: uuid(103), on: '2027-02-01', number: 2 }),
    ]);
  });

  it('needs an entitlement of the year, or an extra visit', () => {
    const none = known({ granted: undefined });
    schedule([], {}, none).refused('NoVisitsGranted', '2026/27');
    schedule([approved()], {}, none).then([scheduled()]);
    schedule([], {}, known({ granted: 0 })).refused('VisitsUsedUp');
  });

  it('is on a day of its year, once on a day, and while the school is there', () => {
    schedule([], { on: '2027-09-01' }).refused('VisitOutsideYear', '2026/27');
    schedule([], { on: '2026-08-31' }).refused('VisitOutsideYear');
    schedule([scheduled()], { visitId: other }).refused('VisitOnThatDay', visitId);
    schedule([scheduled(), cancelled()], { visitId: other }).then([scheduled({ visitId: other })]);
    schedule([], {}, known({ school: school({ closedOn: '2026-11-15' }) })).refused(
      'SchoolHasClosed',
      '2026-11-15',
    );
    schedule([], {}, known({ school: school({ closedOn: '2026-11-16' }) })).then([scheduled()]);
    schedule([], {}, known({ school: unregistered })).refused('NotRegistered');
  });

  it('is not planned for another age', () => {
    const far = { academicYear: '2028/29', on: '2028-09-01' };
    schedule([], far).refused('PlannedTooFarAhead', '2028-08-31');
    const next = { academicYear: '2027/28', on: '2028-08-31' };
    schedule([], next).then([scheduled(next)]);
  });

  it.each([
    ['a day that does not exist', { on: '2026-11-31' }],
    ['half a day', { on: 20261116 }],
    ['a year that is none', { academicYear: '2026/28' }],
    ['a name for a person', { adviserId: 'Ms Oak' }],
  ])('does not take %s', (_, more) => {
    const command = { schoolId, ...year, adviserId, on: '2026-11-16', ...more };
    expect(commandFrom(ScheduleHeadlineVisit, command)).toHaveProperty('faults');
  });

  describe('for a head who is new', () => {
    const kind = 'new-to-headship' as const;
    const permanent = { personRef: 'person-head', kind: 'permanent', from: '2026-09-01' } as const;
    const interim = { personRef: 'person-head', kind: 'interim', from: '2026-01-05' } as const;
    const ofHeads = (...heads: NonNullable<Parameters<typeof school>[0]>['heads'] & object) =>
      known({ school: school({ heads }) });
    const visit = scheduled({ kind, headId: 'person-head' });

    it('counts beside the headline visits', () => {
      schedule([], { kind }, ofHeads(permanent)).then([visit]).again().silent();
      const fourth = { visitId: uuid(103), on: '2027-06-07', kind };
      schedule(three, fourth, ofHeads(permanent)).then([
        scheduled({ ...fourth, headId: 'person-head' }),
      ]);
      // And the headline visits beside it.
      schedule([visit], another, { ...ofHeads(permanent) }).then([scheduled(another)]);
    });

    it('is for an interim head made permanent too', () => {
      schedule([], { kind }, ofHeads(interim, permanent)).then([visit]);
    });

    it.each([
      ['no head on record', [], /no head is on record/],
      ['an interim head', [interim], /interim since 2026-01-05/],
      ['a vacancy', [permanent, { kind: 'vacant', from: '2026-10-01' }], /vacant since/],
      ['a head not yet in post', [{ ...permanent, from: '2026-12-01' }], /no head is on record/],
      ['a head of long standing', [{ ...permanent, from: '2025-11-16' }], /since 2025-11-16/],
    ] as const)('is not for %s', (_, heads, about) => {
      schedule([], { kind }, ofHeads(...heads)).refused('NoNewHead', about);
    });

    it('is had once by a head', () => {
      const second = { ...another, kind };
      schedule([visit], second, ofHeads(permanent)).refused('NewHeadHasVisit', '2026-11-16');
      const off = cancelled({ kind });
      schedule([visit, off], second, ofHeads(permanent)).then([
        scheduled({ ...second, headId: 'person-head' }),
      ]);
      const next = { personRef: 'person-next', kind: 'permanent', from: '2027-01-01' } as const;
      schedule([visit], second, ofHeads(permanent, next)).then([
        scheduled({ ...second, number: 2, headId: 'person-next' }),
      ]);
    });

    it('stays a visit for that head', () => {
      const move = (heads: ReturnType<typeof known>) =>
        given(visits, [visit], heads).when('RescheduleHeadlineVisit', {
          ...{ schoolId, visitId, on: '2027-03-01', reason: 'Snow.' },
        });
      move(ofHeads(permanent)).then([rescheduled({ on: '2027-03-01', reason: 'Snow.' })]);
      const next = { personRef: 'person-next', kind: 'permanent', from: '2027-01-01' } as const;
      move(ofHeads(permanent, next)).refused('NoNewHead', 'another head');
      move(ofHeads(permanent, { ...next, kind: 'acting' })).refused('NoNewHead', 'acting');
    });
  });
});

describe('moving a visit', () => {
  const move = (history: readonly HeadlineVisitEvent[], data: object = {}, about = known()) =>
    given(visits, history, about).when('RescheduleHeadlineVisit', {
      ...{ schoolId, visitId, on: '2026-11-20', reason: 'An inspection was announced.' },
      ...data,
    });

  it('keeps its number, and may go to another adviser', () => {
    move([scheduled()]).then([rescheduled()]).again().silent();
    const data = { on: '2026-11-16', adviserId: 'person-other' };
    move([scheduled()], data)
      .then([rescheduled(data)])
      .again()
      .silent();
  });

  it('keeps to its year, to one a day and to the time the school is there', () => {
    move([scheduled()], { on: '2027-09-01' }).refused('VisitOutsideYear');
    move(three, { on: '2027-02-01' }).refused('VisitOnThatDay', other);
    const closing = known({ school: school({ closedOn: '2026-11-18' }) });
    move([scheduled()], {}, closing).refused('SchoolHasClosed');
    move([scheduled()], {}, known({ school: unregistered })).refused('NotRegistered');
  });

  it('is of one that is arranged', () => {
    move([]).refused('VisitUnknown');
    move([scheduled(), cancelled()]).refused('VisitCancelled');
    move([scheduled(), completed()]).refused('VisitCompleted', '2026-11-16');
  });
});

describe('calling a visit off', () => {
  const cancel = (history: readonly HeadlineVisitEvent[]) =>
    given(visits, history, known()).when('CancelHeadlineVisit', {
      ...{ schoolId, visitId, reason: 'The adviser is ill.' },
    });

  it('happens once, to one that is arranged', () => {
    cancel([scheduled()]).then([cancelled()]).again().silent();
    cancel([]).refused('VisitUnknown');
    cancel([scheduled(), completed()]).refused('VisitCompleted');
  });
});

describe('recording a visit', () => {
  const record = {
    ...{ schoolId, visitId, dashboardPosition: 420 },
    findings: 'Reading has improved.',
    nextSteps: 'Look at mathematics in year 4.',
  };
  const complete = (
    history: readonly HeadlineVisitEvent[],
    data: object = {},
    { at = '2026-11-23', about = known() } = {},
  ) => given(visits, history, about).when('CompleteHeadlineVisit', { ...record, ...data }, { at });

  it('freezes the dashboard it went by, and is in time for five working days', () => {
    complete([scheduled()]).then([completed()]).again().silent();
    complete([scheduled()], {}, { at: '2026-11-24' }).then([completed({ late: true })]);
  });

  it('knows bank holidays, or says that it does not', () => {
    const on = { visitedOn: '2026-12-21' };
    complete([scheduled()], on, { at: '2026-12-29' }).then([
      completed({ ...on, recordDueOn: '2026-12-29' }),
    ]);
    complete([scheduled()], on, { at: '2026-12-29', about: known({ years: {} }) }).then([
      completed({ ...on, recordDueOn: '2026-12-28', late: true, holidaysKnown: false }),
    ]);
  });

  it('says the day when it was another one than arranged, a later one', () => {
    complete([scheduled()], { visitedOn: '2026-11-17' }).then([
      completed({ visitedOn: '2026-11-17', recordDueOn: '2026-11-24' }),
    ]);
    complete([scheduled()], { visitedOn: '2026-11-13' }).refused('VisitBeforeItsDay', '2026-11-16');
    complete([scheduled()], { visitedOn: '2026-11-24' }).refused('NotMadeYet', '2026-11-24');
    complete([scheduled()], {}, { at: '2026-11-15' }).refused('NotMadeYet', '2026-11-16');
    complete([...three, rescheduled({ visitId: other, was: '2027-02-01', on: '2026-11-20' })], {
      visitedOn: '2026-11-20',
    }).refused('VisitOnThatDay', other);
    complete([scheduled()], { visitedOn: '2027-09-02' }, { at: '2027-09-03' }).refused(
      'VisitOutsideYear',
    );
  });

  it('is not of a school that had closed or is unknown', () => {
    const about = known({ school: school({ closedOn: '2026-11-01' }) });
    complete([scheduled()], {}, { about }).refused('SchoolHasClosed');
    complete([scheduled()], {}, { about: known({ school: unregistered }) }).refused(
      'NotRegistered',
    );
  });

  it('goes by a dashboard that was there', () => {
    complete([scheduled()], { dashboardPosition: 501 }).refused('DashboardInFuture', '500');
    complete([scheduled()], { dashboardPosition: 500 }).then([
      completed({ dashboardPosition: 500 }),
    ]);
  });

  it('happens once, to one that is arranged', () => {
    complete([]).refused('VisitUnknown');
    complete([scheduled(), cancelled()]).refused('VisitCancelled');
    complete([scheduled(), completed()], { visitedOn: '2026-11-16' }).silent();
    complete([scheduled(), completed()], { dashboardPosition: 430 }).refused('VisitCompleted');
    complete([scheduled(), completed()], { visitedOn: '2026-11-17' }).refused('VisitCompleted');
  });

  it.each([0, -1, 1.5, Number.MAX_SAFE_INTEGER + 1, '420'])(
    'does not take %p as a position',
    (dashboardPosition) => {
      expect(commandFrom(CompleteHeadlineVisit, { ...record, dashboardPosition })).toHaveProperty(
        'faults',
      );
    },
  );
});

describe('amending the record of a visit', () => {
  const findings = 'Reading has improved in key stage 1.';
  const made = [scheduled(), completed()];
  const amend = (history: readonly HeadlineVisitEvent[], data: object = { findings }) =>
    given(visits, history, known()).when('AmendHeadlineVisitRecord', {
      ...{ schoolId, visitId, reason: 'The key stage was left out.' },
      ...data,
    });

  it('says what the record says now, and why', () => {
    amend(made).then([amended()]).again().silent();
    amend([...made, amended()], { nextSteps: 'Look at spelling.' }).then([
      amended({ nextSteps: 'Look at spelling.' }),
    ]);
  });

  it('is silent where nothing changes', () => {
    amend(made, {}).silent();
    amend(made, { findings: 'Reading has improved.' }).silent();
  });

  it('is of a visit that was made', () => {
    amend([]).refused('VisitUnknown');
    amend([scheduled()]).refused('NoRecordToAmend', '2026-11-16');
    amend([scheduled(), cancelled()]).refused('VisitCancelled');
  });
});

describe('approving an extra visit', () => {
  const reason = 'A new head of mathematics.';
  const approve = (history: readonly HeadlineVisitEvent[], data: object = {}) =>
    given(visits, history, known()).when(
      'ApproveExtraVisit',
      { schoolId, extraVisitId: uuid(110), ...year, reason, ...data },
      { by: 'head-of-service' },
    );

  it('is by the head of service, for a year and with a reason', () => {
    approve([]).then([approved()]).again().silent();
    approve([approved()], { extraVisitId: uuid(111) }).then([
      approved({ extraVisitId: uuid(111) }),
    ]);
    approve([approved()], { reason: 'Another.' }).refused('ExtraVisitIdTaken');
    given(visits, [], known())
      .when('ApproveExtraVisit', { schoolId, ...year, reason }, { by: 'head-of-service' })
      .then([approved({ extraVisitId: uuid(0) })])
      .again()
      .silent();
  });

  it('is not for another age', () => {
    approve([], { academicYear: '2028/29' }).refused('PlannedTooFarAhead', '2028/29');
  });
});

it('asks its neighbours only what the command needs', () => {
  const { knows } = headlineVisits;
  const streamOf = (name: string, command: object) => {
    const wanted = knows[name]!;
    return 'asks' in wanted
      ? wanted.about({ ...command }, undefined)
      : wanted.stream({ ...command }, undefined);
  };
  expect(headlineVisits.stream({ schoolId })).toBe(`headline-visits-${schoolId}`);
  expect(streamOf('entitlement', { schoolId, ...year })).toBe(`entitlement-${schoolId}-2026-27`);
  expect(streamOf('entitlement', { schoolId })).toBeUndefined();
  expect(streamOf('bankHolidays', { schoolId })).toBeUndefined();
  expect(streamOf('bankHolidays', { dashboardPosition: 4 })).toBe('policy-bank-holidays');
  expect(streamOf('logEnd', { dashboardPosition: 4 })).toEqual({ position: '4' });
  expect(streamOf('logEnd', {})).toEqual({});
});
