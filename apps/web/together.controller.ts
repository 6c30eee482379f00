import { Controller, Get, Inject, Param, Query, Req, Res, UseFilters } from '@nestjs/common';
import { IsIn, IsOptional, Matches } from 'class-validator';
import type { Request, Response } from 'express';
import type { Asked } from '#application';
import { Asking, CLOCK, Reads } from '#application';
import { collaborationKinds, phases } from '#domain';
import type { Clock } from '#platform';
import { dayInEngland } from '#platform';
import {
  consultationsOf,
  schoolsThatCouldHelp,
  liaisonOf,
  listCollaborations,
  schoolOf,
  strengthsOf,
} from '#read-models';
import { PageFilter } from './page.filter';
import { Pages } from './pages';
import { pageLinks } from './paging';
import type { Query as Asks } from './query';
import { address, dateField, fieldsOf } from './query';
import { isOldUrn, SchoolAsked } from './school-asked';
import { Sitting } from './sitting';
import { PinFields } from './when-asked';
import { collaborationView, couldHelpView, strengthView } from './together.view';

const AREA = /^[a-z0-9-]{1,60}$/;
const WHOLE = /^\d{1,9}$/;

class TogetherFields {
  @IsOptional()
  @IsIn(collaborationKinds, { message: 'choose a kind of collaboration from the list' })
  kind?: string;

  @IsOptional()
  @Matches(AREA, { message: 'the area must be a code, such as early-reading' })
  area?: string;

  @IsOptional()
  @IsIn(['true', 'false'], { message: 'choose open or ended from the list' })
  open?: string;

  @IsOptional()
  @Matches(AREA, { message: 'the strength must be the code of an area, such as early-reading' })
  strength?: string;

  @IsOptional()
  @IsIn(phases, { message: 'choose a phase from the list' })
  phase?: string;

  @IsOptional()
  @Matches(WHOLE, { message: 'this page of the list does not exist' })
  skip?: string;

  @IsOptional()
  @Matches(WHOLE, { message: 'this page of the list does not exist' })
  schoolsSkip?: string;

  @IsOptional()
  @Matches(/^\d{1,16}$/, { message: 'position must be a whole number' })
  position?: string;
}

class OfSchoolFields extends PinFields {
  @IsOptional()
  @Matches(WHOLE, { message: 'this page of the list does not exist' })
  skip?: string;
}

const LIMIT = 20;
/** A school is in few collaborations at a time; its page shows the newest. */
const OF_ONE_SCHOOL = 50;

/** Schools that work together, who could help whom, and what one school has of both. */
@Controller()
@UseFilters(PageFilter)
export class TogetherController {
  constructor(
    @Inject(Asking) private readonly asking: Asking,
    @Inject(Pages) private readonly pages: Pages,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SchoolAsked) private readonly schools: SchoolAsked,
  ) {}

  @Get('collaborations')
  @Reads('county')
  async county(
    @Query() query: Asks,
    @Req() request: Request & Asked,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string> {
    const {
      position,
      skip = '0',
      schoolsSkip = '0',
      ...search
    } = fieldsOf(TogetherFields, query, []);
    const today = dayInEngland(this.clock.now());
    const sitting = new Sitting(this.asking, position === undefined ? {} : { asOf: position });
    const { kind, area, open, strength, phase } = search;
    const piece = { skip: Number(skip), limit: LIMIT };
    const together = await sitting.ask(listCollaborations, {
      ...piece,
      today,
      ...given({ kind, area }),
      ...(open === undefined ? {} : { open: open === 'true' }),
    });
    const able = { skip: Number(schoolsSkip), limit: LIMIT };
    const found = await sitting.ask(schoolsThatCouldHelp, {
      ...able,
      today,
      ...given({ area: strength, phase }),
    });
    const link = (to: { skip?: string; schoolsSkip?: string }, part: string): string =>
      address(
        '/collaborations',
        { ...search, skip, schoolsSkip, position: sitting.position, ...to },
        part,
      );
    return this.pages.render('collaborations.njk', request, response, {
      search,
      filtered: kind !== undefined || area !== undefined || open !== undefined,
      narrowed: strength !== undefined || phase !== undefined,
      together: {
        lines: together.items.map(collaborationView),
        ...pageLinks({ ...piece, total: together.total }, (to) =>
          link({ skip: String(to) }, 'together'),
        ),
      },
      couldHelp: {
        lines: found.items.map(couldHelpView),
        ...pageLinks({ ...able, total: found.total }, (to) =>
          link({ schoolsSkip: String(to) }, 'strengths'),
        ),
      },
    });
  }

  @Get('schools/:school/together')
  @Reads('school')
  async ofSchool(
    @Param('school') called: string,
    @Query() query: Asks,
    @Req() request: Request & Asked,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string | undefined> {
    const { position, atLeast, skip = '0' } = fieldsOf(OfSchoolFields, query, ['asOf']);
    const now = dayInEngland(this.clock.now());
    const asOf = dateField(query, 'asOf', now);
    if (asOf.fault !== undefined) response.status(400);
    const seen = atLeast === undefined ? {} : { atLeast };
    const present = await this.schools.present(called, request, seen);
    const here = `/schools/${present.urn}/together`;
    if (isOldUrn(called, present)) {
      response.redirect(302, address(here, { asOf: asOf.value }));
      return undefined;
    }
    const pin = position ?? asOf.value;
    const sitting = new Sitting(this.asking, {
      ...seen,
      ...(pin === undefined ? {} : { asOf: pin }),
    });
    const card = await sitting.ask(schoolOf, { school: present.schoolId });
    const about = { schoolId: present.schoolId, today: asOf.value ?? now };
    const piece = { skip: Number(skip), limit: LIMIT };
    const together = await sitting.ask(listCollaborations, { ...about, limit: OF_ONE_SCHOOL });
    const strengths = await sitting.ask(strengthsOf, about);
    const liaison = await sitting.ask(liaisonOf, about);
    const consulted = await sitting.ask(consultationsOf, { ...about, ...piece });
    const link = (to: number): string =>
      address(
        here,
        { asOf: asOf.value, position: sitting.position, skip: String(to) },
        'consulted',
      );
    return this.pages.render('together.njk', request, response, {
      name: card?.name ?? present.name,
      urn: present.urn,
      asOf,
      faults: asOf.fault === undefined ? [] : [{ text: asOf.fault, href: '#asOf-day' }],
      live: pin === undefined && { school: present.schoolId, after: sitting.position },
      known: card !== undefined,
      together: together.items.map((line) => ({
        ...collaborationView(line),
        // A school that left a collaboration which goes on.
        left: line.former.find(({ schoolId }) => schoolId === present.schoolId)?.until,
      })),
      strengths: strengths.map(strengthView),
      liaison,
      open: consulted.open,
      consulted: {
        lines: consulted.items,
        ...pageLinks({ ...piece, total: consulted.total }, link),
      },
    });
  }
}

/** What was asked for, and nothing else. */
const given = (fields: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(fields).filter((field): field is [string, string] => field[1] !== undefined),
  );
