import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/*
 * The product's processes as they are run: compiled, each a process of its own on a free port. dist/ has to be of these
 * sources.
 */
const APPS = join(__dirname, '../../dist/apps');
const READY_WITHIN = 60_000;
const LOOK_EVERY = 50;

export type Settings = Readonly<Record<string, string>>;

/** How a process ended. */
export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  /** From its start, in ms. */
  readonly took: number;
}

/** Nothing of whoever runs the tests but what a program needs to be found. */
const environment = (settings: Settings): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'],
  HOME: process.env['HOME'],
  ...settings,
});

/** One process of the product. */
export class Process {
  private readonly begun = performance.now();
  private readonly out: string[] = [];
  private readonly err: string[] = [];
  private readonly child: ChildProcess;
  private readonly closed: Promise<number | null>;

  constructor(app: string, settings: Settings, args: readonly string[] = []) {
    const main = join(APPS, app, 'main.js');
    this.child = spawn(process.execPath, ['--enable-source-maps', main, ...args], {
      env: environment({ PORT: '0', ...settings }),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child.stdout!.setEncoding('utf8').on('data', (text: string) => this.out.push(text));
    this.child.stderr!.setEncoding('utf8').on('data', (text: string) => this.err.push(text));
    this.closed = once(this.child, 'close').then(([code]) => code as number | null);
  }

  get said(): string {
    return this.err.join('');
  }

  /** Where it listens, as soon as it says so. */
  async url(): Promise<string> {
    for (const end = Date.now() + READY_WITHIN; Date.now() < end; await pause(LOOK_EVERY)) {
      const url = /(?:is|are) at (http:\S+)/.exec(this.said)?.[1];
      if (url !== undefined) return url;
      if (this.child.exitCode !== null) throw new Error(`It ended: ${this.said}`);
    }
    throw new Error(`It does not listen within ${READY_WITHIN / 1000} s: ${this.said}`);
  }

  async ready(): Promise<string> {
    const url = await this.url();
    for (const end = Date.now() + READY_WITHIN; Date.now() < end; await pause(LOOK_EVERY)) {
      if ((await healthOf(url)).ready) return url;
      if (this.child.exitCode !== null) throw new Error(`It ended: ${this.said}`);
    }
    throw new Error(`It was not ready: ${this.said} ${JSON.stringify(await healthOf(url))}`);
  }

  signal(name: NodeJS.Signals): void {
    this.child.kill(name);
  }

  async ended(): Promise<Ended> {
    const code = await this.closed;
    const took = performance.now() - this.begun;
    return { code, out: this.out.join(''), err: this.said, took };
  }

  /** Ends it whatever it does. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.closed;
  }
}

export interface Health {
  readonly ready: boolean;
  readonly faults: readonly string[];
  readonly followers: readonly { readonly name: string; readonly behindEvents: number }[];
}

/** What a process says of its health; not ready, with no faults, when it does not answer. */
export async function healthOf(url: string): Promise<Health> {
  try {
    const response = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(10_000) });
    return { ...((await response.json()) as Health), ready: response.ok };
  } catch {
    return { ready: false, faults: [], followers: [] };
  }
}

/** Runs the command line to its end. */
export const ops = (settings: Settings, ...args: readonly string[]): Promise<Ended> =>
  new Process('ops', settings, args).ended();
