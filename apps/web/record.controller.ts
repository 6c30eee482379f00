import { randomUUID } from 'node:crypto';
import {
  Body,
  Controller,
  ForbiddenException,
  Get,
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
import type { Answer, Asked, FieldFault, PureQuery } from '#application';
import { Asking, Catalogue, CLOCK, Commands, kebab, Reads, statusOf } from '#application';
import { academicYearOf, ownSchoolIn, schoolsConcerned } from '#domain';
import type { Clock, Identity } from '#platform';
import { dayInEngland } from '#platform';
import { deploymentOf, schoolOf } from '#read-models';
import type { Form } from './form-fields';
import { formOf, namesIn } from './form-fields';
import type { Change, Entry } from './form-given';
import { commandOf, entriesFrom, schoolsNamed } from './form-given';
import { offersFor } from './form-offers';
import { contextsInWords, daily, titleOf } from './form-words';
import type { SchoolNamed } from './form.view';
import { formView } from './form.view';
import { whoseFor } from './offerings';
import { PageFilter } from './page.filter';
import { mayRead, ownSchool, Pages } from './pages';
import type { Query as Asks } from './query';
import { address, RECORDED } from './query';
import { Sitting } from './sitting';
import { roleInWords } from './words';

/** More schools than anybody names on one form. */
const MOST_SCHOOLS = 400;

/** What a form page is made from. */
interface Filled {
  readonly form: Form;
  readonly entries: readonly Entry[];
  readonly key: string;
  readonly schools: ReadonlyMap<string, SchoolNamed>;
  readonly faults?: readonly FieldFault[];
}

/** What somebody may record, and a form for each command of the catalogue, made from its declaration. */
@Controller('record')
@UseFilters(PageFilter)
export class RecordController {
  private readonly forms: ReadonlyMap<string, Form>;

  constructor(
    @Inject(Asking) private readonly asking: Asking,
    @Inject(Commands) private readonly commands: Commands,
    @Inject(Pages) private readonly pages: Pages,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(Catalogue) private readonly catalogue: Catalogue,
  ) {
    this.forms = new Map(catalogue.commands().map((entry) => [entry.name, formOf(entry)]));
  }

  @Get()
  @Reads('commands')
  async list(
    @Query() query: Asks,
    @Req() request: Request & Asked,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string> {
    const identity = signedIn(request);
    const about = Object.entries(query).filter(
      (one): one is [string, string] =>
        typeof one[1] === 'string' && ![RECORDED, 'atLeast'].includes(one[0]) && one[1] !== '',
    );
    const forms = [...this.forms.values()].filter(
      (form) => form.by.includes(identity.role) && about.every(([name]) => namesIn(form).has(name)),
    );
    const lines = forms.map(({ name, context, says }) => ({
      ...{ name, context, says, title: titleOf(name) },
      href: address(`/record/${context}/${kebab(name)}`, Object.fromEntries(about)),
    }));
    const called = about.find(([name]) => name === 'schoolId' || name === 'homeSchoolId')?.[1];
    const schools = await this.schoolsCalled(called === undefined ? [] : [called]);
    const school = called === undefined ? undefined : schools.get(called);
    return this.pages.render('record.njk', request, response, {
      ...{ school, isAboutOne: about.length > 0, count: lines.length },
      daily: daily.flatMap((name) => lines.filter((line) => line.name === name)),
      contexts: [...Map.groupBy(lines, ({ context }) => context)]
        .map(([context, of]) => ({
          context,
          name: contextsInWords.get(context) ?? context,
          lines: of,
        }))
        .toSorted((a, b) => placeOf(a.context) - placeOf(b.context)),
    });
  }

  @Get(':context/:command')
  @Reads('commands')
  async form(
    @Param('context') context: string,
    @Param('command') command: string,
    @Query() query: Asks,
    @Req() request: Request & Asked,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string> {
    const form = this.formAsked(context, command, request);
    const given = { ...(await this.starts(form, query, request)), ...query, ...own(request) };
    const entries = entriesFrom(form.fields, given);
    const schools = await this.schoolsCalled(schoolsNamed(entries));
    const filled = { form, entries, schools, key: randomUUID() };
    return this.page(filled, request, response);
  }

  @Post(':context/:command')
  @Reads('commands')
  async give(
    @Param('context') context: string,
    @Param('command') command: string,
    @Body() body: Asks | undefined,
    @Req() request: Request & Asked,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string | undefined> {
    const form = this.formAsked(context, command, request);
    this.pages.fromOurForm(body, request);
    const change = changeIn(body);
    const entries = entriesFrom(form.fields, { ...body, ...own(request) }, change);
    const schools = await this.schoolsCalled(schoolsNamed(entries));
    const key = text(body?.['key']) ?? randomUUID();
    if (Object.keys(change).length > 0) {
      response.status(200);
      return this.page({ form, entries, schools, key }, request, response);
    }
    const schoolId = (called: string): string | undefined => schools.get(called)?.schoolId;
    const fields = commandOf(entries, { schoolId, key });
    const actor = signedIn(request);
    const answer = await this.commands.give(form.name, fields, { actor, idempotencyKey: key });
    if (answer.accepted) {
      response.redirect(303, await this.placeAfter(form, fields, answer, actor));
      return undefined;
    }
    response.status(statusFor(answer));
    // What was refused is not what is sent next: that is a request of its own.
    const again = { form, entries, schools, key: randomUUID(), faults: faultsFor(answer) };
    return this.page(again, request, response);
  }

  private async page(
    { form, entries, schools, key, faults = [] }: Filled,
    request: Request & Asked,
    response: Response,
  ): Promise<string> {
    const sitting = new Sitting(this.asking, {});
    const to = {
      ...{ context: form.context, identity: signedIn(request) },
      today: dayInEngland(this.clock.now()),
      ask: <P, T>(query: PureQuery<P, T>, about: P) => sitting.ask(query, about),
    };
    const view = formView(entries, {
      faults,
      school: (called) => schools.get(called),
      own: Object.keys(own(request))[0],
      offered: await offersFor(entries, to, (called) => schools.get(called)?.schoolId),
    });
    return this.pages.render('record-form.njk', request, response, {
      ...{ ...view, key, says: form.says, title: titleOf(form.name) },
      context: contextsInWords.get(form.context) ?? form.context,
      action: request.path,
    });
  }

  /** @throws NotFoundException; ForbiddenException for whoever may not give the command. */
  private formAsked(context: string, command: string, request: Asked): Form {
    const form = this.forms.get(this.catalogue.commandAt(`${context}/${command}`) ?? '');
    if (form === undefined)
      throw new NotFoundException('Nothing is recorded by this form; the list is under “Record”.');
    const { role } = signedIn(request);
    if (form.by.includes(role)) return form;
    const others = form.by.filter((one) => one !== 'policy' && one !== 'import').map(roleInWords);
    throw new ForbiddenException(
      `“${titleOf(form.name)}” is recorded by ${others.join(', ') || 'the service itself, by rule'}; you are signed in as ${roleInWords(role)}.`,
    );
  }

  /** What fields begin with that can be known beforehand. */
  private async starts({ fields }: Form, query: Asks, request: Asked): Promise<Asks> {
    const today = dayInEngland(this.clock.now());
    const sitting = new Sitting(this.asking, {});
    const deployment = await this.deploymentFor(sitting, query['deploymentId'], request, today);
    const starts: Readonly<Record<string, string | undefined>> = {
      'academic-year': academicYearOf(today),
      position: sitting.position,
      school: deployment?.school.schoolId,
      'home-school': deployment?.homeSchool?.schoolId,
    };
    return Object.fromEntries(
      fields.flatMap(({ name, starts: from = '' }) =>
        starts[from] === undefined ? [] : [[name, starts[from]]],
      ),
    );
  }

  /** The deployment somebody comes from, where it is one they may see. */
  private async deploymentFor(sitting: Sitting, id: unknown, request: Asked, today: string) {
    const whose = whoseFor(signedIn(request));
    const deploymentId = typeof id === 'string' && whose !== undefined ? id : '';
    return sitting.ask(deploymentOf, { deploymentId, today, whose: whose ?? {} });
  }

  /** The schools called by a URN or an id, by what they were called. */
  private async schoolsCalled(
    called: readonly string[],
  ): Promise<ReadonlyMap<string, SchoolNamed>> {
    const sitting = new Sitting(this.asking, {});
    const found = new Map<string, SchoolNamed>();
    for (const school of new Set(called.slice(0, MOST_SCHOOLS))) {
      const card = await sitting.ask(schoolOf, { school });
      if (card !== undefined) found.set(school, card);
    }
    return found;
  }

  /** The page that shows what was recorded, to whoever recorded it. */
  private async placeAfter(
    { context }: Form,
    fields: Readonly<Record<string, unknown>>,
    { events, position, repeated }: Extract<Answer, { accepted: true }>,
    identity: Identity,
  ): Promise<string> {
    const nothing = events.length === 0 && !repeated;
    const seen = { atLeast: String(position), [RECORDED]: nothing ? 'already' : 'yes' };
    const { championId } = fields;
    if (context === 'champions' && typeof championId === 'string' && mayRead(identity, 'county'))
      return address(`/champions/${championId}`, seen);
    const concerned = [fields, ...events.map(({ data }) => data)].flatMap(schoolsConcerned);
    const mine = ownSchool(identity);
    const schoolId = mayRead(identity, 'school')
      ? concerned[0]
      : concerned.find((school) => school === mine);
    const school = schoolId && (await this.schoolsCalled([schoolId])).get(schoolId);
    if (school) return address(`/schools/${school.urn}${pageOfSchool[context] ?? ''}`, seen);
    return address(context === 'governance' ? '/governance' : '/record', seen);
  }
}

/** Which page of a school shows what a context records; its first page shows what the others do not. */
const pageOfSchool: Readonly<Record<string, string>> = {
  support: '/support',
  money: '/support',
  visits: '/visits',
  statutory: '/statutory',
  quality: '/quality',
  collaborations: '/together',
};

/** Where a context stands in the list. */
function placeOf(context: string): number {
  const place = [...contextsInWords.keys()].indexOf(context);
  return place < 0 ? contextsInWords.size : place;
}

function signedIn({ identity }: Asked): Identity {
  if (identity === undefined) throw new Error('The guard lets nobody in without an identity.');
  return identity;
}

/** The field in which somebody names the school they speak for, filled in: it is theirs and no other. */
function own({ identity }: Asked): Readonly<Record<string, string>> {
  const field = ownSchoolIn(identity?.role ?? '');
  const schoolId = identity?.schoolId;
  return field === undefined || schoolId === undefined ? {} : { [field]: schoolId };
}

/** A text no longer than a name may be. */
const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' && value.length <= 200 ? value : undefined;

function changeIn(body: Asks | undefined): Change {
  const [add, remove] = [text(body?.['add']), text(body?.['remove'])];
  return {
    ...(add === undefined ? {} : { add }),
    ...(remove === undefined ? {} : { remove }),
    ...(body?.['show'] === undefined ? {} : { show: true }),
  };
}

type NotAccepted = Exclude<Answer, { accepted: true }>;

function statusFor(answer: NotAccepted): number {
  if ('malformed' in answer) return 400;
  return 'unknown' in answer ? 404 : statusOf[answer.refusal.kind];
}

function faultsFor(answer: NotAccepted): readonly FieldFault[] {
  if ('malformed' in answer) return answer.malformed;
  if ('unknown' in answer) return [{ pointer: '', detail: 'There is no such command.' }];
  const { refused, detail, pointer = '' } = answer.refusal;
  return [{ pointer, detail: refused === 'IdempotencyKeyReused' ? SENT_BEFORE : detail }];
}

const SENT_BEFORE =
  'This form was sent before, with something else in it, and that was recorded. If this is to be recorded as well, send it again.';
