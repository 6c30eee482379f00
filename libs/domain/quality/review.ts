import type { Actor } from '#kernel';
import { aggregate } from '#kernel';
import { present } from '../shared/plain';
import { same } from '../shared/same';
import type { BeginQualityReview, CompleteQualityReview, ModerateQualityReview } from './commands';
import { reviewCommands } from './commands';
import type { DataFor } from './events';
import { reviewEvents } from './events';
import { notIndependent, notReviewable } from './independence';
import type { ReviewRefusal } from './refusals';
import { refuse, reviewRefusals } from './refusals';
import type { KnownToReview, ReviewDecider, ReviewState } from './review-state';
import { areasOf, evolve, initial } from './review-state';
import { isBelowEffective, isOnScale } from './scales';
import { areasUnfit, named, sameAreas, verdictUnfit } from './verdicts';

const QUALITY_REVIEW =
  'One judgement of the quality of work: an assessment, a record of a visit, a deployment or a champion, on the scale ' +
  'of its kind, by someone who had no part in it. Somebody else may moderate it; a verdict is never edited. Whatever is ' +
  'found below effective names what is to become better, who sees to it and by when.';

type Completed = Extract<ReviewState, { readonly stage: 'completed' }>;

const decide: ReviewDecider['decide'] = {
  BeginQualityReview: (state, command, { actor, today, known }) => {
    const begun = beginning(command, actor.id, today);
    if (state.stage !== 'none') {
      return beganTheSame(state.begun, begun, command) ? [] : refuse.QualityReviewIdTaken();
    }
    if (begun.begunOn > today) return refuse.InTheFuture('begunOn', begun.begunOn, today);
    const no =
      occasionUnfit(command, known) ??
      deploymentUnfit(command) ??
      notReviewable(begun, known) ??
      notIndependent(actor, begun, known);
    return no ?? [{ type: 'QualityReviewBegun', data: begun }];
  },

  CompleteQualityReview: (state, command, { actor, today, newId, known }) => {
    const { verdict, objectives = [], evidence, criteria, completedOn = today } = command;
    if (state.stage === 'completed') {
      const again = actor.id === state.begun.reviewerId && gaveTheSame(state, command);
      return again ? [] : refuse.QualityReviewCompletedBefore();
    }
    if (state.stage === 'none') return refuse.NoSuchQualityReview();
    if (state.stage === 'abandoned') return refuse.QualityReviewAbandonedBefore();
    const { begun } = state;
    if (actor.id !== begun.reviewerId) return refuse.NotYourReview();
    const improvementAreas = named(command.improvementAreas ?? [], newId);
    const no =
      dayUnfit('completedOn', completedOn, begun.begunOn, today) ??
      verdictUnfit(command, begun.object, known.deployment.objectives) ??
      areasUnfit(improvementAreas, completedOn);
    if (no !== undefined) return no;
    const data = {
      ...subjectOf(begun),
      verdict,
      objectives: objectives.map((one) => ({ ...one })),
      ...(criteria === undefined ? {} : { criteria: { ...criteria } }),
      evidence,
      improvementAreas,
      completedOn,
    };
    return [{ type: 'QualityReviewCompleted', data }];
  },

  ModerateQualityReview: (state, command, { actor, today, newId, known }) => {
    if (state.stage === 'none') return refuse.NoSuchQualityReview();
    if (state.stage === 'abandoned') return refuse.QualityReviewAbandonedBefore();
    if (state.stage === 'begun') return refuse.QualityReviewNotCompleted();
    const { begun, completed, moderated } = state;
    if (moderated !== undefined) {
      return moderatedTheSame(moderated, command, actor)
        ? []
        : refuse.VerdictModeratedBefore(moderated.verdict);
    }
    const { verdict, reason, moderatedOn = today } = command;
    const improvementAreas = named(command.improvementAreas ?? [], newId);
    const no =
      mayNotModerate(actor, state, known) ??
      dayUnfit('moderatedOn', moderatedOn, completed.completedOn, today) ??
      moderationUnfit(state, command) ??
      areasUnfit(improvementAreas, moderatedOn, areasOf(state));
    if (no !== undefined) return no;
    const data = {
      ...subjectOf(begun),
      was: completed.verdict,
      verdict,
      moderatorId: actor.id,
      ...present({ reason }),
      improvementAreas,
      moderatedOn,
    };
    return [{ type: 'QualityReviewModerated', data }];
  },

  AbandonQualityReview: (state, { reason }, { actor, known }) => {
    if (state.stage === 'none') return refuse.NoSuchQualityReview();
    if (state.stage === 'abandoned') return [];
    if (state.stage === 'completed') return refuse.QualityReviewCompletedBefore();
    const { begun } = state;
    const no = actor.id === begun.reviewerId ? undefined : mayNotAbandon(actor, begun, known);
    return no ?? [{ type: 'QualityReviewAbandoned', data: { ...subjectOf(begun), reason } }];
  },
};

type Begun = DataFor<'QualityReviewBegun'>;

/** Every event of a review says what it is of and whose, so that each can be read alone. */
const subjectOf = ({ occasion: _occasion, cause: _cause, begunOn: _on, ...subject }: Begun) =>
  subject;

const beginning = (
  command: Readonly<BeginQualityReview>,
  reviewerId: string,
  today: string,
): Begun => ({
  ...command,
  ...(command.object === 'deployment' ? { deploymentId: command.objectId } : {}),
  reviewerId,
  begunOn: command.begunOn ?? today,
});

/** The same review, begun by the same person: the day may be left out the second time. */
const beganTheSame = (
  { begunOn: before, ...begun }: Begun,
  { begunOn, ...again }: Begun,
  command: Readonly<BeginQualityReview>,
): boolean => same(begun, again) && (command.begunOn === undefined || begunOn === before);

