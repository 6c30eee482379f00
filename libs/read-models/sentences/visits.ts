import type { HeadlineVisitEvent, TeamEvent } from '#domain';
import type { SentencesFor } from './words';
import { counted, dayInWords, on } from './words';

export const visitSentences: SentencesFor<HeadlineVisitEvent | TeamEvent> = {
  HeadlineVisitScheduled: ({ on: day, ...visit }) =>
    `${visitInWords(visit)} was arranged for ${dayInWords(day)}.`,
  HeadlineVisitRescheduled: ({ was, on: day }) =>
    was === day
      ? `The visit${on(day)} was given to another adviser.`
      : `The visit${on(was)} was moved to ${dayInWords(day)}.`,
  HeadlineVisitCancelled: (visit) => `${visitInWords(visit)} was called off.`,
  HeadlineVisitCompleted: ({ visitedOn, recordDueOn, late, ...visit }) =>
    `${visitInWords(visit)} was made${on(visitedOn)}${late ? `; its record was due by ${dayInWords(recordDueOn)} and came late` : ''}.`,
  HeadlineVisitRecordAmended: () => 'The record of a visit was amended; the one before is kept.',
  ExtraHeadlineVisitApproved: ({ academicYear }) =>
    `An extra headline visit was approved for ${academicYear}.`,
  TeamAroundSchoolConvened: ({ convenedOn, cadence, members }) =>
    `A team around the school was convened${on(convenedOn)}: ${counted(members.length, 'member')}, meeting ${cadence === 'monthly' ? 'monthly' : 'each half-term'}.`,
  TasMeetingHeld: ({ heldOn, attendees }) =>
    `The team around the school met${on(heldOn)}; ${counted(attendees.length, 'person was', 'people were')} there.`,
  TasActionAgreed: ({ what, due }) =>
    `The team around the school agreed an action, due by ${dayInWords(due)}: ${ended(what)}`,
  TasActionClosed: ({ outcome }) =>
    `An action of the team around the school was closed: ${outcome.replaceAll('-', ' ')}.`,
  TasMembersChanged: ({ members }) =>
    `The team around the school has other members or roles: ${counted(members.length, 'member')} now.`,
  TasStoodDown: ({ stoodDownOn, handedOver }) =>
    `The team around the school was stood down${on(stoodDownOn)}${handedOver.length === 0 ? '' : `; ${counted(handedOver.length, 'open action was', 'open actions were')} handed over`}.`,
};

/** "Headline visit 2 of 2026/27", "A new-to-headship visit of 2026/27". */
function visitInWords(visit: {
  readonly kind: string;
  readonly number: number;
  readonly academicYear: string;
}): string {
  return visit.kind === 'headline'
    ? `Headline visit ${visit.number} of ${visit.academicYear}`
    : `A new-to-headship visit of ${visit.academicYear}`;
}

/** Somebody's own words as the end of a sentence. */
const ended = (words: string): string => (/[.!?]$/.test(words) ? words : `${words}.`);
