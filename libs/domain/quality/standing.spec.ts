import { asDeclared, given } from '#kernel';
import type { StandingEvent } from './events';
import { standingEvents } from './events';
import { deploymentId, schoolId, uuid } from './history-in-specs';
import { decider as bare, standing } from './standing';

const decider = asDeclared(standingEvents, bare);
const becauseOf = uuid(7);
const poor = (n: number, foundOn = '2026-11-20') => ({
  schoolId,
  reviewId: uuid(n),
  deploymentId,
  verdict: 'partly-effective' as const,
  foundOn,
  becauseOf,
});
const noted = (n: number, foundOn?: string, academicYear = '2026/27'): StandingEvent => ({
  type: 'PoorVerdictNoted',
  data: { ...poor(n, foundOn), academicYear },
});
const withdrawn = (n: number): StandingEvent => ({
  type: 'PoorVerdictWithdrawn',
  data: { schoolId, reviewId: uuid(n), becauseOf },
});
const escalationId = uuid(0);
const escalated = (...reviews: readonly number[]): StandingEvent => ({
  type: 'EscalatedToHeadOfService',
  data: {
    schoolId,
    escalationId,
    academicYear: '2026/27',
    reviewIds: reviews.map(uuid),
    escalatedOn: '2026-11-23',
  },
});
const answer = {
  schoolId,
  escalationId,
  decision: 'substitute-the-champion' as const,
  reason: 'Another knows phonics.',
};
const answered: StandingEvent = {
  type: 'EscalationAnswered',
  data: { ...answer, answeredById: 'person-head-of-service', answeredOn: '2026-11-23' },
};

describe('a poor verdict on support', () => {
  const note = (history: readonly StandingEvent[], n: number, foundOn?: string) =>
    given(decider, history).when('NotePoorVerdict', poor(n, foundOn), { by: 'policy' });

  it('is noted once', () => {
    note([], 1)
      .then([noted(1)])
      .again()
      .silent();
    note([noted(1), withdrawn(1)], 1).silent();
    expect(standing.stream(poor(1))).toBe(`qualityStanding-${schoolId}`);
  });

  it('the second in an academic year goes to the head of service', () => {
    note([noted(1)], 2)
      .then([noted(2), escalated(1, 2)])
      .again()
      .silent();
  });

  it('in another academic year is the first of that year', () => {
    note([noted(1, '2026-07-20', '2025/26')], 2).then([noted(2)]);
  });

  it('that counts no more is not the first of two', () => {
    note([noted(1), withdrawn(1)], 2).then([noted(2)]);
  });

  it('while two are with the head of service goes along with them; after the answer it goes again', () => {
    const two = [noted(1), noted(2), escalated(1, 2)];
    note(two, 3).then([noted(3)]);
    note([...two, answered], 3).then([noted(3), escalated(1, 2, 3)]);
  });

  it('is not of a day to come', () => {
    note([], 1, '2026-11-24').refused('InTheFuture');
  });

  it('counts no more when moderation found better, and is withdrawn once', () => {
    const withdraw = (history: readonly StandingEvent[]) =>
      given(decider, history).when(
        'WithdrawPoorVerdict',
        { schoolId, reviewId: uuid(1), becauseOf },
        { by: 'policy' },
      );
    withdraw([noted(1)])
      .then([withdrawn(1)])
      .again()
      .silent();
    withdraw([]).refused('PoorVerdictUnknown');
  });
});

describe('the answer of the head of service', () => {
  const history = [noted(1), noted(2), escalated(1, 2)];
  const give = (before: readonly StandingEvent[], more: object = {}) =>
    given(decider, before).when(
      'AnswerEscalation',
      { ...answer, ...more },
      { by: 'head-of-service' },
    );

  it('is given once', () => {
    give(history).then([answered]).again().silent();
    give([...history, answered], { decision: 'end' }).refused(
      'EscalationAnsweredBefore',
      '2026-11-23',
    );
    give([...history, answered], { reason: 'Other.' }).refused('EscalationAnsweredBefore');
  });

  it('is to what went there, and not on a day to come', () => {
    give([noted(1)]).refused('NoSuchEscalation');
    give(history, { answeredOn: '2026-11-24' }).refused('InTheFuture');
  });

  it('is for nobody else', () => {
    expect(standing.commands['AnswerEscalation']?.by).toEqual(['head-of-service']);
    expect(standing.commands['NotePoorVerdict']?.by).toEqual(['policy']);
  });
});
