import type { DeploymentEvent } from './deployment-events';
import {
  accepted,
  agreed,
  amended,
  begun,
  champion,
  closed,
  completed,
  confirmed,
  confirming,
  deploymentId,
  done,
  elsewhere,
  ended,
  endedEarly,
  evaluated,
  extended,
  extensionBegun,
  homeSchoolId,
  matched,
  needed,
  objective,
  objectiveId,
  on,
  other,
  otherChampion,
  paused,
  releaseAgreed,
  reservation,
  resting,
  result,
  resumed,
  schoolId,
  second,
  standing,
  started,
  underWay,
  uses,
  uuid,
  visit,
  visitId,
  visited,
} from './deployment-in-specs';

const notBegun: readonly (readonly DeploymentEvent[])[] = [[needed()], matched, confirming];

describe('starting', () => {
  const start = { deploymentId, startedOn: '2026-11-05' };

  it('may the champion or the team, on a day of the deployment that has come', () => {
    on(standing).when('StartDeployment', start).then([started()]).again().silent();
    on(standing)
      .when('StartDeployment', { deploymentId }, { by: champion })
      .then([started('2026-11-23')])
      .again()
      .silent();
  });

  it('is for the deployment’s own champion', () => {
    on(standing).when('StartDeployment', start, { by: otherChampion }).refused('NotTheChampion');
  });

  it('is refused ahead of its day, and outside the deployment', () => {
    on(standing)
      .when('StartDeployment', { ...start, startedOn: '2026-11-24' })
      .refused('InTheFuture', 'startedOn is 2026-11-24');
    on(standing)
      .when('StartDeployment', { ...start, startedOn: '2026-11-01' })
      .refused(
        'OutsideDeployment',
        'startedOn is 2026-11-01; the deployment lasts from 2026-11-02',
      );
    on(standing)
      .when('StartDeployment', { ...start, startedOn: '2027-03-27' }, { at: '2027-04-01' })
      .refused('OutsideDeployment', 'to 2027-03-26');
  });

  it('is refused before it is confirmed, on another day, and after the end', () => {
    for (const history of notBegun) on(history).when('StartDeployment', start).refused('NotNow');
    on([]).when('StartDeployment', start).refused('NeedUnknown');
    on(underWay)
      .when('StartDeployment', { ...start, startedOn: '2026-11-06' })
      .refused('NotNow', 'The deployment is under way.');
    on(ended).when('StartDeployment', start).refused('NotNow', 'was ended early');
  });
});

describe('a pause', () => {
  const pause = { deploymentId, because: 'inspection', pausedOn: '2026-11-12' } as const;
  const resume = { deploymentId, resumedOn: '2026-11-19' };

  it('may the champion, either school or the team ask for', () => {
    on(underWay).when('PauseDeployment', pause).then([paused()]).again().silent();
    on(underWay)
      .when(
        'PauseDeployment',
        { deploymentId, because: 'head-absent', schoolId },
        { by: 'headteacher' },
      )
      .then([paused({ because: 'head-absent', pausedOn: '2026-11-23' })]);
    on(underWay)
      .when('PauseDeployment', { ...pause, homeSchoolId }, { by: 'home-head' })
      .then([paused()]);
    on(underWay).when('PauseDeployment', pause, { by: champion }).then([paused()]);
  });

  it('is not for anybody else', () => {
    on(underWay).when('PauseDeployment', pause, { by: otherChampion }).refused('NotTheChampion');
    on(underWay)
      .when('PauseDeployment', { ...pause, schoolId: elsewhere }, { by: 'headteacher' })
      .refused('OtherSchool');
    on(resting)
      .when('ResumeDeployment', { ...resume, homeSchoolId: elsewhere }, { by: 'home-head' })
      .refused('OtherSchool', 'home school');
    on(resting).when('ResumeDeployment', resume, { by: otherChampion }).refused('NotTheChampion');
  });

  it('for another reason says which', () => {
    const because = 'other' as const;
    on(underWay)
      .when('PauseDeployment', { ...pause, because })
      .refused('ReasonWanted');
    const reason = 'The hall is closed for repairs.';
    on(underWay)
      .when('PauseDeployment', { ...pause, because, reason })
      .then([paused({ because, reason })]);
  });

  it('lies within the deployment, and not ahead', () => {
    on(underWay)
      .when('PauseDeployment', { ...pause, pausedOn: '2026-11-24' })
      .refused('InTheFuture', 'pausedOn');
    on(underWay)
      .when('PauseDeployment', { ...pause, pausedOn: '2026-11-01' })
      .refused('OutsideDeployment', 'pausedOn is 2026-11-01');
  });

  it('ends when the work goes on', () => {
    on(resting).when('ResumeDeployment', resume).then([resumed()]).again().silent();
    on(resting)
      .when('ResumeDeployment', { deploymentId, schoolId }, { by: 'headteacher' })
      .then([resumed('2026-11-23')]);
    expect(on([...resting, resumed()]).state.pauses).toEqual([
      { from: '2026-11-12', until: '2026-11-19' },
    ]);
  });

  it('does not end before it began, ahead of the day, or outside the deployment', () => {
    on(resting)
      .when('ResumeDeployment', { ...resume, resumedOn: '2026-11-11' })
      .refused('DaysTheWrongWayRound', 'ends on 2026-11-11, before it begins on 2026-11-12');
    on(resting)
      .when('ResumeDeployment', { ...resume, resumedOn: '2026-11-24' })
      .refused('InTheFuture', 'resumedOn');
    on(resting)
      .when('ResumeDeployment', { ...resume, resumedOn: '2027-03-27' }, { at: '2027-04-01' })
      .refused('OutsideDeployment', 'resumedOn is 2027-03-27');
  });

  it('is of a deployment under way', () => {
    on(standing).when('PauseDeployment', pause).refused('NotNow', 'Start it first.');
    on(standing).when('ResumeDeployment', resume).refused('NotNow', 'Start it first.');
    on(done).when('PauseDeployment', pause).refused('NotNow', 'is completed');
    on([]).when('ResumeDeployment', resume).refused('NeedUnknown');
  });
});

