import type { Admin } from 'kafkajs';
import { ConfigResourceTypes } from 'kafkajs';
import type { Audience } from '#kernel';
import { audiences, StoreError } from '#kernel';
import { FEW, KafkaConnection } from './connection';
import type { KafkaOptions } from './connection';

/** The topics of one audience. */
export interface Topics {
  readonly messages: string;
  /** Compacted: the newest record of a key is the end of its chain. */
  readonly snapshot: string;
}

export function topicsOf(prefix: string): Readonly<Record<Audience, Topics>> {
  return {
    public: { messages: `${prefix}.schools.v1`, snapshot: `${prefix}.schools.snapshot.v1` },
    confidential: {
      messages: `${prefix}.schools.confidential.v1`,
      snapshot: `${prefix}.schools.confidential.snapshot.v1`,
    },
  };
}

export interface MigrateKafkaOptions extends KafkaOptions {
  /**
   * Partitions of every topic; default 6. Decided once: with another number keys would move to other partitions, and
   * the order of a school's messages would break there.
   */
  readonly partitions?: number;
  /** Copies of every message; default 3, or as many as there are brokers. */
  readonly copies?: number;
  /** Settings of the topics in place of ours. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** How long making or looking at topics may take, in ms. */
const PATIENCE = 15_000;

/** Makes the topics that are not there. @returns the names of those made. @throws StoreError in words. */
export async function migrateKafka(options: MigrateKafkaOptions): Promise<readonly string[]> {
  return withAdmin(options, async (admin, connection) => {
    const there = new Set(await admin.listTopics());
    const { brokers } = await admin.describeCluster();
    const copies = options.copies ?? Math.min(3, brokers.length);
    const common = {
      // One broker may be away, or be lost, and nothing that was confirmed is.
      'min.insync.replicas': copies >= 3 ? '2' : '1',
      'compression.type': 'producer',
    };
    const wanted = audiences
      .flatMap((audience) => {
        const { messages, snapshot } = topicsOf(options.topicPrefix)[audience];
        return [
          // Kept for good: a chain can be proved from its first link.
          { topic: messages, own: { 'cleanup.policy': 'delete', 'retention.ms': '-1' } },
          {
            topic: snapshot,
            // An hour in which a record that was overtaken by an older one can be put right (see resuming.ts).
            own: { 'cleanup.policy': 'compact', 'min.compaction.lag.ms': '3600000' },
          },
        ];
      })
      .filter(({ topic }) => !there.has(topic));
    if (wanted.length === 0) return [];
    await admin.createTopics({
      // It would not wait for a topic that a broker has not heard of yet; below we do.
      waitForLeaders: false,
      timeout: PATIENCE / 2,
      topics: wanted.map(({ topic, own }) => ({
        topic,
        numPartitions: options.partitions ?? 6,
        replicationFactor: copies,
        configEntries: Object.entries({ ...common, ...own, ...options.settings })
          // What is given holds for all, but never what makes a topic the one it is.
          .map(([name, value]) => ({
            name,
            value: name in own && name === 'cleanup.policy' ? own[name] : value,
          })),
      })),
    });
    // Made is not yet ready: every partition has to answer.
    for (const { topic } of wanted) {
      await connection.insisting(PATIENCE, 'making topics', () => admin.fetchTopicOffsets(topic));
    }
    return wanted.map(({ topic }) => topic);
  });
}

/**
 * Looks whether the cluster can be used: it answers, lets us in, and has the topics as they must be.
 * @throws StoreError in words, within 15 seconds.
 */
export async function checkKafka(options: KafkaOptions): Promise<void> {
  await withAdmin(options, async (admin) => {
    const there = new Set(await admin.listTopics());
    const all = Object.values(topicsOf(options.topicPrefix));
    const missing = all
      .flatMap(({ messages, snapshot }) => [messages, snapshot])
      .filter((topic) => !there.has(topic));
    if (missing.length > 0) {
      throw new StoreError(
        'unavailable',
        `Kafka at ${options.brokers.join(', ')} has no ${missing.join(', ')}, or does not show it to this account. Make the topics first: ops migrate.`,
      );
    }
    const { resources } = await admin.describeConfigs({
      includeSynonyms: false,
      resources: all.map(({ snapshot }) => ({
        type: ConfigResourceTypes.TOPIC,
        name: snapshot,
        configNames: ['cleanup.policy'],
      })),
    });
    for (const { resourceName, configEntries } of resources) {
      if (configEntries.every(({ configValue }) => configValue === 'compact')) continue;
      throw new StoreError(
        'invalid',
        `The topic ${resourceName} must be compacted (cleanup.policy=compact): the ends of the chains stand there, and may never run out.`,
      );
    }
  });
}

async function withAdmin<T>(
  options: KafkaOptions,
  work: (admin: Admin, connection: KafkaConnection) => Promise<T>,
): Promise<T> {
  const connection = new KafkaConnection(options, FEW);
  const admin = connection.kafka.admin();
  try {
    return await connection.within(PATIENCE, 'topics', async () => {
      await admin.connect();
      return work(admin, connection);
    });
  } finally {
    connection.cutOff();
  }
}
