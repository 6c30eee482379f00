import { Controller, Get, Inject, Param, Query, Req, Res, UseFilters } from '@nestjs/common';
import { IsIn, IsOptional, Matches } from 'class-validator';
import type { Request, Response } from 'express';
import type { Asked } from '#application';
import { Asking, CLOCK, Reads } from '#application';
import type { Clock } from '#platform';
import { involvementsOf, listNotices, noticesOf, riseSchools, schoolOf } from '#read-models';
import { PageFilter } from './page.filter';
import { Pages } from './pages';
import { pageLinks } from './paging';
import type { Query as Asks } from './query';
import { address, fieldsOf } from './query';
import { isOldUrn, SchoolAsked } from './school-asked';
import {
  involvementView,
  lineView,
  noticesSentence,
  noticeView,
  otherRoute,
  riseLineView,
} from './statutory.view';
import { faultsOf, PinFields, whenAsked } from './when-asked';

class NoticesFields extends PinFields {
  @IsOptional()
  @IsIn(['live', 'overdue', 'all'], { message: 'choose which notices from the list' })
  which?: 'live' | 'overdue' | 'all';

  @IsOptional()
  @Matches(/^\d{1,9}$/, { message: 'this page of the list does not exist' })
  skip?: string;
}

const LIMIT = 50;
/** More schools than RISE has in any county; what is beyond is said to be. */
const RISE_LIMIT = 200;

/** Warning notices and national involvement: of the county, and of one school. */
@Controller()
@UseFilters(PageFilter)
export class StatutoryController {
  constructor(
    @Inject(Asking) private readonly asking: Asking,
    @Inject(Pages) private readonly pages: Pages,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SchoolAsked) private readonly schools: SchoolAsked,
  ) {}

  @Get('notices')
  @Reads('county')
  async notices(
    @Query() query: Asks,
    @Req() request: Request & Asked,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string> {
    const { which = 'live', skip = '0', ...pins } = fieldsOf(NoticesFields, query, ['asOf']);
    const { asOf, day, pin, sitting } = whenAsked(
      { asking: this.asking, clock: this.clock },
      query,
      pins,
      response,
    );
    const piece = { skip: Number(skip), limit: LIMIT };
    const page = await sitting.ask(listNotices, { today: day, which, ...piece });
    const count = async (of: 'live' | 'overdue'): Promise<number> =>
      (await sitting.ask(listNotices, { today: day, which: of, limit: 1 })).total;
    const rise = await sitting.ask(riseSchools, { today: day, limit: RISE_LIMIT });
    const link = (to: number): string =>
      address('/notices', {
        asOf: asOf.value,
        which,
        position: sitting.position,
        skip: to === 0 ? undefined : String(to),
      });
    return this.pages.render('notices.njk', request, response, {
      asOf,
      day,
      which,
      faults: faultsOf(asOf),
      live: pin === undefined && { after: sitting.position },
      sentence: noticesSentence(await count('live'), await count('overdue')),
      notices: {
        lines: page.items.map(lineView),
        ...pageLinks({ ...piece, total: page.total }, link),
      },
      rise: { lines: rise.items.map(riseLineView), total: rise.total },
    });
  }

  @Get('schools/:school/statutory')
  @Reads('school')
  async ofSchool(
    @Param('school') called: string,
    @Query() query: Asks,
    @Req() request: Request & Asked,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string | undefined> {
    const pins = fieldsOf(PinFields, query, ['asOf']);
    const { atLeast } = pins;
    const present = await this.schools.present(
      called,
      request,
      atLeast === undefined ? {} : { atLeast },
    );
    const { asOf, day, pin, sitting } = whenAsked(
      { asking: this.asking, clock: this.clock },
      query,
      pins,
      response,
    );
    if (isOldUrn(called, present)) {
      const here = address(`/schools/${present.urn}/statutory`, { ...pins, asOf: asOf.value });
      response.redirect(302, here);
      return undefined;
    }
    const { schoolId } = present;
    const card = await sitting.ask(schoolOf, { school: schoolId });
    const about = { schoolId, today: day };
    const notices = await sitting.ask(noticesOf, about);
    const involvement = await sitting.ask(involvementsOf, about);
    return this.pages.render('statutory.njk', request, response, {
      name: card?.name ?? present.name,
      urn: present.urn,
      asOf,
      faults: faultsOf(asOf),
      live: pin === undefined && { school: schoolId, after: sitting.position },
      ...(card === undefined
        ? {}
        : {
            known: {
              route: otherRoute(card),
              notices: notices.map(noticeView),
              involvement: involvement.map(involvementView),
            },
          }),
    });
  }
}
