import { Controller, Get, Inject, Query, Res } from '@nestjs/common';
import { IsOptional } from 'class-validator';
import type { Response } from 'express';
import type { Sealing } from '#application';
import { Asking, CLOCK, Open, Reads, SEALING, withNameOpened } from '#application';
import { IsDay } from '#domain';
import type { Clock } from '#platform';
import { guideDocumentsOn, helpfulnessOf, listGuideComments, modelGuideOn } from '#read-models';
import { dayAsked } from './day-asked';
import { answered, answeredPage, PageFields, pageIn, parameters, WhenFields } from './query-fields';

class GuideFields extends WhenFields {
  @IsOptional()
  @IsDay()
  day?: string;
}

/** The public guide of the model; and for the team, how helpful people find it. Commands on it are the catalogue's. */
@Controller('api/v1/model-guide')
export class ModelGuideController {
  constructor(
    @Inject(Asking) private readonly asking: Asking,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SEALING) private readonly sealing: Sealing,
  ) {}

  /** The whole guide as it is in force on a day: sections, the offer, documents, the directory. */
  @Get()
  @Open()
  async guide(
    @Query() query: unknown,
    @Res({ passthrough: true }) response: Response,
  ): Promise<unknown> {
    const { day, ...when } = parameters(GuideFields, query);
    const about = {
      day: day ?? dayAsked(when.asOf, this.clock),
      names: when.asOf === undefined,
    };
    const guide = answered(response, await this.asking.ask(modelGuideOn, about, when));
    return { ...guide, directory: guide.directory.map(withNameOpened(this.sealing)) };
  }

  /** Every document that is or was in the guide, each with all its versions. */
  @Get('documents')
  @Open()
  async documents(
    @Query() query: Record<string, string>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<unknown> {
    const fields = parameters(PageFields, query);
    const about = { ...pageIn(fields), day: dayAsked(fields.asOf, this.clock) };
    const answer = await this.asking.ask(guideDocumentsOn, about, fields);
    const page = answeredPage(response, answer, '/api/v1/model-guide/documents', query);
    return { total: page.total, documents: page.items };
  }

  /** How helpful people found each page, counted by points, as a whole and by month. */
  @Get('helpfulness')
  @Reads('board')
  async helpfulness(
    @Query() query: unknown,
    @Res({ passthrough: true }) response: Response,
  ): Promise<unknown> {
    const when = parameters(WhenFields, query);
    return { pages: answered(response, await this.asking.ask(helpfulnessOf, undefined, when)) };
  }

  /** What people wrote about it, newest first. */
  @Get('comments')
  @Reads('county')
  async comments(
    @Query() query: Record<string, string>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<unknown> {
    const fields = parameters(PageFields, query);
    const answer = await this.asking.ask(listGuideComments, pageIn(fields), fields);
    const page = answeredPage(response, answer, '/api/v1/model-guide/comments', query);
    return { total: page.total, comments: page.items };
  }
}
