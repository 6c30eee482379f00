import type { ReadModel, Snapshot, Touch } from '#kernel';
import type { QualityEvent, QualityObject } from '#domain';
import { daysBetween } from '#domain';
import type { Page, PageRequest } from './page';
import { pageOf } from './page';
import type { NamedSchool } from './schools-named';
import { schoolsNamed } from './schools-named';

type AreaEvent = Extract<QualityEvent, { readonly type: `ImprovementArea${string}` }>;
type Data<T extends AreaEvent['type']> = Extract<AreaEvent, { readonly type: T }>['data'];

/** One thing that is to become better, as it stands. */
export type ImprovementArea = {
  readonly areaId: string;
  readonly schoolId: string;
  readonly reviewId?: string;
  readonly object?: QualityObject;
  readonly what: string;
  readonly ownerId: string;
  readonly due: string;
  readonly identifiedOn: string;
  readonly open: boolean;
  readonly outcome?: Data<'ImprovementAreaClosed'>['outcome'];
  readonly closedOn?: string;
};

const key = ({ data }: { readonly data: AreaEvent['data'] }): readonly string[] => [data.areaId];

export const improvementAreas: ReadModel<ImprovementArea, AreaEvent> = {
  name: 'improvement-areas',
  says: 'What is to become better after reviews: what, who sees to it, by when, and what became of it.',
  fixed: ['schoolId', 'identifiedOn'],
  touches: {
    ImprovementAreaIdentified: {
      keys: key,
      on: (_, { data: { becauseOf: _cause, ...data } }) => ({ ...data, open: true }),
    } satisfies Touch<ImprovementArea, Extract<AreaEvent, { type: 'ImprovementAreaIdentified' }>>,
    ImprovementAreaReassigned: {
      keys: key,
      on: (area, { data: { now } }) => area && { ...area, ...now },
    },
    ImprovementAreaClosed: {
      keys: key,
      on: (area, { data: { outcome, closedOn } }) =>
        area && { ...area, open: false, outcome, closedOn },
    },
  },
};

/** An area with how it stands on a day. */
export type AreaLine = ImprovementArea & {
  /** Days since it was due; absent while there is time, and when it is closed. */
  readonly overdueDays?: number;
  readonly school: NamedSchool;
};

const lateness = ({ open, due }: ImprovementArea, today: string): { overdueDays?: number } =>
  open && due < today ? { overdueDays: daysBetween(due, today) } : {};

async function lines(
  snapshot: Snapshot,
  areas: readonly ImprovementArea[],
  today: string,
): Promise<readonly AreaLine[]> {
  const named = await schoolsNamed(
    snapshot,
    areas.map(({ schoolId }) => schoolId),
  );
  return areas.map((area) => ({
    ...area,
    ...lateness(area, today),
    school: named(area.schoolId),
  }));
}

export type OpenAreasRequest = PageRequest & {
  /** The day on which something is overdue or not. */
  readonly today: string;
  readonly ownerId?: string;
  /** Only those whose day has passed, or only those whose day has not. */
  readonly late?: boolean;
};
export type OpenAreas = Page<AreaLine> & {
  /** Of all that match: how many are overdue. */
  readonly overdue: number;
};

/** What is open in the county, what is due first coming first. */
export async function openAreas(
  snapshot: Snapshot,
  { today, ownerId, late, ...piece }: OpenAreasRequest,
): Promise<OpenAreas> {
  const open = { open: true, ...(ownerId === undefined ? {} : { ownerId }) };
  const passed = { due: { $lt: today } };
  const asked = late === undefined ? {} : late ? passed : { due: { $gte: today } };
  const page = await pageOf<ImprovementArea>(snapshot, improvementAreas, {
    filter: { ...open, ...asked },
    sort: { due: 1 },
    ...piece,
  });
  const overdue =
    late === false ? 0 : await snapshot.count(improvementAreas, { ...open, ...passed });
  return { ...page, items: await lines(snapshot, page.items, today), overdue };
}

export type AreasOfRequest = PageRequest & {
  readonly schoolId: string;
  readonly today: string;
  /** Leave out what comes of reviews of champions. */
  readonly withoutChampions?: boolean;
};

/** What is and was to become better at one school: open first, then what was closed. */
export async function areasOf(
  snapshot: Snapshot,
  { schoolId, today, withoutChampions = false, ...piece }: AreasOfRequest,
): Promise<Page<AreaLine>> {
  const page = await pageOf<ImprovementArea>(snapshot, improvementAreas, {
    filter: { schoolId, ...(withoutChampions ? { object: { $ne: 'champion' } } : {}) },
    sort: { open: -1, due: 1 },
    ...piece,
  });
  return { ...page, items: await lines(snapshot, page.items, today) };
}
