import { deployment } from './deployment';
import {
  academicYear,
  accepted,
  agreed,
  begun,
  championId,
  confirmed,
  confirming,
  deploymentId,
  done,
  elsewhere,
  extended,
  extensionBegun,
  failed,
  known,
  matched,
  needed,
  on,
  paying,
  releaseAgreed,
  reservation,
  reservationId,
  resting,
  schoolId,
  second,
  standing,
  underWay,
  uuid,
  withdrawn,
} from './deployment-in-specs';

const why = '6 half-days left of 18; 12 needed.';
const asked = (name: 'champion' | 'entitlement', command: object, history = agreed) => {
  const of = deployment.knows[name];
  return of !== undefined && 'stream' in of
    ? of.stream({ ...command }, on(history).state)
    : undefined;
};

describe('confirming', () => {
  const confirm = {
    deploymentId,
    scope: 'Reading in Years 3 and 4',
    halfDays: 12,
    from: '2026-11-02',
    to: '2027-03-26',
  };

  it('is begun when both have agreed; its half-days are being set aside', () => {
    const { state } = on(agreed)
      .when('ConfirmDeployment', confirm)
      .then([begun()])
      .again()
      .silent();
    expect(state.stage).toBe('confirming');
    on(agreed)
      .when('ConfirmDeployment', { ...confirm, rateVersion: 'rates-2026' })
      .then([begun({ rateVersion: 'rates-2026' })]);
  });

  it('asked for once more on other terms waits for the answer', () => {
    on(confirming)
      .when('ConfirmDeployment', { ...confirm, halfDays: 10 })
      .refused('NotNow', 'The deployment is being confirmed at this moment. Wait for the answer');
    on(confirming)
      .when('ConfirmDeployment', { ...confirm, paidBySchool: true })
      .refused('NotNow', 'is being confirmed');
  });

  it('on the terms that are confirmed is silent, on others refused', () => {
    on(standing).when('ConfirmDeployment', confirm).silent();
    on(standing)
      .when('ConfirmDeployment', { ...confirm, halfDays: 10 })
      .refused('NotNow', 'is confirmed and has not started');
    on(standing)
      .when('ConfirmDeployment', { ...confirm, paidBySchool: true })
      .refused('NotNow', 'is confirmed and has not started');
  });

  it('the school may pay for itself, and must where the authority pays nothing', () => {
    const itself = { ...confirm, paidBySchool: true };
    for (const share of [0, 100])
      on(agreed, { entitlement: paying(share) })
        .when('ConfirmDeployment', itself)
        .then([begun({ paidBy: 'school' })]);
    on(agreed, { entitlement: { granted: undefined } })
      .when('ConfirmDeployment', itself)
      .then([begun({ paidBy: 'school' })]);
    on(agreed, { entitlement: paying(0) })
      .when('ConfirmDeployment', confirm)
      .refused('PayerWanted', 'pays no champions for this school in 2026/27');
    on(agreed, { entitlement: { granted: undefined } })
      .when('ConfirmDeployment', confirm)
      .refused('PayerWanted', '2026/27');
  });

  it('is refused before both have agreed', () => {
    on([...matched, releaseAgreed()])
      .when('ConfirmDeployment', confirm)
      .refused('AcceptanceWanted');
    on([...matched, accepted()])
      .when('ConfirmDeployment', confirm)
      .refused('ReleaseWanted');
    on([...agreed, withdrawn])
      .when('ConfirmDeployment', confirm)
      .refused('ReleaseWanted');
    on([needed()]).when('ConfirmDeployment', confirm).refused('NotNow', 'no champion proposed');
    on([]).when('ConfirmDeployment', confirm).refused('NeedUnknown');
  });

  it('is refused beyond the release, in half-days or days', () => {
    const wide = /The release is for 16 half-days from 2026-11-02 to 2027-05-28; \d+ are needed/;
    for (const more of [{ halfDays: 17 }, { from: '2026-11-01' }, { to: '2027-05-29' }])
      on(agreed)
        .when('ConfirmDeployment', { ...confirm, ...more })
        .refused('BeyondRelease', wide);
  });

  it('is refused the wrong way round, and over the end of the academic year', () => {
    on(agreed)
      .when('ConfirmDeployment', { ...confirm, to: '2026-11-01' })
      .refused('DaysTheWrongWayRound', 'ends on 2026-11-01');
    on([...matched, accepted(), releaseAgreed({ to: '2027-12-17' })])
      .when('ConfirmDeployment', { ...confirm, to: '2027-09-01' })
      .refused('TwoAcademicYears', '2026-11-02 and 2027-09-01 lie in two academic years');
  });

  it('asks once more whether the champion may go there', () => {
    const about = (champion: object) =>
      on(agreed, { champion: { ...known.champion, ...champion } });
    about({ status: 'paused' })
      .when('ConfirmDeployment', confirm)
      .refused('ChampionNotAvailable', 'The champion is paused.');
    about({ homeSchoolId: schoolId }).when('ConfirmDeployment', confirm).refused('OwnSchool');
    about({ interests: { [uuid(80)]: { counterpartyIds: [schoolId], outcome: 'bars' } as const } })
      .when('ConfirmDeployment', confirm)
      .refused('InterestBars');
    about({ interests: { [uuid(80)]: { counterpartyIds: [elsewhere], outcome: 'bars' } as const } })
      .when('ConfirmDeployment', confirm)
      .then([begun()]);
    on(agreed, { champion: { registered: false } })
      .when('ConfirmDeployment', confirm)
      .refused('ChampionUnknown');
    expect(asked('champion', confirm)).toBe(`champion-${championId}`);
    expect(asked('entitlement', confirm)).toBe(`entitlement-${schoolId}-2026-27`);
  });
});

