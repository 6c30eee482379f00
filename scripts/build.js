// TypeScript to dist/ with swc, and the Sass theme to dist/apps/web/public/theme.css. Types are not looked at here:
// that is `npm run check`.
'use strict';
const { spawn } = require('node:child_process');
const { createHash } = require('node:crypto');
const { once } = require('node:events');
const fs = require('node:fs');
const { dirname, join } = require('node:path');
const { text } = require('node:stream/consumers');

const root = dirname(__dirname);
const dist = join(root, 'dist');
const STAMP = 'built-from';
/** Specs never run from dist; of test/ only the programs that are run by hand do. */
const SOURCES = [
  'apps',
  'libs',
  'scripts',
  'test/bench',
  'test/drills',
  'test/support',
  'test/engines',
];
const THEME = 'apps/web/theme.scss';

/** One hash over name, size and time of change of everything the build reads; a file taken away changes it too. */
function fingerprint() {
  const hash = createHash('sha1');
  const look = (name) => {
    const facts = fs.statSync(join(root, name), { throwIfNoEntry: false });
    if (facts === undefined) return;
    if (!facts.isDirectory()) hash.update(`${name}:${facts.size}:${facts.mtimeMs}\n`);
    else for (const entry of fs.readdirSync(join(root, name)).sort()) look(`${name}/${entry}`);
  };
  [...SOURCES, '.swcrc', 'package-lock.json'].forEach(look);
  return hash.digest('hex');
}

function stampOf(folder) {
  const file = join(folder, STAMP);
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : undefined;
}

async function compile(out) {
  const swc = spawn(
    process.execPath,
    [
      join(root, 'node_modules/@swc/cli/bin/swc.js'),
      ...SOURCES.filter((folder) => fs.existsSync(join(root, folder))),
      ...['--out-dir', out],
      ...['--ignore', '**/*.spec.ts,**/*-in-specs.ts,**/*.fixture.ts,scripts/*.js'],
      '--copy-files',
      '--quiet',
    ],
    { cwd: root, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const [said, [status]] = await Promise.all([text(swc.stderr), once(swc, 'close')]);
  if (status === 0) return;
  process.stderr.write(said);
  console.error('The build failed; dist/ is as it was.');
  process.exit(1);
}

function theme(out) {
  if (!fs.existsSync(join(root, THEME))) return;
  const { css } = require('sass').compile(join(root, THEME), {
    loadPaths: [join(root, 'node_modules')],
    style: 'compressed',
    quietDeps: true,
  });
  fs.mkdirSync(join(out, 'apps/web/public'), { recursive: true });
  fs.writeFileSync(join(out, 'apps/web/public/theme.css'), css);
}

/**
 * Builds dist/, unless it stands there already made from these very sources (`force`: even then). The new dist/ is made
 * aside and swapped in whole, so that a program started meanwhile, or already running, never sees half of one.
 */
async function build({ quiet = false, force = false } = {}) {
  const begun = Date.now();
  const sources = fingerprint();
  if (!force && stampOf(dist) === sources) return;

  const aside = join(root, 'node_modules/.cache', `build-${process.pid}`);
  const [fresh, old] = [join(aside, 'fresh'), join(aside, 'old')];
  fs.mkdirSync(fresh, { recursive: true });
  process.once('exit', () => fs.rmSync(aside, { recursive: true, force: true }));
  try {
    // The theme is made in this process while swc runs in its own.
    const compiled = compile(fresh);
    try {
      theme(fresh);
    } finally {
      await compiled;
    }
    fs.writeFileSync(join(fresh, STAMP), sources);
    if (fs.existsSync(dist)) fs.renameSync(dist, old);
    fs.renameSync(fresh, dist);
  } catch (error) {
    // Another build of the same sources may have been swapped in between; theirs is as good as ours.
    if (stampOf(dist) !== sources) throw error;
  }
  fs.rmSync(old, { recursive: true, force: true });
  if (!quiet) console.error(`Built in ${((Date.now() - begun) / 1000).toFixed(1)} s.`);
}

module.exports = { build, root };
