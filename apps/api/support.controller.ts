import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { IsIn, IsOptional, IsUUID, Length, Matches } from 'class-validator';
import type { Request, Response } from 'express';
import type { Asked, When } from '#application';
import { Asking, CLOCK, Reads } from '#application';
import type { ChampionRole } from '#domain';
import { championRoles } from '#domain';
import type { Identity } from '#platform';
import type { Clock } from '#platform';
import type { DeploymentSearch, DeploymentStage, Whose } from '#read-models';
import {
  countyAllowances,
  deploymentOf,
  deploymentStages,
  listDeployments,
  schoolOf,
  schoolsWithoutDeployment,
  supportOf,
} from '#read-models';
import { dayAsked } from './day-asked';
import { asSeenBy } from './deployment-seen';
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
import { pinned, SchoolAsked } from './school-asked';
import { YEAR, yearAsked, yearFault } from './year-asked';

const YEAR_FAULT = yearFault('year');
const SCHOOL = /^(\d{6}|[0-9a-fA-F-]{36})$/;

class SupportFields extends WhenFields {
  @IsOptional()
  @Matches(YEAR, { message: YEAR_FAULT })
  year?: string;
}

class AllowanceFields extends PageFields {
  @IsOptional()
  @Matches(YEAR, { message: YEAR_FAULT })
  year?: string;
}

class DeploymentFields extends PageFields {
  @IsOptional()
  @IsIn(deploymentStages, { message: `stage must be one of ${deploymentStages.join(', ')}` })
  stage?: DeploymentStage;

  @IsOptional()
  @IsIn(['true'], { message: 'open must be true, or left out' })
  open?: string;

  @IsOptional()
  @Matches(SCHOOL, { message: 'school must be the id of a school, or a URN it has or had' })
  school?: string;

  @IsOptional()
  @Matches(SCHOOL, { message: 'homeSchool must be the id of a school, or a URN it has or had' })
  homeSchool?: string;

  @IsOptional()
  @IsUUID('all', { message: 'champion must be the id of a champion' })
  champion?: string;

  @IsOptional()
  @Length(1, 60, { message: 'specialism must be the code of a specialism, up to 60 characters' })
  specialism?: string;

  @IsOptional()
  @IsIn(championRoles, { message: `role must be one of ${championRoles.join(', ')}` })
  role?: ChampionRole;

  @IsOptional()
  @IsIn(['true', 'false'], { message: 'overdue must be true or false' })
  overdue?: string;
}

