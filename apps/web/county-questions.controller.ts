import { Controller, Get, Inject, Query, Req, Res, UseFilters } from '@nestjs/common';
import { IsIn, IsOptional, Matches } from 'class-validator';
import type { Request, Response } from 'express';
import type { Asked } from '#application';
import { Asking, CLOCK, Reads } from '#application';
import { academicYearOf, daysAfter, usualDaysOf, usualHalfTermOn } from '#domain';
import type { Clock } from '#platform';
import type { SupportGapsRequest, TaskKind, TasksRequest } from '#read-models';
import {
  countyImpact,
  deploymentsForBoard,
  supportGaps,
  taskKinds,
  tasks,
  unmetNeeds,
  workOfChampion,
} from '#read-models';
import {
  boardView,
  gapsTable,
  impactTable,
  measureTable,
  taskKindsInWords,
  tasksTable,
  unmetView,
  workView,
} from './county-questions.view';
import { PageFilter } from './page.filter';
import { mayRead, Pages } from './pages';
import { pageLinks } from './paging';
import type { Query as Asks } from './query';
import { address, fieldsOf } from './query';
import { faultsOf, PinFields, whenAsked } from './when-asked';
import { counted } from './words';

const WHOLE = /^\d{1,9}$/;
const NO_PAGE = { message: 'this page of the list does not exist' };
/** How far ahead the worklist looks, in days. */
const spans = ['7', '14', '28', '56'];

class WorklistFields extends PinFields {
  @IsOptional()
  @Matches(/^[a-z0-9-]{3,64}$/, {
    message:
      'an adviser is named by their reference: small letters, digits and hyphens, 3 to 64 of them',
  })
  adviser?: string;

  @IsOptional()
  @IsIn(spans, { message: 'choose from the list how many days to look ahead' })
  days?: string;

  @IsOptional()
  @IsIn(taskKinds, { message: 'choose a kind from the list' })
  kind?: TaskKind;

  @IsOptional()
  @Matches(WHOLE, NO_PAGE)
  skip?: string;
}

class GapFields extends PinFields {
  @IsOptional()
  @IsIn(['Prevention', 'Intervention'], { message: 'choose a category from the list' })
  category?: SupportGapsRequest['category'];

  @IsOptional()
  @Matches(WHOLE, NO_PAGE)
  skip?: string;
}

class HalfTermFields extends PinFields {
  @IsOptional()
  @Matches(/^\d{4}\/\d{2}-[1-6]$/, { message: 'choose a half-term from the list' })
  halfTerm?: string;
}

const LIMIT = 50;
/** As many half-terms are offered as lie in two years and a half. */
const HALF_TERMS = 15;

/** What waits, where support is missing, what nobody can give and what it achieved; and a champion's own work. */
@Controller()
@UseFilters(PageFilter)
export class CountyQuestionsController {
  private readonly ports: { readonly asking: Asking; readonly clock: Clock };

  constructor(
    @Inject(Asking) asking: Asking,
    @Inject(Pages) private readonly pages: Pages,
    @Inject(CLOCK) clock: Clock,
  ) {
    this.ports = { asking, clock };
  }

