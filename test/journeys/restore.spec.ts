import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { openEmbeddedEventStore, openEmbeddedReadStore } from '#adapters';
import { Reactor } from '#application';
import { configFrom, logTo, systemClock, tokensIn } from '#platform';
import { readModels } from '#read-models';
import { countyApp } from '../../apps/standalone/county-app';
import { copy } from '../support/played-county';
import { digestOf, documentsIn, pureFold } from '../support/pure-fold';

/*
 * The log is everything: a folder that holds nothing else serves the same county again. The read models are the pure fold
 * of it, and no policy answers the past a second time.
 */
it('starts from the log alone, with the same read models and nothing new recorded', async () => {
  const folder = copy();
  for (const name of ['read-models.db', 'read-models.db-wal', 'read-models.db-shm']) {
    rmSync(join(folder, name), { force: true });
  }
  const eventStore = openEmbeddedEventStore({ folder });
  const readStore = openEmbeddedReadStore({ folder, collections: readModels });
  const before = await eventStore.end();
  const app = await countyApp({
    eventStore,
    readStore,
    clock: systemClock,
    log: logTo('silent'),
    config: configFrom({ DATA_DIR: folder, SEED: 'none' }),
    tokens: tokensIn(folder),
  });
  await app.init();
  try {
    expect(await readStore.waitFor(before, 60_000)).toBe(true);
    await app.get(Reactor).caughtUp(before);
    expect(await eventStore.end()).toBe(before);
    const snapshot = await readStore.snapshot();
    expect(digestOf(await documentsIn(snapshot, readModels))).toBe(
      digestOf(await pureFold(eventStore, readModels, before)),
    );
  } finally {
    await app.close();
    rmSync(folder, { recursive: true, force: true });
  }
}, 120_000);