/** Questions about brokered support: who gets what, who is late, and what is left. */
@Controller('api/v1')
export class SupportController {
  constructor(
    @Inject(Asking) private readonly asking: Asking,
    @Inject(SchoolAsked) private readonly schools: SchoolAsked,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** What a school may have in a year and has left, and its deployments. */
  @Get('schools/:school/support')
  @Reads('school')
  async school(
    @Param('school') school: string,
    @Query() query: unknown,
    @Req() request: Request & Asked,
    @Res({ passthrough: true }) response: Response,
  ): Promise<unknown> {
    const { year, ...when } = parameters(SupportFields, query);
    const today = dayAsked(when.asOf, this.clock);
    const academicYear = yearAsked(year, today);
    const { schoolId } = await this.schools.asked(school, when, request, response);
    return answered(
      response,
      await this.asking.ask(supportOf, { schoolId, academicYear, today }, pinned(when, response)),
    );
  }

  /** Deployments, filtered; those somebody may see. */
  @Get('deployments')
  @Reads('deployments')
  async deployments(
    @Query() query: Record<string, string>,
    @Req() request: Request & Asked,
    @Res({ passthrough: true }) response: Response,
  ): Promise<unknown> {
    const fields = parameters(DeploymentFields, query);
    const today = dayAsked(fields.asOf, this.clock);
    const schoolId = await this.idOf(fields.school, fields, response);
    const homeSchoolId = await this.idOf(fields.homeSchool, pinned(fields, response), response);
    const search = {
      ...{ today, whose: whoseOf(request), ...pageIn(fields) },
      ...given({ schoolId, homeSchoolId, championId: fields.champion?.toLowerCase() }),
      ...given({ stage: fields.stage, specialism: fields.specialism, role: fields.role }),
      ...(fields.open === undefined ? {} : { open: true }),
      ...(fields.overdue === undefined ? {} : { overdue: fields.overdue === 'true' }),
    } as DeploymentSearch;
    const answer = await this.asking.ask(listDeployments, search, pinned(fields, response));
    const page = answeredPage(response, answer, '/api/v1/deployments', query);
    const { identity } = request;
    return {
      today,
      total: page.total,
      deployments: page.items.map((one) => asSeenBy(identity, one)),
    };
  }

  /** One deployment with its visits. */
  @Get('deployments/:deployment')
  @Reads('deployments')
  async deployment(
    @Param('deployment') deploymentId: string,
    @Query() query: unknown,
    @Req() request: Request & Asked,
    @Res({ passthrough: true }) response: Response,
  ): Promise<unknown> {
    const when = parameters(WhenFields, query);
    const today = dayAsked(when.asOf, this.clock);
    const about = { deploymentId, today, whose: whoseOf(request) };
    const found = answered(response, await this.asking.ask(deploymentOf, about, when));
    if (found !== undefined) return asSeenBy(request.identity, found);
    // Not even whether there is one is told to whom it does not concern.
    const which = deploymentId.slice(0, 40);
    throw new ProblemException(
      problem(404, 'NoSuchDeployment', `No deployment that you may see has the id ${which}.`),
    );
  }

  /** What is granted, set aside, used and left in a year. */
  @Get('allowances')
  @Reads('county')
  async allowances(
    @Query() query: Record<string, string>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<unknown> {
    const fields = parameters(AllowanceFields, query);
    const today = dayAsked(fields.asOf, this.clock);
    const academicYear = yearAsked(fields.year, today);
    const about = { academicYear, today, ...pageIn(fields) };
    const answer = await this.asking.ask(countyAllowances, about, fields);
    const { items, total, county, next } = answered(response, answer);
    if (answer.answered)
      linkNext(response, '/api/v1/allowances', query, { position: answer.position, next });
    return { academicYear, today, county, total, schools: items };
  }

  /** Prevention and Intervention schools that nobody supports. */
  @Get('schools-without-deployment')
  @Reads('county')
  async without(
    @Query() query: Record<string, string>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<unknown> {
    const fields = parameters(PageFields, query);
    const today = dayAsked(fields.asOf, this.clock);
    const about = { today, ...pageIn(fields) };
    const answer = await this.asking.ask(schoolsWithoutDeployment, about, fields);
    const { items, total, next } = answered(response, answer);
    if (answer.answered)
      linkNext(response, '/api/v1/schools-without-deployment', query, {
        position: answer.position,
        next,
      });
    return { today, total, schools: items };
  }

  /** The school a list is narrowed to. One that nobody knows is nobody's: the list is empty. */
  private async idOf(
    school: string | undefined,
    when: When,
    response: Response,
  ): Promise<string | undefined> {
    if (school === undefined) return undefined;
    const found = answered(response, await this.asking.ask(schoolOf, { school }, when));
    return found?.schoolId ?? school.toLowerCase();
  }
}

/** Those who see only what is theirs, by what is theirs. */
function whoseOf({ identity, ownSchoolOnly }: Asked): Whose {
  if (identity === undefined || ownSchoolOnly === undefined) return {};
  return ownOf(identity, ownSchoolOnly);
}

const ownOf = ({ id, role }: Identity, own: string): Whose =>
  role === 'champion'
    ? { championPersonRef: id }
    : role === 'home-head'
      ? { homeSchoolId: own }
      : { schoolId: own };

const given = (fields: Readonly<Record<string, unknown>>): object =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
