import type { Decision } from '#kernel';
import { aggregate } from '#kernel';
import type { Framework } from '../shared/framework';
import type { SchoolKind } from '../shared/words';
import type { StartAssessment } from './commands';
import { riskCommands } from './commands';
import type { FinalisedData, Judgement, Moderation, RiskEvent } from './events';
import { riskEvents } from './events';
import { judgingDecisions } from './judging';
import { readingOf, readingsOf } from './readings';
import type { RiskRefusal } from './refusals';
import { refuse, riskRefusals } from './refusals';
import { scoreOf } from './scoring';
import type { AssessmentInProgress, KnownToRisk, Occasion, RiskDecider, RiskState } from './state';
import { evolve, initial, inProgress, occasionOf, sameOccasion, scoreNow, standing } from './state';

/** What the catalogue says of it; a new score ends a judgement made on the old one, a new judgement its moderation. */
const RISK =
  'The assessments of one school, one after another: readings are taken, a score is worked out as advice, a named ' +
  'person judges, others moderate where it matters, and the assessment ends with a category to recommend.';

const decide: RiskDecider['decide'] = {
  StartAssessment: (state, command, { known, today, newId }) => {
    const { schoolId, startedOn = today } = command;
    if ((command.cycle === undefined) === (command.triggerId === undefined)) {
      return refuse.OneOccasionWanted();
    }
    if (state.current !== undefined) return alreadyUnderWay(state.current, command);
    const { assessmentId = newId(0) } = command;
    const earlier = usedBefore(state, assessmentId, command);
    if (earlier !== undefined) return earlier;
    if (startedOn > today) return refuse.InTheFuture('startedOn', startedOn, today);
    const school = openSchool(known);
    if ('refused' in school) return school;
    const framework = frameworkFor(known, command, startedOn);
    if ('refused' in framework) return framework;
    const data = {
      schoolId,
      assessmentId,
      ...occasionOf(command),
      frameworkVersion: framework.version,
      kind: school.kind,
      startedOn,
    };
    return [{ type: 'RiskAssessmentStarted', data }];
  },

  RecordIndicator: (state, command, given) =>
    decide.RecordReadings(state, { ...idsOf(command), readings: [command] }, given),
  MarkIndicatorUnavailable: (state, command, given) =>
    decide.RecordReadings(state, { ...idsOf(command), unavailable: [command] }, given),
  RecordReadings: (state, { schoolId, assessmentId, ...batch }, given) => {
    const current = inProgress(state, assessmentId);
    return 'refused' in current ? current : readingsOf(current, schoolId, batch, given);
  },

  CalculateScore: (state, { schoolId, assessmentId }, { known }) => {
    const current = inProgress(state, assessmentId);
    if ('refused' in current) return current;
    const framework = known.frameworks.versions[current.frameworkVersion];
    if (framework === undefined) return refuse.NoFramework(current.frameworkVersion);
    const score = scoreOf(framework, current.kind, Object.values(current.readings).map(readingOf));
    if (current.score?.inputHash === score.inputHash && !current.scoreOvertaken) return [];
    const { frameworkVersion } = current;
    return [
      { type: 'RiskScoreCalculated', data: { schoolId, assessmentId, frameworkVersion, ...score } },
    ];
  },

  ...judgingDecisions,

  FinaliseAssessment: (state, { schoolId, assessmentId, ...command }, { today }) => {
    const { finalisedOn = today } = command;
    if (state.finalised[assessmentId] !== undefined) return [];
    const current = inProgress(state, assessmentId);
    if ('refused' in current) return current;
    const score = scoreNow(current);
    if ('refused' in score) return score;
    const judgement = standing(current);
    const { moderation, frameworkVersion } = current;
    if (judgement === undefined) return refuse.NotJudged();
    if (moderation === undefined && needsModeration(judgement)) return refuse.ModerationWanted();
    if (finalisedOn > today) return refuse.InTheFuture('finalisedOn', finalisedOn, today);
    const data: FinalisedData = {
      schoolId,
      assessmentId,
      ...occasionOf(current),
      ...outcomeOf(judgement, moderation),
      ...(score.score === undefined ? {} : { score: score.score }),
      coverage: score.coverage,
      frameworkVersion,
      finalisedOn,
    };
    return [{ type: 'RiskAssessmentFinalised', data }, ...supersededBy(data, state)];
  },

  AbandonAssessment: (state, command) => {
    if (state.abandoned.includes(command.assessmentId)) return [];
    const current = inProgress(state, command.assessmentId);
    if ('refused' in current) return current;
    return [{ type: 'RiskAssessmentAbandoned', data: { ...command } }];
  },
};

