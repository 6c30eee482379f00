import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import { StoreError } from '#kernel';
import type { PlayedClock } from '#platform';
import { dayInEngland } from '#platform';
import type { Outside } from '../application.module';
import { Commands } from '../commands';
import { Example } from '../example';
import { Importing } from '../imports/importing';
import { Lags } from '../lags';
import { PUBLISHING } from '../ports';
import type { Publishing } from '../publishing';
import { Reactor } from '../reactor';
import { Turning } from '../turning';
import { makeCounty } from './make-county';
import { playCounty } from './play';

/** The county's last day: its registers, heads and inspections are known up to here. */
const AS_AT = '2026-11-01';
/** Which of all counties that could be made up it is, unless somebody asks for another. */
export const COUNTY_SEED = 2026;
const DAY_MS = 86_400_000;
/** How long the pages may take to come up to the last event, in milliseconds. */
const PATIENCE = 60_000;

export interface Seeding {
  readonly outside: Outside & { readonly clock: PlayedClock };
  readonly seed: number;
  /** Days played so far, and days in all. */
  readonly progress: (done: number, of: number) => void;
}

/**
 * Plays the invented county with its years into the stores of an app whose followers run. One that was interrupted goes on
 * where it stopped. Whether the log may have it is for the caller to say.
 */
export async function seedCounty(
  app: INestApplicationContext,
  { outside, seed, progress }: Seeding,
): Promise<void> {
  const { eventStore: events, readStore, config, clock } = outside;
  await refuseCutOff(app.get(Lags), outside);
  // Nobody is there yet who could lose by it: what is flushed and told step by step in service is so at the end here.
  const inOneGo = outside.inOneGo ?? ((work) => work());
  const publishing = app.get<Publishing | undefined>(PUBLISHING);
  const afterwards: typeof inOneGo = (work) => publishing?.afterwards(work) ?? work();
  const folder = mkdtempSync(join(tmpdir(), 'side-by-side-county-'));
  const play = () =>
    playCounty({
      ...{ folder, clock, events, progress },
      county: makeCounty({ seed, asAt: AS_AT, authority: Number(config.AUTHORITY) }),
      // Nothing is recorded ahead of its time, should this machine's clock be behind the county's.
      last: dayInEngland(Date.now() - DAY_MS),
      commands: app.get(Commands),
      importing: app.get(Importing),
      reactor: app.get(Reactor),
    });
  try {
    await afterwards(() => inOneGo(play));
    // The years are over, and today has come: what was not used of them lapses here as it does anywhere.
    clock.release();
    await app.get(Turning).turn();
    await app.get(Reactor).caughtUp(await events.end());
    if (!(await readStore.waitFor(await events.end(), PATIENCE)))
      throw new Error(
        'The pages did not come up to the last event of the county. Start again to go on.',
      );
    await app.get(Example).look();
  } finally {
    clock.release();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A power cut may have taken the last of a log that was played in one go, and left what was made of it. */
async function refuseCutOff(lags: Lags, { eventStore, config, inOneGo }: Outside): Promise<void> {
  if (inOneGo === undefined) return;
  const end = await eventStore.end();
  const made = await Promise.all([lags.projector(), lags.reactor()]);
  if (made.every(({ position }) => position <= end)) return;
  throw new StoreError(
    'damaged',
    `The machine stopped while the invented county was being played, and not all of it reached the disk. Take ${config.DATA_DIR} away and start again: nothing in it is anybody's yet.`,
  );
}
