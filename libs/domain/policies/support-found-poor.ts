import type { Ask, Recorded } from '#kernel';
import { policy } from '#kernel';
import type { DataFor, QualityEvent } from '../quality/events';
import { isPoorOnSupport } from '../quality/scales';
import { raise } from './raising';

/** Support that does not work is itself evidence about the school; and a second such finding in a year is one too many. */
function poor(
  event: Recorded<{
    readonly type: string;
    readonly data: Pick<
      DataFor<'QualityReviewCompleted'>,
      'schoolId' | 'reviewId' | 'deploymentId' | 'verdict'
    >;
  }>,
  foundOn: string,
): readonly Ask[] {
  const { schoolId, reviewId, deploymentId, verdict } = event.data;
  if (deploymentId === undefined || !isPoorOnSupport(verdict)) return [];
  return [
    ...raise(event, 'SUPPORT_INEFFECTIVE', foundOn),
    {
      command: 'NotePoorVerdict',
      data: { schoolId, reviewId, deploymentId, verdict, foundOn, becauseOf: event.id },
    },
  ];
}

export const supportFoundPoor = policy<QualityEvent>({
  name: 'support-found-poor',
  says:
    'Whenever support for a school is found partly effective or not effective, by the reviewer or only by moderation, ' +
    'raise a SUPPORT_INEFFECTIVE trigger for the supported school and note the poor verdict; whenever moderation finds ' +
    'better than that, note that it counts no more.',
  whenever: {
    QualityReviewCompleted: (event) => poor(event, event.data.completedOn),
    QualityReviewModerated: (event) => {
      const { schoolId, reviewId, was, verdict, moderatedOn } = event.data;
      if (!isPoorOnSupport(was)) return poor(event, moderatedOn);
      if (isPoorOnSupport(verdict)) return [];
      return [
        { command: 'WithdrawPoorVerdict', data: { schoolId, reviewId, becauseOf: event.id } },
      ];
    },
  },
});