  @Get('worklist')
  @Reads('county')
  async worklist(
    @Query() query: Asks,
    @Req() request: Request & Asked,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string> {
    const fields = fieldsOf(WorklistFields, query, ['asOf']);
    const { adviser, days = '7', kind, skip = '0' } = fields;
    const { asOf, day: today, pin, sitting } = whenAsked(this.ports, query, fields, response);
    const dueBy = daysAfter(today, Number(days));
    const about: TasksRequest = {
      ...{ today, dueBy },
      ...(adviser === undefined ? {} : { adviser }),
      ...(kind === undefined ? {} : { kind }),
    };
    const all = await sitting.ask(tasks, about);
    const late = all.filter(({ daysOverdue = 0 }) => daysOverdue > 0).length;
    const piece = { skip: Number(skip), limit: LIMIT };
    const link = (to: number): string =>
      address('/worklist', {
        ...{ adviser, days, kind, asOf: asOf.value, position: sitting.position },
        skip: to === 0 ? undefined : String(to),
      });
    return this.pages.render('worklist.njk', request, response, {
      ...{ adviser, days, kind, spans, dueBy, asOf, faults: faultsOf(asOf) },
      kinds: Object.entries(taskKindsInWords).map(([value, text]) => ({ value, text })),
      me: request.identity?.id,
      live: pin === undefined && { after: sitting.position },
      late: counted(late, 'of them is', 'of them are'),
      list: pageLinks({ ...piece, total: all.length }, link),
      table: tasksTable(all.slice(piece.skip, piece.skip + LIMIT)),
    });
  }

  @Get('support/gaps')
  @Reads('county')
  async gaps(
    @Query() query: Asks,
    @Req() request: Request & Asked,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string> {
    const fields = fieldsOf(GapFields, query, ['asOf']);
    const { category, skip = '0' } = fields;
    const { asOf, day: today, pin, sitting } = whenAsked(this.ports, query, fields, response);
    const piece = { skip: Number(skip), limit: LIMIT };
    const about = { today, ...piece, ...(category === undefined ? {} : { category }) };
    const { items, ...counts } = await sitting.ask(supportGaps, about);
    const link = (to: number): string =>
      address('/support/gaps', {
        ...{ category, asOf: asOf.value, position: sitting.position },
        skip: to === 0 ? undefined : String(to),
      });
    return this.pages.render('support-gaps.njk', request, response, {
      ...{ category, asOf, counts, faults: faultsOf(asOf), table: gapsTable(items) },
      live: pin === undefined && { after: sitting.position },
      list: pageLinks({ ...piece, total: counts.total }, link),
    });
  }

  @Get('unmet-needs')
  @Reads('board')
  async unmet(
    @Query() query: Asks,
    @Req() request: Request & Asked,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string> {
    const pins = fieldsOf(PinFields, query, ['asOf']);
    const { asOf, day: today, pin, sitting } = whenAsked(this.ports, query, pins, response);
    const found = await sitting.ask(unmetNeeds, { today });
    return this.pages.render('unmet-needs.njk', request, response, {
      ...{ asOf, faults: faultsOf(asOf) },
      live: pin === undefined && { after: sitting.position },
      known: unmetView(found, mayRead(request.identity, 'county')),
    });
  }

  @Get('half-term')
  @Reads('board')
  async halfTerm(
    @Query() query: Asks,
    @Req() request: Request & Asked,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string> {
    const fields = fieldsOf(HalfTermFields, query, ['asOf']);
    const { asOf, day: today, pin, sitting } = whenAsked(this.ports, query, fields, response);
    const choices = halfTermsUpTo(today);
    const chosen = fields.halfTerm ?? choices[0]?.value ?? '';
    const [academicYear = '', n = ''] = chosen.split('-');
    const days = usualDaysOf(academicYear, Number(n));
    const between = { from: days?.first ?? today, to: days?.last ?? today };
    const found = await sitting.ask(deploymentsForBoard, { ...between, today });
    const impact = await sitting.ask(countyImpact, {});
    const named = mayRead(request.identity, 'county');
    return this.pages.render('half-term.njk', request, response, {
      ...{ asOf, choices, chosen, academicYear, n, faults: faultsOf(asOf) },
      live: pin === undefined && { after: sitting.position },
      known: boardView(found),
      impact: {
        ...{ method: impact.method, deployments: impact.all.deployments },
        table: impactTable('Everything judged so far, by what it was about', impact.bySpecialism),
        ...(named ? { measures: measureTable(impact) } : {}),
      },
    });
  }

  /** A champion's own work. */
  @Get('my-work')
  @Reads('own-work')
  async mine(
    @Query() query: Asks,
    @Req() request: Request & Asked,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string> {
    const pins = fieldsOf(PinFields, query, ['asOf']);
    const { asOf, day: today, sitting } = whenAsked(this.ports, query, pins, response);
    const about = { personRef: request.identity?.id ?? '', today };
    const work = await sitting.ask(workOfChampion, about);
    return this.pages.render('my-work.njk', request, response, {
      ...{ asOf, faults: faultsOf(asOf), known: workView(work) },
    });
  }
}

/** The half-terms up to a day's, the last first. */
function halfTermsUpTo(day: string): readonly { value: string; text: string }[] {
  const [year, now] = [Number(academicYearOf(day).slice(0, 4)), usualHalfTermOn(day)];
  return Array.from({ length: HALF_TERMS }, (_, back) => {
    const at = now - 1 - back;
    const n = (((at % 6) + 6) % 6) + 1;
    const academicYear = academicYearOf(`${year + Math.floor(at / 6)}-09-01`);
    return { value: `${academicYear}-${n}`, text: `Half-term ${n} of ${academicYear}` };
  });
}
