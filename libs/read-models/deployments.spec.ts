import type { DeploymentEvent } from '#domain';
import { dueOf, nextOf, overdueFrom, overdueOn } from './deployment-due';
import type { Standing } from './deployment-due';
import { deploymentStages, openStages, stagesInWords } from './deployment-stages';
import { deploymentVisits } from './deployment-visits';
import type { Deployment } from './deployments';
import { deployments } from './deployments';
import { documentsAfter } from './folded-in-specs';

/* Events of one invented piece of support, then what is known of it. */
type Data<T extends DeploymentEvent['type']> = Extract<DeploymentEvent, { type: T }>['data'];
const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const of = { deploymentId: uuid(1), schoolId: uuid(2) };
const between = { ...of, championId: uuid(3), homeSchoolId: uuid(4) };
const held = { reservationId: uuid(5), academicYear: '2026/27', paidBy: 'allowance' } as const;
const objective = {
  ...{ objectiveId: uuid(6), what: 'Fluency', measure: 'Share fluent' },
  ...{ baseline: '41%', target: '65%' },
};
const other = { ...objective, objectiveId: uuid(7) };
const span = { halfDays: 10, from: '2026-11-30', to: '2027-03-31' };
const terms = { ...between, ...held, ...span, role: 'SSPC' } as const;
const visit = {
  ...{ ...between, visitId: uuid(8), visitedOn: '2026-12-11', halfDays: 1 },
  ...{ objectiveIds: [uuid(6)], notesRef: 'records/1', uses: [{ ...held, halfDays: 1 }] },
};

const happened = <T extends DeploymentEvent['type']>(type: T, data: Data<T>) =>
  ({ type, data }) as unknown as DeploymentEvent;
const needed = happened('SupportNeedIdentified', {
  ...{ ...of, specialism: 'reading', focus: 'Fluency', priority: 'soon', role: 'SSPC' },
  ...{ proposedBy: 'team', identifiedOn: '2026-11-02', category: 'Prevention', selfFunded: false },
});
const proposed = happened('ChampionProposed', {
  ...{ ...between, championPersonRef: 'person-champion', brokerId: 'person-adviser' },
  ...{ rationale: 'Did it before.', proposedOn: '2026-11-05' },
});
const releasedBy = happened('HomeSchoolReleaseAgreed', {
  ...{ ...between, ...span, homeHeadId: 'person-home-head', halfDays: 12 },
});
const accepted = happened('SupportedSchoolAgreed', {
  ...{ ...between, headId: 'person-head', objectives: [objective, other] },
});
const begun = happened('DeploymentConfirmationBegun', {
  ...{ ...terms, scope: 'Weekly', confirmedById: 'person-adviser' },
});
const confirmed = happened('DeploymentConfirmed', {
  ...{ ...terms, scope: 'Weekly', confirmedById: 'person-adviser' },
  ...{ objectives: [objective, other], payer: { kind: 'authority', authorityPercent: 100 } },
});
const started = happened('DeploymentStarted', { ...between, startedOn: '2026-12-02' });
const paused = happened('DeploymentPaused', {
  ...{ ...between, pausedOn: '2027-01-11', because: 'head-absent' },
});
const resumed = happened('DeploymentResumed', { ...between, resumedOn: '2027-02-22' });
const visited = happened('ChampionVisitRecorded', { ...visit, recordedById: 'person-champion' });
const amended = happened('VisitRecordAmended', {
  ...{ ...visit, visitedOn: '2026-12-10', halfDays: 2 },
  ...{ reason: 'It was a whole day.', amendedById: 'person-champion' },
});
const completed = happened('DeploymentCompleted', {
  ...{ ...between, completedOn: '2027-03-31', reservations: [held] },
});
const evaluated = (headId?: string) =>
  happened('ImpactEvaluated', {
    ...{ ...between, evaluatedOn: '2027-04-12', evaluatorId: 'person-adviser' },
    results: [{ objectiveId: uuid(6), result: 'partly', now: '58%', evidence: 'Check in March' }],
    ...(headId === undefined ? {} : { headId }),
  });
