import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { IsIn, IsOptional } from 'class-validator';
import type { Request, Response } from 'express';
import type { Asked } from '#application';
import { Asking, CLOCK, Reads } from '#application';
import type { Clock } from '#platform';
import { involvementsOf, listNotices, noticesOf, riseSchools } from '#read-models';
import { dayAsked } from './day-asked';
import { answered, answeredPage, PageFields, pageIn, parameters, WhenFields } from './query-fields';
import { pinned, SchoolAsked } from './school-asked';

export const whichNotices = ['live', 'overdue', 'all'] as const;

class NoticesFields extends PageFields {
  @IsOptional()
  @IsIn(whichNotices, { message: `which must be one of ${whichNotices.join(', ')}` })
  which?: (typeof whichNotices)[number];
}

/** Questions about warning notices and national involvement. Days are counted to today, or to the day of `asOf`. */
@Controller('api/v1')
export class StatutoryController {
  constructor(
    @Inject(Asking) private readonly asking: Asking,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SchoolAsked) private readonly schools: SchoolAsked,
  ) {}

  /** Warning notices with their compliance dates, days left and copies. */
  @Get('notices')
  @Reads('county')
  async notices(
    @Query() query: Record<string, string>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<unknown> {
    const fields = parameters(NoticesFields, query);
    const today = dayAsked(fields.asOf, this.clock);
    const about = {
      today,
      ...pageIn(fields),
      ...(fields.which === undefined ? {} : { which: fields.which }),
    };
    const answer = await this.asking.ask(listNotices, about, fields);
    const page = answeredPage(response, answer, '/api/v1/notices', query);
    return { today, total: page.total, notices: page.items };
  }

  /** Schools that RISE teams are with, or are announced to. */
  @Get('national-involvement')
  @Reads('county')
  async nationalInvolvement(
    @Query() query: Record<string, string>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<unknown> {
    const fields = parameters(PageFields, query);
    const today = dayAsked(fields.asOf, this.clock);
    const answer = await this.asking.ask(riseSchools, { today, ...pageIn(fields) }, fields);
    const page = answeredPage(response, answer, '/api/v1/national-involvement', query);
    return { today, total: page.total, schools: page.items };
  }

  /** A school's warning notices and national involvement, newest first. */
  @Get('schools/:school/statutory')
  @Reads('school')
  async ofSchool(
    @Param('school') school: string,
    @Query() query: unknown,
    @Req() request: Request & Asked,
    @Res({ passthrough: true }) response: Response,
  ): Promise<unknown> {
    const fields = parameters(WhenFields, query);
    const { schoolId } = await this.schools.asked(school, fields, request, response);
    const today = dayAsked(fields.asOf, this.clock);
    const when = pinned(fields, response);
    const about = { schoolId, today };
    const notices = answered(response, await this.asking.ask(noticesOf, about, when));
    const involvement = answered(response, await this.asking.ask(involvementsOf, about, when));
    return { today, notices, involvement };
  }
}
