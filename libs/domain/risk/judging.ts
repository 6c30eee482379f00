import { same } from '../shared/same';
import type { Category } from '../shared/words';
import { supportAbove } from '../shared/words';
import type { ModerateAssessment, RecordJudgement } from './commands';
import type { Judgement, Moderation, Score } from './events';
import type { RiskRefusal } from './refusals';
import { refuse } from './refusals';
import type { AssessmentInProgress, RiskDecider } from './state';
import { inProgress, scoreNow, standing } from './state';

type Names = 'RecordJudgement' | 'ModerateAssessment';

/** A named person judges; others check the judgement. Departing from the score has a reason and is seen by two. */
export const judgingDecisions: Pick<RiskDecider['decide'], Names> = {
  RecordJudgement: (state, command, { actor, today }) => {
    const { judgedOn = today } = command;
    const current = inProgress(state, command.assessmentId);
    if ('refused' in current) return current;
    const score = scoreNow(current);
    if ('refused' in score) return score;
    const judged = judgementOf(command, score, actor.id, judgedOn);
    const before = standing(current);
    if (before !== undefined) {
      if (saysTheSame(before, judged)) return [];
      if (current.moderation !== undefined) return refuse.AlreadyModerated();
    }
    if (judgedOn > today) return refuse.InTheFuture('judgedOn', judgedOn, today);
    const no = unfounded(judged, score) ?? belowFloor(score, judged.proposedCategory, actor.role);
    return no ?? [{ type: 'ProfessionalJudgementRecorded', data: judged }];
  },

  ModerateAssessment: (state, command, { actor, today }) => {
    const { moderatedOn = today, moderatorIds: others = [] } = command;
    const current = inProgress(state, command.assessmentId);
    if ('refused' in current) return current;
    const moderatorIds = [...new Set([actor.id, ...others])];
    const moderation = { ...command, moderatorIds, moderatedOn };
    if (current.moderation !== undefined && cameToTheSame(current.moderation, moderation))
      return [];
    if (moderatedOn > today) return refuse.InTheFuture('moderatedOn', moderatedOn, today);
    const no = unfit(command, moderatorIds, current, actor.role);
    return no ?? [{ type: 'AssessmentModerated', data: moderation }];
  },
};

function judgementOf(
  command: Readonly<RecordJudgement>,
  { suggested }: Score,
  assessorId: string,
  judgedOn: string,
): Judgement {
  const {
    schoolId,
    assessmentId,
    proposedCategory,
    reasonCode,
    reasonText,
    evidence = [],
  } = command;
  const departs = suggested !== undefined && proposedCategory !== suggested;
  const up = departs && supportAbove(proposedCategory, suggested) > 0;
  return {
    schoolId,
    assessmentId,
    assessorId,
    proposedCategory,
    agreesWithScore: proposedCategory === suggested,
    ...(departs ? { direction: up ? 'more-support' : 'less-support' } : {}),
    ...(reasonCode === undefined ? {} : { reasonCode }),
    ...(reasonText === undefined ? {} : { reasonText }),
    evidence: evidence.map((cited) => ({ ...cited })),
    judgedOn,
  };
}

/** What a judgement lacks that departs from the score, or is made where the score suggests nothing. */
function unfounded(
  { agreesWithScore, reasonCode, reasonText, evidence }: Judgement,
  { suggested }: Score,
): RiskRefusal | undefined {
  if (!agreesWithScore && reasonCode === undefined) return refuse.ReasonWanted(suggested);
  if (reasonCode === 'OTHER' && reasonText === undefined) return refuse.ReasonTextWanted();
  return !agreesWithScore && suggested !== undefined && evidence.length === 0
    ? refuse.EvidenceWanted(suggested)
    : undefined;
}

/** Why a moderation cannot be. */
function unfit(
  { outcome, category, note }: Readonly<ModerateAssessment>,
  moderatorIds: readonly string[],
  current: AssessmentInProgress,
  role: string,
): RiskRefusal | undefined {
  const score = scoreNow(current);
  if ('refused' in score) return score;
  const judgement = standing(current);
  if (judgement === undefined) return refuse.NotJudged();
  if (moderatorIds.includes(judgement.assessorId)) return refuse.OwnJudgement();
  const changed = category === judgement.proposedCategory ? undefined : category;
  if ((outcome === 'change') !== (changed !== undefined) || changed !== category) {
    return refuse.CategoryForChangeOnly(judgement.proposedCategory);
  }
  if (outcome !== 'agree' && note === undefined) return refuse.NoteWanted();
  return category && belowFloor(score, category, role);
}

/** The same judgement by the same person: other words for the same reason do not make it a new one. */
const saysTheSame = (a: Judgement, b: Judgement): boolean =>
  a.assessorId === b.assessorId &&
  a.proposedCategory === b.proposedCategory &&
  a.reasonCode === b.reasonCode &&
  same(a.evidence, b.evidence);

const cameToTheSame = (before: Moderation, now: Moderation): boolean =>
  before.outcome === now.outcome &&
  before.category === now.category &&
  now.moderatorIds.every((moderator) => before.moderatorIds.includes(moderator));

/** Only the head of service goes below what a hard rule demands. */
const belowFloor = ({ floor }: Score, category: Category, role: string): RiskRefusal | undefined =>
  floor !== undefined && supportAbove(floor, category) > 0 && role !== 'head-of-service'
    ? refuse.BelowTheFloor(floor)
    : undefined;
