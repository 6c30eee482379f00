import { Inject, Injectable } from '@nestjs/common';
import type { EventStore, LogFilter, Position, ReadStore } from '#kernel';
import type { Clock } from '#platform';
import { Catalogue } from './catalogue';
import { CLOCK, EVENT_STORE, READ_STORE } from './ports';

/** How far something that follows the log has come. */
export interface Standing {
  readonly name: string;
  readonly position: Position;
  /** Events it has still to come to; counted up to `COUNTED`, so that whoever is far behind is not kept counting. */
  readonly behindEvents: number;
  /** Age of the oldest event it has not come to, in seconds; 0 when there is none. */
  readonly behindSeconds: number;
}

/** Events counted at most; who is further behind is told to be this far. */
export const COUNTED = 1_000;

/**
 * How far the followers of the log have come, as the stores tell it: the same from every process, whether it runs the
 * followers itself or not.
 */
@Injectable()
export class Lags {
  private readonly answered: LogFilter;

  constructor(
    @Inject(EVENT_STORE) private readonly events: EventStore,
    @Inject(READ_STORE) private readonly documents: ReadStore,
    @Inject(Catalogue) catalogue: Catalogue,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.answered = {
      types: [...new Set(catalogue.policies.flatMap(({ whenever }) => Object.keys(whenever)))],
    };
  }

  /** Of the read models that people see. Throws StoreError where a store does not answer. */
  async projector(): Promise<Standing> {
    return this.behind('projector', await this.documents.checkpoint(), {});
  }

  /** Of the policies: events that none of them is about are not waited for. */
  async reactor(): Promise<Standing> {
    const position = await this.documents.mark('reactor');
    // Without a policy there is nothing to be behind with.
    if (this.answered.types?.length === 0)
      return { name: 'reactor', position, behindEvents: 0, behindSeconds: 0 };
    return this.behind('reactor', position, this.answered);
  }

  /** Of the publisher, which stands where it says: how far it is is known outside only. */
  async publisher(position: Position): Promise<Standing> {
    return this.behind('publisher', position, {});
  }

  private async behind(name: string, position: Position, filter: LogFilter): Promise<Standing> {
    const { events } = await this.events.readLog(position, { filter, limit: COUNTED });
    const next = events[0];
    const age = next === undefined ? 0 : this.clock.now() - Date.parse(next.recordedAt);
    return { name, position, behindEvents: events.length, behindSeconds: Math.max(0, age / 1000) };
  }
}
