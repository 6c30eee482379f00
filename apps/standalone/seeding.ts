import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import { SingleBar } from 'cli-progress';
import type { Outside } from '#application';
import { Commands, Example, Importing, makeCounty, playCounty, Reactor } from '#application';
import { START } from '#kernel';
import type { PlayedClock } from '#platform';
import { dayInEngland } from '#platform';

/** What the data folder says of the county in its log; `finished`: it has been played to the end, and never will be again. */
interface Mark {
  readonly seed: number;
  readonly finished: boolean;
}
const MARK = 'county.json';
const SEED = 2026;
/** The county's last day: its registers, heads and inspections are known up to here. */
const AS_AT = '2026-11-01';
const DAY_MS = 86_400_000;
/** How long the pages may take to come up to the last event, in milliseconds. */
const PATIENCE = 60_000;

/**
 * Puts the invented county into an empty data folder, with its years; goes on where an earlier start was interrupted.
 * Does nothing with SEED=none, where it has been done, or where somebody has begun with data of their own.
 */
export async function seeded(
  app: INestApplicationContext,
  { eventStore: events, readStore, config, clock }: Outside & { readonly clock: PlayedClock },
): Promise<void> {
  const file = join(config.DATA_DIR, MARK);
  const mark = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Mark) : undefined;
  if (config.SEED === 'none' || mark?.finished === true) return;
  if (mark === undefined && (await events.end()) !== START) return;
  const { seed } = mark ?? { seed: SEED };
  const note = (finished: boolean) => {
    writeFileSync(file, `${JSON.stringify({ seed, finished } satisfies Mark)}\n`);
  };
  note(false);
  const bar = progressBar();
  const folder = mkdtempSync(join(tmpdir(), 'side-by-side-county-'));
  try {
    await playCounty({
      ...{ folder, clock, events },
      county: makeCounty({ seed, asAt: AS_AT, authority: Number(config.AUTHORITY) }),
      // Nothing is recorded ahead of its time, should this machine's clock be behind the county's.
      last: dayInEngland(Date.now() - DAY_MS),
      commands: app.get(Commands),
      importing: app.get(Importing),
      reactor: app.get(Reactor),
      progress: (done, of) => {
        bar.setTotal(of);
        bar.update(done);
      },
    });
    if (!(await readStore.waitFor(await events.end(), PATIENCE)))
      throw new Error(
        'The pages did not come up to the last event of the county. Start again to go on.',
      );
    note(true);
    await app.get(Example).look();
  } finally {
    clock.release();
    bar.stop();
    rmSync(folder, { recursive: true, force: true });
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
