import type { Aggregate, AnyField, EventDeclaration, Shape } from '#kernel';
import { versionOf } from '#kernel';

/** The catalogue of events and commands as a page of Markdown: contexts, aggregates and events as they are declared. */
export function eventsPage(aggregates: readonly Aggregate[]): string {
  const contexts = [...new Set(aggregates.map(({ context }) => context))];
  return (
    [
      '# What is recorded, and what can be asked for',
      'Made from the code by `npm run catalog`. Each field says in brackets who may see it: public, internal, confidential' +
        ' or personal; `?` marks one that may be absent, `[]` a list.',
      ...contexts.flatMap((context) => [
        `## ${context}`,
        ...aggregates.filter((one) => one.context === context).flatMap(aggregateSection),
      ]),
    ].join('\n\n') + '\n'
  );
}

function aggregateSection(one: Aggregate): string[] {
  const commands = Object.entries(one.commands);
  const refusals = Object.entries(one.refusals);
  return [
    `### ${one.name}`,
    one.is,
    ...Object.entries(one.events).map(eventEntry),
    table(
      ['Command', 'Asks', 'Who may'],
      commands.map(([name, { says, by }]) => [name, says, by.join(', ')]),
    ),
    table(
      ['Refusal', 'Kind', 'Says'],
      refusals.map(([code, { kind, says }]) => [code, kind, says]),
    ),
  ].filter((part) => part !== '');
}

function eventEntry([name, declaration]: readonly [string, EventDeclaration]): string {
  const effective =
    declaration.effective === undefined ? '' : ` True from \`${declaration.effective}\`.`;
  const fields = fieldsOf(declaration.data).map((field) => `- ${field}`);
  return [
    `#### ${name} (v${versionOf(declaration)})`,
    declaration.says + effective,
    fields.join('\n'),
  ]
    .join('\n\n')
    .trimEnd();
}

function fieldsOf(shape: Shape, under = ''): string[] {
  return Object.entries(shape).flatMap(([name, field]) => fieldEntry(field, under + name));
}

function fieldEntry(field: AnyField, path: string): string[] {
  const { kind } = field;
  const at = field.optional ? `${path}?` : path;
  if (kind.is === 'list') return fieldEntry(kind.of, `${at}[]`);
  if (kind.is === 'record') return fieldsOf(kind.shape, `${at}.`);
  const is = kind.is === 'word' ? `one of ${kind.words.join(', ')}` : kind.is;
  return [`\`${at}\`: ${is} (${field.classification ?? 'unclassified'})`];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
