import { Controller, Get, Inject, Req, Res, UseFilters } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Asked } from '#application';
import { Open } from '#application';
import { PageFilter } from './page.filter';
import { Pages } from './pages';

/** What anybody may read. */
@Controller()
@Open()
@UseFilters(PageFilter)
export class InformationController {
  constructor(@Inject(Pages) private readonly pages: Pages) {}

  @Get('guide')
  guide(@Req() request: Request & Asked, @Res({ passthrough: true }) response: Response): string {
    return this.pages.render('guide.njk', request, response);
  }

  @Get('accessibility')
  accessibility(
    @Req() request: Request & Asked,
    @Res({ passthrough: true }) response: Response,
  ): string {
    return this.pages.render('accessibility.njk', request, response);
  }

  @Get('privacy')
  privacy(@Req() request: Request & Asked, @Res({ passthrough: true }) response: Response): string {
    return this.pages.render('privacy.njk', request, response);
  }
}
