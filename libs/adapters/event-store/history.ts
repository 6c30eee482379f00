import type { LogIdentity, RecordedEvent } from '#kernel';
import { LAST_VOLUME, volumeOf } from '#kernel';
import { invalid } from './invalid';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Which log a history that is moved comes from. @throws StoreError 'invalid' */
export function assertIdentity({ id, volume }: LogIdentity): void {
  if (!UUID.test(id))
    throw invalid(`"${id}" is not the id of a log, which is a UUID in lower case.`);
  if (!Number.isInteger(volume) || volume < 0 || volume >= LAST_VOLUME) {
    throw invalid(
      `A history cannot be moved out of volume ${volume}: volumes go from 0 to ${LAST_VOLUME}.`,
    );
  }
}

/** Positions of the volume they are said to be of, each behind the one before. @throws StoreError 'invalid' */
export function assertOrder({ volume }: LogIdentity, events: readonly RecordedEvent[]): void {
  let before = 0;
  for (const { position, takenFrom = [] } of events) {
    if (!Number.isSafeInteger(position) || volumeOf(position) !== volume || position <= before) {
      throw invalid(
        `Position ${position} of volume ${volume} does not come behind position ${before}; a history is taken over in its order.`,
      );
    }
    before = position;
    let newer = volume;
    for (const earlier of takenFrom) {
      if (!Number.isSafeInteger(earlier) || earlier <= 0 || volumeOf(earlier) >= newer) {
        throw invalid(`The event at position ${position} cannot have stood at ${earlier} before.`);
      }
      newer = volumeOf(earlier);
    }
  }
}

/**
 * When an event of a history was recorded, in ms; as far as the log knows it never goes backwards.
 * @throws StoreError 'invalid'
 */
export function timeOf({ recordedAt, position }: RecordedEvent, before: number): number {
  const time = Date.parse(recordedAt);
  if (Number.isNaN(time) || new Date(time).toISOString() !== recordedAt) {
    throw invalid(
      `The event at position ${position} was recorded at "${recordedAt}", which is no instant.`,
    );
  }
  if (time < before) {
    throw invalid(
      `The event at position ${position} was recorded at ${recordedAt}, before the one it stands behind.`,
    );
  }
  return time;
}
