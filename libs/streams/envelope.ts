import type { Audience, Json, JsonObject, Message, Position } from '#kernel';
import { audiences, canonical } from '#kernel';

/** Before every type of ours where it stands among others'. */
export const TYPE_PREFIX = 'uk.sidebyside.';
/** Where a message's shape is written down: this, and the type with its version. The file has it as its `$id`. */
export const SCHEMA_PREFIX = 'urn:side-by-side:schema:';
export const CONTENT_TYPE = 'application/cloudevents+json';

/** A sequence and a position as text, padded, so that their order is that of their text, as CloudEvents wants it. */
export const sequenceText = (sequence: number): string => String(sequence).padStart(10, '0');
export const positionText = (position: Position): string => String(position).padStart(16, '0');

/** A message as a CloudEvent but for its hash. */
export interface Envelope {
  /** What the hash is taken over, as UTF-8: canonical JSON without `hash`. */
  readonly hashed: string;
  /** The whole of it, canonical too: what goes out. */
  readonly textWith: (hash: string) => string;
}

/** The place of a message in its chain; `previousHash` is empty in the first one. */
export interface Link {
  readonly sequence: number;
  readonly previousHash: string;
}

/**
 * Writes a message as a CloudEvent 1.0 in JSON. `source` names the log, e.g. `urn:side-by-side:` and its id; the
 * audience is added to it, because source and id together must name one message, and both audiences' have the event's id.
 */
export function envelopeOf(source: string, message: Message, link: Link): Envelope {
  const { id, key, type, audience, position, time, data, endsKey } = message;
  const text = JSON.stringify;
  // In the order of their names, as canonical JSON has them; `hash` has its place between the two parts.
  const before =
    `{"data":${canonical(data)},"datacontenttype":"application/json",` +
    `"dataschema":${text(SCHEMA_PREFIX + type)},${endsKey === true ? '"endskey":true,' : ''}`;
  const previous = link.previousHash === '' ? '' : `"previoushash":${text(link.previousHash)},`;
  const after =
    `"id":${text(id)},"logposition":"${positionText(position)}","partitionkey":${text(key)},` +
    `${previous}"sequence":"${sequenceText(link.sequence)}","source":${text(`${source}/${audience}`)},` +
    `"specversion":"1.0","subject":${text(key)},"time":${text(time)},"type":${text(TYPE_PREFIX + type)}}`;
  return {
    hashed: before + after,
    textWith: (hash) => `${before}"hash":${text(hash)},${after}`,
  };
}

/** A message as it is read back from outside. */
export interface ReadMessage extends Link {
  readonly audience: Audience;
  readonly key: string;
  readonly id: string;
  readonly type: string;
  readonly hash: string;
  readonly position: Position;
  readonly time: string;
  readonly endsKey: boolean;
  readonly data: JsonObject;
}

/** Reads what `envelopeOf` wrote. Throws with a sentence for anything else: it is not ours, or was altered. */
export function readEnvelope(written: string): ReadMessage {
  const { field, of } = reading(written);
  return {
    audience: audienceIn(field('source')),
    key: field('subject'),
    id: field('id'),
    type: field('type').slice(TYPE_PREFIX.length),
    sequence: wholeIn(field('sequence')),
    previousHash: of['previoushash'] === undefined ? '' : field('previoushash'),
    hash: field('hash'),
    position: wholeIn(field('logposition')) as Position,
    time: field('time'),
    endsKey: of['endskey'] === true,
    data: objectIn(of['data']),
  };
}

interface Reading {
  readonly of: JsonObject;
  /** A field that must be there and be text. */
  readonly field: (name: string) => string;
}

export function reading(written: string): Reading {
  let of: JsonObject;
  try {
    of = objectIn(JSON.parse(written) as Json);
  } catch {
    throw new Error('What stands there is not JSON: it was not written by this product.');
  }
  return {
    of,
    field: (name) => {
      const value = of[name];
      if (typeof value === 'string') return value;
      throw new Error(`It has no "${name}": it was not written by this product.`);
    },
  };
}

export function objectIn(value: Json | undefined): JsonObject {
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as JsonObject;
  throw new Error('It has no data: it was not written by this product.');
}

export function wholeIn(digits: string): number {
  const value = Number(digits);
  if (/^\d+$/.test(digits) && Number.isSafeInteger(value)) return value;
  throw new Error(
    `"${digits}" is no place in a chain or a log: it was not written by this product.`,
  );
}

export function audienceIn(source: string): Audience {
  const audience = audiences.find(
    (one) => source.endsWith(`/${one}`) || source.endsWith(`/${one}/snapshot`),
  );
  if (audience !== undefined) return audience;
  throw new Error(`Its source "${source}" names no audience: it was not written by this product.`);
}
