import {
  BadRequestException,
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
import { IsOptional, IsUUID, Matches } from 'class-validator';
import type { Request, Response } from 'express';
import type { Asked } from '#application';
import { Asking, Catalogue, CLOCK, Reads, seenByItsPeople } from '#application';
import type { Clock } from '#platform';
import { dayInEngland } from '#platform';
import type { SchoolCard } from '#read-models';
import { coverageOf, journeyOf, schoolOf, whyOf } from '#read-models';
import { PageFilter } from './page.filter';
import { mayRead, Pages } from './pages';
import { pageLinks } from './paging';
import type { Query as Asks } from './query';
import { address, dateField, fieldsOf } from './query';
import { isOldUrn, SchoolAsked } from './school-asked';
import {
  cardRows,
  categoryView,
  coverageView,
  hasWhy,
  inspectionRows,
  kindsOfEvent,
} from './school.view';
import { Sitting } from './sitting';
import { changeInWords, hasExamples, stageViews } from './why.view';
import { dayInWords } from './words';

class SchoolFields {
  @IsOptional()
  @Matches(/^[a-z]{1,20}$/, { message: 'choose a kind of event from the list' })
  kind?: string;

  @IsOptional()
  @Matches(/^\d{1,9}$/, { message: 'this page of the journey does not exist' })
  skip?: string;

  @IsOptional()
  @Matches(/^\d{1,16}$/, { message: 'position must be a whole number' })
  position?: string;

  /** A position the page has to have seen: what somebody was just told of. */
  @IsOptional()
  @Matches(/^\d{1,16}$/, { message: 'atLeast must be a position' })
  atLeast?: string;

  /** The URN somebody followed here, when it is one the school had before. */
  @IsOptional()
  @Matches(/^\d{6}$/, { message: 'formerly must be a URN' })
  formerly?: string;
}

class WhyFields {
  @IsOptional()
  @IsUUID('all', {
    message: 'change must be the id of a decision on the category: follow a link from the journey',
  })
  change?: string;

  @IsOptional()
  @Matches(/^\d{4}-\d{2}-\d{2}$/, { message: 'at must be a day, such as 2026-03-01' })
  at?: string;
}

const LIMIT = 30;

/** Where the page is, of which day, as of when, and for whom. */
interface Shown {
  readonly here: string;
  readonly day: string;
  readonly asOf: string | undefined;
  readonly ownSchoolOnly: string | undefined;
}

/** One school, and why its category is what it is. */
@Controller('schools/:school')
@UseFilters(PageFilter)
export class SchoolController {
  constructor(
    @Inject(Asking) private readonly asking: Asking,
    @Inject(Catalogue) private readonly catalogue: Catalogue,
    @Inject(Pages) private readonly pages: Pages,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SchoolAsked) private readonly schools: SchoolAsked,
  ) {}

  @Get()
  @Reads('school')
  async school(
    @Param('school') called: string,
    @Query() query: Asks,
    @Req() request: Request & Asked,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string | undefined> {
    const fields = fieldsOf(SchoolFields, query, ['asOf']);
    const today = dayInEngland(this.clock.now());
    const asOf = dateField(query, 'asOf', today);
    if (asOf.fault !== undefined) response.status(400);
    const { atLeast } = fields;
    const present = await this.schools.present(
      called,
      request,
      atLeast === undefined ? {} : { atLeast },
    );
    if (isOldUrn(called, present)) {
      const { formerly: _formerly, ...rest } = fields;
      response.redirect(
        302,
        address(`/schools/${present.urn}`, { ...rest, asOf: asOf.value, formerly: called }),
      );
      return undefined;
    }
    const pin = fields.position ?? asOf.value;
    const sitting = new Sitting(this.asking, {
      ...(pin === undefined ? {} : { asOf: pin }),
      ...(atLeast === undefined ? {} : { atLeast }),
    });
    const card = await sitting.ask(schoolOf, { school: present.schoolId });
    const here = `/schools/${present.urn}`;
    return this.pages.render('school.njk', request, response, {
      name: card?.name ?? present.name,
      urn: present.urn,
      asOf,
      live: pin === undefined && { school: present.schoolId, after: sitting.position },
      mayDraft: mayRead(request.identity, 'county'),
      faults: asOf.fault === undefined ? [] : [{ text: asOf.fault, href: '#asOf-day' }],
      formerly: present.urns.find(({ urn }) => urn === fields.formerly && urn !== present.urn),
      ...(card === undefined
        ? {}
        : {
            known: await this.known(sitting, card, fields, {
              ...{ here, day: asOf.value ?? today, asOf: asOf.value },
              ownSchoolOnly: request.ownSchoolOnly,
            }),
          }),
    });
  }

  private async known(
    sitting: Sitting,
    card: SchoolCard,
    { kind, skip = '0' }: SchoolFields,
    { here, day, asOf, ownSchoolOnly }: Shown,
  ): Promise<object> {
    const { schoolId } = card;
    const kinds = kindsOfEvent(this.catalogue);
    const types = kinds.find(({ value }) => value === kind)?.types;
    const coverage = await sitting.ask(coverageOf, { schoolId });
    const piece = { skip: Number(skip), limit: LIMIT };
    const journey = await sitting.ask(journeyOf, {
      schoolId,
      ...piece,
      ...(types === undefined ? {} : { types }),
    });
    const link = (to: number): string =>
      address(
        here,
        { asOf, kind, position: sitting.position, skip: to === 0 ? undefined : String(to) },
        'journey',
      );
    return {
      card,
      rows: cardRows(card),
      category: categoryView(card, day),
      inspection: card.inspection && inspectionRows(card.inspection),
      coverage: coverage && { ...coverage, ...coverageView(coverage) },
      kinds,
      kind,
      journey: {
        entries: journey.items.map((entry) => ({
          ...(ownSchoolOnly === undefined ? entry : seenByItsPeople(entry, this.catalogue)),
          why: hasWhy(entry.type),
        })),
        ...pageLinks({ ...piece, total: journey.total }, link),
      },
    };
  }

  /** Why a category changed: `change` names the decision, `at` a day whose category is asked about; neither, the last change. */
  @Get('why')
  @Reads('school')
  async why(
    @Param('school') called: string,
    @Query() query: Asks,
    @Req() request: Request & Asked,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string | undefined> {
    const { change, at } = fieldsOf(WhyFields, query, ['asOf']);
    const asOf = dateField(query, 'asOf', dayInEngland(this.clock.now()));
    if (asOf.fault !== undefined) throw new BadRequestException(`${asOf.fault}.`);
    const present = await this.schools.present(called, request);
    if (isOldUrn(called, present)) {
      response.redirect(
        302,
        address(`/schools/${present.urn}/why`, { change, at, asOf: asOf.value }),
      );
      return undefined;
    }
    const sitting = new Sitting(this.asking, asOf.value === undefined ? {} : { asOf: asOf.value });
    const about = {
      school: present.schoolId,
      ...(change === undefined ? {} : { change }),
      ...(at === undefined ? {} : { at }),
    };
    const why = await sitting.ask(whyOf, about);
    if (why === undefined) throw new NotFoundException(noSuchChange(present, at, asOf.value));
    const stages = stageViews(why);
    return this.pages.render('why.njk', request, response, {
      ...why,
      asOf,
      urn: present.urn,
      what: changeInWords(why.change),
      stages,
      invented: hasExamples(stages),
    });
  }
}

function noSuchChange(
  { name }: SchoolCard,
  at: string | undefined,
  asOf: string | undefined,
): string {
  const known = asOf === undefined ? '' : ` as known on ${dayInWords(asOf)}`;
  return at === undefined
    ? `There is no such decision on the category of ${name}${known}. Its journey lists the decisions there are.`
    : `${name} had no category in force on ${dayInWords(at)}${known}.`;
}
