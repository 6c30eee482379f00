import { Controller, Get, Inject, Query, Res } from '@nestjs/common';
import { IsIn, IsOptional, Length, Matches } from 'class-validator';
import type { Response } from 'express';
import { Asking, CLOCK, Reads } from '#application';
import { IsDay, monthsAfter } from '#domain';
import type { Clock } from '#platform';
import type { TrialFault } from '#read-models';
import {
  decisionsChecked,
  durations,
  flowsBetween,
  isOfTrial,
  overridesIn,
  preventionOutcomes,
  servedByStatus,
  trialFrom,
  urnChanges,
  whatIf,
} from '#read-models';
import { dayAsked } from './day-asked';
import { malformed, problem, ProblemException } from './problem';
import {
  answered,
  answeredPage,
  linkNext,
  PageFields,
  pageIn,
  parameters,
  WhenFields,
} from './query-fields';
import { YEAR, YEAR_FAULT, yearAsked } from './year-asked';

class BetweenFields extends WhenFields {
  @IsOptional()
  @IsDay()
  from?: string;

  @IsOptional()
  @IsDay()
  to?: string;
}

class BetweenPageFields extends PageFields {
  @IsOptional()
  @IsDay()
  from?: string;

  @IsOptional()
  @IsDay()
  to?: string;
}

class YearFields extends WhenFields {
  @IsOptional()
  @Matches(YEAR, { message: YEAR_FAULT })
  year?: string;
}

class YearPageFields extends PageFields {
  @IsOptional()
  @Matches(YEAR, { message: YEAR_FAULT })
  year?: string;
}

class WhatIfFields extends PageFields {
  @IsOptional()
  @Length(1, 60, { message: 'framework must be the version of a framework, up to 60 characters' })
  framework?: string;

  @IsOptional()
  @IsIn(['true'], { message: 'all must be true, or left out' })
  all?: string;
}

type Asks = Readonly<Record<string, string>>;

