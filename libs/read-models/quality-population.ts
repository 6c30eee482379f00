import type { ReadModel, Snapshot } from '#kernel';
import type { Candidate, Category, DeploymentEvent, QualityObject, RiskEvent } from '#domain';
import { periodOn } from '#domain';
import type { RegisterEntry } from './register';
import { register } from './register';

/** One piece of work that was done, or is being done, with what a sample is drawn by. */
export type PieceOfWork = {
  readonly object: QualityObject;
  readonly objectId: string;
  readonly schoolId: string;
  /** The day it was finished; absent while it is not, and it cannot be drawn. */
  readonly doneOn?: string;
  /** Of an assessment the category recommended; of other work absent, and the school's on that day is meant. */
  readonly category?: Category;
  /** Of an assessment: what its score suggests, and whether it recommends something else. */
  readonly suggested?: Category;
  readonly override?: boolean;
  /** Of a record of a visit: whose. */
  readonly championId?: string;
  /** Newer work took its place. */
  readonly superseded?: boolean;
};

type Assessed = Extract<
  RiskEvent,
  {
    readonly type:
      | 'RiskScoreCalculated'
      | 'RiskAssessmentFinalised'
      | 'RiskAssessmentSuperseded'
      | 'RiskAssessmentAbandoned';
  }
>;
type Supported = Extract<
  DeploymentEvent,
  { readonly type: 'ChampionVisitRecorded' | 'DeploymentCompleted' | 'DeploymentEndedEarly' }
>;
type Event = Assessed | Supported;

const keyOf = (object: QualityObject, objectId: string): string => `${object} ${objectId}`;
const assessment = ({ data }: { readonly data: Assessed['data'] }): readonly string[] => [
  keyOf('assessment', data.assessmentId),
];
const started = ({ schoolId, assessmentId }: Assessed['data']): PieceOfWork => ({
  object: 'assessment',
  objectId: assessmentId,
  schoolId,
});

const ended = (
  {
    deploymentId: objectId,
    schoolId,
  }: { readonly deploymentId: string; readonly schoolId: string },
  doneOn: string,
): PieceOfWork => ({ object: 'deployment', objectId, schoolId, doneOn });

/**
 * What samples are drawn from. Other work joins by a touch here: the event that finishes it opens or completes a row with
 * its object, objectId, schoolId and doneOn.
 */
export const qualityPopulation: ReadModel<PieceOfWork, Event> = {
  name: 'quality-population',
  says: 'Finished work, from which samples for review are drawn.',
  fixed: ['object'],
  touches: {
    RiskScoreCalculated: {
      keys: assessment,
      on: (before, { data }) => {
        const { suggested: _, ...piece } = before ?? started(data);
        return data.suggested === undefined ? piece : { ...piece, suggested: data.suggested };
      },
    },
    RiskAssessmentFinalised: {
      keys: assessment,
      on: (before, { data }) => {
        const piece = before ?? started(data);
        const { recommended: category, finalisedOn: doneOn } = data;
        const override = piece.suggested !== undefined && piece.suggested !== category;
        return { ...piece, doneOn, category, override };
      },
    },
    RiskAssessmentSuperseded: {
      keys: assessment,
      on: (piece) => piece && { ...piece, superseded: true },
    },
    RiskAssessmentAbandoned: { keys: assessment, on: () => undefined },
    // It is the record that is reviewed: it counts in the half-term in which it was written, also when that was late.
    ChampionVisitRecorded: {
      keys: ({ data }) => [keyOf('visit-record', data.visitId)],
      on: (_, { data: { visitId: objectId, schoolId, championId }, recordedAt }) => ({
        object: 'visit-record',
        ...{ objectId, schoolId, championId },
        doneOn: recordedAt.slice(0, 10),
      }),
      opens: true,
    },
    DeploymentCompleted: {
      keys: ({ data }) => [keyOf('deployment', data.deploymentId)],
      on: (_, { data }) => ended(data, data.completedOn),
    },
    DeploymentEndedEarly: {
      keys: ({ data }) => [keyOf('deployment', data.deploymentId)],
      on: (_, { data }) => ended(data, data.endedOn),
    },
  },
};

/** For a decision: the work finished from one day to another, with what a sample is drawn by. */
export async function populationOf(
  snapshot: Snapshot,
  about: Readonly<Record<string, string>>,
): Promise<readonly Candidate[]> {
  const { from = '', to = '' } = about;
  const found = await snapshot.list<PieceOfWork>(qualityPopulation, {
    filter: { doneOn: { $gte: from, $lte: to }, superseded: { $exists: false } },
  });
  const records = await recordsUpTo(snapshot, to);
  return Promise.all(
    found.map(async ({ body: { object, objectId, schoolId, override, ...piece } }) => {
      const category = piece.category ?? (await categoryOf(snapshot, schoolId, piece.doneOn ?? to));
      const nthOfChampion = records.get(objectId);
      return {
        ...{ object, objectId, schoolId },
        ...(category === undefined ? {} : { category }),
        ...(override === undefined ? {} : { override }),
        ...(nthOfChampion === undefined ? {} : { nthOfChampion }),
      };
    }),
  );
}

async function categoryOf(
  snapshot: Snapshot,
  schoolId: string,
  day: string,
): Promise<Category | undefined> {
  const entry = await snapshot.get<RegisterEntry>(register, schoolId);
  return entry && periodOn(entry.body, day)?.category;
}

/** Which record of its champion each is, counted from their first; of two on one day the lesser identity comes first. */
async function recordsUpTo(snapshot: Snapshot, to: string): Promise<ReadonlyMap<string, number>> {
  const found = await snapshot.list<PieceOfWork>(qualityPopulation, {
    filter: { object: 'visit-record', doneOn: { $lte: to } },
    sort: { doneOn: 1, objectId: 1 },
  });
  const byChampion = Map.groupBy(found, ({ body }) => body.championId);
  return new Map(
    [...byChampion].flatMap(([championId, own]) =>
      championId === undefined
        ? []
        : own.map(({ body }, i): [string, number] => [body.objectId, i + 1]),
    ),
  );
}