describe('a confirmation whose half-days are set aside', () => {
  const complete = { deploymentId, reservationId };
  const policy = { by: 'policy' };

  it('is a deployment, paid by the authority', () => {
    const { state } = on(confirming)
      .when('CompleteConfirmation', complete, policy)
      .then([confirmed()])
      .again()
      .silent();
    expect(state).toMatchObject({ stage: 'confirmed', halfDays: 12, to: '2027-03-26' });
    expect(state.holdings).toEqual([{ ...reservation, halfDays: 12 }]);
    expect(asked('entitlement', complete, confirming)).toBe(`entitlement-${schoolId}-2026-27`);
  });

  it('is paid by half or by the school, as the offer or the school said', () => {
    on(confirming, { entitlement: paying(50) })
      .when('CompleteConfirmation', complete, policy)
      .then([confirmed({ payer: { kind: 'split', authorityPercent: 50 } })]);
    const itself = { payer: { kind: 'school', authorityPercent: 0 } } as const;
    on([...agreed, begun({ paidBy: 'school', rateVersion: 'rates-2026' })])
      .when('CompleteConfirmation', complete, policy)
      .then([confirmed({ paidBy: 'school', rateVersion: 'rates-2026', ...itself })]);
    // The authority stopped paying between the beginning and the end of it.
    on(confirming, { entitlement: paying(0) })
      .when('CompleteConfirmation', complete, policy)
      .then([confirmed(itself)]);
  });

  it('is silent whatever became of it, and refused once it was given up', () => {
    on(done).when('CompleteConfirmation', complete, policy).silent();
    on([...confirming, failed('DeploymentConfirmationFailed')])
      .when('CompleteConfirmation', complete, policy)
      .refused('Expired');
    on(confirming)
      .when('CompleteConfirmation', { ...complete, reservationId: second }, policy)
      .refused('Expired');
    on([]).when('CompleteConfirmation', complete, policy).refused('Expired');
  });
});

describe('a confirmation whose half-days cannot be set aside', () => {
  const fail = { deploymentId, reservationId, refused: 'AllowanceSpent', why };

  it('is given up, and what was agreed stays', () => {
    for (const by of ['policy', 'team-leader']) {
      const { state } = on(confirming)
        .when('FailConfirmation', fail, { by })
        .then([failed('DeploymentConfirmationFailed')])
        .again()
        .silent();
      expect(state.stage).toBe('matched');
      expect(state).toEqual(on(agreed).state);
    }
  });

  it('is not given up under another reservation, nor once it is confirmed', () => {
    on(confirming)
      .when('FailConfirmation', { ...fail, reservationId: second })
      .silent();
    on(standing).when('FailConfirmation', fail).refused('Expired');
    on(underWay).when('FailConfirmation', fail).refused('Expired');
  });
});

