import type { Batch, ChainEnd, OutgoingMessage, Position, Publisher, Resumption } from '#kernel';
import { START, StoreError } from '#kernel';
import { KafkaConnection } from './connection';
import type { KafkaOptions } from './connection';
import type { Outgoing } from './producing';
import { Producing } from './producing';
import { chainOf, endMarksOf, findPlace, marksOf } from './resuming';
import { checkKafka, topicsOf } from './topics';
import { storeErrorFrom } from './trouble';

export interface KafkaPublisherOptions extends KafkaOptions {
  /** Default none; gzip is a third of the rate for a quarter of the bytes, and the one that kafkajs has. */
  readonly compression?: 'none' | 'gzip';
}

/** How long finding the place may take before the first record comes, in ms. */
const PATIENCE = 30_000;
const CLOUD_EVENT = 'application/cloudevents+json; charset=UTF-8';

/**
 * Opens the publisher on Kafka. Topics have to be there (`migrateKafka`).
 * @throws StoreError in words within 20 seconds: brokers that cannot be reached, a wrong password, a missing topic.
 */
export async function openKafkaPublisher(options: KafkaPublisherOptions): Promise<Publisher> {
  await checkKafka(options);
  return new KafkaPublisher(options);
}

/**
 * Messages go out first, and when they are confirmed the ends of their chains go to the compacted topics, so that an end
 * never says more than the messages do. Each record carries the place up to which all of that was done before it.
 */
class KafkaPublisher implements Publisher {
  private readonly topics;
  private producing: Producing | undefined;
  private confirmedTo: Position = START;
  private outside: ReadonlyMap<string, Position> = new Map();
  private isClosed = false;

  constructor(private readonly options: KafkaPublisherOptions) {
    this.topics = topicsOf(options.topicPrefix);
  }

  async resume(): Promise<Resumption> {
    this.assertOpen();
    this.giveUp();
    const reading = new KafkaConnection(this.options);
    const admin = reading.kafka.admin({ retry: { retries: 5 } });
    try {
      const found = await reading
        .within(PATIENCE, 'connecting', () => admin.connect())
        .then(() => findPlace(reading, admin, this.options.topicPrefix, this.topics));
      const producing = new Producing(
        new KafkaConnection(this.options),
        found.partitions,
        new Map(found.offsets),
        this.options.compression ?? 'none',
      );
      try {
        await producing.connect();
        await producing.send(found.overtaken.map((end) => this.endRecord(end, found.after)));
      } catch (error) {
        producing.close();
        throw error;
      }
      this.assertOpen(producing);
      this.producing = producing;
      this.confirmedTo = found.after;
      this.outside = found.outside;
      return { after: found.after, ends: found.ends };
    } catch (error) {
      throw storeErrorFrom(error, this.options.brokers);
    } finally {
      reading.cutOff();
    }
  }

  async publish({ messages, upTo, ends }: Batch): Promise<void> {
    this.assertOpen();
    const { producing, confirmedTo } = this;
    if (producing === undefined) {
      throw new StoreError(
        'invalid',
        'Publishing has not found its place: ask for `resume` before the first batch, and again after one that failed.',
      );
    }
    // Until it has come through well it is not known what became of it.
    this.producing = undefined;
    try {
      await producing.send(
        messages
          .filter((message) => !this.isOutside(message))
          .map((message) => this.messageRecord(message, confirmedTo)),
      );
      if (ends !== undefined) {
        await producing.send(ends.map((end) => this.endRecord(end, confirmedTo)));
        this.confirmedTo = upTo;
      }
    } catch (error) {
      producing.close();
      throw error;
    }
    this.assertOpen(producing);
    this.producing = producing;
  }

  close(): Promise<void> {
    this.isClosed = true;
    this.giveUp();
    return Promise.resolve();
  }

  private giveUp(): void {
    this.producing?.close();
    this.producing = undefined;
  }

  private isOutside({ audience, key, position }: OutgoingMessage): boolean {
    return position <= (this.outside.get(chainOf(audience, key)) ?? START);
  }

  private messageRecord(message: OutgoingMessage, confirmedTo: Position): Outgoing {
    return {
      topic: this.topics[message.audience].messages,
      key: message.key,
      value: message.text,
      headers: { 'content-type': CLOUD_EVENT, ...marksOf({ ...message, confirmedTo }) },
    };
  }

  private endRecord(end: ChainEnd, confirmedTo: Position): Outgoing {
    return {
      topic: this.topics[end.audience].snapshot,
      key: end.key,
      value: end.snapshot,
      headers: { 'content-type': CLOUD_EVENT, ...endMarksOf(end, confirmedTo) },
    };
  }

  private assertOpen(producing?: Producing): void {
    if (!this.isClosed) return;
    producing?.close();
    throw new StoreError('closed', 'The publisher has been closed. Open it again to go on.');
  }
}
