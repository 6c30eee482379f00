import type { Appended, AppendRefused, ExpectedRevision, NewEvent, Position } from '#kernel';
import { StoreError } from '#kernel';
import type { AppendRequest } from '../append-request';
import { appendRequest } from '../append-request';
import { invalid } from '../invalid';
import { isOfTheLog, keptOf, OWN } from './codec';
import type { KnownIds } from './known-ids';
import type { Streams } from './streams';
import { truncated } from './streams';
import type { Supervised } from './supervised';
import type { Tail } from './tail';
import { Trouble } from './trouble';
import type { Volume } from './volume';

/** Bytes that one append may bring: the server takes 1 MiB, with names and ids. */
const MAX_APPEND = 1_000_000;

export interface Written {
  /** Of the last event. */
  readonly position: Position;
  /** These very events stood there before. */
  readonly repeated: boolean;
}

/** Appending, so that what is asked for again is there once. */
export class Writing {
  constructor(
    private readonly server: Supervised,
    private readonly volume: Volume,
    private readonly ids: KnownIds,
    private readonly streams: Streams,
    private readonly tail: () => Tail | undefined,
    /** The time of what is recorded now. */
    private readonly now: () => string,
  ) {}

  /** An append that was checked. A stream's appends go one after another: see to it before calling. */
  async append(request: AppendRequest): Promise<Appended | AppendRefused> {
    const { stream, expected, events } = request;
    for (;;) {
      const known = this.ids.next(stream);
      // All ids of the stream have to be known, up to where the writer believes it to end.
      if (known === undefined ? expected !== -1 : expected !== 'any' && expected >= known)
        await this.streams.learn(stream);
      const standing = this.ids.standing(request);
      if (standing.is === 'elsewhere') {
        const { id, revision, stream: there } = standing;
        return { appended: false, reason: 'id-taken', id, stream: there, revision };
      }
      if (standing.is === 'here') {
        const position = await this.streams.positionOf(stream, standing.revision);
        return { appended: true, revision: standing.revision, position, repeated: true };
      }
      const behind = expected === 'any' ? (this.ids.next(stream) ?? 0) - 1 : expected;
      const answer = await this.write(stream, behind, events, () => this.#stamped(events));
      if (answer !== 'conflict')
        return { appended: true, revision: behind + events.length, ...answer };
      await this.streams.learn(stream);
      if (expected === 'any' || this.ids.standing(request).is !== 'new') continue;
      return { appended: false, reason: 'conflict', actual: (this.ids.next(stream) ?? 0) - 1 };
    }
  }

  /**
   * Writes events behind a revision. Where an answer is lost the same events are sent again to the same place, which
   * writes them once however often it is done, until the outcome is known or patience runs out. `asSent` is asked each time:
   * what is written late is to be recorded with a late time, and of what was written the first time is kept.
   */
  async write(
    stream: string,
    behind: number,
    events: AppendRequest['events'],
    asSent = (): AppendRequest['events'] => events,
  ): Promise<Written | 'conflict'> {
    const last = behind + events.length;
    // What is written from now on stands behind this.
    const end = Math.max(this.tail()?.at ?? 0, this.tail()?.last ?? 0);
    const settled = this.server.until(`append to ${stream}`, async (connection, tries) => {
      const written = await connection.append(stream, behind, asSent());
      if (written !== 'conflict') return { done: written };
      // An earlier try may have written them after all, and others gone on behind.
      const there = tries > 0 && (await this.#stand(stream, behind, events));
      return { done: there === false ? ('conflict' as const) : { place: there, revision: last } };
    });
    const answer = await settled.catch(notKnown);
    if (answer === 'conflict') return answer;
    // A stream that was deleted takes events as a new one does, and counts on from where it was.
    if (answer.revision !== last) throw truncated(stream);
    this.ids.add(
      stream,
      events.map(({ id }, i) => ({ id, revision: behind + 1 + i })),
    );
    // A repeat may be answered without a place.
    const place = Number.isNaN(answer.place)
      ? this.volume.placeOf(await this.streams.positionOf(stream, last))
      : answer.place;
    this.tail()?.wrote(place);
    return { position: this.volume.positionOf(place), repeated: place <= end };
  }

  #stamped(events: AppendRequest['events']): AppendRequest['events'] {
    const recordedAt = this.now();
    return events.map((event) => ({ ...event, metadata: keptOf(recordedAt, event.metadata) }));
  }

  /** The place of the last of these events when they all stand behind this revision; false when others do. */
  async #stand(
    stream: string,
    behind: number,
    events: AppendRequest['events'],
  ): Promise<number | false> {
    const read = { stream, from: behind + 1, limit: events.length };
    const there = (await this.server.now.readStream(read)) ?? [];
    const same = there.length === events.length && there.every(({ id }, i) => id === events[i]?.id);
    return same ? (there.at(-1)?.place ?? false) : false;
  }
}

/** Patience ran out before the outcome was known. */
function notKnown(error: unknown): never {
  if (!(error instanceof StoreError) || error.code !== 'unavailable') throw error;
  if (error.cause instanceof Trouble && error.cause.why !== 'passing') throw error;
  throw new StoreError(
    error.code,
    `${error.message} Whether the events were written is not known. Append the very same again, with the same ids at the same expected revision: they are there once, however often.`,
    { cause: error.cause },
  );
}

/** As `appendRequest`, with what only this server minds. @throws StoreError 'invalid' */
export function checkedAppend(
  stream: string,
  expected: ExpectedRevision,
  events: readonly NewEvent[],
): AppendRequest {
  const request = appendRequest(stream, expected, events);
  if (!isOfTheLog({ stream }))
    throw invalid(
      `${stream} cannot be written: names that begin with "$" are the server's, and with "${OWN}" the adapter's.`,
    );
  const size = request.events.reduce(
    (sum, { type, data, metadata }) =>
      sum + type.length + Buffer.byteLength(data) + Buffer.byteLength(metadata) + 400,
    0,
  );
  if (size > MAX_APPEND)
    throw invalid(
      `An append to ${stream} brings ${size} bytes; at most ${MAX_APPEND} fit. Split it.`,
    );
  return request;
}