describe('extending', () => {
  const extend = {
    deploymentId,
    halfDays: 4,
    to: '2027-05-28',
    reason: 'A second class is to be reached.',
  };
  const under = { reservationId };

  it('is begun for a deployment under way or paused, within the release', () => {
    for (const history of [underWay, resting])
      on(history)
        .when('ExtendDeployment', extend)
        .then([extensionBegun(under)])
        .again()
        .silent();
    expect(asked('entitlement', extend, underWay)).toBe(`entitlement-${schoolId}-2026-27`);
  });

  it('adds half-days to the same days, too', () => {
    on(underWay)
      .when('ExtendDeployment', { ...extend, to: '2027-03-26' })
      .then([extensionBegun({ ...under, to: '2027-03-26' })]);
  });

  it('waits for the answer to another', () => {
    on([...underWay, extensionBegun()])
      .when('ExtendDeployment', { ...extend, halfDays: 3 })
      .refused('NotNow', 'The deployment is being extended at this moment. Wait for the answer');
  });

  it('is paid as the deployment is', () => {
    const payer = { kind: 'school', authorityPercent: 0 } as const;
    const itself = [...agreed, begun({ paidBy: 'school' }), confirmed({ paidBy: 'school', payer })];
    on([...itself, ...underWay.slice(standing.length)], { entitlement: paying(0) })
      .when('ExtendDeployment', extend)
      .then([extensionBegun({ ...under, paidBy: 'school' })]);
    on(underWay, { entitlement: paying(0) })
      .when('ExtendDeployment', extend)
      .refused('PayerWanted', academicYear);
  });

  it('is refused beyond the release, into another year, and to an earlier day', () => {
    on(underWay)
      .when('ExtendDeployment', { ...extend, halfDays: 5 })
      .refused('BeyondRelease', '16 half-days from 2026-11-02 to 2027-05-28; 17 are needed');
    on([...underWay, withdrawn])
      .when('ExtendDeployment', extend)
      .refused('ReleaseWanted');
    on(underWay)
      .when('ExtendDeployment', { ...extend, to: '2027-09-01' })
      .refused('TwoAcademicYears', '2027-09-01');
    on(underWay)
      .when('ExtendDeployment', { ...extend, to: '2027-03-25' })
      .refused('DaysTheWrongWayRound', 'ends on 2027-03-25, before it begins on 2027-03-26');
  });

  it('is refused before the work began, and after it ended', () => {
    on(standing).when('ExtendDeployment', extend).refused('NotNow', 'Start it first.');
    on(done).when('ExtendDeployment', extend).refused('NotNow', 'The deployment is completed.');
    on([]).when('ExtendDeployment', extend).refused('NeedUnknown');
  });
});

describe('an extension', () => {
  const of = { deploymentId, reservationId: second };
  const fail = { ...of, refused: 'AllowanceSpent', why };
  const extending = [...underWay, extensionBegun()];

  it('whose half-days are set aside adds them, and moves the last day', () => {
    const { state } = on(extending)
      .when('CompleteExtension', of, { by: 'policy' })
      .then([extended()])
      .again()
      .silent();
    expect(state).toMatchObject({ stage: 'started', halfDays: 16, to: '2027-05-28' });
    expect(state.holdings.map(({ halfDays }) => halfDays)).toEqual([12, 4]);
    expect(state).not.toHaveProperty('extending');
  });

  it('whose half-days cannot be set aside is given up, and the work goes on', () => {
    const { state } = on(extending)
      .when('FailExtension', fail, { by: 'policy' })
      .then([failed('DeploymentExtensionFailed', second)])
      .again()
      .silent();
    expect(state).toEqual(on(underWay).state);
    on([...extending, failed('DeploymentExtensionFailed', second)])
      .when('CompleteExtension', of)
      .refused('Expired');
  });

  it('is ended by its own reservation alone', () => {
    on(extending)
      .when('CompleteExtension', { ...of, reservationId: uuid(32) })
      .refused('Expired');
    on(extending)
      .when('FailExtension', { ...fail, reservationId: uuid(32) })
      .silent();
    on([...extending, extended()])
      .when('FailExtension', fail)
      .refused('Expired');
    on([...extending, extended()])
      .when('FailExtension', { ...fail, reservationId })
      .refused('Expired');
  });

  it('is over with the deployment', () => {
    const over = [...extending, ...done.slice(underWay.length)];
    on(over).when('CompleteExtension', of).refused('Expired');
    on(over).when('FailExtension', fail).silent();
  });
});
