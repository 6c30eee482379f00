import type { QualityEvent, QualityObject, Verdict } from '#domain';
import type { SentencesFor } from './words';
import { counted, dayInWords } from './words';

const objects: Readonly<Record<QualityObject, string>> = {
  assessment: 'a risk assessment',
  'visit-record': 'a champion’s record of a visit',
  deployment: 'the work of a champion at the school',
  champion: 'a champion from this school',
};

/** A verdict as people say it. */
export const verdictsInWords: Readonly<Record<Verdict, string>> = {
  agree: 'agree',
  'agree-with-change': 'agree with change',
  return: 'return',
  meets: 'meets',
  minor: 'minor',
  redo: 'redo',
  'highly-effective': 'highly effective',
  effective: 'effective',
  'partly-effective': 'partly effective',
  'not-effective': 'not effective',
  continue: 'continue',
  'continue-with-development': 'continue with development',
  pause: 'pause',
  end: 'end',
};

const closed = {
  achieved: 'it has become better',
  'partly-achieved': 'it has become better in part',
  'not-achieved': 'it has not become better',
  'no-longer-needed': 'it is needed no longer',
} as const;

const decided = {
  'continue-with-support-for-the-champion': 'it goes on, with support for the champion',
  'substitute-the-champion': 'another champion takes over',
  're-scope': 'its scope becomes another',
  pause: 'it is paused',
  end: 'it ends',
} as const;

const areas = (n: number): string =>
  n === 0 ? '' : `, with ${counted(n, 'area', 'areas')} for improvement`;

export const qualitySentences: SentencesFor<QualityEvent> = {
  QualityReviewBegun: ({ object, occasion }) =>
    `A review of the quality of ${objects[object]} began, ${occasion === 'sample' ? 'as it was drawn in the sample' : 'for cause'}.`,
  QualityReviewCompleted: ({ object, verdict, improvementAreas }) =>
    `The quality of ${objects[object]} was reviewed: ${verdictsInWords[verdict]}${areas(improvementAreas.length)}.`,
  QualityReviewModerated: ({ object, was, verdict, improvementAreas }) =>
    was === verdict
      ? `The verdict on ${objects[object]} was moderated and agreed: ${verdictsInWords[verdict]}${areas(improvementAreas.length)}.`
      : `The verdict on ${objects[object]} was moderated: ${verdictsInWords[verdict]} stands in place of ${verdictsInWords[was]}${areas(improvementAreas.length)}.`,
  QualityReviewAbandoned: ({ object }) =>
    `The review of the quality of ${objects[object]} was given up.`,
  ImprovementAreaIdentified: ({ due }) =>
    `Something that is to become better by ${dayInWords(due)} was named.`,
  ImprovementAreaReassigned: ({ was, now }) =>
    was.due === now.due
      ? 'An area for improvement was given to somebody else.'
      : `An area for improvement is now due by ${dayInWords(now.due)}${was.ownerId === now.ownerId ? '' : ', with somebody else to see to it'}.`,
  ImprovementAreaClosed: ({ outcome }) => `An area for improvement was closed: ${closed[outcome]}.`,
  PoorVerdictNoted: ({ verdict }) =>
    `Support for the school was found ${verdictsInWords[verdict]}; it was noted.`,
  PoorVerdictWithdrawn: () =>
    'A poor verdict on support for the school counts no more: moderation found better.',
  EscalatedToHeadOfService: ({ academicYear, reviewIds }) =>
    `Support was found poor ${reviewIds.length === 2 ? 'for the second time' : `${reviewIds.length} times`} in ${academicYear}, and it went to the head of service.`,
  EscalationAnswered: ({ decision }) =>
    `The head of service decided on the support that was found poor again: ${decided[decision]}.`,
};
