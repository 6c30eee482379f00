/**
 * A place in the log. Positions are ordered, every event has its own, and a reader who has "everything up to P"
 * has every event whose position is at most P. 0 is the place before the first event.
 * A number, not a bigint: it goes through JSON unharmed, and 2^53 is out of reach for any log position in use.
 *
 * A log is kept in volumes, as a minute book is: the first is volume 0, and a history that moves to another store goes
 * on there in the next volume. Each volume has a stretch of 2^44 positions of its own, so that a position of an earlier
 * volume is known for what it is and never taken for another place, and every position of a later volume is greater.
 */
export type Position = number & { readonly __position: never };

/** The place before the first event. */
export const START = 0 as Position;

/** Positions in a volume: 17 million million, more than a log of bytes in use has; 512 volumes fit a number. */
const VOLUME = 2 ** 44;
/** The last volume a position can name. */
export const LAST_VOLUME = 511;

/** Which volume of the log a position lies in. */
export const volumeOf = (position: Position): number => Math.floor(position / VOLUME);

/** The place within its volume: what the store itself counts in. */
export const placeOf = (position: Position): number => position % VOLUME;

/** A store's own place as a position. Throws RangeError for what is no place of a volume. */
export function positionIn(volume: number, place: number): Position {
  if (!Number.isInteger(volume) || volume < 0 || volume > LAST_VOLUME)
    throw new RangeError(`There is no volume ${volume}; the last is ${LAST_VOLUME}.`);
  if (!Number.isInteger(place) || place < 0 || place >= VOLUME)
    throw new RangeError(`${place} is no place in a volume of the log.`);
  return (volume * VOLUME + place) as Position;
}

/** Reads a position from text, e.g. from a header or a query: undefined unless it is a whole number of at least 0. */
export function positionFrom(text: string): Position | undefined {
  if (!/^\d{1,16}$/.test(text)) return undefined;
  const value = Number(text);
  return Number.isSafeInteger(value) ? (value as Position) : undefined;
}
