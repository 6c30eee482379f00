import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import { SingleBar } from 'cli-progress';
import type { Seeding } from '#application';
import { COUNTY_SEED, seedCounty } from '#application';
import { START } from '#kernel';

/** What the data folder says of the county in its log; `finished`: it has been played to the end, and never will be again. */
interface Mark {
  readonly seed: number;
  readonly finished: boolean;
}
const MARK = 'county.json';

/**
 * Puts the invented county into an empty log, with its years; goes on where an earlier start was interrupted.
 * Does nothing with SEED=none, where it has been done, or where somebody has begun with data of their own.
 */
export async function seeded(
  app: INestApplicationContext,
  outside: Seeding['outside'],
): Promise<void> {
  const { config, eventStore } = outside;
  const file = join(config.DATA_DIR, MARK);
  const mark = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Mark) : undefined;
  if (config.SEED === 'none' || mark?.finished === true) return;
  if (mark === undefined && (await eventStore.end()) !== START) return;
  const { seed } = mark ?? { seed: COUNTY_SEED };
  const note = (finished: boolean) => {
    writeFileSync(file, `${JSON.stringify({ seed, finished } satisfies Mark)}\n`, { flush: true });
  };
  note(false);
  const bar = progressBar();
  const progress = (done: number, of: number): void => {
    bar.setTotal(of);
    bar.update(done);
  };
  try {
    await seedCounty(app, { outside, seed, progress });
    note(true);
  } finally {
    bar.stop();
  }
}

/** A bar for whoever watches a terminal, a line now and then for a log. */
function progressBar(): SingleBar {
  const bar = new SingleBar({
    format: 'Playing four years of an invented county [{bar}] {percentage}%',
    stream: process.stderr,
    hideCursor: true,
    noTTYOutput: true,
    notTTYSchedule: 2000,
  });
  bar.start(1, 0);
  return bar;
}
