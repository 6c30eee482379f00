import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { configFrom } from '#platform';
import { notDone } from './api';
import type { Report } from './report';

/** The day the example county is of. */
const AS_AT = '2026-11-01';

/** Writes the invented county's three files; the same seed gives the same bytes. */
export async function county(out: string, seed: number): Promise<Report> {
  if (!Number.isSafeInteger(seed) || seed < 0)
    throw notDone('Not a seed', '--seed must be a whole number of at least 0.');
  const folder = resolve(out);
  mkdirSync(folder, { recursive: true });
  // Loaded for this verb only: every other one starts without the whole application.
  const { makeCounty, writeCountyFiles } = await import('#application');
  const authority = Number(configFrom(process.env).AUTHORITY);
  const files = await writeCountyFiles(makeCounty({ seed, asAt: AS_AT, authority }), folder);
  return {
    ok: true,
    report: { folder, seed, files },
    plain: `An invented county, seed ${seed}, written to ${folder}.`,
  };
}
