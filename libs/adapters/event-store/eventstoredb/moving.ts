import type { LogIdentity, Position, RecordedEvent } from '#kernel';
import { START, StoreError, volumeOf } from '#kernel';
import type { AppendRequest } from '../append-request';
import { appendRequest } from '../append-request';
import { assertIdentity, assertOrder, timeOf } from '../history';
import { invalid } from '../invalid';
import { isOfTheLog, keptOf, OWN, recordedFrom } from './codec';
import type { Log, Time } from './log';
import { strides } from './log';
import { Marks } from './marks';
import type { Supervised } from './supervised';
import type { Volume } from './volume';
import { sameLog } from './volume';
import type { Written } from './writing';

/** Characters of one append at most; the server takes 1 MiB. */
const MAX_APPEND = 900_000;

/** Where the first event of a page that was taken over stands, and where it stood in each earlier volume. */
interface Move {
  readonly place: number;
  readonly stood: readonly Position[];
}

export interface Writing {
  /** Writes events behind a revision of a stream, once however often. */
  readonly write: (
    stream: string,
    behind: number,
    events: AppendRequest['events'],
  ) => Promise<Written | 'conflict'>;
  readonly mark: (time: Time) => Promise<void>;
  /** How many events a stream has; all their ids are known then. */
  readonly lengthOf: (stream: string) => Promise<number>;
  /** Whether an id is known to stand in a stream. */
  readonly has: (stream: string, id: string) => boolean;
}

interface Taken {
  /** The last event's position at the source. */
  readonly position: Position;
  readonly event: RecordedEvent | undefined;
}

/** Taking over the history of another store, and understanding the positions it gave out. */
export class Moving {
  readonly #moves: Marks<Move>;
  #taken: Taken | undefined;

  constructor(
    private readonly server: Supervised,
    private readonly volume: Volume,
    private readonly log: Log,
    private readonly writing: Writing,
  ) {
    this.#moves = new Marks<Move>(server, `${OWN}moves`);
  }

  /** As `EventStore.takeOver`. A page is checked whole before anything of it is written. */
  async takeOver(from: LogIdentity, events: readonly RecordedEvent[]): Promise<Position> {
    try {
      return await this.#takeOver(from, events);
    } catch (error) {
      // How far it came is to be looked for in the store.
      this.#taken = undefined;
      throw error;
    }
  }

