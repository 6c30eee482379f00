import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { IsIn, IsOptional } from 'class-validator';
import type { Request, Response } from 'express';
import type { Asked } from '#application';
import { Asking, CLOCK, Reads } from '#application';
import { IsDay, IsPersonRef } from '#domain';
import type { Clock } from '#platform';
import { convenedTeams, openVisits, visitsOf } from '#read-models';
import { dayAsked } from './day-asked';
import {
  answered,
  answeredPage,
  linkNext,
  PageFields,
  pageIn,
  parameters,
  WhenFields,
} from './query-fields';
import { pinned, SchoolAsked } from './school-asked';

class SchoolVisitsFields extends WhenFields {
  @IsOptional()
  @IsDay()
  today?: string;
}

class OpenVisitsFields extends PageFields {
  @IsOptional()
  @IsDay()
  today?: string;

  @IsOptional()
  @IsPersonRef()
  adviser?: string;

  @IsOptional()
  @IsIn(['true', 'false'], { message: 'overdue must be true or false' })
  overdue?: string;

  @IsOptional()
  @IsDay()
  dueBefore?: string;
}

class TeamsFields extends PageFields {
  @IsOptional()
  @IsPersonRef()
  member?: string;

  @IsOptional()
  @IsDay()
  meetsBefore?: string;
}

/** Questions about the visits of advisers and the teams around schools. */
@Controller('api/v1')
export class VisitsController {
  constructor(
    @Inject(Asking) private readonly asking: Asking,
    @Inject(SchoolAsked) private readonly schools: SchoolAsked,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** One school's visits and the teams around it. */
  @Get('schools/:school/visits')
  @Reads('school')
  async ofSchool(
    @Param('school') school: string,
    @Query() query: unknown,
    @Req() request: Request & Asked,
    @Res({ passthrough: true }) response: Response,
  ): Promise<unknown> {
    const { today, ...when } = parameters(SchoolVisitsFields, query);
    const { schoolId } = await this.schools.asked(school, when, request, response);
    const about = { schoolId, today: today ?? dayAsked(when.asOf, this.clock) };
    const answer = await this.asking.ask(visitsOf, about, pinned(when, response));
    return { today: about.today, ...answered(response, answer) };
  }

  /** Visits arranged and not recorded, in every school. */
  @Get('visits')
  @Reads('county')
  async open(
    @Query() query: Record<string, string>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<unknown> {
    const fields = parameters(OpenVisitsFields, query);
    const { adviser, overdue, dueBefore } = fields;
    const today = fields.today ?? dayAsked(fields.asOf, this.clock);
    const about = {
      today,
      ...pageIn(fields),
      ...(adviser === undefined ? {} : { adviser }),
      ...(overdue === undefined ? {} : { overdue: overdue === 'true' }),
      ...(dueBefore === undefined ? {} : { dueBefore }),
    };
    const answer = await this.asking.ask(openVisits, about, fields);
    const page = answered(response, answer);
    if (answer.answered) {
      const { position } = answer;
      linkNext(response, '/api/v1/visits', { ...query, today }, { position, next: page.next });
    }
    return { today, total: page.total, visits: page.items };
  }

  /** The teams convened around schools. */
  @Get('visits/teams')
  @Reads('county')
  async teams(
    @Query() query: Record<string, string>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<unknown> {
    const fields = parameters(TeamsFields, query);
    const { member, meetsBefore } = fields;
    const about = {
      ...pageIn(fields),
      ...(member === undefined ? {} : { member }),
      ...(meetsBefore === undefined ? {} : { meetsBefore }),
    };
    const answer = await this.asking.ask(convenedTeams, about, fields);
    const page = answeredPage(response, answer, '/api/v1/visits/teams', query);
    return { total: page.total, teams: page.items };
  }
}
