import type { ReadModel, Recorded, Snapshot, Touch } from '#kernel';
import type { Category, Framework, Reading, RiskEvent, SchoolKind, Score } from '#domain';
import { categories, scoreOf, supportAbove } from '#domain';
import type { Page, PageRequest } from './page';
import { DEFAULT_LIMIT, paged } from './page';
import { frameworksOn } from './frameworks';
import { registerOn } from './register';
import type { NamedSchool } from './schools-named';
import type { Trial, TrialFault } from './trial';
import { tried } from './trial';

/** What a school's last score was worked out from: its kind then, and the reading of each indicator that counted. One a school. */
export type ScoredReadings = {
  readonly schoolId: string;
  /** The assessment begun last; its readings are not taken before they are scored. */
  readonly begun: { readonly assessmentId: string; readonly kind: SchoolKind };
  readonly scored?: {
    readonly assessmentId: string;
    readonly kind: SchoolKind;
    readonly frameworkVersion: string;
    readonly readings: readonly Reading[];
    readonly on: string;
  };
};

type Of<T extends RiskEvent['type']> = Extract<RiskEvent, { readonly type: T }>;
type On<T extends RiskEvent['type']> = Touch<ScoredReadings, Of<T>>;
const key = ({ data }: Recorded<RiskEvent>): readonly string[] => [data.schoolId];

export const scoredReadings: ReadModel<
  ScoredReadings,
  Of<'RiskAssessmentStarted' | 'RiskScoreCalculated'>
> = {
  name: 'scored-readings',
  says: 'The readings each school’s last score was worked out from: what a score on other weights or thresholds is tried on.',
  fixed: [],
  touches: {
    RiskAssessmentStarted: {
      keys: key,
      on: (before, { data: { schoolId, assessmentId, kind } }) => ({
        ...before,
        schoolId,
        begun: { assessmentId, kind },
      }),
    } satisfies On<'RiskAssessmentStarted'>,
    RiskScoreCalculated: {
      keys: key,
      on: (before, { data: { assessmentId, frameworkVersion, steps }, effectiveOn: on }) => {
        if (before?.begun.assessmentId !== assessmentId) return before;
        const { kind } = before.begun;
        const readings = steps.flatMap(readingOf);
        return { ...before, scored: { assessmentId, kind, frameworkVersion, readings, on } };
      },
    } satisfies On<'RiskScoreCalculated'>,
  },
};

/** The reading a step of a score was made of; none where nothing was recorded. */
function readingOf(step: Score['steps'][number]): readonly Reading[] {
  const { indicator, period, value, absence, comparator } = step;
  if (period === undefined) return [];
  const of = { indicator, period };
  if (value === undefined) return [{ ...of, ...(absence === undefined ? {} : { absence }) }];
  return [{ ...of, value, ...(comparator === undefined ? {} : { comparator }) }];
}

/** A category that is suggested, or that none is. */
export type Suggested = Category | 'none';
export const suggestedColumns = [...categories, 'none'] as const;

export type ScoredSo = {
  readonly score?: number;
  readonly coverage: number;
  readonly suggested: Suggested;
};

export type WhatIfLine = {
  readonly school: NamedSchool;
  /** The category in force: a score is advice, and changes nothing. */
  readonly category?: Category;
  readonly scoredOn: string;
  readonly was: ScoredSo;
  readonly now: ScoredSo;
};

export type WhatIf = Page<WhatIfLine> & {
  readonly framework: Pick<Framework, 'version' | 'title' | 'example' | 'effectiveFrom'>;
  /** What was held against what: each threshold and weight as it is, and as it was tried. */
  readonly thresholds: readonly {
    readonly parameter: keyof Framework['thresholds'];
    readonly was: number;
    readonly now: number;
  }[];
  readonly weights: readonly {
    readonly code: string;
    readonly name: string;
    readonly domain: string;
    readonly was: number;
    readonly now: number;
  }[];
  readonly schools: number;
  /** Open schools without a score: nothing can be tried on them. */
  readonly withoutScore: number;
  /** How many would be suggested something else, and of these to more and to less support; the others: from or to nothing. */
  readonly changed: number;
  readonly moreSupport: number;
  readonly lessSupport: number;
  /** How many are suggested what: a row as the framework is, a column as it was tried. */
  readonly table: readonly {
    readonly was: Suggested;
    readonly now: Readonly<Record<Suggested, number>>;
  }[];
  readonly says: string;
};

export const WHAT_IF_METHOD =
  'The readings of each open school’s last score are scored twice by the rule that scores assessments: on the framework as it is, and with what is tried. Nothing is saved, and nobody’s category changes.';

export type WhatIfRequest = PageRequest & {
  readonly today: string;
  /** Default: the one in force on the day. */
  readonly version?: string;
  readonly trial: Trial;
  /** Those too that would be suggested the same. */
  readonly all?: boolean;
};

