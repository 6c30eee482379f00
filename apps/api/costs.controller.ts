import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import { IsOptional, Matches } from 'class-validator';
import type { Request, Response } from 'express';
import type { Asked } from '#application';
import { Asking, readers, Reads } from '#application';
import { costsIn, sumsOnly } from '#read-models';
import { answered, linkNext, PageFields, pageIn, parameters } from './query-fields';
import { YEAR, yearFault, yearNamed } from './year-asked';

class CostFields extends PageFields {
  @IsOptional()
  @Matches(YEAR, { message: yearFault('year') })
  year?: string;

  @IsOptional()
  @Matches(YEAR, { message: yearFault('financialYear') })
  financialYear?: string;
}

/** What champions cost. */
@Controller('api/v1/costs')
export class CostsController {
  constructor(@Inject(Asking) private readonly asking: Asking) {}

  /** By year, category and school, and per day; the Board and scrutiny see sums and no school. */
  @Get()
  @Reads('costs')
  async costs(
    @Query() query: Record<string, string>,
    @Req() request: Request & Asked,
    @Res({ passthrough: true }) response: Response,
  ): Promise<unknown> {
    const fields = parameters(CostFields, query);
    const { year, financialYear } = fields;
    const about = {
      ...pageIn(fields),
      ...(year === undefined ? {} : { academicYear: yearNamed('year', year) }),
      ...(financialYear === undefined
        ? {}
        : { financialYear: yearNamed('financialYear', financialYear) }),
    };
    const answer = await this.asking.ask(costsIn, about, fields);
    const costs = answered(response, answer);
    const all: readonly string[] = readers.county.all;
    if (request.identity === undefined || !all.includes(request.identity.role))
      return sumsOnly(costs);
    const { items, total, next } = costs.schools;
    if (answer.answered)
      linkNext(response, '/api/v1/costs', query, { position: answer.position, next });
    return { ...costs, schools: items, schoolsTotal: total };
  }
}