describe('a visit', () => {
  const record = { deploymentId, ...visit };
  const by = { by: champion };

  it('is recorded by the champion, or by the team', () => {
    on(underWay).when('RecordVisit', record, by).then([visited()]).again().silent();
    on(underWay)
      .when('RecordVisit', record)
      .then([visited({ recordedById: 'person-adviser' })]);
    on(underWay).when('RecordVisit', record, { by: otherChampion }).refused('NotTheChampion');
  });

  it('gets an identity when none is given', () => {
    const { visitId: _, ...unnamed } = record;
    on(underWay)
      .when('RecordVisit', unnamed, by)
      .then([visited({ visitId: uuid(0) })])
      .again()
      .silent();
  });

  it('is refused under the identity of another', () => {
    on([...underWay, visited()])
      .when('RecordVisit', { ...record, halfDays: 1 }, by)
      .refused('VisitIdTaken');
    on([...done.slice(0, -1), visited(), completed()])
      .when('RecordVisit', { ...record, visitedOn: '2026-11-11' }, by)
      .refused('VisitIdTaken');
  });

  it('uses no more half-days than the deployment has', () => {
    on([...underWay, visited({ halfDays: 11 })])
      .when('RecordVisit', { ...record, visitId: uuid(51) }, by)
      .refused('NoHalfDaysLeft', 'The deployment has 1 half-day left; 2 needed. Extend it first.');
    on(underWay)
      .when('RecordVisit', { ...record, halfDays: 13 }, by)
      .refused('NoHalfDaysLeft', '12 half-days left; 13 needed');
    on(underWay)
      .when('RecordVisit', { ...record, halfDays: 12 }, by)
      .then([visited({ halfDays: 12 })]);
  });

  it('draws on what was set aside first, then on what was added', () => {
    const ten = visited({ halfDays: 10 });
    const extending = [...underWay, ten, extensionBegun()];
    on(extending)
      .when('RecordVisit', { ...record, visitId: uuid(51), halfDays: 3 }, by)
      .refused('NoHalfDaysLeft', '2 half-days left; 3 needed');
    on([...extending, extended()])
      .when('RecordVisit', { ...record, visitId: uuid(51), halfDays: 3 }, by)
      .then([visited({ visitId: uuid(51), halfDays: 3, uses: [uses(2), uses(1, second)] })]);
  });

  it('lies within the deployment, and not ahead', () => {
    on(underWay)
      .when('RecordVisit', { ...record, visitedOn: '2026-11-24' }, by)
      .refused('InTheFuture', 'visitedOn');
    on(underWay)
      .when('RecordVisit', { ...record, visitedOn: '2026-11-01' }, by)
      .refused(
        'OutsideDeployment',
        'visitedOn is 2026-11-01; the deployment lasts from 2026-11-02',
      );
  });

  it('is not before the work began, nor does the work rest on a day of a visit', () => {
    on(underWay)
      .when('RecordVisit', { deploymentId, ...visit, visitedOn: '2026-11-04' })
      .refused('OutsideDeployment', '2026-11-05 to');
    on([...underWay, visited()])
      .when('PauseDeployment', { deploymentId, because: 'inspection', pausedOn: '2026-11-09' })
      .refused('VisitedSince', 'visited on 2026-11-10');
    on([...underWay, visited()])
      .when('PauseDeployment', { deploymentId, because: 'inspection', pausedOn: '2026-11-10' })
      .then([paused({ pausedOn: '2026-11-10' })]);
  });

  it('is not made while the deployment is paused, but before and after, recorded whenever', () => {
    const once = (history: readonly DeploymentEvent[], visitedOn: string) =>
      on(history).when('RecordVisit', { ...record, visitedOn }, by);
    once(resting, '2026-11-13').refused('PausedThen', 'The deployment was paused on 2026-11-12.');
    once(resting, '2026-11-12').then([visited({ visitedOn: '2026-11-12' })]);
    const back = [...resting, resumed()];
    once(back, '2026-11-18').refused('PausedThen', '2026-11-12');
    once(back, '2026-11-19').then([visited({ visitedOn: '2026-11-19' })]);
    once(back, '2026-11-10').then([visited()]);
  });

  it('is about objectives that were agreed', () => {
    on(underWay)
      .when('RecordVisit', { ...record, objectiveIds: [other.objectiveId] }, by)
      .refused('ObjectiveUnknown');
  });

  it('is of a deployment under way', () => {
    for (const history of notBegun) on(history).when('RecordVisit', record, by).refused('NotNow');
    on(standing).when('RecordVisit', record, by).refused('NotNow', 'Start it first.');
    on(done).when('RecordVisit', record, by).refused('NotNow', 'The deployment is completed.');
    on([]).when('RecordVisit', record, by).refused('NeedUnknown');
  });
});

