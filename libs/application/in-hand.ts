import { once } from 'node:events';
import type { Server } from 'node:http';
import { Injectable } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';

/** The requests a process has been sent and not yet answered. */
@Injectable()
export class InHand {
  private readonly responses = new Map<Response, string>();

  readonly note = (request: Request, response: Response, next: NextFunction): void => {
    this.responses.set(response, `${request.method} ${request.path}`);
    response.once('close', () => this.responses.delete(response));
    next();
  };

  /** What is being answered, in a few words; undefined when nothing is. */
  inWords(): string | undefined {
    const [first, ...more] = this.responses.values();
    if (first === undefined) return undefined;
    return `answering ${first}${more.length === 0 ? '' : ` and ${more.length} other requests`}`;
  }

  /** Takes no more requests and answers those that are there. Live listeners have to be told beforehand to end. */
  async finish(server: Server): Promise<void> {
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    // Whoever keeps a connection open learns with the answer that the next request goes elsewhere.
    for (const response of this.responses.keys())
      if (!response.headersSent) response.set('Connection', 'close');
    while (this.responses.size > 0) {
      await Promise.race([...this.responses.keys()].map((response) => once(response, 'close')));
      server.closeIdleConnections();
    }
    server.closeIdleConnections();
    await closed;
  }
}
