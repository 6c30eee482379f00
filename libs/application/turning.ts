import { Inject, Injectable } from '@nestjs/common';
import type { ReadStore } from '#kernel';
import type { Clock, Config, Log } from '#platform';
import { dayInEngland } from '#platform';
import { Commands } from './commands';
import { Follower, pause } from './follower';
import { holderIn } from './generations';
import { CLOCK, CONFIG, LOG, READ_STORE } from './ports';

/** How often it is looked whether a day has come, in milliseconds. */
const EVERY = 30_000;

/** Records each day as it comes. Any number of processes may: a day is recorded once. */
@Injectable()
export class Turning {
  private follower: Follower | undefined;

  constructor(
    @Inject(Commands) private readonly commands: Commands,
    @Inject(READ_STORE) private readonly documents: ReadStore,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Pick<Config, 'EVENTSTORE_URL'>,
    @Inject(LOG) private readonly log: Log,
  ) {}

  start(): void {
    const { documents, log, config } = this;
    const about = { documents, log, holder: holderIn(config) };
    this.follower = new Follower('calendar', (signal) => this.keepTurning(signal), about).start();
  }

  async stop(): Promise<void> {
    await this.follower?.stop();
  }

  /** Records the present day, unless it is on record. */
  async turn(): Promise<void> {
    const day = dayInEngland(this.clock.now());
    await this.commands.give(
      'TurnDay',
      { day },
      { actor: { id: 'calendar', role: 'policy' }, idempotencyKey: `day ${day}` },
    );
  }

  private async keepTurning(signal: AbortSignal): Promise<void> {
    for (let told = ''; !signal.aborted; await pause(EVERY, signal)) {
      const day = dayInEngland(this.clock.now());
      if (day === told) continue;
      await this.turn();
      told = day;
    }
  }
}
