import type { Snapshot } from '#kernel';
import type { Category } from '#domain';
import { periodOn } from '#domain';
import type { Fact } from './fact';
import type { JourneyEntry } from './journey';
import { journey, upTo } from './journey';
import type { RegisterPeriod } from './register';
import { periodsOf } from './register';
import type { SchoolCard } from './schools';
import { schoolOf } from './schools';

/** The stages of every change, in order. A stage nothing was recorded for says so. */
export const stages = [
  'trigger',
  'readings',
  'score',
  'hard-rules',
  'judgement',
  'moderation',
  'letter',
  'discussion',
  'representation',
  'review',
  'decision',
] as const;
export type Stage = (typeof stages)[number];

/** One line of the answer: its sentence, and the event it stands on with person's role and both times. */
export type WhyLine = Fact & { readonly says: string; readonly data: JourneyEntry['data'] };
export type WhyStage = {
  readonly stage: Stage;
  readonly lines: readonly WhyLine[];
  /** Stands where a stage has no line: why not, or that it is missing. */
  readonly absent?: string;
};

export type WhyAnswer = {
  readonly school: Pick<SchoolCard, 'schoolId' | 'urn' | 'name'>;
  readonly change: {
    readonly eventId: string;
    readonly type: string;
    readonly from?: Category;
    readonly to: Category;
    readonly effectiveFrom: string;
    readonly recordedAt: string;
    readonly position: number;
  };
  readonly stages: readonly WhyStage[];
  /** Other decisions on this school's category, newest first, to ask about instead. */
  readonly others: readonly {
    readonly eventId: string;
    readonly from?: Category;
    readonly to: Category;
    readonly effectiveFrom: string;
  }[];
};

export type WhyRequest = {
  readonly school: string;
  /** The event that decided it. */
  readonly change?: string;
  /** Or a day: the decision behind the category in force on it. Neither: the last decision that was a change. */
  readonly at?: string;
};

const decisions = ['CategoryConfirmed', 'CategoryChanged', 'CategoryCorrected'];

/** What is said of a stage nothing was recorded for. */
const absent: Readonly<Record<Stage, string>> = {
  trigger: 'No trigger: this was the annual round.',
  readings: 'No readings stand behind this decision.',
  score: 'No score was calculated.',
  'hard-rules': 'No hard rule applied.',
  judgement: 'No professional judgement is on record.',
  moderation: 'Not moderated.',
  letter: 'No letter is on record.',
  discussion: 'No discussion is on record.',
  representation: 'The school made no representation.',
  review: 'No review was asked for.',
  decision: 'No decision is on record.',
};

/** Which events make up which stage. Hard rules stand in the score. */
const stageOf: Readonly<Record<string, Stage>> = {
  OutOfCycleReviewTriggered: 'trigger',
  IndicatorRecorded: 'readings',
  IndicatorMarkedUnavailable: 'readings',
  RiskScoreCalculated: 'score',
  ProfessionalJudgementRecorded: 'judgement',
  AssessmentModerated: 'moderation',
  RiskAssessmentFinalised: 'moderation',
  CategoryProposed: 'letter',
  ProposalLetterIssued: 'letter',
  ProposalDiscussed: 'discussion',
  DiscussionDeclined: 'discussion',
  SchoolUnreachable: 'discussion',
  TransitionMeetingHeld: 'discussion',
  NoFurtherNeedAgreed: 'discussion',
  SchoolRepresentationReceived: 'representation',
  CategoryReviewRequested: 'review',
  CategoryReviewDecided: 'review',
  CategoryConfirmed: 'decision',
  CategoryChanged: 'decision',
  CategoryCorrected: 'decision',
};

/** The whole chain behind one decision on a school's category; undefined when there is no such decision (or school). */
export async function whyOf(
  snapshot: Snapshot,
  request: WhyRequest,
): Promise<WhyAnswer | undefined> {
  const school = await schoolOf(snapshot, request);
  if (school === undefined) return undefined;
  const { schoolId, urn, name } = school;
  const rows = await snapshot.list<JourneyEntry>(journey, {
    filter: upTo(snapshot, schoolId),
    sort: { position: 1 },
  });
  const entries = rows.map(({ body }) => body);
  const decided = entries.filter(({ type }) => decisions.includes(type));
  const asked =
    request.at === undefined
      ? request.change
      : changeOn(await periodsOf(snapshot, { schoolId }), request.at);
  if (request.at !== undefined && asked === undefined) return undefined;
  const change =
    asked === undefined
      ? (decided.findLast(({ type }) => type !== 'CategoryConfirmed') ?? decided.at(-1))
      : decided.find(({ eventId }) => eventId === asked);
  if (change === undefined) return undefined;
  const chain = chainOf(change, entries);
  return {
    school: { schoolId, urn, name },
    change: {
      ...decisionOf(change),
      type: change.type,
      recordedAt: change.recordedAt,
      position: change.position,
    },
    stages: stages.map((stage) => stageIn(stage, chain)),
    others: decided
      .filter((other) => other !== change)
      .map(decisionOf)
      .reverse(),
  };
}

