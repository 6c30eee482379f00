import type { Question } from '#kernel';
import { given, newIdInSpecs } from '#kernel';
import type { SchoolEvent } from './events';
import { decider, school as aggregate } from './school';
import {
  asAt,
  closed,
  data,
  entry,
  federation,
  later,
  nobody,
  other,
  registered,
  school,
  schoolId,
  trust,
} from './school-in-specs';

describe('registering a school', () => {
  it('enters it once', () => {
    given(school, [], nobody).when('RegisterSchool', entry).then([registered]).again().silent();
  });
  it('enters it from the national register', () => {
    given(school, [], nobody)
      .when('RecordRegisterEntry', entry)
      .then([registered])
      .again()
      .silent();
  });
  it('enters one that is about to close, has closed or has not opened', () => {
    given(school, [], nobody)
      .when('RegisterSchool', { ...entry, state: 'open-proposed-to-close', closedOn: '2027-08-31' })
      .then([
        registered,
        { type: 'ClosureProposed', data: { schoolId, closesOn: '2027-08-31', asAt: entry.asAt } },
      ]);
    given(school, [], nobody)
      .when('RegisterSchool', { ...entry, state: 'closed', closedOn: '2026-08-31' })
      .then([{ type: 'SchoolRegistered', data: { ...data, open: false } }, closed()]);
    given(school, [], nobody)
      .when('RegisterSchool', { ...entry, state: 'proposed-to-open' })
      .then([{ type: 'SchoolRegistered', data: { ...data, open: false } }])
      .when('RecordRegisterEntry', later({ openedOn: '2026-11-15' }))
      .then([{ type: 'SchoolOpened', data: { schoolId, openedOn: '2026-11-15' } }]);
  });
  it('refuses a URN that another school has or had', () => {
    given(school, [], { ...nobody, holders: [other] })
      .when('RegisterSchool', entry)
      .refused('UrnTaken', '900001');
    given(school, [], { ...nobody, holders: [schoolId] })
      .when('RegisterSchool', entry)
      .then([registered]);
  });
  it('refuses to enter another school under the same identity', () => {
    given(school, [registered], nobody)
      .when('RegisterSchool', { ...entry, urn: '900002' })
      .refused('AlreadyRegistered', 'Fernhollow Primary School, URN 900001');
    given(school, [registered], nobody)
      .when('RegisterSchool', { ...entry, name: 'Elsewhere' })
      .refused('AlreadyRegistered');
  });
  it('knows nothing of a school that is not registered', () => {
    given(school, [], nobody)
      .when('RecordHeadChange', { schoolId, kind: 'vacant', from: '2026-09-01' })
      .refused('NotRegistered');
  });
});

describe('URNs', () => {
  const conversion = { schoolId, oldUrn: '900001', newUrn: '900300', convertedOn: '2026-11-01' };
  const converted: SchoolEvent = {
    type: 'SchoolConvertedToAcademy',
    data: { ...conversion, trust },
  };
  const change = { schoolId, oldUrn: '900300', newUrn: '900301', changedOn: '2026-11-10' };

  it('records a conversion: the same school, an academy under a new URN', () => {
    const after = given(school, [registered], nobody)
      .when('RecordConversion', { ...conversion, trust })
      .then([converted]);
    expect(after.state).toMatchObject({
      schoolId,
      urn: '900300',
      status: 'academy',
      trust,
      urns: [
        { urn: '900001', until: '2026-11-01' },
        { urn: '900300', from: '2026-11-01' },
      ],
    });
    after.again().silent();
  });
  it('opens a school again that the register had closed only under its old URN', () => {
    const { state } = given(school, [registered, closed('2026-10-31'), converted], nobody);
    expect(state).toMatchObject({ open: true, closedOn: undefined });
  });
  it('refuses a conversion of an academy, of another URN, to a taken or the same URN, or in the future', () => {
    given(school, [registered, converted], nobody)
      .when('RecordConversion', { ...conversion, oldUrn: '900300', newUrn: '900301' })
      .refused('AlreadyAcademy', 'record a change of URN');
    given(school, [registered], nobody)
      .when('RecordConversion', { ...conversion, oldUrn: '900009' })
      .refused('OtherUrn');
    given(school, [registered], { ...nobody, holders: [other] })
      .when('RecordConversion', conversion)
      .refused('UrnTaken', '900300');
    given(school, [registered], nobody)
      .when('RecordConversion', { ...conversion, newUrn: '900001' })
      .refused('UrnUnchanged');
    given(school, [registered], nobody)
      .when('RecordConversion', { ...conversion, convertedOn: '2026-11-24' })
      .refused('NotYet', '2026-11-24 is after today, 2026-11-23');
  });
  it('records a new URN of an academy', () => {
    given(school, [registered, converted], nobody)
      .when('RecordUrnChange', change)
      .then([{ type: 'UrnChanged', data: change }])
      .again()
      .silent();
    given(school, [registered], nobody).when('RecordUrnChange', change).refused('OtherUrn');
  });
  it('records a URN from before our time', () => {
    const known = { schoolId, urn: '900500', until: '2015-08-31' };
    const after = given(school, [registered], nobody)
      .when('RecordPredecessorUrn', known)
      .then([{ type: 'PredecessorUrnRecorded', data: known }]);
    after.again().silent();
    expect(after.state).toMatchObject({
      urn: '900001',
      urns: [{ urn: '900500', until: '2015-08-31' }, { urn: '900001' }],
    });
    given(school, [registered], { ...nobody, holders: [other] })
      .when('RecordPredecessorUrn', known)
      .refused('UrnTaken');
  });
});

