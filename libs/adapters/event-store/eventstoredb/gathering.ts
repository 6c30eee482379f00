import type { LogFilter, Position, RecordedEvent } from '#kernel';
import type { ServerFilter } from './client';
import { isOfTheLog, LOG_STREAMS, recordedFrom } from './codec';
import type { Event } from './records';
import { truncated } from './streams';

/** What a filter lets through: one half of it is done by the server, and all of it here. */
export interface Selection {
  readonly server: ServerFilter;
  /** Nothing of the log is left out. */
  readonly isWhole: boolean;
  /** Of no stream is only a part let through. */
  readonly hasWholeStreams: boolean;
  readonly passes: (event: Event) => boolean;
}

/** Undefined for a filter that lets nothing through. */
export function selectionFor({ streamPrefixes, types }: LogFilter): Selection | undefined {
  if (streamPrefixes?.length === 0 || types?.length === 0) return undefined;
  return {
    server: serverFilter({
      ...(streamPrefixes && { streamPrefixes }),
      ...(types && { types }),
    }),
    isWhole: streamPrefixes === undefined && types === undefined,
    hasWholeStreams: types === undefined,
    passes: (event) =>
      isOfTheLog(event) &&
      (streamPrefixes?.some((prefix) => event.stream.startsWith(prefix)) ?? true) &&
      (types?.includes(event.type) ?? true),
  };
}

/** Of a filter the server does one half, the reader the other: its types where there are any, else its streams. */
function serverFilter({ streamPrefixes, types }: LogFilter): ServerFilter {
  if (types !== undefined) return { by: 'type', regex: `^(${types.map(literally).join('|')})$` };
  if (streamPrefixes === undefined) return { by: 'stream', regex: LOG_STREAMS };
  return { by: 'stream', regex: `${LOG_STREAMS}(${streamPrefixes.map(literally).join('|')})` };
}

/** Text as an expression that means just that text, in JavaScript's as in .NET's language. */
const literally = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|#\s-]/g, '\\$&');

/** The events of one page as they are read, in log order. */
export class Gathering {
  readonly events: RecordedEvent[] = [];
  /** The last place looked at. */
  scanned: number;
  /** The last revision seen of each stream. */
  readonly #last = new Map<string, number>();
  readonly #before: number | undefined;

  constructor(
    after: number,
    private readonly selection: Selection,
    private readonly positionOf: (place: number) => Position,
  ) {
    this.scanned = after;
    // From the beginning of the log on, every stream begins at its beginning.
    this.#before = after === 0 ? -1 : undefined;
  }

  /** @throws StoreError 'damaged' for an event that cannot be read, or one before which others of its stream are missing. */
  add(events: readonly Event[], limit: number): void {
    for (const event of events) {
      if (this.events.length >= limit) return;
      this.scanned = event.place;
      if (!this.selection.passes(event)) continue;
      const recorded = recordedFrom(event, this.positionOf);
      if (this.selection.hasWholeStreams) this.#assertNext(event, recorded !== undefined);
      if (recorded !== undefined) this.events.push(recorded);
    }
  }

  #assertNext({ stream, revision }: Event, isOurs: boolean): void {
    const before = this.#last.get(stream) ?? this.#before;
    this.#last.set(stream, revision);
    if (isOurs && before !== undefined && revision !== before + 1) throw truncated(stream);
  }
}
