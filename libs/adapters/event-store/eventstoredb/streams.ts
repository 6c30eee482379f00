import type { Position, ReadStreamOptions, RecordedEvent } from '#kernel';
import { StoreError } from '#kernel';
import { invalid } from '../invalid';
import type { Connection } from './client';
import { recordedFrom } from './codec';
import type { KnownIds } from './known-ids';
import type { Event } from './records';
import type { Supervised } from './supervised';
import type { Volume } from './volume';

/** Events of a stream read at a time. */
const STRIDE = 1_000;
/** How often a stream is asked for events that must be there before it is said that they are not. */
const TRIES = 3;

/** Reading streams, and knowing the ids in them. */
export class Streams {
  constructor(
    private readonly server: Supervised,
    private readonly volume: Volume,
    private readonly ids: KnownIds,
  ) {}

  /** As `EventStore.readStream`. */
  async read(stream: string, options: ReadStreamOptions): Promise<readonly RecordedEvent[]> {
    const { direction = 'forwards', limit = Infinity, from } = options;
    if (from !== undefined) refuseUnlessCount('from', from);
    if (limit !== Infinity) refuseUnlessCount('limit', limit);
    if (limit === 0) return [];
    const backwards = direction === 'backwards';
    const events: RecordedEvent[] = [];
    let next = from;
    while (events.length < limit) {
      const want = Math.min(STRIDE, limit - events.length);
      const known = this.ids.next(stream) ?? Infinity;
      const read = await this.#part(stream, next, want, backwards);
      if (read === undefined) break;
      events.push(...read.map((event) => this.#recorded(event)));
      const last = read.at(-1);
      if (last === undefined) break;
      next = last.revision + (backwards ? -1 : 1);
      // A server that breaks off in good order leaves a short answer that looks like a whole one. It is a whole one where
      // it has all that this process knows of; of a stream it knows nothing of, the next answer has to be empty.
      if (backwards ? next < 0 : read.length < want && next >= known) break;
    }
    assertWhole(stream, events, { ...options, limit });
    if (!backwards) this.ids.add(stream, events);
    return events;
  }

  /** Reads what is not known yet of the ids of a stream. */
  async learn(stream: string): Promise<void> {
    for (;;) {
      const from = this.ids.next(stream) ?? 0;
      const read = await this.#part(stream, from, STRIDE, false);
      if (read === undefined) this.ids.empty(stream);
      if (read === undefined || read.length === 0) return;
      if (read[0]?.revision !== from) throw truncated(stream);
      this.ids.add(stream, read);
    }
  }

  async positionOf(stream: string, revision: number): Promise<Position> {
    const [event] = (await this.#part(stream, revision, 1, false)) ?? [];
    if (event?.revision !== revision) throw truncated(stream);
    return this.volume.positionOf(event.place);
  }

  /**
   * Some events of a stream; undefined when there is none of that name.
   * @throws StoreError 'damaged' when there is nothing where something must be.
   */
  async #part(
    stream: string,
    from: number | undefined,
    limit: number,
    backwards: boolean,
  ): Promise<readonly Event[] | undefined> {
    return this.server.until(`read ${stream}`, async (connection, tries) => {
      const known = this.ids.next(stream) ?? 0;
      const events = await this.#asked(connection, stream, { from, limit, backwards });
      if (events === undefined && known === 0) return { done: undefined };
      // A stream that is there has a first event and a last one, and those this process has seen.
      const first = from ?? (backwards ? Infinity : 0);
      const due = backwards ? first === Infinity : first < Math.max(1, known);
      if (!due || (events?.length ?? 0) > 0) return { done: events };
      if (tries + 1 >= TRIES) throw truncated(stream);
      return undefined;
    });
  }

  async #asked(
    connection: Connection,
    stream: string,
    { from, limit, backwards }: { from: number | undefined; limit: number; backwards: boolean },
  ): Promise<readonly Event[] | undefined> {
    const read = { stream, from: from ?? (backwards ? 'end' : 'start'), limit, backwards } as const;
    const events = await connection.readStream(read);
    if (events?.length !== 0 || !backwards || from === undefined) return events;
    // Behind the end, read backwards: some servers say nothing, so the end is asked for.
    const all = await connection.readStream({ ...read, from: 'end' });
    return all?.filter(({ revision }) => revision <= from);
  }

  #recorded(event: Event): RecordedEvent {
    const recorded = recordedFrom(event, this.volume.positionOf);
    if (recorded !== undefined) return recorded;
    throw new StoreError(
      'foreign',
      `Revision ${event.revision} of ${event.stream} was not written by Side by Side. Another program writes streams of the same name; give it a server of its own.`,
    );
  }
}

/** Revisions are counted without gaps; where one is missing, the server has thrown events away. */
function assertWhole(
  stream: string,
  events: readonly RecordedEvent[],
  { from, direction, limit = Infinity }: ReadStreamOptions,
): void {
  const backwards = direction === 'backwards';
  const step = backwards ? -1 : 1;
  const first = events[0]?.revision ?? 0;
  const whole =
    events.every(({ revision }, i) => revision === first + i * step) &&
    (events.length === 0 ||
      (backwards
        ? events.length >= limit || events.at(-1)?.revision === 0
        : first === (from ?? 0)));
  if (!whole) throw truncated(stream);
}

export const truncated = (stream: string): StoreError =>
  new StoreError(
    'damaged',
    `Events of ${stream} are missing: its history was deleted, truncated or scavenged on the server. The record is incomplete; restore the server's data from a backup, and let no retention be set on the streams of Side by Side.`,
  );

function refuseUnlessCount(name: string, value: number): void {
  if (Number.isSafeInteger(value) && value >= 0) return;
  throw invalid(`${name} must be a whole number of at least 0, not ${value}.`);
}
