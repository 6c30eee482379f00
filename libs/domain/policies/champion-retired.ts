import { policy } from '#kernel';
import type { ChampionEvent } from '../champions/events';
import type { OpenDeployment } from './looking-again';
import { hasBegun, lookedAtAgain, openDeploymentsBy } from './looking-again';

interface Known {
  readonly theirs: readonly OpenDeployment[];
}

export const championRetired = policy<ChampionEvent, Known>({
  name: 'champion-retired',
  says:
    'Whenever a champion retires, re-open the needs they were found for and had not begun on, so that another is ' +
    'found; and have the deployments they are working in looked at again.',
  knows: { theirs: openDeploymentsBy('championId') },
  whenever: {
    ChampionRetired: ({ id, data: { championId } }, { theirs }) => [
      ...theirs
        .filter((one) => !hasBegun(one))
        .map(({ deploymentId }) => ({
          command: 'ReopenNeed',
          data: { deploymentId, championId, reason: 'The champion has retired.' },
          about: deploymentId,
        })),
      ...lookedAtAgain(theirs.filter(hasBegun), 'champion-retired', id),
    ],
  },
});
