/*
 * npm run bench [-- SIZE…|all] [-- PART…]
 *
 * Measures the product beside bare loops that do the same work on the disk, and writes docs/bench. Sizes are numbers of
 * events, 10000 and 100000 by default; `all` adds 1000000. Naming groups (appends, commands, folding, rebuild, asking,
 * import, engines) measures those alone and writes nothing; `questions`, by itself, writes docs/bench/questions.md.
 */
import 'reflect-metadata';
import { fork } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join, resolve } from 'node:path';
import type { County } from './asking';
import { TIMES_OVER } from './growing';
import type { Figure } from './measuring';
import type { About, Part } from './parts';
import { parts } from './parts';
import { inPlain, writeQuestions, writeReport } from './report';

const ROOT = resolve(__dirname, '../../..');
const GROUPS = [
  'appends',
  'commands',
  'folding',
  'rebuild',
  'asking',
  'import',
  'engines',
] as const;
/** Measured by itself, when it is named: it takes a quarter of an hour. */
const QUESTIONS = 'questions';
type Group = (typeof GROUPS)[number] | typeof QUESTIONS;
const SCHOOLS = 236;
const MANY_SCHOOLS = 2_360;
const SIZES = [10_000, 100_000];
const ALL_SIZES = [...SIZES, 1_000_000];

/** Beside the checkout, on its disk: where temporary files lie is often memory, and flushing memory costs nothing. */
const ground = join(ROOT, 'node_modules/.cache', `bench-${process.pid}`);

/** How `npm start` runs Node: memory is measured as the service would need it. */
const AS_THE_SERVICE = ['--max-semi-space-size=8'];

/** Runs one part in a process of its own. */
async function run<P extends Part>(part: P, about: About<P>): Promise<readonly Figure[]> {
  process.stderr.write(`${part} ${JSON.stringify(about).replaceAll(ground, '')}\n`);
  const child = fork(__filename, ['--part', part, JSON.stringify(about)], {
    cwd: ROOT,
    execArgv: [...process.execArgv, ...AS_THE_SERVICE],
  });
  let figures: readonly Figure[] = [];
  child.on('message', (message) => {
    figures = message as readonly Figure[];
  });
  const code = await new Promise((done) => child.once('exit', done));
  if (code !== 0) throw new Error(`${part} did not end well.`);
  return figures;
}

async function measure(
  sizes: readonly number[],
  groups: ReadonlySet<Group>,
): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  const add = async <P extends Part>(group: Group, part: P, about: About<P>): Promise<void> => {
    if (groups.has(group)) figures.push(...(await run(part, about)));
  };
  const county = (events: number, schools: number): County => ({
    folder: join(ground, `${events}-${schools}`),
    events,
    schools,
  });
  const counties = sizes.map((events) => county(events, SCHOOLS));
  const [smallest, largest] = [counties[0], counties[counties.length - 1]];
  if (smallest === undefined || largest === undefined)
    throw new Error('There is no size to measure.');

  await add('appends', 'appending', { folder: join(ground, 'appends') });
  await add('commands', 'commanding', { folder: join(ground, 'commands') });
  if (groups.has('folding') || groups.has('rebuild') || groups.has('asking')) {
    for (const one of counties) {
      await run('makeHistory', one);
      await add('folding', 'folding', one);
      if (groups.has('rebuild')) await add('rebuild', 'rebuildingAlone', one);
      else if (groups.has('asking')) await run('rebuildingAlone', one);
      await add('rebuild', 'rebuilding', {
        ...one,
        passes: Math.max(1, Math.min(5, Math.round(200_000 / one.events))),
      });
    }
  }
  if (groups.has('asking')) {
    if (largest !== smallest)
      await add('asking', 'askingOverHistory', { short: smallest, long: largest });
    const wide = county(smallest.events * (MANY_SCHOOLS / SCHOOLS), MANY_SCHOOLS);
    await run('makeHistory', wide);
    await run('rebuildingAlone', wide);
    await add('asking', 'askingInCounties', { small: smallest, large: wide });
  }
  if (groups.has(QUESTIONS)) {
    const counties = TIMES_OVER.map((times) => ({
      folder: join(ground, `sample-${times}`),
      times,
    }));
    for (const one of counties) await run('makeCounty', one);
    await add(QUESTIONS, 'growing', { folders: counties.map(({ folder }) => folder) });
  }
  if (groups.has('import')) await run('makeRegister', { folder: join(ground, 'import') });
  await add('import', 'importing', { folder: join(ground, 'import') });
  await add('engines', 'appendingToEventStoreDb', {});
  await add('engines', 'projectingIntoMongo', { events: 20_000, passes: 3 });
  await add('engines', 'publishing', { folder: join(ground, 'publishing') });
  await add('engines', 'tellingAcross', { commands: 200 });
  return figures;
}

function wishes(args: readonly string[]): {
  sizes: readonly number[];
  groups: ReadonlySet<Group>;
  whole: boolean;
} {
  const numbers = args.filter((arg) => /^\d+$/.test(arg)).map(Number);
  const named = [...GROUPS, QUESTIONS].filter((group): group is Group => args.includes(group));
  const unknown = args.find(
    (arg) => arg !== 'all' && !/^\d+$/.test(arg) && !named.some((group) => group === arg),
  );
  if (unknown !== undefined)
    throw new Error(
      `${unknown} is neither a number of events, nor "all", nor one of ${[...GROUPS, QUESTIONS].join(', ')}.`,
    );
  const sizes = args.includes('all')
    ? ALL_SIZES
    : numbers.length > 0
      ? [...new Set([...SIZES, ...numbers])].toSorted((a, b) => a - b)
      : SIZES;
  return { sizes, groups: new Set(named.length > 0 ? named : GROUPS), whole: named.length === 0 };
}

async function main(args: readonly string[]): Promise<void> {
  const { sizes, groups, whole } = wishes(args);
  const loadBefore = loadavg();
  mkdirSync(ground, { recursive: true });
  try {
    const figures = await measure(sizes, groups);
    console.log(inPlain(figures));
    const conditions = { sizes, loadBefore, loadAfter: loadavg() };
    if (groups.has(QUESTIONS)) writeQuestions(join(ROOT, 'docs/bench'), figures, conditions);
    if (whole) writeReport(join(ROOT, 'docs/bench'), figures, conditions);
  } finally {
    rmSync(ground, { recursive: true, force: true });
  }
}

/** What a child of `run` does; started by hand, for a profile, it prints what it found. */
async function part(name: Part, about: never): Promise<void> {
  const figures = await parts[name](about);
  if (process.send === undefined) console.log(inPlain(figures));
  else
    process.send(figures, () => {
      process.disconnect();
    });
}

const [first, name, about = ''] = process.argv.slice(2);
(first === '--part'
  ? part(name as Part, JSON.parse(about) as never)
  : main(process.argv.slice(2))
).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
