import type { Ask, EventMetadata, Position, Recorded } from '#kernel';
import { categoryCommands } from '../categories/commands';
import { areaCommands, standingCommands } from '../quality/commands';
import type { QualityEvent } from '../quality/events';
import { area, completed, moderated, reviewId, schoolId, uuid } from '../quality/history-in-specs';
import { commandFrom } from '../shared/decorators';
import { reviewBelowEffective } from './review-below-effective';
import { supportFoundPoor } from './support-found-poor';

const id = uuid(7);
const metadata: EventMetadata = {
  version: 1,
  actor: { id: 'person-adviser', role: 'adviser' },
  commandId: uuid(8),
  correlationId: uuid(9),
};
const commands = { ...categoryCommands, ...areaCommands, ...standingCommands };

/** given(what happened).when(policy).asks([commands]); what is asked for must be a command a policy may give. */
const given = (event: QualityEvent) => ({
  when: (policy: typeof reviewBelowEffective) => ({
    asks: (expected: readonly Ask[]) => {
      const recorded = {
        ...event,
        id,
        position: 1 as Position,
        stream: `qualityReview-${reviewId}`,
        revision: 0,
        recordedAt: '2026-11-23T10:00:00.000Z',
        effectiveOn: '2026-11-23',
        metadata,
      };
      const whenever = policy.whenever[event.type] as
        ((event: Recorded<QualityEvent>) => readonly Ask[]) | undefined;
      const asked = whenever?.(recorded);
      expect(asked).toStrictEqual(expected);
      for (const { command, data } of asked ?? []) {
        const { takes, by } = commands[command as keyof typeof commands];
        expect(commandFrom<object>(takes, data)).not.toHaveProperty('faults');
        expect(by).toContain('policy');
      }
    },
  }),
});

describe('areas for improvement', () => {
  const identify = (more: object): Ask => ({
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
  const trigger: Ask = {
    command: 'FlagTrigger',
    data: {
      schoolId,
      triggerType: 'SUPPORT_INEFFECTIVE',
      sourceEventId: id,
      happenedOn: '2026-11-23',
    },
  };
  const note = (verdict: string): Ask => ({
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
