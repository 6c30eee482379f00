import { createHash } from 'node:crypto';
import type { Category } from '#domain';
import { categories, supportAbove } from '#domain';
import type { Assessed } from './play-assessment';
import { adviserOf, championRef, headOfService, headRefOn, reviewer } from './play-people';
import type { PlayedSchool, Stage } from './play-stage';
import { dataOf } from './play-stage';
import type { Random } from './random';

/** The days of a proposal, in their order. */
export interface ProposalDays {
  readonly proposed: string;
  readonly told: string;
  readonly discussed: string;
  /** The second attempt at a discussion. */
  readonly again: string;
  readonly reviewed: string;
  readonly decided: string;
  /** From when the decision is in force. */
  readonly effective: string;
}

type About = { readonly schoolId: string; readonly proposalId: string };

/** From a finished assessment to the decision: the school is told and heard, and the head of service decides. */
export async function propose(
  stage: Stage,
  school: PlayedSchool,
  matter: string,
  { assessmentId, recommended }: Assessed,
  on: ProposalDays,
  withinYear: boolean,
): Promise<void> {
  const { schoolId, model, category: now } = school;
  const adviser = adviserOf(model);
  const random = stage.chance(`proposal ${matter}`);
  await stage.days.until(on.proposed);
  const ofProposal = async (which: string): Promise<About> => {
    const made = await stage.give(adviser, `${matter}${which}`, 'ProposeCategory', {
      schoolId,
      assessmentId,
    });
    return { schoolId, proposalId: (dataOf(made, 'CategoryProposed') as About).proposalId };
  };
  let about = await ofProposal('');
  if (random.chance(0.006)) {
    const reason =
      'Proposed on the letter of last year by mistake; it will be proposed again at once.';
    await stage.give(adviser, matter, 'WithdrawProposal', { ...about, reason });
    about = await ofProposal(' anew');
  }
  await stage.days.until(on.told);
  await tell(stage, school, matter, about, recommended);
  let to = recommended;
  const worse = now !== undefined && supportAbove(to, now) > 0;
  if (to !== 'Enhancement' || (withinYear && to !== now))
    await talk(stage, school, matter, about, on, random);
  if (worse && random.chance(0.2)) {
    const from = random.pick(['head', 'chair', 'both'] as const);
    const docRef = `example-representation-${model.id}-${stage.days.today}`;
    const paper = { ...about, from, docRef, receivedOn: stage.days.today };
    await stage.give(adviser, matter, 'RecordRepresentation', paper);
  }
  if (worse && random.chance(0.07)) to = await review(stage, school, matter, about, to, on, random);
  if (to === 'Enhancement' && now !== undefined && now !== 'Enhancement')
    await agreeTheWayOut(stage, school, matter, random);
  await stage.days.until(on.decided);
  const { effective: effectiveFrom } = on;
  await stage.give(headOfService, matter, 'ConfirmCategory', { ...about, effectiveFrom });
  school.category = to;
  school.since = effectiveFrom;
}

/** The letter itself is a template filled in; what is on record is its digest. */
async function tell(
  stage: Stage,
  { model }: PlayedSchool,
  matter: string,
  about: About,
  category: Category,
) {
  const letter = `Invented example letter: we propose ${category} for ${model.name}. (${matter})`;
  await stage.give(adviserOf(model), matter, 'IssueLetter', {
    ...about,
    templateVersion: 'example-letter-1',
    recipients: ['head', 'chair'],
    docHash: createHash('sha256').update(letter).digest('hex'),
  });
}

/** By visit mostly, else by phone; now and then the school declines twice, or nobody can be reached. */
async function talk(
  stage: Stage,
  { model }: PlayedSchool,
  matter: string,
  about: About,
  on: ProposalDays,
  random: Random,
): Promise<void> {
  const adviser = adviserOf(model);
  await stage.days.until(on.discussed);
  const failed = random.next();
  if (failed >= 0.08) {
    const mode = random.chance(0.7) ? 'visit' : 'phone';
    const attendees = [adviser.id, headRefOn(model, stage.days.today)];
    const heldOn = stage.days.today;
    await stage.give(adviser, matter, 'RecordDiscussion', { ...about, mode, heldOn, attendees });
    return;
  }
  const outcome = failed < 0.045 ? 'declined' : 'unreachable';
  const attempt = { ...about, outcome, mode: 'phone' };
  await stage.give(adviser, `${matter} first`, 'RecordDiscussionAttempt', {
    ...attempt,
    attemptedOn: stage.days.today,
  });
  await stage.days.until(on.again);
  await stage.give(adviser, `${matter} second`, 'RecordDiscussionAttempt', {
    ...attempt,
    attemptedOn: stage.days.today,
  });
}

/** The head asks for a review by someone uninvolved. Answers with the category proposed after it. */
async function review(
  stage: Stage,
  school: PlayedSchool,
  matter: string,
  about: About,
  to: Category,
  on: ProposalDays,
  random: Random,
): Promise<Category> {
  const { schoolId } = about;
  const grounds =
    'The school holds that this year\u2019s figures already show the improvement (invented example).';
  const asked = await stage.give(stage.headOf(school), matter, 'RequestReview', {
    schoolId,
    grounds,
  });
  const { reviewId } = dataOf(asked, 'CategoryReviewRequested') as { reviewId: string };
  await stage.days.until(on.reviewed);
  const outcome = random.pick(['stands', 'stands', 'changed', 'withdrawn'] as const);
  const instead = categories[categories.indexOf(to) - 1];
  const changed = outcome === 'changed' && instead !== undefined;
  await stage.give(reviewer, matter, 'DecideReview', {
    ...{ schoolId, reviewId, outcome: changed || outcome !== 'changed' ? outcome : 'stands' },
    ...(changed ? { category: instead } : {}),
    reason: changed
      ? 'The newer figures bear the school out (invented example).'
      : 'Nothing was brought forward that the assessment had not looked at (invented example).',
  });
  if (!changed) return to;
  await tell(stage, school, `${matter} after review`, about, instead);
  return instead;
}

/** A school leaves bespoke support after a transition meeting, or because the head agrees that no need is left. */
async function agreeTheWayOut(
  stage: Stage,
  school: PlayedSchool,
  matter: string,
  random: Random,
): Promise<void> {
  const { schoolId, model } = school;
  const adviser = adviserOf(model);
  const { today } = stage.days;
  const headId = headRefOn(model, today);
  if (random.chance(0.6)) {
    const people = { adviserId: adviser.id, championId: school.champion ?? championRef(1), headId };
    await stage.give(adviser, matter, 'HoldTransitionMeeting', {
      schoolId,
      heldOn: today,
      ...people,
    });
    return;
  }
  const reason =
    'What the support was for has been reached; the head sees no further need (invented example).';
  await stage.give(adviser, matter, 'AgreeNoFurtherNeed', {
    schoolId,
    agreedOn: today,
    headId,
    reason,
  });
}
