import { Inject, Injectable, Optional } from '@nestjs/common';
import type { EventStore, ReadStore } from '#kernel';
import type { Config, Log } from '#platform';
import { Catalogue } from './catalogue';
import { EventCodec } from './event-codec';
import type { Follow } from './follower';
import { Follower, LOOK, pause } from './follower';
import { Generations, holderIn, projectorOf } from './generations';
import { CONFIG, EVENT_STORE, LOG, PUBLISHING, READ_STORE } from './ports';
import { Projector } from './projector';
import type { Publishing } from './publishing';
import { Reactor } from './reactor';

/**
 * Keeps what follows the log going: a projector for each generation that is kept up, the policies, the publisher. Any
 * number of workers may run, here or elsewhere: each piece of work is done by whoever has its lease.
 */
@Injectable()
export class Worker {
  private readonly stopping = new AbortController();
  private readonly generations: Generations;
  private readonly holder: string;
  private readonly projectors = new Map<string, Follower>();
  private others: readonly Follower[] = [];
  private active: string | undefined;
  private looking: Promise<void> = Promise.resolve();

  constructor(
    @Inject(EVENT_STORE) private readonly events: EventStore,
    @Inject(READ_STORE) private readonly documents: ReadStore,
    @Inject(Catalogue) private readonly catalogue: Catalogue,
    @Inject(EventCodec) private readonly codec: EventCodec,
    @Inject(Reactor) private readonly reactor: Reactor,
    @Inject(CONFIG) config: Pick<Config, 'EVENTSTORE_URL'>,
    @Inject(LOG) private readonly log: Log,
    @Optional() @Inject(PUBLISHING) private readonly publishing?: Publishing,
  ) {
    this.generations = new Generations(documents);
    this.holder = holderIn(config);
  }

  /** Throws StoreError when a store does not answer; later faults are tried again and told by `faults`. */
  async start(): Promise<void> {
    await this.generations.begin();
    const { reactor, publishing } = this;
    this.others = [
      this.follower('reactor', (signal, seen) => reactor.follow(signal, seen)),
      ...(publishing === undefined
        ? []
        : [this.follower('publisher', (signal, seen) => publishing.follow(signal, seen))]),
    ];
    await this.look();
    this.looking = this.keepLooking();
  }

  /** Ends all of it where it stands, and lets others have the leases at once. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.looking;
    await Promise.all([...this.projectors.values(), ...this.others].map((one) => one.stop()));
  }

  /** What stopped a follower, by its name, while it stands still in this process. */
  get faults(): ReadonlyMap<string, string> {
    const faults = new Map<string, string>();
    for (const [generation, { name, fault }] of this.projectors)
      if (fault !== undefined) faults.set(generation === this.active ? 'projector' : name, fault);
    for (const { name, fault } of this.others) if (fault !== undefined) faults.set(name, fault);
    return faults;
  }

  private follower(name: string, follow: Follow): Follower {
    const { documents, holder, log } = this;
    return new Follower(name, follow, { documents, holder, log }).start();
  }

  /** Which generations are kept up is asked of the store now and then: another process may have switched. */
  private async keepLooking(): Promise<void> {
    const { signal } = this.stopping;
    for (let told = ''; !signal.aborted;) {
      try {
        await pause(LOOK, signal);
        await this.look();
        told = '';
      } catch (error) {
        // Those who follow go on meanwhile with what they have.
        if (told !== String(error)) this.log.error({ err: error }, 'which generation is active?');
        told = String(error);
      }
    }
  }

  private async look(): Promise<void> {
    const { active, beside } = await this.generations.look();
    this.active = active;
    const wanted = new Set([active, beside].filter((name) => name !== undefined));
    for (const generation of wanted) {
      if (this.projectors.has(generation)) continue;
      const follow: Follow = (signal, seen) => this.project(generation, signal, seen);
      this.projectors.set(generation, this.follower(projectorOf(generation), follow));
    }
    const ended = [...this.projectors].filter(([generation]) => !wanted.has(generation));
    for (const [generation] of ended) this.projectors.delete(generation);
    await Promise.all(ended.map(([, follower]) => follower.stop()));
  }

  private async project(generation: string, signal: AbortSignal, seen: () => void): Promise<void> {
    // Dropped since it was looked: it would be built anew here, for nobody.
    if (!(await this.generations.look()).all.includes(generation)) return;
    const { events, documents, codec, catalogue } = this;
    await new Projector(events, documents, codec, catalogue.readModels, generation).follow(
      signal,
      seen,
    );
  }
}
