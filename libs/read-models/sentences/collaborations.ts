import type { CollaborationEvent, EvidenceKind, StrengthEvent } from '#domain';
import type { SentencesFor } from './words';
import { counted, dayInWords, on } from './words';

const evidenceWords: Readonly<Record<EvidenceKind, string>> = {
  inspection: 'an inspection',
  results: 'results',
  'quality-review': 'a quality review',
  visit: 'a visit',
  'peer-review': 'a review by peers',
};
/** From what a strength is known, in words. */
export const evidenceInWords = (kind: EvidenceKind): string => evidenceWords[kind];

/** `early-reading` → "early reading". */
export const areaInWords = (area: string): string => area.replaceAll('-', ' ');

export const collaborationSentences: SentencesFor<CollaborationEvent | StrengthEvent> = {
  CollaborationFormed: ({ kind, schoolIds, area, from, reviewDue }) =>
    `${counted(schoolIds.length, 'school')} began to work together (${kind}${area === undefined ? '' : `, on ${areaInWords(area)}`}) from ${dayInWords(from)}, to be reviewed by ${dayInWords(reviewDue)}.`,
  SchoolJoinedCollaboration: ({ schoolIds, joinedOn }) =>
    `A school joined a collaboration${on(joinedOn)}; ${counted(schoolIds.length, 'school')} are in it.`,
  SchoolLeftCollaboration: ({ schoolIds, leadSchoolId, leftOn }) =>
    `A school left a collaboration${on(leftOn)}; ${counted(schoolIds.length, 'school')} go on${leadSchoolId === undefined ? '' : ', under a new lead'}.`,
  CollaborationReviewed: ({ continues, nextReviewDue, reviewedOn }) =>
    `A collaboration was reviewed${on(reviewedOn)}: ${continues ? `it goes on${nextReviewDue === undefined ? '' : `, to be reviewed by ${dayInWords(nextReviewDue)}`}` : 'it does not go on'}.`,
  CollaborationEnded: ({ endedOn }) => `A collaboration ended${on(endedOn)}.`,
  StrengthRecorded: ({ area, phase, evidenceKind, observedOn }) =>
    `A strength was recorded: ${areaInWords(area)} (${phase}), known from ${evidenceInWords(evidenceKind)}${on(observedOn)}.`,
  StrengthWithdrawn: ({ area, phase, withdrawnOn }) =>
    `A strength is not relied upon any more${on(withdrawnOn)}: ${areaInWords(area)} (${phase}).`,
};
