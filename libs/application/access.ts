import type { CanActivate, CustomDecorator, ExecutionContext } from '@nestjs/common';
import {
  ForbiddenException,
  Inject,
  Injectable,
  SetMetadata,
  UnauthorizedException,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Role } from '#domain';
import { peopleRoles, roles, schoolRoles } from '#domain';
import type { Identity, Tokens } from '#platform';
import { TOKENS } from './ports';

/** What a role gets of something: of every school, of its own only, or nothing. */
export type Cell = 'all' | 'own' | 'no';

/** A line of the table of who may do what. Deny by default: a role that is in neither list gets nothing. */
export interface Row {
  readonly all: readonly Role[];
  /** Those who get what is their own: of the school they speak for or, a champion, of themselves. */
  readonly own: readonly Role[];
}

/** What is not in the answer for one role, in words; and which fields of it that are. */
export interface LeftOut {
  readonly says: string;
  readonly fields?: readonly string[];
}

/** What is read, in words, by whom, and what is left out for whom. */
export interface ReadingRow extends Row {
  readonly says: string;
  readonly leftOut?: Readonly<Partial<Record<Role, LeftOut>>>;
}

const team = ['adviser', 'team-leader', 'head-of-service'] as const;
/** Who may read of every school. The operator runs the machine, and holds its disks. */
const staff = [...team, 'auditor', 'operator'] as const;

/** On a journey, and among reviews of quality. */
const ofOwnMatters = {
  says: 'what is another school’s matter, or a person’s, but for its having happened, its days and half-days',
} as const;

/**
 * Who may read what: the one table, which the guard of every route, the documentation of the API and docs/access.md go by
 * [I domain dossier, 7.3]. Who may give a command stands with the command in the catalogue, and becomes a line of the same
 * table (`rowOf`). A route without a line is closed to everyone.
 */
export const readers = {
  school: {
    says: 'One school: what is known of it, its journey, why its category changed, support, visits, quality',
    all: staff,
    own: ['headteacher', 'chair'],
    leftOut: { headteacher: ofOwnMatters, chair: ofOwnMatters },
  },
  county: {
    says: 'Lists that name schools together with their categories, and what waits to be done',
    all: staff,
    own: [],
  },
  deployments: {
    says: 'Deployments of champions: of the supported school, of the home school’s staff, of the champion',
    all: staff,
    own: ['headteacher', 'chair', 'home-head', 'champion'],
    leftOut: {
      'home-head': {
        says: 'what is about the supported school: its objectives, why it needs support, how it went',
        fields: [
          ...['focus', 'priority', 'selfFunded', 'proposedBy', 'objectives', 'evaluation'],
          ...['endedBecause', 'notConfirmed'],
        ],
      },
      champion: {
        says: 'what is between the team and the school: its allowance, why it ended',
        fields: ['selfFunded', 'notConfirmed', 'endedBecause'],
      },
    },
  },
  champion: {
    says: 'One champion: what they do, when they have time, their interests, what is left of their days',
    all: staff,
    own: ['champion'],
  },
  claims: {
    says: 'What home schools claim for visits, and are paid',
    all: staff,
    own: ['home-head'],
    leftOut: {
      'home-head': {
        says: 'which share the supported school bears',
        fields: [
          ...['authorityPercent', 'authorityPence', 'schoolPence', 'invoiceId', 'invoicedOn'],
        ],
      },
    },
  },
  lending: {
    says: 'What a school lends: its champions, their days out, and what it is owed for them',
    all: staff,
    own: ['headteacher', 'chair', 'home-head'],
  },
  'own-work': {
    says: 'A champion’s own deployments, what of theirs is overdue, and what is left of their days',
    all: [],
    own: ['champion'],
  },
  costs: {
    says: 'What champions cost, by year, category and school',
    all: [...staff, 'board', 'scrutiny'],
    own: [],
    leftOut: {
      board: { says: 'schools, and categories where one of them holds few schools' },
      scrutiny: { says: 'schools, and categories where one of them holds few schools' },
    },
  },
  board: {
    says: 'The county in counts that name no school',
    all: [...staff, 'board'],
    own: [],
  },
  figures: {
    says: 'Figures that may be published: counts of schools and pupils, the small ones left out',
    all: [...staff, 'board', 'scrutiny'],
    own: [],
  },
  minutes: {
    says: 'The Board’s record: its meetings, papers and decisions',
    all: [...staff, 'board', 'scrutiny'],
    own: [],
    leftOut: { scrutiny: { says: 'what may not be published' } },
  },
  events: {
    says: 'The log itself, event by event, without what is personal',
    all: ['head-of-service', 'auditor', 'operator'],
    own: [],
  },
  live: {
    says: 'That something changed, without saying what',
    all: [...staff, 'board'],
    own: [],
    leftOut: { board: { says: 'which school it is about' } },
  },
  imports: { says: 'Reports of national files that were read in', all: staff, own: [] },
  commands: {
    says: 'Asking for a command at all: each then has a line of its own below',
    all: [...peopleRoles, 'operator'],
    own: [],
  },
  importing: {
    says: 'Reading national files in',
    all: ['team-leader', 'head-of-service', 'operator'],
    own: [],
  },
  operations: {
    says: 'Running the machine: rebuilding read models, backups',
    all: ['operator'],
    own: [],
  },
} as const satisfies Record<string, ReadingRow>;
export type Reading = keyof typeof readers;

/** The line of a command. Whoever speaks for a school gives it for that school, and a champion for themselves. */
export const rowOf = ({ by }: { readonly by: readonly string[] }): Row => {
  const isOwn = (role: Role): boolean => schoolRoles.includes(role);
  const may = roles.filter((role) => by.includes(role));
  return { all: may.filter((role) => !isOwn(role)), own: may.filter(isOwn) };
};

/** The one place where it is said what somebody of a role gets. */
export const cellOf = ({ all, own }: Row, role: string): Cell =>
  (all as readonly string[]).includes(role)
    ? 'all'
    : (own as readonly string[]).includes(role)
      ? 'own'
      : 'no';

/** What is left out of an answer for a role, as the table says. */
export const leftOutFor = (what: Reading, role: string | undefined): LeftOut | undefined => {
  const { leftOut = {} }: ReadingRow = readers[what];
  return (leftOut as Readonly<Record<string, LeftOut | undefined>>)[role ?? ''];
};

/** What an answer holds for a role: all but the fields its line of the table leaves out. */
export function withoutLeftOut(what: Reading, role: string | undefined, whole: object): object {
  const fields = leftOutFor(what, role)?.fields ?? [];
  return Object.fromEntries(Object.entries(whole).filter(([field]) => !fields.includes(field)));
}

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

/** Where somebody may read only what is about themselves: who they are. */
export const themselves = ({ identity, ownSchoolOnly }: Asked): { readonly personRef?: string } =>
  identity === undefined || ownSchoolOnly === undefined ? {} : { personRef: identity.id };

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
    const cell = what === undefined ? 'no' : cellOf(readers[what], identity.role);
    if (cell === 'all') return true;
    if (cell === 'own' && identity.schoolId !== undefined) {
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
