import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { KIND, LogFile, type LogRecord } from './log-file';
import { DELETED, decoded, encoded, type Proposed, type Recorded } from './messages';

/** An event in memory: what is asked for often, and the bytes that readers get. */
export interface Stored {
  readonly position: number;
  readonly next: number;
  readonly stream: string;
  /** -1 for the record that closes a stream. */
  readonly revision: number;
  readonly id: string;
  readonly type: string;
  readonly created: number;
  readonly bytes: Buffer;
  /** Scavenged: no reader sees it again. */
  gone: boolean;
}

interface Stream {
  /** By revision. */
  readonly events: Stored[];
  /** Closed for good. */
  deleted: boolean;
}

export type Expected = number | 'any' | 'no-stream' | 'exists';

export type Outcome =
  /** `revision` is -1 and `position` undefined where there is none to tell. */
  | { readonly result: 'written'; readonly revision: number; readonly position: number | undefined }
  | { readonly result: 'wrong-version'; readonly current: number }
  | { readonly result: 'deleted' };

export interface StreamMetadata {
  readonly $maxCount?: number;
  readonly $maxAge?: number;
  readonly $tb?: number | string;
  readonly $acl?: Record<string, string | readonly string[]>;
}

/** As many ids as a real server keeps at hand are looked at for an append that expects no revision; older are forgotten. */
const REMEMBERED = 100_000;
/** `$tb` of a stream that was deleted, but may be written to again. JSON.parse rounds it up by one. */
const SOFTLY_DELETED = Number(DELETED);
export const metastreamOf = (stream: string): string => `$$${stream}`;

/**
 * Streams over one log, with the rules of EventStoreDB's writer and reader. Writing looks at what was written; reading
 * sees only what is on the disk.
 */
export class Store {
  readonly #streams = new Map<string, Stream>();
  readonly #all: Stored[] = [];
  /** Records that are no events: a position may point at them all the same. */
  readonly #others = new Set<number>();
  readonly #recent = new Map<string, { stream: string; revision: number }>();
  readonly #watchers = new Set<() => void>();
  #visible = 0;
  #log!: LogFile;
  /** The clock of this server, in milliseconds; a fault may make it jump. */
  now = (): number => Date.now();

  private constructor() {
    /* see open */
  }

