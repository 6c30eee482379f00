/*
 * Rebuilds that are switched to and taken back while people read and write, with two workers, two processes that answer
 * and one that rebuilds, each with its own way into the read models. Nobody may meet an error, and nobody may be shown an
 * earlier position than they have seen. Over embedded stores, or over EventStoreDB and MongoDB.
 *
 *   node dist/test/drills/cut-over.js [TIMES=100] [SEED=1] [engines]
 */
import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbeddedEventStore, openEmbeddedReadStore } from '#adapters';
import { readModels } from '#read-models';
import type { CutOverStores } from './cut-over-ground';
import { CutOvers, cutOversUnderLoad, isRight } from './cut-over-ground';
import { engines } from './cut-over-engines';
import { seeded } from '../support/seeded';

function embedded(): CutOverStores {
  const folder = mkdtempSync(join(tmpdir(), 'cut-over-drill-'));
  const events = openEmbeddedEventStore({ folder });
  return {
    name: 'embedded',
    events,
    another: () => Promise.resolve(openEmbeddedReadStore({ folder, collections: readModels })),
    dispose: async () => {
      await events.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function drill(times: number, seed: number, onEngines: boolean): Promise<void> {
  const ground = await CutOvers.over(onEngines ? await engines() : embedded());
  try {
    const verdict = await cutOversUnderLoad(ground, times, seeded(seed));
    console.log(JSON.stringify(verdict));
    if (!isRight(verdict)) throw new Error('The drill found a fault.');
  } finally {
    await ground.end();
  }
}

const [, , times = '100', seed = '1', where] = process.argv;
drill(Number(times), Number(seed), where === 'engines').catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
