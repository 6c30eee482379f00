import { Controller, Get, Inject, Query, Req, Res, UseFilters } from '@nestjs/common';
import { IsIn, IsOptional, Length, Matches } from 'class-validator';
import type { Request, Response } from 'express';
import type { Asked } from '#application';
import { Asking, CLOCK, Reads } from '#application';
import { categories, phases, statuses } from '#domain';
import type { Clock } from '#platform';
import { dayInEngland } from '#platform';
import { boardOn, flowBetween, registerOn, schoolByUrn, recentMoves } from '#read-models';
import {
  BAR,
  boardSentence,
  flowColumns,
  flowSentence,
  found,
  segmentsOf,
  tablesOf,
} from './board.view';
import { PageFilter } from './page.filter';
import { mayRead, Pages } from './pages';
import { pageLinks } from './paging';
import type { Query as Asks } from './query';
import { address, dateField, fieldsOf } from './query';
import { Sitting } from './sitting';
import { faultsOfDates, twoDays } from './two-days';

class BoardFields {
  @IsOptional()
  @Length(1, 100, { message: 'search for part of a name, or a URN, of up to 100 characters' })
  q?: string;

  @IsOptional()
  @IsIn([...categories, 'none'], { message: 'choose a category from the list' })
  category?: string;

  @IsOptional()
  @IsIn(phases, { message: 'choose a phase from the list' })
  phase?: string;

  @IsOptional()
  @IsIn(statuses, { message: 'choose a status from the list' })
  status?: string;

  @IsOptional()
  @Matches(/^\d{1,9}$/, { message: 'this page of the list does not exist' })
  skip?: string;

  @IsOptional()
  @Matches(/^\d{1,16}$/, { message: 'position must be a whole number' })
  position?: string;

  /** A position the page has to have seen: what somebody was just told of. */
  @IsOptional()
  @Matches(/^\d{1,16}$/, { message: 'atLeast must be a position' })
  atLeast?: string;
}

type Search = Omit<BoardFields, 'skip' | 'position' | 'atLeast'>;

const DATES = ['asOf', 'from', 'to'];
const LIMIT = 50;
const MOVES = 10;

/** The whole county: counts for whoever may see counts, schools for whoever may see schools. */
@Controller()
@UseFilters(PageFilter)
export class BoardController {
  constructor(
    @Inject(Asking) private readonly asking: Asking,
    @Inject(Pages) private readonly pages: Pages,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Reads('board')
  async board(
    @Query() query: Asks,
    @Req() request: Request & Asked,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string> {
    const asked = askedOf(query, dayInEngland(this.clock.now()));
    const { day, from, to, faults, kept, search, pin, atLeast, skip } = asked;
    if (faults.length > 0) response.status(400);
    const sitting = new Sitting(this.asking, {
      ...(pin === undefined ? {} : { asOf: pin }),
      ...(atLeast === undefined ? {} : { atLeast }),
    });
    const board = await sitting.ask(boardOn, { day });
    const flow =
      from.value === undefined || to.value === undefined
        ? undefined
        : await sitting.ask(flowBetween, { from: from.value, to: to.value });
    const named = mayRead(request.identity, 'county')
      ? {
          schools: await this.schools(sitting, day, search, skip, kept),
          moves: await sitting.ask(recentMoves, { limit: MOVES }),
        }
      : {};
    return this.pages.render('board.njk', request, response, {
      ...asked,
      ...named,
      board,
      live: pin === undefined && { after: sitting.position },
      bar: { length: BAR, segments: segmentsOf(board), sentence: boardSentence(board) },
      tables: tablesOf(board),
      flow: flow && { ...flow, columns: flowColumns(flow), sentence: flowSentence(flow) },
    });
  }

  private async schools(
    sitting: Sitting,
    day: string,
    search: Search,
    skip: number,
    kept: Readonly<Record<string, string | undefined>>,
  ): Promise<object> {
    const { q } = search;
    const holder =
      q !== undefined && /^\d{6}$/.test(q) ? await sitting.ask(schoolByUrn, { urn: q }) : undefined;
    const lines = found(await sitting.ask(registerOn, day), {
      ...search,
      holderOfUrn: holder?.schoolId,
    });
    const link = (to: number): string =>
      address(
        '/',
        { ...kept, ...search, position: sitting.position, skip: to === 0 ? undefined : String(to) },
        'schools',
      );
    return {
      lines: lines.slice(skip, skip + LIMIT),
      ...pageLinks({ skip, limit: LIMIT, total: lines.length }, link),
      filtered: Object.keys(search).length > 0,
    };
  }
}

/** What the address asks for, with what is wrong with it. */
function askedOf(query: Asks, today: string) {
  const { skip = '0', position, atLeast, ...search } = fieldsOf(BoardFields, query, DATES);
  const asOf = dateField(query, 'asOf', today);
  const day = asOf.value ?? today;
  const { from, to, kept } = twoDays(query, { today, day });
  return {
    asOf,
    day,
    from,
    to,
    search,
    skip: Number(skip),
    faults: faultsOfDates(asOf, from, to),
    /** What the forms and links of the page carry on. */
    kept: { asOf: asOf.value, ...kept },
    pin: position ?? asOf.value,
    atLeast,
  };
}
