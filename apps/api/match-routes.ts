import { schemaOf } from '#application';
import { championRoles, phases } from '#domain';
import { day, listOf, number, record, ref, text, words } from './answer-schemas';
import { WhenFields } from './query-fields';
import type { Route } from './route';
import type { JsonObject } from '#kernel';

const whole = (description: string): JsonObject => ({
  ...text,
  pattern: '^[1-9]\\d{0,2}$',
  description,
});

/** The route that finds champions for a need. */
export const matchRoutes: Readonly<Record<string, Route>> = {
  'GET /api/v1/schools/{school}/matches': {
    says: 'Who could help a school: champions ranked, each with the reasons, and those excluded, each with what excludes them.',
    tag: 'Schools',
    for: 'county',
    query: {
      ...(schemaOf(WhenFields)['properties'] as JsonObject),
      role: { ...words(championRoles), description: 'Default: any.' },
      specialism: { ...text, maxLength: 60, description: 'The code of a specialism.' },
      phase: { ...words(phases), description: 'Default: the phase of the school.' },
      halfDays: whole('How many half-days are wanted; default 1.'),
      from: { ...day, description: 'First day of the work; default the day asked about.' },
      to: { ...day, description: 'Its last day; default the end of the academic year of from.' },
      within: whole('No further away than this, in miles as the crow flies.'),
    },
    answer: {
      says: 'By specialism, phase, the home school’s category, distance and what is left of their days, in this order.',
      schema: record({ ranked: listOf(ref('Match')), excluded: listOf(ref('ExcludedChampion')) }),
    },
  },
};

const home = record({ schoolId: text, urn: text, name: text });

export const matchSchemas: Readonly<Record<string, JsonObject>> = {
  Match: {
    ...record({
      ...{ championId: text, personRef: text, home, halfDaysLeft: number },
      miles: {
        ...number,
        description: 'Left out where one of the schools has no place on record.',
      },
      reasons: listOf(text),
    }),
    required: ['championId', 'personRef', 'home', 'halfDaysLeft', 'reasons'],
  },
  ExcludedChampion: {
    ...record({ championId: text, personRef: text, home, because: listOf(text) }),
    required: ['championId', 'personRef', 'home', 'because'],
  },
};
