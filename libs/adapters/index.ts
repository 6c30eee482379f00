export type {
  EmbeddedEventStore,
  EmbeddedEventStoreOptions,
} from './event-store/embedded/event-store';
export { openEmbeddedEventStore } from './event-store/embedded/event-store';
export type { EmbeddedReadStoreOptions } from './read-store/embedded/read-store';
export { openEmbeddedReadStore } from './read-store/embedded/read-store';
export type { MongoMigration } from './read-store/mongodb/migrate';
export { migrateMongo } from './read-store/mongodb/migrate';
export type { MongoReadStoreOptions } from './read-store/mongodb/read-store';
export { openMongoReadStore } from './read-store/mongodb/read-store';
export type { OpenOptions, Stores } from './stores';
export { kafkaIn, openStores } from './stores';
export { examineEventStoreDb } from './event-store/eventstoredb/examine';
export { examineMongo } from './read-store/mongodb/examine';
export { examineKafka } from './publisher/kafka/examine';
export type { EmbeddedPublisher, PublishedMessage } from './publisher/embedded/publisher';
export { openEmbeddedPublisher } from './publisher/embedded/publisher';
export type { KafkaPublisherOptions } from './publisher/kafka/publisher';
export { openKafkaPublisher } from './publisher/kafka/publisher';
export type { MigrateKafkaOptions } from './publisher/kafka/topics';
export { checkKafka, migrateKafka, topicsOf } from './publisher/kafka/topics';
export type { EventStoreDbOptions } from './event-store/eventstoredb/event-store';
export { openEventStoreDb } from './event-store/eventstoredb/event-store';
