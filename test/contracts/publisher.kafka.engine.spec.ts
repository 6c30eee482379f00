import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { ConfigResourceTypes, Partitioners } from 'kafkajs';
import { checkKafka, migrateKafka, openKafkaPublisher, topicsOf } from '#adapters';
import type { Publisher } from '#kernel';
import type { KafkaEngine } from '../engines/kafka';
import { publisherContract } from './publisher';
import {
  aPrefix,
  at,
  Chains,
  publishAll,
  refusal,
  relay,
  relayThrough,
  round,
  verdictOn,
} from './publisher-ground';
import {
  clientOf,
  heardAt,
  kafkaFor,
  optionsFor,
  publisherOn,
  recordsOf,
  snapshotsAt,
} from './publisher-kafka-ground';

jest.setTimeout(120_000);

describe('On a real Kafka', () => {
  let kafka: KafkaEngine;
  const warnings: Error[] = [];
  const warned = (warning: Error): void => void warnings.push(warning);

  beforeAll(async () => {
    process.on('warning', warned);
    kafka = await kafkaFor();
  });
  afterAll(async () => {
    process.off('warning', warned);
    await kafka.dispose();
  });

  publisherContract('Kafka', () => publisherOn(kafka.url));
  publisherContract('Kafka with gzip and a single partition', () =>
    publisherOn(kafka.url, { partitions: 1, compression: 'gzip' }),
  );

  describe('the Kafka publisher', () => {
    let opened: Publisher[];
    let prefix: string;
    const open = async (): Promise<Publisher> => {
      const one = await openKafkaPublisher(optionsFor(kafka.url, prefix));
      opened.push(one);
      return one;
    };
    const migrated = (settings: Record<string, string> = {}, partitions = 3) =>
      migrateKafka({ ...optionsFor(kafka.url, prefix), partitions, settings });

    beforeEach(() => {
      opened = [];
      prefix = aPrefix();
    });
    afterEach(async () => {
      for (const one of opened) await one.close();
    });

    it('has its topics made once, the snapshots compacted, the messages kept', async () => {
      const made = await migrated();
      expect(made).toHaveLength(4);
      expect(await migrated()).toEqual([]);
      const admin = clientOf(kafka.url).admin();
      await admin.connect();
      const { resources } = await admin.describeConfigs({
        includeSynonyms: false,
        resources: made.map((name) => ({ type: ConfigResourceTypes.TOPIC, name })),
      });
      await admin.disconnect();
      for (const { resourceName, configEntries } of resources) {
        const settings = new Map(configEntries.map((one) => [one.configName, one.configValue]));
        const compacted = resourceName.includes('snapshot');
        expect(settings.get('cleanup.policy')).toBe(compacted ? 'compact' : 'delete');
        if (!compacted) expect(settings.get('retention.ms')).toBe('-1');
      }
    });

    it('says at the start, and soon, that topics are missing', async () => {
      const before = Date.now();
      await expect(open()).rejects.toEqual(refusal('unavailable', /schools\.v1.*ops migrate/));
      expect(Date.now() - before).toBeLessThan(6_000);
    });

    it('does not take a snapshot topic that forgets', async () => {
      await migrated();
      const admin = clientOf(kafka.url).admin();
      await admin.connect();
      const name = topicsOf(prefix).public.snapshot;
      await admin.alterConfigs({
        validateOnly: false,
        resources: [
          {
            type: ConfigResourceTypes.TOPIC,
            name,
            configEntries: [{ name: 'cleanup.policy', value: 'delete' }],
          },
        ],
      });
      await admin.disconnect();
      await expect(open()).rejects.toEqual(refusal('invalid', /must be compacted/));
    });

    it('says at the start that nobody answers, or nobody that speaks Kafka', async () => {
      const mute = createServer((socket) => socket.resume()).listen(0, '127.0.0.1');
      const away = createServer().listen(0, '127.0.0.1');
      await Promise.all([once(mute, 'listening'), once(away, 'listening')]);
      const port = (server: typeof mute) => (server.address() as AddressInfo).port;
      const ports = [port(mute), port(away)];
      await new Promise((done) => away.close(done));
      for (const one of ports) {
        const before = Date.now();
        await expect(checkKafka(optionsFor(`127.0.0.1:${one}`, prefix))).rejects.toEqual(
          refusal('unavailable', /Kafka at 127\.0\.0\.1:\d+ (cannot be used|did not answer)/),
        );
        expect(Date.now() - before).toBeLessThan(17_000);
      }
      await new Promise((done) => mute.close(done));
    });

    it('says at the start that TLS was not what the brokers speak', async () => {
      await migrated();
      await expect(checkKafka({ ...optionsFor(kafka.url, prefix), ssl: true })).rejects.toEqual(
        refusal('unavailable', /KAFKA_SSL/),
      );
    });

    it("puts a key where Kafka's own clients put it", async () => {
      await migrated({}, 7);
      await relay(await open(), round(1, 40, 20));
      // From the tests of Kafka's own client: what murmur2 makes of these.
      const known = { '21': -973932308, foobar: -790332482, abc: 479470107 };
      const choose = Partitioners.DefaultPartitioner();
      const partitionMetadata = Array.from({ length: 7 }, (_none, partitionId) => ({
        ...{ partitionId, partitionErrorCode: 0, leader: 1, replicas: [], isr: [] },
      }));
      for (const [key, hash] of Object.entries(known)) {
        const message = { key, value: null };
        expect(choose({ topic: 't', partitionMetadata, message })).toBe((hash & 0x7fffffff) % 7);
      }
      for (const { key, partition } of await recordsOf(kafka.url, topicsOf(prefix).public.messages))
        expect(partition).toBe(
          choose({ topic: 't', partitionMetadata, message: { key, value: null } }),
        );
    });

    it('writes CloudEvents under the key, and of each partition the place with the last', async () => {
      await migrated({}, 1);
      const publisher = await open();
      await publisher.resume();
      const chains = new Chains();
      await publishAll(publisher, chains, round(1, 10));
      await publishAll(publisher, chains, round(11, 10));
      const records = await recordsOf(kafka.url, topicsOf(prefix).public.messages);
      expect(records.map(({ headers }) => headers['content-type'])).toEqual(
        Array<string>(20).fill('application/cloudevents+json; charset=UTF-8'),
      );
      expect(records[9]?.headers).toMatchObject({ position: '10', confirmedto: '0' });
      expect(records[19]?.headers).toMatchObject({ position: '20', confirmedto: '10' });
      expect(records[18]?.headers['position']).toBeUndefined();
    });

    it('finds its place behind what a publisher repeats that woke up late, and puts its ends right', async () => {
      await migrated({}, 1);
      const tell = round(1, 100, 5);
      await relay(await open(), tell, { batch: 10 });
      const { messages, snapshot } = topicsOf(prefix).public;
      const [said, ends] = [
        await recordsOf(kafka.url, messages),
        await recordsOf(kafka.url, snapshot),
      ];
      // A batch of long ago once more, and the ends that went with it: the very same records.
      const producer = clientOf(kafka.url).producer();
      await producer.connect();
      await producer.send({ topic: messages, messages: said.slice(20, 30) });
      await producer.send({ topic: snapshot, messages: ends.slice(0, 5) });
      await producer.disconnect();
      const stale = await snapshotsAt(kafka.url, prefix);
      const publisher = await open();
      const found = await publisher.resume();
      expect(found.after).toBe(90);
      expect(Math.min(...found.ends.map(({ position }) => position))).toBeGreaterThan(95);
      const now = await snapshotsAt(kafka.url, prefix);
      for (const { audience, key, snapshot: known } of found.ends) {
        expect(now.get(`${audience} ${key}`)).toBe(known);
        expect(stale.get(`${audience} ${key}`)).not.toBe(known);
      }
      const more = [...tell, ...round(101, 30, 5)];
      await relay(publisher, more);
      expect(verdictOn(await heardAt(kafka.url, prefix), more)).toEqual({
        ...{ missing: 0, repeated: 10, wrong: [] },
      });
    });

    it('notices that somebody else writes, and goes on when it has looked again', async () => {
      await migrated({}, 1);
      const [first, second] = [await open(), await open()];
      const tell = round(1, 60);
      await first.resume();
      await relay(second, tell.slice(0, 30));
      const late = publishAll(first, new Chains(), tell.slice(0, 10));
      await expect(late).rejects.toEqual(refusal('unavailable', /Somebody else publishes/));
      await relay(first, tell);
      const verdict = verdictOn(await heardAt(kafka.url, prefix), tell);
      expect(verdict).toEqual({ missing: 0, repeated: 10, wrong: [] });
    });

    it('does not take the topics of somebody else', async () => {
      await migrated({}, 1);
      const producer = clientOf(kafka.url).producer();
      await producer.connect();
      const topic = topicsOf(prefix).confidential.messages;
      await producer.send({ topic, messages: [{ key: 'a', value: 'something else' }] });
      await producer.disconnect();
      const publisher = await open();
      await expect(publisher.resume()).rejects.toEqual(refusal('foreign', /not of Side by Side/));
    });

    it('reads past the marks that transactions leave at the ends of partitions', async () => {
      await migrated({}, 1);
      const tell = round(1, 40);
      const publisher = await open();
      await relay(publisher, tell.slice(0, 20));
      const producer = clientOf(kafka.url).producer({
        ...{ transactionalId: aPrefix(), idempotent: true, maxInFlightRequests: 1 },
      });
      await producer.connect();
      const said = await recordsOf(kafka.url, topicsOf(prefix).public.messages);
      const transaction = await producer.transaction();
      await transaction.send({
        topic: topicsOf(prefix).public.messages,
        messages: said.slice(0, 2),
      });
      await transaction.commit();
      await producer.disconnect();
      // The mark of the transaction may come only now, and is then what somebody else wrote.
      await relayThrough(publisher, tell);
      const verdict = verdictOn(await heardAt(kafka.url, prefix), tell);
      expect(verdict).toEqual({ missing: 0, repeated: 2, wrong: [] });
    });

    it('goes on from compacted topics, a key that ended among them', async () => {
      await migrated(
        {
          ...{ 'segment.ms': '200', 'min.cleanable.dirty.ratio': '0.01' },
          ...{ 'min.compaction.lag.ms': '0', 'max.compaction.lag.ms': '500' },
          'delete.retention.ms': '100',
        },
        1,
      );
      const publisher = await open();
      await publisher.resume();
      const chains = new Chains();
      const tell = [
        ...round(1, 30, 3),
        { key: 'school-1', position: 31, endsKey: true },
        ...round(32, 1, 1),
      ];
      for (let i = 0; i < tell.length; i += 4)
        await publishAll(publisher, chains, tell.slice(i, i + 4));
      const { snapshot } = topicsOf(prefix).public;
      const written = (await recordsOf(kafka.url, snapshot)).length;
      // Only what lies before the segment that is written to is compacted: something has to come behind it, until it is.
      const deadline = Date.now() + 60_000;
      let [position, left] = [100, written];
      const keysLeft = async () => {
        const records = await recordsOf(kafka.url, snapshot);
        left = records.length;
        return records.filter(({ key }) => key === 'school-1').length;
      };
      while ((await keysLeft()) > 0 && Date.now() < deadline) {
        await publishAll(publisher, chains, round((position += 3), 1, 1));
        await new Promise((done) => setTimeout(done, 300));
      }
      expect(left).toBeLessThan(written);
      const found = await (await open()).resume();
      expect(found.ends.map(({ key }) => key).sort()).toEqual(['school-0', 'school-2']);
      expect(found.ends.find(({ key }) => key === 'school-0')?.position).toBe(at(position));
    });

    it('says when a message is larger than the brokers take', async () => {
      await migrated({ 'max.message.bytes': '20000' }, 1);
      const publisher = await open();
      await publisher.resume();
      const tell = [{ key: 'a', position: 1, padding: 30_000 }];
      await expect(publishAll(publisher, new Chains(), tell)).rejects.toEqual(
        refusal('invalid', /max\.message\.bytes/),
      );
    });

    it('has Node warn of nothing, and is at rest where nothing happens', async () => {
      await migrated();
      const publisher = await open();
      await relay(publisher, round(1, 10));
      const before = process.cpuUsage();
      const from = Date.now();
      await new Promise((done) => setTimeout(done, 1_500));
      const { user, system } = process.cpuUsage(before);
      // Of one core: kafkajs left alone takes about a twentieth for each client.
      expect((user + system) / 1000 / (Date.now() - from)).toBeLessThan(0.05);
      expect(warnings.map(({ name }) => name)).not.toContain('TimeoutNegativeWarning');
    });
  });
});
