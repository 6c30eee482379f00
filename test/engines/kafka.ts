import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, closeSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Engine } from './engine';
import { end, freePorts, hasEnded } from './programs';

const KAFKA = '4.4.0';
const LOG4J = '2.25.5';
/** Kafka's published jars, fetched once; outside the checkout, so that a clean one finds them again. */
const CACHE = join(homedir(), '.cache/side-by-side', `kafka-${KAFKA}`);
/** How long a broker may take to be ready on a busy machine, in ms; alone it takes 3 to 8 seconds. */
const READY = 90_000;

const LOOPBACK = '127.0.0.1';

const run = promisify(execFile);

const POM = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>uk.sidebyside</groupId><artifactId>kafka-for-tests</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>${KAFKA}</version></dependency>
    <dependency><groupId>org.apache.logging.log4j</groupId><artifactId>log4j-slf4j-impl</artifactId><version>${LOG4J}</version></dependency>
  </dependencies>
</project>
`;

/** Errors only, and the line that says a broker is ready. */
const LOG4J_XML = `<Configuration status="ERROR">
  <Appenders><Console name="out" target="SYSTEM_OUT"><PatternLayout pattern="%d %p %c{1} %m%n"/></Console></Appenders>
  <Loggers>
    <Root level="WARN"><AppenderRef ref="out"/></Root>
    <Logger name="kafka.server.KafkaRaftServer" level="INFO"/>
    <Logger name="org.apache.kafka.server" level="WARN"/>
  </Loggers>
</Configuration>
`;

/** A cluster as the tests use it: all of `Engine` for every broker at once, and each broker by itself. */
export interface KafkaEngine extends Engine {
  readonly brokers: readonly Broker[];
}
/** One broker. Its `id` is what Kafka's metadata calls a leader by. */
export interface Broker extends Omit<Engine, 'name' | 'kind' | 'dispose'> {
  readonly id: number;
}

export interface KafkaOptions {
  /** Address to listen on; default the loopback. */
  readonly host?: string;
  /** Default 1. Three make a cluster in which a broker can be lost; each takes about 450 MB. */
  readonly brokers?: 1 | 3;
  /** Lines of server.properties beyond our own, or in place of them. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Where a broker keeps its data; default a temporary folder. */
  readonly folder?: string;
  /** People who must sign in with a password (SASL/PLAIN); absent: everybody may come in. */
  readonly users?: Readonly<Record<string, string>>;
}

/** Why no Kafka can be had here, as a sentence; undefined when one can. */
export async function whyNoKafka(): Promise<string | undefined> {
  if (process.env['KAFKA_BROKERS']) return undefined;
  try {
    const { stderr, stdout } = await run('java', ['-version']);
    const version = Number(/version "(\d+)/.exec(stderr + stdout)?.[1]);
    if (version < 17) return `Kafka needs Java 17; this machine has Java ${version}.`;
  } catch {
    return 'Kafka needs Java 17, and there is no java on this machine.';
  }
  if (existsSync(join(CACHE, 'lib'))) return undefined;
  try {
    await run('mvn', ['-version']);
    return undefined;
  } catch {
    return `Kafka's jars are fetched by Maven, which is not on this machine; they would be kept in ${CACHE}.`;
  }
}

/** Fetches Kafka's jars unless they are there: 45 jars, 43 MB, ten seconds; then no network is needed. */
async function jars(): Promise<string> {
  const lib = join(CACHE, 'lib');
  if (existsSync(lib)) return lib;
  mkdirSync(CACHE, { recursive: true });
  // Under another name first: several suites may start at once, and a half-filled folder must never be taken for whole.
  const making = mkdtempSync(join(CACHE, 'making-'));
  await writeFile(join(making, 'pom.xml'), POM);
  await run('mvn', ['-B', '-q', 'dependency:copy-dependencies', '-DoutputDirectory=lib'], {
    cwd: making,
    timeout: 300_000,
  });
  await rename(join(making, 'lib'), lib).catch((error: unknown) => {
    if (!existsSync(lib)) throw error;
  });
  await rm(making, { recursive: true, force: true });
  return lib;
}

/** Starts a real Kafka in KRaft mode, or answers with the one KAFKA_BROKERS names. */
export async function startKafka(options: KafkaOptions = {}): Promise<KafkaEngine> {
  const given = process.env['KAFKA_BROKERS'];
  if (given) return notOurs(given);
  const lib = await jars();
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'kafka-'));
  const count = options.brokers ?? 1;
  const ports = await freePorts(count * 2);
  const members = Array.from({ length: count }, (_, i) => ({
    id: i + 1,
    port: ports[i * 2]!,
    controller: ports[i * 2 + 1]!,
  }));
  // 22 characters of base64url that do not begin like an option.
  const clusterId = `A${randomBytes(16).toString('base64url').slice(0, 21)}`;
  const brokers = await Promise.all(
    members.map(async (member) => {
      const home = join(folder, String(member.id));
      mkdirSync(home, { recursive: true });
      await writeFile(join(home, 'log4j2.xml'), LOG4J_XML);
      await writeFile(
        join(home, 'server.properties'),
        properties({ ...settingsOf(member, members, home, options), ...options.settings }),
      );
      return new OwnBroker(member.id, options.host ?? LOOPBACK, member.port, home, lib, clusterId);
    }),
  );
  try {
    await Promise.all(brokers.map((broker) => broker.start()));
  } catch (error) {
    await Promise.all(brokers.map((broker) => broker.kill()));
    throw error;
  }
  const each = async (act: (broker: OwnBroker) => Promise<void>): Promise<void> => {
    await Promise.all(brokers.map(act));
  };
  return {
    name: 'Kafka',
    kind: 'real',
    url: brokers.map(({ url }) => url).join(','),
    brokers,
    kill: () => each((broker) => broker.kill()),
    restart: () => each((broker) => broker.restart()),
    freeze: () => brokers.forEach((broker) => broker.freeze()),
    thaw: () => brokers.forEach((broker) => broker.thaw()),
    stop: () => each((broker) => broker.stop()),
    dispose: async () => {
      await each((broker) => broker.kill());
      await rm(folder, { recursive: true, force: true });
    },
  };
}

