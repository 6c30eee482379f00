import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { IsIn, IsOptional, Matches } from 'class-validator';
import type { Request, Response } from 'express';
import type { Asked } from '#application';
import { Asking, CLOCK, Reads } from '#application';
import { collaborationKinds, phases } from '#domain';
import type { Clock } from '#platform';
import type { CollaborationSearch, StrengthSearch } from '#read-models';
import { schoolsThatCouldHelp, listCollaborations, schoolOf, strengthsOf } from '#read-models';
import { dayAsked } from './day-asked';
import { problem, ProblemException } from './problem';
import { answered, answeredPage, PageFields, pageIn, parameters } from './query-fields';
import { pinned, SchoolAsked } from './school-asked';

const AREA = /^[a-z0-9-]{1,60}$/;
const areaWanted = 'area must be the code of an area, such as early-reading';
const SCHOOL = /^(\d{6}|[0-9a-fA-F-]{36})$/;

class CollaborationFields extends PageFields {
  @IsOptional()
  @IsIn(collaborationKinds, { message: `kind must be one of ${collaborationKinds.join(', ')}` })
  kind?: string;

  @IsOptional()
  @Matches(AREA, { message: areaWanted })
  area?: string;

  @IsOptional()
  @Matches(SCHOOL, { message: 'school must be a URN or the id of a school' })
  school?: string;

  @IsOptional()
  @IsIn(['true', 'false'], { message: 'open must be true or false' })
  open?: string;
}

class StrengthFields extends PageFields {
  @IsOptional()
  @Matches(AREA, { message: areaWanted })
  area?: string;

  @IsOptional()
  @IsIn(phases, { message: `phase must be one of ${phases.join(', ')}` })
  phase?: string;

  @IsOptional()
  @Matches(SCHOOL, { message: 'for must be a URN or the id of the school that is to be helped' })
  for?: string;
}

/** Schools that help each other, and who could. */
@Controller('api/v1')
export class TogetherController {
  constructor(
    @Inject(Asking) private readonly asking: Asking,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SchoolAsked) private readonly schools: SchoolAsked,
  ) {}

  /** Collaborations, newest first. */
  @Get('collaborations')
  @Reads('county')
  async collaborations(
    @Query() query: Record<string, string>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<unknown> {
    const fields = parameters(CollaborationFields, query);
    const { kind, area, open } = fields;
    const schoolId = await this.idOf(fields.school, fields, response);
    const about = {
      ...pageIn(fields),
      today: dayAsked(fields.asOf, this.clock),
      ...(kind === undefined ? {} : { kind }),
      ...(area === undefined ? {} : { area }),
      ...(open === undefined ? {} : { open: open === 'true' }),
      ...(schoolId === undefined ? {} : { schoolId }),
    } as CollaborationSearch;
    const answer = await this.asking.ask(listCollaborations, about, pinned(fields, response));
    const page = answeredPage(response, answer, '/api/v1/collaborations', query);
    return { total: page.total, collaborations: page.items };
  }

  /** Who could help: schools strong in an area; `for` names the school that is to be helped. */
  @Get('strengths')
  @Reads('county')
  async strengths(
    @Query() query: Record<string, string>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<unknown> {
    const fields = parameters(StrengthFields, query);
    const { area, phase } = fields;
    const forSchoolId = await this.idOf(fields.for, fields, response);
    const about = {
      ...pageIn(fields),
      today: dayAsked(fields.asOf, this.clock),
      ...(area === undefined ? {} : { area }),
      ...(phase === undefined ? {} : { phase }),
      ...(forSchoolId === undefined ? {} : { forSchoolId }),
    } as StrengthSearch;
    const answer = await this.asking.ask(schoolsThatCouldHelp, about, pinned(fields, response));
    const page = answeredPage(response, answer, '/api/v1/strengths', query);
    return { total: page.total, schools: page.items };
  }

  /** With whom a school works together and worked, and what it is strong in. */
  @Get('schools/:school/collaborations')
  @Reads('school')
  async ofSchool(
    @Param('school') school: string,
    @Query() query: Record<string, string>,
    @Req() request: Request & Asked,
    @Res({ passthrough: true }) response: Response,
  ): Promise<unknown> {
    const fields = parameters(PageFields, query);
    const { schoolId } = await this.schools.asked(school, fields, request, response);
    const about = { schoolId, today: dayAsked(fields.asOf, this.clock) };
    const when = pinned(fields, response);
    const strengths = answered(response, await this.asking.ask(strengthsOf, about, when));
    const answer = await this.asking.ask(listCollaborations, { ...about, ...pageIn(fields) }, when);
    const path = `/api/v1/schools/${school}/collaborations`;
    const page = answeredPage(response, answer, path, query);
    return { total: page.total, collaborations: page.items, strengths };
  }

  /** The id of a school a parameter names. */
  private async idOf(
    school: string | undefined,
    when: PageFields,
    response: Response,
  ): Promise<string | undefined> {
    if (school === undefined) return undefined;
    const found = answered(response, await this.asking.ask(schoolOf, { school }, when));
    if (found !== undefined) return found.schoolId;
    throw new ProblemException(
      problem(404, 'NoSuchSchool', `No school is known by ${school.slice(0, 40)}.`),
    );
  }
}
