import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** How the command line finds a running service: its address, and a token that only the folder's owner can read. */
export interface ServiceFile {
  readonly pid: number;
  readonly url: string;
  readonly token: string;
}

export function writeServiceFile(folder: string, service: ServiceFile): () => void {
  const file = join(folder, 'service.json');
  writeFileSync(file, `${JSON.stringify(service)}\n`, { mode: 0o600 });
  return () => {
    rmSync(file, { force: true });
  };
}
