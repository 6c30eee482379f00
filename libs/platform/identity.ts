import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SignJWT, jwtVerify } from 'jose';

/** Who is asking: a reference to a person, the role, and the school they speak for where the role has one. */
export interface Identity {
  readonly id: string;
  readonly role: string;
  readonly schoolId?: string;
}

const ISSUER = 'side-by-side-demo';
const AUDIENCE = 'side-by-side';

/** Issues and verifies signed tokens. The demo sign-in and the command line get theirs here; a real provider replaces `issue`. */
export interface Tokens {
  issue(identity: Identity, validForSeconds: number): Promise<string>;
  /** The identity a token stands for; undefined when it is not ours, altered or expired. */
  verify(token: string): Promise<Identity | undefined>;
  /** A short mark that ties a form to a session, so that no other site can send it. */
  formMark(token: string): string;
  isFormMark(token: string, mark: string): boolean;
}

/** Tokens signed with a key kept in the data folder, made on first use and readable by its owner only. */
export function tokensIn(folder: string): Tokens {
  const file = join(folder, 'sign-in.key');
  if (!existsSync(file)) writeFileSync(file, randomBytes(32), { mode: 0o600, flag: 'wx' });
  const key = new Uint8Array(readFileSync(file));
  const formMark = (token: string): string =>
    createHmac('sha256', key).update(`form:${token}`).digest('base64url');
  return {
    issue: (identity, validForSeconds) =>
      new SignJWT({
        role: identity.role,
        ...(identity.schoolId === undefined ? {} : { schoolId: identity.schoolId }),
      })
        .setProtectedHeader({ alg: 'HS256' })
        .setSubject(identity.id)
        .setIssuer(ISSUER)
        .setAudience(AUDIENCE)
        .setIssuedAt()
        .setExpirationTime(`${validForSeconds} s`)
        .sign(key),
    verify: async (token) => {
      try {
        const { payload } = await jwtVerify(token, key, {
          issuer: ISSUER,
          audience: AUDIENCE,
          algorithms: ['HS256'],
        });
        const { sub, role, schoolId } = payload;
        if (sub === undefined || typeof role !== 'string') return undefined;
        return { id: sub, role, ...(typeof schoolId === 'string' ? { schoolId } : {}) };
      } catch {
        // Whatever is wrong with it, it is not a token of ours.
        return undefined;
      }
    },
    formMark,
    isFormMark: (token, mark) => {
      const expected = Buffer.from(formMark(token));
      const given = Buffer.from(mark);
      return expected.length === given.length && timingSafeEqual(expected, given);
    },
  };
}
