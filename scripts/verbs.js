// What the npm scripts do. A verb either becomes the program it names (start, ops, bench, catalog: same process, so
// that signals and exit codes are the program's own) or runs tools one after another and stops at the first that fails.
'use strict';
const { spawnSync } = require('node:child_process');
const { existsSync } = require('node:fs');
const { runMain } = require('node:module');
const { join } = require('node:path');
const { build, root } = require('./build');

const CACHE = 'node_modules/.cache';

/** Becomes a compiled program of dist/, building first where the sources have changed. */
async function become(program, args, { quiet } = {}) {
  await build({ quiet });
  const file = join(root, 'dist', program);
  if (!existsSync(file)) {
    console.error(`There is no ${program.replace(/js$/, 'ts')} to run.`);
    process.exit(1);
  }
  process.setSourceMapsEnabled(true);
  process.argv = [process.argv[0], file, ...args];
  runMain();
}

/** Runs a tool of node_modules on this very Node, in the root of the checkout; exits with its code when it fails. */
function tool(bin, ...args) {
  const { status, signal } = spawnSync(
    process.execPath,
    [join(root, 'node_modules', bin), ...args],
    { stdio: 'inherit', cwd: root },
  );
  if (status !== 0) {
    if (signal) console.error(`${bin} was ended by ${signal}`);
    process.exit(status ?? 1);
  }
}

/** The settings that say where a real engine is. */
const ENGINES = ['EVENTSTORE_URL', 'MONGODB_URL', 'KAFKA_BROKERS'];

function jest(report, args) {
  tool('jest/bin/jest.js', ...(report ? ['--json', `--outputFile=${report}`] : []), ...args);
}

/** Runs the suites of the engines that are to be had, one after another; returns what had to be left out. */
function engines(report, args) {
  const { stdout, status } = spawnSync(
    process.execPath,
    [join(root, 'dist/test/engines/at-hand.js')],
    { stdio: ['ignore', 'pipe', 'inherit'], cwd: root, encoding: 'utf8' },
  );
  if (status !== 0) process.exit(status ?? 1);
  const missing = stdout.split('\n').filter((name) => name !== '');
  jest(report, [
    '--runInBand',
    '--forceExit',
    '--passWithNoTests',
    ...missing.map((name) => `--testPathIgnorePatterns=${name}`),
    ...['--selectProjects', 'engines', '--', ...args],
  ]);
  return missing;
}

const steps = {
  format: () => tool('prettier/bin/prettier.cjs', '--check', '--log-level=warn', '--cache', '.'),
  arrows: () =>
    tool(
      'dependency-cruiser/bin/dependency-cruiser.mjs',
      ...existing('apps', 'libs', 'scripts', 'test'),
    ),
  types: () =>
    tool('typescript/bin/tsc', '--incremental', '--tsBuildInfoFile', `${CACHE}/tsc.json`),
  lint: (args) =>
    tool(
      'eslint/bin/eslint.js',
      '--cache',
      `--cache-location=${CACHE}/eslint/`,
      '--max-warnings=0',
      ...(args ?? []),
      '.',
    ),
  // By its own name, so that what is checked is what the README tells people to run.
  tests: () => npm('test'),
  generated: () => npm('run', '-s', 'catalog', '--', '--check'),
};

function existing(...folders) {
  return folders.filter((folder) => existsSync(join(root, folder)));
}

function npm(...args) {
  const { status } = spawnSync('npm', args, {
    stdio: 'inherit',
    cwd: root,
    shell: process.platform === 'win32',
  });
  if (status !== 0) process.exit(status ?? 1);
}

const verbs = {
  build: () => build({ force: true }),
  /** Everything in one process; or one of those that share their stores, by its name: `start api`. */
  start: ([app = 'standalone', ...args]) => become(`apps/${app}/main.js`, args),
  ops: (args) => become('apps/ops/main.js', args, { quiet: true }),
  bench: (args) => become('test/bench/main.js', args),
  catalog: (args) => become('scripts/catalog.js', args, { quiet: true }),
  lint: steps.lint,
  /**
   * Everything that needs no engine; the suites of the engines too where an address of one is given. Where TEST_REPORT
   * names a file, jest's own account of the run is written there as JSON.
   */
  test: async (args) => {
    await build({ quiet: true });
    if (args.includes('--selectProjects')) return jest(process.env.TEST_REPORT, args);
    jest(process.env.TEST_REPORT, [...args, '--ignoreProjects=engines']);
    if (ENGINES.some((name) => process.env[name])) return engines(undefined, args);
    console.log(
      `Skipped: what needs EventStoreDB, MongoDB or Kafka. It runs where ${ENGINES.join(', ')} say where one is, and by "npm run test:engines", which starts what it can.`,
    );
  },
  /** Starts what engines it can, says which are real, and runs every suite, journey and short drill on them. */
  'test:engines': async (args) => {
    await build({ quiet: true });
    const missing = engines(process.env.ENGINES_REPORT, args);
    if (args.length > 0) return;
    if (missing.length > 0) console.log('Skipped: the drills, which need all three engines.');
    else tool('../dist/test/drills/distributed.js', 'all', '2');
  },
  /** Cheap first. Names of steps may follow: `npm run check -- lint types`. */
  check: (names) => {
    for (const name of names.length > 0 ? names : Object.keys(steps)) {
      if (!Object.hasOwn(steps, name)) {
        console.error(`No step is called ${name}; there are ${Object.keys(steps).join(', ')}.`);
        process.exit(1);
      }
      console.log(`\n== ${name}`);
      const begun = Date.now();
      steps[name]();
      console.log(`== ${name}: as it should be, ${((Date.now() - begun) / 1000).toFixed(1)} s`);
    }
  },
};

exports.run = function run(verb, args) {
  if (!Object.hasOwn(verbs, verb ?? '')) {
    console.error(`Say one of: ${Object.keys(verbs).join(', ')}.`);
    process.exit(1);
  }
  verbs[verb](args);
};
