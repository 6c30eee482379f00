import { given } from '#kernel';
import type { NoticeEvent } from './events';
import {
  about,
  by,
  ceased,
  closed,
  decided,
  decider,
  exercised,
  extended,
  intended,
  issued,
  known,
  onTheWay,
  powerEnded,
  schoolId,
  schoolWith,
  secretaryGave,
  uuid,
  withdrawn,
} from './history-in-specs';
import { monthsAfter } from '../shared/working-days';
import { lastDayFor } from './law';

type History = readonly NoticeEvent[];
const unknown = { schoolId, noticeId: uuid(99) };
const over: History = [issued(), secretaryGave(), ceased];

describe('the compliance period', () => {
  const set = (history: History, more: object = {}) =>
    given(decider, history, known).when(
      'SetCompliancePeriod',
      {
        ...about,
        complianceTo: '2026-11-15',
        reason: 'The external review took longer.',
        setOn: '2026-10-20',
        ...more,
      },
      by,
    );

  it('is extended once, while it runs', () => {
    set([issued()]).then([extended]).again().silent();
    set([issued()], { complianceTo: '2026-10-31' }).silent();
    set([issued()], { setOn: '2026-11-01' }).refused('PeriodHasEnded', '2026-10-31');
    // What was extended runs longer, and can be extended again.
    set([issued(), extended], { complianceTo: '2026-12-01', setOn: '2026-11-14' }).then([
      {
        ...extended,
        data: {
          ...extended.data,
          was: '2026-11-15',
          complianceTo: '2026-12-01',
          setOn: '2026-11-14',
        } as never,
      },
    ]);
  });

  it('is extended today where no day is said', () => {
    given(decider, [issued({ complianceTo: '2026-11-30' })], known)
      .when('SetCompliancePeriod', { ...about, complianceTo: '2026-12-10', reason: 'x' }, by)
      .then([
        {
          type: 'CompliancePeriodSet',
          data: {
            ...about,
            was: '2026-11-30',
            complianceTo: '2026-12-10',
            reason: 'x',
            setOn: '2026-11-23',
          },
        },
      ]);
  });

  it('is never shortened, nor made longer than a year, nor set on a day that cannot be', () => {
    set([issued()], { complianceTo: '2026-10-30' }).refused('PeriodOnlyExtended', '2026-10-31');
    set([issued()], { complianceTo: '2027-10-21' }).refused('CompliancePeriodUnfit', 'a year');
    set([issued()], { setOn: '2026-08-31' }).refused('OutOfOrder', 'setOn');
    set([issued()], { setOn: '2026-11-24' }).refused('InTheFuture');
  });

  it('is of a live notice nobody has decided on', () => {
    set([issued()], unknown).refused('NoticeUnknown');
    set(over).refused('NoticeEnded', 'Secretary of State');
    set([issued(), decided()]).refused('ComplianceIsDecided', 'not-complied');
  });
});

describe('deciding on compliance', () => {
  const decide = (history: History, more: object = {}) =>
    given(decider, history, known).when(
      'DecideCompliance',
      {
        ...about,
        outcome: 'not-complied',
        reasons: 'No plan was agreed.',
        decidedOn: '2026-11-02',
        ...more,
      },
      by,
    );

  it('says once whether it was complied with', () => {
    decide([issued()]).then([decided()]).again().silent();
    decide([issued()], { outcome: 'complied' })
      .then([decided('complied')])
      .again()
      .silent();
  });

  it('that it was not is decided after the period, that it was may be said before', () => {
    decide([issued()], { decidedOn: '2026-10-31' }).refused('PeriodStillRuns', '2026-10-31');
    decide([issued(), extended]).refused('PeriodStillRuns', '2026-11-15');
    decide([issued(), extended], { decidedOn: '2026-11-16' }).then([
      decided('not-complied', '2026-11-16'),
    ]);
    decide([issued()], { outcome: 'complied', decidedOn: '2026-09-20' }).then([
      decided('complied', '2026-09-20'),
    ]);
  });

  it('is refused twice, on days that cannot be and on what is over or unknown', () => {
    decide([issued(), decided()], { outcome: 'complied' }).refused('ComplianceIsDecided');
    decide([issued(), decided('complied')]).refused('NoticeEnded', 'complied with');
    decide([issued()], { outcome: 'complied', decidedOn: '2026-08-31' }).refused('OutOfOrder');
    decide([issued()], { decidedOn: '2026-11-24' }).refused('InTheFuture');
    decide(over).refused('NoticeEnded');
    decide([]).refused('NoticeUnknown');
  });
});

