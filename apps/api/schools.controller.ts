import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { IsIn, IsOptional, IsUUID, Length, Matches } from 'class-validator';
import type { Request, Response } from 'express';
import type { Asked } from '#application';
import { Asking, Catalogue, Reads, seenByItsPeople } from '#application';
import { categories, IsDay, phases, schoolKinds, statuses } from '#domain';
import type { JourneyEntry, SchoolCard, SchoolSearch, WhyAnswer } from '#read-models';
import { coverageOf, journeyOf, listSchools, whyOf } from '#read-models';
import { problem, ProblemException } from './problem';
import { answered, answeredPage, PageFields, pageIn, parameters, WhenFields } from './query-fields';
import { pinned, SchoolAsked } from './school-asked';

const anyOf = (name: string, words: readonly string[]): string =>
  `${name} must be one of ${words.join(', ')}`;
const categoryWords = [...categories, 'none'];

class SchoolListFields extends PageFields {
  @IsOptional()
  @Length(1, 100, { message: 'q must be part of a name, or a URN, of up to 100 characters' })
  q?: string;

  @IsOptional()
  @IsIn(categoryWords, { message: anyOf('category', categoryWords) })
  category?: string;

  @IsOptional()
  @IsIn(phases, { message: anyOf('phase', phases) })
  phase?: string;

  @IsOptional()
  @IsIn(schoolKinds, { message: anyOf('kind', schoolKinds) })
  kind?: string;

  @IsOptional()
  @IsIn(statuses, { message: anyOf('status', statuses) })
  status?: string;

  @IsOptional()
  @IsIn(['true', 'false'], { message: 'closed must be true or false' })
  closed?: string;
}

class JourneyFields extends PageFields {
  @IsOptional()
  @Matches(/^[A-Za-z,]{1,1000}$/, { message: 'types must be names of events, with commas between' })
  types?: string;
}

class WhyFields extends WhenFields {
  @IsOptional()
  @IsUUID('all', {
    message: 'change must be the id of the event that confirmed, changed or corrected the category',
  })
  change?: string;

  @IsOptional()
  @IsDay()
  at?: string;
}

@Controller('api/v1/schools')
export class SchoolsController {
  constructor(
    @Inject(Asking) private readonly asking: Asking,
    @Inject(SchoolAsked) private readonly schools: SchoolAsked,
    @Inject(Catalogue) private readonly catalogue: Catalogue,
  ) {}

  /** Schools by name. */
  @Get()
  @Reads('county')
  async list(
    @Query() query: Record<string, string>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<unknown> {
    const fields = parameters(SchoolListFields, query);
    const { closed, asOf: _asOf, atLeast: _atLeast, ...search } = fields;
    const answer = await this.asking.ask(
      listSchools,
      { ...search, ...pageIn(fields), closed: closed === 'true' } as SchoolSearch,
      fields,
    );
    const page = answeredPage(response, answer, '/api/v1/schools', query);
    return { total: page.total, schools: page.items };
  }

  /** One school, by its id or any URN it ever had. */
  @Get(':school')
  @Reads('school')
  async one(
    @Param('school') school: string,
    @Query() query: unknown,
    @Req() request: Request & Asked,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SchoolCard> {
    return this.schools.asked(school, parameters(WhenFields, query), request, response);
  }

  /** Everything recorded of it, newest first. */
  @Get(':school/journey')
  @Reads('school')
  async journey(
    @Param('school') school: string,
    @Query() query: Record<string, string>,
    @Req() request: Request & Asked,
    @Res({ passthrough: true }) response: Response,
  ): Promise<{ total: number; entries: readonly JourneyEntry[] }> {
    const fields = parameters(JourneyFields, query);
    const { schoolId } = await this.schools.asked(school, fields, request, response);
    const types = fields.types?.split(',');
    const answer = await this.asking.ask(
      journeyOf,
      { schoolId, ...pageIn(fields), ...(types === undefined ? {} : { types }) },
      pinned(fields, response),
    );
    const page = answeredPage(response, answer, `/api/v1/schools/${school}/journey`, query);
    const entries =
      request.ownSchoolOnly === undefined
        ? page.items
        : page.items.map((entry) => seenByItsPeople(entry, this.catalogue));
    return { total: page.total, entries };
  }

  /** The readings its last assessment stands on, and what is missing and why. */
  @Get(':school/coverage')
  @Reads('school')
  async coverage(
    @Param('school') school: string,
    @Query() query: unknown,
    @Req() request: Request & Asked,
    @Res({ passthrough: true }) response: Response,
  ): Promise<unknown> {
    const fields = parameters(WhenFields, query);
    const { schoolId } = await this.schools.asked(school, fields, request, response);
    return (
      answered(
        response,
        await this.asking.ask(coverageOf, { schoolId }, pinned(fields, response)),
      ) ?? { assessments: 0 }
    );
  }

  /** Why its category changed: `change` names the change, `at` a day whose category is asked about; default the last one. */
  @Get(':school/why')
  @Reads('school')
  async why(
    @Param('school') school: string,
    @Query() query: unknown,
    @Req() request: Request & Asked,
    @Res({ passthrough: true }) response: Response,
  ): Promise<WhyAnswer> {
    const { change, at, ...when } = parameters(WhyFields, query);
    const { schoolId, name } = await this.schools.asked(school, when, request, response);
    const about = {
      school: schoolId,
      ...(change === undefined ? {} : { change }),
      ...(at === undefined ? {} : { at }),
    };
    const why = answered(response, await this.asking.ask(whyOf, about, pinned(when, response)));
    if (why !== undefined) return why;
    const which =
      change === undefined ? (at === undefined ? '' : ` in force on ${at}`) : ` ${change}`;
    throw new ProblemException(
      problem(
        404,
        'NoSuchChange',
        `${name} has no change of category${which} on record at this position. Its journey lists the changes it has.`,
      ),
    );
  }
}
