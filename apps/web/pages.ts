import { ForbiddenException, Inject, Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Environment } from 'nunjucks';
import type { Asked, Reading } from '#application';
import { Catalogue, cellOf, CONFIG, EXAMPLE, readers, TOKENS } from '#application';
import type { Config, Identity, Tokens } from '#platform';
import { Assets } from './assets';
import { nonceOf } from './page-headers';
import type { Query } from './query';
import { RECORDED } from './query';
import { viewEngine } from './view-engine';
import { roleInWords } from './words';

/** Whether a role may read all of this. */
export const mayRead = (identity: Identity | undefined, what: Reading): boolean =>
  identity !== undefined && cellOf(readers[what], identity.role) === 'all';

/** Whether a role may read this of its own school. */
const mayReadOwn = (identity: Identity, what: Reading): boolean =>
  cellOf(readers[what], identity.role) === 'own';

/** The school someone speaks for and may look at, if any. */
export const ownSchool = (identity: Identity | undefined): string | undefined =>
  identity !== undefined && mayReadOwn(identity, 'school') ? identity.schoolId : undefined;

/** The school somebody speaks for only as far as it lends champions. */
export const lendingSchool = (identity: Identity | undefined): string | undefined =>
  identity !== undefined && ownSchool(identity) === undefined && mayReadOwn(identity, 'lending')
    ? identity.schoolId
    : undefined;

/** Renders pages: the template with what it shows, and around it what every page has. */
@Injectable()
export class Pages {
  private readonly engine: Environment = viewEngine();

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(TOKENS) private readonly tokens: Tokens,
    @Inject(EXAMPLE) private readonly example: () => boolean,
    @Inject(Catalogue) private readonly catalogue: Catalogue,
    @Inject(Assets) assets: Assets,
  ) {
    this.engine.addGlobal('asset', (name: string) => assets.address(name));
  }

  /** A form of ours carries the mark of the session it was made for; where there is no session, there is nothing to misuse. */
  fromOurForm(body: Query | undefined, { token }: Asked): void {
    const mark = body?.['mark'];
    if (token === undefined || (typeof mark === 'string' && this.tokens.isFormMark(token, mark)))
      return;
    throw new ForbiddenException(
      'This form was not made for your present session. Go back, load the page again and send it once more.',
    );
  }

  render(
    template: string,
    request: Request & Asked,
    response: Response,
    context: object = {},
  ): string {
    const { identity, token } = request;
    const mayRecord =
      identity !== undefined &&
      this.catalogue.commands().some(({ command }) => command.by.includes(identity.role));
    return this.engine.render(template, {
      ...context,
      here: request.originalUrl.replace(NOTICE, ''),
      notice: notices.get(request.query[RECORDED]),
      mayRecord,
      path: request.path,
      cspNonce: nonceOf(response),
      example: this.example(),
      mayListen: mayRead(identity, 'live'),
      ...(identity === undefined || token === undefined
        ? {}
        : { signedIn: { as: roleInWords(identity.role), mark: this.tokens.formMark(token) } }),
      rooms: roomsOf(identity, mayRecord).map((room) => ({
        ...room,
        current: room.href === request.path,
      })),
    });
  }
}

interface Room {
  readonly text: string;
  readonly href: string;
}

/** What a page says at its top when somebody comes to it from a form. */
const notices: ReadonlyMap<unknown, string> = new Map([
  ['yes', 'Recorded.'],
  ['already', 'This was on record already; nothing new was recorded.'],
]);
const NOTICE = new RegExp(`(?<=[?&])${RECORDED}=[a-z]*&?`);

function roomsOf(identity: Identity | undefined, mayRecord: boolean): readonly Room[] {
  const may = (what: keyof typeof readers): boolean => mayRead(identity, what);
  const [school, lends] = [ownSchool(identity), lendingSchool(identity)];
  const champion = identity !== undefined && mayReadOwn(identity, 'own-work');
  const rooms: readonly (readonly [may: boolean, text: string, href: string])[] = [
    [may('board'), 'County board', '/'],
    [school !== undefined, 'Your school', `/schools/${school ?? ''}`],
    [lends !== undefined, 'Champions lent', `/schools/${lends ?? ''}/lending`],
    [champion, 'Your work', '/my-work'],
    [may('county'), 'Worklist', '/worklist'],
    [may('county'), 'Support', '/support'],
    [may('county'), 'Champions', '/champions'],
    [may('county'), 'Visits', '/visits'],
    [may('board'), 'Quality', '/quality'],
    [may('board'), 'Oversight', '/oversight'],
    [may('county'), 'Schools together', '/collaborations'],
    [may('county'), 'Notices and RISE', '/notices'],
    [may('minutes'), 'Governance', '/governance'],
    [may('board'), 'Half-term', '/half-term'],
    [may('costs'), 'Money', '/money'],
    [may('figures'), 'Published figures', '/scrutiny'],
    [mayRecord, 'Record', '/record'],
    [true, 'How it works', '/side-by-side'],
    [true, 'Guide', '/guide'],
  ];
  return rooms.flatMap(([isOpen, text, href]) => (isOpen ? [{ text, href }] : []));
}
