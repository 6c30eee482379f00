import type { JsonObject, Snapshot } from '#kernel';
import type { JourneyEntry } from './journey';
import { journey, upTo } from './journey';
import { absenceInWords } from './sentences/words';

/** One line of the coverage panel: a reading, or in words why there is none. */
export type CoverageLine = {
  readonly indicator: string;
  readonly name: string;
  readonly weight: number;
  readonly period?: string;
  readonly value?: number;
  readonly comparator?: { readonly value: number; readonly source: string };
  readonly band?: string;
  readonly points?: number;
  readonly absence?: string;
  readonly absenceInWords?: string;
  /** The arithmetic in a sentence. */
  readonly how: string;
  /** Where the figure is from and how old it is; absent where there is none. */
  readonly source?: string;
  readonly asAt?: string;
  /** True for an invented figure. */
  readonly example?: boolean;
};

export type Coverage = {
  readonly assessmentId: string;
  readonly cycle?: string;
  readonly frameworkVersion: string;
  readonly score?: number;
  readonly coverage: number;
  readonly suggested?: string;
  readonly floor?: string;
  readonly calculatedAt: string;
  readonly lines: readonly CoverageLine[];
};

/** The readings behind a school's last score, and what is missing and why; undefined before its first score. */
export async function coverageOf(
  snapshot: Snapshot,
  { schoolId }: { schoolId: string },
): Promise<Coverage | undefined> {
  const [score] = await entries(
    snapshot,
    { ...upTo(snapshot, schoolId), type: 'RiskScoreCalculated' },
    1,
  );
  if (score === undefined) return undefined;
  const { assessmentId } = score.data;
  const about = { ...upTo(snapshot, schoolId), 'data.assessmentId': assessmentId as string };
  const [started] = await entries(snapshot, { ...about, type: 'RiskAssessmentStarted' }, 1);
  const readings = await entries(snapshot, {
    ...about,
    type: { $in: ['IndicatorRecorded', 'IndicatorMarkedUnavailable'] },
  });
  const { steps, ...total } = score.data as unknown as Omit<Coverage, 'lines' | 'calculatedAt'> & {
    steps: readonly CoverageLine[];
  };
  const cycle = started?.data['cycle'];
  return {
    assessmentId: assessmentId as string,
    ...(typeof cycle === 'string' ? { cycle } : {}),
    frameworkVersion: total.frameworkVersion,
    ...(total.score === undefined ? {} : { score: total.score }),
    coverage: total.coverage,
    ...(total.suggested === undefined ? {} : { suggested: total.suggested }),
    ...(total.floor === undefined ? {} : { floor: total.floor }),
    calculatedAt: score.recordedAt,
    lines: steps.map((step) =>
      lineOf(
        step,
        readings.find(
          ({ data }) => data['indicator'] === step.indicator && data['period'] === step.period,
        ),
      ),
    ),
  };
}

async function entries(
  snapshot: Snapshot,
  filter: JsonObject,
  limit?: number,
): Promise<readonly JourneyEntry[]> {
  const found = await snapshot.list<JourneyEntry>(journey, {
    filter,
    sort: { position: -1 },
    ...(limit === undefined ? {} : { limit }),
  });
  return found.map(({ body }) => body);
}

function lineOf(step: CoverageLine, reading: JourneyEntry | undefined): CoverageLine {
  const { source, asAt, example } = (reading?.data ?? {}) as {
    source?: string;
    asAt?: string;
    example?: boolean;
  };
  return {
    ...step,
    ...(step.absence === undefined ? {} : { absenceInWords: absenceInWords(step.absence) }),
    ...(source === undefined ? {} : { source }),
    ...(asAt === undefined ? {} : { asAt }),
    ...(example === undefined ? {} : { example }),
  };
}
