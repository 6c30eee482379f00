import type { DataOf } from '#kernel';
import { date, list, optional, record, text, word } from '#kernel';
import { present } from '../shared/plain';
import { same } from '../shared/same';

/*
 * What Ofsted found, in the shape of the framework it was found under. There are four and they cannot be compared:
 * nothing here maps one onto another, or any of them onto one number.
 */
export const inspectionShapes = [
  /** Renewed framework, from 10 November 2025: five-point grades by area, each with its own date; no overall grade. */
  'report-card',
  /** Graded inspection up to August 2024: overall 1 to 4, from 2019 with judgements by area. */
  'graded',
  /** Graded inspection from September 2024 to 9 November 2025: judgements by area, overall "Not judged". */
  'graded-without-overall',
  /** Ungraded inspection of that time: an outcome in words. */
  'ungraded',
] as const;
export type InspectionShape = (typeof inspectionShapes)[number];

/** Areas and grades in Ofsted's own words, as its management information has them. */
export const reportCardAreas = [
  'Inclusion',
  'Curriculum and teaching',
  'Achievement',
  'Attendance and behaviour',
  'Personal development and wellbeing',
  'Leadership and governance',
  'Early years',
  'Post-16 provision',
] as const;
export const reportCardGrades = [
  'Exceptional',
  'Strong standard',
  'Expected standard',
  'Needs attention',
  'Urgent improvement',
] as const;
export const gradedAreas = [
  'Quality of education',
  'Behaviour and attitudes',
  'Personal development',
  'Leadership and management',
  'Early years provision',
  'Sixth form provision',
] as const;
/** 1 outstanding, 2 good, 3 requires improvement, 4 inadequate. */
export const overallGrades = ['1', '2', '3', '4'] as const;
/** Report cards say met or not met; before them safeguarding was effective or not. */
export const safeguardingWords = ['met', 'not-met', 'effective', 'not-effective'] as const;
/** SM special measures, SWK serious weaknesses (to November 2025), RSI requires significant improvement (since). */
export const concernCodes = ['SM', 'SWK', 'RSI'] as const;

export const inspectionAreas = [...reportCardAreas, ...gradedAreas] as const;
export const inspectionGrades = [...reportCardGrades, ...overallGrades] as const;

export const inspectionOutcomeShape = {
  inspectionNumber: text('public'),
  shape: word('public', inspectionShapes),
  inspectionType: optional(text('public')),
  /** The school's URN when it was inspected; after a conversion not the one it has now. */
  urnAtTime: text('public'),
  startedOn: date('public'),
  publishedOn: optional(date('public')),
  overall: optional(word('public', overallGrades)),
  areas: list(
    record({
      area: word('public', inspectionAreas),
      grade: word('public', inspectionGrades),
      /** Report cards only: a monitoring visit may give one area a later one. */
      gradedOn: optional(date('public')),
    }),
  ),
  safeguarding: optional(word('public', safeguardingWords)),
  /** Ungraded inspections only, e.g. "Standards maintained". */
  outcome: optional(text('public')),
  concern: optional(word('public', concernCodes)),
} as const;
export type InspectionOutcome = DataOf<typeof inspectionOutcomeShape>;
export type AreaGrade = InspectionOutcome['areas'][number];

/** Which areas, grades and safeguarding words a shape has, and which of its parts must and must not be there. */
const rules: Readonly<
  Record<
    InspectionShape,
    {
      readonly areas: readonly string[];
      readonly grades: readonly string[];
      readonly safeguarding: readonly string[];
      readonly areasNeeded: boolean;
      readonly overall: boolean;
      readonly outcome: boolean;
    }
  >
> = {
  'report-card': {
    areas: reportCardAreas,
    grades: reportCardGrades,
    safeguarding: ['met', 'not-met'],
    areasNeeded: true,
    overall: false,
    outcome: false,
  },
  graded: {
    areas: gradedAreas,
    grades: overallGrades,
    safeguarding: ['effective', 'not-effective'],
    areasNeeded: false,
    overall: true,
    outcome: false,
  },
  'graded-without-overall': {
    areas: gradedAreas,
    grades: overallGrades,
    safeguarding: ['effective', 'not-effective'],
    areasNeeded: true,
    overall: false,
    outcome: false,
  },
  ungraded: {
    areas: [],
    grades: [],
    safeguarding: ['effective', 'not-effective'],
    areasNeeded: false,
    overall: false,
    outcome: true,
  },
};

