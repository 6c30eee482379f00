import type { Message, Recorded } from '#kernel';

type AnyEvent = { readonly type: string; readonly data: unknown };

/**
 * What a live listener is told: that something about a school changed, and where to look. Neither what nor about whom:
 * a category is confidential, and whoever may see it asks for it.
 */
export function toMessage(event: Recorded<AnyEvent>): Message {
  const schoolId = schoolOf(event.data);
  return {
    id: event.id,
    type: schoolId === undefined ? 'county.changed.v1' : 'school.changed.v1',
    key: schoolId ?? event.stream,
    position: event.position,
    time: event.recordedAt,
    data: schoolId === undefined ? {} : { schoolId },
  };
}

function schoolOf(data: unknown): string | undefined {
  if (typeof data !== 'object' || data === null || !('schoolId' in data)) return undefined;
  return typeof data.schoolId === 'string' ? data.schoolId : undefined;
}
