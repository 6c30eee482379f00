import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Reactor } from '#application';
import { configFrom, logTo, systemClock, tokensIn } from '#platform';
import { readModels } from '#read-models';
import { countyApp } from '../../apps/standalone/county-app';
import { digestOf, documentsIn, pureFold } from '../support/pure-fold';
import { terrain } from './ground';

/*
 * The log is everything: what stands on nothing else serves the same county again. The read models are the pure fold
 * of it, and no policy answers the past a second time.
 */
it('starts from the log alone, with the same read models and nothing new recorded', async () => {
  const ground = await terrain().logAlone();
  const { events: eventStore, documents: readStore } = ground;
  const folder = mkdtempSync(join(tmpdir(), 'side-by-side-'));
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
    expect(await readStore.waitFor(before, 120_000)).toBe(true);
    await app.get(Reactor).caughtUp(before);
    expect(await eventStore.end()).toBe(before);
    const snapshot = await readStore.snapshot();
    expect(digestOf(await documentsIn(snapshot, readModels))).toBe(
      digestOf(await pureFold(eventStore, readModels, before)),
    );
  } finally {
    await app.close();
    await ground.dispose();
    rmSync(folder, { recursive: true, force: true });
  }
}, 180_000);
