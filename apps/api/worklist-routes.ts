import { schemaOf } from '#application';
import type { JsonObject } from '#kernel';
import { taskKinds } from '#read-models';
import { day, listOf, number, record, text, words } from './answer-schemas';
import { PageFields } from './query-fields';
import type { Route } from './route';

const paging = schemaOf(PageFields)['properties'] as JsonObject;

/** What waits to be done. */
export const worklistRoutes: Readonly<Record<string, Route>> = {
  'GET /api/v1/worklist': {
    says: 'What waits to be done, oldest first: what is open of assessments, letters, triggers and reviews, and of visits, records, deployments, areas for improvement, team actions and meetings, consultations and notices what is overdue, or due by a day.',
    tag: 'The county',
    for: 'county',
    query: {
      ...paging,
      adviser: {
        ...text,
        pattern: '^(me|[a-z0-9-]{3,64})$',
        description:
          'Only what this person sees to, and what is at a school whose latest headline visit, made or arranged, is theirs; me: whoever asks.',
      },
      dueBy: {
        ...day,
        description:
          'What is due by this day; left out, what is overdue. What has no day waits already, and is there either way.',
      },
      kind: words(taskKinds),
    },
    answer: {
      says: 'A page of it.',
      schema: record({
        today: day,
        dueBy: day,
        adviser: text,
        kind: words(taskKinds),
        total: number,
        tasks: listOf({
          ...record({
            school: record({ schoolId: text, urn: text, name: text }),
            kind: words(taskKinds),
            task: text,
            since: { ...day, description: 'The day since which it waits.' },
            by: { ...day, description: 'The day by which it is due, where there is one.' },
            owner: { ...text, description: 'Who sees to it, where that is on record.' },
            deploymentId: text,
            consultationId: text,
            daysOverdue: number,
          }),
          required: ['kind', 'task', 'since'],
        }),
      }),
    },
  },
};
