import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/* The standalone program on a folder of its own, to be killed. */
const READY_WITHIN = 30_000;

export interface Service {
  readonly process: ChildProcess;
  readonly url: string;
  readonly token: string;
}

/** Started and listening; its token is the operator's. */
export async function start(folder: string): Promise<Service> {
  const file = join(folder, 'service.json');
  rmSync(file, { force: true });
  const main = join(__dirname, '../../apps/standalone/main.js');
  const child = spawn(process.execPath, [main], {
    env: { ...process.env, DATA_DIR: folder, PORT: '0', SEED: 'none', LOG_LEVEL: 'error' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  for (const end = Date.now() + READY_WITHIN; Date.now() < end; await pause(20)) {
    if (child.exitCode !== null) throw new Error(`The service ended with ${child.exitCode}.`);
    if (!existsSync(file)) continue;
    const { url, token } = JSON.parse(readFileSync(file, 'utf8')) as { url: string; token: string };
    return { process: child, url, token };
  }
  throw new Error('The service did not start in time.');
}

/** Projector and reactor have come to the end of the log. */
export async function caughtUp({ url }: Service): Promise<void> {
  for (const end = Date.now() + READY_WITHIN; Date.now() < end; await pause(50)) {
    const { followers } = (await (await fetch(`${url}/health/ready`)).json()) as {
      followers: { behindEvents: number }[];
    };
    if (followers.every(({ behindEvents }) => behindEvents === 0)) return;
  }
  throw new Error('The followers of the log did not catch up.');
}
