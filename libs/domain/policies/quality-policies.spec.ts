import { area, completed, moderated, reviewId, schoolId, uuid } from '../quality/history-in-specs';
import type { Asked } from './policy-in-specs';
import { eventId, given } from './policy-in-specs';
import { reviewBelowEffective } from './review-below-effective';
import { supportFoundPoor } from './support-found-poor';

const id = eventId;

describe('areas for improvement', () => {
  const identify = (more: object): Asked => ({
    command: 'IdentifyImprovementArea',
    data: { ...area, schoolId, reviewId, identifiedOn: '2026-11-23', becauseOf: id, ...more },
  });

  it('are identified, each that a review names', () => {
    const second = { ...area, areaId: uuid(61) };
    given(
      completed('deployment', 'not-effective', {
        improvementAreas: [area, second],
      }),
    )
      .when(reviewBelowEffective)
      .asks([identify({ object: 'deployment' }), identify({ ...second, object: 'deployment' })]);
    given(completed('assessment', 'agree-with-change', { improvementAreas: [area] }))
      .when(reviewBelowEffective)
      .asks([identify({ object: 'assessment' })]);
    given(moderated('assessment', 'agree', 'return', { improvementAreas: [area] }))
      .when(reviewBelowEffective)
      .asks([identify({ object: 'assessment' })]);
  });

  it('are none where none is named', () => {
    given(completed('assessment', 'agree')).when(reviewBelowEffective).asks([]);
    given(moderated('assessment', 'return', 'agree'))
      .when(reviewBelowEffective)
      .asks([]);
  });
});

describe('support found poor', () => {
  const trigger: Asked = {
    command: 'FlagTrigger',
    data: {
      schoolId,
      triggerType: 'SUPPORT_INEFFECTIVE',
      sourceEventId: id,
      happenedOn: '2026-11-23',
    },
  };
  const note = (verdict: string): Asked => ({
    command: 'NotePoorVerdict',
    data: {
      schoolId,
      reviewId,
      deploymentId: uuid(20),
      verdict,
      foundOn: '2026-11-23',
      becauseOf: id,
    },
  });

  it('raises a trigger for the supported school, and is noted', () => {
    for (const verdict of ['partly-effective', 'not-effective'] as const) {
      given(completed('deployment', verdict))
        .when(supportFoundPoor)
        .asks([trigger, note(verdict)]);
    }
  });

  it('only by moderation raises it then; found poor by both, once', () => {
    given(moderated('deployment', 'effective', 'not-effective'))
      .when(supportFoundPoor)
      .asks([trigger, note('not-effective')]);
    given(moderated('deployment', 'partly-effective', 'not-effective'))
      .when(supportFoundPoor)
      .asks([]);
  });

  it('counts no more where moderation finds better', () => {
    given(moderated('deployment', 'not-effective', 'effective'))
      .when(supportFoundPoor)
      .asks([{ command: 'WithdrawPoorVerdict', data: { schoolId, reviewId, becauseOf: id } }]);
  });

  it('is support only: what is good, and other work, raises nothing', () => {
    given(completed('deployment', 'effective')).when(supportFoundPoor).asks([]);
    given(moderated('deployment', 'effective', 'effective'))
      .when(supportFoundPoor)
      .asks([]);
    given(completed('visit-record', 'redo')).when(supportFoundPoor).asks([]);
    given(completed('assessment', 'return')).when(supportFoundPoor).asks([]);
    given(completed('champion', 'end')).when(supportFoundPoor).asks([]);
  });
});
