import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { checkKafka, migrateKafka, openKafkaPublisher, topicsOf } from '#adapters';
import type { Publisher } from '#kernel';
import { compiled } from '../drills/compiled';
import type { KafkaEngine } from '../engines/kafka';
import type { Told, Verdict } from './publisher-ground';
import { aPrefix, refusal, relayThrough, round, verdictOn } from './publisher-ground';
import { clientOf, heardAt, kafkaFor, optionsFor, snapshotsAt } from './publisher-kafka-ground';

/** Rounds of each drill; more by hand: `ROUNDS=100 npm run test:engines -- faults`. */
const ROUNDS = Number(process.env['ROUNDS'] ?? 3);
const SCHOOLS = 40;
const EVENTS = 1_500;

jest.setTimeout(120_000 + ROUNDS * 90_000);

const log = (events: number): Told[] => round(1, events, SCHOOLS, 300);
const nothingLost = { missing: 0, repeated: 0, wrong: [] };
/** What is said twice is recognised; nothing is lost and nothing is wrong. */
const atWorstTwice = ({ missing, wrong }: Verdict): Omit<Verdict, 'repeated'> => ({
  missing,
  wrong,
});

/** A reader who begins with what is known of each key knows the newest of each. */
async function expectEndsOf(url: string, prefix: string, tell: readonly Told[]): Promise<void> {
  const snapshots = await snapshotsAt(url, prefix);
  const newest = new Map(tell.map(({ key, position }) => [`public ${key}`, position]));
  const known = [...snapshots].map(
    ([key, text]) => [key, (JSON.parse(text ?? '{}') as { position: number }).position] as const,
  );
  expect(new Map(known)).toEqual(newest);
}