/** Which schools would be suggested another category if thresholds or weights were other; undefined: no framework is in force. */
export async function whatIf(
  snapshot: Snapshot,
  { today, version, trial, all = false, skip = 0, limit = DEFAULT_LIMIT }: WhatIfRequest,
): Promise<WhatIf | { readonly faults: readonly TrialFault[] } | undefined> {
  const { versions, inForce } = await frameworksOn(snapshot, today);
  const framework = version === undefined ? inForce : named(versions, version);
  if (framework === undefined) {
    if (version === undefined) return noneInForce(trial);
    const known = Object.keys(versions).join(', ');
    const detail = `no framework has the version ${version}; there are: ${known === '' ? 'none' : known}`;
    return { faults: [{ parameter: 'framework', detail }] };
  }
  const other = tried(framework, trial);
  if ('faults' in other) return other;
  const [register, found] = await Promise.all([
    registerOn(snapshot, today),
    snapshot.list<ScoredReadings>(scoredReadings, { filter: { scored: { $exists: true } } }),
  ]);
  const scored = new Map(found.map(({ body }) => [body.schoolId, body.scored]));
  const owned = (of: Scored): Scored => withOwnComparators(versions[of.frameworkVersion], of);
  const lines = register.flatMap(({ school: { schoolId, urn, name }, category }) => {
    const of = scored.get(schoolId);
    if (of === undefined) return [];
    return {
      school: { schoolId, urn, name },
      ...(category === undefined ? {} : { category }),
      scoredOn: of.on,
      ...scoredBoth(framework, other, of.frameworkVersion === framework.version ? of : owned(of)),
    };
  });
  const changed = lines.filter(({ was, now }) => was.suggested !== now.suggested);
  const shown = (all ? lines : changed).toSorted(
    (a, b) => direction(b) - direction(a) || a.school.name.localeCompare(b.school.name, 'en'),
  );
  return {
    framework: {
      ...{ version: framework.version, title: framework.title },
      ...{ example: framework.example, effectiveFrom: framework.effectiveFrom },
    },
    ...heldAgainst(framework, other),
    schools: lines.length,
    withoutScore: register.length - lines.length,
    changed: changed.length,
    moreSupport: changed.filter((line) => direction(line) > 0).length,
    lessSupport: changed.filter((line) => direction(line) < 0).length,
    table: suggestedColumns.map((was) => ({
      was,
      now: countedBy(lines.filter((line) => line.was.suggested === was)),
    })),
    says: WHAT_IF_METHOD,
    ...paged(shown.slice(skip, skip + limit), shown.length, skip),
  };
}

/** Of what is asked for by name nothing is found that nobody published, `constructor` say. */
const named = <T>(all: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(all, name) ? all[name] : undefined;

/** Without a framework there is no indicator to weigh. */
function noneInForce({ weights }: Trial): { readonly faults: readonly TrialFault[] } | undefined {
  const faults = Object.keys(weights).map((code) => ({
    parameter: `weight.${code}`,
    detail: `no framework is in force, so there is no indicator ${code}`,
  }));
  return faults.length === 0 ? undefined : { faults };
}

type Scored = NonNullable<ScoredReadings['scored']>;

const scoredBoth = (was: Framework, now: Framework, of: Scored) => ({
  was: scoredSo(was, of),
  now: scoredSo(now, of),
});

/** On another version its own comparators count: a reading brings along only what was recorded with it. */
function withOwnComparators(scoredOn: Framework | undefined, { readings, ...of }: Scored): Scored {
  const isPublished = ({ indicator, comparator }: Reading): boolean =>
    scoredOn?.comparators.some(
      (one) =>
        one.indicator === indicator &&
        one.kind === of.kind &&
        one.value === comparator?.value &&
        one.source === comparator.source,
    ) ?? false;
  return {
    ...of,
    readings: readings.map((reading) => {
      if (!isPublished(reading)) return reading;
      const { comparator: _published, ...rest } = reading;
      return rest;
    }),
  };
}

function scoredSo(framework: Framework, { kind, readings }: Scored): ScoredSo {
  const { score, coverage, suggested = 'none' } = scoreOf(framework, kind, readings);
  return { ...(score === undefined ? {} : { score }), coverage, suggested };
}

/** Positive: to more support; 0 also where one of the two is no suggestion. */
const direction = ({ was, now }: Pick<WhatIfLine, 'was' | 'now'>): number =>
  was.suggested === 'none' || now.suggested === 'none'
    ? 0
    : supportAbove(now.suggested, was.suggested);

const countedBy = (lines: readonly WhatIfLine[]): Readonly<Record<Suggested, number>> => {
  const counts = { Enhancement: 0, Prevention: 0, Intervention: 0, none: 0 };
  for (const { now } of lines) counts[now.suggested] += 1;
  return counts;
};

function heldAgainst(was: Framework, now: Framework): Pick<WhatIf, 'thresholds' | 'weights'> {
  const parameters = ['prevention', 'intervention', 'minimumCoverage'] as const;
  return {
    thresholds: parameters.map((parameter) => ({
      parameter,
      was: was.thresholds[parameter],
      now: now.thresholds[parameter],
    })),
    weights: was.indicators.map(({ code, name, domain, weight }, i) => ({
      ...{ code, name, domain },
      was: weight,
      now: now.indicators[i]?.weight ?? weight,
    })),
  };
}
