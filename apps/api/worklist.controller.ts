import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import { IsIn, IsOptional, Matches } from 'class-validator';
import type { Request, Response } from 'express';
import type { Asked } from '#application';
import { Asking, CLOCK, Reads } from '#application';
import { IsDay } from '#domain';
import type { Clock } from '#platform';
import type { TaskKind } from '#read-models';
import { taskKinds, tasks } from '#read-models';
import { dayAsked } from './day-asked';
import { answered, linkNext, PageFields, pageIn, parameters } from './query-fields';

class WorklistFields extends PageFields {
  @IsOptional()
  @Matches(/^(me|[a-z0-9-]{3,64})$/, { message: 'adviser must be a person’s reference, or me' })
  adviser?: string;

  @IsOptional()
  @IsDay()
  dueBy?: string;

  @IsOptional()
  @IsIn(taskKinds, { message: `kind must be one of ${taskKinds.join(', ')}` })
  kind?: TaskKind;
}

/** What waits to be done. */
@Controller('api/v1/worklist')
export class WorklistController {
  constructor(
    @Inject(Asking) private readonly asking: Asking,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** What is open and what is overdue, or due by a day; narrowed to one adviser's schools and work. */
  @Get()
  @Reads('county')
  async worklist(
    @Query() query: Record<string, string>,
    @Req() request: Request & Asked,
    @Res({ passthrough: true }) response: Response,
  ): Promise<unknown> {
    const fields = parameters(WorklistFields, query);
    const { dueBy, kind } = fields;
    const { skip, limit } = pageIn(fields);
    const today = dayAsked(fields.asOf, this.clock);
    const adviser = fields.adviser === 'me' ? request.identity?.id : fields.adviser;
    const about = {
      today,
      ...(dueBy === undefined ? {} : { dueBy }),
      ...(adviser === undefined ? {} : { adviser }),
      ...(kind === undefined ? {} : { kind }),
    };
    const answer = await this.asking.ask(tasks, about, fields);
    const all = answered(response, answer);
    const next = skip + limit < all.length ? skip + limit : undefined;
    if (answer.answered)
      linkNext(response, '/api/v1/worklist', query, { position: answer.position, next });
    return { ...about, total: all.length, tasks: all.slice(skip, skip + limit) };
  }
}
