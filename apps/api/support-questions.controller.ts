import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import { IsIn, IsOptional, Matches } from 'class-validator';
import type { Request, Response } from 'express';
import type { Asked } from '#application';
import { Asking, CLOCK, readers, Reads } from '#application';
import { IsDay, usualDaysOf, usualHalfTermOn } from '#domain';
import type { Clock } from '#platform';
import type { SupportGapsRequest } from '#read-models';
import {
  countyImpact,
  deploymentsForBoard,
  supportGaps,
  unmetNeeds,
  withoutMeasures,
  withoutSchools,
} from '#read-models';
import { dayAsked } from './day-asked';
import { malformed, ProblemException } from './problem';
import { answered, linkNext, PageFields, pageIn, parameters, WhenFields } from './query-fields';
import { YEAR, yearAsked, yearFault } from './year-asked';

const supportedCategories = ['Prevention', 'Intervention'] as const;

class GapFields extends PageFields {
  @IsOptional()
  @IsIn(supportedCategories, {
    message: `category must be one of ${supportedCategories.join(', ')}`,
  })
  category?: (typeof supportedCategories)[number];
}

class BetweenFields extends WhenFields {
  @IsOptional()
  @IsDay()
  from?: string;

  @IsOptional()
  @IsDay()
  to?: string;
}

class HalfTermFields extends BetweenFields {
  @IsOptional()
  @Matches(YEAR, { message: yearFault('year') })
  year?: string;

  @IsOptional()
  @Matches(/^[1-6]$/, { message: 'halfTerm must be a whole number from 1 to 6' })
  halfTerm?: string;
}

/** Questions about support over the county: where it is missing, what nobody can give, and what it achieved. */
@Controller('api/v1')
export class SupportQuestionsController {
  constructor(
    @Inject(Asking) private readonly asking: Asking,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Prevention and Intervention schools without a deployment, or with an overdue headline visit. */
  @Get('support-gaps')
  @Reads('county')
  async gaps(
    @Query() query: Record<string, string>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<unknown> {
    const fields = parameters(GapFields, query);
    const { category } = fields;
    const today = dayAsked(fields.asOf, this.clock);
    const about: SupportGapsRequest = {
      ...{ today, ...pageIn(fields) },
      ...(category === undefined ? {} : { category }),
    };
    const answer = await this.asking.ask(supportGaps, about, fields);
    const { items, next, ...counts } = answered(response, answer);
    if (answer.answered)
      linkNext(response, '/api/v1/support-gaps', query, { position: answer.position, next });
    return { today, ...counts, schools: items };
  }

  /** Needs nobody can meet, by area and specialism; schools are named for whoever may see them by name. */
  @Get('unmet-needs')
  @Reads('board')
  async unmet(
    @Query() query: unknown,
    @Req() request: Request & Asked,
    @Res({ passthrough: true }) response: Response,
  ): Promise<unknown> {
    const when = parameters(WhenFields, query);
    const today = dayAsked(when.asOf, this.clock);
    const found = answered(response, await this.asking.ask(unmetNeeds, { today }, when));
    return seesSchools(request) ? found : withoutSchools(found);
  }

  /** What came of objectives, by what the support was about. */
  @Get('impact')
  @Reads('board')
  async impact(
    @Query() query: unknown,
    @Req() request: Request & Asked,
    @Res({ passthrough: true }) response: Response,
  ): Promise<unknown> {
    const { from, to, ...when } = parameters(BetweenFields, query);
    const about = {
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
    };
    inOrder(from, to);
    const found = answered(response, await this.asking.ask(countyImpact, about, when));
    return seesSchools(request) ? found : withoutMeasures(found);
  }

  /** Deployments against what they were to achieve in a half-term: counts, and exceptions without a school. */
  @Get('board/deployments')
  @Reads('board')
  async board(
    @Query() query: unknown,
    @Res({ passthrough: true }) response: Response,
  ): Promise<unknown> {
    const { year, halfTerm, from, to, ...when } = parameters(HalfTermFields, query);
    const today = dayAsked(when.asOf, this.clock);
    const academicYear = yearAsked(year, today);
    const which = halfTerm === undefined ? usualHalfTermOn(today) : Number(halfTerm);
    const usual = usualDaysOf(academicYear, which);
    const days = { from: from ?? usual?.first ?? today, to: to ?? usual?.last ?? today };
    inOrder(days.from, days.to);
    const about = { ...days, today };
    const found = answered(response, await this.asking.ask(deploymentsForBoard, about, when));
    return { today, academicYear, halfTerm: which, ...found };
  }
}

const seesSchools = ({ identity }: Asked): boolean =>
  identity !== undefined && (readers.county.all as readonly string[]).includes(identity.role);

function inOrder(from: string | undefined, to: string | undefined): void {
  if (from === undefined || to === undefined || from <= to) return;
  const detail = `to must not be before from, which is ${from}`;
  throw new ProblemException(malformed([{ pointer: '/to', detail }]));
}
