import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { IsIn, IsOptional, Matches } from 'class-validator';
import type { Request, Response } from 'express';
import type { Asked } from '#application';
import { Asking, CLOCK, Reads, themselves } from '#application';
import { championRoles, isDay, phases } from '#domain';
import type { Clock } from '#platform';
import { dayInEngland } from '#platform';
import type { ChampionCard, ChampionSearch } from '#read-models';
import { championOf, championStatuses, listChampions } from '#read-models';
import { problem, ProblemException } from './problem';
import { answered, answeredPage, PageFields, pageIn, parameters, WhenFields } from './query-fields';

class ChampionListFields extends PageFields {
  @IsOptional()
  @IsIn(championRoles, { message: `role must be one of ${championRoles.join(', ')}` })
  role?: string;

  @IsOptional()
  @Matches(/^[a-z0-9-]{2,40}$/, {
    message: 'specialism must be a short word such as early-reading',
  })
  specialism?: string;

  @IsOptional()
  @IsIn(phases, { message: `phase must be one of ${phases.join(', ')}` })
  phase?: string;

  @IsOptional()
  @IsIn(championStatuses, { message: `status must be one of ${championStatuses.join(', ')}` })
  status?: string;

  @IsOptional()
  @Matches(/^[0-9a-zA-Z-]{1,40}$/, { message: 'homeSchool must be the id of a school, or a URN' })
  homeSchool?: string;
}

/** Questions about champions. */
@Controller('api/v1/champions')
export class ChampionsController {
  constructor(
    @Inject(Asking) private readonly asking: Asking,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Champions by their reference, with what is left of their year. */
  @Get()
  @Reads('county')
  async list(
    @Query() query: Record<string, string>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<unknown> {
    const fields = parameters(ChampionListFields, query);
    const { asOf: _asOf, atLeast: _atLeast, ...search } = fields;
    const about = { ...search, ...pageIn(fields), today: this.today(fields.asOf) };
    const answer = await this.asking.ask(listChampions, about as ChampionSearch, fields);
    const page = answeredPage(response, answer, '/api/v1/champions', query);
    return { total: page.total, champions: page.items };
  }

  /** One champion: what they do, when they have time, which interests are declared, what is left of their days. */
  @Get(':champion')
  @Reads('champion')
  async one(
    @Param('champion') champion: string,
    @Query() query: unknown,
    @Req() request: Request & Asked,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ChampionCard> {
    const when = parameters(WhenFields, query);
    const about = { champion, today: this.today(when.asOf), ...themselves(request) };
    const found = answered(response, await this.asking.ask(championOf, about, when));
    if (found !== undefined) return found;
    throw new ProblemException(
      problem(
        404,
        'NoSuchChampion',
        `No champion that you may see is known by ${champion.slice(0, 40)}${when.asOf === undefined ? '' : `, as of ${when.asOf.slice(0, 40)}`}. Champions are found in the list of them.`,
      ),
    );
  }

  /** The day a question is about: the day it is asked as of, or today. */
  private today(asOf: string | undefined): string {
    const asked = asOf?.slice(0, 10);
    return isDay(asked) ? asked : dayInEngland(this.clock.now());
  }
}
