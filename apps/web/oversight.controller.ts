import {
  Controller,
  Get,
  Inject,
  NotFoundException,
  Query,
  Req,
  Res,
  UseFilters,
} from '@nestjs/common';
import { IsOptional, Length, Matches } from 'class-validator';
import type { Request, Response } from 'express';
import type { Asked } from '#application';
import { Asking, CLOCK, Reads } from '#application';
import { academicYearOf } from '#domain';
import type { Clock } from '#platform';
import { dayInEngland } from '#platform';
import type { Trial, TrialFault, WhatIf } from '#read-models';
import {
  allowanceMoney,
  countyAllowances,
  decisionsChecked,
  durations,
  flowsBetween,
  isOfTrial,
  overridesIn,
  preventionOutcomes,
  servedByStatus,
  trialFrom,
  urnChanges,
  whatIf,
} from '#read-models';
import { allowanceView, chainView, decisionsView, overridesView } from './oversight-named.view';
import { durationsView, flowsView, outcomesView, servedView } from './oversight.view';
import { PageFilter } from './page.filter';
import { mayRead, Pages } from './pages';
import { pageLinks } from './paging';
import type { Query as Asks } from './query';
import { address, fieldsOf } from './query';
import type { Sitting } from './sitting';
import { faultsOfDates, twoDays } from './two-days';
import { whatIfFields, whatIfView } from './what-if.view';
import { faultsOf, PinFields, whenAsked } from './when-asked';
import { capital } from './words';

const NO_PAGE = { message: 'this page of the list does not exist' };

class OversightFields extends PinFields {
  @IsOptional()
  @Matches(/^\d{1,9}$/, NO_PAGE)
  decisions?: string;

  @IsOptional()
  @Matches(/^\d{1,9}$/, NO_PAGE)
  overrides?: string;
}

class ListFields extends PinFields {
  @IsOptional()
  @Matches(/^\d{1,9}$/, NO_PAGE)
  skip?: string;
}

class WhatIfFields extends ListFields {
  @IsOptional()
  @Length(1, 60, { message: 'choose a framework from the list' })
  framework?: string;
}

const LIMIT = 20;
const SCHOOLS = 50;

