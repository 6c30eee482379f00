// Does `npm start` do what the README says, in the folder this is run in? Starts it on a free port with an empty data
// folder, waits until it says it is ready, reads the front page as an adviser would, and stops it again.
'use strict';
const { spawn } = require('node:child_process');
const { once } = require('node:events');
const { mkdtempSync, readFileSync, openSync, rmSync } = require('node:fs');
const { createServer } = require('node:net');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { setTimeout: pause } = require('node:timers/promises');

const READY_WITHIN = 120_000;
const STOPPED_WITHIN = 15_000;

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/** Asks again and again until the answer is true, the time is up, or `lost` says that it will never be. */
async function until(what, within, answer, lost = () => false) {
  for (const end = Date.now() + within; !(await answer()); await pause(200)) {
    if (lost()) throw new Error(`npm start ended before it was ${what}`);
    if (Date.now() > end) throw new Error(`npm start was not ${what} within ${within / 1000} s`);
  }
}

/** Signals npm and everything it started; false when nothing of it is left. */
function signal(group, name) {
  try {
    return process.kill(-group, name);
  } catch {
    return false;
  }
}

async function main() {
  const scratch = mkdtempSync(join(tmpdir(), 'side-by-side-smoke-'));
  const log = join(scratch, 'log');
  const base = `http://127.0.0.1:${await freePort()}`;
  const output = openSync(log, 'w');
  const service = spawn('npm', ['start'], {
    detached: true,
    stdio: ['ignore', output, output],
    env: { ...process.env, PORT: new URL(base).port, DATA_DIR: join(scratch, 'data') },
  });
  for (const name of ['SIGINT', 'SIGTERM'])
    process.once(name, () => signal(service.pid, 'SIGKILL') && process.exit(1));
  const get = (path) => fetch(base + path).catch(() => ({ ok: false }));
  try {
    const begun = Date.now();
    const gone = () => service.exitCode !== null || service.signalCode !== null;
    await until('ready', READY_WITHIN, async () => (await get('/health/ready')).ok, gone);
    console.log(`Ready ${((Date.now() - begun) / 1000).toFixed(1)} s after npm start.`);
    const page = await get('/');
    const text = page.ok ? await page.text() : '';
    if (!/<html/i.test(text))
      throw new Error(`the front page answered ${page.status}, and no page`);
    console.log(`The front page has ${text.length} characters.`);
    signal(service.pid, 'SIGTERM');
    await until('gone after SIGTERM', STOPPED_WITHIN, () => !signal(service.pid, 0));
  } catch (error) {
    console.error(`${error.message}. It had printed:\n${readFileSync(log, 'utf8')}`);
    process.exitCode = 1;
  } finally {
    signal(service.pid, 'SIGKILL');
    rmSync(scratch, { recursive: true, force: true });
  }
}

void main();
