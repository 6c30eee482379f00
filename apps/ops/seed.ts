import 'reflect-metadata';
import { openStores } from '#adapters';
import { COUNTY_SEED, Example, hostedApp, seedCounty, Worker } from '#application';
import { aggregates, policies } from '#domain';
import type { ReadStore } from '#kernel';
import { START } from '#kernel';
import type { Config } from '#platform';
import { logTo, PlayedClock, tokensFor } from '#platform';
import { questions, readModels } from '#read-models';
import { notDone } from './api';
import { progressOf } from './progress';
import type { Report } from './report';

/**
 * Plays the invented county into the stores that the settings name. Only into an empty log, or on from where an earlier
 * run of this was broken off. No worker may run meanwhile: it would answer days of 2022 with the date of today.
 */
export async function seed(config: Config): Promise<Report> {
  const shared = { clock: new PlayedClock(), log: logTo(config.LOG_LEVEL) };
  const stores = await openStores(config, {
    ...{ ...shared, collections: readModels },
    publishes: false,
  });
  const outside = { ...stores, ...shared, config, tokens: tokensFor(config) };
  const app = await hostedApp({
    outside,
    inside: { aggregates, policies, readModels, questions },
    rooms: [],
    follows: true,
  });
  const progress = progressOf('playing four years of an invented county, in days');
  try {
    await app.init();
    if ((await stores.eventStore.end()) !== START && !app.get(Example).holds()) {
      throw notDone(
        'Not empty',
        'There is something else in the log already, and an invented county among real records could not be told from them. Name an empty log.',
      );
    }
    await noWorker(stores.readStore);
    const worker = app.get(Worker);
    await worker.start();
    try {
      await seedCounty(app, {
        outside,
        seed: COUNTY_SEED,
        progress: (done, of) => {
          progress.at(done, of);
        },
      });
    } finally {
      await worker.stop();
    }
    const end = await stores.eventStore.end();
    return {
      ok: true,
      report: { seed: COUNTY_SEED, position: end },
      plain: `The invented county is in the log, up to position ${end}.`,
    };
  } finally {
    progress.end();
    await app.close();
  }
}

/** A worker that runs holds the lease of the policies; one that was killed lets go of it within seconds. */
async function noWorker(readStore: ReadStore): Promise<void> {
  const us = `seed ${process.pid}`;
  if (await readStore.lease('reactor', us, 1_000)) {
    await readStore.release('reactor', us);
    return;
  }
  throw notDone(
    'A worker runs',
    'A worker runs on these stores, and would answer the days of the play with the date of today. Stop every worker and service, and run this again a few seconds later.',
  );
}
