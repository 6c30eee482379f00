import { Controller, Get, Inject, Param, Query, Req, Res, UseFilters } from '@nestjs/common';
import { IsIn, IsOptional, Matches } from 'class-validator';
import type { Request, Response } from 'express';
import type { Asked } from '#application';
import { Asking, CLOCK, Reads } from '#application';
import { daysAfter } from '#domain';
import type { Clock } from '#platform';
import { dayInEngland } from '#platform';
import { convenedTeams, openVisits, schoolOf, visitsOf } from '#read-models';
import { PageFilter } from './page.filter';
import { Pages } from './pages';
import { pageLinks } from './paging';
import type { Query as Asks } from './query';
import { address, dateField, fieldsOf } from './query';
import { isOldUrn, SchoolAsked } from './school-asked';
import { Sitting } from './sitting';
import {
  dueInWords,
  meetingsSentence,
  overdueInWords,
  schoolVisitsView,
  visitName,
} from './visits.view';

class SchoolVisitsFields {
  @IsOptional()
  @Matches(/^\d{1,16}$/, { message: 'position must be a whole number' })
  position?: string;

  /** A position the page has to have seen: what somebody was just told of. */
  @IsOptional()
  @Matches(/^\d{1,16}$/, { message: 'atLeast must be a position' })
  atLeast?: string;
}

/** How far ahead the county's page looks, in days. */
const spans = ['7', '14', '28', '56'];

class CountyVisitsFields extends SchoolVisitsFields {
  @IsOptional()
  @Matches(/^[a-z0-9-]{3,64}$/, {
    message:
      'an adviser is named by their reference: small letters, digits and hyphens, 3 to 64 of them',
  })
  adviser?: string;

  @IsOptional()
  @IsIn(spans, { message: 'choose from the list how many days to look ahead' })
  days?: string;

  /** Where the list of overdue visits begins. */
  @IsOptional()
  @Matches(/^\d{1,9}$/, { message: 'this page of the list does not exist' })
  overdue?: string;

  /** Where the list of what is due begins. */
  @IsOptional()
  @Matches(/^\d{1,9}$/, { message: 'this page of the list does not exist' })
  due?: string;

  /** Where the list of teams begins. */
  @IsOptional()
  @Matches(/^\d{1,9}$/, { message: 'this page of the list does not exist' })
  teams?: string;
}

const LIMIT = 50;

/** The visits of advisers and the teams around schools: of one school, and of the county. */
@Controller()
@UseFilters(PageFilter)
export class VisitsPagesController {
  constructor(
    @Inject(Asking) private readonly asking: Asking,
    @Inject(Pages) private readonly pages: Pages,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SchoolAsked) private readonly schools: SchoolAsked,
  ) {}

  @Get('schools/:school/visits')
  @Reads('school')
  async ofSchool(
    @Param('school') called: string,
    @Query() query: Asks,
    @Req() request: Request & Asked,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string | undefined> {
    const { position, atLeast } = fieldsOf(SchoolVisitsFields, query, ['asOf']);
    const now = dayInEngland(this.clock.now());
    const asOf = dateField(query, 'asOf', now);
    if (asOf.fault !== undefined) response.status(400);
    const seen = atLeast === undefined ? {} : { atLeast };
    const present = await this.schools.present(called, request, seen);
    if (isOldUrn(called, present)) {
      const path = `/schools/${present.urn}/visits`;
      response.redirect(302, address(path, { position, atLeast, asOf: asOf.value }));
      return undefined;
    }
    const { schoolId, urn, name } = present;
    const pin = position ?? asOf.value;
    const sitting = new Sitting(this.asking, {
      ...(pin === undefined ? {} : { asOf: pin }),
      ...seen,
    });
    const card = await sitting.ask(schoolOf, { school: schoolId });
    const today = asOf.value ?? now;
    const found = await sitting.ask(visitsOf, { schoolId, today });
    return this.pages.render('school-visits.njk', request, response, {
      name: card?.name ?? name,
      urn,
      asOf,
      live: pin === undefined && { school: schoolId, after: sitting.position },
      faults: asOf.fault === undefined ? [] : [{ text: asOf.fault, href: '#asOf-day' }],
      ...(card === undefined ? {} : { known: schoolVisitsView(found, today) }),
    });
  }

  @Get('visits')
  @Reads('county')
  async ofCounty(
    @Query() query: Asks,
    @Req() request: Request & Asked,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string> {
    const fields = fieldsOf(CountyVisitsFields, query, []);
    const { adviser, days = '14', position, atLeast } = fields;
    const sitting = new Sitting(this.asking, {
      ...(position === undefined ? {} : { asOf: position }),
      ...(atLeast === undefined ? {} : { atLeast }),
    });
    const today = dayInEngland(this.clock.now());
    const until = daysAfter(today, Number(days));
    const piece = (skip: string | undefined) => ({ skip: Number(skip ?? 0), limit: LIMIT });
    const by = adviser === undefined ? {} : { adviser };
    const overdue = await sitting.ask(openVisits, {
      ...{ today, overdue: true, ...by },
      ...piece(fields.overdue),
    });
    const due = await sitting.ask(openVisits, {
      ...{ today, overdue: false, dueBefore: daysAfter(until, 1), ...by },
      ...piece(fields.due),
    });
    const teams = await sitting.ask(convenedTeams, {
      ...(adviser === undefined ? {} : { member: adviser }),
      ...piece(fields.teams),
    });
    const links = (list: 'overdue' | 'due' | 'teams', total: number) =>
      pageLinks({ ...piece(fields[list]), total }, (skip) =>
        address(
          '/visits',
          { ...fields, atLeast: undefined, position: sitting.position, [list]: String(skip) },
          list,
        ),
      );
    return this.pages.render('visits.njk', request, response, {
      adviser,
      days,
      spans,
      until,
      live: position === undefined && { after: sitting.position },
      overdue: {
        ...links('overdue', overdue.total),
        lines: overdue.items.map((visit) => ({
          ...visit,
          name: visitName(visit),
          overdue: overdueInWords(visit.daysOverdue ?? 0),
        })),
      },
      due: {
        ...links('due', due.total),
        lines: due.items.map((visit) => ({
          ...visit,
          name: visitName(visit),
          due: dueInWords(visit, today),
        })),
      },
      teams: {
        ...links('teams', teams.total),
        lines: teams.items.map((team) => ({
          ...team,
          sentence: meetingsSentence(team),
          late: team.meetsBy !== undefined && team.meetsBy < today,
        })),
      },
    });
  }
}
