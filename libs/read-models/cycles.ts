import type { ReadModel, Snapshot, Touch } from '#kernel';
import type { CycleEvent } from '#domain';
import type { RoundProgress } from './worklist';
import { roundProgress } from './worklist';

/** One year's round of assessing every school. */
export type Cycle = {
  readonly academicYear: string;
  readonly frameworkVersion: string;
  readonly offerVersion: string;
  readonly openedOn: string;
  readonly closedOn?: string;
};

const year = ({ data }: { readonly data: CycleEvent['data'] }): readonly string[] => [
  data.academicYear,
];

export const cycles: ReadModel<Cycle, CycleEvent> = {
  name: 'cycles',
  says: 'The yearly rounds: on which framework and offer, open from when to when.',
  fixed: [],
  touches: {
    AssessmentCycleOpened: { keys: year, on: (_, { data }) => data } satisfies Touch<
      Cycle,
      Extract<CycleEvent, { type: 'AssessmentCycleOpened' }>
    >,
    AssessmentCycleClosed: {
      keys: year,
      on: (cycle, { data: { closedOn } }) =>
        cycle === undefined ? undefined : { ...cycle, closedOn },
    },
  },
};

export async function listCycles(snapshot: Snapshot): Promise<readonly Cycle[]> {
  return (await snapshot.list<Cycle>(cycles, { sort: { academicYear: -1 } })).map(
    ({ body }) => body,
  );
}

/** A round and how far it has come; undefined when there is no round of that year. */
export async function cycleProgress(
  snapshot: Snapshot,
  { academicYear }: { academicYear: string },
): Promise<(Cycle & { readonly progress: RoundProgress }) | undefined> {
  const found = await snapshot.get<Cycle>(cycles, academicYear);
  return (
    found && { ...found.body, progress: await roundProgress(snapshot, { year: academicYear }) }
  );
}
