import { Inject, Injectable } from '@nestjs/common';
import type { Aggregate, EventStore, NewEvent, Position } from '#kernel';
import { START } from '#kernel';
import { EventCodec } from './event-codec';
import { EVENT_STORE } from './ports';

/** A stream folded up to its end. */
export interface Folded {
  readonly state: unknown;
  /** Revision of its last event, -1 when it has none. */
  readonly revision: number;
  readonly position: Position;
  /** Ids of the commands its events came from. */
  readonly commands: Set<string>;
}

/**
 * Streams kept folded; the one not asked for longest goes first. A county of 240 schools is at work on some two thousand in
 * a school year: with room for fewer, a round through all its schools would find none of them kept.
 */
const KEPT = 4_000;

/** Events of a long stream read and folded at a time: those before them can go. */
const AT_A_TIME = 500;

/**
 * Folds streams. What was folded once is kept, and only what came since is read: streams only grow, so that what is
 * kept can be behind but never wrong, whoever wrote meanwhile.
 */
@Injectable()
export class Folding {
  private readonly kept = new Map<string, Folded>();

  constructor(
    @Inject(EVENT_STORE) private readonly events: EventStore,
    @Inject(EventCodec) private readonly codec: EventCodec,
  ) {}

  async upToEnd(aggregate: Aggregate, stream: string): Promise<Folded> {
    let folded: Folded = this.kept.get(stream) ?? {
      state: aggregate.decider.initial,
      revision: -1,
      position: START,
      commands: new Set<string>(),
    };
    for (;;) {
      const from = folded.revision + 1;
      const news = await this.events.readStream(stream, { from, limit: AT_A_TIME });
      const last = news.at(-1);
      if (last !== undefined) folded = this.carriedOn(aggregate, stream, folded, last, news);
      if (news.length < AT_A_TIME) return folded;
    }
  }

  /** The stream after the events that follow `before`: read from the store, or just appended to it there. */
  carriedOn(
    { decider, name }: Aggregate,
    stream: string,
    before: Folded,
    { revision, position }: { readonly revision: number; readonly position: Position },
    events: readonly NewEvent[],
  ): Folded {
    const evolve = decider.evolve as Readonly<
      Record<string, ((state: unknown, data: unknown) => unknown) | undefined>
    >;
    // Shared by all that is folded of this stream: a command in it has been recorded, whoever looks.
    const { commands } = before;
    let { state } = before;
    for (const event of events) {
      const step = evolve[event.type];
      if (step === undefined) {
        throw new Error(`${event.type} stands in ${stream}, but ${name} does not know it.`);
      }
      state = step(state, this.codec.dataOf(event));
      commands.add(event.metadata['commandId'] as string);
    }
    const folded = { state, revision, position, commands };
    this.keep(stream, folded);
    return folded;
  }

  private keep(stream: string, folded: Folded): void {
    const known = this.kept.get(stream);
    // Two readers of one stream may come back in any order: what is furthest stays.
    if (known !== undefined && known.revision >= folded.revision) return;
    this.kept.delete(stream);
    this.kept.set(stream, folded);
    if (this.kept.size <= KEPT) return;
    const [oldest] = this.kept.keys();
    if (oldest !== undefined) this.kept.delete(oldest);
  }
}
