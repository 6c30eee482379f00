/**
 * A place in the log. Positions are ordered, every event has its own, and a reader who has "everything up to P"
 * has every event whose position is at most P. 0 is the place before the first event.
 * A number, not a bigint: it goes through JSON unharmed, and 2^53 is out of reach for any log position in use.
 */
export type Position = number & { readonly __position: never };

/** The place before the first event. */
export const START = 0 as Position;

/** Reads a position from text, e.g. from a header or a query: undefined unless it is a whole number of at least 0. */
export function positionFrom(text: string): Position | undefined {
  if (!/^\d{1,16}$/.test(text)) return undefined;
  const value = Number(text);
  return Number.isSafeInteger(value) ? (value as Position) : undefined;
}