/** Why an outcome cannot be one of its framework, naming the area or part; undefined when it can. */
export function notOfItsFramework(outcome: InspectionOutcome): string | undefined {
  const rule = rules[outcome.shape];
  const named = `a ${outcome.shape} outcome`;
  if (rule.overall !== (outcome.overall !== undefined)) {
    return rule.overall ? `${named} needs its overall grade` : `${named} has no overall grade`;
  }
  if (rule.outcome !== (outcome.outcome !== undefined)) {
    return rule.outcome
      ? `${named} needs its outcome in words`
      : `${named} has no outcome in words`;
  }
  if (rule.areasNeeded && outcome.areas.length === 0) return `${named} needs at least one area`;
  if (outcome.safeguarding !== undefined && !rule.safeguarding.includes(outcome.safeguarding)) {
    return `${named} does not say "${outcome.safeguarding}" of safeguarding`;
  }
  return outcome.areas
    .map((area, i) => areaFault(outcome, area, i))
    .find((fault) => fault !== undefined);
}

function areaFault(outcome: InspectionOutcome, area: AreaGrade, i: number): string | undefined {
  const rule = rules[outcome.shape];
  const named = `a ${outcome.shape} outcome`;
  if (!rule.areas.includes(area.area)) return `${named} has no area "${area.area}"`;
  if (!rule.grades.includes(area.grade))
    return `"${area.grade}" is not a grade of ${named} (${area.area})`;
  if (outcome.areas.findIndex((other) => other.area === area.area) !== i) {
    return `${area.area} stands there twice`;
  }
  const dated = area.gradedOn !== undefined;
  if (dated === (outcome.shape === 'report-card')) return undefined;
  return dated
    ? `${named} has no date of grade (${area.area})`
    : `${area.area} needs its date of grade`;
}

/** Identity of an outcome among a school's: one inspection number may stand behind several shapes. */
export const outcomeKey = ({
  inspectionNumber,
  shape,
}: Pick<InspectionOutcome, 'inspectionNumber' | 'shape'>): string => `${inspectionNumber} ${shape}`;

/**
 * A later statement of an outcome, with what it does not repeat: the list of a year's inspections leaves out the
 * safeguarding and the areas a monitoring visit did not look at. An area with an earlier grade is old news.
 */
export function completed(before: InspectionOutcome, now: InspectionOutcome): InspectionOutcome {
  const { inspectionType, publishedOn, safeguarding } = before;
  const oldNews = ({ area, gradedOn = '' }: AreaGrade) =>
    before.areas.find((known) => known.area === area && (known.gradedOn ?? '') > gradedOn);
  const notRepeated = before.areas.filter(
    ({ area }) => !now.areas.some((named) => named.area === area),
  );
  return {
    ...present({ inspectionType, publishedOn, safeguarding }),
    ...now,
    areas: [...now.areas.map((area) => oldNews(area) ?? area), ...notRepeated],
  };
}

/** Areas that a later visit gave a later grade: what `now` says beyond `before`. */
export function regraded(before: InspectionOutcome, now: InspectionOutcome): readonly Regrade[] {
  return now.areas.flatMap(({ area, grade, gradedOn }) => {
    const was = before.areas.find((known) => known.area === area);
    return was?.gradedOn !== undefined && gradedOn !== undefined && gradedOn > was.gradedOn
      ? [{ area, grade, gradedOn, was: was.grade }]
      : [];
  });
}

export interface Regrade extends AreaGrade {
  readonly gradedOn: string;
  readonly was: AreaGrade['grade'];
}

/** The outcome with one area's grade replaced by a later one. */
export const withGrade = (
  outcome: InspectionOutcome,
  { area, grade, gradedOn }: Pick<Regrade, 'area' | 'grade' | 'gradedOn'>,
): InspectionOutcome => ({
  ...outcome,
  areas: outcome.areas.map((known) => (known.area === area ? { area, grade, gradedOn } : known)),
});

/** Do two records of one inspection say the same? The order of areas says nothing. */
export const sameOutcome = (a: InspectionOutcome, b: InspectionOutcome): boolean =>
  same(inOrder(a), inOrder(b));
const inOrder = (outcome: InspectionOutcome) => ({
  ...outcome,
  areas: outcome.areas.toSorted(
    (a, b) => inspectionAreas.indexOf(a.area) - inspectionAreas.indexOf(b.area),
  ),
});
