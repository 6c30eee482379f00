import { randomUUID } from 'node:crypto';
import {
  BadRequestException,
  Body,
  Controller,
  Get,
  HttpException,
  Inject,
  NotFoundException,
  Param,
  Post,
  Query,
  Req,
  Res,
  UseFilters,
} from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Asked, Sealing } from '#application';
import {
  Asking,
  CLOCK,
  Commands,
  Open,
  Reads,
  SEALING,
  thePublic,
  TOKENS,
  withNameOpened,
} from '#application';
import type { GuidePage } from '#domain';
import { guidePages } from '#domain';
import type { Clock, Tokens } from '#platform';
import { guideDocumentsOn, helpfulnessOf, listGuideComments, modelGuideOn } from '#read-models';
import { AtMost } from './at-most';
import type { Sent } from './helpful-form';
import { formView, nothingSent, pointsInWords, sentIn } from './helpful-form';
import { PageFilter } from './page.filter';
import { mayRead, Pages } from './pages';
import type { Query as Asks } from './query';
import { address, fieldsOf } from './query';
import {
  directoryView,
  documentsView,
  guideRoot,
  helpfulnessView,
  offerView,
  pagesInWords,
  sectionsOn,
} from './side-by-side.view';
import { faultsOf, PinFields, whenAsked } from './when-asked';

const MINUTE = 60_000;
/** Answers a process takes, from all the world: enough for a county, and little for the log. [I]: our own bound. */
const ANSWERS = [
  { most: 30, within: MINUTE },
  { most: 1000, within: 24 * 60 * MINUTE },
];
const MONTHS = 12;
const COMMENTS = 20;

/** The public guide of the model: for anybody, signed in or not. */
@Controller(guideRoot)
@UseFilters(PageFilter)
export class SideBySideController {
  private readonly answers = new AtMost(ANSWERS);

  constructor(
    @Inject(Asking) private readonly asking: Asking,
    @Inject(Commands) private readonly commands: Commands,
    @Inject(Pages) private readonly pages: Pages,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(TOKENS) private readonly tokens: Tokens,
    @Inject(SEALING) private readonly sealing: Sealing,
  ) {}

  @Get()
  @Open()
  overview(
    @Query() query: Asks,
    @Req() request: Request & Asked,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string> {
    return this.page('overview', query, nothingSent, request, response);
  }

  /** The whole guide as one page, to be printed. */
  @Get('print')
  @Open()
  print(
    @Query() query: Asks,
    @Req() request: Request & Asked,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string> {
    return this.page('print', query, nothingSent, request, response);
  }

  @Get('thanks')
  @Open()
  thanks(
    @Query() query: Asks,
    @Req() request: Request & Asked,
    @Res({ passthrough: true }) response: Response,
  ): string {
    const page = guidePages.find((known) => known === query['page']) ?? 'overview';
    return this.pages.render('side-by-side-thanks.njk', request, response, {
      back: pagesInWords[page],
    });
  }

  /** For the team: how helpful people found it, and for those who see single schools what they wrote. */
  @Get('helpfulness')
  @Reads('board')
  async helpfulness(
    @Query() query: Asks,
    @Req() request: Request & Asked,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string> {
    const pins = fieldsOf(PinFields, query, ['asOf']);
    const { sitting } = whenAsked(this.outside, query, pins, response);
    const found = await sitting.ask(helpfulnessOf, undefined);
    const comments = mayRead(request.identity, 'county')
      ? await sitting.ask(listGuideComments, { limit: COMMENTS })
      : undefined;
    return this.pages.render('side-by-side-helpfulness.njk', request, response, {
      guide: helpfulnessView(found, MONTHS),
      points: pointsInWords,
      pagesInWords,
      comments,
    });
  }

  @Get(':page')
  @Open()
  async one(
    @Param('page') called: string,
    @Query() query: Asks,
    @Req() request: Request & Asked,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string> {
    const page = guidePages.find((known) => known === called && known !== 'overview');
    if (page === undefined)
      throw new NotFoundException('The guide has no such page. Its contents are at /side-by-side.');
    return this.page(page, query, nothingSent, request, response);
  }

  /** Was this page helpful? Whoever answers is not known: a session, where there is one, is not looked at. */
  @Post('helpful')
  @Open()
  async helpful(
    @Body() body: Asks | undefined,
    @Req() request: Request & Asked,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string | undefined> {
    const page = guidePages.find((known) => known === body?.['page']);
    const answerId = this.formOf(body);
    if (page === undefined || answerId === undefined)
      throw new BadRequestException(
        'This form is not one of ours. Load the page again and answer there.',
      );
    const sent = sentIn(body);
    const refused = sent.faults.length > 0 ? sent : await this.given(page, answerId, sent);
    if (refused === undefined) {
      response.redirect(303, address(`${guideRoot}/thanks`, { page }));
      return undefined;
    }
    response.status(400);
    return this.page(page, {}, refused, request, response);
  }

  /** Records the answer; or what was sent, with what is wrong with it. */
  private async given(page: GuidePage, answerId: string, sent: Sent): Promise<Sent | undefined> {
    if (!this.answers.takes(this.clock.now()))
      throw new HttpException(
        'More people are answering than we can take in. Go back and send it again in a minute.',
        429,
      );
    const { points, comment } = sent;
    const fields = { answerId, page, points, ...(comment === undefined ? {} : { comment }) };
    const answer = await this.commands.give('GivePageHelpfulness', fields, { actor: thePublic });
    if (answer.accepted) return undefined;
    if (!('refusal' in answer)) throw new BadRequestException('This answer cannot be used.');
    return { ...sent, faults: [{ text: answer.refusal.detail, href: '#points' }] };
  }

  /** A form that we made carries an identity of its own, and our mark on it. */
  private formOf(body: Asks | undefined): string | undefined {
    const [answerId, mark] = [body?.['answer'], body?.['mark']];
    return typeof answerId === 'string' &&
      typeof mark === 'string' &&
      this.tokens.isFormMark(markOf(answerId), mark)
      ? answerId
      : undefined;
  }

  private async page(
    page: GuidePage | 'print',
    query: Asks,
    sent: Sent,
    request: Request & Asked,
    response: Response,
  ): Promise<string> {
    const pins = fieldsOf(PinFields, query, ['asOf']);
    const { asOf, day, pin, sitting } = whenAsked(this.outside, query, pins, response);
    const known = await sitting.ask(modelGuideOn, { day, names: pin === undefined });
    const guide = { ...known, directory: known.directory.map(withNameOpened(this.sealing)) };
    const { items } = await sitting.ask(guideDocumentsOn, { day });
    const whole = page === 'print';
    const answerId = randomUUID();
    return this.pages.render(
      whole ? 'side-by-side-print.njk' : 'side-by-side.njk',
      request,
      response,
      {
        ...{ page, pagesInWords, day, asOf },
        faults: [...faultsOf(asOf), ...sent.faults],
        sections: (whole ? guidePages : [page]).flatMap((one) => sectionsOn(one, guide)),
        documents: documentsView(items),
        directory: directoryView(guide),
        ...(guide.offer === undefined ? {} : { offer: offerView(guide.offer) }),
        form: { answerId, mark: this.tokens.formMark(markOf(answerId)), ...formView(sent) },
        mayCount: mayRead(request.identity, 'board'),
      },
    );
  }

  private get outside(): { readonly asking: Asking; readonly clock: Clock } {
    return { asking: this.asking, clock: this.clock };
  }
}

const markOf = (answerId: string): string => `helpful ${answerId}`;
