import { withoutLeftOut } from '#application';
import type { Identity } from '#platform';
import type { DeploymentAnswer, DeploymentLine } from '#read-models';

/**
 * A deployment as somebody may see it: without what the table of who may do what leaves out. No answer about a deployment
 * holds a category; a home head sees days and dates of its visits, a champion the objectives too.
 */
export function asSeenBy(
  identity: Identity | undefined,
  deployment: DeploymentLine | DeploymentAnswer,
): object {
  const seen = withoutLeftOut('deployments', identity?.role, deployment);
  const { visits } = deployment;
  return identity?.role !== 'home-head' || typeof visits === 'number'
    ? seen
    : { ...seen, visits: visits.map(dayAndLength) };
}

const dayAndLength = ({
  visitId,
  visitedOn,
  halfDays,
  recordDueOn,
  recordedLate,
}: DeploymentAnswer['visits'][number]) => ({
  visitId,
  visitedOn,
  halfDays,
  recordDueOn,
  recordedLate,
});