const changeOn = (periods: readonly RegisterPeriod[], day: string): string | undefined =>
  (periodOn({ periods }, day) as RegisterPeriod | undefined)?.changeId;

function decisionOf({ eventId, data }: JourneyEntry): {
  eventId: string;
  from?: Category;
  to: Category;
  effectiveFrom: string;
} {
  const from = data['from'] ?? data['was'];
  return {
    eventId,
    ...(from === undefined ? {} : { from: from as Category }),
    to: (data['to'] ?? data['category'] ?? data['shouldBe']) as Category,
    effectiveFrom: data['effectiveFrom'] as string,
  };
}

/** The entries a decision stands on, in the order they were recorded, the decision last. */
function chainOf(change: JourneyEntry, entries: readonly JourneyEntry[]): readonly JourneyEntry[] {
  if (change.type === 'CategoryCorrected') {
    const corrected = entries.find(({ eventId }) => eventId === change.data['correctsEventId']);
    return corrected === undefined ? [change] : [...chainOf(corrected, entries), change];
  }
  const { assessmentId, proposalId, triggerId } = change.data;
  const belongs = ({ data, position, type }: JourneyEntry): boolean =>
    position <= change.position &&
    ((proposalId !== undefined && data['proposalId'] === proposalId) ||
      (assessmentId !== undefined && data['assessmentId'] === assessmentId) ||
      (triggerId !== undefined && data['triggerId'] === triggerId && stageOf[type] === 'trigger'));
  const chain = entries.filter(belongs);
  const first = chain[0]?.position ?? change.position;
  const meetings = entries.filter(
    ({ type, position }) =>
      (type === 'TransitionMeetingHeld' || type === 'NoFurtherNeedAgreed') &&
      position > first &&
      position < change.position,
  );
  const causes = chain.flatMap(({ data }) =>
    entries.filter(({ eventId }) => eventId === data['sourceEventId']),
  );
  return [...causes.filter((cause) => !chain.includes(cause)), ...chain, ...meetings]
    .toSorted((a, b) => a.position - b.position)
    .filter((entry, _, all) => !supersededIn(all, entry));
}

/** A reading that a later one of the same indicator and period replaced before the decision. */
function supersededIn(chain: readonly JourneyEntry[], entry: JourneyEntry): boolean {
  const isScore = entry.type === 'RiskScoreCalculated';
  if (!isScore && stageOf[entry.type] !== 'readings') return false;
  return chain.some(
    (other) =>
      other.position > entry.position &&
      other.data['assessmentId'] === entry.data['assessmentId'] &&
      (isScore
        ? other.type === entry.type
        : stageOf[other.type] === 'readings' &&
          other.data['indicator'] === entry.data['indicator'] &&
          other.data['period'] === entry.data['period']),
  );
}

function stageIn(stage: Stage, chain: readonly JourneyEntry[]): WhyStage {
  const lines =
    stage === 'hard-rules'
      ? chain.flatMap(hardRuleLines)
      : chain
          .filter(
            ({ type }) => (stageOf[type] ?? 'trigger') === stage && !outsideStages.includes(type),
          )
          .map(lineOf);
  return lines.length > 0 ? { stage, lines } : { stage, lines, absent: absent[stage] };
}

/** Steps of the chain that belong to no stage of their own. */
const outsideStages = [
  'RiskAssessmentStarted',
  'RiskAssessmentSuperseded',
  'ProposalWithdrawn',
  'RiskAssessmentAbandoned',
];

function lineOf({
  eventId,
  type,
  position,
  recordedAt,
  effectiveOn,
  by,
  says,
  data,
}: JourneyEntry): WhyLine {
  return { eventId, type, position, recordedAt, effectiveOn, by, says, data };
}

function hardRuleLines(entry: JourneyEntry): readonly WhyLine[] {
  if (entry.type !== 'RiskScoreCalculated') return [];
  const rules = entry.data['hardRules'] as readonly {
    readonly code: string;
    readonly says: string;
    readonly floor: string;
  }[];
  return rules.map((rule) => ({
    ...lineOf(entry),
    says: `${rule.says} At least ${rule.floor} must be proposed.`,
    data: rule,
  }));
}
