import type { LeftOut, Reading, ReadingRow, Row } from '#application';
import { cellOf, readers, rowOf } from '#application';
import { peopleRoles } from '#domain';
import type { Aggregate } from '#kernel';
import { commandPath } from './openapi';
import { routes } from './routes';

/** The columns: people, and whoever runs the machine. `import` and `policy` are the service itself, acting by rule. */
const columns = [...peopleRoles, 'operator'] as const;
const headings: Readonly<Record<string, string>> = {
  adviser: 'Adviser',
  'team-leader': 'Team leader',
  'head-of-service': 'Head of Service',
  headteacher: 'Headteacher',
  chair: 'Chair of governors',
  champion: 'Champion',
  'home-head': 'Home head',
  board: 'Board',
  scrutiny: 'Scrutiny',
  auditor: 'Auditor',
  operator: 'Operator',
};

/** Who may see and do what, as a page to be read by whoever answers for it. */
export function accessPage(aggregates: readonly Aggregate[]): string {
  const readings = Object.entries(readers) as readonly (readonly [Reading, ReadingRow])[];
  const notes: string[] = [];
  const reading = readings.map(([name, row]) => [
    `${row.says} (\`${name}\`)`,
    ...cells(row, row.leftOut, notes),
  ]);
  const contexts = Map.groupBy(aggregates, ({ context }) => context);
  return `${[
    '# Who may see and do what',
    'Made from the code by `npm run catalog`; the service goes by the same table. Nobody gets anything that is not here.',
    '**all**: of every school. **own**: of the school somebody speaks for, as head, as chair or, a home head, as the school' +
      ' that lends champions; a champion, of themselves. –: nothing. A number says what is left out.',
    '## What is read',
    table(['What', ...headed()], reading),
    notes.map((note, n) => `${n + 1}. Left out: ${note}.`).join('\n'),
    '## What is done',
    ...[...contexts].flatMap(([context, members]) => [
      `### ${context}`,
      table(['Command', ...headed()], members.flatMap(commandRows)),
    ]),
    'What stands under nobody here is done by the service itself, acting by rule.',
    '## Which address gives what',
    ...readings.flatMap(([name, { says }]) => addressesOf(name, says, aggregates)),
    ...addressesOf('everybody', 'Open: nobody need be signed in', aggregates),
  ].join('\n\n')}\n`;
}

const headed = (): readonly string[] => columns.map((role) => headings[role] ?? role);

function cells(row: Row, leftOut: ReadingRow['leftOut'] = {}, notes: string[] = []): string[] {
  return columns.map((role) => {
    const cell = cellOf(row, role);
    const without = leftOut[role];
    if (cell === 'no') return '–';
    return without === undefined ? cell : `${cell} (${numberOf(without, notes)})`;
  });
}

function numberOf({ says }: LeftOut, notes: string[]): number {
  if (!notes.includes(says)) notes.push(says);
  return notes.indexOf(says) + 1;
}

const commandRows = ({ commands }: Aggregate): readonly (readonly string[])[] =>
  Object.values(commands).map((command) => {
    const row = rowOf(command);
    const anybody = cellOf(row, 'public') === 'all' ? ' (Anybody, on the public pages.)' : '';
    return [command.says + anybody, ...cells(row)];
  });

function addressesOf(
  what: Reading | 'everybody',
  says: string,
  aggregates: readonly Aggregate[],
): readonly string[] {
  const addresses =
    what === 'commands'
      ? aggregates.flatMap(({ context, commands }) =>
          Object.keys(commands).map((name) => `POST ${commandPath(context, name)}`),
        )
      : Object.entries(routes).flatMap(([route, { for: whom }]) => (whom === what ? [route] : []));
  return addresses.length === 0
    ? []
    : [`### ${says}`, addresses.map((address) => `- \`${address}\``).join('\n')];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (texts: readonly string[]): string =>
    `| ${texts.map((text) => text.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
