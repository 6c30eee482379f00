import type { RefusalsOf } from '#kernel';
import { refusing } from '#kernel';
import type { Category } from '../shared/words';

/** Every no of an assessment, with what to do about it. */
export const riskRefusals = {
  SchoolNotRegistered: {
    kind: 'missing',
    says: 'Only a registered school is assessed.',
    detail: () =>
      'This school is not registered. Register it, or import the schools register, first.',
    pointer: '/schoolId',
  },
  SchoolIsClosed: {
    kind: 'conflict',
    says: 'A closed school is not assessed.',
    detail: () =>
      'This school is closed, so it is not assessed. If it is open, correct its record first.',
    pointer: '/schoolId',
  },
  OneOccasionWanted: {
    kind: 'invalid',
    says: 'An assessment is for an annual round or for a trigger, never both or neither.',
    detail: () => 'Give either the year of the round (cycle) or the trigger (triggerId), not both.',
    pointer: '/cycle',
  },
  CycleNotOpen: {
    kind: 'conflict',
    says: 'The round of that year must be open.',
    detail: (year: string) =>
      `The round of ${year} is not open. Open it, or start the assessment for a trigger.`,
    pointer: '/cycle',
  },
  TriggerNotOpen: {
    kind: 'conflict',
    says: 'The trigger must be open.',
    detail: () =>
      'This school has no such open trigger. Flag one, or use the one that is open on the school’s page.',
    pointer: '/triggerId',
  },
  NoFramework: {
    kind: 'conflict',
    says: 'There must be a framework to assess by.',
    detail: (what: string) => `There is no framework ${what}. Publish one first.`,
  },
  AssessmentInProgress: {
    kind: 'conflict',
    says: 'A school has one assessment in progress at a time.',
    detail: (assessmentId: string) =>
      `Assessment ${assessmentId} of this school is in progress. Finalise or abandon it first.`,
  },
  AssessmentIdTaken: {
    kind: 'conflict',
    says: 'An assessment’s identity is used once.',
    detail: () =>
      'An earlier assessment of this school has that identity. Leave assessmentId out to get a new one.',
    pointer: '/assessmentId',
  },
  AssessmentUnknown: {
    kind: 'missing',
    says: 'There must be such an assessment.',
    detail: () => 'This school has no such assessment. Start one, or look up the one in progress.',
    pointer: '/assessmentId',
  },
  AlreadyFinalised: {
    kind: 'conflict',
    says: 'A finalised assessment is not changed; a newer one takes its place.',
    detail: () => 'This assessment is finalised and stays as it is. Start a new one instead.',
    pointer: '/assessmentId',
  },
  AssessmentAbandoned: {
    kind: 'conflict',
    says: 'An abandoned assessment is not taken up again.',
    detail: () => 'This assessment was abandoned. Start a new one instead.',
    pointer: '/assessmentId',
  },
  IndicatorUnknown: {
    kind: 'invalid',
    says: 'The indicator must be in the framework of the assessment.',
    detail: (code: string, version: string) =>
      `Indicator ${code} is not in framework ${version}. Use one of the framework’s codes.`,
  },
  IndicatorNotForKind: {
    kind: 'invalid',
    says: 'The indicator must apply to the school’s kind.',
    detail: (code: string, kind: string) =>
      `Indicator ${code} does not apply to schools of kind ${kind}. Leave it out, or mark it not-applicable.`,
  },
  NothingToCompareWith: {
    kind: 'invalid',
    says: 'A figure that is judged against another needs one to be compared with.',
    detail: (code: string, kind: string) =>
      `Indicator ${code} is compared, and the framework has no figure for kind ${kind}. Send a comparator with its source.`,
  },
  NotAFinding: {
    kind: 'invalid',
    says: 'A finding is 0 (clear), 1 (amber) or 2 (red).',
    detail: (code: string) =>
      `Indicator ${code} is a finding: send 0 for clear, 1 for amber or 2 for red.`,
  },
  TwiceInOneBatch: {
    kind: 'invalid',
    says: 'A batch says one thing of an indicator and period.',
    detail: (code: string, period: string) =>
      `Indicator ${code} for ${period} stands twice in this batch. Send one of the two.`,
  },
  InTheFuture: {
    kind: 'invalid',
    says: 'What has happened has a day that is not in the future.',
    detail: (field: string, day: string, today: string) =>
      `${field} is ${day}, after today (${today}). Give the day on which it happened.`,
  },
  NotScored: {
    kind: 'conflict',
    says: 'The score comes before the judgement.',
    detail: () => 'There is no score yet. Calculate it first, also where little is known.',
  },
  ScoreOutOfDate: {
    kind: 'conflict',
    says: 'Nobody judges on a score that later readings have overtaken.',
    detail: () =>
      'Readings were recorded after the score. Calculate it again, then judge on the new one.',
  },
  ReasonWanted: {
    kind: 'invalid',
    says: 'A judgement that the score does not suggest has a reason.',
    detail: (suggested: Category | undefined) =>
      suggested === undefined
        ? 'The score suggests no category, so the judgement needs a reason (reasonCode).'
        : `The score suggests ${suggested}. To judge otherwise give a reason (reasonCode).`,
    pointer: '/reasonCode',
  },
  ReasonTextWanted: {
    kind: 'invalid',
    says: 'The reason OTHER is put in words.',
    detail: () => 'The reason OTHER says nothing by itself. Put it in words (reasonText).',
    pointer: '/reasonText',
  },
  EvidenceWanted: {
    kind: 'invalid',
    says: 'Departing from the score takes at least one piece of evidence.',
    detail: (suggested: Category) =>
      `The score suggests ${suggested}. To judge otherwise cite at least one piece of evidence.`,
    pointer: '/evidence',
  },
  BelowTheFloor: {
    kind: 'forbidden',
    says: 'Only the head of service goes below what a hard rule demands.',
    detail: (floor: Category) =>
      `A hard rule demands at least ${floor}. Propose that, or ask the head of service to decide otherwise.`,
  },
  NotJudged: {
    kind: 'conflict',
    says: 'Moderation and the end of an assessment need a judgement.',
    detail: () =>
      'There is no judgement to go by: none was recorded, or it was returned or overtaken by a new score. Record one.',
  },
  AlreadyModerated: {
    kind: 'conflict',
    says: 'A judgement that was moderated is not changed behind the moderators’ back.',
    detail: () =>
      'This judgement has been moderated. Ask a moderator to return it before judging again.',
  },
  OwnJudgement: {
    kind: 'forbidden',
    says: 'Nobody moderates their own judgement.',
    detail: () => 'A judgement is moderated by people other than the assessor. Ask a colleague.',
  },
  CategoryForChangeOnly: {
    kind: 'invalid',
    says: 'Moderators give a category when they change it, and then another one than was judged.',
    detail: (judged: Category) =>
      `With outcome change give a category other than ${judged}; with agree or return give none.`,
    pointer: '/category',
  },
  NoteWanted: {
    kind: 'invalid',
    says: 'Changing or returning a judgement is explained.',
    detail: () => 'Say in a note why the judgement was changed or returned.',
    pointer: '/note',
  },
  ModerationWanted: {
    kind: 'conflict',
    says: 'Intervention, departures from the score and assessments without a suggestion are moderated.',
    detail: () =>
      'This judgement needs moderation before the assessment can be finalised: it is Intervention, or not what the score suggests.',
  },
} as const;

export const refuse = refusing(riskRefusals);
export type RiskRefusal = RefusalsOf<typeof riskRefusals>;