describe('a URN the links name as the next one', () => {
  const named = { schoolId, urn: '900300', from: '2026-09-01' };
  it('is noted once, and not when another school has it', () => {
    given(school, [registered], nobody)
      .when('RecordSuccessorUrn', named)
      .then([{ type: 'SuccessorUrnNamed', data: named }])
      .again()
      .silent();
    given(school, [registered], { ...nobody, holders: [other] })
      .when('RecordSuccessorUrn', named)
      .refused('UrnTaken', '900300');
  });
});

describe('the question who else has a URN', () => {
  const question = aggregate.knows['holders'];
  if (question === undefined || !('about' in question)) throw new Error('It is a question.');
  const { state } = given(school, [registered], nobody);
  it.each([
    ['a new school', { ...entry }, decider.initial, { urn: '900001' }],
    ['a URN the school has', { ...entry }, state, {}],
    [
      'a URN it has not',
      { schoolId, oldUrn: '900001', newUrn: '900300' },
      state,
      { urn: '900300' },
    ],
    ['no URN', { schoolId, closedOn: '2026-08-31' }, state, {}],
  ])('is asked for %s', (_name, command, known, about) => {
    expect(question.about(command, known)).toEqual(about);
  });
});

describe('closing, merging, federating', () => {
  const close = { schoolId, closedOn: '2026-08-31', successorIds: [other] };
  it('closes once', () => {
    given(school, [registered], nobody)
      .when('CloseSchool', close)
      .then([closed('2026-08-31', [other])])
      .again()
      .silent();
    given(school, [registered, closed('2025-08-31')], nobody)
      .when('CloseSchool', close)
      .refused('AlreadyClosed', '2025-08-31');
    given(school, [registered], nobody)
      .when('CloseSchool', { ...close, closedOn: '2027-08-31' })
      .refused('NotYet');
  });

  it('is refused while support or visits last beyond that day, unless the register says it', () => {
    const busy = {
      ...nobody,
      supporting: [
        { stage: 'started', to: '2026-08-31' },
        { stage: 'started', to: '2026-10-30' },
        { stage: 'needed' },
      ],
      visits: [other],
    };
    const into = { schoolId, survivorId: other, closingIds: [schoolId], mergedOn: '2026-08-31' };
    for (const by of ['adviser', 'head-of-service']) {
      given(school, [registered], busy)
        .when('CloseSchool', close, { by })
        .refused('SupportGoesOn', /2 deployments or needs .* 1 arranged visit/);
      given(school, [registered], busy).when('RecordMerger', into, { by }).refused('SupportGoesOn');
    }
    for (const by of ['import', 'operator'])
      given(school, [registered], busy)
        .when('CloseSchool', close, { by })
        .then([closed('2026-08-31', [other])]);
    given(school, [registered], { ...busy, supporting: busy.supporting.slice(0, 1), visits: [] })
      .when('CloseSchool', close)
      .then([closed('2026-08-31', [other])]);
  });

  it.each([
    ['a closing', { closedOn: '2026-08-31', successorIds: [] }, '2026-08-31'],
    [
      'a merger',
      { survivorId: other, closingIds: [schoolId], mergedOn: '2026-09-01' },
      '2026-09-01',
    ],
  ])('is asked about for %s, and for nothing else', (_name, command, after) => {
    const { supporting, visits } = aggregate.knows as Record<'supporting' | 'visits', Question>;
    expect(supporting.about({ schoolId, ...command }, registered)).toEqual({ schoolId });
    expect(visits.about({ schoolId, ...command }, registered)).toEqual({ schoolId, after });
    expect(supporting.about(entry as never, registered)).toEqual({});
    expect(visits.about({ ...entry, closedOn: '2026-08-31' }, registered)).toEqual({});
  });

  const merger = { survivorId: schoolId, closingIds: [other], mergedOn: '2026-09-01' };
  const into = { survivorId: other, closingIds: [schoolId], mergedOn: '2026-09-01' };
  const closes: SchoolEvent = {
    type: 'SchoolsMerged',
    data: { schoolId, part: 'closes', ...into },
  };
  it('merges: one continues', () => {
    given(school, [registered], nobody)
      .when('RecordMerger', { schoolId, ...merger })
      .then([{ type: 'SchoolsMerged', data: { schoolId, part: 'continues', ...merger } }])
      .again()
      .silent();
  });
  it('merges: another closes into it, if the register has not closed it already', () => {
    given(school, [registered], nobody)
      .when('RecordMerger', { schoolId, ...into })
      .then([closes, closed('2026-09-01', [other])])
      .again()
      .silent();
    given(school, [registered, closed()], nobody)
      .when('RecordMerger', { schoolId, ...into })
      .then([closes]);
  });
  it('refuses a merger that cannot be', () => {
    const merging = given(school, [registered], nobody);
    merging
      .when('RecordMerger', { schoolId, ...merger, closingIds: [] })
      .refused('NotOfThisMerger');
    merging
      .when('RecordMerger', { schoolId, ...merger, closingIds: [schoolId] })
      .refused('NotOfThisMerger');
    merging
      .when('RecordMerger', { schoolId, ...merger, survivorId: newIdInSpecs(3) })
      .refused('NotOfThisMerger');
    merging.when('RecordMerger', { schoolId, ...merger, mergedOn: '2027-01-01' }).refused('NotYet');
    given(school, [registered, closed()], nobody)
      .when('RecordMerger', { schoolId, ...merger })
      .refused('SchoolHasClosed', '2026-08-31');
  });
  it('federates, leaving an earlier federation', () => {
    const next = { uid: '9102', name: 'Hilltop Federation' };
    given(school, [registered], nobody)
      .when('FormFederation', { schoolId, federation, federatedOn: '2026-01-01' })
      .then([
        { type: 'SchoolFederated', data: { schoolId, federation, federatedOn: '2026-01-01' } },
      ])
      .when('FormFederation', { schoolId, federation: next, federatedOn: '2026-09-01' })
      .then([
        { type: 'FederationLeft', data: { schoolId, federation, leftOn: '2026-09-01' } },
        {
          type: 'SchoolFederated',
          data: { schoolId, federation: next, federatedOn: '2026-09-01' },
        },
      ])
      .again()
      .silent();
    given(school, [registered], nobody)
      .when('FormFederation', { schoolId, federation, federatedOn: '2027-01-01' })
      .refused('NotYet');
  });
});

