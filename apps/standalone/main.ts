import 'reflect-metadata';
import { mkdirSync } from 'node:fs';
import { openStores } from '#adapters';
import { endsWith, listening, Turning } from '#application';
import { configFrom, logTo, PlayedClock, run, tokensFor } from '#platform';
import { readModels } from '#read-models';
import { countyApp } from './county-app';
import { seeded } from './seeding';
import { removeServiceFile, writeServiceFile } from './service-file';

/** Long enough for whoever leaves a machine running; the token lies in a file only the owner can read. */
const OPERATOR_SECONDS = 400 * 86_400;

run(async (life) => {
  const config = configFrom(process.env);
  const log = logTo(config.LOG_LEVEL);
  const folder = config.DATA_DIR;
  mkdirSync(folder, { recursive: true });
  const clock = new PlayedClock();
  const tokens = tokensFor(config);
  const stores = await openStores(config, {
    ...{ clock, log, collections: readModels },
    publishes: true,
  });
  const outside = { ...stores, clock, log, config, tokens, stopping: life.stopping };
  const app = await countyApp(outside);
  endsWith(life, app);
  await app.init();
  await seeded(app, outside);
  const url = await listening(app, config);
  app.get(Turning).start();
  life.atEnd(
    () => 'taking the service file away',
    () => {
      removeServiceFile(folder);
    },
  );
  writeServiceFile(folder, {
    pid: process.pid,
    url,
    token: await tokens.issue({ id: 'ops', role: 'operator' }, OPERATOR_SECONDS),
  });
  console.error(`Side by Side is at ${url}`);
});
