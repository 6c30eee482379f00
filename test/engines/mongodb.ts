import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Engine } from './engine';
import { end, hasEnded } from './programs';

/**
 * A server that speaks MongoDB's protocol, for where no mongod can be had: secantusd-rs, over WiredTiger, of the crate
 * secantus-mdb. It is under the GPL: a program of its own that is started, never linked and never shipped.
 */
const CRATE = 'secantus-mdb';
const VERSION = '0.5.3-beta.196';
/** Built once; outside the checkout, so that a clean one finds it again. */
const CACHE = join(homedir(), '.cache/side-by-side');
const PROGRAM = join(CACHE, `${CRATE}-${VERSION}`, 'bin/secantusd-rs');
/** How long it may take to be ready on a busy machine, in ms; alone it takes one or two seconds. */
const READY = 60_000;
/** A build takes a quarter of an hour on two cores. */
const BUILD = 45 * 60_000;

const run = promisify(execFile);

export interface MongoOptions {
  /** Address to listen on; default 127.0.0.1. */
  readonly host?: string;
  /** More of the server’s own flags, e.g. `--auth` or `--standalone`. */
  readonly flags?: readonly string[];
}

/** Why no MongoDB can be had here, as a sentence; undefined when one can. */
export async function whyNoMongo(): Promise<string | undefined> {
  if (process.env['MONGODB_URL'] || existsSync(PROGRAM)) return undefined;
  for (const tool of ['cargo', 'cmake', 'cc']) {
    try {
      await run(tool, ['--version']);
    } catch {
      return `The server for tests (${CRATE}) is built by cargo with cmake and a C compiler, and there is no ${tool} on this machine. Or set MONGODB_URL to a replica set.`;
    }
  }
  return undefined;
}

/** Starts a server that speaks MongoDB's protocol, building it when it is missing; or answers with the one MONGODB_URL names. */
export async function startMongo(options: MongoOptions = {}): Promise<Engine> {
  const given = process.env['MONGODB_URL'];
  if (given) return notOurs(given);
  await built();
  const folder = mkdtempSync(join(tmpdir(), 'mongodb-'));
  const server = new OwnServer(folder, options);
  try {
    await server.restart();
  } catch (error) {
    await server.dispose();
    throw error;
  }
  return server;
}

async function built(): Promise<void> {
  if (existsSync(PROGRAM)) return;
  mkdirSync(CACHE, { recursive: true });
  // Under another name first: several suites may start at once, and half a build must never be taken for a whole one.
  const making = mkdtempSync(join(CACHE, 'making-'));
  // Its lowest Rust is stated higher than it needs; without --version cargo does not take a beta.
  const version = ['--version', VERSION, '--locked', '--ignore-rust-version'];
  await run('cargo', ['install', CRATE, ...version, '--root', making], {
    timeout: BUILD,
    maxBuffer: 64 * 1024 * 1024,
  });
  await rename(making, join(CACHE, `${CRATE}-${VERSION}`)).catch(async (error: unknown) => {
    await rm(making, { recursive: true, force: true });
    if (!existsSync(PROGRAM)) throw error;
  });
}

class OwnServer implements Engine {
  readonly name = 'MongoDB';
  readonly kind = 'protocol-compatible';
  #child: ChildProcess | undefined;
  /** 0 until it has chosen one. */
  #port = 0;
  #starts = 0;

  constructor(
    private readonly folder: string,
    private readonly options: MongoOptions,
  ) {}

  get url(): string {
    return `mongodb://${this.#host}:${this.#port}/?directConnection=true`;
  }

  async restart(): Promise<void> {
    const config = join(this.folder, 'empty.toml');
    // Else it looks for one in the home folder.
    await writeFile(config, '');
    const log = join(this.folder, `server-${(this.#starts += 1)}.log`);
    const out = openSync(log, 'a');
    const words = [
      ...['--host', this.#host, '--port', String(this.#port), '--config', config],
      ...['--storage-path', join(this.folder, 'data')],
      // Without it an acknowledged write may be lost in a crash, whatever the write concern says.
      '--sync-on-commit',
      ...['--log-file-max', '16MB', '--cache-size', '256M', '--log-level', 'WARNING'],
      ...(this.options.flags ?? []),
    ];
    const child = spawn(PROGRAM, words, { stdio: ['ignore', out, out] });
    closeSync(out);
    this.#child = child;
    const deadline = Date.now() + READY;
    for (;;) {
      const said = readFileSync(log, 'utf8');
      const port = /listening on [^\s]*:(\d+)/.exec(said)?.[1];
      if (port !== undefined) {
        this.#port = Number(port);
        return;
      }
      if (hasEnded(child) || Date.now() > deadline) {
        await this.kill();
        throw new Error(`The MongoDB server for tests did not start:\n${said.slice(-3000)}`);
      }
      await pause(20);
    }
  }

  async kill(): Promise<void> {
    await end(this.#child, 'SIGKILL');
  }

  async stop(): Promise<void> {
    await end(this.#child, 'SIGTERM');
  }

  freeze(): void {
    this.#child?.kill('SIGSTOP');
  }

  thaw(): void {
    this.#child?.kill('SIGCONT');
  }

  async dispose(): Promise<void> {
    await this.kill();
    await rm(this.folder, { recursive: true, force: true });
  }

  get #host(): string {
    return this.options.host ?? '127.0.0.1';
  }
}

/** A MongoDB of somebody else's: it is used, and neither stopped nor cleared. */
function notOurs(url: string): Engine {
  const refuse = (): never => {
    throw new Error('The MongoDB that MONGODB_URL names is not ours to stop.');
  };
  return {
    name: 'MongoDB',
    kind: 'real',
    url,
    kill: refuse,
    restart: refuse,
    freeze: refuse,
    thaw: refuse,
    stop: refuse,
    dispose: () => Promise.resolve(),
  };
}
