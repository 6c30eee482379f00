import { randomBytes } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';
import helmet from 'helmet';

const protect = helmet({
  contentSecurityPolicy: {
    // Not the defaults: those upgrade requests to https, and a service on loopback has none.
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'", (_, response) => `'nonce-${nonceOf(response as Response)}'`],
      styleSrc: ["'self'"],
      imgSrc: ["'self'"],
      connectSrc: ["'self'"],
      formAction: ["'self'"],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
    },
  },
  // Whether there is https is for whoever puts this behind a proxy to say.
  strictTransportSecurity: false,
});

/** The one inline script of a page carries this; made anew for every answer. */
export function nonceOf(response: Response): string {
  const locals = response.locals as { cspNonce?: string };
  return (locals.cspNonce ??= randomBytes(16).toString('base64'));
}

/** Whether an address is a page's; the API, the health checks and the files that pages link to have rules of their own. */
export const isPage = (path: string): boolean => !/^\/(api|health|assets)(\/|$)/.test(path);

/** What a browser may do with a page, and that it keeps none: categories of schools are confidential. */
export function pageHeaders(request: Request, response: Response, next: NextFunction): void {
  if (!isPage(request.originalUrl.split('?')[0] ?? '')) {
    next();
    return;
  }
  response.set('Cache-Control', 'no-store');
  protect(request, response, next);
}
