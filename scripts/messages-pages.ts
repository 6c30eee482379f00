import { existsSync, readFileSync } from 'node:fs';
import type { Audience, JsonObject } from '#kernel';
import { audiences } from '#kernel';
import type { MessageType, Part, Parts, StateType } from '#streams';
import {
  asyncApi,
  breaks,
  dataSchema,
  dataShape,
  messageDeclarations,
  messageSchema,
  messageTypes,
  snapshotTopics,
  stateDeclarations,
  stateTypes,
  stateTypesFor,
  topics,
  typesFor,
} from '#streams';
import { samples } from './sample-messages';

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
const frozen = (type: string): string => `test/golden/messages/${type}.json`;

/**
 * Everything that is generated from the declared messages: the AsyncAPI document, a JSON Schema for each type, a page to
 * read, and the frozen schema and sample of each. A frozen sample is never written again, and its schema only grows.
 */
export function messagesPages(): Readonly<Record<string, () => string>> {
  const made = samples();
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  const pages: Record<string, () => string> = {
    'docs/asyncapi.json': () => json(asyncApi(version)),
    'docs/messages.md': () => messagesPage(made.messages, made.snapshots),
  };
  for (const type of [...messageTypes, ...stateTypes])
    pages[`docs/schemas/${type}.json`] = () => json(dataSchema(type));
  for (const type of messageTypes)
    pages[frozen(type)] = () => json(toFreeze(type, made.messages.get(type)));
  return pages;
}

/**
 * A published message's sample as it stands, and its schema with what may be left out since. Throws when a reader of what
 * was published could not read the message as it is declared now.
 */
function toFreeze(type: MessageType, sample: string | undefined): JsonObject {
  const { audience } = messageDeclarations[type];
  const schema = messageSchema(type, dataShape(type));
  if (!existsSync(frozen(type))) {
    if (sample === undefined)
      throw new Error(`No sample in test/golden/events makes a ${type}: add an event's that does.`);
    return { type, audience, sample: JSON.parse(sample) as JsonObject, schema };
  }
  const published = JSON.parse(readFileSync(frozen(type), 'utf8')) as JsonObject & {
    readonly schema: JsonObject;
  };
  const faults = breaks(published.schema, schema);
  if (faults.length > 0)
    throw new Error(
      `${type} is published and its readers rely on it (${faults.join('; ')}): declare the change under the next version.`,
    );
  return { ...published, schema };
}

function messagesPage(
  messages: ReadonlyMap<string, string>,
  snapshots: ReadonlyMap<StateType, string>,
): string {
  return `${[
    '# What others are told',
    'Made from the code by `npm run catalog`. Topics begin with the prefix the service is set up with; messages are CloudEvents ' +
      '1.0 in JSON, and what stands below is their `data`. `?` marks a field that may be left out, `[]` a list. Fields that are ' +
      'not listed are to be passed over: a later release may add some. The envelope, and all of this for machines, is in ' +
      '[asyncapi.json](asyncapi.json); a JSON Schema of each is in [schemas](schemas). How to read them, and how to prove ' +
      'that nothing is missing, is shown in [examples](../examples).',
    ...audiences.flatMap((audience) => audienceSections(audience, messages, snapshots)),
  ].join('\n\n')}\n`;
}

function audienceSections(
  audience: Audience,
  messages: ReadonlyMap<string, string>,
  snapshots: ReadonlyMap<StateType, string>,
): string[] {
  return [
    `## \`<prefix>.${topics[audience]}\``,
    ...typesFor(audience).flatMap((type) => {
      const { says, data } = messageDeclarations[type];
      return section(type, says, data, messages.get(type));
    }),
    `## \`<prefix>.${snapshotTopics[audience]}\``,
    'The latest of each key, compacted: `sequence`, `chainhash` and `logposition` are those of the last message it takes in. ' +
      'No value: nothing is to be kept of the key.',
    ...stateTypesFor[audience].flatMap((type) =>
      section(
        type,
        stateDeclarations[type].says,
        stateDeclarations[type].data,
        snapshots.get(type),
      ),
    ),
  ];
}

function section(type: string, says: string, parts: Parts, sample: string | undefined): string[] {
  const fields = fieldsOf(parts).map((field) => `- ${field}`);
  const example =
    sample === undefined ? [] : ['```json', json(JSON.parse(sample)).trimEnd(), '```'];
  return [`### ${type}`, says, fields.join('\n'), example.join('\n')].filter((part) => part !== '');
}

const fieldsOf = (parts: Parts, under = ''): string[] =>
  Object.entries(parts).flatMap(([name, part]) => fieldEntry(part, under + name));

function fieldEntry({ kind, says, optional }: Part, path: string): string[] {
  const at = optional ? `${path}?` : path;
  switch (kind.is) {
    case 'list':
      return kind.of.kind.is === 'group'
        ? fieldsOf(kind.of.kind.parts, `${at}[].`)
        : [`\`${at}[]\`: ${wordFor(kind.of)}. ${says}`];
    case 'group':
      return fieldsOf(kind.parts, `${at}.`);
    case 'id':
    case 'code':
    case 'day':
    case 'count':
    case 'tenths':
    case 'flag':
    case 'word':
      return [`\`${at}\`: ${wordFor({ kind, says, optional })}. ${says}`];
  }
}

function wordFor({ kind }: Part): string {
  switch (kind.is) {
    case 'id':
      return 'a UUID';
    case 'code':
      return `text like \`${kind.pattern.source}\``;
    case 'day':
      return 'a day';
    case 'count':
      return 'a whole number';
    case 'tenths':
      return 'a number with one decimal at most';
    case 'flag':
      return 'true or false';
    case 'word':
      return `one of ${kind.words.join(', ')}`;
    case 'list':
    case 'group':
      return 'a list';
  }
}
