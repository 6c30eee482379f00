import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SignJWT, jwtVerify } from 'jose';
import type { Config } from './config';
import { signingKeyFrom } from './signing-key';

/** Who is asking: a reference to a person, the role, and the school they speak for where the role has one. */
export interface Identity {
  readonly id: string;
  readonly role: string;
  readonly schoolId?: string;
}

/** Who vouches for a token: whoever holds the key and issued it by the command line, or nobody but the demo sign-in. */
export type Issuer = 'side-by-side' | 'side-by-side-demo';
const WITHOUT_DEMO: readonly Issuer[] = ['side-by-side'];
const WITH_DEMO: readonly Issuer[] = [...WITHOUT_DEMO, 'side-by-side-demo'];
const AUDIENCE = 'side-by-side';

/** Issues and verifies signed tokens. The demo sign-in and the command line get theirs here; a real provider replaces `issue`. */
export interface Tokens {
  issue(identity: Identity, validForSeconds: number, issuer?: Issuer): Promise<string>;
  /**
   * The identity a token stands for; undefined when it is not ours, altered or expired, or comes from the demo sign-in
   * where that is off.
   */
  verify(token: string): Promise<Identity | undefined>;
  /** A short mark that ties a form to a session, so that no other site can send it. */
  formMark(token: string): string;
  isFormMark(token: string, mark: string): boolean;
}

/** Tokens as the settings say: signed with SIGNING_KEY, which all processes share, or else with the data folder's own key. */
export function tokensFor({ SIGNING_KEY, SIGN_IN, DATA_DIR }: Config): Tokens {
  const issuers = SIGN_IN === 'demo' ? WITH_DEMO : WITHOUT_DEMO;
  return SIGNING_KEY === undefined ? tokensIn(DATA_DIR, issuers) : tokensFrom(SIGNING_KEY, issuers);
}

/** Tokens signed with a key as it stands in the settings. Throws for one the settings would not let through. */
export function tokensFrom(signingKey: string, issuers: readonly Issuer[] = WITHOUT_DEMO): Tokens {
  const key = signingKeyFrom(signingKey);
  if ('weak' in key) throw new Error(`The signing key ${key.weak}`);
  return signedWith(key.bytes, issuers);
}

/** Tokens signed with a key kept in the data folder, made on first use and readable by its owner only. */
export function tokensIn(folder: string, issuers: readonly Issuer[] = WITH_DEMO): Tokens {
  const file = join(folder, 'sign-in.key');
  if (!existsSync(file)) writeFileSync(file, randomBytes(32), { mode: 0o600, flag: 'wx' });
  return signedWith(new Uint8Array(readFileSync(file)), issuers);
}

function signedWith(key: Uint8Array, issuers: readonly Issuer[]): Tokens {
  const formMark = (token: string): string =>
    createHmac('sha256', key).update(`form:${token}`).digest('base64url');
  return {
    issue: (identity, validForSeconds, issuer = 'side-by-side') =>
      new SignJWT({
        role: identity.role,
        ...(identity.schoolId === undefined ? {} : { schoolId: identity.schoolId }),
      })
        .setProtectedHeader({ alg: 'HS256' })
        .setSubject(identity.id)
        .setIssuer(issuer)
        .setAudience(AUDIENCE)
        .setIssuedAt()
        .setExpirationTime(`${validForSeconds} s`)
        .sign(key),
    verify: async (token) => {
      try {
        const { payload } = await jwtVerify(token, key, {
          issuer: [...issuers],
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
