import {
  Controller,
  Get,
  Inject,
  NotFoundException,
  Param,
  Query,
  Req,
  Res,
  UseFilters,
} from '@nestjs/common';
import { IsIn, IsOptional, Matches } from 'class-validator';
import type { Request, Response } from 'express';
import type { Asked } from '#application';
import { Asking, CLOCK, Reads, themselves } from '#application';
import { championRoles, phases } from '#domain';
import type { Clock } from '#platform';
import { dayInEngland } from '#platform';
import type { ChampionSearch } from '#read-models';
import { championOf, championStatuses, listChampions } from '#read-models';
import { capacitySentence } from './champions.view';
import { PageFilter } from './page.filter';
import { mayRead, Pages } from './pages';
import { pageLinks } from './paging';
import type { Query as Asks } from './query';
import { address, dateField, fieldsOf } from './query';
import { Sitting } from './sitting';

class ChampionsFields {
  @IsOptional()
  @IsIn(championRoles, { message: 'choose a role from the list' })
  role?: string;

  @IsOptional()
  @Matches(/^[a-z0-9-]{2,40}$/, {
    message: 'give the specialism as a short word such as early-reading',
  })
  specialism?: string;

  @IsOptional()
  @IsIn(phases, { message: 'choose a phase from the list' })
  phase?: string;

  @IsOptional()
  @IsIn(championStatuses, { message: 'choose a status from the list' })
  status?: string;

  @IsOptional()
  @Matches(/^[0-9a-zA-Z-]{1,40}$/, { message: 'give the URN of the home school, six digits' })
  homeSchool?: string;

  @IsOptional()
  @Matches(/^\d{1,9}$/, { message: 'this page of the list does not exist' })
  skip?: string;

  @IsOptional()
  @Matches(/^\d{1,16}$/, { message: 'position must be a whole number' })
  position?: string;
}

class ChampionFields {
  /** A position the page has to have seen: what somebody was just told of. */
  @IsOptional()
  @Matches(/^\d{1,16}$/, { message: 'atLeast must be a position' })
  atLeast?: string;
}

const LIMIT = 50;

/** Champions, for whoever may see the county's schools by name. */
@Controller('champions')
@UseFilters(PageFilter)
export class ChampionsController {
  constructor(
    @Inject(Asking) private readonly asking: Asking,
    @Inject(Pages) private readonly pages: Pages,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Reads('county')
  async list(
    @Query() query: Asks,
    @Req() request: Request & Asked,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string> {
    const { skip: skipped = '0', position, ...search } = fieldsOf(ChampionsFields, query, []);
    const [skip, today] = [Number(skipped), this.today()];
    const sitting = new Sitting(this.asking, position === undefined ? {} : { asOf: position });
    const about = { ...search, today, skip, limit: LIMIT } as ChampionSearch;
    const found = await sitting.ask(listChampions, about);
    const link = (to: number): string =>
      address('/champions', {
        ...search,
        position: sitting.position,
        skip: to === 0 ? undefined : String(to),
      });
    return this.pages.render('champions.njk', request, response, {
      search,
      lines: found.items,
      ...pageLinks({ skip, limit: LIMIT, total: found.total }, link),
      filtered: Object.keys(search).length > 0,
    });
  }

  @Get(':champion')
  @Reads('champion')
  async one(
    @Param('champion') champion: string,
    @Query() query: Asks,
    @Req() request: Request & Asked,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string> {
    const { atLeast } = fieldsOf(ChampionFields, query, ['asOf']);
    const asOf = dateField(query, 'asOf', this.today());
    if (asOf.fault !== undefined) response.status(400);
    const now = await new Sitting(this.asking, atLeast === undefined ? {} : { atLeast }).ask(
      championOf,
      { champion, today: this.today(), ...themselves(request) },
    );
    if (now === undefined)
      throw new NotFoundException(`No champion is known by “${champion.slice(0, 40)}”.`);
    const known =
      asOf.value === undefined
        ? now
        : await new Sitting(this.asking, { asOf: asOf.value }).ask(championOf, {
            champion,
            today: asOf.value,
            ...themselves(request),
          });
    return this.pages.render('champion.njk', request, response, {
      namesSchools: mayRead(request.identity, 'county'),
      asOf,
      faults: asOf.fault === undefined ? [] : [{ text: asOf.fault, href: '#asOf-day' }],
      champion: now.championId,
      personRef: now.personRef,
      known: known && { ...known, sentence: capacitySentence(known.capacity) },
    });
  }

  private today(): string {
    return dayInEngland(this.clock.now());
  }
}
