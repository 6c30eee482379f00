import {
  BadRequestException,
  Controller,
  Get,
  Inject,
  Param,
  Query,
  Req,
  Res,
  UseFilters,
} from '@nestjs/common';
import { IsOptional, Matches } from 'class-validator';
import type { Request, Response } from 'express';
import type { Asked } from '#application';
import { Asking, Catalogue, CLOCK, Reads, seenByItsPeople, sinceVisit } from '#application';
import type { Clock } from '#platform';
import type { SchoolCard } from '#read-models';
import { impactAtSchool, lendingOf, schoolOf, standingOf } from '#read-models';
import { PageFilter } from './page.filter';
import { ownSchool, mayRead, Pages } from './pages';
import { pageLinks } from './paging';
import type { Query as Asks } from './query';
import { address, dateField, fieldsOf } from './query';
import { isOldUrn, SchoolAsked } from './school-asked';
import {
  changesTable,
  headingsInWords,
  impactView,
  lendingView,
  standingView,
} from './school-questions.view';
import type { Sitting } from './sitting';
import { faultsOf, PinFields, whenAsked, yearAsked } from './when-asked';
import { counted, dayInWords } from './words';

class YearFields extends PinFields {
  @IsOptional()
  @Matches(/^\d{4}-\d{2}$/, { message: 'year must be an academic year such as 2026-27' })
  year?: string;
}

class SinceFields extends PinFields {
  @IsOptional()
  @Matches(/^\d{1,9}$/, { message: 'this page of the list does not exist' })
  skip?: string;
}

const LIMIT = 30;

/** A page about one school at a moment. */
interface Shown {
  readonly present: SchoolCard;
  /** The school as it was known then; undefined: it was not. */
  readonly card: SchoolCard | undefined;
  readonly sitting: Sitting;
  readonly day: string;
  readonly around: object;
}

/** Where a school stands, what support achieved, what it lends, and what changed since the last visit. */
@Controller('schools/:school')
@UseFilters(PageFilter)
export class SchoolQuestionsController {
  constructor(
    @Inject(Asking) private readonly asking: Asking,
    @Inject(Pages) private readonly pages: Pages,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(Catalogue) private readonly catalogue: Catalogue,
    @Inject(SchoolAsked) private readonly schools: SchoolAsked,
  ) {}

