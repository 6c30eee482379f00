import { asDeclared, given, newIdInSpecs } from '#kernel';
import type { RecordRegisterEntry } from './commands';
import type { SchoolEvent, SchoolRegistered } from './events';
import { schoolEvents } from './events';
import { decider } from './school';

const schoolId = newIdInSpecs(900);
const other = newIdInSpecs(901);
const school = asDeclared(schoolEvents, decider);
const nobody = { holders: [] };

const entry: RecordRegisterEntry = {
  schoolId,
  urn: '900001',
  asAt: '2026-11-01',
  state: 'open',
  name: 'Fernhollow Primary School',
  phase: 'primary',
  kind: 'primary',
  status: 'maintained',
  typeName: 'Community school',
  laestab: '8259001',
  openedOn: '1965-09-01',
  ageFrom: 4,
  ageTo: 11,
  pupils: 203,
  capacity: 210,
  town: 'Ashmoor',
  postcode: 'ZZ1 1AA',
};
const { state: _, ...said } = entry;
const data: SchoolRegistered = { ...said, open: true };
const registered: SchoolEvent = { type: 'SchoolRegistered', data };
const later = (change: Partial<RecordRegisterEntry>): RecordRegisterEntry => ({
  ...entry,
  asAt: '2026-12-01',
  ...change,
});
const asAt = '2026-12-01';
const closed = (closedOn = '2026-08-31', successorIds: string[] = []): SchoolEvent => ({
  type: 'SchoolClosed',
  data: { schoolId, closedOn, successorIds },
});
const trust = { uid: '9001', name: 'Oakway Trust' };
const otherTrust = { uid: '9002', name: 'Brookside Trust' };
const federation = { uid: '9101', name: 'Two Rivers Federation' };

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
    given(school, [], { holders: [other] })
      .when('RegisterSchool', entry)
      .refused('UrnTaken', '900001');
    given(school, [], { holders: [schoolId] })
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

describe('taking over an entry of the national register', () => {
  const when = (history: SchoolEvent[], change: Partial<RecordRegisterEntry>) =>
    given(school, history, nobody).when('RecordRegisterEntry', later(change));

  it('is silent when nothing differs', () => {
    when([registered], {}).silent();
  });
  it('is silent about an earlier day, unless asked for', () => {
    when([registered], { asAt: '2026-10-01', name: 'Fernhollow School' }).silent();
    when([registered], { asAt: '2026-10-01', name: 'Fernhollow School', evenIfOlder: true }).then([
      {
        type: 'SchoolRenamed',
        data: { schoolId, name: 'Fernhollow School', was: entry.name, asAt: '2026-10-01' },
      },
    ]);
  });
  it('tells each thing that differs as a fact of its own', () => {
    when([registered], {
      name: 'Fernhollow School',
      typeName: 'Foundation school',
      kind: 'infant',
      laestab: '8259002',
      ageTo: 7,
      pupils: 190,
      town: 'Elmbury',
    })
      .then([
        {
          type: 'SchoolRenamed',
          data: { schoolId, name: 'Fernhollow School', was: entry.name, asAt },
        },
        {
          type: 'SchoolTypeChanged',
          data: {
            schoolId,
            typeName: 'Foundation school',
            typeWas: 'Community school',
            status: 'maintained',
            statusWas: 'maintained',
            asAt,
          },
        },
        {
          type: 'SchoolPhaseChanged',
          data: {
            schoolId,
            phase: 'primary',
            phaseWas: 'primary',
            kind: 'infant',
            kindWas: 'primary',
            asAt,
          },
        },
        { type: 'LaestabChanged', data: { schoolId, laestab: '8259002', was: '8259001', asAt } },
        { type: 'AgeRangeChanged', data: { schoolId, ageFrom: 4, ageTo: 7, asAt } },
        { type: 'PupilNumbersRecorded', data: { schoolId, pupils: 190, capacity: 210, asAt } },
        {
          type: 'SchoolAddressChanged',
          data: { schoolId, town: 'Elmbury', postcode: 'ZZ1 1AA', asAt },
        },
      ])
      .again()
      .silent();
  });
  it('follows trusts', () => {
    when([registered], { trust })
      .then([{ type: 'TrustJoined', data: { schoolId, trust, asAt } }])
      .when('RecordRegisterEntry', later({ trust: otherTrust }))
      .then([
        { type: 'TrustLeft', data: { schoolId, trust, asAt } },
        { type: 'TrustJoined', data: { schoolId, trust: otherTrust, asAt } },
      ])
      .when('RecordRegisterEntry', later({ trust: { ...otherTrust, name: 'Brook Trust' } }))
      .then([
        {
          type: 'TrustRenamed',
          data: {
            schoolId,
            trust: { uid: '9002', name: 'Brook Trust' },
            was: 'Brookside Trust',
            asAt,
          },
        },
      ])
      .again()
      .silent();
  });
  it('follows federations', () => {
    when([registered], { federation })
      .then([{ type: 'SchoolFederated', data: { schoolId, federation, federatedOn: asAt } }])
      .when('RecordRegisterEntry', later({}))
      .then([{ type: 'FederationLeft', data: { schoolId, federation, leftOn: asAt } }]);
  });
  it('follows a proposal to close, its withdrawal, the closure and a reopening', () => {
    when([registered], { state: 'open-proposed-to-close' })
      .then([{ type: 'ClosureProposed', data: { schoolId, asAt } }])
      .when('RecordRegisterEntry', later({}))
      .then([{ type: 'ClosureProposalWithdrawn', data: { schoolId, asAt } }])
      .when('RecordRegisterEntry', later({ state: 'closed', closedOn: '2026-08-31' }))
      .then([closed()])
      .when('RecordRegisterEntry', later({}))
      .then([{ type: 'SchoolReopened', data: { schoolId, reopenedOn: asAt } }]);
  });
  it('does not mix two schools up', () => {
    when([registered], { urn: '900002' }).refused(
      'OtherUrn',
      'The school has URN 900001, not 900002',
    );
  });
  it('learns nothing from the entry of an earlier URN', () => {
    const converted: SchoolEvent = {
      type: 'SchoolConvertedToAcademy',
      data: { schoolId, oldUrn: '900001', newUrn: '900300', convertedOn: '2026-11-01' },
    };
    when([registered, converted], { state: 'closed', closedOn: '2026-10-31' }).silent();
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
    given(school, [registered], { holders: [other] })
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
    given(school, [registered], { holders: [other] })
      .when('RecordPredecessorUrn', known)
      .refused('UrnTaken');
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
