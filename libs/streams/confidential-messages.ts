import {
  categories,
  discussionModes,
  reasonCodes,
  representationFrom,
  reviewOutcomes,
  statuses,
} from '#domain';
import type { Json, JsonObject } from '#kernel';
import { confided, sets } from './declaring';
import { academicYear, count, day, id, optional, word } from './fields';

const schoolId = id('The school, by our own identity, which stays when its URN changes.');
const proposalId = id('The proposal; the same in every message about it.');
const category = word(categories)('Category of support.');
const earlier = word(categories)('The category it was in before; absent where it had none.');
const reasonCode = word(reasonCodes)('Why the category was looked at.');
const round = optional(
  academicYear('The yearly round it belongs to; absent where a trigger was the cause.'),
);
const effectiveFrom = day('Day from which it holds.');

/** The category that begins last is the one known: a correction of an earlier time leaves it as it is. */
const categoryFrom = (known: JsonObject, { category: now, effectiveFrom: from }: JsonObject) =>
  laterThan(known['categoryFrom'], from)
    ? known
    : { ...known, category: now ?? null, categoryFrom: from ?? null };
const laterThan = (a: Json | undefined, b: Json | undefined): boolean =>
  typeof a === 'string' && typeof b === 'string' && a > b;

const decided = {
  schoolId,
  proposalId,
  category,
  reasonCode,
  round,
  effectiveFrom,
} as const;

/** What only those are told whom the authority shares categories with. Nowhere else does a category stand. */
export const confidentialMessages = {
  'school.assessed.v1': confided(
    'An assessment of the school was finished with a category to recommend. It is advice, not a decision.',
    {
      schoolId,
      assessmentId: id('The assessment.'),
      recommended: category,
      round,
      finalisedOn: day('Day it was finished.'),
    },
  ),
  'school.assessment-waived.v1': confided(
    'It was agreed that the school need not be assessed in a round.',
    { schoolId, round: academicYear('The yearly round.') },
  ),
  'school.review-triggered.v1': confided(
    'Something happened that calls for another look at the school’s category.',
    {
      schoolId,
      triggerId: id('The trigger.'),
      reasonCode,
      happenedOn: day('Day it happened.'),
    },
  ),
  'school.review-dismissed.v1': confided('It was decided that a trigger needs no review.', {
    schoolId,
    triggerId: id('The trigger.'),
  }),
  'school.category-proposed.v1': confided('A category was proposed; it is not in force.', {
    schoolId,
    proposalId,
    from: optional(earlier),
    category,
    reasonCode,
    round,
    proposedOn: day('Day of the proposal.'),
  }),
  'school.proposal-letter-issued.v1': confided(
    'The school was told by letter which category is proposed.',
    { schoolId, proposalId, category, issuedOn: day('Day of the letter.') },
  ),
  'school.proposal-discussed.v1': confided('The proposal was discussed with the school.', {
    schoolId,
    proposalId,
    mode: word(discussionModes)('How.'),
    heldOn: day('Day of the discussion.'),
  }),
  'school.proposal-not-discussed.v1': confided(
    'The school declined to discuss the proposal or could not be reached.',
    {
      schoolId,
      proposalId,
      why: word(['declined', 'unreachable'])('Which of the two.'),
      mode: word(discussionModes)('How it was tried.'),
      attemptedOn: day('Day it was tried.'),
    },
  ),
  'school.representation-received.v1': confided('The school answered the proposal in writing.', {
    schoolId,
    proposalId,
    from: word(representationFrom)('Who answered.'),
    receivedOn: day('Day it came.'),
  }),
  'school.category-review-requested.v1': confided(
    'The school asked for a review by someone who took no part; the category in force stands meanwhile.',
    {
      schoolId,
      reviewId: id('The review.'),
      proposalId,
      requestedOn: day('Day it was asked for.'),
      decideBy: day('Day by which it is to be decided.'),
    },
  ),
  'school.category-reviewed.v1': confided(
    'Someone who took no part reviewed the category or the proposal and decided.',
    {
      schoolId,
      reviewId: id('The review.'),
      proposalId,
      outcome: word(reviewOutcomes)('What the reviewer decided.'),
      category: optional(category),
      decidedOn: day('Day it was decided.'),
    },
  ),
  'school.category-confirmed.v1': confided(
    'A named person decided the school’s first category, or that it stays in the one it had.',
    decided,
    { leaves: categoryFrom },
  ),
  'school.category-changed.v1': confided(
    'A named person decided that the school moves from one category to another.',
    { ...decided, from: earlier },
    { leaves: categoryFrom },
  ),
  'school.proposal-withdrawn.v1': confided('The proposal was withdrawn before it was decided.', {
    schoolId,
    proposalId,
  }),
  'school.category-corrected.v1': confided(
    'A category on record was wrong from a day on and was put right.',
    { schoolId, from: optional(earlier), category, effectiveFrom },
    { leaves: categoryFrom },
  ),
  'school.transition-meeting-held.v1': confided(
    'Adviser, champion and head met about the way out of bespoke support.',
    { schoolId, heldOn: day('Day of the meeting.') },
  ),
  'school.transition-pathway-agreed.v1': confided(
    'It was agreed with the head how bespoke support tapers off.',
    {
      schoolId,
      agreedOn: day('Day it was agreed.'),
      endsOn: day('Day by which the school is to be in Enhancement.'),
    },
  ),
  'school.transition-completed.v1': confided(
    'The agreed way out of bespoke support is at its end.',
    {
      schoolId,
      completedOn: day('Day from which the school is in Enhancement.'),
    },
  ),
  'school.no-further-need-agreed.v1': confided(
    'It was agreed with the head that the school needs no further bespoke support.',
    { schoolId, agreedOn: day('Day it was agreed.') },
  ),
  'school.support-entitled.v1': confided(
    'The school’s category entitles it to this support in the year, in place of what was told before.',
    {
      schoolId,
      academicYear: academicYear('The year.'),
      status: word(statuses)('Who maintains the school: it decides who pays.'),
      category,
      headlineVisits: count('Visits, at most.'),
      sspcHalfDays: count('Half-days of pupil champions and ABLE together, at most.'),
      sslcHalfDays: count('Half-days of leadership champions, at most.'),
      fundedPercent: count('The authority’s share in percent.'),
      effectiveFrom,
    },
    {
      leaves: sets(
        'academicYear',
        'headlineVisits',
        'sspcHalfDays',
        'sslcHalfDays',
        'fundedPercent',
      ),
    },
  ),
  'school.support-ended.v1': confided(
    'The school closed: no category and no entitlement is to be kept of it. Should it open again, what follows begins anew.',
    { schoolId, closedOn: day('Day it closed.') },
    { endsKey: true },
  ),
} as const;

/** What is known, in confidence, of a school at the end of its chain. */
export const supportState = {
  category: optional(word(categories)('The category decided, from `categoryFrom` on.')),
  categoryFrom: optional(day('Day from which it holds; it may be to come.')),
  academicYear: optional(academicYear('The year of the entitlement.')),
  headlineVisits: optional(count('Visits, at most.')),
  sspcHalfDays: optional(count('Half-days of pupil champions and ABLE together, at most.')),
  sslcHalfDays: optional(count('Half-days of leadership champions, at most.')),
  fundedPercent: optional(count('The authority’s share in percent.')),
} as const;
