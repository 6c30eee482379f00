import { given } from '#kernel';
import type { NoticeEvent, noticeRecipients } from './events';
import {
  by,
  ceased,
  closed,
  decided,
  decider,
  issued,
  known,
  notice,
  noticeId,
  permitted,
  schoolId,
  schoolWith,
  secretaryGave,
  secretaryNoticeId,
  uuid,
} from './history-in-specs';
import type { KnownToNotices } from './state';

const issue = (
  data: object = {},
  history: readonly NoticeEvent[] = [],
  of: KnownToNotices = known,
) => given(decider, history, of).when('IssueWarningNotice', { ...notice, ...data }, by);
const without = (to: string) => ({ copies: notice.copies.filter((copy) => copy.to !== to) });
const withCopy = (to: (typeof noticeRecipients)[number], sentOn = '2026-09-01') => ({
  copies: [...notice.copies, { to, sentOn }],
});

describe('giving a warning notice', () => {
  it('records it once, with its copies and who gave it', () => {
    issue()
      .then([issued({ noticeId: uuid(0) })])
      .again()
      .silent();
    issue({ noticeId }).then([issued()]).again().silent();
    // On whatever identity it is told again: it is the same notice.
    issue({}, [issued()]).silent();
  });

  it('is given today where no day is said, and may be about pay and conditions', () => {
    const { issuedOn: _, ...today } = notice;
    const days = {
      complianceFrom: '2026-11-23',
      complianceTo: '2026-12-14',
      copies: notice.copies.map(({ to }) => ({ to, sentOn: '2026-11-23' })),
      section: '60A',
      grounds: ['pay-and-conditions'],
    } as const;
    given(decider, [], known)
      .when('IssueWarningNotice', { ...today, ...days }, by)
      .then([issued({ ...days, issuedOn: '2026-11-23', noticeId: uuid(0) })]);
  });

  it('is for maintained schools, and names the route of others', () => {
    issue({}, [], { school: { registered: false } }).refused('NotRegistered');
    issue({}, [], schoolWith({ status: 'academy' })).refused('AcademyElsewhere', /regional group/);
    issue({}, [], schoolWith({ kind: 'pru-ap' })).refused(
      'PupilReferralUnitElsewhere',
      /Management Committees.* Regulations 2007/,
    );
    // An alternative provision academy is an academy first.
    issue({}, [], schoolWith({ kind: 'pru-ap', status: 'academy' })).refused('AcademyElsewhere');
    issue({}, [], schoolWith({ open: false })).refused('NotOpenToNotices');
  });

  it('has grounds of its section', () => {
    issue({ section: '60A' }).refused('GroundOfOtherSection', 'standards');
    issue({ grounds: ['safety', 'pay-and-conditions'] }).refused(
      'GroundOfOtherSection',
      /pay-and-conditions .*section 60\b/,
    );
  });

  it('goes to the Secretary of State on the same day', () => {
    issue(without('secretary-of-state')).refused('SecretaryOfStateCopyWanted', 'is missing');
    const late = notice.copies.map((copy) =>
      copy.to === 'secretary-of-state' ? { ...copy, sentOn: '2026-09-02' } : copy,
    );
    issue({ copies: late }).refused('SecretaryOfStateCopyWanted', 'is of 2026-09-02');
  });

  it('goes to everybody the law names, each once; a copy sent late is recorded as it was', () => {
    issue(without('governing-body')).refused('RecipientMissing', 'governing body');
    issue(without('headteacher')).refused('RecipientMissing', 'headteacher');
    const church = schoolWith({ typeName: 'Voluntary aided school' });
    issue({}, [], church).refused('RecipientMissing', 'diocese');
    for (const to of ['diocese', 'foundation'] as const)
      issue(withCopy(to), [], church).then([issued({ noticeId: uuid(0), ...withCopy(to) })]);
    issue(withCopy('diocese', '2026-09-03'), [], church).then([
      issued({ noticeId: uuid(0), ...withCopy('diocese', '2026-09-03') }),
    ]);
    issue(withCopy('headteacher', '2026-09-03')).refused('RecipientTwice', 'headteacher');
    issue(withCopy('headteacher')).refused('RecipientTwice');
    issue(withCopy('diocese', '2026-08-31')).refused('OutOfOrder', 'copies (diocese)');
    issue(withCopy('diocese', '2026-11-24')).refused('InTheFuture', '2026-11-24');
  });

  it('has days that can be: not to come, not before this law', () => {
    issue({ issuedOn: '2026-11-24' }).refused('InTheFuture', 'issuedOn');
    issue({ issuedOn: '2016-04-17' }).refused('BeforeThisLaw', '2016-04-18');
  });

  it('states a compliance period that begins with it, lasts, and ends within a year', () => {
    issue({ complianceFrom: '2026-08-31' }).refused('CompliancePeriodUnfit', 'before the notice');
    issue({ complianceTo: '2026-09-02' }).refused('CompliancePeriodUnfit', 'no time');
    issue({ complianceTo: '2027-09-02' }).refused('CompliancePeriodUnfit', '2027-09-01');
    issue({ complianceTo: '2027-09-01' }).then([
      issued({ noticeId: uuid(0), complianceTo: '2027-09-01' }),
    ]);
  });

  it('is one at a time, and none while one of the Secretary of State stands', () => {
    const another = { noticeId: uuid(11), matters: 'Another matter.' };
    issue(another, [issued()]).refused('NoticeIsLive', noticeId);
    issue(another, [issued(), decided()]).refused('NoticeIsLive');
    issue(another, [secretaryGave()]).refused('SecretaryOfStateNoticeStands', '2026-11-10');
    for (const over of [
      [issued(), decided('complied')],
      [issued(), decided(), closed],
      [issued(), secretaryGave(), ceased, permitted],
    ])
      issue(another, over).then([issued(another)]);
    issue({ noticeId, matters: 'Another matter.' }, [issued()]).refused('NoticeIdTaken');
  });
});

