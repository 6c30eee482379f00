import type { ClassesOf, Decider, RefusalsOf } from '#kernel';
import { aggregate, refusing } from '#kernel';
import type { Comparator, Framework, Indicator } from '../shared/framework';
import { entryOf } from '../shared/plain';
import { same } from '../shared/same';
import type { PublishFramework } from './commands';
import { frameworkCommands } from './commands';
import type { FrameworkEvent } from './events';
import { frameworkEvents } from './events';
import { bandsFault } from './measures';

/*
 * The assessment framework says what is looked at in every school, how a reading becomes a band, what each weighs, and
 * from which score more support is suggested. A published version is never changed: a new one supersedes it from the
 * day it takes effect, so that an old assessment can always be read on the framework it was made on.
 */
export type PublishedFramework = Framework & { readonly author: string; readonly approver: string };

export interface FrameworksState {
  /** By version, in the order they were published. */
  readonly versions: Readonly<Record<string, PublishedFramework>>;
}

/** The version in force on a day: of those that had taken effect the latest, of equals the last published. */
export function frameworkInForce(
  { versions }: FrameworksState,
  day: string,
): PublishedFramework | undefined {
  return Object.values(versions)
    .filter(({ effectiveFrom }) => effectiveFrom <= day)
    .reduce<PublishedFramework | undefined>(
      (latest, next) =>
        latest === undefined || next.effectiveFrom >= latest.effectiveFrom ? next : latest,
      undefined,
    );
}

const refusals = {
  VersionTaken: {
    kind: 'conflict',
    says: 'A published version is never changed.',
    detail: (version: string) =>
      `Version ${version} is published with other content, and a published version is never changed. Publish this one under a new version.`,
    pointer: '/version',
  },
  ApproverIsAuthor: {
    kind: 'forbidden',
    says: 'Whoever wrote a framework does not approve it.',
    detail: () => 'You wrote this framework, so somebody else has to approve and publish it.',
    pointer: '/author',
  },
  IndicatorTwice: {
    kind: 'invalid',
    says: 'An indicator stands there twice.',
    detail: (code: string) =>
      `There are two indicators with the code ${code}. Give each a code of its own.`,
    pointer: '/indicators',
  },
  WeightNotPositive: {
    kind: 'invalid',
    says: 'An indicator weighs nothing, or less.',
    detail: (code: string) =>
      `${code} must weigh more than 0. Only an indicator that a hard rule looks at may weigh exactly 0.`,
    pointer: '/indicators',
  },
  BandsOutOfOrder: {
    kind: 'invalid',
    says: 'Amber and red are not in the order the measure needs.',
    detail: (code: string, fault: string) => `The bands of ${code} cannot be: ${fault}.`,
    pointer: '/indicators',
  },
  SideNotSaid: {
    kind: 'invalid',
    says: 'A gap needs to say which side of the comparator is the bad one, and only a gap does.',
    detail: (code: string, needed: boolean) =>
      needed
        ? `${code} is measured as a gap: say whether below or above the comparator is worse.`
        : `${code} is not measured as a gap, so leave out which side is worse.`,
    pointer: '/indicators',
  },
  UnknownIndicator: {
    kind: 'invalid',
    says: 'A comparator or a hard rule names an indicator the framework does not have.',
    detail: (code: string, where: string) =>
      `The ${where} names ${code}, which is not an indicator of this framework.`,
    pointer: '/indicators',
  },
  ComparatorUnfit: {
    kind: 'invalid',
    says: 'A comparator stands there twice, or is for a kind of school the indicator does not apply to.',
    detail: (code: string, kind: string, fault: string) =>
      `The comparator of ${code} for ${kind} schools ${fault}.`,
    pointer: '/comparators',
  },
  HardRuleTwice: {
    kind: 'invalid',
    says: 'A hard rule stands there twice.',
    detail: (code: string) =>
      `There are two hard rules with the code ${code}. Give each a code of its own.`,
    pointer: '/hardRules',
  },
  ThresholdsOutOfOrder: {
    kind: 'invalid',
    says: 'The thresholds are not in order.',
    detail: (prevention: number, intervention: number) =>
      `Prevention from ${prevention} and Intervention from ${intervention} cannot be: they must rise, above 0 and up to 100.`,
    pointer: '/thresholds',
  },
} as const;
const refuse = refusing(refusals);
type Refused = RefusalsOf<typeof refusals>;
type Draft = Readonly<PublishFramework>;