describe('telling the governing body that a power is proposed', () => {
  const tell = (history: History, more: object = {}, of = known) =>
    given(decider, history, of).when(
      'NotifyInterventionIntent',
      {
        ...about,
        powers: ['additional-governors'],
        notBefore: '2026-11-16',
        notifiedOn: '2026-11-03',
        ...more,
      },
      by,
    );

  it('is recorded once, and again for another power or another day', () => {
    tell([issued(), decided()]).then([intended()]).again().silent();
    const another = { powers: ['suspend-delegated-budget'] } as const;
    tell(onTheWay, another).then([intended(another)]);
    tell(onTheWay, { notBefore: '2026-12-01' }).then([intended({ notBefore: '2026-12-01' })]);
    tell([...onTheWay, exercised()], another).then([intended(another)]);
  });

  it('comes after the decision that the notice was not complied with', () => {
    tell([issued()]).refused('NonComplianceWanted', '2026-10-31');
    tell([issued(), decided()], { notifiedOn: '2026-11-01' }).refused('OutOfOrder', '2026-11-02');
    tell([issued(), decided()], { notifiedOn: '2026-11-24' }).refused('InTheFuture');
    tell(over).refused('NoticeEnded');
    tell([]).refused('NoticeUnknown');
  });

  it('leaves time, and not more than a year', () => {
    tell([issued(), decided()], { notBefore: '2026-11-03' }).refused('IntentTooShort');
    tell([issued(), decided()], { notBefore: '2027-11-04' }).refused(
      'IntentTooShort',
      '2027-11-03',
    );
  });

  it('is of powers the notice can lead to, at a school they are about', () => {
    const pay = issued({ section: '60A', grounds: ['pay-and-conditions'] });
    tell([pay, decided()], { powers: ['require-arrangements'] }).refused(
      'PowerNotForSection',
      '60A',
    );
    tell([pay, decided()]).then([intended()]);
    tell([issued(), decided()], { powers: ['require-arrangements'] }).then([
      intended({ powers: ['require-arrangements'] }),
    ]);
    tell([issued(), decided()], {}, schoolWith({ status: 'academy' })).refused('AcademyElsewhere');
  });
});

describe('using a power', () => {
  const use = (history: History, more: object = {}, of = known) =>
    given(decider, history, of).when(
      'ExerciseInterventionPower',
      { ...about, power: 'additional-governors', exercisedOn: '2026-11-16', ...more },
      by,
    );
  const board = {
    power: 'interim-executive-board',
    secretaryOfStateConsentedOn: '2026-11-12',
  } as const;
  const boardIntended = intended({ powers: ['interim-executive-board', 'additional-governors'] });

  it('is recorded once', () => {
    use(onTheWay).then([exercised()]).again().silent();
    const { exercisedOn: _, ...today } = exercised({ terms: 'Two governors.' }).data as {
      exercisedOn: string;
    };
    given(decider, onTheWay, known)
      .when('ExerciseInterventionPower', today as never, by)
      .then([exercised({ terms: 'Two governors.', exercisedOn: '2026-11-23' })])
      .again()
      .silent();
    use([...onTheWay, exercised(), powerEnded()], { exercisedOn: '2026-11-21' }).then([
      exercised({ exercisedOn: '2026-11-21' }),
    ]);
  });

  it('takes a period that ran out, non-compliance, and written notice that ran out too', () => {
    use([issued()]).refused('NonComplianceWanted');
    use([issued(), decided('complied')]).refused('NoticeEnded', 'complied with');
    use([issued(), decided()]).refused('IntentWanted', 'additional-governors');
    use(onTheWay, { power: 'suspend-delegated-budget' }).refused('IntentWanted');
    use(onTheWay, { exercisedOn: '2026-11-15' }).refused('IntentNotRunOut', '2026-11-16');
    use(onTheWay, { exercisedOn: '2026-11-24' }).refused('InTheFuture');
    use([]).refused('NoticeUnknown');
    use(over).refused('NoticeEnded');
  });

  it('of governors and arrangements comes within two months of the end of the period', () => {
    const early = issued({
      issuedOn: '2026-06-01',
      complianceFrom: '2026-06-01',
      complianceTo: '2026-07-15',
    });
    const powers = [
      'additional-governors',
      'require-arrangements',
      'suspend-delegated-budget',
    ] as const;
    const told = [
      early,
      decided('not-complied', '2026-07-20'),
      intended({ powers, notifiedOn: '2026-07-21', notBefore: '2026-08-01' }),
    ];
    for (const power of ['additional-governors', 'require-arrangements'] as const) {
      use(told, { power, exercisedOn: '2026-09-16' }).refused('PowerOutOfTime', '2026-09-15');
      use(told, { power, exercisedOn: '2026-09-15' }).then([
        exercised({ power, exercisedOn: '2026-09-15' }),
      ]);
    }
    use(told, { power: 'suspend-delegated-budget' }).then([
      exercised({ power: 'suspend-delegated-budget' }),
    ]);
  });

  it('of an interim executive board says when the Secretary of State consented', () => {
    const told = [issued(), decided(), boardIntended];
    use(told, board).then([exercised(board)]);
    use(told, { power: 'interim-executive-board' }).refused('ConsentWanted');
    use(told, { ...board, secretaryOfStateConsentedOn: '2026-11-17' }).refused('OutOfOrder');
    use(told, { secretaryOfStateConsentedOn: '2026-11-12' }).refused('ConsentForBoardOnly');
    use([...told, exercised(board)], { exercisedOn: '2026-11-20' }).refused('InterimBoardInPlace');
  });

  it('is not doubled, and is no longer the authority’s when the school became an academy', () => {
    use([...onTheWay, exercised()], { exercisedOn: '2026-11-20' }).refused(
      'PowerInUse',
      '2026-11-16',
    );
    use(onTheWay, {}, schoolWith({ status: 'academy' })).refused('AcademyElsewhere');
  });
});