describe('the record of a visit', () => {
  const amend = { deploymentId, visitId, reason: 'The afternoon was cancelled.' };
  const by = { by: champion };
  const once = [...underWay, visited()];

  it('is put right in what is said; what is left out stays', () => {
    on(once)
      .when('AmendVisitRecord', { ...amend, halfDays: 1 }, by)
      .then([amended({ halfDays: 1 })])
      .again()
      .silent();
    on(once)
      .when('AmendVisitRecord', { ...amend, notesRef: 'note-2', visitedOn: '2026-11-11' })
      .then([
        amended({ notesRef: 'note-2', visitedOn: '2026-11-11', amendedById: 'person-adviser' }),
      ]);
    on(once).when('AmendVisitRecord', amend, by).silent();
    expect(on([...once, amended({ amendedById: 'person-adviser' })]).state.visits).toMatchObject({
      [visitId]: { recordedById: 'person-champion' },
    });
  });

  it('may name other objectives that were agreed', () => {
    const objectives = [objective, other];
    const two = [
      ...[
        ...matched,
        releaseAgreed(),
        accepted({ objectives }),
        begun(),
        confirmed({ objectives }),
      ],
      ...[started(), visited()],
    ];
    const objectiveIds = [other.objectiveId];
    on(two)
      .when('AmendVisitRecord', { ...amend, objectiveIds }, by)
      .then([amended({ objectiveIds })]);
    on(once)
      .when('AmendVisitRecord', { ...amend, objectiveIds }, by)
      .refused('ObjectiveUnknown');
  });

  it('may use more, as far as there is', () => {
    on([...once, visited({ visitId: uuid(51), halfDays: 7 })])
      .when('AmendVisitRecord', { ...amend, halfDays: 5 }, by)
      .then([amended({ halfDays: 5 })]);
    on([...once, visited({ visitId: uuid(51), halfDays: 7 })])
      .when('AmendVisitRecord', { ...amend, halfDays: 6 }, by)
      .refused('NoHalfDaysLeft', '5 half-days left; 6 needed');
  });

  it('says of what it no longer draws on that it uses none of it', () => {
    const wide = [...underWay, visited({ visitId: uuid(51), halfDays: 10 }), extended()];
    on([...wide, visited({ halfDays: 3, uses: [uses(2), uses(1, second)] })])
      .when('AmendVisitRecord', { ...amend, halfDays: 2 }, by)
      .then([amended({ halfDays: 2, uses: [uses(2), uses(0, second)] })]);
  });

  it('is put right after the end, too, and uses no more by it', () => {
    for (const end of [completed(), endedEarly()]) {
      on([...once, end])
        .when('AmendVisitRecord', { ...amend, halfDays: 1 }, by)
        .then([amended({ halfDays: 1 })])
        .again()
        .silent();
      on([...once, end])
        .when('AmendVisitRecord', { ...amend, halfDays: 3 }, by)
        .refused('NoHalfDaysLeft', '2 half-days left; 3 needed');
    }
  });

  it('after the end draws on nothing but what it had used: the rest has gone back', () => {
    const later = { visitId: uuid(51), halfDays: 4 };
    const spent = [
      ...[...underWay, visited({ halfDays: 12 }), extended()],
      visited({ ...later, uses: [uses(4, second)] }),
      completed({ reservations: [reservation, { ...reservation, reservationId: second }] }),
      amended({ halfDays: 11 }),
    ];
    on(spent)
      .when('AmendVisitRecord', { ...amend, visitId: uuid(51), notesRef: 'note-2' }, by)
      .then([amended({ ...later, notesRef: 'note-2', uses: [uses(4, second)] })]);
    on(spent)
      .when('AmendVisitRecord', { ...amend, visitId: uuid(51), halfDays: 3 }, by)
      .then([amended({ ...later, halfDays: 3, uses: [uses(3, second)] })]);
  });

  it('stays within the deployment, its pauses and what has come', () => {
    const on12 = { ...amend, visitedOn: '2026-11-13' };
    on([...once, paused(), resumed()])
      .when('AmendVisitRecord', on12, by)
      .refused('PausedThen');
    on(once)
      .when('AmendVisitRecord', { ...amend, visitedOn: '2026-11-24' }, by)
      .refused('InTheFuture', 'visitedOn');
    on(once)
      .when('AmendVisitRecord', { ...amend, visitedOn: '2026-11-01' }, by)
      .refused('OutsideDeployment');
  });

  it('is for the champion of it, and of a visit there is', () => {
    on(once)
      .when('AmendVisitRecord', { ...amend, halfDays: 1 }, { by: otherChampion })
      .refused('NotTheChampion');
    on(once)
      .when('AmendVisitRecord', { ...amend, visitId: uuid(51) }, by)
      .refused('VisitUnknown');
    on(standing).when('AmendVisitRecord', amend, by).refused('NotNow', 'Start it first.');
    on([...once, completed(), evaluated({ headId: 'person-headteacher' }), closed])
      .when('AmendVisitRecord', { ...amend, halfDays: 1 }, by)
      .refused('NotNow', 'The deployment is closed.');
    on([]).when('AmendVisitRecord', amend, by).refused('NeedUnknown');
  });
});

