import type { QualityObject, Verdict } from '#domain';
import type { closings, escalationDecisions } from '#domain';
import type {
  Agreement,
  AreaLine,
  Distribution,
  DrawnLine,
  EscalationLine,
  QualityReview,
  QualitySample,
} from '#read-models';
import { verdictsInWords } from '#read-models';
import { capital, counted, dayInWords } from './words';

/* The quality of the team's work, in words. */

export const objectsInWords: Readonly<Record<QualityObject, string>> = {
  assessment: 'Risk assessment',
  'visit-record': 'Record of a visit',
  deployment: 'Support by a champion',
  champion: 'Champion',
};

const agreementsInWords: Readonly<Record<Agreement['of'], string>> = {
  judgement: 'Judgements of risk',
  assessment: 'Reviews of risk assessments',
  'visit-record': 'Reviews of records of visits',
  deployment: 'Reviews of support by champions',
  champion: 'Reviews of champions',
};

const outcomesInWords: Readonly<Record<(typeof closings)[number], string>> = {
  achieved: 'It has become better',
  'partly-achieved': 'It has become better in part',
  'not-achieved': 'It has not become better',
  'no-longer-needed': 'It is needed no longer',
};

const decisionsInWords: Readonly<Record<(typeof escalationDecisions)[number], string>> = {
  'continue-with-support-for-the-champion': 'it goes on, with support for the champion',
  'substitute-the-champion': 'another champion takes over',
  're-scope': 'its scope becomes another',
  pause: 'it is paused',
  end: 'it ends',
};

/** "Partly effective"; a category stands as it is. */
const verdict = (word: string): string =>
  capital(Object.hasOwn(verdictsInWords, word) ? verdictsInWords[word as Verdict] : word);

export interface AreaView extends AreaLine {
  /** "Due by 29 January 2027", "12 days overdue", "It has become better, 19 February 2027". */
  readonly standing: string;
  readonly late: boolean;
  readonly from?: string;
}

export function areaView(area: AreaLine): AreaView {
  const { overdueDays, due, outcome, closedOn, object } = area;
  const standing =
    outcome !== undefined && closedOn !== undefined
      ? `${outcomesInWords[outcome]}, ${dayInWords(closedOn)}`
      : overdueDays === undefined
        ? `Due by ${dayInWords(due)}`
        : `${counted(overdueDays, 'day')} overdue, due by ${dayInWords(due)}`;
  return {
    ...area,
    standing,
    late: overdueDays !== undefined,
    ...(object === undefined ? {} : { from: objectsInWords[object] }),
  };
}

/** "Of 12 open areas for improvement, 3 are overdue." */
export function areasSentence(
  { total, overdue }: { readonly total: number; readonly overdue: number },
  owner: string | undefined,
): string {
  const whose = owner === undefined ? '' : ` that ${owner} sees to`;
  if (total === 0) return `Nothing${whose} is open that is to become better.`;
  const late =
    overdue === 0 ? 'none is overdue' : `${overdue} ${overdue === 1 ? 'is' : 'are'} overdue`;
  return `Of ${counted(total, 'open area', 'open areas')} for improvement${whose}, ${late}.`;
}

export interface ReviewView extends QualityReview {
  readonly what: string;
  readonly says: string;
  readonly objectivesInWords?: string;
  readonly criteriaInWords?: string;
}

export function reviewView(review: QualityReview): ReviewView {
  const { object, objectives, criteria } = review;
  return {
    ...review,
    what: objectsInWords[object],
    says: reviewSentence(review),
    ...(objectives === undefined
      ? {}
      : {
          objectivesInWords: objectives.map((one) => verdict(one.verdict).toLowerCase()).join('; '),
        }),
    ...(criteria === undefined ? {} : { criteriaInWords: criteriaInWords(criteria) }),
  };
}

