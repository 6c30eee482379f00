import type { Message, Producer, TopicMessages } from 'kafkajs';
import { CompressionTypes, Partitioners } from 'kafkajs';
import { StoreError } from '#kernel';
import type { KafkaConnection } from './connection';
import { nameOf } from './partitions';
import type { Partitions } from './partitions';

/** What a broker takes in one batch is 1 MiB unless told otherwise; a batch has something around its records. */
const BATCH_BYTES = 900_000;
/** How long sending one batch may take, a broker's restart included, in ms. */
const PATIENCE = 45_000;
/** A broker that was lost or frozen is found out by asking who leads; kafkajs asks this often, in ms. */
const METADATA_AGE = 3_000;

type Headers = Readonly<Record<string, string>>;

export interface Outgoing {
  readonly topic: string;
  readonly key: string;
  readonly value: string | null;
  readonly headers: Headers;
  /** Headers in place of these for the last record that goes to its partition: what holds for all of it is said once. */
  readonly lastHeaders?: () => Headers;
}

/**
 * Sends batches one after another through one idempotent producer, and makes sure of each: that every partition has
 * confirmed its part, and that nobody else wrote in between. After a failure it is spent: another batch on the same
 * producer could be taken for a repetition of the failed one and dropped.
 */
export class Producing {
  private readonly producer: Producer;

  /** `offsets`: the next offset of every partition, by its name. */
  constructor(
    private readonly connection: KafkaConnection,
    private readonly partitions: Partitions,
    private readonly offsets: Map<string, number>,
    private readonly compression: 'none' | 'gzip',
  ) {
    this.producer = connection.kafka.producer({
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      metadataMaxAge: METADATA_AGE,
      createPartitioner: Partitioners.DefaultPartitioner,
    });
  }

  async connect(): Promise<void> {
    await this.connection.within(PATIENCE, 'connecting', () => this.producer.connect());
  }

  /**
   * Resolves when all records are confirmed. Never two calls at once.
   * @throws StoreError 'unavailable' when it is not known what became of them, or somebody else was writing too.
   */
  async send(records: readonly Outgoing[]): Promise<void> {
    for (const part of inParts(records)) await this.sendPart(part);
  }

  close(): void {
    this.connection.cutOff();
  }

  private async sendPart(records: readonly Outgoing[]): Promise<void> {
    const byTopic = new Map<string, Message[]>();
    const counts = new Map<string, number>();
    const last = new Map<string, { message: Message; lastHeaders: (() => Headers) | undefined }>();
    for (const { topic, key, value, headers, lastHeaders } of records) {
      const partition = this.partitions.of(topic, key);
      const name = nameOf(topic, partition);
      const message: Message = { key, value, headers, partition };
      counts.set(name, (counts.get(name) ?? 0) + 1);
      last.set(name, { message, lastHeaders });
      let messages = byTopic.get(topic);
      if (messages === undefined) byTopic.set(topic, (messages = []));
      messages.push(message);
    }
    for (const { message, lastHeaders } of last.values())
      if (lastHeaders !== undefined) message.headers = lastHeaders();
    const topicMessages: TopicMessages[] = [...byTopic].map(([topic, messages]) => ({
      topic,
      messages,
    }));
    const answers = await this.connection.within(PATIENCE, 'sending', () =>
      this.producer.sendBatch({
        acks: -1,
        compression: this.compression === 'gzip' ? CompressionTypes.GZIP : CompressionTypes.None,
        topicMessages,
      }),
    );
    const offsets = new Map(
      answers.map(({ topicName, partition, baseOffset }) => [
        nameOf(topicName, partition),
        Number(baseOffset ?? -1),
      ]),
    );
    let crossed = false;
    for (const [name, count] of counts) {
      const offset = offsets.get(name);
      // When a partition gets another leader while a batch for several is under way, kafkajs may call it sent without it.
      if (offset === undefined) {
        throw new StoreError(
          'unavailable',
          `Kafka did not confirm what was sent to ${name}: it changed its leader meanwhile. It is looked up and sent again.`,
        );
      }
      if (offset !== this.offsets.get(name)) crossed = true;
      this.offsets.set(name, offset + count);
    }
    if (crossed) {
      throw new StoreError(
        'unavailable',
        'Somebody else publishes to the same topics at the same time. What was said twice has the same sequence, so readers can tell; the place is looked up again. Run one publisher only.',
      );
    }
  }
}

/** In order, in parts that a broker takes. A record that is too large by itself is a part of its own: the broker refuses it. */
function* inParts(records: readonly Outgoing[]): Generator<readonly Outgoing[]> {
  let [part, bytes]: [Outgoing[], number] = [[], 0];
  for (const record of records) {
    const size = sizeOf(record);
    if (part.length > 0 && bytes + size > BATCH_BYTES) {
      yield part;
      [part, bytes] = [[], 0];
    }
    part.push(record);
    bytes += size;
  }
  if (part.length > 0) yield part;
}

/** At most so many bytes on the wire, headers included. */
const sizeOf = ({ key, value }: Outgoing): number =>
  500 + key.length * 3 + Buffer.byteLength(value ?? '');
