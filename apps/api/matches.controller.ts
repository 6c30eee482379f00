import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import { IsIn, IsOptional, Length, Matches } from 'class-validator';
import type { Request, Response } from 'express';
import type { Asked } from '#application';
import { Asking, Reads } from '#application';
import type { ChampionRole, Phase } from '#domain';
import { academicYearOf, championRoles, IsDay, phases } from '#domain';
import type { Matches as Found } from '#read-models';
import { matchesFor } from '#read-models';
import { malformed, ProblemException } from './problem';
import { answered, parameters, WhenFields } from './query-fields';
import { pinned, SchoolAsked } from './school-asked';

class MatchFields extends WhenFields {
  @Matches(/^(\d{6}|[0-9a-fA-F-]{36})$/, {
    message: 'school must be the id of the school to be supported, or a URN it has or had',
  })
  school: string;

  @IsIn(championRoles, { message: `role must be one of ${championRoles.join(', ')}` })
  role: ChampionRole;

  @Length(1, 60, { message: 'specialism must be the code of a specialism, up to 60 characters' })
  specialism: string;

  @Matches(/^[1-9]\d{0,2}$/, {
    message: 'halfDays must be a whole number of half-days, 1 to 999',
  })
  halfDays: string;

  @IsDay()
  from: string;

  @IsDay()
  to: string;

  @IsOptional()
  @IsIn(phases, { message: `phase must be one of ${phases.join(', ')}` })
  phase?: Phase;

  @IsOptional()
  @Matches(/^[1-9]\d{0,2}$/, { message: 'within must be a whole number of miles, 1 to 999' })
  within?: string;
}

/** Who could help a school. */
@Controller('api/v1/matches')
export class MatchesController {
  constructor(
    @Inject(Asking) private readonly asking: Asking,
    @Inject(SchoolAsked) private readonly schools: SchoolAsked,
  ) {}

  /** Champions ranked, each with the reasons, and those who are excluded, each with what excludes them. */
  @Get()
  @Reads('county')
  async matches(
    @Query() query: unknown,
    @Req() request: Request & Asked,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Found | undefined> {
    const { school, halfDays, within, role, specialism, phase, from, to, ...when } = parameters(
      MatchFields,
      query,
    );
    if (to < from || academicYearOf(from) !== academicYearOf(to)) {
      const detail = 'to must not be before from, and both must lie in one academic year';
      throw new ProblemException(malformed([{ pointer: '/to', detail }]));
    }
    const { schoolId } = await this.schools.asked(school, when, request, response);
    const wanted = {
      ...{ schoolId, role, specialism, from, to, halfDays: Number(halfDays) },
      ...(phase === undefined ? {} : { phase }),
      ...(within === undefined ? {} : { within: Number(within) }),
    };
    return answered(response, await this.asking.ask(matchesFor, wanted, pinned(when, response)));
  }
}
