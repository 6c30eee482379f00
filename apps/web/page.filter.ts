import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import { Catch, HttpException, Inject } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Asked } from '#application';
import { LOG } from '#application';
import type { Log } from '#platform';
import { ownSchool, Pages } from './pages';
import { address } from './query';
import { rolesInWords } from './words';

const titles: Readonly<Record<number, string>> = {
  400: 'We cannot use that',
  403: 'You cannot see this page',
  404: 'Page not found',
  503: 'Not there yet',
};

/** What ends a page early becomes a page in plain English; someone not signed in is asked to sign in first. */
@Catch()
export class PageFilter implements ExceptionFilter {
  constructor(
    @Inject(Pages) private readonly pages: Pages,
    @Inject(LOG) private readonly log: Log,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<Request & Asked>();
    const response = host.switchToHttp().getResponse<Response>();
    if (response.headersSent) {
      response.end();
      return;
    }
    const status = statusIn(error);
    if (status === 401) {
      response.redirect(302, address('/sign-in', { to: request.method === 'GET' ? request.originalUrl : undefined }));
      return;
    }
    if (status >= 500 && status !== 503) this.log.error({ err: error }, 'page failed');
    const { identity } = request;
    const role = Object.entries(rolesInWords).find(([name]) => name === identity?.role)?.[1];
    response
      .status(status)
      .type('html')
      .send(
        this.pages.render('problem.njk', request, response, {
          status,
          title: titles[status] ?? (status < 500 ? titles[400] : 'Something went wrong on our side'),
          detail: status < 500 || status === 503 ? (error as Error).message : undefined,
          role,
          ownSchool: ownSchool(identity),
        }),
      );
  }
}

/** Nest's exceptions carry a status, and so do those of the body parsers under it. */
function statusIn(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  return error instanceof Error && 'status' in error && typeof error.status === 'number' ? error.status : 500;
}