const gaveTheSame = ({ completed }: Completed, command: Readonly<CompleteQualityReview>): boolean =>
  same(
    [completed.verdict, completed.evidence, completed.objectives, completed.criteria],
    [command.verdict, command.evidence, command.objectives ?? [], command.criteria],
  ) &&
  (command.completedOn ?? completed.completedOn) === completed.completedOn &&
  sameAreas(completed.improvementAreas, command.improvementAreas ?? []);

/** Other words for the same verdict by the same person do not make it another one. */
const moderatedTheSame = (
  moderated: DataFor<'QualityReviewModerated'>,
  command: Readonly<ModerateQualityReview>,
  actor: Actor,
): boolean =>
  moderated.moderatorId === actor.id &&
  moderated.verdict === command.verdict &&
  sameAreas(moderated.improvementAreas, command.improvementAreas ?? []);

/** By the sample: named, and the object is in it. For cause: the cause is said. */
function occasionUnfit(
  { occasion, academicYear, halfTerm, cause, object, objectId }: Readonly<BeginQualityReview>,
  { sample }: KnownToReview,
): ReviewRefusal | undefined {
  if (occasion === 'cause') {
    if (cause === undefined)
      return refuse.OccasionUnfit('A review for cause says what called for it (cause).');
    return academicYear === undefined && halfTerm === undefined
      ? undefined
      : refuse.OccasionUnfit('A review for cause names no sample (academicYear, halfTerm).');
  }
  if (academicYear === undefined || halfTerm === undefined || cause !== undefined) {
    return refuse.OccasionUnfit(
      'A review by the sample names it (academicYear and halfTerm) and no cause.',
    );
  }
  const drawn = sample.drawn?.drawn.some(
    (one) => one.object === object && one.objectId === objectId,
  );
  return drawn === true ? undefined : refuse.NotInSample(academicYear, halfTerm);
}

function deploymentUnfit({
  object,
  deploymentId,
}: Readonly<BeginQualityReview>): ReviewRefusal | undefined {
  const wanted = object === 'visit-record';
  const given = deploymentId !== undefined;
  return wanted === given ? undefined : refuse.DeploymentNotNamed(wanted);
}

function dayUnfit(
  field: string,
  day: string,
  earliest: string,
  today: string,
): ReviewRefusal | undefined {
  if (day > today) return refuse.InTheFuture(field, day, today);
  return day < earliest ? refuse.BeforeItBegan(field, day, earliest) : undefined;
}

/** Whoever leads the team may where the reviewer cannot; but nobody makes the review of their own work go away. */
const mayNotAbandon = (
  actor: Actor,
  begun: Begun,
  known: KnownToReview,
): ReviewRefusal | undefined =>
  actor.role === 'adviser' ? refuse.NotYourReview() : notIndependent(actor, begun, known);

const mayNotModerate = (
  actor: Actor,
  { begun }: Completed,
  known: KnownToReview,
): ReviewRefusal | undefined =>
  actor.id === begun.reviewerId ? refuse.OwnVerdict() : notIndependent(actor, begun, known);

/** A verdict that becomes poor by moderation names what is to become better, as the reviewer would have had to. */
function moderationUnfit(
  state: Completed,
  { verdict, reason, improvementAreas = [] }: Readonly<ModerateQualityReview>,
): ReviewRefusal | undefined {
  const { object } = state.begun;
  const was = state.completed.verdict;
  if (!isOnScale(object, verdict)) return refuse.VerdictNotOnScale(object);
  if (verdict !== was && reason === undefined) return refuse.ReasonForOtherVerdict(was);
  const areas = areasOf(state).length + improvementAreas.length;
  return isBelowEffective(verdict) && areas === 0 ? refuse.AreaWanted(verdict) : undefined;
}

export const decider: ReviewDecider = { initial, evolve, decide };

/** What the neighbours are asked about: the command says it when a review begins, and the review afterwards. */
function askedAbout(command: Readonly<Record<string, unknown>>, state: unknown): Partial<Begun> {
  const review = state as ReviewState;
  return review.stage === 'none' ? command : review.begun;
}

export const review = aggregate({
  context: 'quality',
  name: 'quality-review',
  is: QUALITY_REVIEW,
  stream: ({ reviewId }) => `qualityReview-${String(reviewId)}`,
  events: reviewEvents,
  commands: reviewCommands,
  refusals: reviewRefusals,
  decider,
  knows: {
    risk: {
      of: 'risk',
      stream: (command, state) => {
        const { object, schoolId } = askedAbout(command, state);
        return object === 'assessment' ? `risk-${String(schoolId)}` : undefined;
      },
    },
    deployment: {
      of: 'deployment',
      stream: (command, state) => {
        const { object, objectId, deploymentId } = askedAbout(command, state);
        const id = object === 'deployment' ? objectId : deploymentId;
        return id === undefined ? undefined : `deployment-${id}`;
      },
    },
    champion: {
      of: 'champion',
      stream: (command, state) => {
        const { object, objectId } = askedAbout(command, state);
        return object === 'champion' ? `champion-${String(objectId)}` : undefined;
      },
    },
    // Only a review that begins by the sample asks for it.
    sample: {
      of: 'quality-sample',
      stream: ({ academicYear, halfTerm }) =>
        academicYear === undefined || halfTerm === undefined
          ? undefined
          : sampleStream({ academicYear, halfTerm }),
    },
  },
});

/** The stream of the sample of a half-term. */
export const sampleStream = (of: {
  readonly academicYear: unknown;
  readonly halfTerm: unknown;
}): string => `qualitySample-${String(of.academicYear).replace('/', '-')}-${String(of.halfTerm)}`;
