import type {
  Aggregate,
  AnyField,
  AnyPolicy,
  AnyReadModel,
  EventDeclaration,
  Shape,
} from '#kernel';
import { versionOf } from '#kernel';
import type { Leading } from './leading-to';

/** What the page is made of beside the aggregates. */
export interface Beside {
  readonly policies: readonly AnyPolicy[];
  readonly readModels: readonly AnyReadModel[];
  readonly leading: Leading;
}

/** The catalogue of events and commands as a page of Markdown: contexts, aggregates and events as they are declared. */
export function eventsPage(aggregates: readonly Aggregate[], beside: Beside): string {
  const told = tellingFrom(aggregates, beside);
  const contexts = [...new Set(aggregates.map(({ context }) => context))];
  return (
    [
      '# What is recorded, and what can be asked for',
      'Made from the code by `npm run catalog`. Each field says in brackets who may see it: public, internal, confidential' +
        ' or personal; `?` marks one that may be absent, `[]` a list. Each event names the commands it can follow from, with who may' +
        ' give them, and the read models in which it shows.',
      ...contexts.flatMap((context) => [
        `## ${context}`,
        ...aggregates
          .filter((one) => one.context === context)
          .flatMap((one) => aggregateSection(one, told)),
      ]),
    ].join('\n\n') + '\n'
  );
}

type Told = (aggregate: Aggregate, event: string) => string;

/** Which commands an event follows from, by whom, and where it shows; in words. */
function tellingFrom(
  aggregates: readonly Aggregate[],
  { policies, readModels, leading }: Beside,
): Told {
  const commands = new Set(aggregates.flatMap((one) => Object.keys(one.commands)));
  const askers = policies.flatMap(({ name }) =>
    leading.asks(name, commands).map((command) => ({ command, name })),
  );
  const whoOf = (command: string, by: readonly string[]): string => {
    const asking = askers.filter((one) => one.command === command).map(({ name }) => name);
    const people = by.filter((role) => role !== 'policy');
    const policy = asking.length === 0 ? [] : [`the policy ${asking.join(', ')}`];
    return `\`${command}\` (${[...people, ...policy].join(', ')})`;
  };
  return ({ context, commands: own, events }, event) => {
    const among = new Set(Object.keys(events));
    const causes = Object.entries(own)
      .filter(([name]) => leading.events(context, name, among).includes(event))
      .map(([name, { by }]) => whoOf(name, by));
    const shown = readModels
      .filter(({ touches }) => Object.hasOwn(touches, event))
      .map(({ name }) => name);
    return [
      `Follows from ${causes.join(', ') || 'nothing'}.`,
      shown.length === 0 ? 'No read model shows it.' : `Shows in ${shown.join(', ')}.`,
    ].join(' ');
  };
}

function aggregateSection(one: Aggregate, told: Told): string[] {
  const commands = Object.entries(one.commands);
  const refusals = Object.entries(one.refusals);
  return [
    `### ${one.name}`,
    one.is,
    ...Object.entries(one.events).map((entry) => eventEntry(entry, told(one, entry[0]))),
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

function eventEntry(
  [name, declaration]: readonly [string, EventDeclaration],
  told: string,
): string {
  const effective =
    declaration.effective === undefined ? '' : ` True from \`${declaration.effective}\`.`;
  const fields = fieldsOf(declaration.data).map((field) => `- ${field}`);
  return [
    `#### ${name} (v${versionOf(declaration)})`,
    declaration.says + effective,
    told,
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
