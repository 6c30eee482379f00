import { once } from 'node:events';
import { Controller, Get, Headers, Inject, Query, Req, Res } from '@nestjs/common';
import { IsOptional, Matches } from 'class-validator';
import type { Request, Response } from 'express';
import type { Asked } from '#application';
import {
  EVENT_STORE,
  EventCodec,
  leftOutFor,
  Reads,
  STOPPING,
  understoodPosition,
} from '#application';
import type { EventStore, Message, Position } from '#kernel';
import { positionFrom, StoreError } from '#kernel';
import { noticesOf } from '#streams';
import { problem, ProblemException } from './problem';
import { parameters } from './query-fields';

class FeedFields {
  @IsOptional()
  @Matches(/^\d{1,16}$/, {
    message: 'after must be a position, a whole number; 0 is before the first event',
  })
  after?: string;

  @IsOptional()
  @Matches(/^([1-9]\d{0,2}|1000)$/, { message: 'limit must be a whole number from 1 to 1000' })
  limit?: string;
}

class LiveFields {
  @IsOptional()
  @Matches(/^\d{1,16}$/, {
    message: 'after must be a position, a whole number; 0 is before the first event',
  })
  after?: string;
}

/** Idle connections are kept open by a comment this often, in milliseconds. */
const HEARTBEAT = 15_000;

@Controller('api/v1')
export class EventsController {
  constructor(
    @Inject(EVENT_STORE) private readonly events: EventStore,
    @Inject(EventCodec) private readonly codec: EventCodec,
    @Inject(STOPPING) private readonly stopping: AbortSignal,
  ) {}

  /** The log in order, a page at a time: what was recorded after a position, and where to go on. */
  @Get('events')
  @Reads('events')
  async feed(
    @Query() query: unknown,
    @Res({ passthrough: true }) response: Response,
  ): Promise<unknown> {
    const { after = '0', limit = '100' } = parameters(FeedFields, query);
    const from = await this.within(after);
    const page = await this.events.readLog(from, { limit: Number(limit) });
    response.set('Position', String(page.scannedTo));
    if (!page.atEnd)
      response.set('Link', `</api/v1/events?after=${page.scannedTo}&limit=${limit}>; rel="next"`);
    return {
      events: page.events.map((event) => this.codec.withoutPersonal(this.codec.fromStore(event))),
      next: page.scannedTo,
      atEnd: page.atEnd,
    };
  }

  /**
   * Server-sent events: that something changed, as it happens. Each has its position as id, so that a listener who
   * comes back with Last-Event-ID goes on where it was; `caught-up` says when all that was there has been told.
   */
  @Get('live')
  @Reads('live')
  async live(
    @Query() query: unknown,
    @Headers('last-event-id') lastEventId: string | undefined,
    @Req() request: Request & Asked,
    @Res() response: Response,
  ): Promise<void> {
    const namingSchool = leftOutFor('live', request.identity?.role) === undefined;
    const { after } = parameters(LiveFields, {
      ...(query as object),
      ...(lastEventId === undefined ? {} : { after: lastEventId }),
    });
    const from = after === undefined ? await this.events.end() : await this.within(after);
    const gone = new AbortController();
    request.on('close', () => {
      gone.abort();
    });
    response.writeHead(200, {
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store',
      'X-Accel-Buffering': 'no',
    });
    response.write('retry: 2000\n\n');
    const heartbeat = setInterval(() => response.write(': still here\n\n'), HEARTBEAT);
    try {
      const signal = AbortSignal.any([gone.signal, this.stopping]);
      await this.tell(from, response, { signal, namingSchool });
    } catch (error) {
      // The listener comes back by itself and goes on from its last id, here or at another process.
      if (!(error instanceof StoreError)) throw error;
    } finally {
      clearInterval(heartbeat);
      response.end();
    }
  }

  private async tell(
    after: Position,
    response: Response,
    { signal, namingSchool }: { readonly signal: AbortSignal; readonly namingSchool: boolean },
  ): Promise<void> {
    let told = false;
    for await (const page of this.events.subscribe({ after, signal })) {
      let text = page.events
        .flatMap((event) => noticesOf(this.codec.fromStore(event), { namingSchool }).map(inLive))
        .join('');
      if (page.atEnd && !told) {
        told = true;
        text += `id: ${page.scannedTo}\nevent: caught-up\ndata: {"position":${page.scannedTo}}\n\n`;
      }
      if (text !== '' && !response.write(text)) await drained(response, signal);
    }
  }

  private async within(after: string): Promise<Position> {
    const position = positionFrom(after);
    const end = await this.events.end();
    const known =
      position === undefined ? undefined : await understoodPosition(this.events, position, end);
    if (typeof known === 'object') throw notAPlace('NotAMoment', known.refused);
    if (known !== undefined && known <= end) return known;
    throw notAPlace(
      'NotComeYet',
      `after is ${after}, but the log ends at ${end}. Start again from a position you were given.`,
    );
  }
}

const notAPlace = (code: 'NotAMoment' | 'NotComeYet', detail: string): ProblemException =>
  new ProblemException(problem(400, code, detail, [{ pointer: '/after', detail }]));

/**
 * Of several notices of one event the last alone has its position as id: a listener who is cut off between two of them is
 * told all of them again.
 */
function inLive(
  { id, type, time, data, position }: Message,
  n: number,
  all: readonly Message[],
): string {
  const place = n === all.length - 1 ? `id: ${position}\n` : '';
  return `${place}event: ${type}\ndata: ${JSON.stringify({ id, time, position, ...data })}\n\n`;
}

async function drained(response: Response, signal: AbortSignal): Promise<void> {
  try {
    await once(response, 'drain', { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
