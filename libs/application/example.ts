import type { OnApplicationBootstrap } from '@nestjs/common';
import { Inject, Injectable } from '@nestjs/common';
import type { EventStore } from '#kernel';
import { START } from '#kernel';
import type { Log } from '#platform';
import { FRAMEWORK_AUTHOR } from './county/play-people';
import { EventCodec } from './event-codec';
import { EVENT_STORE, LOG } from './ports';

/**
 * Whether what is on record is the invented county. The log says so itself, by whom its first event is of: so every
 * process knows it, and it stays known of a log that was moved or restored.
 */
@Injectable()
export class Example implements OnApplicationBootstrap {
  private known: boolean | undefined;
  private looking: Promise<void> | undefined;

  constructor(
    @Inject(EVENT_STORE) private readonly events: EventStore,
    @Inject(EventCodec) private readonly codec: EventCodec,
    @Inject(LOG) private readonly log: Log,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.look();
  }

  /** As far as is known; while the log is empty, each question has it looked at again. */
  holds(): boolean {
    if (this.known === undefined) void this.look();
    return this.known ?? false;
  }

  /** Looks at the log now, unless it has said already. A store that does not answer is asked again another time. */
  async look(): Promise<void> {
    if (this.known !== undefined) return;
    this.looking ??= this.ask().finally(() => {
      this.looking = undefined;
    });
    await this.looking;
  }

  private async ask(): Promise<void> {
    try {
      const [first] = (await this.events.readLog(START, { limit: 1 })).events;
      if (first !== undefined)
        this.known = this.codec.fromStore(first).data['author'] === FRAMEWORK_AUTHOR;
    } catch (error) {
      this.log.warn({ err: error }, 'the log did not say whether it is the example');
    }
  }
}
