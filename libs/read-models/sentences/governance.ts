import type { ConsultationEvent, ConsultationView, LiaisonEvent } from '#domain';
import type { SentencesFor } from './words';
import { counted, dayInWords, on } from './words';

const viewWords: Readonly<Record<ConsultationView, string>> = {
  supports: 'in support',
  objects: 'with objections',
  comments: 'with comments',
};

/** "3 schools and the Schools Forum" */
const askedInWords = (schools: number, bodies: readonly string[]): string =>
  [...(schools === 0 ? [] : [counted(schools, 'school')]), ...bodies].join(', ');

export const governanceSentences: SentencesFor<LiaisonEvent | ConsultationEvent> = {
  LiaisonGroupFormed: ({ name, schoolIds, formedOn }) =>
    `The liaison group ${name} was formed${on(formedOn)}, of ${counted(schoolIds.length, 'school')}.`,
  SchoolJoinedLiaisonGroup: ({ name, joinedOn }) =>
    `It came into the liaison group ${name}${on(joinedOn)}.`,
  SchoolLeftLiaisonGroup: ({ name, leftOn }) => `It left the liaison group ${name}${on(leftOn)}.`,
  LiaisonMeetingHeld: ({ name, heldOn, schoolIds }) =>
    `Its head met with the liaison group ${name}${on(heldOn)}, ${counted(schoolIds.length, 'school')} in all.`,
  ConsultationOpened: ({ about, schoolIds, bodies, until }) =>
    `A consultation was opened about “${about}”: ${askedInWords(schoolIds.length, bodies)}, until ${dayInWords(until)}.`,
  ConsultationAnswered: ({ about, view, answeredOn, late }) =>
    `It answered the consultation about “${about}” ${viewWords[view]}${on(answeredOn)}${late ? ', after the day it was asked for' : ''}.`,
  ConsultationClosed: ({ about, closedOn }) =>
    `The consultation about “${about}” was closed${on(closedOn)}.`,
};
