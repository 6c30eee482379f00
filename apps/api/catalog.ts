import { schemaOf } from '#application';
import type { Aggregate, CommandDeclaration, Json, JsonObject } from '#kernel';
import { accessPage } from './access-page';
import { commandPath, openApi } from './openapi';
import { problemType, titleOf } from './problem';
import { problemKinds } from './problems';

/** What is generated from the API's code, by file name; `npm run catalog` writes it, `npm run check` compares it. */
export const apiPages: Readonly<Record<string, (aggregates: readonly Aggregate[]) => string>> = {
  'docs/openapi.json': (aggregates) => `${JSON.stringify(openApi(aggregates), null, 2)}\n`,
  'docs/access.md': accessPage,
  'docs/commands.md': commandsPage,
  'docs/refusals.md': refusalsPage,
};

const MADE = 'Made from the code by `npm run catalog`.';

function commandsPage(aggregates: readonly Aggregate[]): string {
  const contexts = Map.groupBy(aggregates, ({ context }) => context);
  const sections = [...contexts].flatMap(([context, members]) => [
    `## ${context}`,
    ...members.flatMap((one) => Object.keys(one.commands).map((name) => commandSection(one, name))),
  ]);
  const how =
    'Each is given by `POST` to its address with its fields as JSON, or by `npm run -s ops -- give CONTEXT/COMMAND --data …`; `?` marks a field that may be left out.';
  return `${['# Commands', `${MADE} ${how}`, ...sections].join('\n\n')}\n`;
}

function commandSection({ context, commands, refusals }: Aggregate, name: string): string {
  const command = commands[name];
  if (command === undefined) return '';
  const fields = fieldsOf(schemaOf(command.takes));
  return [
    `### ${name}`,
    command.says,
    `\`POST ${commandPath(context, name)}\`, by ${command.by.join(', ')}.${alsoCalled(context, command)}`,
    fields.map((field) => `- ${field}`).join('\n'),
    `The record it is about may refuse with: ${Object.keys(refusals).join(', ') || 'nothing of its own'}.`,
  ].join('\n\n');
}

/** The other addresses it is given at, under the names of the glossary people may know it by. */
function alsoCalled(context: string, { alsoCalled: names = [] }: CommandDeclaration): string {
  const paths = names.map((name) => `\`${commandPath(context, name)}\``);
  return paths.length === 0 ? '' : ` Also at ${paths.join(', ')}.`;
}

function fieldsOf(schema: JsonObject, under = ''): string[] {
  const required = new Set((schema['required'] ?? []) as readonly string[]);
  return Object.entries(schema['properties'] as Readonly<Record<string, JsonObject>>).flatMap(
    ([name, field]) => fieldEntry(field, `${under}${name}${required.has(name) ? '' : '?'}`),
  );
}

function fieldEntry(field: JsonObject, path: string): string[] {
  const { items } = field;
  if (field['properties'] !== undefined) return fieldsOf(field, `${path}.`);
  if (items === undefined) return [`\`${path}\`: ${kindOf(field)}`];
  const inside = items as JsonObject;
  return inside['properties'] === undefined
    ? [`\`${path}[]\`: ${kindOf(inside)}`]
    : fieldsOf(inside, `${path}[].`);
}

/** A leaf's schema in a few words. */
function kindOf({
  type,
  format,
  enum: words,
  pattern,
  minimum,
  maximum,
  maxLength,
}: JsonObject): string {
  if (words !== undefined) return `one of ${(words as readonly string[]).join(', ')}`;
  const limits = [
    minimum === undefined ? '' : `from ${shown(minimum)}`,
    maximum === undefined ? '' : `to ${shown(maximum)}`,
    maxLength === undefined ? '' : `up to ${shown(maxLength)} characters`,
    pattern === undefined ? '' : `like \`${shown(pattern)}\``,
  ].filter((limit) => limit !== '');
  return [shown(format ?? type ?? 'any'), ...limits].join(', ');
}

const shown = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));

function refusalsPage(aggregates: readonly Aggregate[]): string {
  const rows = [...problemKinds(aggregates)]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([code, { status, says, from }]) =>
        `| ${code} | ${status} | ${says.replaceAll('|', '\\|')} | ${from.join(', ') || 'any request'} |`,
    );
  return `${[
    '# What the API says no with',
    `${MADE} Each leaves as RFC 9457 problem+json; its \`type\` is ${problemType('CODE')}, e.g. ${problemType('Malformed')} ("${titleOf('Malformed')}").`,
    ['| Code | Status | Means | From |', '| --- | --- | --- | --- |', ...rows].join('\n'),
  ].join('\n\n')}\n`;
}
