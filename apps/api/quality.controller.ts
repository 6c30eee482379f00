import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { IsIn, IsOptional, Matches } from 'class-validator';
import type { Request, Response } from 'express';
import type { Asked } from '#application';
import { Asking, CLOCK, Reads } from '#application';
import { IsDay, IsPersonRef } from '#domain';
import type { Clock } from '#platform';
import type { DrawnWork } from '#read-models';
import {
  drawnStages,
  drawnWork,
  escalationsIn,
  listSamples,
  openAreas,
  panelAgreement,
  qualityOf,
  verdictDistribution,
} from '#read-models';
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

class SchoolQualityFields extends PageFields {
  @IsOptional()
  @IsDay()
  today?: string;
}

class AreaFields extends PageFields {
  @IsOptional()
  @IsDay()
  today?: string;

  @IsOptional()
  @IsPersonRef()
  owner?: string;

  @IsOptional()
  @IsIn(['true', 'false'], { message: 'overdue must be true or false' })
  overdue?: string;
}

class BetweenFields extends WhenFields {
  @IsOptional()
  @IsDay()
  from?: string;

  @IsOptional()
  @IsDay()
  to?: string;
}

class EscalationFields extends PageFields {
  @IsOptional()
  @IsIn(['true', 'false'], { message: 'open must be true or false' })
  open?: string;
}

class DrawnFields extends PageFields {
  @IsOptional()
  @Matches(/^\d{4}-\d{2}-[1-6]$/, {
    message: 'sample must be a half-term of an academic year, such as 2026-27-1',
  })
  sample?: string;

  @IsOptional()
  @IsIn(drawnStages, { message: `stage must be one of ${drawnStages.join(', ')}` })
  stage?: DrawnWork['stage'];
}

/** Questions about the quality of the team's work, and what is to become better. */
@Controller('api/v1')
export class QualityController {
  constructor(
    @Inject(Asking) private readonly asking: Asking,
    @Inject(SchoolAsked) private readonly schools: SchoolAsked,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** One school: reviews, what is to become better, what went to the head of service. */
  @Get('schools/:school/quality')
  @Reads('school')
  async ofSchool(
    @Param('school') school: string,
    @Query() query: Record<string, string>,
    @Req() request: Request & Asked,
    @Res({ passthrough: true }) response: Response,
  ): Promise<unknown> {
    const fields = parameters(SchoolQualityFields, query);
    const { schoolId } = await this.schools.asked(school, fields, request, response);
    const today = fields.today ?? dayAsked(fields.asOf, this.clock);
    // A review of a champion is about a person, and for those who lead the review; not for whoever speaks for the school.
    const champions = request.ownSchoolOnly === undefined;
    const about = { schoolId, today, champions, ...pageIn(fields) };
    const answer = await this.asking.ask(qualityOf, about, pinned(fields, response));
    const { reviews, areas, escalations } = answered(response, answer);
    if (answer.answered) {
      const { position } = answer;
      const path = `/api/v1/schools/${school}/quality`;
      linkNext(response, path, { ...query, today }, { position, next: reviews.next });
    }
    return {
      today,
      total: reviews.total,
      reviews: reviews.items,
      improvementAreas: areas.items,
      escalations: escalations.items,
    };
  }

  /** What is to become better and is open, what is due first coming first. */
  @Get('quality/areas')
  @Reads('county')
  async areas(
    @Query() query: Record<string, string>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<unknown> {
    const fields = parameters(AreaFields, query);
    const today = fields.today ?? dayAsked(fields.asOf, this.clock);
    const about = {
      today,
      ...pageIn(fields),
      ...(fields.owner === undefined ? {} : { ownerId: fields.owner }),
      ...(fields.overdue === undefined ? {} : { late: fields.overdue === 'true' }),
    };
    const answer = await this.asking.ask(openAreas, about, fields);
    const page = answered(response, answer);
    if (answer.answered) {
      const { position } = answer;
      linkNext(
        response,
        '/api/v1/quality/areas',
        { ...query, today },
        { position, next: page.next },
      );
    }
    return { today, total: page.total, overdue: page.overdue, improvementAreas: page.items };
  }

  /** How often which verdict stands, of reviews completed between two days. */
  @Get('quality/verdicts')
  @Reads('board')
  async verdicts(
    @Query() query: unknown,
    @Res({ passthrough: true }) response: Response,
  ): Promise<unknown> {
    const { from, to, ...when } = parameters(BetweenFields, query);
    const days = between(from, to);
    const answer = await this.asking.ask(verdictDistribution, days, when);
    return { ...days, objects: answered(response, answer) };
  }

  /** How far moderators agree with assessors and reviewers, of what was moderated between two days. */
  @Get('quality/agreement')
  @Reads('board')
  async agreement(
    @Query() query: unknown,
    @Res({ passthrough: true }) response: Response,
  ): Promise<unknown> {
    const { from, to, ...when } = parameters(BetweenFields, query);
    const days = between(from, to);
    const answer = await this.asking.ask(panelAgreement, days, when);
    return { ...days, agreement: answered(response, answer) };
  }

  /** Support that was found poor again and went to the head of service. */
  @Get('quality/escalations')
  @Reads('county')
  async escalations(
    @Query() query: Record<string, string>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<unknown> {
    const fields = parameters(EscalationFields, query);
    const { open } = fields;
    const about = { ...pageIn(fields), ...(open === undefined ? {} : { open: open === 'true' }) };
    const answer = await this.asking.ask(escalationsIn, about, fields);
    const page = answeredPage(response, answer, '/api/v1/quality/escalations', query);
    return { total: page.total, escalations: page.items };
  }

  /** The samples there are, newest first, each with its seed and how much it was drawn from. */
  @Get('quality/samples')
  @Reads('county')
  async samples(
    @Query() query: Record<string, string>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<unknown> {
    const fields = parameters(PageFields, query);
    const answer = await this.asking.ask(listSamples, pageIn(fields), fields);
    const page = answeredPage(response, answer, '/api/v1/quality/samples', query);
    return { total: page.total, samples: page.items };
  }

  /** What was drawn, and how far its review has come. */
  @Get('quality/drawn')
  @Reads('county')
  async drawn(
    @Query() query: Record<string, string>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<unknown> {
    const fields = parameters(DrawnFields, query);
    const { sample, stage } = fields;
    const about = {
      ...pageIn(fields),
      ...(sample === undefined ? {} : { sample }),
      ...(stage === undefined ? {} : { stage }),
    };
    const answer = await this.asking.ask(drawnWork, about, fields);
    const page = answeredPage(response, answer, '/api/v1/quality/drawn', query);
    return { total: page.total, work: page.items };
  }
}

const between = (from: string | undefined, to: string | undefined) => ({
  ...(from === undefined ? {} : { from }),
  ...(to === undefined ? {} : { to }),
});