/** Questions of the head of service, the auditor and scrutiny about the county's own work. */
@Controller('api/v1')
export class OversightController {
  constructor(
    @Inject(Asking) private readonly asking: Asking,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Decisions on a category that broke a rule, and those taken without a talk. */
  @Get('decisions/breaches')
  @Reads('county')
  async breaches(
    @Query() query: Asks,
    @Res({ passthrough: true }) response: Response,
  ): Promise<unknown> {
    const fields = parameters(BetweenPageFields, query);
    const about = { ...pageIn(fields), ...inOrder(fields) };
    const answer = await this.asking.ask(decisionsChecked, about, fields);
    const page = answeredPage(response, answer, '/api/v1/decisions/breaches', query);
    const { items, next: _next, ...counts } = page;
    return { ...counts, lines: items };
  }

  /** Judgements of a year that departed from the score. */
  @Get('overrides')
  @Reads('county')
  async overrides(
    @Query() query: Asks,
    @Res({ passthrough: true }) response: Response,
  ): Promise<unknown> {
    const fields = parameters(YearPageFields, query);
    const academicYear = yearAsked(fields.year, dayAsked(fields.asOf, this.clock));
    const about = { academicYear, ...pageIn(fields) };
    const answer = await this.asking.ask(overridesIn, about, fields);
    const page = answeredPage(response, answer, '/api/v1/overrides', query);
    const { items, next: _next, ...rest } = page;
    return { ...rest, overrides: items };
  }

  /** Categories on two days and who moved, by default over the last year. */
  @Get('flows')
  @Reads('board')
  async flows(
    @Query() query: Asks,
    @Res({ passthrough: true }) response: Response,
  ): Promise<unknown> {
    const fields = parameters(BetweenFields, query);
    const answer = await this.asking.ask(flowsBetween, this.lastYear(fields), fields);
    return answered(response, answer);
  }

  /** How long schools are in each category, and how long decisions take. */
  @Get('durations')
  @Reads('board')
  async durations(
    @Query() query: Asks,
    @Res({ passthrough: true }) response: Response,
  ): Promise<unknown> {
    const fields = parameters(BetweenFields, query);
    const about = { today: dayAsked(fields.asOf, this.clock), ...inOrder(fields) };
    return answered(response, await this.asking.ask(durations, about, fields));
  }

  /** Where schools in Prevention were a time later, beside like schools. */
  @Get('prevention-outcomes')
  @Reads('board')
  async outcomes(
    @Query() query: Asks,
    @Res({ passthrough: true }) response: Response,
  ): Promise<unknown> {
    const fields = parameters(BetweenFields, query);
    const answer = await this.asking.ask(preventionOutcomes, this.lastYear(fields), fields);
    return answered(response, answer);
  }

  /** What maintained schools and academies got in a year. */
  @Get('served-by-status')
  @Reads('board')
  async byStatus(
    @Query() query: Asks,
    @Res({ passthrough: true }) response: Response,
  ): Promise<unknown> {
    const fields = parameters(YearFields, query);
    const today = dayAsked(fields.asOf, this.clock);
    const about = { academicYear: yearAsked(fields.year, today), today };
    return answered(response, await this.asking.ask(servedByStatus, about, fields));
  }

  /** Which schools would be suggested another category on other thresholds or weights. */
  @Get('what-if')
  @Reads('county')
  async whatIf(
    @Query() query: Asks,
    @Res({ passthrough: true }) response: Response,
  ): Promise<unknown> {
    const fields = parameters(
      WhatIfFields,
      Object.fromEntries(Object.entries(query).filter(([name]) => !isOfTrial(name))),
    );
    const trial = trialFrom(query);
    if ('faults' in trial) throw unusable(trial.faults);
    const about = {
      today: dayAsked(fields.asOf, this.clock),
      trial,
      ...(fields.framework === undefined ? {} : { version: fields.framework }),
      all: fields.all === 'true',
      ...pageIn(fields),
    };
    const answer = await this.asking.ask(whatIf, about, fields);
    const found = answered(response, answer);
    if (found === undefined)
      throw new ProblemException(
        problem(
          404,
          'NoFramework',
          `No framework is in force on ${about.today}. Publish one first.`,
        ),
      );
    if ('faults' in found) throw unusable(found.faults);
    const { items, next, ...rest } = found;
    if (answer.answered)
      linkNext(response, '/api/v1/what-if', query, { position: answer.position, next });
    return { ...rest, lines: items };
  }

  /** Schools that had another URN, or closed into others. */
  @Get('urn-changes')
  @Reads('county')
  async urnChanges(
    @Query() query: Asks,
    @Res({ passthrough: true }) response: Response,
  ): Promise<unknown> {
    const fields = parameters(PageFields, query);
    const answer = await this.asking.ask(urnChanges, pageIn(fields), fields);
    const page = answeredPage(response, answer, '/api/v1/urn-changes', query);
    return { total: page.total, schools: page.items };
  }

  /** Two days in their order; by default the day asked about, and the same a year before the second. */
  private lastYear(fields: BetweenFields): { from: string; to: string } {
    const to = fields.to ?? dayAsked(fields.asOf, this.clock);
    const from = fields.from ?? monthsAfter(to, -12);
    return { from, to, ...inOrder({ from, to }) };
  }
}

/** Two days as they were asked for; the first after the second is refused. */
function inOrder({ from, to }: { readonly from?: string; readonly to?: string }) {
  if (from !== undefined && to !== undefined && from > to) {
    const detail = `from is ${from}, after to (${to}); give the earlier day first`;
    throw new ProblemException(malformed([{ pointer: '/from', detail }]));
  }
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}

const unusable = (faults: readonly TrialFault[]): ProblemException =>
  new ProblemException(
    malformed(faults.map(({ parameter, detail }) => ({ pointer: `/${parameter}`, detail }))),
  );
