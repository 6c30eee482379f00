import { Controller, Get, Inject, Query, Req, Res, UseFilters } from '@nestjs/common';
import { IsOptional, Matches } from 'class-validator';
import type { Request, Response } from 'express';
import type { Asked } from '#application';
import { Asking, CLOCK, Reads } from '#application';
import type { Clock } from '#platform';
import { dayInEngland } from '#platform';
import type { PageRequest } from '#read-models';
import {
  boardTermsOn,
  listBoardDecisions,
  listBoardMeetings,
  listConsultations,
  listLiaisonGroups,
  listLiaisonMeetings,
} from '#read-models';
import { PageFilter } from './page.filter';
import { mayRead, Pages } from './pages';
import { pageLinks } from './paging';
import type { Query as Asks } from './query';
import { address, fieldsOf } from './query';
import { Sitting } from './sitting';
import { PinFields } from './when-asked';
import { consultationView, groupView } from './together.view';

const PIECE = { message: 'this page of the list does not exist' };

class GovernanceFields extends PinFields {
  @IsOptional()
  @Matches(/^\d{1,9}$/, PIECE)
  meetings?: string;

  @IsOptional()
  @Matches(/^\d{1,9}$/, PIECE)
  decisions?: string;

  @IsOptional()
  @Matches(/^\d{1,9}$/, PIECE)
  consultations?: string;

  @IsOptional()
  @Matches(/^\d{1,9}$/, PIECE)
  liaison?: string;
}

const LIMIT = 20;
/** All of them: a county has some twenty. */
const GROUPS = 100;

/** The Board's record for whoever may see it; liaison groups and consultations for those who see the county's schools. */
@Controller('governance')
@UseFilters(PageFilter)
export class GovernanceController {
  constructor(
    @Inject(Asking) private readonly asking: Asking,
    @Inject(Pages) private readonly pages: Pages,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Reads('minutes')
  async governance(
    @Query() query: Asks,
    @Req() request: Request & Asked,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string> {
    const { position, atLeast, ...at } = fieldsOf(GovernanceFields, query, []);
    const today = dayInEngland(this.clock.now());
    const sitting = new Sitting(this.asking, {
      ...(position === undefined ? {} : { asOf: position }),
      ...(atLeast === undefined ? {} : { atLeast }),
    });
    const publishable = request.identity?.role === 'scrutiny';
    const pieceOf = (list: keyof typeof at) => ({ skip: Number(at[list] ?? 0), limit: LIMIT });
    const paged = <T>(
      list: keyof typeof at,
      { items, total }: { items: readonly T[]; total: number },
    ) => ({
      lines: items,
      ...pageLinks({ ...pieceOf(list), total }, (to) =>
        address('/governance', { ...at, position: sitting.position, [list]: String(to) }, list),
      ),
    });
    const meetings = await sitting.ask(listBoardMeetings, { publishable, ...pieceOf('meetings') });
    const decisions = await sitting.ask(listBoardDecisions, {
      publishable,
      ...pieceOf('decisions'),
    });
    const terms = await sitting.ask(boardTermsOn, { today });
    const county = mayRead(request.identity, 'county')
      ? await this.county(sitting, {
          today,
          consulting: pieceOf('consultations'),
          meeting: pieceOf('liaison'),
        })
      : undefined;
    return this.pages.render('governance.njk', request, response, {
      publishable,
      terms,
      meetings: paged('meetings', meetings),
      decisions: paged('decisions', decisions),
      ...(county === undefined
        ? {}
        : {
            groups: county.groups,
            liaison: paged('liaison', county.liaison),
            consultations: paged('consultations', county.consultations),
          }),
    });
  }

  private async county(
    sitting: Sitting,
    {
      today,
      consulting,
      meeting,
    }: { readonly today: string; readonly consulting: PageRequest; readonly meeting: PageRequest },
  ) {
    const groups = await sitting.ask(listLiaisonGroups, { limit: GROUPS });
    const liaison = await sitting.ask(listLiaisonMeetings, meeting);
    const consultations = await sitting.ask(listConsultations, { today, ...consulting });
    return {
      groups: groups.items.map(groupView),
      liaison,
      consultations: { ...consultations, items: consultations.items.map(consultationView) },
    };
  }
}
