import { deployment } from './deployment';
import type { DeploymentEvent } from './deployment-events';
import {
  accepted,
  agreed,
  champion,
  championId,
  closed,
  confirming,
  declined,
  deploymentId,
  done,
  elsewhere,
  evaluated,
  homeSchoolId,
  known,
  lapsed,
  matched,
  needed,
  objective,
  on,
  other,
  otherChampion,
  proposed,
  releaseAgreed,
  reservation,
  resting,
  schoolId,
  standing,
  supportDeclined,
  underWay,
  uuid,
  withdrawn,
} from './deployment-in-specs';

const enhancement = {
  categorisation: { periods: [{ from: '2025-09-15', category: 'Enhancement' }] },
};

describe('a need', () => {
  const need = {
    deploymentId,
    schoolId,
    specialism: 'reading',
    focus: 'Fluency in Years 3 and 4',
    priority: 'soon',
    role: 'SSPC',
    identifiedOn: '2026-10-05',
  } as const;
  const atItsCost = { ...need, selfFunded: true };
  const { identifiedOn: _, ...today } = need;

  it('is named for a school whose category brings support', () => {
    on([]).when('IdentifyNeed', need).then([needed()]).again().silent();
    on([])
      .when('IdentifyNeed', today)
      .then([needed({ identifiedOn: '2026-11-23' })]);
  });

  it('may be named by the head', () => {
    on([])
      .when('IdentifyNeed', need, { by: 'headteacher' })
      .then([needed({ proposedBy: 'school' })]);
  });

  it('of any other school is met at its own cost', () => {
    on([], enhancement)
      .when('IdentifyNeed', atItsCost)
      .then([needed({ category: 'Enhancement', selfFunded: true })]);
    on([], enhancement)
      .when('IdentifyNeed', need)
      .refused('SupportGoesWithCategory', 'The school’s category is Enhancement.');
    on([], { categorisation: { periods: [] } })
      .when('IdentifyNeed', need)
      .refused('SupportGoesWithCategory', 'not decided yet');
    const { category: __, ...uncategorised } = needed({ selfFunded: true }).data as {
      category?: string;
    };
    on([], { categorisation: { periods: [] } })
      .when('IdentifyNeed', atItsCost)
      .then([{ type: 'SupportNeedIdentified', data: uncategorised } as DeploymentEvent]);
  });

  it('goes by the category in force on its day', () => {
    on([])
      .when('IdentifyNeed', { ...need, identifiedOn: '2026-09-14' })
      .refused('SupportGoesWithCategory', 'Enhancement');
  });

  it('is the same need when the category has changed meanwhile', () => {
    on([needed()], enhancement).when('IdentifyNeed', need).silent();
    on([...underWay], enhancement)
      .when('IdentifyNeed', need)
      .silent();
  });

  it('is the same need when it is named again on a later day, unless that day is said', () => {
    const { identifiedOn: _, ...undated } = need;
    on([needed()]).when('IdentifyNeed', undated, { at: '2026-12-07' }).silent();
    on([needed()])
      .when('IdentifyNeed', { ...need, identifiedOn: '2026-11-02' })
      .refused('NeedIdTaken');
  });

  it('is refused under the identity of another', () => {
    on([needed()])
      .when('IdentifyNeed', { ...need, specialism: 'phonics' })
      .refused('NeedIdTaken');
    on([needed()])
      .when('IdentifyNeed', { ...need, schoolId: elsewhere })
      .refused('NeedIdTaken');
  });

  it('is refused ahead of its day, and for a school that is not there or closed', () => {
    on([])
      .when('IdentifyNeed', { ...need, identifiedOn: '2026-11-24' })
      .refused('InTheFuture', 'identifiedOn is 2026-11-24, after today (2026-11-23)');
    on([], { school: { registered: false } })
      .when('IdentifyNeed', need)
      .refused('SupportedSchoolNotRegistered');
    on([], { school: { registered: true, open: false } })
      .when('IdentifyNeed', need)
      .refused('SupportedSchoolNotOpen');
  });

  it('stands on a stream of its deployment, and asks for the school and its category', () => {
    expect(deployment.stream(need)).toBe(`deployment-${deploymentId}`);
    const asked = Object.entries(deployment.knows).map(([name, of]) => [
      name,
      'stream' in of ? of.stream({ ...need }, on([]).state) : undefined,
    ]);
    expect(Object.fromEntries(asked)).toEqual({
      school: `school-${schoolId}`,
      categorisation: `categorisation-${schoolId}`,
      champion: undefined,
      entitlement: undefined,
    });
  });
});