const reviewAsked = (because: Data<'DeploymentReviewAsked'>['because']) =>
  happened('DeploymentReviewAsked', {
    ...{ ...between, reviewId: uuid(9), because, askedOn: '2027-01-11' },
  });
const closed = happened('DeploymentClosed', { ...between, closedById: 'person-adviser' });

const agreed = [needed, proposed, releasedBy, accepted];
const working = [...agreed, begun, confirmed, started];
const after = (...history: readonly DeploymentEvent[]): Deployment =>
  documentsAfter(deployments, history)[of.deploymentId] as unknown as Deployment;

describe('what is known of a deployment', () => {
  it('begins with the need, and never holds a category', () => {
    const { due, ...known } = after(needed);
    expect(known).toEqual({
      ...{ ...of, specialism: 'reading', focus: 'Fluency', priority: 'soon', role: 'SSPC' },
      ...{ proposedBy: 'team', identifiedOn: '2026-11-02', selfFunded: false },
      ...{ stage: 'needed', since: '2026-11-02', objectives: [], visits: {} },
      ...{ halfDaysAgreed: 0, halfDaysUsed: 0, reviews: [] },
    });
    expect(due).toEqual({});
    expect(JSON.stringify(after(...working, visited, completed))).not.toContain('Prevention');
  });

  it('knows nothing of what happened before there was a need', () => {
    expect(documentsAfter(deployments, working.slice(1))).toEqual({});
  });

  it('keeps the need as it was first named', () => {
    const again = { ...needed, data: { ...needed.data, specialism: 'attendance' } };
    expect(after(needed, again as DeploymentEvent)).toEqual(after(needed));
  });

  it('comes to each stage by the event that says so', () => {
    const at = (...history: readonly DeploymentEvent[]) => after(...history).stage;
    const declined = happened('ChampionDeclined', { ...between, by: 'team', reason: 'Ill' });
    expect([
      ...[at(needed), at(...agreed), at(...agreed, declined), at(...agreed, begun)],
      ...[at(...agreed, begun, confirmed), at(...working), at(...working, paused)],
      ...[at(...working, paused, resumed), at(...working, completed)],
      at(...working, completed, evaluated('person-head'), closed),
      at(...agreed, happened('SupportedSchoolDeclined', { ...of, reason: 'No' })),
      at(needed, happened('SupportNeedLapsed', { ...of, reason: 'Moved', reservations: [] })),
    ]).toEqual([
      ...['needed', 'matched', 'needed', 'confirming', 'confirmed', 'started', 'paused'],
      ...['started', 'completed', 'closed', 'declined', 'lapsed'],
    ]);
    const ended = after(
      ...working,
      happened('DeploymentEndedEarly', {
        ...{ ...between, endedOn: '2027-01-20', because: 'relationship', reservations: [] },
      }),
    );
    expect(ended).toMatchObject({ stage: 'ended-early', endedBecause: 'relationship' });
  });

  it('forgets the champion who was declined, and what was agreed about them', () => {
    const declined = happened('ChampionDeclined', { ...between, by: 'champion', reason: 'Ill' });
    const again = after(...agreed, declined);
    expect(Object.keys(again).toSorted()).toEqual(Object.keys(after(needed)).toSorted());
    expect(after(...agreed, declined, proposed).release).toBeUndefined();
  });

  it('is the need as it was once its champion cannot come after all', () => {
    const reopened = happened('SupportNeedReopened', {
      ...{ ...between, reason: 'The champion has retired.', reservations: [held] },
    });
    const again = after(...agreed, begun, confirmed, reviewAsked('home-school'), reopened);
    expect(again).toEqual({ ...after(needed), since: '2026-11-23' });
  });

  it('is paid by whom it was decided last', () => {
    const asked = [...working, reviewAsked('became-academy'), reviewAsked('home-school')];
    const decided = after(
      ...asked,
      happened('DeploymentPayerDecided', {
        ...{ ...between, from: '2027-01-01', reason: 'An academy now.' },
        was: { kind: 'authority', authorityPercent: 100 },
        payer: { kind: 'school', authorityPercent: 0 },
        decidedById: 'person-leader',
      }),
    );
    expect(decided).toMatchObject({ payer: { kind: 'school' } });
    expect(decided.reviews.map(({ because }) => because)).toEqual(['home-school']);
  });

  it('says why it could not be confirmed, until it is tried again', () => {
    const failed = happened('DeploymentConfirmationFailed', {
      ...{ ...between, refused: 'AllowanceSpent', why: '4 half-days left.', reservations: [held] },
    });
    const given = after(...agreed, begun, failed);
    expect(given).toMatchObject({ stage: 'matched', notConfirmed: { why: '4 half-days left.' } });
    expect(after(...agreed, begun, failed, begun).notConfirmed).toBeUndefined();
  });

  it('counts half-days agreed and used, also of a visit that was amended', () => {
    expect(after(...working, visited)).toMatchObject({
      ...{ halfDaysAgreed: 10, halfDaysUsed: 1, lastVisitOn: '2026-12-11' },
    });
    const extended = happened('DeploymentExtended', {
      ...{ ...terms, halfDays: 4, to: '2027-05-28', reason: 'More to do' },
    });
    expect(after(...working, visited, amended, extended)).toMatchObject({
      ...{ halfDaysAgreed: 14, halfDaysUsed: 2, lastVisitOn: '2026-12-10', to: '2027-05-28' },
    });
    // What is only asked for does not count, and what was refused never did.
    const asked = happened('DeploymentExtensionBegun', { ...terms, reason: 'More to do' });
    expect(after(...working, asked)).toEqual(after(...working));
  });

  it('holds each objective with where it is now, once that was judged', () => {
    const { objectives, evaluation } = after(...working, completed, evaluated());
    expect(objectives).toEqual([
      { ...objective, result: 'partly', now: '58%', evidence: 'Check in March' },
      other,
    ]);
    expect(evaluation).toEqual({ on: '2027-04-12', withSchool: false });
  });
});

