import { Controller, Get, Inject, Param, Query, Req, Res, UseFilters } from '@nestjs/common';
import { IsIn, IsOptional, Matches } from 'class-validator';
import type { Request, Response } from 'express';
import type { Asked } from '#application';
import { Asking, CLOCK, Reads } from '#application';
import { academicYearOf, daysBetween } from '#domain';
import type { Clock } from '#platform';
import type { DeploymentStage } from '#read-models';
import {
  countyAllowances,
  listDeployments,
  openByStage,
  openStages,
  schoolOf,
  schoolsWithoutDeployment,
  supportOf,
} from '#read-models';
import { PageFilter } from './page.filter';
import { mayRead, Pages } from './pages';
import { pageLinks } from './paging';
import type { Query as Asks } from './query';
import { address, fieldsOf } from './query';
import { isOldUrn, SchoolAsked } from './school-asked';
import {
  countyAllowanceView,
  lineView,
  schoolSupportView,
  stageCounts,
  supportSentence,
} from './support.view';
import { counted } from './words';
import { faultsOf, PinFields, whenAsked, yearAsked } from './when-asked';

class SchoolSupportFields extends PinFields {
  @IsOptional()
  @Matches(/^\d{4}-\d{2}$/, { message: 'year must be an academic year such as 2026-27' })
  year?: string;
}

const NO_PAGE = { message: 'this page of the list does not exist' };

class CountySupportFields extends PinFields {
  @IsOptional()
  @IsIn(openStages, { message: 'choose a stage from the list' })
  stage?: DeploymentStage;

  /** Where each of the three lists begins. */
  @IsOptional()
  @Matches(/^\d{1,9}$/, NO_PAGE)
  overdue?: string;

  @IsOptional()
  @Matches(/^\d{1,9}$/, NO_PAGE)
  open?: string;

  @IsOptional()
  @Matches(/^\d{1,9}$/, NO_PAGE)
  without?: string;
}

const LIMIT = 50;

/** Brokered support: of one school, and of the county. */
@Controller()
@UseFilters(PageFilter)
export class SupportPagesController {
  constructor(
    @Inject(Asking) private readonly asking: Asking,
    @Inject(Pages) private readonly pages: Pages,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SchoolAsked) private readonly schools: SchoolAsked,
  ) {}

  @Get('schools/:school/support')
  @Reads('school')
  async ofSchool(
    @Param('school') called: string,
    @Query() query: Asks,
    @Req() request: Request & Asked,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string | undefined> {
    const { year, ...pins } = fieldsOf(SchoolSupportFields, query, ['asOf']);
    const { atLeast } = pins;
    const seen = atLeast === undefined ? {} : { atLeast };
    const present = await this.schools.present(called, request, seen);
    const { asOf, day, pin, sitting } = whenAsked(
      { asking: this.asking, clock: this.clock },
      query,
      pins,
      response,
    );
    const here = `/schools/${present.urn}/support`;
    if (isOldUrn(called, present)) {
      response.redirect(302, address(here, { ...pins, year, asOf: asOf.value }));
      return undefined;
    }
    const academicYear = yearAsked(year, day);
    const { schoolId } = present;
    const card = await sitting.ask(schoolOf, { school: schoolId });
    const support = await sitting.ask(supportOf, { schoolId, academicYear, today: day });
    return this.pages.render('school-support.njk', request, response, {
      name: card?.name ?? present.name,
      urn: present.urn,
      asOf,
      year,
      academicYear,
      faults: faultsOf(asOf),
      live: pin === undefined && { school: schoolId, after: sitting.position },
      mayFollow: mayRead(request.identity, 'county'),
      ...(card === undefined ? {} : { known: schoolSupportView(support) }),
    });
  }

  @Get('support')
  @Reads('county')
  async ofCounty(
    @Query() query: Asks,
    @Req() request: Request & Asked,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string> {
    const { position, atLeast, ...fields } = fieldsOf(CountySupportFields, query, ['asOf']);
    const pins = { ...(position && { position }), ...(atLeast && { atLeast }) };
    const {
      asOf,
      day: today,
      pin,
      sitting,
    } = whenAsked({ asking: this.asking, clock: this.clock }, query, pins, response);
    const { stage } = fields;
    const piece = (list: 'overdue' | 'open' | 'without') => ({
      skip: Number(fields[list] ?? 0),
      limit: LIMIT,
    });
    const counts = await sitting.ask(openByStage, undefined);
    const late = await sitting.ask(listDeployments, { today, overdue: true, ...piece('overdue') });
    const open = await sitting.ask(listDeployments, {
      ...{ today, open: true, ...piece('open') },
      ...(stage === undefined ? {} : { stage }),
    });
    const without = await sitting.ask(schoolsWithoutDeployment, { today, ...piece('without') });
    const academicYear = academicYearOf(today);
    const year = await sitting.ask(countyAllowances, { academicYear, today, limit: 1 });
    const links = (list: 'overdue' | 'open' | 'without', total: number) =>
      pageLinks({ ...piece(list), total }, (skip) => {
        const all = { ...fields, asOf: asOf.value, position: sitting.position };
        return address('/support', { ...all, [list]: String(skip) }, list);
      });
    return this.pages.render('support.njk', request, response, {
      asOf,
      stage,
      faults: faultsOf(asOf),
      live: pin === undefined && { after: sitting.position },
      sentence: supportSentence(counts, late.total),
      stages: stageCounts(counts),
      overdue: { ...links('overdue', late.total), lines: late.items.map(lineView) },
      open: { ...links('open', open.total), lines: open.items.map(lineView) },
      without: {
        ...links('without', without.total),
        lines: without.items.map((line) => ({
          ...line,
          days: counted(daysBetween(line.without, today), 'day'),
        })),
      },
      year: countyAllowanceView(year),
    });
  }
}