describe('a match', () => {
  const match = {
    deploymentId,
    championId,
    rationale: 'Has led reading in a school of the same size.',
    proposedOn: '2026-10-12',
  };
  const { proposedOn: _, ...today } = match;
  const another = { ...match, championId: uuid(21) };
  const fit = known.champion;

  it('proposes a champion who has the role, from another school', () => {
    on([needed()]).when('ProposeMatch', match).then([proposed()]).again().silent();
    on([needed()])
      .when('ProposeMatch', today)
      .then([proposed({ proposedOn: '2026-11-23' })]);
  });

  it('takes the place of another, with whom what was agreed ends', () => {
    const { state } = on(agreed)
      .when('ProposeMatch', another)
      .then([proposed({ championId: uuid(21) })]);
    expect(state).toMatchObject({ stage: 'matched', championId: uuid(21), objectives: [] });
    expect(state.release).toBeUndefined();
    expect(state.accepted).toBeUndefined();
  });

  it('may be proposed again after it was declined', () => {
    on([...matched, declined()])
      .when('ProposeMatch', match)
      .then([proposed()]);
  });

  it('is refused before a need, once it is being confirmed, and after the end', () => {
    on([]).when('ProposeMatch', match).refused('NeedUnknown');
    on(confirming)
      .when('ProposeMatch', another)
      .refused('NotNow', 'The deployment is being confirmed at this moment. Wait for the answer');
    on([needed(), lapsed()])
      .when('ProposeMatch', match)
      .refused('NotNow', 'The deployment has lapsed. Identify another need.');
  });

  it('is refused ahead of its day', () => {
    on([needed()])
      .when('ProposeMatch', { ...match, proposedOn: '2026-11-24' })
      .refused('InTheFuture', 'proposedOn is 2026-11-24');
  });

  it('is refused of a champion who is not registered, not available, or has another role', () => {
    const about = (more: object) => on([needed()], { champion: { ...fit, ...more } });
    on([needed()], { champion: { registered: false } })
      .when('ProposeMatch', match)
      .refused('ChampionUnknown');
    about({ status: 'paused' })
      .when('ProposeMatch', match)
      .refused('ChampionNotAvailable', 'The champion is paused.');
    about({ status: 'retired' })
      .when('ProposeMatch', match)
      .refused('ChampionNotAvailable', 'retired');
    about({ roles: ['SSLC', 'ABLE'] })
      .when('ProposeMatch', match)
      .refused('RoleDoesNotFit', 'asks for SSPC, and the champion is SSLC and ABLE');
  });

  it('is refused to the champion’s own school, and where an interest bars it', () => {
    on([needed()], { champion: { ...fit, homeSchoolId: schoolId } })
      .when('ProposeMatch', match)
      .refused('OwnSchool');
    const interests = {
      [uuid(80)]: { counterpartyIds: [elsewhere, schoolId], outcome: 'bars' } as const,
    };
    on([needed()], { champion: { ...fit, interests } })
      .when('ProposeMatch', match)
      .refused('InterestBars');
  });
});

