import { schemaOf } from '#application';
import type { JsonObject } from '#kernel';
import { day, listOf, number, record, ref, text } from './answer-schemas';
import { WhenFields } from './query-fields';
import type { Route } from './route';

/** What people ask about their own work. */
export const ownWorkRoutes: Readonly<Record<string, Route>> = {
  'GET /api/v1/champions/me': {
    says: 'Your own work as a champion: deployments with objectives and visits, what of yours is overdue, and what is left of your days.',
    tag: 'Champions',
    for: 'own-work',
    query: schemaOf(WhenFields)['properties'] as JsonObject,
    answer: {
      says: 'All of it; with no champions in it, nobody put you down as one under the reference you signed in by.',
      schema: record({
        today: day,
        says: text,
        champions: listOf(ref('ChampionCard')),
        deployments: listOf(ref('Deployment')),
        overdue: listOf(
          record({
            ...{ deploymentId: text, school: text, task: text, who: text },
            ...{ since: day, by: day, daysOverdue: number },
          }),
        ),
        recordedLate: { ...number, description: 'Visits whose record came after its day.' },
      }),
    },
  },
};
