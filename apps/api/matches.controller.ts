import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { IsIn, IsOptional, Length, Matches } from 'class-validator';
import type { Request, Response } from 'express';
import type { Asked } from '#application';
import { Asking, CLOCK, Reads } from '#application';
import type { ChampionRole, Phase } from '#domain';
import { academicYearOf, championRoles, daysOf, IsDay, phases } from '#domain';
import type { Clock } from '#platform';
import type { Matches as Found } from '#read-models';
import { matchesFor } from '#read-models';
import { dayAsked } from './day-asked';
import { malformed, ProblemException } from './problem';
import { answered, parameters, WhenFields } from './query-fields';
import { pinned, SchoolAsked } from './school-asked';

const FEW = /^[1-9]\d{0,2}$/;

class MatchFields extends WhenFields {
  @IsOptional()
  @IsIn(championRoles, { message: `role must be one of ${championRoles.join(', ')}` })
  role?: ChampionRole;

  @IsOptional()
  @Length(1, 60, { message: 'specialism must be the code of a specialism, up to 60 characters' })
  specialism?: string;

  @IsOptional()
  @IsIn(phases, { message: `phase must be one of ${phases.join(', ')}` })
  phase?: Phase;

  @IsOptional()
  @Matches(FEW, { message: 'halfDays must be a whole number of half-days, 1 to 999' })
  halfDays?: string;

  @IsOptional()
  @IsDay()
  from?: string;

  @IsOptional()
  @IsDay()
  to?: string;

  @IsOptional()
  @Matches(FEW, { message: 'within must be a whole number of miles, 1 to 999' })
  within?: string;
}

/** Who could help a school. */
@Controller('api/v1/schools/:school/matches')
export class MatchesController {
  constructor(
    @Inject(Asking) private readonly asking: Asking,
    @Inject(SchoolAsked) private readonly schools: SchoolAsked,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Champions ranked, each with the reasons, and those who are excluded, each with what excludes them. */
  @Get()
  @Reads('county')
  async matches(
    @Param('school') school: string,
    @Query() query: unknown,
    @Req() request: Request & Asked,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Found | undefined> {
    const {
      halfDays = '1',
      within,
      from: first,
      to: last,
      ...fields
    } = parameters(MatchFields, query);
    const { asOf, atLeast, ...about } = fields;
    const when = { ...(asOf && { asOf }), ...(atLeast && { atLeast }) };
    const from = first ?? dayAsked(asOf, this.clock);
    const academicYear = academicYearOf(from);
    const to = last ?? daysOf(academicYear)?.last ?? from;
    if (to < from || academicYearOf(to) !== academicYear) {
      const detail = `to must not be before from, which is ${from}, and both must lie in one academic year`;
      throw new ProblemException(malformed([{ pointer: '/to', detail }]));
    }
    const { schoolId } = await this.schools.asked(school, when, request, response);
    const wanted = {
      ...{ ...about, schoolId, from, to, halfDays: Number(halfDays) },
      ...(within === undefined ? {} : { within: Number(within) }),
    };
    return answered(response, await this.asking.ask(matchesFor, wanted, pinned(when, response)));
  }
}
