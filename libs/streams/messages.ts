import type { JsonObject, Message, Recorded } from '#kernel';
import { COUNTY, messageDeclarations } from './catalog';
import type { MessageType } from './catalog';
import type { MessageDeclaration } from './declaring';
import { fittingParts } from './fields';
import type { Telling } from './tellings/telling';
import { tellings } from './telling';

type AnyEvent = { readonly type: string; readonly data: unknown };

const tellingOf = tellings as Readonly<
  Record<string, ((data: never) => readonly Telling[]) | undefined>
>;

/**
 * What outsiders are told of an event: at most one message for each audience, and always at least one, so that every
 * change is told. An event without a message of its own, or whose values are not as its message declares them, is told
 * as a change without content.
 */
export function toMessages(event: Recorded<AnyEvent>): readonly Message[] {
  const messages: Message[] = [];
  for (const { type, values } of tellingOf[event.type]?.(event.data as never) ?? []) {
    const data = fittingParts(messageDeclarations[type].data, values);
    if (data !== undefined) messages.push(messageOf(event, type, data));
  }
  return messages.length > 0 ? messages : [noticeOf(event)];
}

/**
 * That something about a school, or about the county, changed, and where to look. Neither what nor about whom: whoever
 * may see it asks for it. It is what live listeners are told of every event; to whom counts are shown and no schools, not
 * of which school it is: counts of before and after would say the rest.
 */
export function noticeOf(
  event: Recorded<AnyEvent>,
  { namingSchool = true }: { readonly namingSchool?: boolean } = {},
): Message {
  const schoolId = schoolOf(event.data);
  return schoolId === undefined || !namingSchool
    ? messageOf(event, 'county.changed.v1', {})
    : messageOf(event, 'school.changed.v1', { schoolId });
}

function messageOf(event: Recorded<AnyEvent>, type: MessageType, data: JsonObject): Message {
  const { audience, endsKey }: MessageDeclaration = messageDeclarations[type];
  const { schoolId } = data;
  return {
    id: event.id,
    type,
    audience,
    key: typeof schoolId === 'string' ? schoolId : COUNTY,
    position: event.position,
    time: event.recordedAt,
    data,
    ...(endsKey ? { endsKey } : {}),
  };
}

function schoolOf(data: unknown): string | undefined {
  if (typeof data !== 'object' || data === null || !('schoolId' in data)) return undefined;
  return typeof data.schoolId === 'string' ? data.schoolId : undefined;
}
