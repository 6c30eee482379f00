import 'reflect-metadata';
import { openStores } from '#adapters';
import { endsWith, hostedApp, listening } from '#application';
import { aggregates, policies } from '#domain';
import { configFrom, logTo, run, systemClock, tokensFor } from '#platform';
import { questions, readModels } from '#read-models';
import { ApiModule } from './api.module';

/** Commands, queries and live streams over HTTP; any number of these may run side by side. */
run(async (life) => {
  const config = configFrom(process.env, 'api');
  const log = logTo(config.LOG_LEVEL);
  const shared = { clock: systemClock, log };
  const stores = await openStores(config, {
    ...{ ...shared, collections: readModels },
    publishes: false,
  });
  const app = await hostedApp({
    outside: { ...stores, ...shared, config, tokens: tokensFor(config), stopping: life.stopping },
    inside: { aggregates, policies, readModels, questions },
    rooms: [ApiModule],
    follows: false,
  });
  endsWith(life, app);
  console.error(`The API of Side by Side is at ${await listening(app, config)}`);
});
