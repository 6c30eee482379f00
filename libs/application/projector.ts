import { setImmediate } from 'node:timers/promises';
import type {
  AnyReadModel,
  DocumentVersion,
  EventStore,
  JsonObject,
  LogPage,
  Position,
  ReadStore,
} from '#kernel';
import type { EventCodec, ReadEvent } from './event-codec';

/** Documents kept in memory between pages, so that a school that is written to is not read back each time. */
const KEPT = 20_000;

/**
 * Events folded and written at a time. Twice as many are hardly faster, and their objects live long enough to be taken
 * for lasting ones, which costs 100 MB in a long rebuild (docs/bench).
 */
const PAGE = 500;

export interface Progress {
  readonly position: Position;
  readonly end: Position;
  /** Folded in this page. */
  readonly events: number;
}

/**
 * Folds pages of the log into versions of documents, in one generation. Deterministic: the same log gives the same
 * versions under the same keys, so that writing a page twice, or from two workers at once, changes nothing.
 */
export class Projector {
  private readonly kept = new Map<string, JsonObject | null>();
  /** Where what is kept stands; undefined while a page is being folded, and after one that failed. */
  private stands: Position | undefined;
  private readonly touching = new Map<string, readonly AnyReadModel[]>();

  constructor(
    private readonly events: EventStore,
    private readonly documents: ReadStore,
    private readonly codec: EventCodec,
    readonly models: readonly AnyReadModel[],
    readonly generation: string,
  ) {}

  /** Follows the log until the signal. Throws what the stores throw, and for an event it cannot fold. */
  async follow(signal: AbortSignal, seen?: (position: Position) => void): Promise<void> {
    const after = await this.goingOn();
    for await (const page of this.events.subscribe({ after, pageSize: PAGE, signal })) {
      await this.write(page, page.scannedTo);
      seen?.(page.scannedTo);
    }
  }

  /** Comes up to where the log ends now, and stops there. After each page it waits for `progress`, which may slow it. */
  async catchUp(progress?: (made: Progress) => unknown): Promise<Position> {
    const end = await this.events.end();
    let at = await this.goingOn();
    while (at < end) {
      const page = await this.events.readLog(at, { limit: PAGE });
      await this.write(page, page.scannedTo);
      at = page.scannedTo;
      await progress?.({ position: at, end, events: page.events.length });
    }
    return at;
  }

  /** Where the generation stands; somebody else may have brought it further than what is kept here knows of. */
  private async goingOn(): Promise<Position> {
    const checkpoint = await this.documents.checkpoint(this.generation);
    if (this.stands !== checkpoint) this.kept.clear();
    return checkpoint;
  }

  private async write(page: LogPage, scannedTo: Position): Promise<void> {
    this.stands = undefined;
    const versions: DocumentVersion[] = [];
    const events = page.events.map((event) => this.codec.fromStore(event));
    await this.bringIn(events);
    for (const event of events) this.fold(event, versions);
    await this.documents.writePage(this.generation, versions, scannedTo);
    // The embedded stores work in this thread: let those who ask have their turn between two pages.
    await setImmediate();
    if (this.kept.size > KEPT) this.kept.clear();
    this.stands = scannedTo;
  }

  /** Reads the documents a page touches that are not at hand, as they stood before the page. */
  private async bringIn(events: readonly ReadEvent[]): Promise<void> {
    const first = events[0];
    if (first === undefined) return;
    const wanted = new Map<string, Set<string>>();
    for (const event of events) {
      for (const model of this.modelsFor(event.type)) {
        const touch = model.touches[event.type];
        if (touch === undefined || touch.opens === true) continue;
        for (const key of touch.keys(event as never)) {
          if (this.kept.has(`${model.name} ${key}`)) continue;
          let keys = wanted.get(model.name);
          if (keys === undefined) wanted.set(model.name, (keys = new Set()));
          keys.add(key);
        }
      }
    }
    for (const [collection, set] of wanted) {
      const keys = [...set];
      const before = (first.position - 1) as Position;
      const found = await this.documents.latest(this.generation, collection, keys, before);
      keys.forEach((key, i) => this.kept.set(`${collection} ${key}`, found[i]?.body ?? null));
    }
  }

  private fold(event: ReadEvent, versions: DocumentVersion[]): void {
    for (const model of this.modelsFor(event.type)) {
      const touch = model.touches[event.type];
      if (touch === undefined) continue;
      for (const key of touch.keys(event as never)) {
        const at = `${model.name} ${key}`;
        const before = touch.opens === true ? null : (this.kept.get(at) ?? null);
        const after = (touch.on((before ?? undefined) as never, event as never, key) ??
          null) as JsonObject | null;
        if (after === before) continue;
        // What is opened is kept only where another event of the page goes on with it: rows of a feed would fill the memory.
        if (touch.opens !== true || this.kept.has(at)) this.kept.set(at, after);
        versions.push({ collection: model.name, key, knownFrom: event.position, body: after });
      }
    }
  }

  private modelsFor(type: string): readonly AnyReadModel[] {
    let models = this.touching.get(type);
    if (models === undefined) {
      models = this.models.filter((model) => model.touches[type] !== undefined);
      this.touching.set(type, models);
    }
    return models;
  }
}