const idsOf = ({
  schoolId,
  assessmentId,
}: {
  readonly schoolId: string;
  readonly assessmentId: string;
}) => ({
  schoolId,
  assessmentId,
});

/** The same assessment asked for again, or another while one is in progress. */
const alreadyUnderWay = (
  current: AssessmentInProgress,
  command: Readonly<StartAssessment>,
): Decision<RiskEvent, RiskRefusal> =>
  (command.assessmentId ?? current.assessmentId) === current.assessmentId &&
  sameOccasion(current, command)
    ? []
    : refuse.AssessmentInProgress(current.assessmentId);

/** An identity is used once: the finalised assessment it stands for, asked for again, or another. */
function usedBefore(
  { finalised, abandoned }: RiskState,
  assessmentId: string,
  occasion: Occasion,
): Decision<RiskEvent, RiskRefusal> | undefined {
  const earlier = finalised[assessmentId];
  if (earlier !== undefined && sameOccasion(earlier, occasion)) return [];
  return earlier !== undefined || abandoned.includes(assessmentId)
    ? refuse.AssessmentIdTaken()
    : undefined;
}

function openSchool({ school }: KnownToRisk): { readonly kind: SchoolKind } | RiskRefusal {
  if (!school.registered) return refuse.SchoolNotRegistered();
  return school.open ? { kind: school.kind } : refuse.SchoolIsClosed();
}

/** The open round has fixed its framework; for an open trigger it is the one in force on the day. */
function frameworkFor(
  { frameworks, cycles, categorisation }: KnownToRisk,
  { cycle, triggerId = '' }: Occasion,
  day: string,
): Framework | RiskRefusal {
  if (cycle !== undefined) {
    if (cycles.open !== cycle) return refuse.CycleNotOpen(cycle);
    const fixed = frameworks.versions[cycles.cycles[cycle]?.frameworkVersion ?? ''];
    return fixed ?? refuse.NoFramework(`for ${cycle}`);
  }
  if (categorisation.triggers[triggerId] === undefined) return refuse.TriggerNotOpen();
  const inForce = Object.values(frameworks.versions)
    .filter(({ effectiveFrom }) => effectiveFrom <= day)
    .toSorted((a, b) => a.effectiveFrom.localeCompare(b.effectiveFrom))
    .at(-1);
  return inForce ?? refuse.NoFramework(`in force on ${day}`);
}

/** The moderators' category where they changed it, and who stands behind it. */
const outcomeOf = (judgement: Judgement, moderation: Moderation | undefined) => ({
  recommended: moderation?.category ?? judgement.proposedCategory,
  assessorId: judgement.assessorId,
  moderatorIds: moderation?.moderatorIds ?? [],
});

/** Finalised assessments of the same round or trigger, whose place the new one takes. */
const supersededBy = (newer: FinalisedData, { finalised }: RiskState): RiskEvent[] =>
  Object.values(finalised)
    .filter((old) => old.supersededBy === undefined && sameOccasion(old, newer))
    .map(({ schoolId, assessmentId }) => ({
      type: 'RiskAssessmentSuperseded',
      data: { schoolId, assessmentId, supersededBy: newer.assessmentId },
    }));

/** Intervention, a departure from the score, and a judgement where the score suggests nothing: the panel decides. */
const needsModeration = ({ proposedCategory, agreesWithScore }: Judgement): boolean =>
  proposedCategory === 'Intervention' || !agreesWithScore;

const startsNow = (state: unknown): boolean => (state as RiskState).current === undefined;

export const decider: RiskDecider = { initial, evolve, decide };

export const risk = aggregate({
  context: 'risk',
  name: 'risk',
  is: RISK,
  stream: ({ schoolId }) => `risk-${String(schoolId)}`,
  events: riskEvents,
  commands: riskCommands,
  refusals: riskRefusals,
  decider,
  knows: {
    frameworks: { of: 'policy-framework', stream: () => 'policy-framework' },
    // Asked for only when an assessment may be about to start: readings come in their thousands.
    school: {
      of: 'school',
      stream: ({ schoolId }, state) =>
        startsNow(state) ? `school-${String(schoolId)}` : undefined,
    },
    cycles: {
      of: 'cycle',
      stream: ({ cycle }) => (cycle === undefined ? undefined : 'cycle-annual'),
    },
    categorisation: {
      of: 'categorisation',
      stream: ({ schoolId, triggerId }) =>
        triggerId === undefined ? undefined : `categorisation-${String(schoolId)}`,
    },
  },
});
