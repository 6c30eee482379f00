import type { Ask, Recorded } from '#kernel';
import type { ReasonCode } from '../shared/words';
import { daysBetween } from '../shared/working-days';

/** What raising a trigger takes from the fact that is its cause. */
type Cause = Pick<
  Recorded<{ type: string; data: { readonly schoolId: string } }>,
  'id' | 'recordedAt' | 'data'
>;

/**
 * A fact this many days old when we learn of it is history, e.g. from the first import of a register: it raises no
 * trigger. [I] domain dossier: our default, to be confirmed by the council.
 */
const NEWS_FOR_DAYS = 90;

/** Was it still news when it was recorded? A day ahead of its recording is. */
export const wasNews = (happenedOn: string, { recordedAt }: Pick<Cause, 'recordedAt'>): boolean =>
  daysBetween(happenedOn, recordedAt.slice(0, 10)) <= NEWS_FOR_DAYS;

/** Asks for a trigger. What is announced ahead counts from the day it was recorded: a trigger lies not in the future. */
export function raise(cause: Cause, triggerType: ReasonCode, happenedOn: string): readonly Ask[] {
  const recordedOn = cause.recordedAt.slice(0, 10);
  return [
    {
      command: 'FlagTrigger',
      data: {
        schoolId: cause.data.schoolId,
        triggerType,
        sourceEventId: cause.id,
        happenedOn: happenedOn < recordedOn ? happenedOn : recordedOn,
      },
    },
  ];
}
