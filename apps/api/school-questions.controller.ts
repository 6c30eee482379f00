import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { IsOptional, Matches } from 'class-validator';
import type { Request, Response } from 'express';
import type { Asked } from '#application';
import {
  Asking,
  Catalogue,
  CLOCK,
  Reads,
  seenByItsPeople,
  sinceVisit,
  withoutLeftOut,
} from '#application';
import { IsDay } from '#domain';
import type { Clock } from '#platform';
import { impactAtSchool, lendingOf, standingOf } from '#read-models';
import { dayAsked } from './day-asked';
import { malformed, ProblemException } from './problem';
import { answered, linkNext, PageFields, pageIn, parameters, WhenFields } from './query-fields';
import { pinned, SchoolAsked } from './school-asked';
import { YEAR, yearAsked, yearFault } from './year-asked';

class YearFields extends WhenFields {
  @IsOptional()
  @Matches(YEAR, { message: yearFault('year') })
  year?: string;
}

class SinceFields extends PageFields {
  @IsOptional()
  @IsDay()
  since?: string;
}

/** Questions the people around one school ask. */
@Controller('api/v1/schools/:school')
export class SchoolQuestionsController {
  constructor(
    @Inject(Asking) private readonly asking: Asking,
    @Inject(SchoolAsked) private readonly schools: SchoolAsked,
    @Inject(Catalogue) private readonly catalogue: Catalogue,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Its category, since when and why, what it may have and has left, and how it can respond, by when. */
  @Get('standing')
  @Reads('school')
  async standing(
    @Param('school') school: string,
    @Query() query: unknown,
    @Req() request: Request & Asked,
    @Res({ passthrough: true }) response: Response,
  ): Promise<unknown> {
    const when = parameters(WhenFields, query);
    const { schoolId } = await this.schools.asked(school, when, request, response);
    const about = { schoolId, today: dayAsked(when.asOf, this.clock) };
    const answer = await this.asking.ask(standingOf, about, pinned(when, response));
    return answered(response, answer);
  }

  /** Has support had impact? */
  @Get('impact')
  @Reads('school')
  async impact(
    @Param('school') school: string,
    @Query() query: unknown,
    @Req() request: Request & Asked,
    @Res({ passthrough: true }) response: Response,
  ): Promise<unknown> {
    const when = parameters(WhenFields, query);
    const { schoolId } = await this.schools.asked(school, when, request, response);
    const answer = await this.asking.ask(impactAtSchool, { schoolId }, pinned(when, response));
    return answered(response, answer);
  }

  /** What it lends: how many days its people are out, and what it is owed for them. */
  @Get('lending')
  @Reads('lending')
  async lending(
    @Param('school') school: string,
    @Query() query: unknown,
    @Req() request: Request & Asked,
    @Res({ passthrough: true }) response: Response,
  ): Promise<unknown> {
    const { year, ...when } = parameters(YearFields, query);
    const academicYear = yearAsked(year, dayAsked(when.asOf, this.clock));
    const { schoolId } = await this.schools.asked(school, when, request, response);
    const about = { schoolId, academicYear };
    const answer = await this.asking.ask(lendingOf, about, pinned(when, response));
    const lent = answered(response, answer);
    const role = request.identity?.role;
    return { ...lent, claims: lent.claims.map((claim) => withoutLeftOut('claims', role, claim)) };
  }

  /** What changed since the last headline visit, or since a day. */
  @Get('since-last-visit')
  @Reads('school')
  async since(
    @Param('school') school: string,
    @Query() query: Record<string, string>,
    @Req() request: Request & Asked,
    @Res({ passthrough: true }) response: Response,
  ): Promise<unknown> {
    const fields = parameters(SinceFields, query);
    const { since } = fields;
    const today = dayAsked(fields.asOf, this.clock);
    if (since !== undefined && since > today) {
      const detail = `since must not be after the day asked about, which is ${today}`;
      throw new ProblemException(malformed([{ pointer: '/since', detail }]));
    }
    const { schoolId } = await this.schools.asked(school, fields, request, response);
    const about = {
      ...{ schoolId, today, ...pageIn(fields) },
      ...(since === undefined ? {} : { since }),
    };
    const found = answered(
      response,
      await sinceVisit(this.asking, about, pinned(fields, response)),
    );
    const { entries, next, ...told } = found;
    const path = `/api/v1/schools/${school}/since-last-visit`;
    const position = Number(response.getHeader('Position'));
    linkNext(response, path, query, { position, next });
    const seen =
      request.ownSchoolOnly === undefined
        ? entries
        : entries.map(({ heading, ...entry }) => ({
            ...seenByItsPeople(entry, this.catalogue),
            heading,
          }));
    return { ...told, entries: seen };
  }
}
