import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Engine } from '../engines/engine';
import type { EventStoreEngine } from '../engines/event-store/start';
import { startOwnEventStore } from '../engines/event-store/start';
import type { KafkaEngine } from '../engines/kafka';
import { startKafka } from '../engines/kafka';
import { startMongo } from '../engines/mongodb';
import type { Ended, Settings } from '../support/processes';
import { healthOf, ops, Process } from '../support/processes';

/*
 * What is wrong with an engine, or with what the settings say of it, is said in a sentence: by the doctor, and by a
 * process that is started all the same. In time, and without a stack.
 */
jest.setTimeout(180_000);

/** Longest that a start or the doctor may take to say so, in ms; a machine that runs other things as well takes its time. */
const IN_TIME = 45_000;
/** Nobody listens here. */
const NOBODY = '127.0.0.1:9';

describe('what is wrong is said', () => {
  let [events, secured, ancient]: EventStoreEngine[] = [];
  let [documents, guarded, alone]: Engine[] = [];
  let kafka: KafkaEngine;
  let sound: Settings;

  beforeAll(async () => {
    const stranger = { stranger: { password: 'changeit' } };
    [events, secured, ancient, documents, guarded, alone, kafka] = await Promise.all([
      startOwnEventStore(),
      startOwnEventStore({ tls: true, users: stranger }),
      startOwnEventStore({ version: '5.0.0' }),
      startMongo(),
      startMongo({ flags: ['--auth'] }),
      startMongo({ flags: ['--standalone'] }),
      startKafka(),
    ]);
    sound = {
      EVENTSTORE_URL: events.url,
      MONGODB_URL: documents.url,
      MONGODB_DATABASE: `doctor-${randomBytes(6).toString('hex')}`,
      SIGNING_KEY: randomBytes(32).toString('base64'),
      SIGN_IN: 'token',
      KAFKA_BROKERS: kafka.url,
      KAFKA_TOPIC_PREFIX: `doctor-${randomBytes(6).toString('hex')}`,
    };
    expect(await ops(sound, 'migrate')).toMatchObject({ code: 0 });
  });
  afterAll(async () => {
    const all = [events, secured, ancient, documents, guarded, alone, kafka];
    for (const engine of all) await engine?.dispose();
  });

  it('finds nothing where everything is in order, and says so for machines too', async () => {
    const plain = await ops(sound, 'doctor');
    expect({ code: plain.code, out: plain.out }).toMatchObject({
      code: 0,
      out: expect.not.stringContaining('NOT IN ORDER') as unknown,
    });
    const told = JSON.parse((await ops(sound, 'doctor', '--json')).out) as {
      ok: boolean;
      report: { check: string; ok: boolean }[];
    };
    expect(told.ok).toBe(true);
    const checks = told.report.map(({ check }) => check);
    expect(checks).toEqual(
      expect.arrayContaining(['settings', 'EventStoreDB', 'MongoDB', 'Kafka']),
    );
    // Run again, migrating makes nothing.
    expect((await ops(sound, 'migrate')).out).toMatch(/Kafka: every topic is there/);
  });

  const port = ({ url }: Engine): string => /:(\d+)/.exec(url.split('@').at(-1)!)![1]!;
  const wrong: readonly (readonly [string, () => Settings, RegExp])[] = [
    [
      'an event store that is not there',
      () => ({ EVENTSTORE_URL: `esdb://${NOBODY}?tls=false` }),
      /EventStoreDB.*127\.0\.0\.1:9/,
    ],
    [
      'an event store of another age',
      () => ({ EVENTSTORE_URL: ancient!.url }),
      /EventStoreDB.*(too old|older)/,
    ],
    [
      'a password the event store does not know',
      () => ({ EVENTSTORE_URL: secured!.url.replace(':changeit@', ':wr0ng-secret@') }),
      /EventStoreDB.*(password|credentials)/i,
    ],
    [
      'a user of the event store who may not read $all',
      () => ({ EVENTSTORE_URL: secured!.url.replace('admin:', 'stranger:') }),
      /EventStoreDB.*\$all/,
    ],
    [
      'an event store with TLS, asked without',
      () => ({ EVENTSTORE_URL: `esdb://127.0.0.1:${port(secured!)}?tls=false` }),
      /EventStoreDB.*TLS/i,
    ],
    [
      'an event store without TLS, asked with it',
      () => ({ EVENTSTORE_URL: `esdb://127.0.0.1:${port(events!)}?tls=true` }),
      /EventStoreDB.*TLS/i,
    ],
    [
      'a MongoDB that is not there',
      () => ({ MONGODB_URL: `mongodb://${NOBODY}/` }),
      /MongoDB.*127\.0\.0\.1:9/,
    ],
    [
      'a password MongoDB does not know',
      () => ({ MONGODB_URL: guarded!.url.replace('://', '://somebody:wr0ng-secret@') }),
      /MongoDB.*password/,
    ],
    [
      'a MongoDB that stands alone',
      () => ({ MONGODB_URL: alone!.url }),
      /MongoDB.*standalone.*--replSet/,
    ],
    [
      'a MongoDB without TLS, asked with it',
      () => ({
        MONGODB_URL: `mongodb://127.0.0.1:${port(documents!)}/?directConnection=true&tls=true`,
      }),
      /MongoDB.*does not speak TLS.*tls=false/,
    ],
    ['a Kafka that is not there', () => ({ KAFKA_BROKERS: NOBODY }), /Kafka.*127\.0\.0\.1:9/],
    [
      'topics that nobody made',
      () => ({ KAFKA_TOPIC_PREFIX: 'nobody-made-these' }),
      /Kafka.*nobody-made-these.*migrate/,
    ],
    [
      'a Kafka without TLS, asked with it',
      () => ({ KAFKA_SSL: 'true' }),
      /Kafka.*does not speak TLS.*KAFKA_SSL=false/,
    ],
  ];

  function isSaid({ code, out, err, took }: Ended, says: RegExp, ends = 1): void {
    const said = out + err;
    expect(said).toMatch(says);
    expect({ code, said }).toMatchObject({ code: ends });
    expect(said).not.toMatch(/^\s+at /m);
    expect(said).not.toMatch(/wr0ng-secret|UnhandledPromise|undefined/);
    expect(took).toBeLessThan(IN_TIME);
  }

  describe.each(wrong)('of %s', (_, settings, says) => {
    it('by the doctor', async () => {
      const found = await ops({ ...sound, ...settings() }, 'doctor');
      isSaid(found, says);
      expect(found.out).toMatch(/^NOT IN ORDER/m);
    });

    it('by a worker that is started', async () => {
      const worker = new Process('worker', { ...sound, ...settings() });
      if (says.source.startsWith('Kafka')) isSaid(await goesOn(worker, says), says, 0);
      else isSaid(await worker.ended(), says);
    });
  });

  /** A worker whose messages do not get out keeps the read models up, and says so to whoever asks how it is. */
  async function goesOn(worker: Process, says: RegExp): Promise<Ended> {
    try {
      const url = await worker.url();
      for (const end = Date.now() + IN_TIME; Date.now() < end; await pause(100)) {
        const { ready, faults } = await healthOf(url);
        if (!faults.some((fault) => says.test(fault))) continue;
        expect(ready).toBe(false);
        worker.signal('SIGTERM');
        return await worker.ended();
      }
      throw new Error(`It did not say so: ${worker.said} ${JSON.stringify(await healthOf(url))}`);
    } finally {
      await worker.kill();
    }
  }

  it('is said of both stores at once', async () => {
    const nowhere = {
      EVENTSTORE_URL: `esdb://${NOBODY}?tls=false`,
      MONGODB_URL: `mongodb://${NOBODY}/`,
    };
    const { err, code } = await new Process('worker', { ...sound, ...nowhere }).ended();
    expect(code).toBe(1);
    for (const name of ['EventStoreDB', 'MongoDB']) expect(err).toContain(name);
  });
});