  @Get('standing')
  @Reads('school')
  async standing(
    @Param('school') called: string,
    @Query() query: Asks,
    @Req() request: Request & Asked,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string | undefined> {
    const pins = fieldsOf(PinFields, query, ['asOf']);
    const shown = await this.shown('standing', { called, query, pins, request, response });
    if (shown === undefined) return undefined;
    const { card, present, sitting, day, around } = shown;
    const { schoolId } = present;
    const known = card && standingView(await sitting.ask(standingOf, { schoolId, today: day }));
    return this.pages.render('school-standing.njk', request, response, { ...around, known });
  }

  @Get('impact')
  @Reads('school')
  async impact(
    @Param('school') called: string,
    @Query() query: Asks,
    @Req() request: Request & Asked,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string | undefined> {
    const pins = fieldsOf(PinFields, query, ['asOf']);
    const shown = await this.shown('impact', { called, query, pins, request, response });
    if (shown === undefined) return undefined;
    const { card, present, sitting, around } = shown;
    const { schoolId } = present;
    const known = card && impactView(await sitting.ask(impactAtSchool, { schoolId }));
    return this.pages.render('school-impact.njk', request, response, { ...around, known });
  }

  @Get('lending')
  @Reads('lending')
  async lending(
    @Param('school') called: string,
    @Query() query: Asks,
    @Req() request: Request & Asked,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string | undefined> {
    const { year, ...pins } = fieldsOf(YearFields, query, ['asOf']);
    const asked = { called, query, pins, request, response };
    const shown = await this.shown('lending', asked, { year });
    if (shown === undefined) return undefined;
    const { card, present, sitting, day, around } = shown;
    const academicYear = yearAsked(year, day);
    const about = { schoolId: present.schoolId, academicYear };
    const known = card && lendingView(await sitting.ask(lendingOf, about));
    return this.pages.render('school-lending.njk', request, response, {
      ...{ ...around, year, academicYear, known },
      otherPages: ownSchool(request.identity) !== undefined || mayRead(request.identity, 'school'),
    });
  }

  @Get('since-visit')
  @Reads('school')
  async since(
    @Param('school') called: string,
    @Query() query: Asks,
    @Req() request: Request & Asked,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string | undefined> {
    const { skip = '0', ...pins } = fieldsOf(SinceFields, query, ['asOf', 'since']);
    const asked = { called, query, pins, request, response };
    const shown = await this.shown('since-visit', asked);
    if (shown === undefined) return undefined;
    const { card, present, sitting, day, around } = shown;
    const since = dateField(query, 'since', day);
    if (since.fault !== undefined) response.status(400);
    const faults = since.fault === undefined ? [] : [{ text: since.fault, href: '#since-day' }];
    const piece = { skip: Number(skip), limit: LIMIT };
    const known =
      card === undefined
        ? undefined
        : await this.sinceVisit({ present, sitting, day, since: since.value, piece });
    const link = (to: number): string =>
      address(
        `/schools/${present.urn}/since-visit`,
        {
          ...{ asOf: (around as { asOf: { value?: string } }).asOf.value, since: since.value },
          ...{ position: sitting.position, skip: to === 0 ? undefined : String(to) },
        },
        'recorded',
      );
    return this.pages.render('school-since-visit.njk', request, response, {
      ...around,
      since,
      ...(faults.length === 0 ? {} : { faults }),
      known: known && {
        ...known,
        list: {
          ...pageLinks({ ...piece, total: known.total }, link),
          entries:
            request.ownSchoolOnly === undefined
              ? known.entries
              : known.entries.map((entry) => seenByItsPeople(entry, this.catalogue)),
        },
      },
    });
  }

  private async sinceVisit({
    present: { schoolId },
    sitting,
    day: today,
    since,
    piece,
  }: {
    readonly present: SchoolCard;
    readonly sitting: Sitting;
    readonly day: string;
    readonly since: string | undefined;
    readonly piece: { readonly skip: number; readonly limit: number };
  }) {
    const about = { schoolId, today, ...piece, ...(since === undefined ? {} : { since }) };
    const { position } = sitting;
    const when = position === undefined ? {} : { asOf: position };
    const answer = await sinceVisit(this.asking, about, when);
    if (!answer.answered) throw new BadRequestException(answer.detail);
    const {
      visit,
      changes,
      counts,
      verdicts,
      entries,
      total,
      basis,
      since: from,
      readings,
    } = answer.value;
    const what =
      visit?.kind === 'new-to-headship'
        ? 'new-to-headship visit'
        : `headline visit ${visit?.number ?? ''}`;
    return {
      from,
      says:
        basis === 'visit'
          ? `Since ${what} on ${dayInWords(from)}, when the adviser read the school’s dashboard.`
          : visit === undefined && since === undefined
            ? `No headline visit is on record. This is since ${dayInWords(from)}, the beginning of the academic year.`
            : `Since the beginning of ${dayInWords(from)}.`,
      changes: changesTable(changes),
      unchanged: changes.readingsUnchanged,
      readings,
      counts: counts.map(({ heading, events }) => `${headingsInWords[heading]} ${events}`),
      verdicts: verdicts.map(
        ({ object, verdict = '', completedOn, moderatedOn }) =>
          `${object.replaceAll('-', ' ')}: ${verdict.replaceAll('-', ' ')}, ${dayInWords(moderatedOn ?? completedOn ?? '')}`,
      ),
      entries,
      total,
      recorded: counted(total, 'event'),
    };
  }

  /** What every one of these pages has around it; undefined when it is at another address. */
  private async shown(
    path: string,
    {
      called,
      query,
      pins,
      request,
      response,
    }: {
      readonly called: string;
      readonly query: Asks;
      readonly pins: PinFields;
      readonly request: Request & Asked;
      readonly response: Response;
    },
    kept: Readonly<Record<string, string | undefined>> = {},
  ): Promise<Shown | undefined> {
    const { atLeast } = pins;
    const seen = atLeast === undefined ? {} : { atLeast };
    const present = await this.schools.present(called, request, seen);
    const ports = { asking: this.asking, clock: this.clock };
    const { asOf, day, pin, sitting } = whenAsked(ports, query, pins, response);
    if (isOldUrn(called, present)) {
      const here = `/schools/${present.urn}/${path}`;
      response.redirect(302, address(here, { ...pins, ...kept, asOf: asOf.value }));
      return undefined;
    }
    const card = await sitting.ask(schoolOf, { school: present.schoolId });
    const around = {
      name: card?.name ?? present.name,
      urn: present.urn,
      asOf,
      faults: faultsOf(asOf),
      live: pin === undefined && { school: present.schoolId, after: sitting.position },
    };
    return { present, card, sitting, day, around };
  }
}
