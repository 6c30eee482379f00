import type { Recorded } from '#kernel';

/** Where a line of an answer comes from: the event, who, and both times. */
export type Fact = {
  readonly eventId: string;
  readonly type: string;
  readonly position: number;
  /** When it was recorded. */
  readonly recordedAt: string;
  /** The day from which it was true. */
  readonly effectiveOn: string;
  readonly by: { readonly id: string; readonly role: string };
};

export function factOf(event: Recorded<{ readonly type: string; readonly data: unknown }>): Fact {
  const { id, type, position, recordedAt, effectiveOn, metadata } = event;
  return {
    eventId: id,
    type,
    position,
    recordedAt,
    effectiveOn,
    by: { id: metadata.actor.id, role: metadata.actor.role },
  };
}
