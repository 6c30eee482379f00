import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** How the command line finds a running service: its address, and a token that only the folder's owner can read. */
export interface ServiceFile {
  readonly pid: number;
  readonly url: string;
  readonly token: string;
}

const FILE = 'service.json';

/** Whoever looks for the file finds it whole or not at all. */
export function writeServiceFile(folder: string, service: ServiceFile): void {
  const aside = join(folder, `${FILE}.${service.pid}`);
  writeFileSync(aside, `${JSON.stringify(service)}\n`, { mode: 0o600 });
  renameSync(aside, join(folder, FILE));
}

/** When the service has ended; after a kill the file stays, and whoever reads it finds nobody of that pid. */
export function removeServiceFile(folder: string): void {
  rmSync(join(folder, FILE), { force: true });
}
