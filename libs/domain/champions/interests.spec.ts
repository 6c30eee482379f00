import { given, newIdInSpecs } from '#kernel';
import {
  championId,
  decider,
  declared,
  homeHead,
  homeSchoolId,
  interestId,
  known,
  leader,
  otherSchoolId,
  personRef,
  registered,
  resolved,
  supportedSchoolId,
  themself,
} from './history-in-specs';

const declare = {
  championId,
  homeSchoolId,
  interestId,
  counterpartyIds: [supportedSchoolId],
  nature: 'family',
  declaredOn: '2026-10-01',
} as const;
const { interestId: _, ...unnamed } = declare;
const resolve = {
  championId,
  interestId,
  outcome: 'bars',
  reason: 'A cousin teaches there.',
  resolvedOn: '2026-10-02',
} as const;

describe('declaring an interest', () => {
  it('is for the champion, their head and the team, and says who declared it', () => {
    for (const by of [themself, homeHead, leader]) {
      given(decider, [registered()], known)
        .when('DeclareInterest', declare, { by })
        .then([declared({ declaredById: by.id })])
        .again()
        .silent();
    }
    given(decider, [registered()], known)
      .when('DeclareInterest', declare, { by: { ...themself, id: 'person-other' } })
      .refused('NotThemselves');
  });

  it('gets an identity and today where none are given, and is not doubled while it is open', () => {
    const { declaredOn: _day, ...undated } = unnamed;
    given(decider, [registered()], known)
      .when('DeclareInterest', undated, { by: themself })
      .then([declared({ interestId: newIdInSpecs(0), declaredOn: '2026-11-23' })])
      .again()
      .silent();
    given(decider, [registered(), declared()], known).when('DeclareInterest', unnamed).silent();
    // Resolved before: things have changed, or it would not be declared again.
    given(decider, [registered(), declared(), resolved('may-work')], known)
      .when('DeclareInterest', unnamed, { by: themself })
      .then([declared({ interestId: newIdInSpecs(0) })]);
  });

  it('is refused under an identity of another, in schools nobody knows, without words, or ahead of time', () => {
    const history = given(decider, [registered(), declared()], known);
    history.when('DeclareInterest', { ...declare, nature: 'supplier' }).refused('InterestIdTaken');
    history
      .when('DeclareInterest', { ...unnamed, nature: 'other' })
      .refused('OtherInterestInWords');
    history
      .when('DeclareInterest', { ...unnamed, declaredOn: '2026-11-24' })
      .refused('InTheFuture', 'declaredOn');
    given(decider, [registered()], { ...known, strangers: [otherSchoolId] })
      .when('DeclareInterest', { ...declare, counterpartyIds: [supportedSchoolId, otherSchoolId] })
      .refused('CounterpartyNotRegistered', otherSchoolId);
  });

  it('of another nature is put in words', () => {
    given(decider, [registered()], known)
      .when('DeclareInterest', { ...declare, nature: 'other', note: 'Sold them a boat.' })
      .then([
        declared({ nature: 'other', note: 'Sold them a boat.', declaredById: 'person-adviser' }),
      ]);
  });
});

describe('resolving an interest', () => {
  it('is for one of the team who did not declare it, and may be decided anew', () => {
    const history = given(decider, [registered(), declared()], known)
      .when('ResolveInterest', resolve, { by: leader })
      .then([resolved('bars')]);
    history.when('ResolveInterest', resolve, { by: leader }).silent();
    history
      .when('ResolveInterest', { ...resolve, outcome: 'may-work' }, { by: leader })
      .then([resolved('may-work')]);
  });

  it('is not for who declared it, nor for whose it is', () => {
    given(decider, [registered(), declared({ declaredById: leader.id })], known)
      .when('ResolveInterest', resolve, { by: leader })
      .refused('OwnInterest');
    given(decider, [registered(), declared({ declaredById: leader.id })], known)
      .when('ResolveInterest', resolve, { by: { id: personRef, role: 'adviser' } })
      .refused('OwnInterest');
  });

  it('is of an interest on record, after it was declared, today where no day is given', () => {
    given(decider, [registered()], known)
      .when('ResolveInterest', resolve)
      .refused('InterestUnknown');
    const history = given(decider, [registered(), declared()], known);
    history
      .when('ResolveInterest', { ...resolve, resolvedOn: '2026-09-30' })
      .refused('BeforeTheLast', '2026-10-01');
    history
      .when('ResolveInterest', { ...resolve, resolvedOn: '2026-11-24' })
      .refused('InTheFuture', 'resolvedOn');
    const { resolvedOn: _day, ...undated } = resolve;
    expect(
      history.when('ResolveInterest', undated, { by: leader }).then([
        {
          type: 'InterestResolved',
          data: {
            championId,
            homeSchoolId,
            interestId,
            outcome: 'bars',
            resolvedById: leader.id,
            resolvedOn: '2026-11-23',
            reason: resolve.reason,
          },
        },
      ]).state,
    ).toMatchObject({ interests: { [interestId]: { resolved: true, outcome: 'bars' } } });
  });
});
