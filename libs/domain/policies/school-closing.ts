import { policy } from '#kernel';
import type { SchoolEvent } from '../schools/events';
import type { OpenDeployment } from './looking-again';
import { lookedAtAgain, openDeploymentsBy } from './looking-again';

interface Known {
  readonly supporting: readonly OpenDeployment[];
  /** Visits arranged for after the day it closes. */
  readonly visits: readonly string[];
}

interface Closed {
  readonly schoolId: string;
  readonly closedOn?: string;
}

/** A last day that is not known may lie behind it. */
const lastsBeyond =
  (day: string) =>
  ({ to }: OpenDeployment): boolean =>
    to === undefined || to > day;

export const schoolClosing = policy<SchoolEvent, Known>({
  name: 'school-closing',
  says:
    'Whenever a school closes, call off the visits arranged for after that day and have the support it gets looked at ' +
    'again; whenever that is only proposed, have the support looked at that would last longer.',
  knows: {
    supporting: openDeploymentsBy('schoolId'),
    visits: {
      asks: 'visits-arranged-after',
      about: ({ data }) => {
        // That it closes is proposed first: then no day of closing is there, and nothing is called off.
        const { schoolId, closedOn } = data as Closed;
        return closedOn === undefined ? {} : { schoolId, after: closedOn };
      },
    },
  },
  whenever: {
    ClosureProposed: ({ id, data: { closesOn } }, { supporting }) =>
      closesOn === undefined
        ? []
        : lookedAtAgain(supporting.filter(lastsBeyond(closesOn)), 'school-closing', id),
    SchoolClosed: ({ id, data: { schoolId, closedOn } }, { supporting, visits }) => [
      ...visits.map((visitId) => ({
        command: 'CancelHeadlineVisit',
        data: { schoolId, visitId, reason: `The school closed on ${closedOn}.` },
        about: visitId,
      })),
      ...lookedAtAgain(supporting, 'school-closing', id),
    ],
  },
});
