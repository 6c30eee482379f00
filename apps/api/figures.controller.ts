import { Controller, Get, Inject } from '@nestjs/common';
import { Asking, CLOCK, publishedFigures, Reads } from '#application';
import type { Clock } from '#platform';
import { dayInEngland } from '#platform';
import { LEAST_SHOWN, PUPILS_ROUNDED_TO } from '#read-models';
import { problemOfNotAnswered } from './problem';

/** What may be published of the county. */
@Controller('api/v1/scrutiny')
export class FiguresController {
  constructor(
    @Inject(Asking) private readonly asking: Asking,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Schools and pupils by category over five years. It takes no day: what could be asked for twice could be compared. */
  @Get()
  @Reads('figures')
  async figures(): Promise<object> {
    const found = await publishedFigures(this.asking, { today: dayInEngland(this.clock.now()) });
    if (!('days' in found)) throw problemOfNotAnswered(found);
    return { leastShown: LEAST_SHOWN, pupilsRoundedTo: PUPILS_ROUNDED_TO, days: found.days };
  }
}
