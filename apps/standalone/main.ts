import 'reflect-metadata';
import { mkdirSync } from 'node:fs';
import { openEmbeddedEventStore, openEmbeddedReadStore } from '#adapters';
import { StoreError } from '#kernel';
import { ConfigFault, configFrom, logTo, PlayedClock, tokensIn } from '#platform';
import { readModels } from '#read-models';
import { countyApp, listen } from './county-app';
import { holdsExample, seeded } from './seeding';
import { writeServiceFile } from './service-file';

/** Long enough for whoever leaves a machine running; the token lies in a file only the owner can read. */
const OPERATOR_SECONDS = 400 * 86_400;

async function main(): Promise<void> {
  const config = configFrom(process.env);
  const log = logTo(config.LOG_LEVEL);
  const folder = config.DATA_DIR;
  mkdirSync(folder, { recursive: true });
  const clock = new PlayedClock();
  const eventStore = openEmbeddedEventStore({
    folder,
    clock: () => clock.now(),
    log: (warning) => {
      log.warn(warning, 'event store');
    },
  });
  const readStore = openEmbeddedReadStore({ folder, collections: readModels });
  const tokens = tokensIn(folder);
  const outside = {
    eventStore,
    readStore,
    clock,
    log,
    config,
    tokens,
    backup: (file: string) => eventStore.backup(file),
    example: () => holdsExample(folder),
  };
  const app = await countyApp(outside);
  await app.init();
  await seeded(app, outside);
  const url = await listen(app, config.PORT, config.HOST);
  writeServiceFile(folder, {
    pid: process.pid,
    url,
    token: await tokens.issue({ id: 'ops', role: 'operator' }, OPERATOR_SECONDS),
  });
  console.error(`Side by Side is at ${url}`);
}

main().catch((error: unknown) => {
  const foreseen = error instanceof ConfigFault || error instanceof StoreError;
  console.error(foreseen ? error.message : error);
  // Whatever had been opened by then must not keep a service alive that serves nobody.
  process.exit(1);
});
