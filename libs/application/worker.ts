import { Inject, Injectable } from '@nestjs/common';
import type { EventStore, Position, ReadStore } from '#kernel';
import { START } from '#kernel';
import type { Clock, Log } from '#platform';
import { Catalogue } from './catalogue';
import { EventCodec } from './event-codec';
import { CLOCK, EVENT_STORE, LOG, READ_STORE } from './ports';
import type { Progress } from './projector';
import { Projector } from './projector';
import { Reactor } from './reactor';

/** How far something that follows the log has come. */
export interface Lag {
  readonly name: string;
  readonly position: Position;
  readonly behindEvents: number;
  /** Age of the oldest event it has not come to, in seconds; 0 when there is none. */
  readonly behindSeconds: number;
  /** What stopped it, if it stands still. */
  readonly fault?: string;
}

const FIRST = 'g1';

/** Keeps the projector and the reactor going: starts them, starts them again after a fault, says how far they are. */
@Injectable()
export class Worker {
  private stopping = new AbortController();
  private projecting = new AbortController();
  private running: Promise<unknown> = Promise.resolve();
  private projection: Promise<void> = Promise.resolve();
  /** What stopped a follower, by its name, while it stands still. */
  readonly faults = new Map<string, string>();

  constructor(
    @Inject(EVENT_STORE) private readonly events: EventStore,
    @Inject(READ_STORE) private readonly documents: ReadStore,
    @Inject(Catalogue) private readonly catalogue: Catalogue,
    @Inject(EventCodec) private readonly codec: EventCodec,
    @Inject(Reactor) private readonly reactor: Reactor,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOG) private readonly log: Log,
  ) {}

  async start(): Promise<void> {
    if ((await this.active()) === undefined) {
      await this.documents.writePage(FIRST, [], START);
      await this.documents.activate(FIRST);
    }
    this.running = Promise.all([
      this.keepGoing('projector', () => this.project()),
      this.keepGoing('reactor', (signal) =>
        this.reactor.follow(signal, () => this.faults.delete('reactor')),
      ),
    ]);
  }

  /** Ends both where they stand; what they had finished is recorded, the rest is done again after the next start. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.projecting.abort();
    await this.running;
  }

  async lags(): Promise<readonly Lag[]> {
    return [
      await this.lag('projector', await this.documents.checkpoint()),
      await this.lag('reactor', this.reactor.position),
    ];
  }

  /**
   * Builds every read model anew from the log beside the present ones, then makes the new ones the ones people see.
   * Readers notice nothing; the old ones are dropped at the end.
   */
  async rebuild(
    progress: (made: Progress) => void,
  ): Promise<{ events: number; generation: string }> {
    const before = await this.active();
    const names = (await this.documents.generations()).map(
      ({ name }) => Number(name.slice(1)) || 0,
    );
    const generation = `g${Math.max(0, ...names) + 1}`;
    const green = this.projector(generation);
    let at = await green.catchUp(progress);
    // What was appended meanwhile, until the two meet.
    while (at < (await this.documents.checkpoint())) at = await green.catchUp(progress);
    await this.documents.activate(generation);
    this.projecting.abort();
    // Not before the old one has had its last page: it would write itself anew.
    await this.projection.catch(() => undefined);
    if (before !== undefined) await this.documents.drop(before);
    return { events: at, generation };
  }

  private async active(): Promise<string | undefined> {
    return (await this.documents.generations()).find(({ active }) => active)?.name;
  }

  private projector(generation: string): Projector {
    return new Projector(
      this.events,
      this.documents,
      this.codec,
      this.catalogue.readModels,
      generation,
    );
  }

  /** Follows the log into the active generation; ends when another becomes active, to be started on that one. */
  private async project(): Promise<void> {
    this.projecting = new AbortController();
    if (this.stopping.signal.aborted) return;
    const projector = this.projector((await this.active()) ?? FIRST);
    this.projection = projector.follow(this.projecting.signal, () =>
      this.faults.delete('projector'),
    );
    await this.projection;
  }

  private async keepGoing(
    name: string,
    follow: (signal: AbortSignal) => Promise<void>,
  ): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      try {
        await follow(signal);
      } catch (error) {
        // Never past what cannot be handled: it stands still, says so on the health page, and tries again.
        const fault = error instanceof Error ? error.message : String(error);
        if (this.faults.get(name) !== fault)
          this.log.error({ follower: name, err: error }, 'follower stopped');
        this.faults.set(name, fault);
        await pause(1000, signal);
      }
    }
  }

  private async lag(name: string, position: Position): Promise<Lag> {
    const next = (await this.events.readLog(position, { limit: 1 })).events[0];
    const end = next === undefined ? position : await this.events.end();
    const fault = this.faults.get(name);
    return {
      name,
      position,
      behindEvents: end - position,
      behindSeconds:
        next === undefined
          ? 0
          : Math.max(0, (this.clock.now() - Date.parse(next.recordedAt)) / 1000),
      ...(fault === undefined ? {} : { fault }),
    };
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}