describe('a notice of the Secretary of State', () => {
  const tell = (history: readonly NoticeEvent[], more: object = {}, of = known) =>
    given(decider, history, of).when(
      'RecordSecretaryOfStateNotice',
      { schoolId, secretaryNoticeId, givenOn: '2026-11-10', toldOn: '2026-11-11', ...more },
      by,
    );

  it('is recorded once, with the day the authority was told', () => {
    tell([]).then([secretaryGave()]).again().silent();
    given(decider, [], known)
      .when('RecordSecretaryOfStateNotice', { schoolId, givenOn: '2026-11-10', docRef: 'letter-7' })
      .then([
        {
          type: 'SecretaryOfStateNoticeRecorded',
          data: {
            schoolId,
            secretaryNoticeId: uuid(0),
            docRef: 'letter-7',
            toldOn: '2026-11-23',
            givenOn: '2026-11-10',
          },
        },
      ])
      .again()
      .silent();
  });

  it('ends an earlier one of the authority that is live, however far it has come', () => {
    tell([issued()]).then([secretaryGave(), ceased]).again().silent();
    tell([issued(), decided()]).then([secretaryGave(), ceased]);
    tell([issued(), decided('complied')]).then([secretaryGave()]);
    // Given before the authority was told: only an earlier one ceases (s.60(4B)).
    tell([issued()], { givenOn: '2026-08-31' }).then([secretaryGave('2026-08-31')]);
  });

  it('is refused for other schools, for days that cannot be, and under a used identity', () => {
    tell([], {}, schoolWith({ status: 'academy' })).refused('AcademyElsewhere');
    tell([], { givenOn: '2026-11-24' }).refused('InTheFuture', 'givenOn');
    tell([], { givenOn: '2015-01-01' }).refused('BeforeThisLaw');
    tell([], { toldOn: '2026-11-09' }).refused('OutOfOrder', 'toldOn');
    tell([secretaryGave()], { givenOn: '2026-11-12' }).refused('NoticeIdTaken');
  });

  it('stands in the way until the Secretary of State lets the authority warn again', () => {
    const permit = (history: readonly NoticeEvent[], more: object = {}) =>
      given(decider, history, known).when(
        'RecordPermissionToWarn',
        { schoolId, informedOn: '2026-11-20', ...more },
        by,
      );
    permit([secretaryGave()]).then([permitted]).again().silent();
    given(decider, [secretaryGave()], known)
      .when('RecordPermissionToWarn', { schoolId })
      .then([
        {
          type: 'PermissionToWarnRecorded',
          data: { schoolId, secretaryNoticeIds: [secretaryNoticeId], informedOn: '2026-11-23' },
        },
      ]);
    permit([]).refused('NoSecretaryOfStateNotice');
    permit([secretaryGave(), permitted], { informedOn: '2026-11-21' }).refused(
      'NoSecretaryOfStateNotice',
    );
    permit([secretaryGave()], { informedOn: '2026-11-10' }).refused('OutOfOrder', '2026-11-11');
    permit([secretaryGave()], { informedOn: '2026-11-24' }).refused('InTheFuture');
  });
});