  static async open(folder: string): Promise<Store> {
    mkdirSync(folder, { recursive: true });
    const store = new Store();
    const { log, records } = await LogFile.open(join(folder, 'events.log'), () => store.#reveal());
    store.#log = log;
    for (const record of records) store.#load(record);
    if (records.length === 0) await store.#found();
    // A server that starts tells so in its log: a record that is no event, and makes positions jump.
    const epoch = log.write(KIND.own, true, Buffer.from(JSON.stringify({ epoch: randomUUID() })));
    store.#others.add(epoch.position);
    await log.flushed();
    store.#reveal();
    return store;
  }

  async close(): Promise<void> {
    await this.#log.close();
  }

  /** Everything a reader may see, in the order of `$all`. */
  get all(): readonly Stored[] {
    return this.#all;
  }

  /** How many of `all` are on the disk. */
  get visible(): number {
    return this.#visible;
  }

  /** Position behind everything that is on the disk. */
  get end(): number {
    return this.#log.durable;
  }

  /** Calls back whenever more is visible, until the returned function is called. */
  watch(callback: () => void): () => void {
    this.#watchers.add(callback);
    return () => this.#watchers.delete(callback);
  }

  /** Resolves when what was written so far is on the disk and readers can see it. */
  async settled(): Promise<void> {
    await this.#log.flushed();
  }

  /** Index in `all` of the first event at or behind this position. */
  indexFrom(position: number): number {
    let [low, high] = [0, this.#all.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#all[middle]?.position ?? Infinity) < position) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Whether a record begins here, or the log ends before or here: elsewhere no reading can begin. */
  isBoundary(position: number): boolean {
    return (
      position >= this.end ||
      this.#others.has(position) ||
      this.#all[this.indexFrom(position)]?.position === position
    );
  }

  /** Writes, or says why not. What it says holds once `settled` has resolved. */
  append(name: string, expected: Expected, events: readonly Proposed[]): Outcome {
    const stream = this.#stream(name);
    const current = stream.events.length - 1;
    const known = this.#check(name, stream, expected, events);
    if (known !== undefined) return known;
    if (events.length === 0) {
      const record = this.#log.write(KIND.own, true, Buffer.from('{"empty":true}'));
      this.#others.add(record.position);
      return { result: 'written', revision: current, position: record.position };
    }
    const undelete = this.isSoftlyDeleted(name);
    let last: Stored | undefined;
    events.forEach((event, index) => {
      last = this.#write(name, String(current + 1 + index), event, index === events.length - 1);
    });
    if (undelete) this.#writeMetadata(name, { ...this.metadataOf(name), $tb: current + 1 });
    return { result: 'written', revision: stream.events.length - 1, position: last?.position };
  }

  /** Deletes softly: the stream reads as if it were not there, and the next append goes on behind what was. */
  delete(name: string, expected: Expected): Outcome {
    const stream = this.#stream(name);
    const known = this.#check(name, stream, expected, []);
    if (known !== undefined) return known;
    if (stream.events.length === 0 && this.#revisions(metastreamOf(name)) === 0) {
      return { result: 'wrong-version', current: -1 };
    }
    const { position } = this.#writeMetadata(name, `{"$tb":${DELETED}}`);
    return { result: 'written', revision: stream.events.length - 1, position };
  }

  /** Closes a stream for good. */
  tombstone(name: string, expected: Expected): Outcome {
    const known = this.#check(name, this.#stream(name), expected, []);
    if (known !== undefined) return known;
    const nothing = { json: false, data: new Uint8Array(), metadata: new Uint8Array() };
    const event = { id: randomUUID(), type: '$streamDeleted', ...nothing };
    const { position } = this.#write(name, DELETED, event, true);
    return { result: 'written', revision: -1, position };
  }

  /** What is readable of a stream: `from` is the first revision that its metadata leave, `last` the last, -1 for none. */
  readable(name: string): { events: readonly Stored[]; from: number; last: number } | 'deleted' {
    const stream = this.#streams.get(name);
    if (stream === undefined) return { events: [], from: 0, last: -1 };
    if (stream.deleted) return 'deleted';
    let last = stream.events.length - 1;
    while (last >= 0 && (stream.events[last]?.position ?? 0) >= this.end) last -= 1;
    if (this.isSoftlyDeleted(name)) return { events: stream.events, from: 0, last: -1 };
    return { events: stream.events, from: this.#firstLeft(name, stream.events, last), last };
  }

  metadataOf(name: string): StreamMetadata {
    const last = this.#streams.get(metastreamOf(name))?.events.at(-1);
    if (last === undefined) return {};
    try {
      return JSON.parse(Buffer.from(decoded(last.bytes).data).toString('utf8')) as StreamMetadata;
    } catch {
      return {};
    }
  }

  isSoftlyDeleted(name: string): boolean {
    return Number(this.metadataOf(name).$tb) >= SOFTLY_DELETED;
  }

  /** Takes away what metadata and tombstones have made unreadable, all but the last event of each stream. Resolves with how many. */
  async scavenge(): Promise<number> {
    await this.settled();
    const positions: number[] = [];
    for (const [name, { events, deleted }] of this.#streams) {
      const last = events.length - 1;
      const from = deleted ? events.length : this.#firstLeft(name, events, last);
      const until = deleted ? events.length : Math.min(from, last);
      for (const { position, gone } of events.slice(0, until)) if (!gone) positions.push(position);
    }
    const body = Buffer.from(JSON.stringify(positions));
    this.#load(this.#log.write(KIND.scavenge, true, body));
    await this.settled();
    return positions.length;
  }

  #stream(name: string): Stream {
    const stream = this.#streams.get(name) ?? { events: [], deleted: false };
    this.#streams.set(name, stream);
    return stream;
  }

  #revisions(name: string): number {
    return this.#streams.get(name)?.events.length ?? 0;
  }

  #firstLeft(name: string, events: readonly Stored[], last: number): number {
    // Of metadata only the newest count.
    const kept: StreamMetadata = name.startsWith('$$') ? { $maxCount: 1 } : this.metadataOf(name);
    const { $maxCount: count, $maxAge: age, $tb: before } = kept;
    let from = Math.max(0, count === undefined ? 0 : last - count + 1, Number(before ?? 0));
    if (age !== undefined) {
      const oldest = this.now() - age * 1000;
      while (from <= last && (events[from]?.created ?? 0) < oldest) from += 1;
    }
    while (from <= last && events[from]?.gone === true) from += 1;
    return from;
  }

  /** undefined: go on and write. */
  #check(
    name: string,
    stream: Stream,
    expected: Expected,
    events: readonly Proposed[],
  ): Outcome | undefined {
    const current = stream.events.length - 1;
    const wrong: Outcome = { result: 'wrong-version', current };
    if (stream.deleted) return { result: 'deleted' };
    if (expected === 'exists') {
      if (this.isSoftlyDeleted(name)) return { result: 'deleted' };
      if (current < 0 && this.#revisions(metastreamOf(name)) === 0) return wrong;
    }
    if (expected === 'any' || expected === 'exists')
      return this.#knownAnywhere(name, wrong, events);
    return this.#knownThere(name, stream, expected === 'no-stream' ? -1 : expected, events);
  }

  /** An append behind a revision is told from a repeated one by what stands there. */
  #knownThere(
    name: string,
    stream: Stream,
    at: number,
    events: readonly Proposed[],
  ): Outcome | undefined {
    const current = stream.events.length - 1;
    const wrong: Outcome = { result: 'wrong-version', current };
    if (at === current) return undefined;
    if (at > current || events.length === 0) return wrong;
    const other = events.findIndex(({ id }, index) => {
      const there = stream.events[at + 1 + index];
      return there?.id !== id || there.gone;
    });
    if (other === -1) return this.#again(name, at + events.length);
    // The first is another event: somebody else wrote. A later one: a batch that is repeated in part.
    return other === 0 && at === -1 && this.isSoftlyDeleted(name) ? undefined : wrong;
  }

