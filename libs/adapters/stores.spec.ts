import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { START, StoreError } from '#kernel';
import { configFrom, logTo, systemClock } from '#platform';
import { kafkaIn, openStores } from './stores';

const collections = [{ name: 'schools', fixed: [] }];
const options = { clock: systemClock, log: logTo('silent'), collections, publishes: true };

describe('the stores that the settings name', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'side-by-side-stores-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('are the embedded ones in the data folder where none is named, made where they are not there', async () => {
    const stores = await openStores(configFrom({ DATA_DIR: join(folder, 'deep/data') }), options);
    expect(await stores.eventStore.end()).toBe(START);
    expect(await stores.readStore.checkpoint()).toBe(START);
    expect((await stores.publisher!.resume()).after).toBe(START);
    await Promise.all([
      stores.publisher!.close(),
      stores.readStore.close(),
      stores.eventStore.close(),
    ]);
  });

  it('are opened all or none: those that could be are closed when another cannot', async () => {
    const documents = join(folder, 'read-models.db');
    writeFileSync(documents, 'nothing that a database would begin with');
    const config = configFrom({ DATA_DIR: folder });
    await expect(openStores(config, options)).rejects.toBeInstanceOf(StoreError);
    rmSync(documents);
    // The log is nobody's now: it can be opened again for writing.
    const stores = await openStores(config, { ...options, publishes: false });
    expect(stores.publisher).toBeUndefined();
    await Promise.all([stores.readStore.close(), stores.eventStore.close()]);
  });

  it('say each what is wrong when several cannot be opened', async () => {
    for (const file of ['read-models.db', 'events.db'])
      writeFileSync(join(folder, file), 'nothing that a database would begin with');
    const opening = openStores(configFrom({ DATA_DIR: folder }), options);
    const error = await opening.catch((fault: unknown) => fault);
    expect(error).toBeInstanceOf(StoreError);
    expect((error as StoreError).message).toMatch(/events\.db.*\n.*read-models\.db/);
  });

  it('take the settings of Kafka as they are', () => {
    const config = configFrom({
      ...{ KAFKA_BROKERS: 'a:1,b:2', KAFKA_SSL: 'true', KAFKA_USERNAME: 'u', KAFKA_PASSWORD: 'p' },
    });
    expect(kafkaIn(config)).toEqual({
      brokers: ['a:1', 'b:2'],
      topicPrefix: 'sidebyside',
      ssl: true,
      sasl: { mechanism: 'scram-sha-512', username: 'u', password: 'p' },
    });
    expect(kafkaIn(configFrom({}))).toBeUndefined();
  });
});
