import { appending } from './appending';
import type { County } from './asking';
import { askingInCounties, askingOverHistory } from './asking';
import { commanding } from './commanding';
import { appendingToEventStoreDb, projectingIntoMongo } from './engines';
import { folding } from './folding';
import { makeHistory } from './ground';
import { growing, makeCounty } from './growing';
import { importing, makeRegister } from './importing';
import type { Figure } from './measuring';
import { publishing } from './publishing';
import { rebuilding, rebuildingAlone } from './rebuilding';
import { tellingAcross } from './telling';

/** Made ready, and nothing measured. */
async function nothingFrom(work: Promise<void>): Promise<readonly Figure[]> {
  await work;
  return [];
}

/**
 * Everything that is measured or made ready, by name. Each runs in a process of its own, so that none finds the memory or
 * the compiled code of another.
 */
export const parts = {
  makeHistory: ({ folder, schools, events }: County) =>
    nothingFrom(makeHistory(folder, schools, events)),
  makeCounty: ({ folder, times }: { readonly folder: string; readonly times: number }) =>
    nothingFrom(makeCounty(folder, times)),
  makeRegister: ({ folder }: { readonly folder: string }) => nothingFrom(makeRegister(folder)),
  appending: ({ folder }: { readonly folder: string }) => appending(folder),
  commanding: ({ folder }: { readonly folder: string }) => commanding(folder),
  folding: ({ folder, ...about }: County) => folding(folder, about),
  rebuildingAlone: ({ folder, ...about }: County) => rebuildingAlone(folder, about),
  rebuilding: ({ folder, ...about }: County & { readonly passes: number }) =>
    rebuilding(folder, about),
  askingOverHistory: (about: { readonly short: County; readonly long: County }) =>
    askingOverHistory(about),
  askingInCounties: (about: { readonly small: County; readonly large: County }) =>
    askingInCounties(about),
  growing: ({ folders }: { readonly folders: readonly string[] }) => growing(folders),
  importing: ({ folder }: { readonly folder: string }) => importing(folder),
  appendingToEventStoreDb: (_: object) => appendingToEventStoreDb(),
  projectingIntoMongo: (about: { readonly events: number; readonly passes: number }) =>
    projectingIntoMongo(about),
  publishing: ({ folder }: { readonly folder: string }) => publishing(folder),
  tellingAcross: (about: { readonly commands: number }) => tellingAcross(about),
} satisfies Record<string, (about: never) => Promise<readonly Figure[]>>;

export type Part = keyof typeof parts;
export type About<P extends Part> = Parameters<(typeof parts)[P]>[0];
