import { Body, Controller, Get, Inject, Post, Query, Req, Res, UseFilters } from '@nestjs/common';
import type { CookieOptions, Request, Response } from 'express';
import type { Asked } from '#application';
import { Asking, CLOCK, CONFIG, Open, SESSION_COOKIE, SESSION_SECONDS, TOKENS } from '#application';
import type { Role } from '#domain';
import { peopleRoles, schoolRoles } from '#domain';
import type { Clock, Config, Identity, Tokens } from '#platform';
import { dayInEngland } from '#platform';
import { deploymentsOfChampion, listSchools, schoolByUrn } from '#read-models';
import { PageFilter } from './page.filter';
import { lendingSchool, mayRead, ownSchool, Pages } from './pages';
import type { Query as Asks } from './query';
import { localPath } from './query';
import { Sitting } from './sitting';
import { rolesInWords } from './words';

/** Over https only where people sign in with a token; the demo is offered on loopback only, where there is no https. */
const cookieFor = ({ SIGN_IN }: Config): CookieOptions => ({
  ...{ httpOnly: true, sameSite: 'lax', path: '/' },
  secure: SIGN_IN === 'token',
});

interface Fault {
  readonly text: string;
  readonly href: string;
}
/** Who somebody has shown to be, with the token that says so from now on; or what is wrong with what they gave. */
type Proven = { readonly identity: Identity; readonly token: string } | { readonly fault: Fault };

/** Who stands for a role in the demo. */
const inventedPerson = (role: Role): string => `demo-${role}`;
const forOneSchool = (role: Role): boolean => schoolRoles.includes(role);
const choices = (of: readonly Role[]): readonly object[] =>
  of.map((role) => ({ role, ...rolesInWords[role] }));

/**
 * Signing in and out: with a token, or where the demo is on as one of the invented persons. The demo asks for no password,
 * so the service then listens on loopback only.
 */
@Controller()
@Open()
@UseFilters(PageFilter)
export class SessionController {
  constructor(
    @Inject(Asking) private readonly asking: Asking,
    @Inject(Pages) private readonly pages: Pages,
    @Inject(TOKENS) private readonly tokens: Tokens,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('sign-in')
  async form(
    @Query('to') to: unknown,
    @Req() request: Request & Asked,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string> {
    return this.formWith({ to: localPath(to) }, request, response);
  }

  @Post('sign-in')
  async signIn(
    @Body() body: Asks | undefined,
    @Req() request: Request & Asked,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string | undefined> {
    this.pages.fromOurForm(body, request);
    const to = localPath(body?.['to']);
    const proven =
      this.config.SIGN_IN === 'demo' ? await this.invented(body) : await this.withToken(body);
    if ('fault' in proven) {
      response.status(400);
      return this.formWith(
        { to, urn: said(body, 'urn'), faults: [proven.fault] },
        request,
        response,
      );
    }
    const { identity, token } = proven;
    const lasting = { ...cookieFor(this.config), maxAge: SESSION_SECONDS * 1000 };
    response.cookie(SESSION_COOKIE, token, lasting);
    response.redirect(303, to === undefined || to === '/' ? homeOf(identity) : to);
    return undefined;
  }

  @Post('sign-out')
  signOut(
    @Body() body: Asks | undefined,
    @Req() request: Request & Asked,
    @Res() response: Response,
  ): void {
    this.pages.fromOurForm(body, request);
    response.clearCookie(SESSION_COOKIE, cookieFor(this.config));
    response.redirect(303, '/sign-in');
  }

  private async formWith(
    shown: { to?: string | undefined; urn?: string; faults?: readonly object[] },
    request: Request & Asked,
    response: Response,
  ): Promise<string> {
    if (this.config.SIGN_IN === 'token')
      return this.pages.render('sign-in-token.njk', request, response, shown);
    const sitting = new Sitting(this.asking, {});
    const first = await sitting.ask(listSchools, { limit: 1 });
    const today = dayInEngland(this.clock.now());
    const personRef = inventedPerson('champion');
    const [work] = await sitting.ask(deploymentsOfChampion, { personRef, today });
    return this.pages.render('sign-in.njk', request, response, {
      ...shown,
      county: choices(peopleRoles.filter((role) => !forOneSchool(role))),
      schools: choices(peopleRoles.filter(forOneSchool)),
      exampleSchool: work?.school ?? first.items[0],
      exampleHome: work?.homeSchool,
    });
  }

  /** The session of whoever holds a token lasts as long as the token, and no longer than any session. */
  private async withToken(body: Asks | undefined): Promise<Proven> {
    const given = body?.['token'];
    const token = typeof given === 'string' ? given.trim() : '';
    const identity = await this.tokens.verify(token);
    const text =
      token === '' ? 'Enter your token' : 'This token is not valid, or not valid any more';
    return identity === undefined ? { fault: { text, href: '#token' } } : { identity, token };
  }

  private async invented(body: Asks | undefined): Promise<Proven> {
    const chosen = await this.chosen(said(body, 'role'), said(body, 'urn'));
    if ('fault' in chosen) return chosen;
    const { identity } = chosen;
    const token = await this.tokens.issue(identity, SESSION_SECONDS, 'side-by-side-demo');
    return { identity, token };
  }

  private async chosen(
    asked: string,
    urn: string,
  ): Promise<{ identity: Identity } | { fault: Fault }> {
    const role = peopleRoles.find((known) => known === asked);
    if (role === undefined) return { fault: { text: 'Choose who you are', href: '#people' } };
    const identity = { id: inventedPerson(role), role };
    if (!forOneSchool(role)) return { identity };
    const school = await this.schoolWith(urn);
    return school === undefined
      ? { fault: { text: schoolFault(urn), href: '#urn' } }
      : { identity: { ...identity, schoolId: school.schoolId } };
  }

  private async schoolWith(urn: string): Promise<{ schoolId: string } | undefined> {
    return /^\d{6}$/.test(urn) ? new Sitting(this.asking, {}).ask(schoolByUrn, { urn }) : undefined;
  }
}

const said = (body: Asks | undefined, name: string): string => {
  const value = body?.[name];
  return typeof value === 'string' ? value.trim().slice(0, 20) : '';
};

const schoolFault = (urn: string): string =>
  /^\d{6}$/.test(urn)
    ? `No school has or had the URN ${urn}`
    : 'Give the URN of the school this person speaks for: six digits';

/** The first page somebody may see. */
function homeOf(identity: Identity): string {
  const school = ownSchool(identity);
  const lends = lendingSchool(identity);
  if (mayRead(identity, 'board')) return '/';
  if (mayRead(identity, 'figures')) return '/scrutiny';
  if (school !== undefined) return `/schools/${school}`;
  if (lends !== undefined) return `/schools/${lends}/lending`;
  return identity.role === 'champion' ? '/my-work' : '/guide';
}