describe('declining a match', () => {
  const decline = { deploymentId, reason: 'Wanted at home.' };

  it('may the champion, either school or the team; the need is there again', () => {
    const { state } = on(agreed).when('DeclineMatch', decline).then([declined()]).again().silent();
    expect(state).toMatchObject({ stage: 'needed', objectives: [] });
    expect(state).not.toHaveProperty('championId');
    on(matched)
      .when('DeclineMatch', decline, { by: champion })
      .then([declined('champion')]);
    on(matched)
      .when('DeclineMatch', { ...decline, homeSchoolId }, { by: 'home-head' })
      .then([declined('home-school')]);
    on(matched)
      .when('DeclineMatch', { ...decline, schoolId }, { by: 'headteacher' })
      .then([declined('supported-school')]);
  });

  it('is for the champion proposed and the two schools alone', () => {
    on(matched).when('DeclineMatch', decline, { by: otherChampion }).refused('NotTheChampion');
    on(matched)
      .when('DeclineMatch', { ...decline, homeSchoolId: elsewhere }, { by: 'home-head' })
      .refused('OtherSchool', 'not the home school of the champion proposed');
    on(matched)
      .when('DeclineMatch', { ...decline, schoolId: elsewhere }, { by: 'headteacher' })
      .refused('OtherSchool', 'not the school to be supported');
  });

  it('is refused without a need, and once confirmed', () => {
    on([]).when('DeclineMatch', decline).refused('NeedUnknown');
    on(standing)
      .when('DeclineMatch', decline)
      .refused('NotNow', 'The deployment is confirmed and has not started. Start it first.');
  });
});

describe('the release', () => {
  const release = {
    deploymentId,
    homeSchoolId,
    halfDays: 16,
    from: '2026-11-02',
    to: '2027-05-28',
  };
  const homeHead = { by: { id: 'person-home-head', role: 'home-head' } };
  const recorded = { ...release, homeHeadId: 'person-home-head' };

  it('is agreed by the home head, or recorded by the team with who agreed', () => {
    on(matched).when('AgreeRelease', release, homeHead).then([releaseAgreed()]).again().silent();
    on(matched).when('AgreeRelease', recorded).then([releaseAgreed()]).again().silent();
    on(matched).when('AgreeRelease', release).refused('WhoAgreed', '(homeHeadId)');
  });

  it('by the home head is their own, whoever is named', () => {
    on(matched)
      .when('AgreeRelease', { ...release, homeHeadId: 'person-somebody' }, homeHead)
      .then([releaseAgreed()]);
  });

  it('may become another while the deployment is under way', () => {
    for (const history of [standing, underWay, resting])
      on(history)
        .when('AgreeRelease', { ...release, halfDays: 24 }, homeHead)
        .then([releaseAgreed({ halfDays: 24 })])
        .again()
        .silent();
  });

  it('is refused of another school, or the wrong way round', () => {
    on(matched)
      .when('AgreeRelease', { ...release, homeSchoolId: schoolId }, homeHead)
      .refused('OtherSchool', 'not the home school');
    on(matched)
      .when('AgreeRelease', { ...release, to: '2026-11-01' }, homeHead)
      .refused('DaysTheWrongWayRound', 'ends on 2026-11-01, before it begins on 2026-11-02');
  });

  it('is refused before a champion is proposed', () => {
    on([needed()])
      .when('AgreeRelease', release, homeHead)
      .refused('NotNow', 'The deployment has no champion proposed. Propose a champion first.');
    on([]).when('AgreeRelease', release, homeHead).refused('NeedUnknown');
  });

  const withdraw = { deploymentId, homeSchoolId, reason: 'A colleague is on long leave.' };

  it('may be taken back, which ends nothing that is under way', () => {
    const { state } = on(underWay)
      .when('WithdrawRelease', withdraw, homeHead)
      .then([withdrawn])
      .again()
      .silent();
    expect(state.stage).toBe('started');
    on(agreed).when('WithdrawRelease', withdraw).then([withdrawn]);
    on(matched).when('WithdrawRelease', withdraw).silent();
  });

  it('is not taken back by another school, or after the end', () => {
    on(agreed)
      .when('WithdrawRelease', { ...withdraw, homeSchoolId: elsewhere }, homeHead)
      .refused('OtherSchool');
    on([...done, evaluated({ headId: 'person-headteacher' }), closed])
      .when('WithdrawRelease', withdraw, homeHead)
      .refused('NotNow', 'The deployment is closed.');
    on([]).when('WithdrawRelease', withdraw).refused('NeedUnknown');
  });
});

