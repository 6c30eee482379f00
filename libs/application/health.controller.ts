import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { Response } from 'express';
import { StoreError } from '#kernel';
import { Open } from './access';
import type { Standing } from './lags';
import { COUNTED, Lags } from './lags';
import { FOLLOWS, LOG } from './ports';
import type { Log } from '#platform';
import { Worker } from './worker';

/** A store has to say how far things are within this, in milliseconds: who asks for health does not wait for ever. */
const ANSWER_WITHIN = 2_500;

interface Follower extends Standing {
  /** What stopped it, where it stands still. */
  readonly fault?: string;
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
    const followers = Array.isArray(standing) ? standing : [];
    const faults = Array.isArray(standing) ? followers.flatMap(faultsOf) : [standing.fault];
    if (faults.length > 0) response.status(503);
    return { status: faults.length === 0 ? 'ready' : 'not ready', followers, faults };
  }

  private async standing(): Promise<Follower[] | { readonly fault: string }> {
    try {
      return await within(ANSWER_WITHIN, this.all());
    } catch (error) {
      if (error instanceof StoreError) return { fault: error.message };
      this.log.error({ err: error }, 'health could not be told');
      return {
        fault: 'How far things are could not be found out; the log of the process says why.',
      };
    }
  }

  private async all(): Promise<Follower[]> {
    // Those who only answer questions need the read models, and nothing else that follows the log.
    if (!this.follows) return [await this.lags.projector()];
    const faults = this.worker.faults;
    const all = await Promise.all([this.lags.projector(), this.lags.reactor()]);
    return all.map((one) => {
      const fault = faults.get(one.name);
      return fault === undefined ? one : { ...one, fault };
    });
  }
}

const faultsOf = ({ name, behindEvents, fault }: Follower): string[] => {
  if (fault !== undefined) return [`The ${name} stands still: ${fault}`];
  return behindEvents < COUNTED ? [] : [`The ${name} is ${COUNTED} events behind or more.`];
};

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
