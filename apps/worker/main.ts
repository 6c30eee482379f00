import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import { openStores } from '#adapters';
import { endsWith, hostedApp, listening, Turning } from '#application';
import { aggregates, policies } from '#domain';
import { configFrom, logTo, run, systemClock, tokensFrom } from '#platform';
import { questions, readModels } from '#read-models';
import { WorkerModule } from './worker.module';

/** What follows the log: read models, policies, messages. No HTTP but health, and nobody to sign in. */
run(async (life) => {
  const config = configFrom(process.env, 'worker');
  const log = logTo(config.LOG_LEVEL);
  const shared = { clock: systemClock, log };
  const stores = await openStores(config, {
    ...{ ...shared, collections: readModels },
    publishes: true,
  });
  const app = await hostedApp({
    outside: {
      ...{ ...stores, ...shared, config, stopping: life.stopping },
      tokens: tokensFrom(randomBytes(32).toString('base64')),
    },
    inside: { aggregates, policies, readModels, questions },
    rooms: [WorkerModule],
    follows: true,
  });
  endsWith(life, app);
  const url = await listening(app, config);
  app.get(Turning).start();
  console.error(`A worker of Side by Side is at ${url}`);
});
