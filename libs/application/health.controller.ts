import { Controller, Get, Inject, Optional, Res } from '@nestjs/common';
import type { Response } from 'express';
import { START, StoreError } from '#kernel';
import type { Log } from '#platform';
import { Open } from './access';
import type { Standing } from './lags';
import { COUNTED, Lags } from './lags';
import { FOLLOWS, LOG, PUBLISHING } from './ports';
import type { Publishing } from './publishing';
import { Worker } from './worker';

/** A store has to say how far things are within this, in milliseconds: who asks for health does not wait for ever. */
const ANSWER_WITHIN = 2_500;

interface Told {
  /** `fault`: what stopped it, where it stands still. */
  readonly followers: readonly (Standing & { readonly fault?: string })[];
  readonly faults: readonly string[];
}

/** Health of a process, for whoever decides whether it gets requests and whether it is started again. */
@Controller('health')
@Open()
export class HealthController {
  constructor(
    @Inject(Lags) private readonly lags: Lags,
    @Inject(Worker) private readonly worker: Worker,
    @Inject(FOLLOWS) private readonly follows: boolean,
    @Inject(LOG) private readonly log: Log,
    @Optional() @Inject(PUBLISHING) private readonly publishing?: Publishing,
  ) {}

  /** The process answers. */
  @Get('live')
  live(): { status: string } {
    return { status: 'live' };
  }

  /**
   * Both stores answer and the read models have caught up; where the process runs the followers of the log itself, so
   * have they. What is not as it should be is said under `faults`.
   */
  @Get('ready')
  async ready(@Res({ passthrough: true }) response: Response): Promise<unknown> {
    const standing = await this.standing();
    const followers = 'fault' in standing ? [] : standing.followers;
    const faults = 'fault' in standing ? [standing.fault] : standing.faults;
    if (faults.length > 0) response.status(503);
    return { status: faults.length === 0 ? 'ready' : 'not ready', followers, faults };
  }

  private async standing(): Promise<Told | { readonly fault: string }> {
    try {
      const followers = await within(ANSWER_WITHIN, this.all());
      const faults = this.follows ? this.worker.faults : new Map<string, string>();
      return {
        followers: followers.map((one) => {
          const fault = faults.get(one.name);
          return fault === undefined ? one : { ...one, fault };
        }),
        faults: [
          ...[...faults].map(([name, fault]) => `The ${name} stands still: ${fault}`),
          ...followers
            .filter(({ behindEvents }) => behindEvents >= COUNTED)
            .map(({ name }) => `The ${name} is ${COUNTED} events behind or more.`),
        ],
      };
    } catch (error) {
      if (error instanceof StoreError) return { fault: error.message };
      this.log.error({ err: error }, 'health could not be told');
      return {
        fault: 'How far things are could not be found out; the log of the process says why.',
      };
    }
  }

  private all(): Promise<Standing[]> {
    const { lags, publishing } = this;
    // Those who only answer questions need the read models, and nothing else that follows the log.
    if (!this.follows) return Promise.all([lags.projector()]);
    const outside = publishing === undefined ? START : publishing.position;
    return Promise.all([
      lags.projector(),
      lags.reactor(),
      // Where another worker does it, that one knows.
      ...(outside === START ? [] : [lags.publisher(outside)]),
    ]);
  }
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    late.reject(
      new StoreError(
        'unavailable',
        `The stores did not say within ${ms / 1000} s how far things are. See whether they run and can be reached.`,
      ),
    );
  }, ms);
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
    // Whatever becomes of it now, nobody waits for it any more.
    work.catch(() => undefined);
  }
}
