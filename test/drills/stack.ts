import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { tokensFrom } from '#platform';
import type { Engine } from '../engines/engine';
import { startEventStore } from '../engines/event-store/start';
import { startKafka } from '../engines/kafka';
import { startMongo } from '../engines/mongodb';
import { end, freePorts, hasEnded } from '../engines/programs';
import type { Api } from './load';
import { Namespaces } from './namespaces';

/** The built apps, beside this file's own build. */
const apps = join(__dirname, '../../apps');
const READY_WITHIN = 90_000;
const LOOK_EVERY = 50;

/** Which app a process runs. */
export type App = 'api' | 'web' | 'worker';

/** One process of the product, as the drills start, kill and start it again. */
export class Running {
  #child: ChildProcess | undefined;

  constructor(
    readonly app: App,
    readonly name: string,
    readonly url: string,
    private readonly settings: Readonly<Record<string, string>>,
    private readonly log: string,
    /** What its command begins with, where it has a host of its own. */
    readonly host: { readonly host: string; readonly within: readonly string[] } | undefined,
  ) {}

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  start(): void {
    const command = [
      ...(this.host?.within ?? []),
      process.execPath,
      '--max-semi-space-size=8',
      join(apps, this.app, 'main.js'),
    ];
    const child = spawn(command[0] ?? '', command.slice(1), {
      env: { PATH: process.env['PATH'], ...this.settings },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    child.stderr.pipe(createWriteStream(this.log, { flags: 'a' }));
    this.#child = child;
  }

  async ready(within = READY_WITHIN): Promise<void> {
    for (const end = Date.now() + within; Date.now() < end; await pause(LOOK_EVERY)) {
      if (this.#child === undefined || hasEnded(this.#child))
        throw new Error(`${this.name} ended: ${this.said()}`);
      if (await this.isReady()) return;
    }
    throw new Error(
      `${this.name} was not ready within ${within / 1000} s: ${JSON.stringify(await this.health())} ${this.said()}`,
    );
  }

  async isReady(): Promise<boolean> {
    return (await this.health())?.ok === true;
  }

  async health(): Promise<
    | {
        ok: boolean;
        followers: readonly { name: string; behindEvents: number; position: number }[];
      }
    | undefined
  > {
    try {
      const response = await fetch(`${this.url}/health/ready`, {
        signal: AbortSignal.timeout(3000),
      });
      const body = (await response.json()) as { followers?: [] };
      return { ...body, ok: response.ok, followers: body.followers ?? [] };
    } catch {
      return undefined;
    }
  }

  /** kill -9 and gone. */
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

  /** The end of what it wrote on stderr. */
  said(): string {
    return readFileSync(this.log, 'utf8').slice(-2000);
  }
}

export interface StackWishes {
  readonly apis?: number;
  readonly webs?: number;
  readonly workers?: number;
  /** Each process on a host of its own, so that pairs can be cut. */
  readonly namespaces?: boolean;
}

/** Stacks made by this process: each has a bridge of its own, for the links of one that is gone take a moment to go. */
let made = 0;

/** The last number of each engine's address on the bridge. */
const PLACES = { 'event store': 10, mongodb: 20, kafka: 30 } as const;
export type EngineName = keyof typeof PLACES;

/** The three engines and the product's processes over them, all of this machine. */
export class Stack {
  readonly #processes: Running[] = [];

  private constructor(
    readonly engines: Readonly<Record<EngineName, Engine>>,
    readonly settings: Readonly<Record<string, string>>,
    readonly token: string,
    readonly folder: string,
    readonly namespaces: Namespaces | undefined,
  ) {}

  static async start(wishes: StackWishes = {}): Promise<Stack> {
    const { apis = 2, webs = 0, workers = 2 } = wishes;
    const folder = mkdtempSync(join(tmpdir(), 'side-by-side-stack-'));
    const namespaces =
      wishes.namespaces === true
        ? new Namespaces(`10.77.${(process.pid + made++) % 200}`, Object.values(PLACES))
        : undefined;
    const at = (name: EngineName) =>
      namespaces === undefined ? {} : { host: namespaces.engine(PLACES[name]) };
    const [eventStore, mongodb, kafka] = await Promise.all([
      startEventStore(at('event store')),
      startMongo(at('mongodb')),
      startKafka(at('kafka')),
    ]);
    const engines = { 'event store': eventStore, mongodb, kafka };
    const key = randomBytes(32).toString('base64');
    const settings = {
      EVENTSTORE_URL: eventStore.url,
      MONGODB_URL: mongodb.url,
      MONGODB_DATABASE: `stack_${process.pid}`,
      KAFKA_BROKERS: kafka.url,
      KAFKA_TOPIC_PREFIX: `stack-${process.pid}`,
      SIGNING_KEY: key,
      SIGN_IN: 'token',
      LOG_LEVEL: 'warn',
    };
    const token = await tokensFrom(key).issue({ id: 'ops', role: 'operator' }, 86_400);
    const stack = new Stack(engines, settings, token, folder, namespaces);
    try {
      await stack.ops('migrate');
      for (let n = 0; n < workers; n++) await stack.add('worker');
      for (let n = 0; n < apis; n++) await stack.add('api');
      for (let n = 0; n < webs; n++) await stack.add('web');
    } catch (error) {
      await stack.dispose(true);
      throw error;
    }
    return stack;
  }

  get workers(): readonly Running[] {
    return this.#processes.filter(({ app }) => app === 'worker');
  }
  get apis(): readonly Running[] {
    return this.#processes.filter(({ app }) => app === 'api');
  }
  get webs(): readonly Running[] {
    return this.#processes.filter(({ app }) => app === 'web');
  }

  /** Where commands can be given now. */
  api(): readonly Api[] {
    return this.apis.map(({ url }) => ({ url, token: this.token }));
  }

  /** One more process; resolves when it is ready. */
  async add(app: App): Promise<Running> {
    const name = `${app}-${this.#processes.length + 1}`;
    const host = this.namespaces?.add(name.replace('worker', 'w'));
    const [port = 0] = await freePorts(1);
    const address = host?.address ?? '127.0.0.1';
    const running = new Running(
      app,
      name,
      `http://${address}:${port}`,
      {
        ...this.settings,
        HOST: address,
        PORT: String(port),
        DATA_DIR: join(this.folder, name),
      },
      join(this.folder, `${name}.log`),
      host,
    );
    this.#processes.push(running);
    running.start();
    await running.ready();
    return running;
  }

  /** Runs one verb of the command line over the engines; what it printed. Throws with what it said when it fails. */
  async ops(...words: readonly string[]): Promise<string> {
    const child = spawn(process.execPath, [join(apps, 'ops/main.js'), ...words], {
      env: {
        PATH: process.env['PATH'],
        ...this.settings,
        DATA_DIR: join(this.folder, 'ops'),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    child.stdout.on('data', (text: Buffer) => (said += text.toString()));
    child.stderr.on('data', (text: Buffer) => (said += text.toString()));
    await once(child, 'close');
    if (child.exitCode !== 0) throw new Error(`ops ${words.join(' ')} failed: ${said}`);
    return said;
  }

  /** Every worker has come to the end of the log, and what it published is confirmed. */
  async caughtUp(within = READY_WITHIN): Promise<void> {
    let last: unknown;
    for (const end = Date.now() + within; Date.now() < end; await pause(100)) {
      const healths = await Promise.all(this.workers.map((worker) => worker.health()));
      last = healths;
      const behind = healths.flatMap((health) => health?.followers ?? []);
      const whole = healths.every((health) => health?.ok === true);
      // Only the worker that publishes tells how far that is; until one does, nobody does.
      const told = behind.some(({ name }) => name === 'publisher');
      if (whole && told && behind.every(({ behindEvents }) => behindEvents === 0)) return;
    }
    throw new Error(`The workers did not catch up: ${JSON.stringify(last)}`);
  }

  async dispose(keep = false): Promise<void> {
    await Promise.all(this.#processes.map((running) => running.kill()));
    await Promise.all(Object.values(this.engines).map((engine) => engine.dispose()));
    this.namespaces?.dispose();
    if (!keep) rmSync(this.folder, { recursive: true, force: true });
  }
}