describe('a review of a deployment', () => {
  const asked = reviewAsked('champion-retired');
  const reviewed = (outcome: Data<'DeploymentReviewed'>['outcome']) =>
    happened('DeploymentReviewed', {
      ...{ ...between, reviewId: uuid(9), because: 'champion-retired', outcome },
      ...{ reason: 'Seen to.', reviewedOn: '2027-01-18', reviewerId: 'person-adviser' },
    });

  it('is due within two weeks, and overdue from the day after', () => {
    const { due, reviewSince } = after(...working, visited, asked);
    expect([reviewSince, due.review]).toEqual(['2027-01-11', '2027-01-25']);
    expect(overdueOn(due, '2027-01-25')).toEqual([]);
    expect(overdueOn(due, '2027-01-26')).toMatchObject([
      { task: 'Review the deployment', since: '2027-01-11', by: '2027-01-25', daysOverdue: 1 },
    ]);
    expect(nextOf(after(...working, asked))[0]?.what).toContain('Review it');
  });

  it('waits no longer once it is answered; that it is to end waits for somebody to end it', () => {
    const goesOn = after(...working, visited, asked, reviewed('continue'));
    expect(goesOn).toEqual(after(...working, visited));
    const toEnd = after(...working, visited, asked, reviewed('end'));
    expect(overdueOn(toEnd.due, '2027-01-18')).toMatchObject([{ since: '2027-01-18' }]);
    expect(nextOf(toEnd)[0]?.what).toContain('End it');
    expect(after(...working, asked, reviewed('end'), asked, reviewed('continue')).due).toEqual(
      after(...working).due,
    );
  });

  it('is nobody’s any more when the deployment is over', () => {
    const { due, reviews } = after(...working, asked, completed);
    expect([Object.keys(due), reviews]).toEqual([['evaluate'], []]);
  });
});

