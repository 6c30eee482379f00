import { randomUUID } from 'node:crypto';
import type { Admin, Consumer, EachBatchPayload, KafkaMessage } from 'kafkajs';
import { StoreError } from '#kernel';
import type { KafkaConnection } from './connection';
import { nameOf } from './partitions';

/** Records of one partition: offsets from `from` up to and without `to`. */
export interface Stretch {
  readonly topic: string;
  readonly partition: number;
  readonly from: number;
  readonly to: number;
}

export interface ReadRecord {
  readonly topic: string;
  readonly partition: number;
  readonly record: KafkaMessage;
}

/** How long reading may go without a record, in ms. */
const PATIENCE = 30_000;
/** How long reading may take in all, in ms. */
const WHOLE = 600_000;
/** A leader that has answered so often that there is nothing more has nothing more: the offsets up to the end are not in use. */
const ENOUGH = 5;

/**
 * Reads stretches of partitions to their ends. kafkajs reads in groups only: one is made for it and taken away again.
 * @throws whatever kafkajs throws; StoreError when the records do not come.
 */
export async function readStretches(
  connection: KafkaConnection,
  admin: Admin,
  groupPrefix: string,
  stretches: readonly Stretch[],
  onRecord: (read: ReadRecord) => void,
): Promise<void> {
  const wanted = stretches.filter(({ from, to }) => from < to);
  if (wanted.length === 0) return;
  const groupId = `${groupPrefix}.publisher.${randomUUID()}`;
  const consumer = connection.kafka.consumer({
    groupId,
    allowAutoTopicCreation: false,
    maxWaitTimeInMs: 100,
    maxBytesPerPartition: 4 * 1024 * 1024,
    retry: { restartOnFailure: () => Promise.resolve(false) },
  });
  await connection.within(PATIENCE, 'reading', async () => {
    await consumer.connect();
    await consumer.subscribe({
      topics: [...new Set(stretches.map(({ topic }) => topic))],
      fromBeginning: true,
    });
  });
  const leaders = await connection.insisting(PATIENCE, 'reading', () => leadersOf(admin, wanted));
  await new Reading(consumer, stretches, leaders, onRecord).done(connection);
  // Never inside a handler: it would wait for itself.
  await connection.within(PATIENCE, 'reading', async () => {
    await consumer.disconnect();
    // Where this may not be, the brokers forget a group without members by themselves.
    await admin.deleteGroups([groupId]).catch(() => undefined);
  });
}

async function leadersOf(
  admin: Admin,
  stretches: readonly Stretch[],
): Promise<ReadonlyMap<string, number>> {
  const { topics } = await admin.fetchTopicMetadata({
    topics: [...new Set(stretches.map(({ topic }) => topic))],
  });
  return new Map(
    topics.flatMap(({ name, partitions }) =>
      partitions.map(({ partitionId, leader }) => [nameOf(name, partitionId), leader] as const),
    ),
  );
}

class Reading {
  /** Next offset of every partition that is still being read. */
  private readonly next = new Map<string, number>();
  private readonly to = new Map<string, number>();
  /** Answers of each leader since the last record. */
  private readonly answers = new Map<number, number>();
  private readonly finished = Promise.withResolvers<undefined>();
  private lastMove = Date.now();

  constructor(
    private readonly consumer: Consumer,
    private readonly stretches: readonly Stretch[],
    private readonly leaders: ReadonlyMap<string, number>,
    private readonly onRecord: (read: ReadRecord) => void,
  ) {
    for (const { topic, partition, from, to } of stretches) {
      if (from >= to) continue;
      this.next.set(nameOf(topic, partition), from);
      this.to.set(nameOf(topic, partition), to);
    }
  }

  async done(connection: KafkaConnection): Promise<void> {
    const { CRASH, FETCH } = this.consumer.events;
    this.consumer.on(CRASH, ({ payload }) => {
      this.finished.reject(payload.error);
    });
    this.consumer.on(FETCH, ({ payload }) => {
      this.answered((payload as { readonly nodeId?: number | string }).nodeId);
    });
    const watch = setInterval(() => {
      if (Date.now() - this.lastMove < PATIENCE) return;
      connection.cutOff();
      this.finished.reject(
        new StoreError(
          'unavailable',
          `Kafka sent nothing for ${PATIENCE / 1000} s while the ends of the chains were read. See whether every partition has a leader.`,
        ),
      );
    }, 1_000);
    this.finished.promise.catch(() => undefined);
    try {
      await connection.within(PATIENCE, 'reading', () =>
        this.consumer.run({
          autoCommit: false,
          eachBatch: (payload) => {
            this.take(payload);
            return Promise.resolve();
          },
        }),
      );
      this.seek();
      await connection.within(WHOLE, 'reading', () => this.finished.promise);
    } finally {
      clearInterval(watch);
    }
  }

  private seek(): void {
    try {
      for (const { topic, partition, from } of this.stretches)
        this.consumer.seek({ topic, partition, offset: String(from) });
    } catch {
      // `run` answers well even where the consumer has crashed meanwhile; what it crashed of is on its way.
    }
  }

  private take({ batch: { topic, partition, messages } }: EachBatchPayload): void {
    const name = nameOf(topic, partition);
    for (const record of messages) {
      const next = this.next.get(name);
      const offset = Number(record.offset);
      // Before it was told where to begin it may bring what was not asked for, and behind the end it always does.
      if (next === undefined || offset < next) continue;
      if (offset < (this.to.get(name) ?? 0)) this.onRecord({ topic, partition, record });
      this.moved();
      if (offset + 1 >= (this.to.get(name) ?? 0)) this.next.delete(name);
      else this.next.set(name, offset + 1);
    }
    if (this.next.size === 0) this.finished.resolve(undefined);
  }

  private moved(): void {
    this.lastMove = Date.now();
    this.answers.clear();
  }

  /**
   * The last offsets of a partition need not hold a record: the end of a transaction takes one, and so does what
   * compaction took away. Then only a leader that answers, and has nothing, shows that the end is reached.
   */
  private answered(nodeId: number | string | undefined): void {
    if (nodeId === undefined) return;
    const leader = Number(nodeId);
    this.answers.set(leader, (this.answers.get(leader) ?? 0) + 1);
    const all = [...this.next.keys()].every((name) => {
      const of = this.leaders.get(name);
      return of !== undefined && (this.answers.get(of) ?? 0) >= ENOUGH;
    });
    if (all) this.finished.resolve(undefined);
  }
}
