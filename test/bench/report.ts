import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { ratiosChart } from './chart';
import type { Figure } from './measuring';
import { holds, inShort, limitOf } from './measuring';

export interface Conditions {
  readonly sizes: readonly number[];
  /** Load averages over 1, 5 and 15 minutes. */
  readonly loadBefore: readonly number[];
  readonly loadAfter: readonly number[];
}

const inGroups = new Intl.NumberFormat('en-GB');
const HEAD = ['What', 'Events', 'Ours', 'Beside it', 'Figure', 'Limit', 'Holds'] as const;
const rowOf = (figure: Figure): readonly string[] => [
  figure.what,
  figure.events === undefined ? '' : inGroups.format(figure.events),
  figure.ours,
  figure.beside,
  inShort(figure),
  limitOf(figure),
  figure.limit === undefined ? '' : holds(figure) ? 'yes' : 'NO',
];

/** The table for a terminal. */
export function inPlain(figures: readonly Figure[]): string {
  const rows = [HEAD, ...figures.map(rowOf)];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** Writes README.md and ratios.svg into a folder. */
export function writeReport(
  folder: string,
  figures: readonly Figure[],
  conditions: Conditions,
): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'README.md'), readme(figures, conditions));
  writeFileSync(join(folder, 'ratios.svg'), ratiosChart(figures));
}

/** Writes questions.md into a folder: measured by itself, because it takes counties of its own. */
export function writeQuestions(
  folder: string,
  figures: readonly Figure[],
  conditions: Conditions,
): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'questions.md'),
    `# How long questions take to answer

Made by \`npm run bench -- questions\` ${madeOn(conditions)}
Each question of [the page of questions](../questions.md) over HTTP, one at a time, 60 times or for three seconds: 95 in 100 answers
came within the time given, or the one there was time for. The county is the sample county, ten of it and a hundred of it (England has 24,000 schools), with every
identity and URN made another one; of the others the read models as of its last day, without the versions before it and without
journeys, which are asked for a school at a time.

${failingIn(figures)}

${tableOf(figures)}
`,
  );
}

const tableOf = (figures: readonly Figure[]): string =>
  [HEAD, HEAD.map(() => '---'), ...figures.map(rowOf)]
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n');

function failingIn(figures: readonly Figure[]): string {
  const failing = figures.filter((figure) => !holds(figure));
  return failing.length === 0
    ? 'Every figure that has a limit is within it.'
    : `Not within its limit: ${failing.map(({ what }) => what).join('; ')}.`;
}

function madeOn({ loadBefore, loadAfter }: Conditions): string {
  const load = (values: readonly number[]): string =>
    values.map((value) => value.toFixed(1)).join(', ');
  return `on ${new Date().toISOString().slice(0, 10)}: ${cpus().length} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), Node ${process.versions.node}, ${process.platform}.
Load average before: ${load(loadBefore)}; after: ${load(loadAfter)} (over 1, 5 and 15 minutes).`;
}

function readme(figures: readonly Figure[], conditions: Conditions): string {
  return `# Measured

Made by \`npm run bench\`${conditions.sizes.includes(1_000_000) ? ' with `-- all`' : ''} ${madeOn(conditions)}
Both sides take turns, so most ratios stand on a busy machine; those of work done one at a time do not: beside a flush to
disk ours computes and the bare loop hardly does, so that they fall by several points when others want the processor.

${failingIn(figures)}

![Ratios beside their limits](ratios.svg)

How long questions take, and how that grows with the county: [questions](questions.md).

${tableOf(figures)}

## How it is measured

- "Of bare" is our rate in proportion to a loop over the same SQLite file format that does the same reading and writing
  and nothing else: same tables, indexes, pragmas, rows and bytes, in the same process, turn and turn about. Each round
  gives one ratio; the median is told. Rates beside it are medians too.
- Appends: every one is flushed to disk before it is answered (synchronous FULL). The bare loop takes the same objects,
  makes them into text and inserts them, in a transaction each or 64 in one. What ours does besides: it checks stream,
  expected revision, ids and that the data is plain JSON, and gathers what arrives in one turn of the event loop.
- "Text ready made": a stricter bare loop, whose text was made outside of the time measured. It has no limit.
- Commands: a change of head or chair at one school after another, each appending one event; 64 at once are 64 askers who ask again when they are answered.
  The bare loop makes the very events the commands wrote into text and inserts them.
- Folding: all streams of a school, from the first event. Commands after the first one at a school read only what is new.
- Rebuild: pages of 500 events. The bare loop reads and parses the page and writes the same versions into the same
  tables in one transaction; afterwards the rows of both files are compared, and a difference ends the bench. What the
  versions are is worked out for it outside of the time measured. From objects: it makes them into text as it goes.
- Memory is the most a process of its own ever had resident.
- "Times" compares the cost of one question in two folders, in turn: the longer history or larger county first.
- EventStoreDB, MongoDB and Kafka: each figure stands beside a loop that uses the engine's client alone, on the same server,
  turn and turn about. The servers are those of the tests (\`npm run test:engines\` says which are real): the shares tell
  what ours adds, the rates tell of these servers on this machine.
- Commit to consumer and to page: from the moment an event was recorded to the moment a Kafka consumer has its message, and
  to the moment a page has come from a web process after a listener on an API process heard of it. All on one machine,
  all processes and engines on the cores named above, one command every 200 ms.
- The history is invented: \`test/bench/history.ts\` says what a school's year is.
`;
}
