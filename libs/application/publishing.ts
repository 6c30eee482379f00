import { hash } from 'node:crypto';
import { once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import type {
  ChainEnd,
  EventStore,
  JsonObject,
  Message,
  OutgoingMessage,
  Position,
  Publisher,
  Resumption,
} from '#kernel';
import { START, StoreError } from '#kernel';
import { envelopeOf, readSnapshot, snapshotText, stateAfter, toMessages } from '#streams';
import type { EventCodec, ReadEvent } from './event-codec';
import { pause } from './follower';

/** Events read, told and sent at a time. */
const PAGE = 500;
/** What happens within so many milliseconds goes out together: with one flush to disk, or as one batch over the net. */
const TOGETHER = 20;
/** The ends of the chains go out after so many messages, and at the latest so many milliseconds after a message. */
const BETWEEN_ENDS = 5_000;
const ENDS_WITHIN = 500;

/**
 * Tells the outside what happened: makes messages of the events of the log, links them into chains, and hands them to the
 * publisher. Where it stands is asked of the outside each time it begins; nothing about it is kept here.
 */
export class Publishing {
  private reached: Position = START;
  /** While it stands, nobody is told anything. */
  private resting: Promise<void> | undefined;

  constructor(
    private readonly events: EventStore,
    private readonly publisher: Publisher,
    private readonly codec: EventCodec,
  ) {}

  /** Where it stands while it runs: every event up to here has been told. START where another process does it. */
  get position(): Position {
    return this.reached;
  }

  /** What `work` brings is told when it has ended, in full pages: for a long one that nobody outside waits for. */
  async afterwards<T>(work: () => Promise<T>): Promise<T> {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    this.resting = promise;
    try {
      return await work();
    } finally {
      this.resting = undefined;
      resolve(undefined);
    }
  }

  /**
   * Follows the log until the signal. Throws what the stores throw; begun again it goes on where the outside stands.
   * @throws StoreError 'foreign' when what stands outside was not told from this log.
   */
  async follow(signal: AbortSignal, seen?: () => void): Promise<void> {
    const found = await this.publisher.resume();
    const { id } = await this.events.identity();
    const after = await this.here(found.after);
    const chains = new Chains(`urn:side-by-side:${id}`, await this.endsHere(found));
    this.reached = after;
    const failed = new AbortController();
    const handing = new Handing(this.publisher, chains, after, (upTo) => {
      this.reached = upTo;
      seen?.();
    });
    // Noticed where nothing more comes, too: then nobody would ask what became of the last batch.
    handing.onFailure(() => {
      failed.abort();
    });
    const until = AbortSignal.any([signal, failed.signal]);
    try {
      for await (const page of this.events.subscribe({ after, pageSize: PAGE, signal: until })) {
        if (this.resting !== undefined) {
          if (!until.aborted) await Promise.race([this.resting, once(until, 'abort')]);
          if (until.aborted) break;
        }
        const messages: OutgoingMessage[] = [];
        handing.begin();
        for (const recorded of page.events)
          chains.tell(this.codec.fromStore(recorded), (message) => messages.push(message));
        chains.assertMet(page.scannedTo);
        // While one page is on its way the next is read and told.
        await handing.done();
        handing.hand(messages, page.scannedTo);
        // The embedded stores work in this thread: let those who ask have their turn between two pages.
        await (page.events.length < PAGE ? pause(TOGETHER, until) : setImmediate());
      }
      handing.finish();
      await handing.done();
    } finally {
      // Whoever goes on asks for the place anew, which is to be found only when nothing is on its way any more.
      await handing.settled();
      this.reached = START;
    }
  }

  /** A place that stands outside, as a place of this log: it may have moved since. */
  private async here(position: Position): Promise<Position> {
    const here = await this.events.translated(position);
    if (here !== undefined && here <= (await this.events.end())) return here;
    throw new StoreError(
      'foreign',
      'Messages stand outside that tell of events this log does not have. If it was put back from a backup, put the newest one back; if it is another log, give its messages topics or a folder of their own (KAFKA_TOPIC_PREFIX, DATA_DIR).',
    );
  }

  /** The ends of the chains with their places in this log. Those up to `after` are behind us wherever they stand. */
  private async endsHere({ after, ends }: Resumption): Promise<readonly ChainEnd[]> {
    return Promise.all(
      ends.map(async (end) =>
        end.position <= after
          ? { ...end, position: START }
          : { ...end, position: await this.here(end.position) },
      ),
    );
  }
}

/**
 * Hands batches to the publisher one after another. The ends of the chains come a little behind the messages, so that a
 * message never waits for the ends of the one before it.
 */
class Handing {
  private sending = Promise.resolve();
  private timer: NodeJS.Timeout | undefined;
  /** Between telling a page and handing it over, the chains are ahead of what was handed over. */
  private isTelling = false;
  private isDue = false;
  private failure: () => void = () => undefined;

  constructor(
    private readonly publisher: Publisher,
    private readonly chains: Chains,
    private upTo: Position,
    private readonly told: (upTo: Position) => void,
  ) {}

  onFailure(notice: () => void): void {
    this.failure = notice;
  }

  begin(): void {
    this.isTelling = true;
  }

  hand(messages: readonly OutgoingMessage[], upTo: Position): void {
    this.isTelling = false;
    this.upTo = upTo;
    const { untaken } = this.chains;
    if (untaken === 0 || untaken >= BETWEEN_ENDS || this.isDue) this.send(messages, true);
    else {
      this.send(messages, false);
      this.timer ??= setTimeout(() => {
        this.timer = undefined;
        if (this.isTelling) this.isDue = true;
        else this.send([], true);
      }, ENDS_WITHIN);
    }
  }

  /** Hands over the ends that are still due, unless a batch has failed. */
  finish(): void {
    if (this.chains.untaken > 0 && !this.isTelling) this.send([], true);
  }

  /** Resolves when everything that was handed over is confirmed; throws when it could not be. */
  done(): Promise<void> {
    return this.sending;
  }

  async settled(): Promise<void> {
    clearTimeout(this.timer);
    await this.sending.catch(() => undefined);
  }

  private send(messages: readonly OutgoingMessage[], withEnds: boolean): void {
    const { upTo } = this;
    const batch = { messages, upTo, ...(withEnds ? { ends: this.chains.taken() } : {}) };
    if (withEnds) {
      clearTimeout(this.timer);
      this.timer = undefined;
      this.isDue = false;
    }
    // After one that failed none follows: its outcome is not known.
    this.sending = this.sending.then(async () => {
      await this.publisher.publish(batch);
      this.told(upTo);
    });
    this.sending.catch(() => {
      this.failure();
    });
  }
}

/** How far the chain of one audience and key has come. */
interface Chain {
  sequence: number;
  hash: string;
  /** Of the last event that is told in it; START where that lies behind us. */
  position: Position;
  /** What is known of the key; undefined where nothing is kept of it. */
  known: JsonObject | undefined;
  /** The last message since the ends were taken; `undefined`: it has not grown since. */
  last: OutgoingMessage | undefined;
}

/** All chains, and the messages that were linked to them since their ends were last handed over. */
class Chains {
  private readonly chains = new Map<string, Chain>();
  private readonly grown = new Set<Chain>();
  /** Messages at which chains stood outside already, by their place: they must come by, and be those. */
  private readonly due = new Map<Position, Set<string>>();
  /** Messages since the ends were last taken. */
  untaken = 0;

  constructor(
    private readonly source: string,
    ends: readonly ChainEnd[],
  ) {
    for (const { audience, key, sequence, hash, position, id, snapshot } of ends) {
      if (position !== START) this.due.set(position, (this.due.get(position) ?? new Set()).add(id));
      this.chains.set(`${audience} ${key}`, {
        sequence,
        hash,
        position,
        known: snapshot === null ? undefined : readSnapshot(snapshot).state,
        last: undefined,
      });
    }
  }

  /** The messages of an event, but for those that stand outside with the ends of their chains. */
  tell(event: ReadEvent, each: (message: OutgoingMessage) => void): void {
    const messages = toMessages(event);
    const due = this.due.size === 0 ? undefined : this.due.get(event.position);
    if (due !== undefined) {
      const ids = messages.map(({ id }) => id);
      if ([...due].some((id) => !ids.includes(id))) throw anotherLog();
      this.due.delete(event.position);
    }
    for (const message of messages) {
      const name = `${message.audience} ${message.key}`;
      let chain = this.chains.get(name);
      if (chain === undefined) {
        chain = { sequence: 0, hash: '', position: START, known: undefined, last: undefined };
        this.chains.set(name, chain);
      }
      if (event.position > chain.position) each(this.linked(message, chain));
    }
  }

  /** Throws when an event that stands outside should have come by up to here and has not. */
  assertMet(upTo: Position): void {
    for (const position of this.due.keys()) if (position <= upTo) throw anotherLog();
  }

  /** The ends of the chains that have grown since this was last asked. */
  taken(): readonly ChainEnd[] {
    const ends: ChainEnd[] = [];
    for (const chain of this.grown) {
      const { last, sequence, hash, known } = chain;
      if (last === undefined) continue;
      const { audience, key, position, id } = last;
      const snapshot = known === undefined ? null : snapshotText(this.source, last, known);
      ends.push({ audience, key, sequence, hash, position, id, snapshot });
      chain.last = undefined;
    }
    this.grown.clear();
    this.untaken = 0;
    return ends;
  }

  private linked(message: Message, chain: Chain): OutgoingMessage {
    const link = { sequence: chain.sequence + 1, previousHash: chain.hash };
    const { hashed, textWith } = envelopeOf(this.source, message, link);
    const digest = hash('sha256', hashed);
    const outgoing = { ...message, ...link, hash: digest, text: textWith(digest) };
    const known = stateAfter(chain.known, message);
    // After a key's end nothing is kept of it, its place in the chain neither: what follows begins anew.
    chain.sequence = known === null ? 0 : link.sequence;
    chain.hash = known === null ? '' : digest;
    chain.known = known ?? undefined;
    chain.last = outgoing;
    this.grown.add(chain);
    this.untaken++;
    return outgoing;
  }
}

const anotherLog = (): StoreError =>
  new StoreError(
    'foreign',
    'Messages stand outside that tell of other events than this log has at their places: it is another log, or was put back from a backup and has gone on. Give its messages topics or a folder of their own (KAFKA_TOPIC_PREFIX, DATA_DIR).',
  );
