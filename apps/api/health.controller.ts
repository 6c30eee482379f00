import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { Response } from 'express';
import { Open, Worker } from '#application';

/** Behind by more than this, the service is not ready to answer, in events. */
const TOO_FAR_BEHIND = 1000;

@Controller('health')
@Open()
export class HealthController {
  constructor(@Inject(Worker) private readonly worker: Worker) {}

  /** The process answers. */
  @Get('live')
  live(): { status: string } {
    return { status: 'live' };
  }

  /** The process answers from read models that have caught up; how far each follower of the log has come. */
  @Get('ready')
  async ready(@Res({ passthrough: true }) response: Response): Promise<unknown> {
    const lags = await this.worker.lags();
    const ready = lags.every(
      (lag) => lag.fault === undefined && lag.behindEvents <= TOO_FAR_BEHIND,
    );
    if (!ready) response.status(503);
    return { status: ready ? 'ready' : 'not ready', followers: lags };
  }
}