describe('the end of the work', () => {
  const extending = [...underWay, extensionBegun()];
  const all = [reservation, { ...reservation, reservationId: second }];

  it('completed, gives back what was set aside and what is being', () => {
    on(resting).when('CompleteDeployment', { deploymentId }).then([completed()]).again().silent();
    on(underWay)
      .when('CompleteDeployment', { deploymentId, completedOn: '2026-11-20' })
      .then([completed({ completedOn: '2026-11-20' })]);
    on(extending)
      .when('CompleteDeployment', { deploymentId })
      .then([completed({ reservations: all })]);
    expect(on([...resting, completed()]).state.pauses).toEqual([
      { from: '2026-11-12', until: '2026-11-23' },
    ]);
  });

  it('before its time says why', () => {
    const end = { deploymentId, because: 'school-request' } as const;
    on(resting).when('EndDeployment', end).then([endedEarly()]).again().silent();
    on(extending)
      .when('EndDeployment', { ...end, endedOn: '2026-11-20' })
      .then([endedEarly({ endedOn: '2026-11-20', reservations: all })]);
    on(underWay)
      .when('EndDeployment', { ...end, because: 'other' })
      .refused('ReasonWanted', '(reason)');
    const reason = 'The building closed for the rest of the year.';
    on(underWay)
      .when('EndDeployment', { ...end, because: 'other', reason })
      .then([endedEarly({ because: 'other', reason })]);
  });

  it('may be recorded after the last day, but not ahead, nor before the first', () => {
    on(underWay)
      .when('CompleteDeployment', { deploymentId, completedOn: '2027-04-16' }, { at: '2027-04-20' })
      .then([completed({ completedOn: '2027-04-16' })]);
    on(underWay)
      .when('CompleteDeployment', { deploymentId, completedOn: '2026-11-24' })
      .refused('InTheFuture', 'completedOn');
    on(underWay)
      .when('CompleteDeployment', { deploymentId, completedOn: '2026-11-04' })
      .refused(
        'OutsideDeployment',
        'completedOn is 2026-11-04; the deployment lasts from 2026-11-05',
      );
    const end = { deploymentId, because: 'relationship' } as const;
    on(underWay)
      .when('EndDeployment', { ...end, endedOn: '2026-11-24' })
      .refused('InTheFuture', 'endedOn');
    on(underWay)
      .when('EndDeployment', { ...end, endedOn: '2026-11-04' })
      .refused('OutsideDeployment', 'endedOn is 2026-11-04');
  });

  it('comes once, and not before the work began', () => {
    for (const history of [...notBegun, standing]) {
      on(history).when('CompleteDeployment', { deploymentId }).refused('NotNow');
      on(history)
        .when('EndDeployment', { deploymentId, because: 'relationship' })
        .refused('NotNow');
    }
    on(ended).when('CompleteDeployment', { deploymentId }).refused('NotNow', 'was ended early');
    on(done)
      .when('EndDeployment', { deploymentId, because: 'relationship' })
      .refused('NotNow', 'is completed. Evaluate and close it');
    on([]).when('CompleteDeployment', { deploymentId }).refused('NeedUnknown');
  });
});

