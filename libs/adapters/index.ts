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
export { openStores } from './stores';