  /** An append that expects no revision is told from a repeated one by the ids, as far as they are remembered. */
  #knownAnywhere(name: string, wrong: Outcome, events: readonly Proposed[]): Outcome | undefined {
    const found = events
      .map(({ id }) => this.#recent.get(id))
      .map((one) => one?.stream === name && one);
    const first = found[0];
    if (first === undefined || first === false) return undefined;
    const last = found.at(-1);
    if (found.includes(false) || last === undefined || last === false) return wrong;
    return this.#again(name, last.revision);
  }

  /** A repeated append answers as the first did; where the event can no longer be read, without a position. */
  #again(name: string, revision: number): Outcome {
    const event = this.#streams.get(name)?.events[revision];
    const left = this.readable(name);
    const readable = left !== 'deleted' && revision >= left.from && event?.gone === false;
    return { result: 'written', revision, position: readable ? event.position : undefined };
  }

  #writeMetadata(name: string, metadata: StreamMetadata | string): Stored {
    const text = typeof metadata === 'string' ? metadata : JSON.stringify(metadata);
    const revision = this.#stream(metastreamOf(name)).events.length;
    const event = { id: randomUUID(), type: '$metadata', json: true, metadata: new Uint8Array() };
    return this.#write(
      metastreamOf(name),
      String(revision),
      { ...event, data: Buffer.from(text) },
      true,
    );
  }

  #write(stream: string, revision: string, event: Proposed, last: boolean): Stored {
    const recorded = { ...event, stream, revision, created: this.now() };
    const record = this.#log.write(KIND.event, last, encoded(recorded, this.#log.end));
    return this.#index(record, recorded);
  }

  #index(record: LogRecord, event: Recorded): Stored {
    const { position, next, body } = record;
    const { id, type, created } = event;
    const revision = event.revision === DELETED ? -1 : Number(event.revision);
    const stored = { position, next, stream: event.stream, revision, id, type, created };
    const entry: Stored = { ...stored, bytes: body, gone: false };
    const stream = this.#stream(event.stream);
    if (revision === -1) stream.deleted = true;
    else stream.events[revision] = entry;
    this.#all.push(entry);
    this.#recent.set(id, { stream: event.stream, revision });
    for (const oldest of this.#recent.keys()) {
      if (this.#recent.size <= REMEMBERED) break;
      this.#recent.delete(oldest);
    }
    return entry;
  }

  #load(record: LogRecord): void {
    if (record.kind === KIND.event) this.#index(record, decoded(record.body));
    else this.#others.add(record.position);
    if (record.kind !== KIND.scavenge) return;
    const positions = new Set(JSON.parse(record.body.toString('utf8')) as number[]);
    for (const event of this.#all) if (positions.has(event.position)) event.gone = true;
  }

  /** What a new server writes before anybody comes: `$all` never begins with the first event of a client. */
  async #found(): Promise<void> {
    const first = this.#log.write(KIND.own, true, Buffer.from('{"log":"of the test server"}'));
    this.#others.add(first.position);
    const event = { json: true, metadata: new Uint8Array() };
    for (const user of ['admin', 'ops']) {
      const data = Buffer.from(JSON.stringify({ loginName: user, disabled: false }));
      this.append(`$user-${user}`, 'no-stream', [
        { ...event, id: randomUUID(), type: '$UserCreated', data },
      ]);
    }
    await this.settled();
  }

  #reveal(): void {
    const before = this.#visible;
    while ((this.#all[this.#visible]?.next ?? Infinity) <= this.end) this.#visible += 1;
    if (this.#visible > before) for (const watcher of this.#watchers) watcher();
  }
}
