import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { IsIn, IsOptional, Matches } from 'class-validator';
import type { Request, Response } from 'express';
import type { Asked } from '#application';
import { Asking, CLOCK, Reads, withoutLeftOut } from '#application';
import { academicYearOf, daysOf, IsDay } from '#domain';
import type { Clock } from '#platform';
import type { ClaimSearch } from '#read-models';
import { claimStages, listClaims, reconciled } from '#read-models';
import { dayAsked } from './day-asked';
import { answered, answeredPage, PageFields, pageIn, parameters, WhenFields } from './query-fields';
import { pinned, SchoolAsked } from './school-asked';

const SCHOOL = /^(\d{6}|[0-9a-fA-F-]{36})$/;
const schoolWanted = 'homeSchool must be a URN or the id of a school';

class ClaimFields extends PageFields {
  @IsOptional()
  @Matches(SCHOOL, { message: schoolWanted })
  homeSchool?: string;

  @IsOptional()
  @Matches(/^[0-9a-f-]{36}$/, { message: 'deployment must be the id of a deployment' })
  deployment?: string;

  @IsOptional()
  @IsIn(claimStages, { message: `stage must be one of ${claimStages.join(', ')}` })
  stage?: string;

  @IsOptional()
  @IsDay()
  from?: string;

  @IsOptional()
  @IsDay()
  to?: string;
}

class ReconciliationFields extends WhenFields {
  @IsOptional()
  @IsDay()
  from?: string;

  @IsOptional()
  @IsDay()
  to?: string;
}

/** Questions about what support costs. */
@Controller('api/v1')
export class MoneyController {
  constructor(
    @Inject(Asking) private readonly asking: Asking,
    @Inject(SchoolAsked) private readonly schools: SchoolAsked,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Claims, those of the latest visits first; a home head's own school's. */
  @Get('claims')
  @Reads('claims')
  async claims(
    @Query() query: Record<string, string>,
    @Req() request: Request & Asked,
    @Res({ passthrough: true }) response: Response,
  ): Promise<unknown> {
    const fields = parameters(ClaimFields, query);
    const { homeSchool, deployment, stage, from, to } = fields;
    const named = homeSchool ?? request.ownSchoolOnly;
    const school =
      named === undefined ? undefined : await this.schools.asked(named, fields, request, response);
    const about = {
      ...pageIn(fields),
      ...(school === undefined ? {} : { homeSchoolId: school.schoolId }),
      ...(deployment === undefined ? {} : { deploymentId: deployment }),
      ...(stage === undefined ? {} : { stage }),
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
    } as ClaimSearch;
    const answer = await this.asking.ask(listClaims, about, pinned(fields, response));
    const page = answeredPage(response, answer, '/api/v1/claims', query);
    return {
      total: page.total,
      claims: page.items.map((claim) => withoutLeftOut('claims', request.identity?.role, claim)),
    };
  }

  /** Do claims and visits agree, for one home school and one period? */
  @Get('schools/:school/reconciliation')
  @Reads('county')
  async reconciliation(
    @Param('school') school: string,
    @Query() query: Record<string, string>,
    @Req() request: Request & Asked,
    @Res({ passthrough: true }) response: Response,
  ): Promise<unknown> {
    const { from: first, to: last, ...when } = parameters(ReconciliationFields, query);
    const year = daysOf(academicYearOf(dayAsked(when.asOf, this.clock)));
    const [from, to] = [first ?? year?.first ?? '', last ?? year?.last ?? ''];
    const { schoolId: homeSchoolId } = await this.schools.asked(school, when, request, response);
    const about = { homeSchoolId, from, to };
    const answer = await this.asking.ask(reconciled, about, pinned(when, response));
    return { from, to, ...answered(response, answer) };
  }
}