/** "Partly effective, 16 November 2026. Moderated on 20 November 2026: not effective stands." */
function reviewSentence(review: QualityReview): string {
  const { stage, begunOn, completedOn = begunOn, moderatedOn } = review;
  if (stage === 'begun') return `Begun on ${dayInWords(begunOn)}; there is no verdict yet.`;
  if (stage === 'abandoned') return 'Given up before there was a verdict.';
  const first = `${verdict(review.reviewed ?? '')}, ${dayInWords(completedOn)}.`;
  if (moderatedOn === undefined) return first;
  const agreed = review.verdict === review.reviewed;
  const stands = agreed ? 'agreed' : `${verdict(review.verdict ?? '').toLowerCase()} stands`;
  return `${first} Moderated on ${dayInWords(moderatedOn)}: ${stands}.`;
}

function criteriaInWords(criteria: NonNullable<QualityReview['criteria']>): string {
  const names = {
    timely: 'in time',
    evaluative: 'evaluative',
    evidence: 'evidence',
    nextSteps: 'next steps',
  } as const;
  const missing = Object.entries(names)
    .filter(([name]) => !criteria[name as keyof typeof names])
    .map(([, words]) => words);
  return missing.length === 0 ? 'All four criteria are met' : `Not met: ${missing.join(', ')}`;
}

export interface EscalationView extends EscalationLine {
  readonly says: string;
}

export function escalationView(escalation: EscalationLine): EscalationView {
  const { academicYear, reviewIds, escalatedOn, decision, answeredOn } = escalation;
  const went = `Support was found poor in ${counted(reviewIds.length, 'review')} in ${academicYear}; it went to the head of service on ${dayInWords(escalatedOn)}.`;
  return {
    ...escalation,
    says:
      decision === undefined || answeredOn === undefined
        ? went
        : `${went} Decided on ${dayInWords(answeredOn)}: ${decisionsInWords[decision]}.`,
  };
}

export interface DistributionView {
  readonly name: string;
  readonly reviewed: number;
  readonly verdicts: readonly { name: string; reviews: number; percent: number }[];
}

export const distributionView = (one: Distribution): DistributionView => ({
  name: objectsInWords[one.object],
  reviewed: one.reviewed,
  verdicts: one.verdicts.map(({ verdict: word, reviews }) => ({
    name: verdict(word),
    reviews,
    percent: one.reviewed === 0 ? 0 : Math.round((100 * reviews) / one.reviewed),
  })),
});

export interface AgreementView {
  readonly name: string;
  /** Judgements by the domain that has most points in the score that was judged. */
  readonly byDomain: readonly { readonly name: string; readonly says: string }[];
  readonly says: string;
  readonly n: number;
  readonly verdicts: readonly string[];
  readonly rows: readonly {
    readonly first: string;
    readonly cells: readonly { readonly n: number; readonly agreed: boolean }[];
  }[];
}

/** The rows of verdicts that nobody can give first, such as "return" of a judgement, are left out where they are empty. */
export const agreementView = ({
  of,
  says,
  n,
  verdicts,
  table,
  byDomain = [],
}: Agreement): AgreementView => ({
  name: agreementsInWords[of],
  byDomain: byDomain.map((one) => ({ name: one.domain, says: one.says })),
  says,
  n,
  verdicts: verdicts.map(verdict),
  rows: table
    .map(({ first, second }, i) => ({
      first: verdict(first),
      cells: second.map((times, j) => ({ n: times, agreed: i === j })),
    }))
    .filter(
      ({ first, cells }) =>
        first !== 'Return' || of !== 'judgement' || cells.some((cell) => cell.n > 0),
    ),
});

export interface SampleView extends QualitySample {
  readonly name: string;
  readonly size: number;
}

export const sampleView = (sample: QualitySample): SampleView => ({
  ...sample,
  name: `Half-term ${sample.halfTerm} of ${sample.academicYear}`,
  size: sample.population.reduce((sum, { size }) => sum + size, 0),
});

export interface DrawnView extends DrawnLine {
  readonly what: string;
}
export const drawnView = (drawn: DrawnLine): DrawnView => ({
  ...drawn,
  what: objectsInWords[drawn.object],
});
