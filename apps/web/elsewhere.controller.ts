import { Controller, Get, Next, NotFoundException, Req, UseFilters } from '@nestjs/common';
import type { NextFunction, Request } from 'express';
import { Open } from '#application';
import { isPage } from './page-headers';
import { PageFilter } from './page.filter';

/** An address nobody answers to: a page says so. What is not a page goes on to its own answer. */
@Controller()
@Open()
@UseFilters(PageFilter)
export class ElsewhereController {
  @Get('*elsewhere')
  nothingHere(@Req() request: Request, @Next() next: NextFunction): void {
    if (!isPage(request.path)) {
      next();
      return;
    }
    throw new NotFoundException(
      'There is no page at this address. Check that it is typed in full.',
    );
  }
}
