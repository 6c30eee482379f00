import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Catalogue, Folding } from '#application';
import { aggregates } from '#domain';
import type { EventStore } from '#kernel';
import { codec, withLog } from './ground';
import { streamsOf } from './history';
import type { Figure } from './measuring';
import { figureOf, timed, turnAbout } from './measuring';

const catalogue = new Catalogue(aggregates, [], []);
const SELECT =
  'SELECT position, stream, revision, lower(hex(id)), type, recorded_at, data, metadata FROM events WHERE stream = ? AND revision >= ? ORDER BY revision LIMIT ?';

/** Reads and folds all of one school's streams from nothing, as the first command after a start does. */
export async function foldSchool(events: EventStore, school: number): Promise<number> {
  const folding = new Folding(events, codec);
  let folded = 0;
  for (const [name, stream] of Object.entries(streamsOf(school))) {
    folded += (await folding.upToEnd(catalogue.aggregate(name), stream)).revision + 1;
  }
  return folded;
}

/** Loading and folding schools, whole history from nothing, beside a bare read and parse of the same rows. */
export async function folding(
  folder: string,
  { events, schools }: { readonly events: number; readonly schools: number },
): Promise<readonly Figure[]> {
  const perSchool = events / schools;
  const perRound = Math.max(2, Math.round(4_000 / perSchool));
  const db = new DatabaseSync(join(folder, 'events.db'), { readOnly: true });
  db.exec('PRAGMA cache_size = -16384');
  const select = db.prepare(SELECT);
  select.setReturnArrays(true);
  const bareRead = (school: number): number => {
    let read = 0;
    for (const stream of Object.values(streamsOf(school))) {
      const rows = select.all(stream, 0, Number.MAX_SAFE_INTEGER) as unknown as readonly (readonly [
        ...unknown[],
      ])[];
      for (const row of rows) {
        JSON.parse(row[6] as string);
        JSON.parse(row[7] as string);
      }
      read += rows.length;
    }
    return read;
  };
  const figure = await withLog(folder, async (store) => {
    let round = 0;
    const schoolsOf = (turn: number) =>
      Array.from({ length: perRound }, (_, i) => (Math.floor(turn / 2) * perRound + i) % schools);
    return turnAbout(
      20,
      async () => {
        let count = 0;
        const done = await timed(0, async () => {
          for (const school of schoolsOf(round++)) count += await foldSchool(store, school);
        });
        return { ...done, count };
      },
      async () => {
        let count = 0;
        const done = await timed(0, () => {
          for (const school of schoolsOf(round++)) count += bareRead(school);
        });
        return { ...done, count };
      },
    );
  });
  db.close();
  return [
    figureOf(
      `Loading and folding a school from nothing (${Math.round(perSchool)} events)`,
      figure,
      { limit: { atLeast: 0.6 }, events },
    ),
  ];
}