  async #takeOver(from: LogIdentity, events: readonly RecordedEvent[]): Promise<Position> {
    assertIdentity(from);
    assertOrder(from, events);
    await this.#begin(from);
    const taken = await this.takenOver();
    await this.#assertNothingBehind(taken);
    const fresh = events.findIndex(({ position }) => position > taken.position);
    await this.#assertHere(fresh === -1 ? events : events.slice(0, fresh));
    if (fresh === -1) return taken.position;
    const news = events.slice(fresh);
    const runs = await this.#checked(news, taken.event);
    let first: Position | undefined;
    for (const run of runs) {
      const answer = await this.writing.write(run.stream, run.behind, run.events);
      if (answer === 'conflict')
        throw new StoreError(
          'foreign',
          `Somebody else writes to ${run.stream} while a history is taken over. Stop what runs on this store, and begin with an empty one.`,
        );
      this.#taken = {
        position: run.last.position,
        event: { ...run.last, position: answer.position },
      };
      first ??= await this.#placeOfFirst(run.stream, run.behind + 1);
    }
    await this.#signpost(news, first);
    return news.at(-1)?.position ?? taken.position;
  }

  /** The last event that was taken over, as this store has it. */
  async takenOver(): Promise<Taken> {
    if (this.#taken !== undefined) return this.#taken;
    const nothing = { position: START, event: undefined };
    if (this.volume.identity.volume === 0) return nothing;
    const mark = await this.#moves.before(() => true);
    let found: Taken = nothing;
    for await (const event of this.#from(mark?.place ?? 0)) {
      const [position] = event.takenFrom ?? [];
      if (position === undefined) break;
      found = { position, event };
    }
    this.#taken = found;
    return found;
  }

  /** As `EventStore.translated`. */
  async translated(position: Position): Promise<Position | undefined> {
    const own = this.volume.identity.volume;
    const asked = volumeOf(position);
    if (position === START || asked === own) return position;
    if (asked > own) return undefined;
    const stoodAt = (stood: readonly Position[] | undefined): Position | undefined =>
      stood?.find((one) => volumeOf(one) === asked);
    const isBefore = (stood: readonly Position[] | undefined): boolean =>
      (stoodAt(stood) ?? Infinity) <= position;
    const mark = await this.#moves.before(({ stood }) => isBefore(stood));
    let found: Position | undefined;
    let knows = asked === own - 1;
    for await (const event of this.#from(mark?.place ?? 0)) {
      knows ||= stoodAt(event.takenFrom) !== undefined;
      if (!isBefore(event.takenFrom)) break;
      found = event.position;
    }
    return found ?? (knows ? START : undefined);
  }

  /** Events of the log from a place on, the one there included. */
  async *#from(place: number): AsyncGenerator<RecordedEvent> {
    if (place > 0) {
      const [at] = await this.server.again('read the log', (connection) =>
        connection.readAll({ from: place, limit: 1 }),
      );
      if (at?.place === place && isOfTheLog(at)) {
        const recorded = recordedFrom(at, this.volume.positionOf);
        if (recorded !== undefined) yield recorded;
      }
    }
    let after = this.volume.positionOf(place);
    for (const stride of strides()) {
      const page = await this.log.page(after, {}, stride);
      yield* page.events;
      if (page.atEnd) return;
      after = page.scannedTo;
    }
  }

  async #begin(from: LogIdentity): Promise<void> {
    const next = { id: from.id, volume: from.volume + 1 };
    const own = await this.volume.read();
    if (sameLog(own, next)) return;
    if (own.volume > 0 || (await this.log.end()) !== START) {
      throw new StoreError(
        'foreign',
        `EventStoreDB at ${this.server.called} holds ${own.volume > 0 ? `volume ${own.volume} of the log ${own.id}` : 'events of its own'}, so it ` +
          `cannot become volume ${next.volume} of the log ${next.id}. Move the history into a server that holds nothing yet.`,
      );
    }
    await this.volume.become(next);
    this.#taken = undefined;
  }

  async #assertNothingBehind({ event }: Taken): Promise<void> {
    if ((await this.log.end()) === (event?.position ?? START)) return;
    throw new StoreError(
      'foreign',
      `EventStoreDB at ${this.server.called} has gone on by itself since it took over a history, so nothing more can come from there. ` +
        'To move the history once more, move it into a server that holds nothing yet.',
    );
  }

  /** What was taken over before must be these very events: two stores may call themselves the same volume of a log. */
  async #assertHere(events: readonly RecordedEvent[]): Promise<void> {
    for (const { id, stream, revision, position } of events) {
      const [there] =
        (await this.server.again(`read ${stream}`, (connection) =>
          connection.readStream({ stream, from: revision, limit: 1 }),
        )) ?? [];
      if (there?.id === id) continue;
      throw invalid(
        `The event ${id} at position ${position} is not the one that was taken over from there. The histories ` +
          'have gone different ways; find out which one is right before anything is moved.',
      );
    }
  }

  /** The events as they will be written, in runs of one stream; throws before anything is when one does not fit. */
  async #checked(
    events: readonly RecordedEvent[],
    before: RecordedEvent | undefined,
  ): Promise<readonly Run[]> {
    const next = new Map<string, number>();
    const ids = new Set<string>();
    const runs: Run[] = [];
    let latest = before === undefined ? 0 : Date.parse(before.recordedAt);
    for (const event of events) {
      const { stream, revision, id, recordedAt, position, takenFrom = [] } = event;
      const [stored] = appendRequest(stream, 'any', [event]).events;
      if (stored === undefined) continue;
      const wanted = next.get(stream) ?? (await this.writing.lengthOf(stream));
      next.set(stream, wanted + 1);
      if (revision !== wanted)
        throw invalid(
          `${stream} has its revision ${wanted} to come, and was given revision ${revision}.`,
        );
      if (ids.has(id) || this.writing.has(stream, id))
        throw invalid(`The id ${id} of revision ${revision} of ${stream} stands twice.`);
      ids.add(id);
      latest = timeOf(event, latest);
      const metadata = keptOf(recordedAt, stored.metadata, [position, ...takenFrom]);
      const size = stored.data.length + metadata.length;
      const run = runs.at(-1);
      if (run?.stream === stream && run.size + size < MAX_APPEND) {
        run.events.push({ ...stored, metadata });
        run.size += size;
        run.last = event;
      } else {
        runs.push({
          stream,
          behind: revision - 1,
          events: [{ ...stored, metadata }],
          size,
          last: event,
        });
      }
    }
    return runs;
  }

  async #placeOfFirst(stream: string, revision: number): Promise<Position> {
    const [first] =
      (await this.server.again(`read ${stream}`, (connection) =>
        connection.readStream({ stream, from: revision, limit: 1 }),
      )) ?? [];
    return this.volume.positionOf(first?.place ?? 0);
  }

  async #signpost(news: readonly RecordedEvent[], first: Position | undefined): Promise<void> {
    const [begin] = news;
    if (begin === undefined || first === undefined) return;
    const place = this.volume.placeOf(first);
    await this.#moves.put({ place, stood: [begin.position, ...(begin.takenFrom ?? [])] });
    await this.writing.mark({ place, recordedAt: begin.recordedAt });
  }
}

interface Run {
  readonly stream: string;
  readonly behind: number;
  readonly events: AppendRequest['events'][number][];
  size: number;
  last: RecordedEvent;
}