describe('the agreement of the school', () => {
  const accept = { deploymentId, schoolId, objectives: [objective] };
  const head = { by: 'headteacher' };

  it('is the head’s, or recorded by the team with who agreed', () => {
    on(matched).when('AcceptSupport', accept, head).then([accepted()]).again().silent();
    on(matched)
      .when('AcceptSupport', { ...accept, headId: 'person-headteacher' })
      .then([accepted()]);
    on(matched).when('AcceptSupport', accept).refused('WhoAgreed', '(headId)');
  });

  it('given again with other objectives has those', () => {
    const objectives = [objective, other];
    on(agreed)
      .when('AcceptSupport', { ...accept, objectives }, head)
      .then([accepted({ objectives })])
      .again()
      .silent();
  });

  it('is refused of another school, and with two objectives of one identity', () => {
    on(matched)
      .when('AcceptSupport', { ...accept, schoolId: homeSchoolId }, head)
      .refused('OtherSchool', 'not the school to be supported');
    const objectives = [objective, { ...other, objectiveId: objective.objectiveId }];
    on(matched)
      .when('AcceptSupport', { ...accept, objectives }, head)
      .refused('ObjectiveTwice');
  });

  it('is refused before a match, and once confirmed', () => {
    on([needed()]).when('AcceptSupport', accept, head).refused('NotNow', 'Propose a champion');
    on(standing).when('AcceptSupport', accept, head).refused('NotNow', 'confirmed');
    on([]).when('AcceptSupport', accept, head).refused('NeedUnknown');
  });
});

describe('declining the support altogether', () => {
  const decline = { deploymentId, schoolId, reason: 'The school has its own partner.' };

  it('ends it, with a champion proposed or without', () => {
    for (const history of [[needed()], agreed])
      on(history)
        .when('DeclineSupport', decline, { by: 'chair' })
        .then([supportDeclined])
        .again()
        .silent();
  });

  it('is refused of another school, without a need, and once confirmed', () => {
    on(agreed)
      .when('DeclineSupport', { ...decline, schoolId: elsewhere }, { by: 'headteacher' })
      .refused('OtherSchool');
    on([]).when('DeclineSupport', decline).refused('NeedUnknown');
    on(standing).when('DeclineSupport', decline).refused('NotNow', 'is confirmed');
    on([needed(), lapsed()]).when('DeclineSupport', decline).refused('NotNow', 'has lapsed');
  });
});

describe('a need that lapses', () => {
  const lapse = { deploymentId, reason: 'The need is looked at anew.' };

  it('does so at any step before the work begins, and gives back what was set aside', () => {
    on([needed()]).when('LapseNeed', lapse).then([lapsed()]).again().silent();
    on(agreed)
      .when('LapseNeed', lapse)
      .then([lapsed({ championId, homeSchoolId })]);
    on(standing)
      .when('LapseNeed', lapse)
      .then([lapsed({ championId, homeSchoolId, reservations: [reservation] })])
      .again()
      .silent();
  });

  it('does not while it is being confirmed, nor once the work has begun or was declined', () => {
    on(confirming).when('LapseNeed', lapse).refused('NotNow', 'Wait for the answer');
    on(underWay)
      .when('LapseNeed', lapse)
      .refused('NotNow', 'The deployment is under way. Pause, complete or end it');
    on([...matched, supportDeclined])
      .when('LapseNeed', lapse)
      .refused('NotNow', 'was declined by the school');
    on([]).when('LapseNeed', lapse).refused('NeedUnknown');
  });
});
