import { LEAST_SHOWN, PUPILS_ROUNDED_TO, figureColumns } from '#read-models';
import { day, listOf, number, record, text, words } from './answer-schemas';
import type { Route } from './route';

const figure = {
  oneOf: [number, words(['hidden'])],
  description: 'Hidden: it is small, or the small ones could be worked out from it.',
};
const figures = {
  ...record(Object.fromEntries(figureColumns.map((column) => [column, figure]))),
  required: [...figureColumns],
};
const rows = listOf(record({ of: text, schools: number, byCategory: figures }));

/** The route of what may be published. */
export const figuresRoutes: Readonly<Record<string, Route>> = {
  'GET /api/v1/scrutiny': {
    says: 'Schools and pupils in each category on 31 October of five years, as known on those days. No school is named, and small numbers are hidden so that they cannot be worked out.',
    tag: 'The county',
    for: 'figures',
    answer: {
      says: 'Day by day, the last first; the same whenever it is asked for. Where nothing of a day can be published, `published` is absent.',
      schema: record({
        leastShown: { ...number, description: `Counts from 1 to ${LEAST_SHOWN - 1} are hidden.` },
        pupilsRoundedTo: { ...number, description: `To the nearest ${PUPILS_ROUNDED_TO}.` },
        days: listOf(
          record({
            day,
            academicYear: text,
            schools: number,
            pupils: number,
            published: record({ schools: figures, pupils: figures, byPhase: rows, byStatus: rows }),
          }),
        ),
      }),
    },
  },
};