describe('heads and chairs', () => {
  const head = (
    personRef: string,
    kind: 'permanent' | 'interim',
    from: string,
    more: { newToPost: boolean; first: boolean },
  ): SchoolEvent => ({
    type: 'HeadteacherChangeRecorded',
    data: { schoolId, personRef, kind, from, ...more },
  });
  const first = head('person-a', 'permanent', '2020-09-01', { newToPost: true, first: true });
  const interim = head('person-b', 'interim', '2026-01-01', { newToPost: false, first: false });

  it('records who leads the school from when', () => {
    given(school, [registered], nobody)
      .when('RecordHeadChange', {
        schoolId,
        personRef: 'person-a',
        kind: 'permanent',
        from: '2020-09-01',
      })
      .then([first])
      .again()
      .silent();
  });
  it('is silent about a head who simply goes on', () => {
    given(school, [registered, first], nobody)
      .when('RecordHeadChange', {
        schoolId,
        personRef: 'person-a',
        kind: 'permanent',
        from: '2022-09-01',
      })
      .silent();
  });
  it('counts an interim head made permanent as new to the post', () => {
    given(school, [registered, first, interim], nobody)
      .when('RecordHeadChange', {
        schoolId,
        personRef: 'person-b',
        kind: 'permanent',
        from: '2026-09-01',
      })
      .then([head('person-b', 'permanent', '2026-09-01', { newToPost: true, first: false })]);
  });
  it('takes what is learnt late, and puts it where it belongs', () => {
    const { state } = given(school, [registered, interim], nobody)
      .when('RecordHeadChange', {
        schoolId,
        personRef: 'person-a',
        kind: 'permanent',
        from: '2020-09-01',
      })
      .then([head('person-a', 'permanent', '2020-09-01', { newToPost: true, first: false })]);
    expect(state).toMatchObject({ heads: [{ personRef: 'person-a' }, { personRef: 'person-b' }] });
  });
  it('lets a later record replace one for the same day', () => {
    given(school, [registered, first, interim], nobody)
      .when('RecordHeadChange', {
        schoolId,
        personRef: 'person-a',
        kind: 'permanent',
        from: '2026-01-01',
      })
      .then([head('person-a', 'permanent', '2026-01-01', { newToPost: false, first: false })]);
  });
  it('says that a post is vacant, or who holds it', () => {
    const vacant = { schoolId, kind: 'vacant', from: '2026-09-01' } as const;
    given(school, [registered, first], nobody)
      .when('RecordHeadChange', vacant)
      .then([
        { type: 'HeadteacherChangeRecorded', data: { ...vacant, newToPost: false, first: false } },
      ]);
    given(school, [registered], nobody)
      .when('RecordHeadChange', { ...vacant, personRef: 'person-a' })
      .refused('PersonOrVacancy', 'leave the person out');
    given(school, [registered], nobody)
      .when('RecordChairChange', { schoolId, kind: 'chair', from: '2026-09-01' })
      .refused('PersonOrVacancy', 'Say who holds the post');
  });
  it('has no head after it closed', () => {
    given(school, [registered, closed()], nobody)
      .when('RecordHeadChange', {
        schoolId,
        personRef: 'person-a',
        kind: 'permanent',
        from: '2026-09-01',
      })
      .refused('SchoolHasClosed');
  });
  it('may have a new head on its last day', () => {
    given(school, [registered, first, closed()], nobody)
      .when('RecordHeadChange', {
        schoolId,
        personRef: 'person-b',
        kind: 'interim',
        from: '2026-08-31',
      })
      .then([head('person-b', 'interim', '2026-08-31', { newToPost: false, first: false })]);
  });
  it('records who chairs the governors', () => {
    const chair = { schoolId, personRef: 'person-c', kind: 'chair', from: '2026-09-01' } as const;
    given(school, [registered], nobody)
      .when('RecordChairChange', chair)
      .then([{ type: 'ChairOfGovernorsChangeRecorded', data: { ...chair, first: true } }])
      .again()
      .silent();
  });
});

