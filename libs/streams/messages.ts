import { schoolsConcerned } from '#domain';
import type { Audience, JsonObject, Message, Recorded } from '#kernel';
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
 * What outsiders are told of an event: each school it concerns at most one message for each audience, and at least one, so
 * that every change is told. What has no message of its own, or whose values are not as its message declares them, is told
 * as a change without content; in confidence where all that is told of the event is.
 */
export function toMessages(event: Recorded<AnyEvent>): readonly Message[] {
  const told = tellingOf[event.type]?.(event.data as never) ?? [];
  const messages = told.flatMap(({ type, values }) => {
    const data = fittingParts(messageDeclarations[type].data, values);
    return data === undefined ? [] : [messageOf(event, type, data)];
  });
  const confidential =
    told.length > 0 &&
    told.every(({ type }) => messageDeclarations[type].audience === 'confidential');
  const keys = new Set(messages.map(({ key }) => key));
  const unheard = schoolsConcerned(event.data).filter((schoolId) => !keys.has(schoolId));
  if (messages.length === 0 && unheard.length === 0) return [countyNotice(event)];
  const notice = confidential ? 'school.support-changed.v1' : 'school.changed.v1';
  return toldApart([
    ...messages,
    ...unheard.map((schoolId) => messageOf(event, notice, { schoolId })),
  ]);
}

/**
 * That something about a school, or about the county, changed, and where to look: for each school it concerns. Neither what
 * nor about whom: whoever may see it asks for it. It is what live listeners are told of every event; to whom counts are
 * shown and no schools, not of which school it is: counts of before and after would say the rest.
 */
export function noticesOf(
  event: Recorded<AnyEvent>,
  { namingSchool = true }: { readonly namingSchool?: boolean } = {},
): readonly Message[] {
  const schools = namingSchool ? schoolsConcerned(event.data) : [];
  return schools.length === 0
    ? [countyNotice(event)]
    : toldApart(schools.map((schoolId) => messageOf(event, 'school.changed.v1', { schoolId })));
}

const countyNotice = (event: Recorded<AnyEvent>): Message =>
  messageOf(event, 'county.changed.v1', {});

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

/** The first message for an audience has the event's identity; further ones, to other schools, have each their own. */
function toldApart(messages: readonly Message[]): readonly Message[] {
  const taken = new Set<Audience>();
  return messages.map((message) => {
    const { audience, id, key } = message;
    if (taken.has(audience)) return { ...message, id: ofTwo(id, key) };
    taken.add(audience);
    return message;
  });
}

/** An identity that follows from two others, the same whoever works it out: a UUID of version 8, digit by digit. */
function ofTwo(one: string, other: string): string {
  const digits = [...one].map((digit, i) =>
    digit === '-' ? '-' : (parseInt(digit, 16) ^ parseInt(other[i] ?? '0', 16)).toString(16),
  );
  digits[14] = '8';
  digits[19] = ((parseInt(digits[19] ?? '0', 16) & 3) | 8).toString(16);
  return digits.join('');
}
