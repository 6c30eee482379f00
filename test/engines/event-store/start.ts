import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { compiled } from '../../drills/compiled';
import type { Engine } from '../engine';
import type { Fault } from './faults';

export type { Fault } from './faults';

const SOURCES = 'test/engines/event-store';
const LOOPBACK = '127.0.0.1';
/** How long the server may take until it listens, in ms; alone it takes a third of a second. */
const READY = 30_000;

export interface EventStoreOptions {
  /** Address to listen on; default the loopback. */
  readonly host?: string;
  /** Where it keeps its log; default a temporary folder, which `dispose` removes. */
  readonly folder?: string;
  /** Faults that are on from the first moment. */
  readonly faults?: readonly Fault[];
  /** The version that it says it is; one before 21.10 cannot be asked. Default 24.10.6. */
  readonly version?: string;
  /** Compresses what it sends, as a real one does unless it is told otherwise. Default: it does not. */
  readonly compress?: boolean;
  /** TLS with a certificate of its own, and users; without it, everybody may do everything. */
  readonly tls?: boolean;
  /** With `tls`: users beside `admin` and `ops`, whose passwords are `changeit`. */
  readonly users?: Readonly<Record<string, { password: string; groups?: readonly string[] }>>;
  /** Writes an event about itself every so many ms. Default never. */
  readonly chatter?: number;
  /** How many nodes share the log; the first leads until `lead` says otherwise. Default 1. */
  readonly nodes?: number;
}

export interface EventStoreEngine extends Engine {
  /** From now on this goes wrong; see faults.ts. */
  fault(spec: Fault): Promise<void>;
  /** No fault is on any more. */
  lift(): Promise<void>;
  /** Removes from the log what no reader of a stream sees any more; resolves with how many events. */
  scavenge(): Promise<number>;
  /** From now on this node leads: the others send appends there. Counted from 0. */
  lead(node: number): Promise<void>;
  state(): Promise<{ events: number; end: number; connections: number }>;
  /** Faults of a restart are on from its first moment. */
  restart(faults?: readonly Fault[]): Promise<void>;
  /** The certificate to trust, where it has TLS. */
  readonly certificate: string | undefined;
  readonly pid: number | undefined;
}

const ours = (): never => {
  throw new Error('EVENTSTORE_URL points at a server that is not ours to stop, or to break.');
};

/** The server that EVENTSTORE_URL points at: to be used, and left alone. */
const real = (url: string): EventStoreEngine => ({
  name: 'EventStoreDB',
  kind: 'real',
  url,
  certificate: undefined,
  pid: undefined,
  kill: ours,
  restart: ours,
  freeze: ours,
  thaw: ours,
  stop: ours,
  fault: ours,
  lift: ours,
  scavenge: ours,
  lead: ours,
  state: ours,
  dispose: () => Promise.resolve(),
});

/** A certificate for this host, signed by itself, and its key. */
function certify(folder: string, host: string): { cert: string; key: string } {
  const [cert, key] = [join(folder, 'server.crt'), join(folder, 'server.key')];
  const names = `subjectAltName=IP:${host},DNS:localhost`;
  const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const what = ['-days', '2', '-subj', '/CN=event-store', '-addext', names];
  try {
    execFileSync('openssl', ['req', ...kind, ...what, '-keyout', key, '-out', cert], {
      stdio: 'pipe',
    });
  } catch (cause) {
    throw new Error('No certificate could be made: is the openssl command installed?', { cause });
  }
  return { cert, key };
}

/** Arguments of the server that stay the same over its restarts. */
function argumentsFor(options: EventStoreOptions, folder: string, host: string): string[] {
  mkdirSync(folder, { recursive: true });
  const args = ['--data', folder, '--host', host];
  if (options.version !== undefined) args.push('--server-version', options.version);
  if (options.compress === true) args.push('--compress');
  if (options.chatter !== undefined) args.push('--chatter', options.chatter.toString());
  if (options.tls !== true) return args;
  const { cert, key } = certify(folder, host);
  args.push('--cert', cert, '--key', key);
  args.push('--user', 'admin:changeit:$admins', '--user', 'ops:changeit:$ops');
  for (const [name, { password, groups = [] }] of Object.entries(options.users ?? {})) {
    args.push('--user', `${name}:${password}:${groups.join(',')}`);
  }
  return args;
}

/** Where the program is: beside this one in dist, or compiled for the purpose when this one is run from its source. */
function program(work: string): string {
  const beside = join(__dirname, 'server.js');
  if (__filename.endsWith('.js')) return beside;
  compiled(join(work, 'program'), [SOURCES, 'test/engines/engine.ts']);
  return join(work, 'program', SOURCES, 'server.js');
}

