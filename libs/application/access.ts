import type { CanActivate, CustomDecorator, ExecutionContext } from '@nestjs/common';
import {
  ForbiddenException,
  Inject,
  Injectable,
  SetMetadata,
  UnauthorizedException,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { peopleRoles } from '#domain';
import type { Identity, Tokens } from '#platform';
import { TOKENS } from './ports';

/**
 * Who may read what; deny by default. `all`: any school. `own`: the school they speak for. `open`: needs no identity.
 * Who may give a command stands with the command in the catalogue.
 */
export const readers = {
  /** Single schools: card, journey, why, coverage. */
  school: {
    all: ['adviser', 'team-leader', 'head-of-service', 'auditor', 'operator'],
    own: ['headteacher', 'chair'],
  },
  /** Lists that name schools together with their categories. */
  county: { all: ['adviser', 'team-leader', 'head-of-service', 'auditor', 'operator'], own: [] },
  /** Deployments: for a school's leaders those that support it, for a home head those of their staff, for a champion theirs. */
  deployments: {
    all: ['adviser', 'team-leader', 'head-of-service', 'auditor', 'operator'],
    own: ['headteacher', 'chair', 'home-head', 'champion'],
  },
  /** What a school lends: its champions, their days out and what it is owed. */
  lending: {
    all: ['adviser', 'team-leader', 'head-of-service', 'auditor', 'operator'],
    own: ['headteacher', 'chair', 'home-head'],
  },
  /** A champion's own work. */
  'own-work': { all: [], own: ['champion'] },
  /** What champions cost; for the Board and scrutiny sums only. */
  costs: {
    all: ['adviser', 'team-leader', 'head-of-service', 'auditor', 'operator', 'board', 'scrutiny'],
    own: [],
  },
  /** Counts that name no school. */
  board: {
    all: ['adviser', 'team-leader', 'head-of-service', 'auditor', 'operator', 'board'],
    own: [],
  },
  /** The Board's record: its meetings, papers and decisions; for scrutiny only what may be published. */
  minutes: {
    all: ['adviser', 'team-leader', 'head-of-service', 'auditor', 'operator', 'board', 'scrutiny'],
    own: [],
  },
  /** The log itself, event by event, personal values left out. */
  events: { all: ['head-of-service', 'auditor', 'operator'], own: [] },
  /** That something changed, without saying what. */
  live: {
    all: ['adviser', 'team-leader', 'head-of-service', 'auditor', 'operator', 'board'],
    own: [],
  },
  /** Reports of imports. */
  imports: { all: ['adviser', 'team-leader', 'head-of-service', 'auditor', 'operator'], own: [] },
  /** Giving commands and reading files in: everyone signed in may ask; the catalogue's table decides. */
  commands: {
    all: [...peopleRoles, 'operator'],
    own: [],
  },
  /** Bringing national files in. */
  importing: { all: ['team-leader', 'head-of-service', 'operator'], own: [] },
  /** Running the machine: rebuild, backup. */
  operations: { all: ['operator'], own: [] },
} as const satisfies Record<string, { all: readonly string[]; own: readonly string[] }>;
export type Reading = keyof typeof readers;

const READS = 'side-by-side:reads';
const OPEN = 'side-by-side:open';

/** The route is for those who may read this. A route with neither this nor `Open` is closed to everyone. */
export const Reads = (what: Reading): CustomDecorator => SetMetadata(READS, what);
/** The route needs no identity. */
export const Open = (): CustomDecorator => SetMetadata(OPEN, true);

/** As the guard leaves it on the request. */
export interface Asked {
  headers: Readonly<Record<string, string | string[] | undefined>>;
  cookies?: Readonly<Record<string, string | undefined>>;
  identity?: Identity;
  token?: string;
  /** Set where the identity may read one school only. */
  ownSchoolOnly?: string;
}

export const SESSION_COOKIE = 'side-by-side';
/** Twelve hours: a working day and some more. */
export const SESSION_SECONDS = 12 * 3600;

/** Verifies who is asking and holds it against the table. Whether a school is "own" is checked where the school is known. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(TOKENS) private readonly tokens: Tokens,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Asked>();
    const on = [context.getHandler(), context.getClass()];
    const token = bearer(request) ?? request.cookies?.[SESSION_COOKIE];
    const identity = token === undefined ? undefined : await this.tokens.verify(token);
    if (identity !== undefined && token !== undefined) Object.assign(request, { identity, token });
    if (this.reflector.getAllAndOverride<boolean | undefined>(OPEN, on) === true) return true;
    if (identity === undefined) {
      throw new UnauthorizedException(
        'Sign in first: send a token as "Authorization: Bearer …", or sign in on the page.',
      );
    }
    const what = this.reflector.getAllAndOverride<Reading | undefined>(READS, on);
    const may: { all: readonly string[]; own: readonly string[] } | undefined =
      what && readers[what];
    if (may?.all.includes(identity.role) === true) return true;
    if (may?.own.includes(identity.role) === true && identity.schoolId !== undefined) {
      request.ownSchoolOnly = identity.schoolId;
      return true;
    }
    throw new ForbiddenException(`You are signed in as ${identity.role}, who may not see this.`);
  }
}

function bearer({ headers }: Asked): string | undefined {
  const { authorization } = headers;
  return typeof authorization === 'string' && authorization.startsWith('Bearer ')
    ? authorization.slice(7)
    : undefined;
}
