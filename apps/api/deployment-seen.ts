import type { Identity } from '#platform';
import type { DeploymentAnswer, DeploymentLine } from '#read-models';

/** What of a deployment is about the school it supports, and no business of the school that lends the champion. */
const ofSupportedSchool = [
  'focus',
  'priority',
  'selfFunded',
  'proposedBy',
  'objectives',
  'evaluation',
  'endedBecause',
  'notConfirmed',
] as const;
/** What is between the team and the school, and not for the champion. */
const ofTheAllowance = ['selfFunded', 'notConfirmed', 'endedBecause'] as const;

/**
 * A deployment as somebody may see it. No answer about a deployment holds a category; a home head sees days and dates, a
 * champion the objectives too.
 */
export function asSeenBy(
  identity: Identity | undefined,
  deployment: DeploymentLine | DeploymentAnswer,
): object {
  const role = identity?.role;
  if (role === 'champion') return without(deployment, ofTheAllowance);
  if (role !== 'home-head') return deployment;
  const { visits } = deployment;
  return {
    ...without(deployment, ofSupportedSchool),
    visits: typeof visits === 'number' ? visits : visits.map(dayAndLength),
  };
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

const without = (whole: object, fields: readonly string[]): object =>
  Object.fromEntries(Object.entries(whole).filter(([field]) => !fields.includes(field)));
