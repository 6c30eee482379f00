import { StoreError } from '#kernel';
import type { Finding } from '#platform';
import { spokenBy, tlsAdvice } from '../../tls-probe';
import { FEW, KafkaConnection } from './connection';
import type { KafkaOptions } from './connection';
import { checkKafka, topicsOf } from './topics';

/** How long looking may take, in milliseconds. */
const PATIENCE = 15_000;

/** Looks whether Kafka is as it has to be, and changes nothing. Never throws for what is wrong there. */
export async function examineKafka(options: KafkaOptions): Promise<readonly Finding[]> {
  const spoken = await Promise.all(options.brokers.map((broker) => spokenBy(broker)));
  if (spoken.every((one) => one === 'nothing')) {
    const says = `nobody answers at ${options.brokers.join(', ')}. See whether the brokers run there, and whether a firewall is between`;
    return [{ check: 'Kafka', ok: false, says }];
  }
  try {
    await checkKafka(options);
    return await topicsInOrder(options);
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    const advice = await kafkaAdvice(options);
    const says = advice === undefined ? error.message : `${error.message} ${advice}`;
    return [{ check: 'Kafka', ok: false, says }];
  }
}

/** What is wrong with the way brokers are spoken to that cannot be used; undefined where it is something else. */
export const kafkaAdvice = ({ brokers, ssl }: KafkaOptions): Promise<string | undefined> =>
  tlsAdvice(brokers[0] ?? '', {
    tls: ssl === true,
    set: (tls) => `set KAFKA_SSL=${String(tls)}`,
  });

async function topicsInOrder(options: KafkaOptions): Promise<readonly Finding[]> {
  const connection = new KafkaConnection(options, FEW);
  const admin = connection.kafka.admin();
  try {
    return await connection.within(PATIENCE, 'topics', async () => {
      await admin.connect();
      const all = Object.values(topicsOf(options.topicPrefix));
      const names = all.flatMap(({ messages, snapshot }) => [messages, snapshot]);
      const { brokers } = await admin.describeCluster();
      const { topics } = await admin.fetchTopicMetadata({ topics: names });
      const counts = new Map(topics.map(({ name, partitions }) => [name, partitions.length]));
      const uneven = all.filter(
        ({ messages, snapshot }) => counts.get(messages) !== counts.get(snapshot),
      );
      const copies = Math.min(
        ...topics.flatMap(({ partitions }) => partitions.map(({ replicas }) => replicas.length)),
      );
      return [
        {
          check: 'Kafka',
          ok: true,
          says: `${options.brokers.join(', ')} answers, ${brokers.length} brokers in all; the topics are there and the compacted ones are compacted`,
        },
        {
          check: 'Kafka: partitions',
          ok: uneven.length === 0,
          says:
            uneven.length === 0
              ? [...new Set(counts.values())].join(' and ')
              : `${uneven.map(({ messages, snapshot }) => `${messages} has ${counts.get(messages)} and ${snapshot} ${counts.get(snapshot)}`).join('; ')}. Both must have the same number; make the one with fewer as large`,
        },
        {
          check: 'Kafka: copies',
          ok: brokers.length < 3 || copies >= 3,
          says:
            brokers.length < 3 || copies >= 3
              ? `${copies} of every message`
              : `only ${copies} of some messages, though there are ${brokers.length} brokers. Raise the replication factor to 3`,
        },
      ];
    });
  } finally {
    connection.cutOff();
  }
}
