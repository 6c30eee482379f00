import type { JsonObject, Position, RecordedEvent } from '#kernel';
import { StoreError } from '#kernel';
import type { Event } from './records';

/** Streams of this adapter's own; no reader of the port sees them. Those of the server begin with `$`. */
export const OWN = 'sidebyside.';

/** Names of streams that belong to the log: neither the server's nor this adapter's. */
export const LOG_STREAMS = '^(?!\\$|sidebyside\\.)';
/** The same with this adapter's own among them. */
export const ALL_STREAMS = '^(?!\\$)';

export const isOfTheLog = ({ stream }: { readonly stream: string }): boolean =>
  !stream.startsWith('$') && !stream.startsWith(OWN);

/**
 * What stands in an event's metadata on the server, beside what the server keeps itself. `$correlationId` and
 * `$causationId` are the names its own tools know.
 */
export interface Kept {
  readonly recordedAt: string;
  readonly given: JsonObject;
  readonly $correlationId?: string;
  readonly $causationId?: string;
  readonly takenFrom?: readonly Position[];
}

/** Metadata as it is sent; `given` is JSON text already. */
export function keptOf(
  recordedAt: string,
  given: string,
  takenFrom: readonly Position[] = [],
): string {
  const { correlationId, causationId } = JSON.parse(given) as Record<string, unknown>;
  const more = {
    recordedAt,
    ...(typeof correlationId === 'string' ? { $correlationId: correlationId } : {}),
    ...(typeof causationId === 'string' ? { $causationId: causationId } : {}),
    ...(takenFrom.length === 0 ? {} : { takenFrom }),
  };
  return `${JSON.stringify(more).slice(0, -1)},"given":${given}}`;
}

/**
 * The event as the port has it; undefined for one that somebody else wrote: other programs may use the server too.
 * @throws StoreError 'damaged' for one of ours that cannot be read.
 */
export function recordedFrom(
  event: Event,
  positionOf: (place: number) => Position,
): RecordedEvent | undefined {
  const kept = event.metadata as Kept | undefined | null;
  if (typeof kept?.recordedAt !== 'string' || typeof kept.given !== 'object') {
    // Where not even the metadata is JSON, nobody knows whose it was.
    if (event.metadata !== undefined) return undefined;
  }
  const position = positionOf(event.place);
  if (!kept || typeof event.data !== 'object' || event.data === null) {
    throw new StoreError(
      'damaged',
      `The event at position ${position} (revision ${event.revision} of ${event.stream}) is not what was written: it is no JSON any more, damaged or redacted on the server. Restore the server's data from a backup.`,
    );
  }
  return {
    id: event.id,
    type: event.type,
    data: event.data as JsonObject,
    metadata: kept.given,
    position,
    stream: event.stream,
    revision: event.revision,
    recordedAt: kept.recordedAt,
    ...(kept.takenFrom === undefined ? {} : { takenFrom: kept.takenFrom }),
  };
}
