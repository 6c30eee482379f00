import type { Audience, Json, JsonObject } from '#kernel';
import { audiences } from '#kernel';
import type { MessageType, StateType } from './catalog';
import { messageDeclarations, stateDeclarations } from './catalog';
import { CONTENT_TYPE, TYPE_PREFIX } from './envelope';
import { dataShape, messageSchema, snapshotSchema } from './json-schema';

export const messageTypes = Object.keys(messageDeclarations) as readonly MessageType[];
export const stateTypes = Object.keys(stateDeclarations) as readonly StateType[];

export const typesFor = (audience: Audience): readonly MessageType[] =>
  messageTypes.filter((type) => messageDeclarations[type].audience === audience);

/** Topics after their prefix, which the service is set up with: `<prefix>.schools.v1`. */
export const topics = {
  public: 'schools.v1',
  confidential: 'schools.confidential.v1',
} as const satisfies Record<Audience, string>;
export const snapshotTopics = {
  public: 'schools.snapshot.v1',
  confidential: 'schools.confidential.snapshot.v1',
} as const satisfies Record<Audience, string>;

const about = {
  public:
    'What anybody may be told who may know that a school exists: coded words, register numbers and days. No names.',
  confidential:
    'What only those are told whom the authority shares categories with. No names and no free text here either.',
} as const satisfies Record<Audience, string>;

/** What stands on a snapshot topic. */
export const stateTypesFor = {
  public: ['school.state.v1', 'county.state.v1'],
  confidential: ['school.support-state.v1'],
} as const satisfies Record<Audience, readonly StateType[]>;

const key = {
  type: 'string',
  description: 'A school’s identity, or "county". Messages of one key are in order.',
};
const ref = (to: string): JsonObject => ({ $ref: to });
const dataOf = (type: MessageType | StateType): JsonObject => ref(`#/components/schemas/${type}`);
const byName = <T extends string>(
  names: readonly T[],
  of: (name: T) => Json,
): Readonly<Record<string, Json>> => Object.fromEntries(names.map((name) => [name, of(name)]));

function channel(
  address: string,
  description: string,
  messages: readonly string[],
  compacted: boolean,
): JsonObject {
  return {
    address: `{prefix}.${address}`,
    description,
    parameters: { prefix: ref('#/components/parameters/prefix') },
    messages: byName(messages, (name) => ref(`#/components/messages/${name}`)),
    bindings: {
      kafka: {
        topicConfiguration: { 'cleanup.policy': [compacted ? 'compact' : 'delete'] },
        bindingVersion: '0.5.0',
      },
    },
  };
}

function message(name: string, summary: string, payload: JsonObject): JsonObject {
  return {
    name: TYPE_PREFIX + name,
    title: name,
    summary,
    contentType: CONTENT_TYPE,
    payload,
    bindings: { kafka: { key, bindingVersion: '0.5.0' } },
  };
}

/** What is published, as an AsyncAPI 3.0 document. `version` is the product's. */
export function asyncApi(version: string): JsonObject {
  const channels: Record<string, JsonObject> = {};
  const operations: Record<string, JsonObject> = {};
  for (const audience of audiences) {
    const messages = typesFor(audience);
    channels[audience] = channel(topics[audience], about[audience], messages, false);
    channels[`${audience}Snapshot`] = channel(
      snapshotTopics[audience],
      'What is known of each key at the end of its chain: where a new reader begins. A key that has ended has no value.',
      stateTypesFor[audience],
      true,
    );
  }
  for (const name of Object.keys(channels))
    operations[name] = {
      action: 'send',
      channel: ref(`#/channels/${name}`),
    };
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Side by Side: what others are told',
      version,
      description:
        'Messages in Kafka, as CloudEvents 1.0 in JSON. Each has its place in the chain of its key (`sequence`, ' +
        '`previoushash`, `hash`), so that a reader can prove that nothing is missing, altered or out of order.',
      license: { name: 'MIT' },
    },
    defaultContentType: CONTENT_TYPE,
    channels,
    operations,
    components: {
      parameters: {
        prefix: {
          description: 'What the service’s topics begin with (KAFKA_TOPIC_PREFIX).',
          default: 'sidebyside',
        },
      },
      schemas: byName([...messageTypes, ...stateTypes], (type) => dataShape(type)),
      messages: {
        ...byName(messageTypes, (type) =>
          message(type, messageDeclarations[type].says, messageSchema(type, dataOf(type))),
        ),
        ...byName(stateTypes, (type) =>
          message(type, stateDeclarations[type].says, snapshotSchema(type, dataOf(type))),
        ),
      },
    },
  };
}
