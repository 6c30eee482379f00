import {
  BadRequestException,
  Controller,
  Get,
  Inject,
  Req,
  Res,
  ServiceUnavailableException,
  UseFilters,
} from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Asked } from '#application';
import { Asking, CLOCK, publishedFigures, Reads } from '#application';
import type { Clock } from '#platform';
import { dayInEngland } from '#platform';
import { figuresView } from './figures.view';
import { PageFilter } from './page.filter';
import { Pages } from './pages';

/** What may be published of the county. It takes no day: what can be asked of two days can be compared. */
@Controller('scrutiny')
@UseFilters(PageFilter)
export class FiguresController {
  constructor(
    @Inject(Asking) private readonly asking: Asking,
    @Inject(Pages) private readonly pages: Pages,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Reads('figures')
  async figures(
    @Req() request: Request & Asked,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string> {
    const found = await publishedFigures(this.asking, { today: dayInEngland(this.clock.now()) });
    if (!('days' in found)) {
      throw found.because === 'behind'
        ? new ServiceUnavailableException(found.detail)
        : new BadRequestException(found.detail);
    }
    return this.pages.render('figures.njk', request, response, figuresView(found.days));
  }
}