describe('the evaluation', () => {
  const evaluate = { deploymentId, results: [result()] };
  const withHead = { ...evaluate, headId: 'person-headteacher' };

  it('judges every objective, while the work goes on or after its end', () => {
    for (const history of [underWay, resting, done, ended])
      on(history).when('EvaluateImpact', evaluate).then([evaluated()]).again().silent();
    on(done)
      .when('EvaluateImpact', { ...evaluate, evaluatedOn: '2026-11-20' })
      .then([evaluated({ evaluatedOn: '2026-11-20' })]);
  });

  it('with the school’s agreement takes the place of one without', () => {
    const { state } = on([...done, evaluated()])
      .when('EvaluateImpact', withHead)
      .then([evaluated({ headId: 'person-headteacher' })])
      .again()
      .silent();
    expect(state.evaluated).toBe(true);
    expect(on([...done, evaluated()]).state.evaluated).toBe(false);
  });

  it('is refused with one missing, twice or unknown, and ahead', () => {
    const objectives = [objective, other];
    const two = [
      ...[
        ...matched,
        releaseAgreed(),
        accepted({ objectives }),
        begun(),
        confirmed({ objectives }),
      ],
      started(),
    ];
    const judged = (...ids: string[]) =>
      on(two).when('EvaluateImpact', { deploymentId, results: ids.map(result) });
    judged(objectiveId).refused('EveryObjectiveWanted', '1 objective is not judged.');
    judged(objectiveId, objectiveId).refused('EveryObjectiveWanted', '1 objective is not');
    judged(objectiveId, other.objectiveId, objectiveId).refused('EveryObjectiveWanted', 'twice');
    judged(objectiveId, uuid(79)).refused('ObjectiveUnknown');
    on(done)
      .when('EvaluateImpact', { ...evaluate, evaluatedOn: '2026-11-24' })
      .refused('InTheFuture', 'evaluatedOn');
  });

  it('is refused before the work began', () => {
    on(standing).when('EvaluateImpact', evaluate).refused('NotNow', 'Start it first.');
    on(agreed).when('EvaluateImpact', evaluate).refused('NotNow');
    on([]).when('EvaluateImpact', evaluate).refused('NeedUnknown');
  });

  it('that the school agrees with lets the deployment be closed', () => {
    for (const history of [done, ended]) {
      on([...history, evaluated({ headId: 'person-headteacher' })])
        .when('CloseDeployment', { deploymentId })
        .then([closed])
        .again()
        .silent();
      on(history).when('CloseDeployment', { deploymentId }).refused('EvaluationWanted');
      on([...history, evaluated()])
        .when('CloseDeployment', { deploymentId })
        .refused('EvaluationWanted');
    }
    on(underWay)
      .when('CloseDeployment', { deploymentId })
      .refused('NotNow', 'The deployment is under way.');
    on([]).when('CloseDeployment', { deploymentId }).refused('NeedUnknown');
  });
});
