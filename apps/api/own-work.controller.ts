import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Asked } from '#application';
import { Asking, CLOCK, Reads } from '#application';
import type { Clock } from '#platform';
import { workOfChampion } from '#read-models';
import { dayAsked } from './day-asked';
import { asSeenBy } from './deployment-seen';
import { answered, parameters, WhenFields } from './query-fields';

/** What somebody asks about their own work. */
@Controller('api/v1/champions/me')
export class OwnWorkController {
  constructor(
    @Inject(Asking) private readonly asking: Asking,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** A champion's own deployments with their objectives, what is overdue, and what is left of their days. */
  @Get()
  @Reads('own-work')
  async mine(
    @Query() query: unknown,
    @Req() request: Request & Asked,
    @Res({ passthrough: true }) response: Response,
  ): Promise<unknown> {
    const when = parameters(WhenFields, query);
    const { identity } = request;
    const about = { personRef: identity?.id ?? '', today: dayAsked(when.asOf, this.clock) };
    const work = answered(response, await this.asking.ask(workOfChampion, about, when));
    return { ...work, deployments: work.deployments.map((one) => asSeenBy(identity, one)) };
  }
}