interface Member {
  readonly id: number;
  readonly port: number;
  readonly controller: number;
}

function settingsOf(
  { id, port, controller }: Member,
  members: readonly Member[],
  home: string,
  { users, host = LOOPBACK }: KafkaOptions,
): Record<string, string> {
  const copies = String(members.length);
  const outside = users === undefined ? 'PLAINTEXT' : 'SASL_PLAINTEXT';
  const people = Object.entries(users ?? {}).map(([name, word]) => `user_${name}="${word}"`);
  const login = 'org.apache.kafka.common.security.plain.PlainLoginModule required';
  const [first = '', secret = ''] = Object.entries(users ?? {})[0] ?? [];
  return {
    'process.roles': 'broker,controller',
    'node.id': String(id),
    'controller.quorum.voters': members
      .map((member) => `${member.id}@127.0.0.1:${member.controller}`)
      .join(','),
    listeners: `OUTSIDE://${host}:${port},CONTROLLER://127.0.0.1:${controller}`,
    'advertised.listeners': `OUTSIDE://${host}:${port}`,
    'controller.listener.names': 'CONTROLLER',
    'inter.broker.listener.name': 'OUTSIDE',
    'listener.security.protocol.map': `OUTSIDE:${outside},CONTROLLER:PLAINTEXT`,
    'log.dirs': join(home, 'data'),
    'auto.create.topics.enable': 'false',
    'offsets.topic.replication.factor': copies,
    'offsets.topic.num.partitions': '1',
    'transaction.state.log.replication.factor': copies,
    'transaction.state.log.min.isr': '1',
    'transaction.state.log.num.partitions': '1',
    'share.coordinator.state.topic.replication.factor': copies,
    'share.coordinator.state.topic.min.isr': '1',
    'group.initial.rebalance.delay.ms': '0',
    // A broker that was killed is missed, and taken back, in seconds instead of a quarter of a minute.
    'broker.session.timeout.ms': '3000',
    'broker.heartbeat.interval.ms': '500',
    // Compaction that a test can wait for.
    'log.cleaner.backoff.ms': '500',
    'log.cleaner.dedupe.buffer.size': String(8 * 1024 * 1024),
    'log.cleaner.io.buffer.size': String(1024 * 1024),
    ...(users === undefined
      ? {}
      : {
          'sasl.enabled.mechanisms': 'PLAIN',
          'sasl.mechanism.inter.broker.protocol': 'PLAIN',
          'listener.name.outside.plain.sasl.jaas.config': `${login} username="${first}" password="${secret}" ${people.join(' ')};`,
        }),
  };
}

const properties = (settings: Readonly<Record<string, string>>): string =>
  Object.entries(settings)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');

class OwnBroker implements Broker {
  private child: ChildProcess | undefined;
  readonly url: string;

  constructor(
    readonly id: number,
    private readonly host: string,
    private readonly port: number,
    private readonly home: string,
    private readonly lib: string,
    private readonly clusterId: string,
  ) {
    this.url = `${host}:${port}`;
  }

  async start(): Promise<void> {
    const settings = join(this.home, 'server.properties');
    const format = ['format', '-t', this.clusterId, '-c', settings];
    await run('java', [...this.java('64m'), 'kafka.tools.StorageTool', ...format]);
    await this.restart();
  }

  async restart(): Promise<void> {
    const log = join(this.home, `broker-${Date.now()}.log`);
    const out = openSync(log, 'a');
    const child = spawn(
      'java',
      [...this.java('512m'), 'kafka.Kafka', join(this.home, 'server.properties')],
      { stdio: ['ignore', out, out] },
    );
    closeSync(out);
    this.child = child;
    const deadline = Date.now() + READY;
    while (!readFileSync(log, 'utf8').includes('Kafka Server started')) {
      if (hasEnded(child) || Date.now() > deadline) {
        await this.kill();
        throw new Error(`Kafka did not start:\n${readFileSync(log, 'utf8').slice(-3000)}`);
      }
      await pause(50);
    }
    while (!(await answers(this.host, this.port))) await pause(50);
  }

  async kill(): Promise<void> {
    await end(this.child, 'SIGKILL');
  }

  async stop(): Promise<void> {
    await end(this.child, 'SIGTERM');
  }

  freeze(): void {
    this.child?.kill('SIGSTOP');
  }

  thaw(): void {
    this.child?.kill('SIGCONT');
  }

  private java(heap: string): readonly string[] {
    const log4j = `-Dlog4j2.configurationFile=${join(this.home, 'log4j2.xml')}`;
    return [`-Xmx${heap}`, '-XX:+UseSerialGC', log4j, '-cp', join(this.lib, '*')];
  }
}

/** A Kafka of somebody else's: it is used, and neither stopped nor cleared. */
function notOurs(url: string): KafkaEngine {
  const refuse = (): never => {
    throw new Error('The Kafka that KAFKA_BROKERS names is not ours to stop.');
  };
  return {
    name: 'Kafka',
    kind: 'real',
    url,
    brokers: [],
    kill: refuse,
    restart: refuse,
    freeze: refuse,
    thaw: refuse,
    stop: refuse,
    dispose: () => Promise.resolve(),
  };
}

function answers(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ port, host });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
