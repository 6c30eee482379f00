import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import { Catch, HttpException, Inject } from '@nestjs/common';
import type { Request, Response } from 'express';
import { ASK_AGAIN_AFTER, LOG, outOfReach } from '#application';
import type { Log } from '#platform';
import type { Problem } from './problem';
import { problem, ProblemException } from './problem';

const codes: Readonly<Record<number, string>> = {
  400: 'BadRequest',
  401: 'NotSignedIn',
  403: 'NotForYou',
  404: 'NotFound',
  413: 'TooLarge',
  415: 'UnsupportedMediaType',
};

/** Everything that ends a request early leaves as problem+json. What nobody foresaw is logged and says nothing of the inside. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(@Inject(LOG) private readonly log: Log) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    const found = this.problemOf(error);
    if (response.headersSent) {
      response.end();
      return;
    }
    if (error instanceof ProblemException) response.set(error.headers);
    if (found.status === 503) response.set('Retry-After', String(ASK_AGAIN_AFTER));
    if (found.status === 401) response.set('WWW-Authenticate', 'Bearer');
    response
      .status(found.status)
      .type('application/problem+json')
      .send(JSON.stringify({ ...found, instance: request.originalUrl.split('?')[0] }));
  }

  private problemOf(error: unknown): Problem {
    if (error instanceof ProblemException) return error.problem;
    const status = statusIn(error);
    if (status !== undefined && status < 500) {
      return problem(
        status,
        codes[status] ?? 'BadRequest',
        error instanceof Error ? error.message : 'The request cannot be used.',
      );
    }
    const away = outOfReach(error);
    this.log.error(
      { err: error },
      away === undefined ? 'request failed' : 'a store is out of reach',
    );
    if (away !== undefined) return problem(503, 'OutOfReach', away);
    return problem(
      500,
      'OurFault',
      'Something went wrong on our side. Nothing was half recorded; please try again, and tell us if it stays.',
    );
  }
}

/** Nest's exceptions carry a status, and so do those of the body parsers under it. */
function statusIn(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  if (error instanceof Error && 'status' in error && typeof error.status === 'number')
    return error.status;
  return undefined;
}
