import { createHash } from 'node:crypto';
import type { EventStore, Position, RecordedEvent } from '#kernel';
import { canonical, placeOf, START } from '#kernel';

/** Events read and written at a time. */
const PAGE = 500;

/** How far a move or a comparison has come. */
export interface Moving {
  /** Events of this run. */
  readonly events: number;
  /** How much of the log has been gone through, from 0 to 1: by place, which some stores count in bytes. */
  readonly share: number;
}

export interface Moved {
  /** Events that were not there before. */
  readonly events: number;
  /** The source's position up to which everything is at the new place. */
  readonly upTo: Position;
  /** Where it began; START unless it went on with an earlier run. */
  readonly from: Position;
}

/**
 * Moves a history from one store to another that is empty, or goes on where an earlier run was broken off: up to where
 * the source ends when it gets there. Everything about the events stays; their positions are the new store's.
 * @throws StoreError as `EventStore.takeOver`; 'invalid' when the source has gone on differently since.
 */
export async function moveHistory(
  from: EventStore,
  to: EventStore,
  told: (moving: Moving) => void = () => undefined,
): Promise<Moved> {
  const [source, target] = [await from.identity(), await to.identity()];
  const goesOn = target.id === source.id && target.volume === source.volume + 1;
  const begun = goesOn ? await to.takenOver() : START;
  // Nothing new, yet this is what tells a store that may take this history from one that may not, before any reading.
  let upTo = await to.takeOver(source, []);
  let events = 0;
  for await (const { page, share } of pagesOf(from, begun)) {
    if (page.length === 0) continue;
    upTo = await to.takeOver(source, page);
    events += page.length;
    told({ events, share });
  }
  return { events, upTo, from: begun };
}

/** What two stores have in common, and the first thing in which they differ. */
export interface Compared {
  /** Events that are the same at both ends, from the first on. */
  readonly events: number;
  /** SHA-256 over all of them in order: every field but the position. */
  readonly digest: string;
  /** In words; undefined when the new place holds all that the old one does. */
  readonly difference?: string;
  /** Events the new place has recorded since by itself. */
  readonly since: number;
}

/**
 * Reads two stores side by side and compares every event: id, stream, revision, type, time, data, metadata, and that the
 * new one knows where it stood before.
 */
export async function compareHistories(
  from: EventStore,
  to: EventStore,
  told: (moving: Moving) => void = () => undefined,
): Promise<Compared> {
  const hash = createHash('sha256');
  const there = eventsOf(to, START);
  let events = 0;
  const compared = (difference?: string, since = 0): Compared => ({
    events,
    digest: hash.digest('hex'),
    ...(difference === undefined ? {} : { difference }),
    since,
  });
  try {
    for await (const { page, share } of pagesOf(from, START)) {
      for (const event of page) {
        const other = (await there.next()).value;
        const text = textOf(event);
        const difference =
          other === undefined || text !== textOf(other) || !knowsWhere(other, event)
            ? differenceOf(event, other)
            : undefined;
        if (difference !== undefined) return compared(difference);
        hash.update(`${text}\n`);
        events += 1;
      }
      told({ events, share });
    }
    let since = 0;
    for await (const event of there) {
      if (event.takenFrom !== undefined)
        return compared(`The old place does not have ${nameOf(event)}, which was taken over.`);
      since += 1;
    }
    return compared(undefined, since);
  } finally {
    await there.return(undefined);
  }
}

const nameOf = ({ id, stream, revision }: RecordedEvent): string =>
  `the event ${id} (${stream}, revision ${revision})`;

function differenceOf(event: RecordedEvent, other: RecordedEvent | undefined): string | undefined {
  if (other === undefined)
    return `${upper(nameOf(event))} at position ${event.position} is not at the new place.`;
  for (const field of ['id', 'stream', 'revision', 'type', 'recordedAt'] as const) {
    if (event[field] !== other[field]) {
      return `${upper(nameOf(event))} at position ${event.position} has another ${field} at the new place: ${other[field]} instead of ${event[field]}.`;
    }
  }
  for (const field of ['data', 'metadata'] as const) {
    if (canonical(event[field]) !== canonical(other[field]))
      return `${upper(nameOf(event))} at position ${event.position} has other ${field} at the new place.`;
  }
  if (knowsWhere(other, event)) return undefined;
  return `${upper(nameOf(event))} stood at position ${placesOf(event).join(', ')} before, and the new place says ${other.takenFrom?.join(', ') ?? 'nothing'}.`;
}

const placesOf = ({ position, takenFrom = [] }: RecordedEvent): readonly Position[] => [
  position,
  ...takenFrom,
];

/** Whether the event at the new place says where it stood at the old one and before. */
const knowsWhere = ({ takenFrom = [] }: RecordedEvent, old: RecordedEvent): boolean =>
  takenFrom.join() === placesOf(old).join();

const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const textOf = ({
  id,
  stream,
  revision,
  type,
  recordedAt,
  data,
  metadata,
}: RecordedEvent): string => canonical({ id, stream, revision, type, recordedAt, data, metadata });

interface Piece {
  readonly page: readonly RecordedEvent[];
  readonly share: number;
}

/** The log from a position to its end, the next page being read while the last one is in hand. */
async function* pagesOf(
  store: EventStore,
  after: Position,
): AsyncGenerator<Piece, void, undefined> {
  const total = placeOf(await store.end());
  const read = async (from: Position) => store.readLog(from, { limit: PAGE });
  let next = read(after);
  for (;;) {
    const { events, scannedTo, atEnd } = await next;
    if (!atEnd) {
      next = read(scannedTo);
      // Asked for at the next turn; should whoever reads break off before, nobody else is to hear of it.
      next.catch(() => undefined);
    }
    yield { page: events, share: total === 0 ? 1 : Math.min(1, placeOf(scannedTo) / total) };
    if (atEnd) return;
  }
}

async function* eventsOf(
  store: EventStore,
  after: Position,
): AsyncGenerator<RecordedEvent, undefined, undefined> {
  for await (const { page } of pagesOf(store, after)) yield* page;
  return undefined;
}
