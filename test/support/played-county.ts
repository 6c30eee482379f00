import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findPackageJSON } from 'node:module';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

/*
 * The invented county as `npm start` makes it, played once by the built service itself and kept for as long as the
 * build is the same. Journeys that only look open the folder read-only; those that write take a copy.
 */

/** The checkout, from the sources as from what was compiled. */
const root = dirname(findPackageJSON(pathToFileURL(__filename)) ?? '');
const cache = join(root, 'node_modules/.cache');
const PLAYED_WITHIN = 240_000;
const DAYS_KEPT_MS = 2 * 24 * 3600 * 1000;

/** For jest's globalSetup: the folder is there before the first test asks for it. */
export default async function play(): Promise<void> {
  const kept = folder();
  if (existsSync(kept)) return;
  const aside = mkdtempSync(join(tmpdir(), 'side-by-side-county-'));
  const service = spawn(process.execPath, [join(root, 'dist/apps/standalone/main.js')], {
    env: { ...process.env, DATA_DIR: aside, PORT: '0', SEED: 'county', LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  try {
    await ready(join(aside, 'service.json'), () => service.exitCode !== null);
  } finally {
    service.kill('SIGTERM');
    if (service.exitCode === null) await once(service, 'exit');
  }
  mkdirSync(cache, { recursive: true });
  forgetOld();
  cpSync(aside, `${kept}.${process.pid}`, { recursive: true });
  rmSync(aside, { recursive: true, force: true });
  renameSync(`${kept}.${process.pid}`, kept);
}

/** The folder of the played county. */
export function folder(): string {
  const build = readFileSync(join(root, 'dist/built-from'), 'utf8').slice(0, 16);
  return join(cache, `county-${build}`);
}

/** Counties of builds that were another day's are not wanted again, and are 150 MB each. */
function forgetOld(): void {
  for (const name of readdirSync(cache).filter((one) => one.startsWith('county-'))) {
    const age = Date.now() - statSync(join(cache, name)).mtimeMs;
    if (age > DAYS_KEPT_MS) rmSync(join(cache, name), { recursive: true, force: true });
  }
}

/** A copy of it that may be written to; remove it when done. */
export function copy(): string {
  const mine = mkdtempSync(join(tmpdir(), 'side-by-side-county-'));
  cpSync(folder(), mine, { recursive: true });
  return mine;
}

async function ready(file: string, ended: () => boolean): Promise<void> {
  for (const end = Date.now() + PLAYED_WITHIN; Date.now() < end; await pause(100)) {
    if (ended()) throw new Error('The service ended before the county was played.');
    if (!existsSync(file)) continue;
    const { url } = JSON.parse(readFileSync(file, 'utf8')) as { url: string };
    const { ok } = await fetch(`${url}/health/ready`).catch(() => ({ ok: false }));
    if (ok) return;
  }
  throw new Error(`The county was not played within ${PLAYED_WITHIN / 1000} s.`);
}
