import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openEmbeddedReadStore, openMongoReadStore } from '#adapters';
import type { ReadModelsCompared } from '#application';
import { compareReadModels } from '#application';
import type { EventStore, ReadStore } from '#kernel';
import type { Config } from '#platform';
import { readModels } from '#read-models';
import { notDone } from './api';
import { counted } from './plain';

interface End {
  readonly store: EventStore;
  /** The data folder, where it is one. */
  readonly folder: string | undefined;
}

/** Compares what was made of the log at both ends: in a data folder beside its log, for a server where MONGODB_URL says. */
export async function comparedReadModels(
  source: End,
  target: End,
  settings: Config,
): Promise<ReadModelsCompared> {
  const old = await readModelsOf(source, settings);
  try {
    const fresh = await readModelsOf(target, settings);
    try {
      return await compareReadModels(
        { events: source.store, documents: old },
        { events: target.store, documents: fresh },
        readModels,
      );
    } finally {
      await fresh.close();
    }
  } finally {
    await old.close();
  }
}

async function readModelsOf({ folder }: End, settings: Config): Promise<ReadStore> {
  if (folder !== undefined && existsSync(join(folder, 'read-models.db')))
    return openEmbeddedReadStore({ folder, collections: readModels, readOnly: true });
  const { MONGODB_URL: url, MONGODB_DATABASE: database } = settings;
  if (folder === undefined && url !== undefined)
    return openMongoReadStore({ url, database, collections: readModels });
  throw notDone(
    'No read models there',
    folder === undefined
      ? 'Set MONGODB_URL to where the read models of the server are, to have them compared.'
      : `There are no read models in the folder ${folder}. Start the service on it once, and they are built.`,
  );
}

export function readModelsInWords(compared: ReadModelsCompared): string {
  if ('notYet' in compared) return `Read models were not compared: ${compared.notYet}`;
  const { documents, digest, differing } = compared;
  return differing.length === 0
    ? `The same read models at both ends but for what positions are called: ${counted(documents, 'document')}; SHA-256 over all of them ${digest ?? ''}.`
    : `READ MODELS ARE NOT THE SAME: ${differing.join(', ')}. Build them anew at the new place (ops rebuild) and compare again.`;
}
