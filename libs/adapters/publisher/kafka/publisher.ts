import type { Batch, ChainEnd, OutgoingMessage, Position, Publisher, Resumption } from '#kernel';
import { START, StoreError } from '#kernel';
import { FEW, KafkaConnection, MANY } from './connection';
import type { KafkaOptions } from './connection';
import { nameOf } from './partitions';
import type { Outgoing } from './producing';
import { Producing } from './producing';
import { endMarksOf, findPlace, marksOf } from './resuming';
import type { Found } from './resuming';
import { checkKafka, topicsOf } from './topics';
import { storeErrorFrom } from './trouble';

export interface KafkaPublisherOptions extends KafkaOptions {
  /** Default none; gzip is a third of the rate for a quarter of the bytes, and the one that kafkajs has. */
  readonly compression?: 'none' | 'gzip';
}

/** How long finding the place may take before the first record comes, in ms. */
const PATIENCE = 30_000;
/** How a reader knows that a CloudEvent is in the record's value whole. */
const CONTENT = { 'content-type': 'application/cloudevents+json; charset=UTF-8' };

/**
 * Opens the publisher on Kafka. Topics have to be there (`migrateKafka`).
 * @throws StoreError in words within 15 seconds: brokers that cannot be reached, a wrong password, a missing topic.
 */
export async function openKafkaPublisher(options: KafkaPublisherOptions): Promise<Publisher> {
  await checkKafka(options);
  return new KafkaPublisher(options);
}

/**
 * Messages go out first, and when they are confirmed the ends of their chains go to the compacted topics, so that an end
 * never says more than the messages do. What is sent says up to which place all of that was done before it.
 */
class KafkaPublisher implements Publisher {
  private readonly topics;
  private reading: KafkaConnection | undefined;
  private producing: Producing | undefined;
  /** Whether the next batch may go through it: what became of the last one is known. */
  private isReady = false;
  private confirmedTo: Position = START;
  private found: Pick<Found, 'outside' | 'partitions'> | undefined;
  private isClosed = false;

  constructor(private readonly options: KafkaPublisherOptions) {
    this.topics = topicsOf(options.topicPrefix);
  }

  async resume(): Promise<Resumption> {
    this.assertOpen();
    this.giveUp();
    const reading = (this.reading = new KafkaConnection(this.options, FEW));
    const admin = reading.kafka.admin();
    try {
      const found = await reading
        .within(PATIENCE, 'connecting', () => admin.connect())
        .then(() => findPlace(reading, admin, this.options.topicPrefix, this.topics));
      this.assertOpen();
      const producing = (this.producing = new Producing(
        new KafkaConnection(this.options, MANY),
        found.partitions,
        new Map(found.offsets),
        this.options.compression ?? 'none',
      ));
      await producing.connect();
      await producing.send(found.overtaken.map((end) => this.endRecord(end, found.after)));
      this.confirmedTo = found.after;
      this.found = found;
      this.isReady = true;
      return { after: found.after, ends: found.ends };
    } catch (error) {
      this.giveUp();
      this.assertOpen();
      throw storeErrorFrom(error, this.options.brokers);
    } finally {
      reading.cutOff();
    }
  }

  async publish({ messages, upTo, ends }: Batch): Promise<void> {
    this.assertOpen();
    const { producing, confirmedTo } = this;
    if (producing === undefined || !this.isReady) {
      throw new StoreError(
        'invalid',
        'Publishing has not found its place: ask for `resume` before the first batch, and again after one that failed.',
      );
    }
    // Until it has come through well it is not known what became of it.
    this.isReady = false;
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
      this.isReady = true;
    } catch (error) {
      this.giveUp();
      this.assertOpen();
      throw error;
    }
  }

  close(): Promise<void> {
    this.isClosed = true;
    // What is under way fails at once, and is told that it was closed.
    this.reading?.cutOff();
    this.giveUp();
    return Promise.resolve();
  }

  private giveUp(): void {
    this.producing?.close();
    this.producing = undefined;
    this.isReady = false;
  }

  private isOutside({ audience, key, position }: OutgoingMessage): boolean {
    if (this.found === undefined) return false;
    const { outside, partitions } = this.found;
    const { messages } = this.topics[audience];
    return position <= (outside.get(nameOf(messages, partitions.of(messages, key))) ?? START);
  }

  private messageRecord(message: OutgoingMessage, confirmedTo: Position): Outgoing {
    const { audience, key, position, text } = message;
    const topic = this.topics[audience].messages;
    const lastHeaders = () => ({ ...CONTENT, ...marksOf(position, confirmedTo) });
    return { topic, key, value: text, headers: CONTENT, lastHeaders };
  }

  private endRecord(end: ChainEnd, confirmedTo: Position): Outgoing {
    return {
      topic: this.topics[end.audience].snapshot,
      key: end.key,
      value: end.snapshot,
      headers: { ...CONTENT, ...endMarksOf(end, confirmedTo) },
    };
  }

  private assertOpen(): void {
    if (!this.isClosed) return;
    throw new StoreError('closed', 'The publisher has been closed. Open it again to go on.');
  }
}
