import { createReadStream, mkdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { Importing, Worker, makeCounty, writeNationalRegister } from '#application';
import { openApplication } from './ground';
import type { Figure } from './measuring';
import { mostMemory } from './measuring';

const ROWS = 50_000;
const AS_AT = '2026-11-01';

const fileIn = (folder: string): string =>
  join(folder, `edubasealldata${AS_AT.replaceAll('-', '')}.csv`);

/** Writes an invented national register, the size of the real one. */
export async function makeRegister(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  await writeNationalRegister(
    fileIn(folder),
    makeCounty({ seed: 825, asAt: AS_AT, authority: 825 }),
    ROWS,
  );
}

/** A national register filtered to one authority and taken in, into an empty service. */
export async function importing(folder: string): Promise<readonly Figure[]> {
  const file = fileIn(folder);
  const { app, close } = await openApplication(join(folder, 'service'));
  const worker = app.get(Worker);
  await worker.start();
  const begun = performance.now();
  const report = await app
    .get(Importing)
    .bringIn(
      { kind: 'register', source: createReadStream(file), fileName: basename(file), asAt: AS_AT },
      { id: 'person-operator-01', role: 'operator' },
    );
  const seconds = (performance.now() - begun) / 1000;
  const most = mostMemory();
  await worker.stop();
  await close();
  if (!report.imported) throw new Error(report.refusal.detail);
  const told = `${ROWS} rows, ${Math.round(statSync(file).size / 1e6)} MB; ${report.rowsOfAuthority} of the authority, ${report.eventsAppended} events`;
  return [
    {
      what: 'National register, filtered and taken in',
      ours: `${seconds.toFixed(1)} s`,
      beside: told,
      value: seconds,
      unit: 's',
      limit: { atMost: 10 },
    },
    {
      what: 'Most memory meanwhile',
      ours: `${most} MB`,
      beside: '',
      value: most,
      unit: 'MB',
      limit: { atMost: 200 },
    },
  ];
}
