import type { Audience, JsonObject } from '#kernel';
import type { MessageType, StateType } from './catalog';
import { messageDeclarations, stateDeclarations } from './catalog';
import { SCHEMA_PREFIX, TYPE_PREFIX } from './envelope';
import type { Part, Parts } from './fields';
import { patterns } from './fields';

const DIALECT = 'https://json-schema.org/draft/2020-12/schema';
const HASH = { type: 'string', pattern: '^[0-9a-f]{64}$' } as const;

/** One part of a message as JSON Schema. */
function partSchema({ kind, says }: Part): JsonObject {
  switch (kind.is) {
    case 'id':
      return { type: 'string', format: 'uuid', pattern: patterns.id.source, description: says };
    case 'day':
      return { type: 'string', format: 'date', pattern: patterns.day.source, description: says };
    case 'code':
      return { type: 'string', pattern: kind.pattern.source, description: says };
    case 'word':
      return { type: 'string', enum: [...kind.words], description: says };
    case 'flag':
      return { type: 'boolean', description: says };
    case 'count':
      return { type: 'integer', minimum: 0, description: says };
    case 'tenths':
      return { type: 'number', minimum: 0, exclusiveMaximum: 1e9, description: says };
    case 'list':
      return { type: 'array', items: partSchema(kind.of), description: says };
    case 'group':
      return { ...partsSchema(kind.parts), description: says };
  }
}

/**
 * Parts as JSON Schema. What is not declared is allowed, and to be passed over: that is what lets a later release add a
 * field without a new version.
 */
function partsSchema(parts: Parts): JsonObject {
  const required = Object.keys(parts).filter((name) => parts[name]?.optional === false);
  return {
    type: 'object',
    properties: Object.fromEntries(
      Object.entries(parts).map(([name, part]) => [name, partSchema(part)]),
    ),
    ...(required.length > 0 ? { required } : {}),
  };
}

const declared = { ...messageDeclarations, ...stateDeclarations };

/** Shape of a message's data, in words that every draft of JSON Schema since the seventh has. */
export function dataShape(type: MessageType | StateType): JsonObject {
  const { says, data } = declared[type];
  return { title: type, description: says, ...partsSchema(data) };
}

/** The same as a document of its own: what the message's `dataschema` names. */
export const dataSchema = (type: MessageType | StateType): JsonObject => ({
  $schema: DIALECT,
  $id: SCHEMA_PREFIX + type,
  ...dataShape(type),
});

const ID =
  'Of the event it tells of; where that is told to several schools, each further message has one of its own.';

/** What every CloudEvent of ours has, whatever it tells of. */
function attributes(type: string, source: string): JsonObject {
  return {
    specversion: { const: '1.0' },
    id: { type: 'string', format: 'uuid', description: ID },
    source: { type: 'string', pattern: source, description: 'The log, and the audience.' },
    type: { const: TYPE_PREFIX + type },
    subject: { type: 'string', description: 'The key: a school’s identity, or "county".' },
    partitionkey: { type: 'string', description: 'The same: what Kafka keeps in order.' },
    time: { type: 'string', format: 'date-time', description: 'When the event was recorded.' },
    datacontenttype: { const: 'application/json' },
    dataschema: { const: SCHEMA_PREFIX + type },
    sequence: {
      type: 'string',
      pattern: '^[0-9]{10}$',
      description: 'Place in the chain of its key: 1, 2, 3, … without gaps, padded with noughts.',
    },
    logposition: {
      type: 'string',
      pattern: '^[0-9]{16}$',
      description: 'Place of the event in the log: greater for every later one.',
    },
  };
}

/** A whole message as it stands on its topic. */
export function messageSchema(type: MessageType, data: JsonObject): JsonObject {
  const { audience, endsKey } = messageDeclarations[type] as {
    audience: Audience;
    endsKey: boolean;
  };
  const properties = attributes(type, `/${audience}$`);
  return {
    type: 'object',
    properties: {
      ...properties,
      hash: { ...HASH, description: 'SHA-256 of the message without it, as canonical JSON.' },
      previoushash: { ...HASH, description: 'The hash of the one before; absent in the first.' },
      ...(endsKey ? { endskey: { const: true } } : {}),
      data,
    },
    required: [...Object.keys(properties), 'hash', 'data', ...(endsKey ? ['endskey'] : [])],
  };
}

/** The end of a chain as it stands on a snapshot topic. */
export function snapshotSchema(type: StateType, data: JsonObject): JsonObject {
  const properties = attributes(type, '/snapshot$');
  return {
    type: 'object',
    properties: {
      ...properties,
      chainhash: { ...HASH, description: 'The hash of the last message of the chain.' },
      data,
    },
    required: [...Object.keys(properties), 'chainhash', 'data'],
  };
}
