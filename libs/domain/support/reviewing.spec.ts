import type { DeploymentEvent } from './deployment-events';
import {
  agreed,
  begun,
  championId,
  confirming,
  declined,
  deploymentId,
  done,
  matched,
  needed,
  on,
  payerDecided,
  proposed,
  reopened,
  reservation,
  resting,
  reviewAsked,
  reviewed,
  reviewId,
  standing,
  underWay,
  uuid,
} from './deployment-in-specs';

const of = { deploymentId };

describe('a champion who cannot come after all', () => {
  const reason = 'The champion has retired.';
  const reopen = { ...of, championId, reason };

  it('leaves the need as it was, and what was set aside goes back', () => {
    on(agreed)
      .when('ReopenNeed', reopen)
      .then([reopened({ reservations: [] })])
      .again()
      .silent();
    on(confirming).when('ReopenNeed', reopen).then([reopened()]).again().silent();
    const after = on(standing).when('ReopenNeed', reopen).then([reopened()]);
    after.again().silent();
    expect(after.state).toMatchObject({ stage: 'needed', halfDays: 0, holdings: [], payers: [] });
    expect(after.state).not.toHaveProperty('championId');
    expect(after.state).not.toHaveProperty('payer');
    after
      .when('CompleteConfirmation', { ...of, reservationId: reservation.reservationId })
      .refused('Expired');
  });

  it('is not taken back once another one was found', () => {
    const found = [...matched, declined(), proposed({ championId: uuid(21) })];
    on(found).when('ReopenNeed', reopen).silent();
  });

  it('is refused once the work has begun, and for a need nobody knows', () => {
    on(underWay).when('ReopenNeed', reopen).refused('NotNow', 'is under way');
    on([]).when('ReopenNeed', reopen).refused('NeedUnknown');
  });
});

describe('a review of a deployment', () => {
  const ask = { ...of, because: 'home-school', becauseOf: reviewId } as const;
  const reason = 'It can spare her until Easter.';
  const answer = { ...of, reviewId, outcome: 'continue', reason } as const;

  it('is asked for once, whatever state of being open it is in', () => {
    for (const history of [standing, underWay, resting])
      on(history).when('AskDeploymentReview', ask).then([reviewAsked()]).again().silent();
    const {
      championId: _c,
      homeSchoolId: _h,
      ...data
    } = reviewAsked().data as Parameters<typeof reviewAsked>[0] & object;
    on([needed()])
      .when('AskDeploymentReview', { ...ask, because: 'school-closing' })
      .then([
        { type: 'DeploymentReviewAsked', data: { ...data, because: 'school-closing' } },
      ] as DeploymentEvent[]);
  });

  it('is not asked for twice for one kind of cause while it waits', () => {
    on([...underWay, reviewAsked()])
      .when('AskDeploymentReview', { ...ask, becauseOf: uuid(61) })
      .silent();
    on([...underWay, reviewAsked(), reviewed()])
      .when('AskDeploymentReview', { ...ask, becauseOf: uuid(61) })
      .then([reviewAsked({ reviewId: uuid(61), becauseOf: uuid(61) })]);
  });

  it('is not asked for of one that is over, or was never begun', () => {
    on(done).when('AskDeploymentReview', ask).refused('NotNow', 'is completed');
    on([]).when('AskDeploymentReview', ask).refused('NeedUnknown');
  });

  it('is answered by a person, and the deployment goes on meanwhile', () => {
    const asked = [...underWay, reviewAsked()];
    const after = on(asked).when('ReviewDeployment', answer).then([reviewed()]);
    expect(after.state.stage).toBe('started');
    after.again().silent();
    after
      .when('ReviewDeployment', { ...answer, outcome: 'end' })
      .refused('ReviewAnswered', 'continue');
  });

  it('is refused where none was asked for, or the deployment is over', () => {
    on(underWay).when('ReviewDeployment', answer).refused('ReviewUnknown');
    on([]).when('ReviewDeployment', answer).refused('NeedUnknown');
    on([...underWay, reviewAsked(), ...done.slice(-1)])
      .when('ReviewDeployment', answer)
      .refused('NotNow');
  });

  it('since the school became an academy goes on only once it is decided who pays', () => {
    const asked = [...underWay, reviewAsked({ because: 'became-academy' })];
    on(asked).when('ReviewDeployment', answer).refused('PayerDecisionWanted');
    on(asked)
      .when('ReviewDeployment', { ...answer, outcome: 'end' })
      .then([reviewed({ because: 'became-academy', outcome: 'end' })]);
    on([...asked, payerDecided()])
      .when('ReviewDeployment', answer)
      .silent();
  });
});

describe('who pays', () => {
  const decide = {
    ...{ ...of, authorityPercent: 0, from: '2026-12-01' },
    reason: 'The school became an academy.',
  };
  const leader = { by: 'team-leader' };

  it('is decided anew from a day on, and is what it was before that day', () => {
    const once = on(underWay).when('DecidePayer', decide, leader).then([payerDecided()]);
    once.again().silent();
    expect(once.state.payers).toEqual([
      { from: '', payer: { kind: 'authority', authorityPercent: 100 } },
      { from: '2026-12-01', payer: { kind: 'school', authorityPercent: 0 } },
    ]);
    once.when('DecidePayer', { ...decide, authorityPercent: 50, from: '2027-01-04' }, leader).then([
      payerDecided({
        from: '2027-01-04',
        was: { kind: 'school', authorityPercent: 0 },
        payer: { kind: 'split', authorityPercent: 50 },
      }),
    ]);
  });

  it('from an earlier day takes the place of what was decided for later', () => {
    const { state } = on([...underWay, payerDecided()])
      .when('DecidePayer', { ...decide, authorityPercent: 50, from: '2026-11-16' }, leader)
      .then([payerDecided({ from: '2026-11-16', payer: { kind: 'split', authorityPercent: 50 } })]);
    expect(state.payers.map(({ from }) => from)).toEqual(['', '2026-11-16']);
  });

  it('is decided of a deployment that is confirmed and not over, within its days', () => {
    on([...agreed, begun()])
      .when('DecidePayer', decide, leader)
      .refused('NotNow');
    on(done).when('DecidePayer', decide, leader).refused('NotNow');
    on(underWay)
      .when('DecidePayer', { ...decide, from: '2026-11-01' }, leader)
      .refused('OutsideDeployment', '2026-11-01');
  });
});
