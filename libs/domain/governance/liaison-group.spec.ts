import type { Question } from '#kernel';
import { asDeclared, given } from '#kernel';
import type { LiaisonEvent } from './events';
import { liaisonEvents } from './events';
import { decider as bare, liaisonGroup } from './liaison-group';

const decider = asDeclared(liaisonEvents, bare);
const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const [ash, beech, cedar] = [uuid(900001), uuid(900002), uuid(900003)];
const groupId = uuid(80);
const name = 'Invented Vale';
const known = { open: [ash, beech, cedar], groups: [] } as const;
const elsewhere = { ...known, groups: [{ schoolId: cedar, groupId: uuid(81), name: 'Downs' }] };

const form = { groupId, name, schoolIds: [ash, beech], formedOn: '2025-09-08' };
const formed: LiaisonEvent = { type: 'LiaisonGroupFormed', data: form };
const joined = (schoolId = cedar, joinedOn = '2026-09-01'): LiaisonEvent => ({
  type: 'SchoolJoinedLiaisonGroup',
  data: { groupId, name, schoolId, joinedOn },
});
const left = (schoolId = beech, leftOn = '2026-08-31'): LiaisonEvent => ({
  type: 'SchoolLeftLiaisonGroup',
  data: { groupId, name, schoolId, leftOn },
});
const meet = {
  groupId,
  meetingId: uuid(90),
  heldOn: '2026-10-14',
  halfTerm: 1,
  schoolIds: [ash],
  authorityId: 'person-adviser',
};
const met: LiaisonEvent = {
  type: 'LiaisonMeetingHeld',
  data: { ...meet, name, academicYear: '2026/27' },
};
const group = (...history: readonly LiaisonEvent[]) => given(decider, history, known);

describe('forming a liaison group', () => {
  it('says which schools are in it', () => {
    group().when('FormLiaisonGroup', form).then([formed]).again().silent();
    const { formedOn: _, ...undated } = form;
    group()
      .when('FormLiaisonGroup', undated)
      .then([{ type: 'LiaisonGroupFormed', data: { ...form, formedOn: '2026-11-23' } }])
      .again()
      .silent();
  });

  it('is of open schools that are in no other', () => {
    given(decider, [], { ...known, open: [ash] })
      .when('FormLiaisonGroup', form)
      .refused('SchoolsNotOpen', beech);
    given(decider, [], elsewhere)
      .when('FormLiaisonGroup', { ...form, schoolIds: [ash, cedar] })
      .refused('InOtherLiaisonGroup', 'Downs');
    group()
      .when('FormLiaisonGroup', { ...form, formedOn: '2026-11-24' })
      .refused('InTheFuture');
    group(formed)
      .when('FormLiaisonGroup', { ...form, name: 'Another' })
      .refused('LiaisonGroupIdTaken');
  });
});

describe('who is in a liaison group', () => {
  const join = { groupId, schoolId: cedar, change: 'join', on: '2026-09-01' } as const;
  const leave = { groupId, schoolId: beech, change: 'leave', on: '2026-08-31' } as const;

  it('changes by schools that come and go', () => {
    group(formed).when('ChangeLiaisonMembership', join).then([joined()]).again().silent();
    group(formed).when('ChangeLiaisonMembership', leave).then([left()]).again().silent();
    group(formed, left())
      .when('ChangeLiaisonMembership', { groupId, schoolId: beech, change: 'join' })
      .then([joined(beech, '2026-11-23')]);
  });

  it('is of open schools that are in no other, and have room', () => {
    given(decider, [formed], elsewhere)
      .when('ChangeLiaisonMembership', join)
      .refused('InOtherLiaisonGroup', cedar);
    given(decider, [formed], { ...known, open: [] })
      .when('ChangeLiaisonMembership', join)
      .refused('SchoolsNotOpen', cedar);
    const full = Array.from({ length: 100 }, (_, i) => uuid(i + 1));
    group({ type: 'LiaisonGroupFormed', data: { ...form, schoolIds: full } })
      .when('ChangeLiaisonMembership', join)
      .refused('LiaisonGroupFull');
    group().when('ChangeLiaisonMembership', join).refused('LiaisonGroupUnknown');
  });

  it('changes in the order of days', () => {
    group(formed, left())
      .when('ChangeLiaisonMembership', { ...join, schoolId: beech, on: '2026-08-30' })
      .refused('BeforeItsTime', '2026-08-31');
    group(formed, joined())
      .when('ChangeLiaisonMembership', { ...leave, schoolId: cedar, on: '2026-08-31' })
      .refused('BeforeItsTime', '2026-09-01');
    group(formed)
      .when('ChangeLiaisonMembership', { ...leave, schoolId: cedar })
      .refused('NotInLiaisonGroup', cedar);
  });
});

describe('a meeting of a liaison group', () => {
  it('says which schools were there, and who for the authority', () => {
    group(formed).when('HoldLiaisonMeeting', meet).then([met]).again().silent();
    const { meetingId: _, ...unnamed } = { ...meet, notesRef: 'notes-1' };
    group(formed)
      .when('HoldLiaisonMeeting', unnamed)
      .then([
        {
          type: 'LiaisonMeetingHeld',
          data: { ...unnamed, meetingId: uuid(0), name, academicYear: '2026/27' },
        },
      ])
      .again()
      .silent();
  });

  it('is of schools that were in it on the day', () => {
    group(formed)
      .when('HoldLiaisonMeeting', { ...meet, schoolIds: [ash, cedar] })
      .refused('NotInLiaisonGroup', cedar);
    group(formed, joined(cedar, '2026-10-15'))
      .when('HoldLiaisonMeeting', { ...meet, schoolIds: [cedar] })
      .refused('NotInLiaisonGroup', cedar);
    // Told late: the school has left since, and was there.
    group(formed, left(beech, '2026-10-30'))
      .when('HoldLiaisonMeeting', { ...meet, schoolIds: [beech] })
      .then([{ ...met, data: { ...met.data, schoolIds: [beech] } }]);
  });

  it('is recorded once, of a day in its half-term', () => {
    group(formed, met)
      .when('HoldLiaisonMeeting', { ...meet, authorityId: 'person-other' })
      .refused('LiaisonMeetingIdTaken');
    group(formed)
      .when('HoldLiaisonMeeting', { ...meet, halfTerm: 6 })
      .refused('NotInThatHalfTerm');
    group(formed)
      .when('HoldLiaisonMeeting', { ...meet, heldOn: '2025-09-01' })
      .refused('BeforeItsTime', '2025-09-08');
    group().when('HoldLiaisonMeeting', meet).refused('LiaisonGroupUnknown');
  });
});

it('asks of the schools that are to come in, and of nobody else', () => {
  const asked = (question: string, command: object) =>
    (liaisonGroup.knows[question] as Question).about({ ...command }, {});
  for (const question of ['open', 'groups']) {
    expect(asked(question, form)).toEqual({ schools: `${ash},${beech}` });
    expect(asked(question, { groupId, schoolId: cedar, change: 'join' })).toEqual({
      schools: cedar,
    });
    expect(asked(question, { groupId, schoolId: cedar, change: 'leave' })).toEqual({});
    expect(asked(question, meet)).toEqual({});
  }
  expect(liaisonGroup.stream(form)).toBe(`liaison-${groupId}`);
});
