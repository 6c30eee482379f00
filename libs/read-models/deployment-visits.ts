import type { ReadModel, Snapshot } from '#kernel';
import type { BankHolidays, DeploymentEvent } from '#domain';
import { RECORD_DUE_IN_WORKING_DAYS, workingDaysAfter } from '#domain';
import { holidaysIn } from './bank-holidays';

/** One visit of a champion: as its record stands, and where that was amended, as it was first and how often since. */
export type DeploymentVisit = {
  readonly deploymentId: string;
  readonly visitId: string;
  readonly schoolId: string;
  readonly homeSchoolId: string;
  readonly championId: string;
  readonly visitedOn: string;
  readonly halfDays: number;
  readonly objectiveIds: readonly string[];
  readonly notesRef: string;
  readonly recordedAt: string;
  readonly amended?: {
    readonly times: number;
    readonly lastAt: string;
    readonly was: { readonly visitedOn: string; readonly halfDays: number };
  };
};

const keys = ({
  data: { deploymentId, visitId },
}: {
  readonly data: { readonly deploymentId: string; readonly visitId: string };
}): readonly string[] => [`${deploymentId} ${visitId}`];

export const deploymentVisits: ReadModel<DeploymentVisit, DeploymentEvent> = {
  name: 'deployment-visits',
  says: 'The visits of champions, one line a visit: when, how long, about which objectives; and whether its record was amended.',
  fixed: ['deploymentId'],
  touches: {
    ChampionVisitRecorded: {
      keys,
      on: (before, { data: { uses: _u, recordedById: _r, ...visit }, recordedAt }) =>
        before ?? { ...visit, recordedAt },
    },
    VisitRecordAmended: {
      keys,
      on: (before, { data, recordedAt: lastAt }) => {
        if (before === undefined) return undefined;
        const { visitedOn, halfDays, objectiveIds, notesRef } = data;
        const { times, was } = before.amended ?? {
          times: 0,
          was: { visitedOn: before.visitedOn, halfDays: before.halfDays },
        };
        const amended = { times: times + 1, lastAt, was };
        return { ...before, visitedOn, halfDays, objectiveIds, notesRef, amended };
      },
    },
  },
};

/** A visit as it is told: with the day by which its record was due, and whether it came later. */
export type VisitLine = DeploymentVisit & {
  readonly recordDueOn: string;
  readonly recordedLate: boolean;
};

/** The visits of some deployments, last first. */
export async function deploymentVisitsOf(
  snapshot: Snapshot,
  { deploymentIds }: { readonly deploymentIds: readonly string[] },
): Promise<readonly VisitLine[]> {
  if (deploymentIds.length === 0) return [];
  const [found, holidays] = await Promise.all([
    snapshot.list<DeploymentVisit>(deploymentVisits, {
      filter: { deploymentId: { $in: deploymentIds } },
      sort: { visitedOn: -1 },
    }),
    holidaysIn(snapshot),
  ]);
  return found.map(({ body }) => lineOf(body, holidays));
}

/** The record that counts is the first one; the day it came is taken in UTC, to the record's favour by an hour in summer. */
function lineOf(visit: DeploymentVisit, holidays: BankHolidays): VisitLine {
  const { visitedOn } = visit.amended?.was ?? visit;
  const recordDueOn = workingDaysAfter(visitedOn, RECORD_DUE_IN_WORKING_DAYS, holidays).day;
  return { ...visit, recordDueOn, recordedLate: visit.recordedAt.slice(0, 10) > recordDueOn };
}
