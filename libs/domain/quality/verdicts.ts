import { same } from '../shared/same';
import type { QualityObject } from '../shared/quality-policy';
import type { AreaToName, CompleteQualityReview } from './commands';
import { daysAfter } from '../shared/working-days';
import type { NamedArea } from './events';
import type { ReviewRefusal } from './refusals';
import { refuse } from './refusals';
import type { Verdict } from './scales';
import { isBelowEffective, isOnScale } from './scales';

/**
 * The latest day for an area to become better, counted from the day it is named. [I] domain dossier, 4.3: "owner and
 * date"; a year is our bound, so that a slip in the year is noticed.
 */
const AREA_DUE_WITHIN_DAYS = 366;

export const lastDue = (from: string): string => daysAfter(from, AREA_DUE_WITHIN_DAYS);

/** Areas with the identities they get; the n-th without one gets the n-th new one. */
export const named = (
  areas: readonly AreaToName[],
  newId: (n: number) => string,
): readonly NamedArea[] =>
  areas.map(({ areaId, what, ownerId, due }, n) => ({
    areaId: areaId ?? newId(n),
    what,
    ownerId,
    due,
  }));

/** What is wrong with the areas a verdict comes with; `before` are those the review named already. */
export function areasUnfit(
  areas: readonly NamedArea[],
  day: string,
  before: readonly NamedArea[] = [],
): ReviewRefusal | undefined {
  const all = [...before, ...areas].map(({ areaId }) => areaId);
  const again = all.find((areaId, i) => all.indexOf(areaId) !== i);
  if (again !== undefined) return refuse.AreaTwice(again);
  const unfit = areas.find(({ due }) => due < day || due > lastDue(day));
  return unfit && refuse.AreaDueUnfit(unfit.due, day, lastDue(day));
}

/** The same areas, whatever identities they got. */
export const sameAreas = (areas: readonly NamedArea[], asked: readonly AreaToName[]): boolean =>
  areas.length === asked.length &&
  asked.every(({ areaId, ...rest }, i) => {
    const { areaId: was, ...area } = areas[i] ?? { areaId: '' };
    return (areaId === undefined || areaId === was) && same(area, rest);
  });

type Given = Pick<
  Readonly<CompleteQualityReview>,
  'verdict' | 'objectives' | 'criteria' | 'improvementAreas'
>;

/** What is wrong with a verdict on this object. */
export function verdictUnfit(
  given: Given,
  object: QualityObject,
  onRecord: readonly { readonly objectiveId: string }[],
): ReviewRefusal | undefined {
  if (!isOnScale(object, given.verdict)) return refuse.VerdictNotOnScale(object);
  const fault = criteriaFault(given, object);
  if (fault !== undefined) return refuse.CriteriaUnfit(fault);
  const other = objectivesFault(given, object, onRecord);
  if (other !== undefined) return refuse.ObjectivesUnfit(other);
  const below = belowEffective(given);
  return below !== undefined && (given.improvementAreas ?? []).length === 0
    ? refuse.AreaWanted(below)
    : undefined;
}

function criteriaFault({ verdict, criteria }: Given, object: QualityObject): string | undefined {
  if (object !== 'visit-record') {
    return criteria === undefined
      ? undefined
      : 'Leave criteria out: they are for records of visits.';
  }
  if (criteria === undefined) {
    return 'Say of each whether the record meets it: timely, evaluative, evidence, nextSteps.';
  }
  return verdict === 'meets' && Object.values(criteria).includes(false)
    ? 'The verdict is meets, and one of the criteria is not met. Give another verdict, or look at the criteria again.'
    : undefined;
}

function objectivesFault(
  { objectives = [] }: Given,
  object: QualityObject,
  onRecord: readonly { readonly objectiveId: string }[],
): string | undefined {
  if (object !== 'deployment') {
    return objectives.length === 0 ? undefined : 'Leave objectives out: they are for deployments.';
  }
  const judged = objectives.map(({ objectiveId }) => objectiveId);
  const stray = judged.find(
    (id, i) => judged.indexOf(id) !== i || !onRecord.some(({ objectiveId }) => objectiveId === id),
  );
  if (stray !== undefined) {
    return `${stray} stands there twice, or is no objective of this deployment. Give each of its objectives once.`;
  }
  const missing = onRecord.find(({ objectiveId }) => !judged.includes(objectiveId));
  return missing && `There is no verdict on objective ${missing.objectiveId}. Judge each.`;
}

/** The first verdict below effective, on the whole or on an objective. */
const belowEffective = ({ verdict, objectives = [] }: Given): Verdict | undefined =>
  [verdict, ...objectives.map((one): Verdict => one.verdict)].find(isBelowEffective);
