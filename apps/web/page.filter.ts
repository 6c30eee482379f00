import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import { Catch, HttpException, Inject } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Asked } from '#application';
import { LOG, outOfReach } from '#application';
import type { Log } from '#platform';
import { ownSchool, Pages } from './pages';
import { address } from './query';
import { rolesInWords } from './words';

const titles: Readonly<Record<number, string>> = {
  400: 'We cannot use that',
  403: 'You cannot see this page',
  404: 'Page not found',
  429: 'Too many at once',
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
    const away = outOfReach(error);
    const status = away === undefined ? statusIn(error) : 503;
    if (status === 401) {
      const to = request.method === 'GET' ? request.originalUrl : undefined;
      response.redirect(302, address('/sign-in', { to }));
      return;
    }
    if (!isForeseen(status) || away !== undefined)
      this.log.error(
        { err: error },
        away === undefined ? 'page failed' : 'a store is out of reach',
      );
    const { identity } = request;
    const role = Object.entries(rolesInWords).find(([name]) => name === identity?.role)?.[1];
    const shown = { status, ...saidOf(error, status, away), role, ownSchool: ownSchool(identity) };
    response
      .status(status)
      .type('html')
      .send(this.pages.render('problem.njk', request, response, shown));
  }
}

/** A page says it in a page's words: there is no key to send again. */
const AWAY = 'The records cannot be reached at the moment. Nothing is lost; try again in a moment.';

/** Ended on purpose, with a sentence for the reader. */
const isForeseen = (status: number): boolean => status < 500 || status === 503;

function saidOf(
  error: unknown,
  status: number,
  away: string | undefined,
): { title: string; detail?: string } {
  if (away !== undefined) return { title: 'The records cannot be reached', detail: AWAY };
  if (!isForeseen(status) || !(error instanceof Error))
    return { title: 'Something went wrong on our side' };
  return { title: titles[status] ?? 'We cannot use that', detail: error.message };
}

/** Nest's exceptions carry a status, and so do those of the body parsers under it. */
function statusIn(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  return error instanceof Error && 'status' in error && typeof error.status === 'number'
    ? error.status
    : 500;
}
