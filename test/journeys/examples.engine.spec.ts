import { execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Kafka, Partitioners, logLevel } from 'kafkajs';
import { migrateKafka, openEmbeddedEventStore, openKafkaPublisher } from '#adapters';
import { EventCodec, openDoor, Publishing } from '#application';
import { aggregates } from '#domain';
import type { Position } from '#kernel';
import { audiences } from '#kernel';
import { readEnvelope, readSnapshot, snapshotTopics, topics } from '#streams';
import { sampleEvents, sent } from '../../scripts/sample-messages';
import { startKafka, whyNoKafka } from '../engines/kafka';
import type { KafkaEngine } from '../engines/kafka';
import { County, newSchool } from './county';

/*
 * The examples as they are given to others, each run as its README says, against a real Kafka that holds messages as
 * they go out.
 */
const root = join(__dirname, '../..');
const run = promisify(execFile);
jest.setTimeout(120_000);

/** A Python with the packages the example asks for, kept outside the checkout; or why there is none. */
function pythonForExamples(): { readonly python: string } | { readonly why: string } {
  const wanted = join(root, 'examples/consumer-python/requirements.txt');
  const name = readFileSync(wanted, 'utf8').trim().replaceAll(/\W+/g, '-');
  const folder = join(homedir(), '.cache/side-by-side', name);
  const python = join(folder, 'bin/python');
  const isThere = () => spawnSync(python, ['-c', 'import kafka']).status === 0;
  if (existsSync(python) && isThere()) return { python };
  if (spawnSync('python3', ['-m', 'venv', folder]).status !== 0)
    return { why: 'there is no python3 that can make an environment of its own' };
  spawnSync(python, ['-m', 'pip', 'install', '--quiet', '-r', wanted]);
  return isThere() ? { python } : { why: 'the package kafka-python could not be fetched' };
}
const python = pythonForExamples();

const school = '7b0c5a52-3d5e-4c1a-9f64-0d2b8f6f9a01';
/** The samples as one school's history: both topics and their snapshots, as they would go out. */
const history = sent(
  sampleEvents().map((event, i) => ({
    ...event,
    position: (i + 1) as Position,
    data: 'schoolId' in event.data ? { ...event.data, schoolId: school } : event.data,
  })),
);
const told = history.texts.filter((text) => readEnvelope(text).audience === 'public');
const ends = [...history.snapshots.values()].filter(
  (text) => readSnapshot(text).audience === 'public',
);
const recordOf = (value: string) => ({ key: readEnvelope(value).key, value });

let engine: KafkaEngine | undefined;
let kafka: Kafka;
let why: string | undefined;
let made = 0;

beforeAll(async () => {
  why = await whyNoKafka();
  if (why !== undefined) return;
  engine = await startKafka();
  kafka = new Kafka({ brokers: engine.url.split(','), logLevel: logLevel.NOTHING });
});
afterAll(() => engine?.dispose());

/** A topic of its own with these records in it. */
async function topicWith(
  records: readonly { readonly key: string; readonly value: string | null }[],
): Promise<string> {
  const topic = `examples-${process.pid}-${(made += 1)}`;
  const admin = kafka.admin();
  await admin.connect();
  await admin.createTopics({ waitForLeaders: true, topics: [{ topic, numPartitions: 3 }] });
  await admin.disconnect();
  const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
  await producer.connect();
  await producer.send({ topic, messages: [...records] });
  await producer.disconnect();
  return topic;
}

/** Runs a program of the examples to its end: its exit code and what it said. */
async function ran(program: string, ...args: readonly string[]) {
  const started = Date.now();
  // kafkajs makes Node 24 say once that it was given a negative time; it does no harm.
  const env = { ...process.env, NODE_OPTIONS: '--disable-warning=TimeoutNegativeWarning' };
  const ended = await run(program, args, { cwd: root, timeout: 60_000, env }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    (error: unknown) => error as { code: number; stdout: string; stderr: string },
  );
  return { ...ended, lines: ended.stdout.trim().split('\n'), took: Date.now() - started };
}
const node = process.execPath;
const checker = 'examples/check-chain.mjs';

/** What needs Kafka says so where there is none, instead of passing for nothing. */
const withKafka = (says: string, test: () => Promise<void>): void => {
  it(says, async () => {
    if (why !== undefined) return console.warn(`Skipped: ${why}`);
    await test();
  });
};

describe('the consumers', () => {
  const consumers = [
    ['Node', node, 'examples/consumer-node/consumer.mjs'] as const,
    ...('python' in python
      ? [['Python', python.python, 'examples/consumer-python/consumer.py'] as const]
      : []),
  ];
  if ('why' in python) it.skip(`Python: ${python.why}`, () => undefined);

  describe.each(consumers)('in %s', (_name, program, file) => {
    withKafka('print each message once, though some are sent again', async () => {
      const again = [...told, ...told.slice(0, 5)];
      const topic = await topicWith([told[0]!, ...again].map(recordOf));
      const { code, stderr, lines, took } = await ran(
        program,
        ...[file, engine!.url, topic, String(told.length)],
      );
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      const expected = told.map((text) => {
        const { type, time } = readEnvelope(text);
        return `${time} uk.sidebyside.${type}`;
      });
      const printed = lines.map((line) => line.split(' ').slice(0, 2).join(' '));
      expect(printed.toSorted()).toEqual(expected.toSorted());
      expect(took).toBeLessThan(60_000);
    });
    withKafka('stop where a message is missing', async () => {
      const topic = await topicWith(told.toSpliced(4, 1).map(recordOf));
      const { code, stderr } = await ran(program, file, engine!.url, topic);
      // It is noticed at the next message of the same key.
      const missed = readEnvelope(told[4]!).key;
      const { sequence, key } = told
        .slice(5)
        .map((text) => readEnvelope(text))
        .find((one) => one.key === missed)!;
      expect({ code, stderr }).toEqual({
        code: 1,
        stderr: `Before number ${sequence} of ${key} a message is missing.\n`,
      });
    });
  });
});

