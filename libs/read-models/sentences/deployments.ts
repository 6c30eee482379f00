import type { DeploymentEvent } from '#domain';
import { daysInWords } from './support';
import type { SentencesFor } from './words';
import { counted, dayInWords, on } from './words';

/** Said so that it reads on the journey of either school. */
export const deploymentSentences: SentencesFor<DeploymentEvent> = {
  SupportNeedIdentified: ({ specialism, role, proposedBy, selfFunded }) =>
    `${proposedBy === 'school' ? 'The school named' : 'The team and the school named'} a need for support: ${specialism}, by ${roleWords[role]}${selfFunded ? ', at the school’s own cost' : ''}.`,
  ChampionProposed: ({ proposedOn }) => `A champion was proposed for the need${on(proposedOn)}.`,
  ChampionDeclined: ({ by }) =>
    `The champion proposed was declined by ${declinerWords[by]}; another is wanted.`,
  HomeSchoolReleaseAgreed: ({ halfDays, from, to }) =>
    `The home head agreed to release the champion for ${daysInWords(halfDays)} from ${dayInWords(from)} to ${dayInWords(to)}.`,
  HomeSchoolReleaseWithdrawn: () => 'The home head took the release of the champion back.',
  SupportedSchoolAgreed: ({ objectives }) =>
    `The head of the school to be supported agreed, with ${counted(objectives.length, 'objective')}.`,
  SupportedSchoolDeclined: () => 'The head of the school declined the support.',
  SupportNeedLapsed: () => 'The need lapsed before any support began.',
  DeploymentConfirmationBegun: ({ halfDays }) =>
    `A deployment of ${daysInWords(halfDays)} was put together; its days are being set aside.`,
  DeploymentConfirmed: ({ halfDays, from, to, payer }) =>
    `A deployment of ${daysInWords(halfDays)} from ${dayInWords(from)} to ${dayInWords(to)} was confirmed, ${payerInWords(payer)}.`,
  DeploymentConfirmationFailed: ({ why }) => `The deployment could not be confirmed: ${why}`,
  DeploymentStarted: ({ startedOn }) => `The champion’s work began${on(startedOn)}.`,
  DeploymentPaused: ({ pausedOn, because }) =>
    `The champion’s work rests${on(pausedOn)}: ${because.replaceAll('-', ' ')}.`,
  DeploymentResumed: ({ resumedOn }) => `The champion’s work went on${on(resumedOn)}.`,
  DeploymentExtensionBegun: ({ halfDays }) =>
    `${daysInWords(halfDays)} more were agreed for the deployment; they are being set aside.`,
  DeploymentExtended: ({ halfDays, to }) =>
    `The deployment was extended by ${daysInWords(halfDays)}, to ${dayInWords(to)}.`,
  DeploymentExtensionFailed: ({ why }) => `The deployment could not be extended: ${why}`,
  ChampionVisitRecorded: ({ visitedOn, halfDays }) =>
    `The champion visited${on(visitedOn)} for ${daysInWords(halfDays)}.`,
  VisitRecordAmended: ({ visitedOn, halfDays }) =>
    `The record of a visit was put right: ${dayInWords(visitedOn)}, ${daysInWords(halfDays)}.`,
  DeploymentCompleted: ({ completedOn }) => `The champion’s work was completed${on(completedOn)}.`,
  DeploymentEndedEarly: ({ endedOn, because }) =>
    `The champion’s work ended before its time${on(endedOn)}: ${because.replaceAll('-', ' ')}.`,
  // What came of it is between the authority and the school; the champion's school reads this line too.
  ImpactEvaluated: ({ headId }) =>
    `What the deployment achieved was judged${headId === undefined ? '' : ' with the school'}.`,
  SupportNeedReopened: () =>
    'The champion cannot come after all; the need is there again, and another is wanted.',
  DeploymentReviewAsked: ({ because }) =>
    `The deployment is to be looked at again: ${reviewCausesInWords[because]}.`,
  DeploymentReviewed: ({ outcome }) =>
    `The deployment was looked at again: ${reviewOutcomesInWords[outcome]}.`,
  DeploymentPayerDecided: ({ from, payer }) =>
    `From ${dayInWords(from)} the deployment’s visits are ${payerInWords(payer)}.`,
  DeploymentClosed: () => 'The deployment was closed.',
};

const roleWords = {
  SSLC: 'a leadership champion',
  SSPC: 'a pupil champion',
  ABLE: 'an ABLE specialist',
} as const;

/** What the home school is in stands in none of these: the supported school reads them. */
export const reviewCausesInWords = {
  'home-school': 'whether the home school can go on lending its champion',
  'champion-retired': 'its champion has retired',
  'became-academy': 'the school became an academy, and who pays is to be decided',
  'school-closing': 'the school closes, or is proposed to',
  other: 'for another reason',
} as const;

const reviewOutcomesInWords = {
  continue: 'it goes on as agreed',
  reduce: 'it goes on with fewer visits',
  end: 'it is to end',
} as const;

const declinerWords = {
  champion: 'the champion',
  'home-school': 'the home school',
  'supported-school': 'the school',
  team: 'the team',
} as const;

/** "paid by the authority", "half of it …". */
export const payerInWords = ({
  kind,
  authorityPercent,
}: {
  readonly kind: 'authority' | 'split' | 'school';
  readonly authorityPercent: number;
}): string =>
  kind === 'authority'
    ? 'paid by the authority'
    : kind === 'school'
      ? 'paid by the school'
      : `${authorityPercent}% paid by the authority`;
