import type { ClassesOf, Decider } from '#kernel';
import { aggregate } from '#kernel';
import type { AcademicYear } from '../shared/academic-year';
import type { Framework } from '../shared/framework';
import { same } from '../shared/same';
import type { Category } from '../shared/words';
import { supportAbove } from '../shared/words';
import { riskCommands } from './commands';
import type { FinalisedData, Judgement, RiskEvent, Score } from './events';
import { riskEvents } from './events';
import { readingOf, readingsOf } from './readings';
import type { RiskRefusal } from './refusals';
import { refuse, riskRefusals } from './refusals';
import { scoreOf } from './scoring';
import type { AssessmentInProgress, KnownToRisk, RiskState } from './state';
import { evolve, initial, occasionOf, sameOccasion } from './state';

/** What the catalogue says of it; a new score ends a judgement made on the old one, a new judgement its moderation. */
const RISK =
  'The assessments of one school, one after another: readings are taken, a score is worked out as advice, a named ' +
  'person judges, others moderate where it matters, and the assessment ends with a category to recommend.';

type RiskDecider = Decider<
  RiskState,
  ClassesOf<typeof riskCommands>,
  RiskEvent,
  RiskRefusal,
  KnownToRisk
>;

const decide: RiskDecider['decide'] = {
  StartAssessment: (state, command, { known, today, newId }) => {
    const { schoolId, cycle, triggerId, startedOn = today } = command;
    if ((cycle === undefined) === (triggerId === undefined)) return refuse.OneOccasionWanted();
    const { current } = state;
    if (current !== undefined) {
      const { assessmentId = current.assessmentId } = command;
      const already = current.assessmentId === assessmentId && sameOccasion(current, command);
      return already ? [] : refuse.AssessmentInProgress(current.assessmentId);
    }
    const { assessmentId = newId(0) } = command;
    const earlier = state.finalised[assessmentId];
    if (earlier !== undefined && sameOccasion(earlier, command)) return [];
    if (earlier !== undefined || state.abandoned.includes(assessmentId))
      return refuse.AssessmentIdTaken();
    if (startedOn > today) return refuse.InTheFuture('startedOn', startedOn, today);
    if (!known.school.registered) return refuse.SchoolNotRegistered();
    if (!known.school.open) return refuse.SchoolIsClosed();
    if (cycle !== undefined && known.cycles.open !== cycle) return refuse.CycleNotOpen(cycle);
    if (triggerId !== undefined && known.categorisation.triggers[triggerId] === undefined) {
      return refuse.TriggerNotOpen();
    }
    const framework = frameworkFor(known, cycle, startedOn);
    if (framework === undefined) {
      return refuse.NoFramework(cycle === undefined ? `in force on ${startedOn}` : `for ${cycle}`);
    }
    const data = {
      schoolId,
      assessmentId,
      ...occasionOf(command),
      frameworkVersion: framework.version,
      kind: known.school.kind,
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

  RecordJudgement: (state, command, { actor, today }) => {
    const { schoolId, assessmentId, proposedCategory, evidence = [], judgedOn = today } = command;
    const current = inProgress(state, assessmentId);
    if ('refused' in current) return current;
    const { score, judgement, moderation } = current;
    if (score === undefined) return refuse.NotScored();
    if (current.scoreOvertaken) return refuse.ScoreOutOfDate();
    const { suggested } = score;
    const judged: Judgement = {
      schoolId,
      assessmentId,
      assessorId: actor.id,
      proposedCategory,
      agreesWithScore: proposedCategory === suggested,
      ...(suggested === undefined || proposedCategory === suggested
        ? {}
        : {
            direction:
              supportAbove(proposedCategory, suggested) > 0 ? 'more-support' : 'less-support',
          }),
      ...(command.reasonCode === undefined ? {} : { reasonCode: command.reasonCode }),
      ...(command.reasonText === undefined ? {} : { reasonText: command.reasonText }),
      evidence: evidence.map((cited) => ({ ...cited })),
      judgedOn,
    };
    if (stands(current) && saysTheSame(judgement, judged)) return [];
    if (stands(current) && moderation !== undefined) return refuse.AlreadyModerated();
    if (judgedOn > today) return refuse.InTheFuture('judgedOn', judgedOn, today);
    if (!judged.agreesWithScore && judged.reasonCode === undefined)
      return refuse.ReasonWanted(suggested);
    if (judged.reasonCode === 'OTHER' && judged.reasonText === undefined)
      return refuse.ReasonTextWanted();
    if (suggested !== undefined && proposedCategory !== suggested && evidence.length === 0) {
      return refuse.EvidenceWanted(suggested);
    }
    const floor = floorBarring(score, proposedCategory, actor.role);
    if (floor !== undefined) return refuse.BelowTheFloor(floor);
    return [{ type: 'ProfessionalJudgementRecorded', data: judged }];
  },

  ModerateAssessment: (state, command, { actor, today }) => {
    const { outcome, category, note, moderatedOn = today } = command;
    const current = inProgress(state, command.assessmentId);
    if ('refused' in current) return current;
    const { score, judgement, moderation } = current;
    const moderatorIds = [...new Set([actor.id, ...(command.moderatorIds ?? [])])];
    if (
      moderation?.outcome === outcome &&
      moderation.category === category &&
      moderatorIds.every((moderator) => moderation.moderatorIds.includes(moderator))
    ) {
      return [];
    }
    if (score === undefined || judgement === undefined || !stands(current))
      return refuse.NotJudged();
    if (current.scoreOvertaken) return refuse.ScoreOutOfDate();
    if (moderatedOn > today) return refuse.InTheFuture('moderatedOn', moderatedOn, today);
    if (moderatorIds.includes(judgement.assessorId)) return refuse.OwnJudgement();
    const changes = category !== undefined && category !== judgement.proposedCategory;
    if (outcome === 'change' ? !changes : category !== undefined) {
      return refuse.CategoryForChangeOnly(judgement.proposedCategory);
    }
    if (outcome !== 'agree' && note === undefined) return refuse.NoteWanted();
    const floor = category && floorBarring(score, category, actor.role);
    if (floor !== undefined) return refuse.BelowTheFloor(floor);
    return [{ type: 'AssessmentModerated', data: { ...command, moderatorIds, moderatedOn } }];
  },

  FinaliseAssessment: (state, { schoolId, assessmentId, ...command }, { today }) => {
    const { finalisedOn = today } = command;
    if (state.finalised[assessmentId] !== undefined) return [];
    const current = inProgress(state, assessmentId);
    if ('refused' in current) return current;
    const { score, judgement, moderation, frameworkVersion } = current;
    if (score === undefined || judgement === undefined || !stands(current))
      return refuse.NotJudged();
    if (current.scoreOvertaken) return refuse.ScoreOutOfDate();
    if (moderation === undefined && needsModeration(judgement)) return refuse.ModerationWanted();
    if (finalisedOn > today) return refuse.InTheFuture('finalisedOn', finalisedOn, today);
    const superseded = Object.values(state.finalised).filter(
      (old) => old.supersededBy === undefined && sameOccasion(old, current),
    );
    const data: FinalisedData = {
      schoolId,
      assessmentId,
      ...occasionOf(current),
      recommended: moderation?.category ?? judgement.proposedCategory,
      ...(score.score === undefined ? {} : { score: score.score }),
      coverage: score.coverage,
      assessorId: judgement.assessorId,
      moderatorIds: moderation?.moderatorIds ?? [],
      frameworkVersion,
      finalisedOn,
    };
    return [
      { type: 'RiskAssessmentFinalised', data },
      ...superseded.map((old) => ({
        type: 'RiskAssessmentSuperseded' as const,
        data: { schoolId, assessmentId: old.assessmentId, supersededBy: assessmentId },
      })),
    ];
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

/** The round has fixed its framework; for a trigger it is the one in force on the day. */
function frameworkFor(
  { frameworks, cycles }: KnownToRisk,
  cycle: AcademicYear | undefined,
  day: string,
): Framework | undefined {
  if (cycle !== undefined) return frameworks.versions[cycles.cycles[cycle]?.frameworkVersion ?? ''];
  return Object.values(frameworks.versions)
    .filter(({ effectiveFrom }) => effectiveFrom <= day)
    .toSorted((a, b) => a.effectiveFrom.localeCompare(b.effectiveFrom))
    .at(-1);
}

function inProgress(state: RiskState, assessmentId: string): AssessmentInProgress | RiskRefusal {
  if (state.current?.assessmentId === assessmentId) return state.current;
  if (state.finalised[assessmentId] !== undefined) return refuse.AlreadyFinalised();
  return state.abandoned.includes(assessmentId)
    ? refuse.AssessmentAbandoned()
    : refuse.AssessmentUnknown();
}

/** Is there a judgement that was not returned? */
const stands = ({ judgement, moderation }: AssessmentInProgress): boolean =>
  judgement !== undefined && moderation?.outcome !== 'return';

/** The same judgement by the same person: other words for the same reason do not make it a new one. */
const saysTheSame = (a: Judgement | undefined, b: Judgement): boolean =>
  a?.assessorId === b.assessorId &&
  a.proposedCategory === b.proposedCategory &&
  a.reasonCode === b.reasonCode &&
  same(a.evidence, b.evidence);

/** The hard rules' floor, where the category lies below it and the role may not go there. */
const floorBarring = ({ floor }: Score, category: Category, role: string): Category | undefined =>
  floor !== undefined && supportAbove(floor, category) > 0 && role !== 'head-of-service'
    ? floor
    : undefined;

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
