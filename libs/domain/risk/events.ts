import type { DataOf, EventsOf } from '#kernel';
import { date, event, flag, id, list, number, optional, person, record, text, word } from '#kernel';
import { absences, bands, categories, reasonCodes, schoolKinds } from '../shared/words';

/** What a school's figure is held against, and where that figure comes from. */
export const comparatorShape = { value: number('public'), source: text('public') } as const;

/** What a reading or an absence replaced: the value, or why there was none. */
const supersededShape = {
  value: optional(number('confidential')),
  reason: optional(word('confidential', absences)),
} as const;

/** One indicator's part in a score. */
export const stepShape = {
  indicator: text('internal'),
  name: text('internal'),
  weight: number('internal'),
  /** The period whose reading counted; absent where nothing was recorded. */
  period: optional(text('internal')),
  value: optional(number('confidential')),
  comparator: optional(record(comparatorShape)),
  /** Band and points (weight times 0, 0.5 or 1) stand only where there is a usable reading; `absence` where not. */
  band: optional(word('confidential', bands)),
  points: optional(number('confidential')),
  absence: optional(word('confidential', absences)),
  /** The arithmetic in a sentence. */
  how: text('confidential'),
} as const;

export const firedRuleShape = {
  code: text('internal'),
  says: text('internal'),
  floor: word('confidential', categories),
} as const;

export const scoreShape = {
  /** 0 to 100, one decimal; absent when no reading was usable: nothing known is not "no risk". */
  score: optional(number('confidential')),
  /** Percent of the applicable weight that has a usable reading, one decimal. */
  coverage: number('confidential'),
  /** What the score suggests, never below the floor; absent below the framework's minimum coverage. */
  suggested: optional(word('confidential', categories)),
  /** The least support the hard rules that applied allow. */
  floor: optional(word('confidential', categories)),
  steps: list(record(stepShape)),
  hardRules: list(record(firedRuleShape)),
  /** Digest of all that went into the score: equal digests, equal scores. It proves nothing against forgery. */
  inputHash: text('internal'),
} as const;
export type Score = DataOf<typeof scoreShape>;
export type ScoreStep = Score['steps'][number];

/** What a judgement rests on. */
export const evidenceShape = {
  says: text('confidential'),
  /** Where it is kept, e.g. a document's reference. */
  reference: optional(text('internal')),
} as const;

export const directions = ['more-support', 'less-support'] as const;
export const moderationOutcomes = ['agree', 'change', 'return'] as const;

const about = { schoolId: id('public'), assessmentId: id('internal') } as const;
/** What an assessment is for: the round of a year, or a trigger in between. Exactly one of the two. */
const occasion = {
  cycle: optional(text('internal')),
  triggerId: optional(id('internal')),
} as const;

export const riskEvents = {
  RiskAssessmentStarted: event(
    'An assessment of the school’s risk was started, for the annual round or because of a trigger.',
    {
      ...about,
      ...occasion,
      frameworkVersion: text('internal'),
      /** The school's kind then: it decides which indicators apply and what the school is compared with. */
      kind: word('public', schoolKinds),
      startedOn: date('internal'),
    },
    { effective: 'startedOn' },
  ),
  IndicatorRecorded: event(
    'The school’s figure for an indicator and period was recorded, with what it is compared with.',
    {
      ...about,
      indicator: text('internal'),
      period: text('internal'),
      value: number('confidential'),
      unit: text('internal'),
      comparator: optional(record(comparatorShape)),
      source: text('internal'),
      asAt: date('internal'),
      /** True for an invented figure; said wherever it is shown. */
      example: flag('public'),
      supersedes: optional(record(supersededShape)),
    },
    { effective: 'asAt' },
  ),
  IndicatorMarkedUnavailable: event(
    'There is no figure for an indicator and period, and it was recorded why.',
    {
      ...about,
      indicator: text('internal'),
      period: text('internal'),
      reason: word('confidential', absences),
      source: text('internal'),
      supersedes: optional(record(supersededShape)),
    },
  ),
  RiskScoreCalculated: event(
    'The score was worked out from the readings by the framework: advice, not a decision.',
    { ...about, frameworkVersion: text('internal'), ...scoreShape },
  ),
  ProfessionalJudgementRecorded: event(
    'A named person judged which category the school needs, with or against the score.',
    {
      ...about,
      assessorId: person('internal'),
      proposedCategory: word('confidential', categories),
      agreesWithScore: flag('confidential'),
      /** Where the judgement departs from a suggestion: towards more or less support. */
      direction: optional(word('confidential', directions)),
      reasonCode: optional(word('confidential', reasonCodes)),
      reasonText: optional(text('personal')),
      evidence: list(record(evidenceShape)),
      judgedOn: date('internal'),
    },
    { effective: 'judgedOn' },
  ),
  AssessmentModerated: event(
    'Someone other than the assessor checked the judgement: agreed, changed it or returned it.',
    {
      ...about,
      moderatorIds: list(person('internal')),
      outcome: word('internal', moderationOutcomes),
      category: optional(word('confidential', categories)),
      note: optional(text('personal')),
      moderatedOn: date('internal'),
    },
    { effective: 'moderatedOn' },
  ),
  RiskAssessmentFinalised: event(
    'The assessment was finished with a category to recommend.',
    {
      ...about,
      ...occasion,
      recommended: word('confidential', categories),
      score: optional(number('confidential')),
      coverage: number('confidential'),
      assessorId: person('internal'),
      moderatorIds: list(person('internal')),
      frameworkVersion: text('internal'),
      finalisedOn: date('internal'),
    },
    { effective: 'finalisedOn' },
  ),
  RiskAssessmentSuperseded: event(
    'A newer assessment for the same round or trigger took this one’s place.',
    { ...about, supersededBy: id('internal') },
  ),
  RiskAssessmentAbandoned: event('The assessment was given up before it was finished.', {
    ...about,
    reason: text('personal'),
  }),
} as const;

export type RiskEvent = EventsOf<typeof riskEvents>;
type DataFor<T extends RiskEvent['type']> = Extract<RiskEvent, { readonly type: T }>['data'];
export type ReadingRecorded = DataFor<'IndicatorRecorded'>;
export type ReadingUnavailable = DataFor<'IndicatorMarkedUnavailable'>;
export type Judgement = DataFor<'ProfessionalJudgementRecorded'>;
export type Moderation = DataFor<'AssessmentModerated'>;
export type FinalisedData = DataFor<'RiskAssessmentFinalised'>;