if ('python' in python)
  withKafka('the consumer in Python proves that a message is what was sent', async () => {
    const altered = told[0]!.replace('"ageFrom":4', '"ageFrom":5');
    expect(altered).not.toBe(told[0]);
    const topic = await topicWith([recordOf(altered)]);
    const program = 'examples/consumer-python/consumer.py';
    expect(await ran(python.python, program, engine!.url, topic)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('is not what was sent') as string,
    });
  });

describe('the checker', () => {
  withKafka('finds nothing where nothing is wrong', async () => {
    const topic = await topicWith([...told, ...told.slice(-3)].map(recordOf));
    const snapshot = await topicWith(
      ends.map((value) => ({ key: readSnapshot(value).key, value })),
    );
    const { code, stdout, stderr } = await ran(
      node,
      ...[checker, engine!.url, topic, '--snapshot', snapshot],
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toBe(`Nothing is missing: ${told.length + 3} messages, 3 of them repeats.\n`);
  });
  withKafka('names a message that was dropped', async () => {
    const topic = await topicWith(told.toSpliced(4, 1).map(recordOf));
    const { code, stderr } = await ran(node, checker, engine!.url, topic);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      new RegExp(
        `^dropped: key ${readEnvelope(told[4]!).key}, offset \\d+ of \\d: number ${readEnvelope(told[4]!).sequence} is missing before it\\.\n$`,
      ),
    );
  });
  withKafka('names a last message that was dropped, by the snapshot', async () => {
    const lastOfSchool = told.findLastIndex((text) => readEnvelope(text).key === school);
    const topic = await topicWith(told.toSpliced(lastOfSchool, 1).map(recordOf));
    const snapshot = await topicWith(
      ends.map((value) => ({ key: readSnapshot(value).key, value })),
    );
    expect(await ran(node, checker, engine!.url, topic)).toMatchObject({ code: 0 });
    expect(await ran(node, checker, engine!.url, topic, '--snapshot', snapshot)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('missing at the end') as string,
    });
  });
  withKafka('says what is wrong with a topic that is not there', async () => {
    expect(await ran(node, checker, engine!.url, 'no-such-topic')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('There is no topic no-such-topic') as string,
    });
  });
});

describe('what the product itself sends', () => {
  withKafka('is proved by the checker, on both topics and against both snapshots', async () => {
    const prefix = `examples-${process.pid}-sent`;
    const options = { brokers: engine!.url.split(','), topicPrefix: prefix };
    await migrateKafka({ ...options, partitions: 3 });
    const folder = mkdtempSync(join(tmpdir(), 'side-by-side-'));
    const store = openEmbeddedEventStore({ folder });
    const publisher = await openKafkaPublisher(options);
    try {
      for (const { id, type, data, metadata } of sampleEvents())
        await store.append('school-sample', 'any', [{ id, type, data, metadata }]);
      const end = await store.end();
      const publishing = new Publishing(store, publisher, new EventCodec(aggregates, openDoor));
      const enough = new AbortController();
      await publishing.follow(enough.signal, () => {
        if (publishing.position >= end) enough.abort();
      });
    } finally {
      await publisher.close();
      await store.close();
      rmSync(folder, { recursive: true });
    }
    for (const audience of audiences) {
      const [topic, snapshot] = [topics, snapshotTopics].map((of) => `${prefix}.${of[audience]}`);
      expect(await ran(node, checker, engine!.url, topic!, '--snapshot', snapshot!)).toMatchObject({
        code: 0,
        stdout: expect.stringMatching(/^Nothing is missing: \d\d+ /) as string,
      });
    }
  });
});

describe('the curl line', () => {
  it('hears of what is recorded while it listens', async () => {
    const county = await County.start();
    const listening = spawn('sh', ['examples/live.sh', county.url], { cwd: root });
    const ended = once(listening, 'exit');
    try {
      let text = '';
      const heard = Promise.withResolvers<undefined>();
      listening.stdout.setEncoding('utf8').on('data', (piece: string) => {
        text += piece;
        if (text.includes('event: caught-up') && text.includes('school.changed'))
          heard.resolve(undefined);
      });
      ended.then(() => heard.reject(new Error(`It ended:\n${text}`)), heard.reject);
      await county.given(['team-leader', 'schools/register-school', newSchool(1)]);
      await heard.promise;
      expect(text).toMatch(/^id: \d+\nevent: school\.changed\.v1\ndata: \{/m);
    } finally {
      listening.kill();
      await ended;
      await county.stop();
    }
  });
});
