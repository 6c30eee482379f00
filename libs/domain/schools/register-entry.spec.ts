import { given } from '#kernel';
import type { RecordRegisterEntry } from './commands';
import type { SchoolEvent } from './events';
import {
  asAt,
  closed,
  entry,
  federation,
  later,
  nobody,
  otherTrust,
  registered,
  school,
  schoolId,
  trust,
} from './school-in-specs';

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
  it('still knows the later day after an earlier one was asked for', () => {
    const older = later({ asAt: '2026-10-01', name: 'Fernhollow School', evenIfOlder: true });
    const after = given(school, [registered], nobody)
      .when('RecordRegisterEntry', older)
      .then([
        {
          type: 'SchoolRenamed',
          data: { schoolId, name: 'Fernhollow School', was: entry.name, asAt: '2026-10-01' },
        },
      ]);
    after.when('RecordRegisterEntry', later({ asAt: '2026-10-15' })).silent();
  });
  it('learns nothing from what an entry leaves out', () => {
    const {
      ageFrom: _a,
      ageTo: _b,
      pupils: _c,
      capacity: _d,
      town: _e,
      postcode: _f,
      ...bare
    } = entry;
    given(school, [registered], nobody)
      .when('RecordRegisterEntry', { ...bare, asAt })
      .silent();
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
  it('is still in a federation that has a new name', () => {
    const renamed = { ...federation, name: 'Three Rivers Federation' };
    when(
      [
        registered,
        { type: 'SchoolFederated', data: { schoolId, federation, federatedOn: '2025-09-01' } },
      ],
      {
        federation: renamed,
      },
    ).then([
      { type: 'SchoolFederated', data: { schoolId, federation: renamed, federatedOn: asAt } },
    ]);
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
