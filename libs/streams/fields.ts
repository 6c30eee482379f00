import type { Json, JsonObject } from '#kernel';

/**
 * What a message may be made of: identities, coded words, numbers of a public register, days, counts and flags. There is
 * no kind for text, so that a name or a note cannot be declared, let alone sent.
 */
export type PartKind =
  | { readonly is: 'id' }
  | { readonly is: 'code'; readonly pattern: RegExp }
  | { readonly is: 'day' }
  | { readonly is: 'count' }
  | { readonly is: 'tenths' }
  | { readonly is: 'flag' }
  | { readonly is: 'word'; readonly words: readonly string[] }
  | { readonly is: 'list'; readonly of: Part }
  | { readonly is: 'group'; readonly parts: Parts };

/** A declared field of a message, with what it says. The type parameter is whether it may be left out. */
export interface Part<Optional extends boolean = boolean> {
  readonly kind: PartKind;
  readonly says: string;
  readonly optional: Optional;
}
export type Parts = Readonly<Record<string, Part>>;

const of =
  (kind: PartKind) =>
  (says: string): Part<false> => ({ kind, says, optional: false });

/** An identity of ours, a UUID. */
export const id = of({ is: 'id' });
/** A number that the national register gave, or a year: text of a fixed pattern. */
export const code = (pattern: RegExp): ((says: string) => Part<false>) =>
  of({ is: 'code', pattern });
export const urn = code(/^[1-9]\d{5}$/);
export const laestab = code(/^\d{7}$/);
/** The register's number of a trust or federation, or Ofsted's of an inspection. */
export const registerNumber = code(/^\d{1,12}$/);
/** `2026/27`. */
export const academicYear = code(/^\d{4}\/\d{2}$/);
/** A calendar day, `2026-11-23`. */
export const day = of({ is: 'day' });
/** A whole number of at least 0. */
export const count = of({ is: 'count' });
/** A number of at least 0 with one decimal at most: it is written alike in every language. */
export const tenths = of({ is: 'tenths' });
export const flag = of({ is: 'flag' });
export const word = (words: readonly string[]): ((says: string) => Part<false>) =>
  of({ is: 'word', words });
export const list = (says: string, item: Part): Part<false> => of({ is: 'list', of: item })(says);
export const group = (says: string, parts: Parts): Part<false> => of({ is: 'group', parts })(says);
export const optional = (part: Part): Part<true> => ({ ...part, optional: true });

export const patterns = {
  id: /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/,
  day: /^\d{4}-\d{2}-\d{2}$/,
} as const;

/**
 * The value as it may be sent; undefined where it is not what was declared, which is then not sent. Of a group only what
 * is declared goes out.
 */
function fitting({ kind }: Part, value: unknown): Json | undefined {
  switch (kind.is) {
    case 'id':
      return matching(patterns.id, value);
    case 'day':
      return matching(patterns.day, value);
    case 'code':
      return matching(kind.pattern, value);
    case 'word':
      return typeof value === 'string' && kind.words.includes(value) ? value : undefined;
    case 'flag':
      return typeof value === 'boolean' ? value : undefined;
    case 'count':
      return Number.isSafeInteger(value) && Number(value) >= 0 ? Number(value) : undefined;
    case 'tenths':
      return isTenths(value) ? value : undefined;
    case 'list':
      return Array.isArray(value) ? allFitting(kind.of, value) : undefined;
    case 'group':
      return typeof value === 'object' && value !== null
        ? fittingParts(kind.parts, value)
        : undefined;
  }
}

const matching = (pattern: RegExp, value: unknown): string | undefined =>
  typeof value === 'string' && pattern.test(value) ? value : undefined;

const isTenths = (value: unknown): value is number =>
  typeof value === 'number' && value >= 0 && value < 1e9 && Math.round(value * 10) / 10 === value;

function allFitting(part: Part, values: readonly unknown[]): readonly Json[] | undefined {
  const all: Json[] = [];
  for (const value of values) {
    const fits = fitting(part, value);
    if (fits === undefined) return undefined;
    all.push(fits);
  }
  return all;
}

/** The declared parts of what is given. undefined when one that must be there is not, or is not as declared. */
export function fittingParts(parts: Parts, given: object): JsonObject | undefined {
  const data: Record<string, Json> = {};
  for (const name in parts) {
    const part = parts[name];
    if (part === undefined) continue;
    const fits = fitting(part, (given as Readonly<Record<string, unknown>>)[name]);
    if (fits !== undefined) data[name] = fits;
    else if (!part.optional) return undefined;
  }
  return data;
}
