import { existsSync } from 'node:fs';
import { peopleRoles, schoolRoles } from '#domain';
import type { Config } from '#platform';
import { tokensFor } from '#platform';
import { notDone } from './api';
import type { Report } from './report';

export interface TokenWishes {
  readonly role: string;
  readonly id: string;
  readonly school?: string;
  readonly days: number;
}

const roles: readonly string[] = [...peopleRoles, 'operator'];
const DAY_SECONDS = 86_400;
const LONGEST_DAYS = 400;

/**
 * Issues a token for somebody: signed with SIGNING_KEY or, without one, with the data folder's own key, so that whoever may
 * read the key may say who people are. Nothing can take a token back but another key.
 */
export async function token(wishes: TokenWishes, config: Config): Promise<Report> {
  const fault = faultOf(wishes);
  if (fault !== undefined) throw notDone('Not issued', fault);
  if (config.SIGNING_KEY === undefined && !existsSync(config.DATA_DIR)) {
    throw notDone(
      'No key',
      `SIGNING_KEY is not set and there is no folder ${config.DATA_DIR} with a key in it. Set the SIGNING_KEY that the service has, or the right DATA_DIR.`,
    );
  }
  const { role, id, school, days } = wishes;
  const who = { id, role, ...(school === undefined ? {} : { schoolId: school }) };
  const issued = await tokensFor(config).issue(who, days * DAY_SECONDS);
  const validUntil = new Date(Date.now() + days * DAY_SECONDS * 1000).toISOString();
  process.stderr.write(`For ${id} as ${role}, valid until ${validUntil}. Keep it as a password.\n`);
  return { ok: true, report: { token: issued, ...who, validUntil }, plain: issued };
}

function faultOf({ role, id, school, days }: TokenWishes): string | undefined {
  if (!roles.includes(role)) return `--role must be one of ${roles.join(', ')}; it was "${role}".`;
  // What people do is recorded under this for ever: a reference, by which only the council finds the person.
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(id))
    return '--id must be 1 to 64 letters, digits, ., _ and -: the reference the council knows this person by, not a name.';
  const forOne = (schoolRoles as readonly string[]).includes(role);
  if (forOne && school === undefined)
    return `A ${role} speaks for one school: give its id as --school; ops -- schools --json shows it.`;
  if (!forOne && school !== undefined)
    return `A ${role} does not speak for one school: leave --school out.`;
  if (!Number.isInteger(days) || days < 1 || days > LONGEST_DAYS)
    return `--days must be a whole number from 1 to ${LONGEST_DAYS}.`;
  return undefined;
}
