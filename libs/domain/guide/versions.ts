import { refusing } from '#kernel';
import { entryOf, present } from '../shared/plain';
import type { DayRefusal } from '../shared/recorded-days';
import { dayRefusals, faultOfFact, faultOfPlan, yearsAfter } from '../shared/recorded-days';
import { daysAfter } from '../shared/working-days';

/*
 * What the guide publishes is never edited: another version replaces it from a day on, and says which one it replaces. So
 * there is at most one version of a thing in force on any day, and the guide can be read as it was on each.
 */
export interface Version {
  readonly version: string;
  readonly effectiveFrom: string;
  /** The last day, where there is one; before the first: it never was in force. */
  readonly effectiveTo?: string;
}

const NO_END = '9999-12-31';
/** How far ahead a version may be published. [I]: our own bound, against slips. */
const PUBLISHED_AHEAD_YEARS = 2;
/** How far ahead its last day may lie: strategies run for five years or ten. [I]: our own bound, against slips. */
const ENDS_AHEAD_YEARS = 20;

export const versionRefusals = {
  ...dayRefusals,
  GuideVersionTaken: {
    kind: 'conflict',
    says: 'What the guide has published is never edited.',
    detail: (version: string) =>
      `Version ${version} is published with other content, and what is published is never edited. Publish this under a new version that supersedes it.`,
    pointer: '/version',
  },
  GuideVersionInForce: {
    kind: 'conflict',
    says: 'One version is in force on a day.',
    detail: ({ version, effectiveFrom, effectiveTo }: Version) =>
      `Version ${version} is in force from ${effectiveFrom}${effectiveTo === undefined ? ' on' : ` to ${effectiveTo}`}. If this one replaces it, say so: supersedes must be ${version}. If not, give this one other days.`,
    pointer: '/supersedes',
  },
  GuideVersionNotReplaceable: {
    kind: 'invalid',
    says: 'The version to be replaced would be in force otherwise.',
    detail: (version: string) =>
      `Version ${version} is not there, or has ended before this one begins. Name the version in force on that day, or leave supersedes out.`,
    pointer: '/supersedes',
  },
} as const;
const refuse = refusing(versionRefusals);
export type VersionRefusal = DayRefusal | ReturnType<(typeof refuse)[keyof typeof refuse]>;

const endOf = ({ effectiveTo }: Version): string => effectiveTo ?? NO_END;

export const inForceOn = (version: Version, day: string): boolean =>
  version.effectiveFrom <= day && day <= endOf(version);

/** Is there a day on which both are in force? Every beginning lies before every end then. */
const meet = (...both: readonly [Version, Version]): boolean =>
  both.every(({ effectiveFrom }) => both.every((other) => effectiveFrom <= endOf(other)));

/** The versions of one thing as they were published, each with its last day where that was settled afterwards. */
export type Versions<D extends Version> = Readonly<
  Record<string, { readonly published: D; readonly endedOn?: string }>
>;

/** The versions with their days as they stand. */
export const standing = (versions: Versions<Version> | undefined): readonly Version[] =>
  Object.values(versions ?? {}).map(({ published, endedOn }) => ({
    version: published.version,
    effectiveFrom: published.effectiveFrom,
    ...present({ effectiveTo: endedOn ?? published.effectiveTo }),
  }));

export const withVersion = <D extends Version>(
  versions: Versions<D> | undefined,
  published: D,
): Versions<D> => ({ ...versions, [published.version]: { published } });

export function withEnd<D extends Version>(
  versions: Versions<D>,
  { version, effectiveTo }: { readonly version: string; readonly effectiveTo: string },
): Versions<D> {
  const ended = entryOf(versions, version);
  return ended === undefined
    ? versions
    : { ...versions, [version]: { ...ended, endedOn: effectiveTo } };
}

type ToPublish = Version & {
  readonly boardAgreedOn?: string;
  readonly supersedes?: string;
};

/** Why a version cannot be published beside those there are. */
export function faultOfVersion(
  versions: readonly Version[],
  next: ToPublish,
  today: string,
): VersionRefusal | undefined {
  const { boardAgreedOn, effectiveFrom, effectiveTo, supersedes } = next;
  return (
    (boardAgreedOn === undefined
      ? undefined
      : faultOfFact('boardAgreedOn', boardAgreedOn, { today })) ??
    faultOfFrom('effectiveFrom', effectiveFrom, today) ??
    (effectiveTo === undefined
      ? undefined
      : faultOfPlan('effectiveTo', effectiveTo, {
          earliest: effectiveFrom,
          latest: yearsAfter(today, ENDS_AHEAD_YEARS),
        })) ??
    faultOfPlace(versions, next, supersedes)
  );
}

export const faultOfFrom = (field: string, day: string, today: string, earliest?: string) =>
  faultOfPlan(field, day, {
    latest: yearsAfter(today, PUBLISHED_AHEAD_YEARS),
    ...(earliest === undefined ? {} : { earliest }),
  });

function faultOfPlace(
  versions: readonly Version[],
  next: Version,
  supersedes: string | undefined,
): VersionRefusal | undefined {
  const replaced = versions.find(({ version }) => version === supersedes);
  if (supersedes !== undefined && (replaced === undefined || !meet(replaced, next)))
    return refuse.GuideVersionNotReplaceable(supersedes);
  if (replaced !== undefined && next.effectiveFrom < replaced.effectiveFrom)
    return refuse.BeforeItsTime('effectiveFrom', next.effectiveFrom, replaced.effectiveFrom);
  const other = versions.find((version) => version !== replaced && meet(version, next));
  return other && refuse.GuideVersionInForce(other);
}

/** What is recorded of the version that another one replaces. */
export const replacedBy = (
  { version, effectiveFrom }: Version,
  supersedes: string,
): {
  readonly version: string;
  readonly supersededBy: string;
  readonly effectiveFrom: string;
  readonly effectiveTo: string;
} => ({
  version: supersedes,
  supersededBy: version,
  effectiveFrom,
  effectiveTo: daysAfter(effectiveFrom, -1),
});