describe('The relay to a single broker', () => {
  let kafka: KafkaEngine;
  let program: string;
  let prefix: string;
  let children: ChildProcess[];
  let opened: Publisher[];

  beforeAll(async () => {
    kafka = await kafkaFor();
    program = mkdtempSync(join(tmpdir(), 'publisher-program-'));
    compiled(program, [
      ...['libs/kernel', 'libs/platform', 'libs/adapters'],
      ...['test/contracts/publisher-ground.ts', 'test/contracts/publisher-process.ts'],
    ]);
  });
  afterAll(async () => {
    await kafka.dispose();
    rmSync(program, { recursive: true, force: true });
  });
  beforeEach(async () => {
    children = [];
    opened = [];
    prefix = aPrefix();
    await migrateKafka({ ...optionsFor(kafka.url, prefix), partitions: 3 });
  });
  afterEach(async () => {
    for (const child of children) child.kill('SIGKILL');
    for (const one of opened) await one.close();
  });

  const open = async (): Promise<Publisher> => {
    const one = await openKafkaPublisher(optionsFor(kafka.url, prefix));
    opened.push(one);
    return one;
  };
  /** A relay as a process; `reached` waits for it to say that it is so far, `done` that it is through. */
  const relayProcess = (events: number, batch: number) => {
    const words = [kafka.url, prefix, String(events), String(batch)];
    const child = spawn(
      process.execPath,
      [join(program, 'test/contracts/publisher-process.js'), ...words],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    children.push(child);
    const lines = createInterface({ input: child.stdout });
    const until = (wanted: (line: string) => boolean): Promise<void> =>
      new Promise((resolve, reject) => {
        lines.on('line', (line) => {
          if (wanted(line)) resolve();
        });
        lines.once('close', () => {
          reject(new Error('The relay ended before it was so far.'));
        });
      });
    const done = until((line) => line === 'done');
    done.catch(() => undefined);
    return {
      child,
      done,
      reached: (position: number) => until((line) => Number(line) >= position),
    };
  };
  /** Runs a relay through something that happens to the broker while it sends. */
  const through = async (happening: () => Promise<void>): Promise<Verdict> => {
    const tell = log(EVENTS * ROUNDS);
    const under = Promise.withResolvers<undefined>();
    const running = relayThrough(await open(), tell, {
      batch: 5,
      seen: () => {
        under.resolve(undefined);
      },
    });
    await under.promise;
    await happening();
    await running;
    await expectEndsOf(kafka.url, prefix, tell);
    return verdictOn(await heardAt(kafka.url, prefix), tell);
  };

  it('loses and doubles nothing when the broker is killed under load', async () => {
    const verdict = await through(async () => {
      for (let i = 0; i < ROUNDS; i++) {
        await new Promise((done) => setTimeout(done, 40 + ((i * 37) % 120)));
        await kafka.kill();
        await kafka.restart();
      }
    });
    expect(verdict).toEqual(nothingLost);
  });

  it('loses and doubles nothing when the broker neither answers nor hangs up for a while', async () => {
    const verdict = await through(async () => {
      for (let i = 0; i < ROUNDS; i++) {
        await new Promise((done) => setTimeout(done, 40 + ((i * 53) % 120)));
        kafka.freeze();
        // Longer than a request is waited for.
        await new Promise((done) => setTimeout(done, 7_000));
        kafka.thaw();
      }
    });
    expect(verdict).toEqual(nothingLost);
  });

  it('says in words, and in time, that the broker is gone, and goes on when it is back', async () => {
    const publisher = await open();
    const tell = log(200);
    await relayThrough(publisher, tell.slice(0, 100));
    await kafka.kill();
    const before = Date.now();
    await expect(checkKafka(optionsFor(kafka.url, prefix))).rejects.toEqual(
      refusal('unavailable', /cannot be used|did not answer/),
    );
    await expect(publisher.resume()).rejects.toEqual(
      refusal('unavailable', /cannot be used|did not answer/),
    );
    expect(Date.now() - before).toBeLessThan(60_000);
    await kafka.restart();
    await relayThrough(publisher, tell);
    expect(verdictOn(await heardAt(kafka.url, prefix), tell)).toEqual(nothingLost);
  });

  it('ends at once when it is closed, a frozen broker or not', async () => {
    const publisher = await open();
    await publisher.resume();
    kafka.freeze();
    try {
      const sending = relayThrough(publisher, log(10));
      await new Promise((done) => setTimeout(done, 100));
      const before = Date.now();
      await publisher.close();
      await sending;
      expect(Date.now() - before).toBeLessThan(3_000);
    } finally {
      kafka.thaw();
    }
  });

  it('loses nothing when it is killed itself, at any moment, and says nothing that is not recognised', async () => {
    const tell = log(EVENTS * ROUNDS);
    for (let i = 1; i <= ROUNDS; i++) {
      const { child, reached } = relayProcess(EVENTS * ROUNDS, 7);
      await reached((EVENTS * i) / 2);
      // Some time into a batch: it may have been sent, and its acknowledgement not heard.
      await new Promise((done) => setTimeout(done, (i * 3) % 11));
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    await relayProcess(EVENTS * ROUNDS, 50).done;
    expect(verdictOn(await heardAt(kafka.url, prefix), tell)).toEqual(nothingLost);
    await expectEndsOf(kafka.url, prefix, tell);
  });

  it('where two run at once, is understood by every reader', async () => {
    const tell = log(EVENTS);
    const [first, second] = [relayProcess(EVENTS, 20), relayProcess(EVENTS, 30)];
    await Promise.all([first.done, second.done]);
    const verdict = verdictOn(await heardAt(kafka.url, prefix), tell);
    expect(atWorstTwice(verdict)).toEqual({ missing: 0, wrong: [] });
    await expectEndsOf(kafka.url, prefix, tell);
  });

  it('that slept while another went on, and then wakes, is understood, and ends where it belongs', async () => {
    const tell = log(EVENTS);
    for (let i = 0; i < ROUNDS; i++) {
      prefix = aPrefix();
      await migrateKafka({ ...optionsFor(kafka.url, prefix), partitions: 3 });
      const sleeper = relayProcess(EVENTS, 10);
      await sleeper.reached(EVENTS / 3);
      sleeper.child.kill('SIGSTOP');
      await relayProcess(EVENTS, 25).done;
      sleeper.child.kill('SIGCONT');
      await sleeper.done;
      const verdict = verdictOn(await heardAt(kafka.url, prefix), tell);
      expect(atWorstTwice(verdict)).toEqual({ missing: 0, wrong: [] });
      // What was under way when it fell asleep, and no more.
      expect(verdict.repeated).toBeLessThanOrEqual(30);
      await expectEndsOf(kafka.url, prefix, tell);
    }
  });
});

describe('The relay to a cluster of three', () => {
  let kafka: KafkaEngine;
  let prefix: string;

  beforeAll(async () => {
    kafka = await kafkaFor({ brokers: 3 });
  });
  afterAll(async () => {
    await kafka.dispose();
  });
  beforeEach(async () => {
    prefix = aPrefix();
    await migrateKafka({ ...optionsFor(kafka.url, prefix), partitions: 6 });
  });

  const leaderOf = async (partition: number): Promise<number> => {
    const admin = clientOf(kafka.url).admin();
    await admin.connect();
    const topic = topicsOf(prefix).public.messages;
    const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
    await admin.disconnect();
    return topics[0]!.partitions.find(({ partitionId }) => partitionId === partition)!.leader;
  };

  it.each(['killed', 'frozen'] as const)(
    'loses nothing when a leader is %s under load, and what is said twice is recognised',
    async (how) => {
      const tell = log(EVENTS * ROUNDS);
      const publisher = await openKafkaPublisher(optionsFor(kafka.url, prefix));
      const under = Promise.withResolvers<undefined>();
      const failures: unknown[] = [];
      const running = relayThrough(publisher, tell, {
        batch: 20,
        seen: () => {
          under.resolve(undefined);
        },
        failed: (error) => failures.push(error),
      });
      await under.promise;
      for (let i = 0; i < ROUNDS; i++) {
        const id = await leaderOf(i % 6);
        const broker = kafka.brokers.find((one) => one.id === id)!;
        if (how === 'killed') {
          await broker.kill();
          await broker.restart();
        } else {
          broker.freeze();
          await new Promise((done) => setTimeout(done, 8_000));
          broker.thaw();
        }
      }
      await running;
      await publisher.close();
      const verdict = verdictOn(await heardAt(kafka.url, prefix), tell);
      expect(atWorstTwice(verdict)).toEqual({ missing: 0, wrong: [] });
      for (const failure of failures) expect(failure).toEqual(refusal('unavailable'));
      await expectEndsOf(kafka.url, prefix, tell);
    },
  );
});

describe('A Kafka that asks who one is', () => {
  let kafka: KafkaEngine;

  beforeAll(async () => {
    kafka = await kafkaFor({ users: { broker: 'between-us', relay: 'told-once' } });
  });
  afterAll(async () => {
    await kafka.dispose();
  });

  const as = (username: string, password: string) => ({
    ...optionsFor(kafka.url, aPrefix()),
    sasl: { mechanism: 'plain' as const, username, password },
  });

  it('lets in who knows the word, and says it to no log', async () => {
    const options = as('relay', 'told-once');
    await migrateKafka(options);
    const publisher = await openKafkaPublisher(options);
    await relayThrough(publisher, log(50));
    await publisher.close();
    await checkKafka(options);
  });

  it('says at the start that the word is wrong, without saying it', async () => {
    const before = Date.now();
    const refused = openKafkaPublisher(as('relay', 'told-twice'));
    await expect(refused).rejects.toEqual(refusal('unavailable', /name and password/));
    await expect(refused).rejects.not.toThrow(/told-twice/);
    expect(Date.now() - before).toBeLessThan(10_000);
  });

  it('says at the start that a mechanism is not taken', async () => {
    const options = { ...as('relay', 'told-once') };
    const other = { ...options, sasl: { ...options.sasl, mechanism: 'scram-sha-512' as const } };
    await expect(checkKafka(other)).rejects.toEqual(refusal('unavailable', /KAFKA_MECHANISM/));
  });

  it('says at the start that it wants a name at all', async () => {
    const before = Date.now();
    await expect(checkKafka(optionsFor(kafka.url, aPrefix()))).rejects.toEqual(
      refusal('unavailable', /name and password/),
    );
    expect(Date.now() - before).toBeLessThan(17_000);
  });
});
