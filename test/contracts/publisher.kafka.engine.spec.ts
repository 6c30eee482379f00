import { migrateKafka, topicsOf } from '#adapters';
import type { KafkaEngine } from '../engines/kafka';
import { publisherContract } from './publisher';
import { aPrefix, Chains, publishAll, relay, round, verdictOn } from './publisher-ground';
import { clientOf, kafkaFor, optionsFor, publisherOn, recordsOf } from './publisher-kafka-ground';
import type { PublisherUnderTest } from './publisher-ground';
import { whyNoKafka } from '../engines/kafka';

jest.setTimeout(120_000);
let kafka: KafkaEngine | undefined;

beforeAll(async () => {
  kafka = await kafkaFor();
});
afterAll(async () => {
  await kafka?.dispose();
});

publisherContract('Kafka', () => publisherOn(kafka!.url));
