import { Controller, Get, Inject, Param, Query, Res } from '@nestjs/common';
import { IsIn, IsOptional } from 'class-validator';
import type { Response } from 'express';
import { Asking, CLOCK, Reads } from '#application';
import { categories, daysOf, IsDay } from '#domain';
import type { Clock } from '#platform';
import type { RegisterRequest } from '#read-models';
import {
  boardOn,
  cycleProgress,
  flowBetween,
  listCycles,
  listImports,
  registerPage,
} from '#read-models';
import { dayAsked } from './day-asked';
import { problem, ProblemException } from './problem';
import {
  answered,
  answeredPage,
  linkNext,
  PageFields,
  pageIn,
  parameters,
  WhenFields,
} from './query-fields';

const categoryWords = [...categories, 'none'];

class RegisterFields extends PageFields {
  @IsOptional()
  @IsDay()
  effectiveAt?: string;

  @IsOptional()
  @IsIn(categoryWords, { message: `category must be one of ${categoryWords.join(', ')}` })
  category?: string;
}

class BoardFields extends WhenFields {
  @IsOptional()
  @IsDay()
  day?: string;

  @IsOptional()
  @IsDay()
  from?: string;

  @IsOptional()
  @IsDay()
  to?: string;
}

/** Questions about the whole county. */
@Controller('api/v1')
export class CountyController {
  constructor(
    @Inject(Asking) private readonly asking: Asking,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The category register: `effectiveAt` the day it was in force, `asOf` the moment it was known. */
  @Get('register')
  @Reads('county')
  async register(
    @Query() query: Record<string, string>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<unknown> {
    const fields = parameters(RegisterFields, query);
    const effectiveAt = fields.effectiveAt ?? dayAsked(fields.asOf, this.clock);
    const about = {
      effectiveAt,
      ...pageIn(fields),
      ...(fields.category === undefined ? {} : { category: fields.category }),
    } as RegisterRequest;
    const answer = await this.asking.ask(registerPage, about, fields);
    const page = answered(response, answer);
    if (answer.answered) {
      linkNext(
        response,
        '/api/v1/register',
        { ...query, effectiveAt },
        { position: answer.position, next: page.next },
      );
    }
    return { effectiveAt, total: page.total, schools: page.items };
  }

  /** Counts by category, status and phase on a day; with `from` and `to` the flow between two days as well. */
  @Get('board')
  @Reads('board')
  async board(
    @Query() query: unknown,
    @Res({ passthrough: true }) response: Response,
  ): Promise<unknown> {
    const fields = parameters(BoardFields, query);
    const { from, to, ...when } = fields;
    const on = fields.day ?? dayAsked(when.asOf, this.clock);
    const answer = await this.asking.ask(boardOn, { day: on }, when);
    const board = answered(response, answer);
    if (from === undefined || !answer.answered) return board;
    const flow = await this.asking.ask(
      flowBetween,
      { from, to: to ?? on },
      { asOf: String(answer.position) },
    );
    return { ...board, flow: answered(response, flow) };
  }

  /** Every round there was, newest first. */
  @Get('cycles')
  @Reads('county')
  async cycles(
    @Query() query: unknown,
    @Res({ passthrough: true }) response: Response,
  ): Promise<unknown> {
    const when = parameters(WhenFields, query);
    return { cycles: answered(response, await this.asking.ask(listCycles, undefined, when)) };
  }

  /** One round and how far it has come, e.g. `2026-27`. */
  @Get('cycles/:year')
  @Reads('county')
  async cycle(
    @Param('year') year: string,
    @Query() query: unknown,
    @Res({ passthrough: true }) response: Response,
  ): Promise<unknown> {
    const when = parameters(WhenFields, query);
    const academicYear = year.replace('-', '/');
    const known = daysOf(academicYear) !== undefined;
    const found = known
      ? answered(response, await this.asking.ask(cycleProgress, { academicYear }, when))
      : undefined;
    if (found !== undefined) return found;
    throw new ProblemException(
      problem(
        404,
        'NoSuchCycle',
        `There is no round of ${year.slice(0, 20)}. Rounds are named like 2026-27.`,
      ),
    );
  }

  /** Which national files came in, newest first, and what each brought. */
  @Get('imports')
  @Reads('imports')
  async imports(
    @Query() query: Record<string, string>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<unknown> {
    const fields = parameters(PageFields, query);
    const answer = await this.asking.ask(listImports, pageIn(fields), fields);
    const page = answeredPage(response, answer, '/api/v1/imports', query);
    return { total: page.total, imports: page.items };
  }
}
