import type { Ask, PolicyQuestion } from '#kernel';
import type { ReviewCause } from '../support/review-events';

/** A deployment that is not over, as the read models answer; `to` once it has a last day. */
export interface OpenDeployment {
  readonly deploymentId: string;
  readonly stage: string;
  readonly to?: string;
}

/** It has been confirmed and is not over: both schools count on it. */
export const isAgreed = ({ stage }: OpenDeployment): boolean =>
  stage === 'confirmed' || hasBegun({ stage });
export const hasBegun = ({ stage }: Pick<OpenDeployment, 'stage'>): boolean =>
  stage === 'started' || stage === 'paused';

/** The deployments that are not over, of the school or the champion an event is about. */
export const openDeploymentsBy = (field: 'schoolId' | 'championId'): PolicyQuestion => ({
  asks: 'open-deployments',
  about: ({ data }) => ({ [field]: (data as Readonly<Record<string, string>>)[field] ?? '' }),
});

/** Has each of them looked at by somebody: whatever happened, it goes on until they have. */
export const lookedAtAgain = (
  deployments: readonly OpenDeployment[],
  because: ReviewCause,
  becauseOf: string,
): readonly Ask[] =>
  deployments.map(({ deploymentId }) => ({
    command: 'AskDeploymentReview',
    data: { deploymentId, because, becauseOf },
    about: deploymentId,
  }));
