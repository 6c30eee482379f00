import type { Decision, Given } from '#kernel';
import type { Comparator, Framework, Indicator } from '../shared/framework';
import { same } from '../shared/same';
import type { SchoolKind } from '../shared/words';
import type { ReadingMissing, ReadingTaken } from './commands';
import type { RiskRefusal } from './refusals';
import { refuse } from './refusals';
import type { Reading } from './scoring';
import { appliesTo, comparatorFor, needsComparator } from './scoring';
import type { AssessmentInProgress, KnownToRisk, ReadingEvent } from './state';
import { keyOf } from './state';

/** How readings get on record: each is checked against the framework, and one that says nothing new is left out. */
interface Batch {
  readonly readings?: readonly Readonly<ReadingTaken>[];
  readonly unavailable?: readonly Readonly<ReadingMissing>[];
}

/** The events of a batch, in its order and figures first; all of it or a refusal. */
export function readingsOf(
  current: AssessmentInProgress,
  schoolId: string,
  { readings = [], unavailable = [] }: Batch,
  { known, today }: Given & { readonly known: KnownToRisk },
): Decision<ReadingEvent, RiskRefusal> {
  const { assessmentId } = current;
  const framework = known.frameworks.versions[current.frameworkVersion];
  if (framework === undefined) return refuse.NoFramework(current.frameworkVersion);
  const seen = new Set<string>();
  for (const taken of [...readings, ...unavailable]) {
    if (seen.has(keyOf(taken))) return refuse.TwiceInOneBatch(taken.indicator, taken.period);
    seen.add(keyOf(taken));
    const no = faultOfReading(taken, framework, current, today);
    if (no !== undefined) return no;
  }
  const about = { schoolId, assessmentId };
  const figures = readings.map(
    ({ indicator, period, value, comparator, source, asAt, ...taken }) => ({
      type: 'IndicatorRecorded' as const,
      data: {
        ...about,
        indicator,
        period,
        value,
        unit: framework.indicators.find(({ code }) => code === indicator)?.unit ?? '',
        ...(comparator === undefined ? {} : { comparator: { ...comparator } }),
        source,
        asAt,
        example: taken.example ?? false,
      },
    }),
  );
  const absences = unavailable.map(({ indicator, period, reason, source }) => ({
    type: 'IndicatorMarkedUnavailable' as const,
    data: { ...about, indicator, period, reason, source },
  }));
  return [...figures, ...absences].flatMap((reading) => {
    const before = current.readings[keyOf(reading.data)];
    if (before === undefined) return [reading];
    return saysTheSame(before, reading) ? [] : [superseding(before, reading)];
  });
}

/** A recorded reading as the score takes it. */
export function readingOf(event: ReadingEvent): Reading {
  const { indicator, period } = event.data;
  if (event.type === 'IndicatorMarkedUnavailable') {
    return { indicator, period, absence: event.data.reason };
  }
  const { value, comparator } = event.data;
  return { indicator, period, value, ...(comparator === undefined ? {} : { comparator }) };
}

function faultOfReading(
  taken: Readonly<ReadingTaken> | Readonly<ReadingMissing>,
  framework: Framework,
  { kind }: AssessmentInProgress,
  today: string,
): RiskRefusal | undefined {
  const indicator = framework.indicators.find(({ code }) => code === taken.indicator);
  if (indicator === undefined) return refuse.IndicatorUnknown(taken.indicator, framework.version);
  const inapplicable = 'reason' in taken && taken.reason === 'not-applicable';
  if (!appliesTo(indicator, kind) && !inapplicable) {
    return refuse.IndicatorNotForKind(indicator.code, kind);
  }
  if ('reason' in taken) return undefined;
  if (taken.asAt > today) return refuse.InTheFuture('asAt', taken.asAt, today);
  return faultOfValue(taken, indicator, comparatorFor(framework, indicator, kind), kind);
}

function faultOfValue(
  { value, comparator }: Readonly<ReadingTaken>,
  indicator: Indicator,
  published: Comparator | undefined,
  kind: SchoolKind,
): RiskRefusal | undefined {
  const { code, measure } = indicator;
  if (measure === 'finding' && ![0, 1, 2].includes(value)) return refuse.NotAFinding(code);
  return needsComparator(indicator) && comparator === undefined && published === undefined
    ? refuse.NothingToCompareWith(code, kind)
    : undefined;
}

function saysTheSame(a: ReadingEvent, b: ReadingEvent): boolean {
  if (a.data.source !== b.data.source) return false;
  if (a.type === 'IndicatorMarkedUnavailable' || b.type === 'IndicatorMarkedUnavailable') {
    return (
      a.type === b.type &&
      'reason' in a.data &&
      'reason' in b.data &&
      a.data.reason === b.data.reason
    );
  }
  return (
    a.data.value === b.data.value &&
    a.data.asAt === b.data.asAt &&
    a.data.example === b.data.example &&
    same(a.data.comparator, b.data.comparator)
  );
}

function superseding(before: ReadingEvent, reading: ReadingEvent): ReadingEvent {
  const supersedes =
    before.type === 'IndicatorRecorded'
      ? { value: before.data.value }
      : { reason: before.data.reason };
  return reading.type === 'IndicatorRecorded'
    ? { ...reading, data: { ...reading.data, supersedes } }
    : { ...reading, data: { ...reading.data, supersedes } };
}