describe('the end of a power', () => {
  const end = (history: History, more: object = {}) =>
    given(decider, history, known).when(
      'EndIntervention',
      {
        ...about,
        power: 'additional-governors',
        reason: 'The governing body stands on its own.',
        endedOn: '2026-11-20',
        ...more,
      },
      by,
    );

  it('is recorded once, also on a notice that lapsed meanwhile', () => {
    end([...onTheWay, exercised()])
      .then([powerEnded()])
      .again()
      .silent();
    end([...onTheWay, exercised(), secretaryGave('2026-11-17'), ceased]).then([powerEnded()]);
  });

  it('is refused for a power that is not in use and on days that cannot be', () => {
    end(onTheWay).refused('PowerNotInUse', 'additional-governors');
    end([...onTheWay, exercised(), powerEnded()], { endedOn: '2026-11-21' }).refused(
      'PowerNotInUse',
    );
    end([...onTheWay, exercised()], { endedOn: '2026-11-15' }).refused('OutOfOrder');
    end([...onTheWay, exercised()], { endedOn: '2026-11-24' }).refused('InTheFuture');
    end([]).refused('NoticeUnknown');
  });
});

describe('the end of a notice', () => {
  const close = (history: History, more: object = {}) =>
    given(decider, history, known).when(
      'CloseNotice',
      { ...about, because: 'remedied', reason: 'The plan is at work.', ...more },
      by,
    );
  const withdraw = (history: History, more: object = {}) =>
    given(decider, history, known).when(
      'WithdrawNotice',
      { ...about, reason: 'The figures were wrong.', ...more },
      by,
    );

  it('it is closed once, when it was not complied with and no power is in use', () => {
    close([issued(), decided()]).then([closed]).again().silent();
    close([...onTheWay, exercised(), powerEnded()]).then([closed]);
    close([issued()]).refused('NonComplianceWanted');
    close([...onTheWay, exercised()]).refused('PowerInUse', 'additional-governors');
    close([issued(), decided()], { closedOn: '2026-11-01' }).refused('OutOfOrder', '2026-11-02');
    close([issued(), decided()], { closedOn: '2026-11-24' }).refused('InTheFuture');
    close([issued(), withdrawn]).refused('NoticeEnded', 'withdrawn');
    close([]).refused('NoticeUnknown');
  });

  it('it is withdrawn once, before a power is used', () => {
    withdraw([issued()]).then([withdrawn]).again().silent();
    withdraw(onTheWay).then([withdrawn]);
    withdraw([...onTheWay, exercised(), powerEnded()]).refused('PowerWasUsed');
    withdraw([issued(), decided(), closed]).refused('NoticeEnded', 'closed');
    withdraw([issued(), decided()], { withdrawnOn: '2026-11-01' }).refused('OutOfOrder');
    withdraw([issued()], { withdrawnOn: '2026-11-24' }).refused('InTheFuture');
    withdraw([]).refused('NoticeUnknown');
  });
});

describe('months', () => {
  it('end on the same day, or on the last of a shorter month', () => {
    expect(monthsAfter('2026-10-31', 2)).toBe('2026-12-31');
    expect(monthsAfter('2026-12-31', 2)).toBe('2027-02-28');
    expect(monthsAfter('2027-12-30', 2)).toBe('2028-02-29');
    expect(monthsAfter('2026-09-01', 12)).toBe('2027-09-01');
    expect(lastDayFor('interim-executive-board', '2026-10-31')).toBeUndefined();
  });
});