const twice = <T>(values: readonly T[]): T | undefined =>
  values.find((value, i) => values.indexOf(value) !== i);
const first = <T, R>(
  values: readonly T[],
  find: (value: T, i: number) => R | undefined,
): R | undefined => {
  for (const [i, value] of values.entries()) {
    const found = find(value, i);
    if (found !== undefined) return found;
  }
  return undefined;
};

function indicatorRefused(
  { code, weight, measure, worse, amber, red }: Indicator,
  { hardRules }: Draft,
): Refused | undefined {
  const onlyForARule = weight === 0 && hardRules.some(({ indicator }) => indicator === code);
  if (weight <= 0 && !onlyForARule) return refuse.WeightNotPositive(code);
  if ((measure === 'gap') !== (worse !== undefined))
    return refuse.SideNotSaid(code, measure === 'gap');
  const fault = bandsFault(measure, { amber, red });
  return fault === undefined ? undefined : refuse.BandsOutOfOrder(code, fault);
}

function comparatorRefused(
  comparator: Comparator,
  i: number,
  { indicators, comparators }: Draft,
): Refused | undefined {
  const { indicator: code, kind } = comparator;
  const indicator = indicators.find((known) => known.code === code);
  if (indicator === undefined) return refuse.UnknownIndicator(code, 'comparator');
  if (!indicator.appliesTo.includes(kind)) {
    return refuse.ComparatorUnfit(code, kind, 'is for schools the indicator does not apply to');
  }
  if (comparators.findIndex((other) => other.indicator === code && other.kind === kind) !== i) {
    return refuse.ComparatorUnfit(code, kind, 'stands there twice');
  }
  const fault = bandsFault(indicator.measure, {
    amber: comparator.amber ?? indicator.amber,
    red: comparator.red ?? indicator.red,
  });
  return fault === undefined
    ? undefined
    : refuse.BandsOutOfOrder(`${code} for ${kind} schools`, fault);
}

function contentRefused(draft: Draft): Refused | undefined {
  const { indicators, comparators, hardRules, thresholds } = draft;
  const code = twice(indicators.map((indicator) => indicator.code));
  if (code !== undefined) return refuse.IndicatorTwice(code);
  const rule = twice(hardRules.map((hardRule) => hardRule.code));
  if (rule !== undefined) return refuse.HardRuleTwice(rule);
  const stray = hardRules.find(
    (hardRule) => !indicators.some((known) => known.code === hardRule.indicator),
  );
  if (stray !== undefined)
    return refuse.UnknownIndicator(stray.indicator, `hard rule ${stray.code}`);
  const { prevention, intervention } = thresholds;
  if (!(0 < prevention && prevention < intervention && intervention <= 100)) {
    return refuse.ThresholdsOutOfOrder(prevention, intervention);
  }
  return (
    first(indicators, (indicator) => indicatorRefused(indicator, draft)) ??
    first(comparators, (comparator, i) => comparatorRefused(comparator, i, draft))
  );
}

export const decider: Decider<
  FrameworksState,
  ClassesOf<typeof frameworkCommands>,
  FrameworkEvent,
  Refused
> = {
  initial: { versions: {} },
  evolve: {
    AssessmentFrameworkPublished: ({ versions }, data) => ({
      versions: { ...versions, [data.version]: data },
    }),
  },
  decide: {
    PublishFramework: ({ versions }, command, { actor }) => {
      const published = entryOf(versions, command.version);
      if (published !== undefined) {
        return same(published, { ...command, approver: published.approver })
          ? []
          : refuse.VersionTaken(command.version);
      }
      if (command.author === actor.id) return refuse.ApproverIsAuthor();
      const refused = contentRefused(command);
      return (
        refused ?? [
          { type: 'AssessmentFrameworkPublished', data: { ...command, approver: actor.id } },
        ]
      );
    },
  },
};

export const framework = aggregate({
  context: 'policy',
  name: 'policy-framework',
  is: 'The versions of the assessment framework: indicators, weights, thresholds, comparators and hard rules, each in force from a day.',
  stream: () => 'policy-framework',
  events: frameworkEvents,
  commands: frameworkCommands,
  refusals,
  decider,
});
