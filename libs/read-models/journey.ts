import type { Filter, JsonObject, Recorded, ReadModel, Snapshot, Touch } from '#kernel';
import type { AnySchoolEvent } from '#domain';
import { schoolsConcerned } from '#domain';
import type { Fact } from './fact';
import { factOf } from './fact';
import type { Page, PageRequest } from './page';
import { DEFAULT_LIMIT, paged } from './page';
import { sentences } from './sentences';

/** One event on the journey of a school it concerns, with its sentence and everything it holds. Personal values stay sealed. */
export type JourneyEntry = Fact & {
  readonly schoolId: string;
  readonly says: string;
  readonly data: JsonObject;
  readonly correlationId: string;
  readonly causationId?: string;
};

/** Positions as text that sorts as they do. */
export const padded = (position: number): string => String(position).padStart(16, '0');

const row: Touch<JourneyEntry, AnySchoolEvent> = {
  // By position first: rows are written in the order of their keys, which a store does at the end of its index.
  keys: ({ data, position }) => schoolsConcerned(data).map((id) => `${padded(position)} ${id}`),
  on: (_, event, key) => ({
    ...factOf(event),
    schoolId: key.slice(key.indexOf(' ') + 1),
    says: sentenceOf(event),
    data: event.data,
    correlationId: event.metadata.correlationId,
    ...(event.metadata.causationId === undefined
      ? {}
      : { causationId: event.metadata.causationId }),
  }),
  opens: true,
};

function sentenceOf(event: Recorded<AnySchoolEvent>): string {
  const sentence = sentences[event.type] as (data: AnySchoolEvent['data']) => string;
  return sentence(event.data);
}

/** One row per event that concerns a school: the table of sentences is the list, and it is complete or does not compile. */
export const journey: ReadModel<JourneyEntry, AnySchoolEvent> = {
  name: 'journey',
  says: 'Everything that was recorded of a school, one line per event, in sentences.',
  fixed: ['schoolId', 'position'],
  touches: Object.fromEntries(Object.keys(sentences).map((type) => [type, row])),
};

/** A school's rows as a snapshot knows them: said as a range, so that later ones are not even looked at. */
export const upTo = ({ position }: Snapshot, schoolId: string): Filter => ({
  schoolId,
  position: { $lte: position },
});

export type JourneyRequest = PageRequest & {
  readonly schoolId: string;
  /** Only these types of event. */
  readonly types?: readonly string[];
};

/** A school's journey, newest first. */
export async function journeyOf(
  snapshot: Snapshot,
  { schoolId, types, skip = 0, limit = DEFAULT_LIMIT }: JourneyRequest,
): Promise<Page<JourneyEntry>> {
  const filter = {
    ...upTo(snapshot, schoolId),
    ...(types === undefined ? {} : { type: { $in: types } }),
  };
  const total = await snapshot.count(journey, filter);
  const found = await snapshot.list<JourneyEntry>(journey, {
    filter,
    sort: { position: -1 },
    skip,
    limit,
  });
  return paged(
    found.map(({ body }) => body),
    total,
    skip,
  );
}