describe('corrections', () => {
  const correction = {
    schoolId,
    correctsEventId: newIdInSpecs(7),
    field: 'kind',
    was: 'primary',
    shouldBe: 'junior',
    reason: 'It takes pupils from seven.',
  } as const;
  const corrected: SchoolEvent = { type: 'SchoolRecordCorrected', data: correction };
  it('puts a wrong fact right, and the register does not undo it by repeating its error', () => {
    const after = given(school, [registered], nobody)
      .when('CorrectSchoolRecord', correction)
      .then([corrected]);
    expect(after.state).toMatchObject({ kind: 'junior' });
    after.again().silent();
    after.when('RecordRegisterEntry', later({})).silent();
    after.when('RecordRegisterEntry', later({ kind: 'infant' })).then([
      {
        type: 'SchoolPhaseChanged',
        data: {
          schoolId,
          phase: 'primary',
          phaseWas: 'primary',
          kind: 'infant',
          kindWas: 'junior',
          asAt,
        },
      },
    ]);
  });
  it('corrects only what is recorded', () => {
    given(school, [registered], nobody)
      .when('CorrectSchoolRecord', { ...correction, was: 'infant' })
      .refused('NotWhatIsRecorded', 'The record of kind says primary');
    given(school, [registered], nobody)
      .when('CorrectSchoolRecord', {
        schoolId,
        correctsEventId: newIdInSpecs(7),
        field: 'closedOn',
        shouldBe: '2026-08-31',
        reason: 'It closed.',
      })
      .refused('NotWhatIsRecorded', 'says nothing');
  });
  it.each([
    ['kind', 'primary', 'academy', 'one of nursery'],
    ['laestab', '8259001', '825', 'seven digits'],
    ['openedOn', '1965-09-01', '1965-02-30', 'a day'],
  ] as const)('refuses a %s that cannot be', (field, was, shouldBe, wanted) => {
    given(school, [registered], nobody)
      .when('CorrectSchoolRecord', { ...correction, field, was, shouldBe })
      .refused('NotAValue', wanted);
  });
});