class OwnServer implements EventStoreEngine {
  readonly name = 'EventStoreDB';
  readonly kind = 'protocol-compatible';
  readonly certificate: string | undefined;
  #process: ChildProcess | undefined;
  /** HOST:PORT of each node, and the port that faults come by. */
  #listening: { members: readonly string[]; control: number };
  readonly #work = mkdtempSync(join(tmpdir(), 'event-store-'));
  readonly #program: string;
  readonly #arguments: readonly string[];
  readonly #host: string;
  readonly #goodbye = (): void => void this.#process?.kill('SIGKILL');

  constructor(private readonly options: EventStoreOptions) {
    this.#host = options.host ?? LOOPBACK;
    const nodes = Array.from({ length: options.nodes ?? 1 }, () => `${this.#host}:0`);
    this.#listening = { members: nodes, control: 0 };
    this.#program = program(this.#work);
    this.#arguments = argumentsFor(options, options.folder ?? join(this.#work, 'data'), this.#host);
    this.certificate = this.#arguments[this.#arguments.indexOf('--cert') + 1];
    if (options.tls !== true) this.certificate = undefined;
    process.on('exit', this.#goodbye);
  }

  get url(): string {
    const members = this.#listening.members.join(',');
    if (this.certificate === undefined) return `esdb://${members}?tls=false`;
    // Certificates are for names: Node warns of one that is for an address.
    const named = members.replaceAll(LOOPBACK, 'localhost');
    const trusted = encodeURIComponent(this.certificate);
    return `esdb://admin:changeit@${named}?tls=true&tlsCAFile=${trusted}`;
  }

  get pid(): number | undefined {
    return this.#process?.pid;
  }

  async restart(faults: readonly Fault[] = []): Promise<void> {
    if (this.#process !== undefined) throw new Error('The event store server is running already.');
    const { members, control } = this.#listening;
    const ports = members.flatMap((member) => ['--port', member.split(':')[1] ?? '0']);
    ports.push('--control', control.toString());
    const broken = faults.flatMap((fault) => ['--fault', JSON.stringify(fault)]);
    const child = spawn(
      process.execPath,
      [this.#program, ...this.#arguments, ...ports, ...broken],
      {
        // It ends when its channel to this process does, however this process ends.
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      },
    );
    this.#process = child;
    child.once('exit', () => {
      if (this.#process === child) this.#process = undefined;
    });
    let complaint = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      complaint = (complaint + text).slice(-4000);
    });
    const timer = setTimeout(() => child.kill('SIGKILL'), READY);
    try {
      for await (const line of createInterface({ input: child.stdout! })) {
        this.#listening = JSON.parse(line) as { members: string[]; control: number };
        break;
      }
    } finally {
      clearTimeout(timer);
    }
    if (this.#listening.control === 0 || this.pid === undefined) {
      throw new Error(`The event store server did not start. ${complaint}`);
    }
    // A program that is done ends, whether or not it has thought of its engines.
    const pipes = [child.stdout, child.stderr] as (Socket | null)[];
    for (const handle of [child, child.channel, ...pipes]) handle?.unref();
  }

  kill(): Promise<void> {
    return this.#end('SIGKILL');
  }

  stop(): Promise<void> {
    return this.#end('SIGTERM');
  }

  freeze(): void {
    this.#process?.kill('SIGSTOP');
  }

  thaw(): void {
    this.#process?.kill('SIGCONT');
  }

  async dispose(): Promise<void> {
    await this.kill();
    process.off('exit', this.#goodbye);
    rmSync(this.#work, { recursive: true, force: true });
  }

  async fault(spec: Fault): Promise<void> {
    await this.#control('POST', '/faults', spec);
  }

  async lift(): Promise<void> {
    await this.#control('DELETE', '/faults');
  }

  async scavenge(): Promise<number> {
    return ((await this.#control('POST', '/scavenge')) as { removed: number }).removed;
  }

  async lead(node: number): Promise<void> {
    await this.#control('POST', '/leader', node);
  }

  async state(): Promise<{ events: number; end: number; connections: number }> {
    return (await this.#control('GET', '/state')) as never;
  }

  async #end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const child = this.#process;
    if (child === undefined) return;
    child.ref();
    const gone = once(child, 'exit');
    child.kill('SIGCONT');
    child.kill(signal);
    await gone;
  }

  async #control(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(`http://127.0.0.1:${this.#listening.control}${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
    return response.json();
  }
}

/** Starts a server of our own, or takes the real one that EVENTSTORE_URL points at. */
export async function startEventStore(options: EventStoreOptions = {}): Promise<EventStoreEngine> {
  const url = process.env['EVENTSTORE_URL'];
  if (url) return real(url);
  return startOwnEventStore(options);
}

/** A server of our own, whatever EVENTSTORE_URL says: for what a real one cannot be asked to do. */
export async function startOwnEventStore(
  options: EventStoreOptions = {},
): Promise<EventStoreEngine> {
  const server = new OwnServer(options);
  try {
    await server.restart(options.faults);
  } catch (error) {
    await server.dispose();
    throw error;
  }
  return server;
}