/** How the county's own work was done: counts for whoever may see counts, schools and people for whoever may see schools. */
@Controller('oversight')
@UseFilters(PageFilter)
export class OversightPagesController {
  constructor(
    @Inject(Asking) private readonly asking: Asking,
    @Inject(Pages) private readonly pages: Pages,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Reads('board')
  async county(
    @Query() query: Asks,
    @Req() request: Request & Asked,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string> {
    const { decisions, overrides, ...pins } = fieldsOf(OversightFields, query, [
      'asOf',
      'from',
      'to',
    ]);
    const { asOf, day, pin, sitting } = this.when(query, pins, response);
    const { from, to, kept } = twoDays(query, { today: dayInEngland(this.clock.now()), day });
    const faults = faultsOfDates(asOf, from, to);
    if (faults.length > 0) response.status(400);
    const days = { from: from.value ?? day, to: to.value ?? day };
    const academicYear = academicYearOf(days.to);
    const flows = flowsView(await sitting.ask(flowsBetween, days));
    const took = durationsView(await sitting.ask(durations, { today: day }));
    const outcomes = outcomesView(await sitting.ask(preventionOutcomes, days));
    const served = servedView(await sitting.ask(servedByStatus, { academicYear, today: day }));
    const named = mayRead(request.identity, 'county')
      ? await this.named(sitting, {
          ...{ academicYear, day, decisions, overrides },
          kept: { ...kept, asOf: asOf.value },
        })
      : {};
    return this.pages.render('oversight.njk', request, response, {
      ...{ asOf, from, to, faults, kept, academicYear, flows, took, outcomes, served },
      ...named,
      live: pin === undefined && { after: sitting.position },
    });
  }

  private async named(
    sitting: Sitting,
    asked: {
      readonly academicYear: string;
      readonly day: string;
      readonly decisions: string | undefined;
      readonly overrides: string | undefined;
      readonly kept: Readonly<Record<string, string | undefined>>;
    },
  ): Promise<object> {
    const { academicYear, day, kept } = asked;
    const piece = (list: 'decisions' | 'overrides') => ({
      skip: Number(asked[list] ?? 0),
      limit: LIMIT,
    });
    const links = (list: 'decisions' | 'overrides', total: number) =>
      pageLinks({ ...piece(list), total }, (skip) => {
        const { decisions, overrides } = asked;
        const all = { ...kept, decisions, overrides, position: sitting.position };
        return address('/oversight', { ...all, [list]: String(skip) }, list);
      });
    const checked = decisionsView(await sitting.ask(decisionsChecked, piece('decisions')));
    const departed = overridesView(
      await sitting.ask(overridesIn, { academicYear, ...piece('overrides') }),
    );
    const about = { academicYear, today: day };
    const year = await sitting.ask(countyAllowances, { ...about, limit: 1 });
    const money = await sitting.ask(allowanceMoney, about);
    return {
      decisions: { ...checked, ...links('decisions', checked.total) },
      overrides: { ...departed, ...links('overrides', departed.total) },
      allowance: allowanceView(year, money),
    };
  }

  /** A form that tries other thresholds and weights; nothing is saved. */
  @Get('what-if')
  @Reads('county')
  async whatIf(
    @Query() query: Asks,
    @Req() request: Request & Asked,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string> {
    const rest = Object.fromEntries(Object.entries(query).filter(([name]) => !isOfTrial(name)));
    const { framework, skip = '0', ...pins } = fieldsOf(WhatIfFields, rest, ['asOf']);
    const { asOf, day, sitting } = this.when(query, pins, response);
    const about = {
      today: day,
      skip: Number(skip),
      limit: SCHOOLS,
      ...(framework === undefined ? {} : { version: framework }),
    };
    const read = trialFrom(query);
    const first = 'faults' in read ? read : await sitting.ask(whatIf, { ...about, trial: read });
    if (first === undefined)
      throw new NotFoundException(
        'No framework is in force on that day, so there is nothing to try.',
      );
    const faults: readonly TrialFault[] = 'faults' in first ? first.faults : [];
    // What cannot be tried leaves the form with its faults, and beside it what the framework says.
    const shown = 'faults' in first ? await this.asItIs(sitting, about) : first;
    if (faults.length > 0) response.status(400);
    const asked = Object.entries(query).filter(([name]) => isOfTrial(name)) as [string, string][];
    const { total } = shown;
    return this.pages.render('what-if.njk', request, response, {
      asOf,
      version: framework,
      framework: shown.framework,
      says: shown.says,
      faults: [
        ...faultsOf(asOf),
        ...faults.map(({ parameter, detail }) => ({
          text: capital(detail),
          href: `#${parameter}`,
        })),
      ],
      fields: whatIfFields(shown, query, faults),
      tried: asked.some(([, value]) => value !== ''),
      ...(faults.length > 0
        ? {}
        : {
            result: {
              ...whatIfView(shown),
              ...pageLinks({ skip: Number(skip), limit: SCHOOLS, total }, (to) =>
                address(
                  '/oversight/what-if',
                  {
                    ...Object.fromEntries(asked),
                    ...{ framework, asOf: asOf.value, position: sitting.position },
                    skip: String(to),
                  },
                  'schools',
                ),
              ),
            },
          }),
    });
  }

  private async asItIs(sitting: Sitting, { today }: { readonly today: string }): Promise<WhatIf> {
    const trial: Trial = { weights: {} };
    const found = await sitting.ask(whatIf, { today, trial, limit: 1 });
    if (found === undefined || 'faults' in found)
      throw new NotFoundException(
        'No framework is in force on that day, so there is nothing to try.',
      );
    return found;
  }

  /** Schools whose URN changed, with the chain of each. */
  @Get('urn-changes')
  @Reads('county')
  async urns(
    @Query() query: Asks,
    @Req() request: Request & Asked,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string> {
    const { skip = '0', ...pins } = fieldsOf(ListFields, query, ['asOf']);
    const { asOf, sitting } = this.when(query, pins, response);
    const piece = { skip: Number(skip), limit: SCHOOLS };
    const page = await sitting.ask(urnChanges, piece);
    const links = pageLinks({ ...piece, total: page.total }, (to) =>
      address('/oversight/urn-changes', {
        ...{ asOf: asOf.value, position: sitting.position },
        skip: String(to),
      }),
    );
    return this.pages.render('urn-changes.njk', request, response, {
      asOf,
      faults: faultsOf(asOf),
      chains: { ...links, lines: page.items.map(chainView) },
    });
  }

  private when(query: Asks, { position, atLeast }: PinFields, response: Response) {
    const pins = { ...(position && { position }), ...(atLeast && { atLeast }) };
    return whenAsked({ asking: this.asking, clock: this.clock }, query, pins, response);
  }
}
