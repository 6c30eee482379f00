import { schemaOf } from '#application';
import { championRoles, interestNatures, interestOutcomes, phases } from '#domain';
import type { JsonObject } from '#kernel';
import { championStatuses } from '#read-models';
import { day, listOf, number, record, ref, text, words } from './answer-schemas';
import { PageFields, WhenFields } from './query-fields';
import type { Route } from './route';

const propertiesOf = (takes: new () => object): JsonObject =>
  schemaOf(takes)['properties'] as JsonObject;

/** The routes about champions. */
export const championRoutes: Readonly<Record<string, Route>> = {
  'GET /api/v1/champions': {
    says: 'Champions by their reference, with what is left of their year.',
    tag: 'Champions',
    for: 'county',
    query: {
      ...propertiesOf(PageFields),
      role: words(championRoles),
      specialism: { ...text, pattern: '^[a-z0-9-]{2,40}$', description: 'E.g. early-reading.' },
      phase: words(phases),
      status: words(championStatuses),
      homeSchool: { ...text, maxLength: 40, description: 'Id of the home school, or a URN of it.' },
    },
    answer: {
      says: 'A page of them.',
      schema: record({ total: number, champions: listOf(ref('Champion')) }),
    },
  },
  'GET /api/v1/champions/{champion}': {
    says: 'One champion: what they do, when they have time, which interests are declared, what is left of their days year by year.',
    tag: 'Champions',
    for: 'champion',
    query: propertiesOf(WhenFields),
    answer: { says: 'All that is known of them.', schema: ref('ChampionCard') },
  },
};

const school = record({ schoolId: { ...text, format: 'uuid' }, urn: text, name: text });
/** Half-days of one academic year. */
const capacity = record({
  academicYear: text,
  cap: number,
  reserved: { ...number, description: 'For deployments, those used included.' },
  consumed: { ...number, description: 'Used by visits.' },
  left: { ...number, description: 'Of the cap, not reserved.' },
});
const line: Readonly<Record<string, JsonObject>> = {
  championId: { ...text, format: 'uuid' },
  personRef: { ...text, description: 'A reference, never a name.' },
  home: school,
  roles: listOf(words(championRoles)),
  specialisms: listOf(text),
  phases: listOf(words(phases)),
  status: words(championStatuses),
  since: day,
  vettedOn: day,
  vettedUntil: day,
  vetting: words(['confirmed', 'lapsed']),
  yearlyCapHalfDays: number,
  capacity,
  unresolvedInterests: number,
};
const required = Object.keys(line);

/** Shapes of their answers. */
export const championSchemas: Readonly<Record<string, JsonObject>> = {
  Champion: { ...record(line), required },
  ChampionCard: {
    ...record({
      ...line,
      availability: listOf(
        record({
          academicYear: text,
          from: day,
          to: day,
          halfDays: number,
          per: words(['week', 'period']),
        }),
      ),
      interests: listOf(
        record({
          interestId: { ...text, format: 'uuid' },
          counterparties: listOf(school),
          nature: words(interestNatures),
          declaredOn: day,
          outcome: words(interestOutcomes),
          resolvedOn: day,
        }),
      ),
      years: listOf(capacity),
    }),
    required: [...required, 'availability', 'interests', 'years'],
  },
};
