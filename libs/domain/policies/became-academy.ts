import { policy } from '#kernel';
import type { SchoolEvent } from '../schools/events';
import type { OpenDeployment } from './looking-again';
import { isAgreed, lookedAtAgain, openDeploymentsBy } from './looking-again';
import { wasNews } from './raising';

interface Known {
  readonly supporting: readonly OpenDeployment[];
}

export const becameAcademy = policy<SchoolEvent, Known>({
  name: 'became-academy',
  says:
    'Whenever a school becomes an academy, grant anew what the offer gives an academy of its category; and have who ' +
    'pays decided for the deployments that support it. What was long ago when we learnt of it changes no entitlement.',
  knows: { supporting: openDeploymentsBy('schoolId') },
  whenever: {
    SchoolConvertedToAcademy: (event, { supporting }) => {
      const { schoolId, convertedOn } = event.data;
      const granted = {
        command: 'GrantEntitlement',
        data: { schoolId, effectiveFrom: convertedOn, becauseOf: event.id },
      };
      return [
        ...(wasNews(convertedOn, event) ? [granted] : []),
        ...lookedAtAgain(supporting.filter(isAgreed), 'became-academy', event.id),
      ];
    },
  },
});
