import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { Config } from '#platform';
import { Api, notDone } from './api';

/** What a running service leaves in its data folder while it listens; only its owner can read it. */
const announcement = z.object({
  pid: z.number().int().positive(),
  url: z.url(),
  token: z.string().min(1),
});
type Announcement = z.infer<typeof announcement>;

/** A service on the data folder, found or started for the occasion. */
export interface Service {
  readonly api: Api;
  /** True when it was started for this one piece of work. */
  readonly ours: boolean;
  /** Stops what was started; a service that was found goes on. */
  end(): Promise<void>;
}

/** A service of ours must be ready within this, in milliseconds; it may have read models to bring up to the log. */
const READY_WITHIN = 300_000;
/** And gone within this after it was asked to go, before it is made to. */
const GONE_WITHIN = 20_000;
const LOOK_EVERY = 100;

/**
 * The service to work through: the one SERVICE_URL names, or the one that runs on the data folder, or one of our own over
 * the stores that the settings name, for as long as the work takes. `say` hears what takes time.
 */
export async function serviceFor(config: Config, say: (line: string) => void): Promise<Service> {
  const { SERVICE_URL, SERVICE_TOKEN, DATA_DIR, MONGODB_URL } = config;
  if (SERVICE_URL !== undefined) return found(SERVICE_URL, SERVICE_TOKEN ?? '');
  const running = announcedIn(DATA_DIR);
  if (running !== undefined && isAlive(running.pid) && (await answers(running.url)))
    return found(running.url, running.token);
  if (MONGODB_URL === undefined) {
    say(`No service runs on ${DATA_DIR}; starting one for this.`);
    return started(DATA_DIR, say);
  }
  say('No service is named by SERVICE_URL; starting one over the shared stores for this.');
  // It keeps nothing of its own but how it is found.
  const folder = mkdtempSync(join(tmpdir(), 'side-by-side-ops-'));
  const away = () => {
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const service = await started(folder, say);
    return { ...service, end: () => service.end().finally(away) };
  } catch (error) {
    away();
    throw error;
  }
}

const found = (url: string, token: string): Service => ({
  api: new Api(url, token),
  ours: false,
  end: () => Promise.resolve(),
});

/** What the folder's service announces; undefined when there is nothing there, or nothing that can be read. */
function announcedIn(folder: string): Announcement | undefined {
  const file = join(folder, 'service.json');
  if (!existsSync(file)) return undefined;
  try {
    return announcement.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data;
  } catch (error) {
    // Being written or taken away at this moment: as good as not there.
    if (
      error instanceof SyntaxError ||
      (error instanceof Error && 'code' in error && error.code === 'ENOENT')
    ) {
      return undefined;
    }
    throw notDone(
      'Not allowed',
      `${file} is there but cannot be read: ${String(error)}. Run this as the user the service runs as.`,
    );
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Somebody else's process is alive too.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(new URL('/health/live', url), { signal: AbortSignal.timeout(5000) })).ok;
  } catch {
    return false;
  }
}

/** How a service of our own differs from the one the settings are for: nobody else reaches it, and it tells nobody outside. */
const OURS: Readonly<Record<string, string>> = {
  ...{ PORT: '0', HOST: '127.0.0.1', SEED: 'none', LOG_LEVEL: 'warn' },
  ...{ KAFKA_BROKERS: '', KAFKA_SSL: '', KAFKA_USERNAME: '', KAFKA_PASSWORD: '' },
  ...{ KAFKA_MECHANISM: '', SERVICE_URL: '', SERVICE_TOKEN: '' },
};

async function started(folder: string, say: (line: string) => void): Promise<Service> {
  const child = spawn(
    process.execPath,
    // Small young generation, as `npm start` has it: a big file then streams through in little memory.
    ['--enable-source-maps', '--max-semi-space-size=8', join(__dirname, '../standalone/main.js')],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, ...OURS, DATA_DIR: folder },
    },
  );
  const said: string[] = [];
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.push(text);
    if (said.length > 200) said.shift();
  });
  const stop = () => void child.kill('SIGTERM');
  process.once('SIGINT', stop).once('SIGTERM', stop);
  const end = async () => {
    process.off('SIGINT', stop).off('SIGTERM', stop);
    await gone(child);
  };
  try {
    const { url, token } = await ready(child, folder, () => said.join('').trim(), say);
    return { api: new Api(url, token), ours: true, end };
  } catch (error) {
    await end();
    throw error;
  }
}

async function ready(
  child: ChildProcess,
  folder: string,
  said: () => string,
  say: (line: string) => void,
): Promise<Announcement> {
  const begun = Date.now();
  let told = begun;
  for (; Date.now() - begun < READY_WITHIN; await pause(LOOK_EVERY)) {
    if (hasEnded(child)) {
      const why = said() || 'It said nothing.';
      throw notDone('Could not start', `No service could be started on ${folder}. ${why}`);
    }
    const announced = announcedIn(folder);
    if (announced !== undefined && announced.pid === child.pid && (await isReady(announced.url)))
      return announced;
    if (Date.now() - told > 5000) {
      told = Date.now();
      say('Still starting: the read models are being brought up to the log.');
    }
  }
  throw notDone(
    'Not ready',
    `The service on ${folder} was not ready within ${READY_WITHIN / 1000} s. ${said()}`,
  );
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(new URL('/health/ready', url), { signal: AbortSignal.timeout(5000) })).ok;
  } catch {
    return false;
  }
}

async function gone(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  const slow = setTimeout(() => child.kill('SIGKILL'), GONE_WITHIN);
  await exited;
  clearTimeout(slow);
}

const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean =>
  exitCode !== null || signalCode !== null;
