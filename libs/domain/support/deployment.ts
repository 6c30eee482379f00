import { aggregate } from '#kernel';
import type { Decider } from '#kernel';
import type { ClassesOf } from '#kernel';
import { academicYearOf } from '../shared/academic-year';
import { brokeringDecisions } from './brokering';
import { confirmingDecisions } from './confirming';
import { deploymentCommands } from './deployment-commands';
import type { DeploymentEvent } from './deployment-events';
import { deploymentEvents } from './deployment-events';
import type { DeploymentRefusal } from './deployment-refusals';
import { deploymentRefusals } from './deployment-refusals';
import type { DeploymentState, Known } from './deployment-state';
import { evolve, initial } from './deployment-state';
import { reviewingDecisions } from './reviewing';
import { workingDecisions } from './working';

const DEPLOYMENT =
  'One piece of support for one school: the need, the champion proposed for it, what both schools agreed to, the days set ' +
  'aside, the visits, and what came of it. It is brokered with the leadership: nothing is confirmed that either head has ' +
  'not agreed to.';

export const decider: Decider<
  DeploymentState,
  ClassesOf<typeof deploymentCommands>,
  DeploymentEvent,
  DeploymentRefusal,
  Known
> = {
  initial,
  evolve,
  decide: {
    ...brokeringDecisions,
    ...confirmingDecisions,
    ...workingDecisions,
    ...reviewingDecisions,
  },
};

const text = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : undefined;

export const deployment = aggregate({
  context: 'support',
  name: 'deployment',
  is: DEPLOYMENT,
  stream: ({ deploymentId }) => `deployment-${String(deploymentId)}`,
  events: deploymentEvents,
  commands: deploymentCommands,
  refusals: deploymentRefusals,
  decider,
  whose: ({ stage, schoolId, homeSchoolId, championPersonRef: personRef }) =>
    stage === 'none' ? undefined : { schoolId, homeSchoolId, personRef },
  // A need asks for the school and its category, a match for the champion, a confirmation for champion and allowance.
  knows: {
    school: {
      of: 'school',
      stream: ({ focus, schoolId }) =>
        focus === undefined ? undefined : `school-${String(schoolId)}`,
    },
    categorisation: {
      of: 'categorisation',
      stream: ({ focus, schoolId }) =>
        focus === undefined ? undefined : `categorisation-${String(schoolId)}`,
    },
    champion: {
      of: 'champion',
      stream: ({ championId, scope }, state) => {
        const asked = text(championId) ?? (scope === undefined ? undefined : championOf(state));
        return asked === undefined ? undefined : `champion-${asked}`;
      },
    },
    entitlement: {
      of: 'entitlement',
      stream: ({ scope, from, to, reservationId }, state) => {
        const { schoolId, confirming, extending } = state as DeploymentState;
        const day =
          reservationId === undefined
            ? (text(from) ?? text(to))
            : (confirming?.from ?? extending?.from);
        const asks = scope !== undefined || reservationId !== undefined || to !== undefined;
        return schoolId === undefined || day === undefined || !asks
          ? undefined
          : `entitlement-${schoolId}-${academicYearOf(day).replace('/', '-')}`;
      },
    },
  },
});

const championOf = (state: unknown): string | undefined => (state as DeploymentState).championId;
