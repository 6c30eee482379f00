import type { ReadStore } from '#kernel';
import type { Log } from '#platform';
import { pause } from './follower';
import type { NotDone } from './rebuild-answers';
import { Broken, endsWithService, takenOver, underWay } from './rebuild-answers';

const REBUILD = 'rebuild';
/** The lease of a rebuild, in milliseconds, and how often it is renewed. */
const HELD = 10_000;
const RENEW = 3_000;

/** One rebuild, undo or finish at a time, whichever processes they are asked of. */
export class OneAtATime {
  private working = false;

  constructor(
    private readonly documents: ReadStore,
    private readonly holder: string,
    private readonly stopping: AbortSignal,
    private readonly log: Log,
  ) {}

  /** The signal is aborted when the process is to end, and when another process has begun meanwhile. */
  async alone<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T | NotDone> {
    if (this.working) return underWay();
    this.working = true;
    try {
      // Of this process one at a time by that, and of all of them by the lease.
      if (!(await this.documents.lease(REBUILD, this.holder, HELD))) return underWay();
      return await this.underLease(work);
    } finally {
      this.working = false;
    }
  }

  private async underLease<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T | NotDone> {
    const lost = new AbortController();
    const ended = new AbortController();
    const renewing = this.renew(lost, ended.signal);
    try {
      return await work(AbortSignal.any([lost.signal, this.stopping]));
    } catch (error) {
      if (error instanceof Broken) return error.answer;
      if (lost.signal.aborted) return takenOver();
      if (this.stopping.aborted) return endsWithService();
      throw error;
    } finally {
      ended.abort();
      await renewing;
      await this.documents.release(REBUILD, this.holder).catch(() => undefined);
    }
  }

  private async renew(lost: AbortController, ended: AbortSignal): Promise<void> {
    for (;;) {
      await pause(RENEW, ended);
      if (ended.aborted) return;
      try {
        if (!(await this.documents.lease(REBUILD, this.holder, HELD))) lost.abort();
      } catch (error) {
        this.log.warn({ err: error }, 'the lease of the rebuild could not be renewed');
      }
    }
  }
}
