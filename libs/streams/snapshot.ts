import type { Audience, ChainedMessage, JsonObject, Message, Position } from '#kernel';
import { canonical } from '#kernel';
import { declarationOf, stateTypeOf } from './catalog';
import {
  SCHEMA_PREFIX,
  TYPE_PREFIX,
  audienceIn,
  objectIn,
  positionText,
  reading,
  sequenceText,
  wholeIn,
} from './envelope';

/** What is known of a key after a message; null when nothing is to be kept of it any more. */
export function stateAfter(known: JsonObject | undefined, message: Message): JsonObject | null {
  if (message.endsKey === true) return null;
  return declarationOf(message.type)?.leaves(known ?? {}, message.data) ?? known ?? {};
}

/**
 * The end of a chain as it stands in the snapshot topic: a CloudEvent whose data is what is known of the key there, with
 * the last message's sequence, hash (`chainhash`) and position. Written only where something is kept of the key.
 */
export function snapshotText(source: string, last: ChainedMessage, state: JsonObject): string {
  const { id, audience, key, time, sequence, hash, position } = last;
  const type = stateTypeOf(audience, key);
  return canonical({
    chainhash: hash,
    data: state,
    datacontenttype: 'application/json',
    dataschema: SCHEMA_PREFIX + type,
    id,
    logposition: positionText(position),
    partitionkey: key,
    sequence: sequenceText(sequence),
    source: `${source}/${audience}/snapshot`,
    specversion: '1.0',
    subject: key,
    time,
    type: TYPE_PREFIX + type,
  });
}

/** The end of a chain as it is read back from outside. */
export interface ReadSnapshot {
  readonly audience: Audience;
  readonly key: string;
  /** Of the event the last message tells of. */
  readonly id: string;
  readonly sequence: number;
  readonly hash: string;
  readonly position: Position;
  readonly state: JsonObject;
}

/** Reads what `snapshotText` wrote. Throws with a sentence for anything else. */
export function readSnapshot(written: string): ReadSnapshot {
  const { field, of } = reading(written);
  return {
    audience: audienceIn(field('source')),
    key: field('subject'),
    id: field('id'),
    sequence: wholeIn(field('sequence')),
    hash: field('chainhash'),
    position: wholeIn(field('logposition')) as Position,
    state: objectIn(of['data']),
  };
}