describe('what a deployment waits for', () => {
  const lateOn = (day: string, ...history: readonly DeploymentEvent[]) =>
    overdueOn(after(...history).due, day).map(({ task, since, by, daysOverdue }) => [
      task.split(/[ ,]/)[0],
      ...[since, by, daysOverdue],
    ]);
  const withdrawn = happened('HomeSchoolReleaseWithdrawn', { ...between, reason: 'Ofsted' });

  it.each([
    ['confirmed and not started', '2026-11-30', [...agreed, begun, confirmed], 'Start', 0],
    ['started and not visited for 7 days', '2026-12-09', working, 'See', 7],
    ['paused for 4 weeks', '2027-02-08', [...working, visited, paused], 'Resume', 28],
    ['past its last day', '2027-03-31', [...working, visited], 'Complete', 0],
    [
      'completed and not evaluated for 4 weeks',
      '2027-04-28',
      [...working, completed],
      'Evaluate',
      28,
    ],
    [
      'evaluated without the school',
      '2027-04-28',
      [...working, completed, evaluated()],
      ...(['Evaluate', 28] as const),
    ],
    [
      'evaluated with the school and not closed',
      '2027-04-12',
      [...working, completed, evaluated('person-head')],
      ...(['Close', 0] as const),
    ],
  ] as const)('%s: due on %s and overdue from the day after', (_, due, history, task, within) => {
    expect(lateOn(due, ...history)).toEqual([]);
    const next = new Date(Date.parse(due) + 86_400_000).toISOString().slice(0, 10);
    const since = new Date(Date.parse(due) - within * 86_400_000).toISOString().slice(0, 10);
    expect(lateOn(next, ...history)).toEqual([[task, since, due, 1]]);
    expect(after(...history).overdueFrom).toBe(next);
  });

  it('is to be looked at on the very day its release is taken back, while it is under way', () => {
    expect(lateOn('2026-11-22', ...working, withdrawn)).toEqual([]);
    expect(lateOn('2026-11-23', ...working, withdrawn)).toEqual([
      ['Look', '2026-11-23', '2026-11-23', 0],
    ]);
    expect(after(...working, withdrawn).overdueFrom).toBe('2026-11-23');
    expect(nextOf(after(...working, withdrawn))[0]?.what).toContain('Release');
    expect(after(...working, withdrawn, releasedBy).due).not.toHaveProperty('release');
    expect(after(...agreed, withdrawn).due).toEqual({});
  });

  it('waits seven days from the day it went on, where nobody had visited before the pause', () => {
    expect(lateOn('2027-03-01', ...working, paused, resumed)).toEqual([]);
    expect(lateOn('2027-03-02', ...working, paused, resumed)).toEqual([
      ['See', '2027-02-22', '2027-03-01', 1],
    ]);
  });

  it('names what is longest overdue first', () => {
    expect(lateOn('2027-04-10', ...working).map(([task]) => task)).toEqual(['See', 'Complete']);
  });

  it('waits for nothing once it is over, and says the next step until then', () => {
    const standing: Standing = { stage: 'closed', since: '2027-04-20' };
    for (const stage of deploymentStages) {
      const at = { ...standing, stage };
      expect(nextOf(at).length > 0).toBe(openStages.includes(stage));
      if (!openStages.includes(stage)) expect(overdueFrom(dueOf(at))).toBeUndefined();
      expect(stagesInWords[stage]).toMatch(/^[A-Z]/);
    }
  });

  it('says who is to agree while one of the two has not', () => {
    const who = (...history: readonly DeploymentEvent[]) =>
      nextOf(after(...history)).map((step) => step.who);
    expect(who(needed, proposed)).toEqual(['the home head', 'the head of the school']);
    expect(who(needed, proposed, releasedBy)).toEqual(['the head of the school']);
    expect(who(...agreed)).toEqual(['the team']);
  });
});

describe('the visits of a deployment', () => {
  const key = `${of.deploymentId} ${uuid(8)}`;

  it('are a line each, and an amended one shows how it was first', () => {
    expect(documentsAfter(deploymentVisits, [visited])[key]).not.toHaveProperty('amended');
    const again = { ...amended, data: { ...amended.data, halfDays: 3 } };
    expect(documentsAfter(deploymentVisits, [visited, amended, again])[key]).toMatchObject({
      ...{ visitedOn: '2026-12-10', halfDays: 3 },
      amended: { times: 2, was: { visitedOn: '2026-12-11', halfDays: 1 } },
    });
  });

  it('are not made by an amendment of what nobody recorded', () => {
    expect(documentsAfter(deploymentVisits, [amended])).toEqual({});
  });
});
