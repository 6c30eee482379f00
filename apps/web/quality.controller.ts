import { Controller, Get, Inject, Param, Query, Req, Res, UseFilters } from '@nestjs/common';
import { IsOptional, Matches } from 'class-validator';
import type { Request, Response } from 'express';
import type { Asked } from '#application';
import { Asking, CLOCK, Reads } from '#application';
import type { Clock } from '#platform';
import { dayInEngland } from '#platform';
import {
  drawnWork,
  escalationsIn,
  listSamples,
  openAreas,
  panelAgreement,
  qualityOf,
  schoolOf,
  verdictDistribution,
} from '#read-models';
import { PageFilter } from './page.filter';
import { mayRead, Pages } from './pages';
import { pageLinks } from './paging';
import {
  agreementView,
  areasSentence,
  areaView,
  distributionView,
  drawnView,
  escalationView,
  reviewView,
  sampleView,
} from './quality.view';
import type { Query as Asks } from './query';
import { address, dateField, fieldsOf } from './query';
import { isOldUrn, SchoolAsked } from './school-asked';
import { Sitting } from './sitting';

class ListFields {
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

class CountyFields extends ListFields {
  @IsOptional()
  @Matches(/^[a-z0-9-]{3,64}$/, {
    message:
      'an owner is named by their reference: small letters, digits and hyphens, 3 to 64 of them',
  })
  owner?: string;
}

const LIMIT = 30;
/** What is left to review, and what went to the head of service, as much as is looked at here. */
const SHOWN = 20;

/** The quality of the team's work: of the county, and of one school. */
@Controller()
@UseFilters(PageFilter)
export class QualityController {
  constructor(
    @Inject(Asking) private readonly asking: Asking,
    @Inject(Pages) private readonly pages: Pages,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SchoolAsked) private readonly schools: SchoolAsked,
  ) {}

  /** Counts for whoever may see counts; schools and owners for whoever may see schools. */
  @Get('quality')
  @Reads('board')
  async ofCounty(
    @Query() query: Asks,
    @Req() request: Request & Asked,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string> {
    const fields = fieldsOf(CountyFields, query, []);
    const { position, atLeast } = fields;
    const sitting = new Sitting(this.asking, {
      ...(position === undefined ? {} : { asOf: position }),
      ...(atLeast === undefined ? {} : { atLeast }),
    });
    const distribution = await sitting.ask(verdictDistribution, {});
    const agreement = await sitting.ask(panelAgreement, {});
    const named = mayRead(request.identity, 'county') ? await this.named(sitting, fields) : {};
    return this.pages.render('quality.njk', request, response, {
      owner: fields.owner,
      live: position === undefined && { after: sitting.position },
      distribution: distribution.map(distributionView),
      agreement: agreement.map(agreementView),
      ...named,
    });
  }

  private async named(sitting: Sitting, { owner, skip = '0' }: CountyFields): Promise<object> {
    const today = dayInEngland(this.clock.now());
    const piece = { skip: Number(skip), limit: LIMIT };
    const areas = await sitting.ask(openAreas, {
      today,
      ...piece,
      ...(owner === undefined ? {} : { ownerId: owner }),
    });
    const escalations = await sitting.ask(escalationsIn, { open: true, limit: SHOWN });
    const samples = await sitting.ask(listSamples, { limit: SHOWN });
    const left = await sitting.ask(drawnWork, { stage: 'to-be-reviewed', limit: SHOWN });
    const link = (to: number): string =>
      address(
        '/quality',
        { owner, position: sitting.position, skip: to === 0 ? undefined : String(to) },
        'areas',
      );
    return {
      areas: {
        sentence: areasSentence(areas, owner),
        lines: areas.items.map(areaView),
        ...pageLinks({ ...piece, total: areas.total }, link),
      },
      escalations: { total: escalations.total, lines: escalations.items.map(escalationView) },
      samples: { total: samples.total, lines: samples.items.map(sampleView) },
      left: { total: left.total, lines: left.items.map(drawnView) },
    };
  }

  @Get('schools/:school/quality')
  @Reads('school')
  async ofSchool(
    @Param('school') called: string,
    @Query() query: Asks,
    @Req() request: Request & Asked,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string | undefined> {
    const fields = fieldsOf(ListFields, query, ['asOf']);
    const { skip = '0', position, atLeast } = fields;
    const now = dayInEngland(this.clock.now());
    const asOf = dateField(query, 'asOf', now);
    if (asOf.fault !== undefined) response.status(400);
    const seen = atLeast === undefined ? {} : { atLeast };
    const present = await this.schools.present(called, request, seen);
    const here = `/schools/${present.urn}/quality`;
    if (isOldUrn(called, present)) {
      response.redirect(302, address(here, { ...fields, asOf: asOf.value }));
      return undefined;
    }
    const { schoolId, urn, name } = present;
    const pin = position ?? asOf.value;
    const sitting = new Sitting(this.asking, {
      ...(pin === undefined ? {} : { asOf: pin }),
      ...seen,
    });
    const card = await sitting.ask(schoolOf, { school: schoolId });
    const piece = { skip: Number(skip), limit: LIMIT };
    const champions = request.ownSchoolOnly === undefined;
    const today = asOf.value ?? now;
    const found = await sitting.ask(qualityOf, { schoolId, today, champions, ...piece });
    const link = (to: number): string =>
      address(
        here,
        {
          asOf: asOf.value,
          position: sitting.position,
          skip: to === 0 ? undefined : String(to),
        },
        'reviews',
      );
    return this.pages.render('school-quality.njk', request, response, {
      name: card?.name ?? name,
      urn,
      asOf,
      live: pin === undefined && { school: schoolId, after: sitting.position },
      faults: asOf.fault === undefined ? [] : [{ text: asOf.fault, href: '#asOf-day' }],
      ...(card === undefined
        ? {}
        : {
            known: {
              champions,
              reviews: {
                lines: found.reviews.items.map(reviewView),
                ...pageLinks({ ...piece, total: found.reviews.total }, link),
              },
              areas: found.areas.items.map(areaView),
              escalations: found.escalations.items.map(escalationView),
            },
          }),
    });
  }
}
